"""Makes weighting.json: effects on lalonde.csv under inverse probability weights and subclasses, by weighted least squares with HC1."""
import numpy as np
import statsmodels.api as sm

from reference_data import design, lalonde, versions


def score(data):
    x = design(data, ["age", "educ"], ["married", "nodegree", "re74", "re75"]).to_numpy()
    return sm.GLM(data.treat, x, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200).fittedvalues.to_numpy()


def effect(data, weights):
    treat, y = data.treat.to_numpy(), data.re78.to_numpy()
    fit = sm.WLS(y, sm.add_constant(treat.astype(float)), weights=weights).fit(cov_type="HC1")
    kish = lambda w: float(w.sum() ** 2 / (w**2).sum())
    return {
        "estimate": float(fit.params[1]),
        "standard_error": float(fit.bse[1]),
        "ess_treated": kish(weights[treat == 1]),
        "ess_control": kish(weights[treat == 0]),
    }


def inverse(data, e, estimand):
    target = {"ATE": np.ones_like(e), "ATT": e, "ATC": 1 - e}[estimand]
    return target / np.where(data.treat == 1, e, 1 - e)


def subclasses(data, e, estimand, count):
    """Classes with equally many of whom the effect is on; by hand: the difference in each class, weighed by these."""
    treat, y = data.treat.to_numpy(), data.re78.to_numpy()
    focal = np.ones(len(e), bool) if estimand == "ATE" else treat == 1
    own = np.searchsorted(np.quantile(e[focal], np.arange(1, count) / count), e, side="right")
    weights, by_hand = np.zeros(len(e)), 0.0
    for k in range(count):
        here = own == k
        share = (here & focal).sum() / focal.sum()
        by_hand += share * (y[here & (treat == 1)].mean() - y[here & (treat == 0)].mean())
        for group in [0, 1]:
            those = here & (treat == group)
            weights[those] = share * (treat == group).sum() / those.sum()
    return {**effect(data, weights), "by_hand": float(by_hand)}


def make():
    data = lalonde()
    e = score(data)
    inside = (e >= 0.1) & (e <= 0.9)
    return {
        "weighting.json": {
            "versions": versions("statsmodels", "numpy"),
            **{estimand: effect(data, inverse(data, e, estimand)) for estimand in ["ATE", "ATT", "ATC"]},
            "ATE_trim": effect(data[inside], inverse(data, e, "ATE")[inside]),
            "subclass_ATT": subclasses(data, e, "ATT", 5),
            "subclass_ATE": subclasses(data, e, "ATE", 5),
        }
    }
