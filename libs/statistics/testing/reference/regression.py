"""Makes regression.json: linear, logistic and Poisson models of statsmodels, with classical, robust and clustered errors."""
import numpy as np
import statsmodels.api as sm
from scipy import stats

from reference_data import design, lalonde, versions


def pack(estimates, errors, names):
    return {name: {"estimate": float(b), "standard_error": float(s)} for name, b, s in zip(names, estimates, errors)}


def of(fit, names):
    return pack(fit.params, fit.bse, names)


def by_definition(fit, x, y, kind):
    """sandwich's vcovHC: the inverse information around the sum of squared scores; HC3 divides each by one minus its leverage."""
    mu = fit.fittedvalues
    weight = mu * (1 - mu) if isinstance(fit.model.family, sm.families.Binomial) else mu
    bread = np.linalg.inv((x * weight[:, None]).T @ x)
    leverage = np.einsum("ij,jk,ik->i", x, bread, x) * weight
    score = (y - mu) / (1 if kind == "HC1" else 1 - leverage)
    meat = (x * (score**2)[:, None]).T @ x
    scale = len(y) / (len(y) - x.shape[1]) if kind == "HC1" else 1
    return np.sqrt(np.diag(scale * bread @ meat @ bread))


def linear(x, y, clusters, weights, names):
    fit = sm.OLS(y, x)
    classical = fit.fit()
    weighted = sm.WLS(y, x, weights=weights)
    return {
        "classical": of(classical, names),
        "HC1": of(fit.fit(cov_type="HC1"), names),
        "HC3": of(fit.fit(cov_type="HC3"), names),
        "cluster": of(fit.fit(cov_type="cluster", cov_kwds={"groups": clusters}), names),
        "r2": float(classical.rsquared),
        "adj": float(classical.rsquared_adj),
        "weighted_HC1": of(weighted.fit(cov_type="HC1"), names),
        "weighted_classical": of(weighted.fit(), names),
        "pvalues_classical": {name: float(p) for name, p in zip(names, classical.pvalues)},
        "ci_classical": {name: [float(v) for v in ci] for name, ci in zip(names, classical.conf_int())},
    }


def generalised(x, y, clusters, names, family):
    model = sm.GLM(y, x, family=family)
    tight = {"tol": 1e-14, "maxiter": 200}
    fit = model.fit(**tight)
    # sandwich's vcovCL takes G / (G - 1) alone for a generalised model; statsmodels would also multiply by (n - 1) / (n - k).
    plain = model.fit(cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": False}, **tight)
    groups = len(np.unique(clusters))
    small = plain.bse * np.sqrt(groups / (groups - 1))
    return {
        "classical": of(fit, names),
        "HC0": of(model.fit(cov_type="HC0", **tight), names),
        "cluster": pack(plain.params, small, names),
        "HC3_by_definition": {n: float(s) for n, s in zip(names, by_definition(fit, x, y, "HC3"))},
        "HC1_by_definition": {n: float(s) for n, s in zip(names, by_definition(fit, x, y, "HC1"))},
        "llf": float(fit.llf),
        "deviance": float(fit.deviance),
        "aic": float(fit.aic),
    }


def large_counts():
    """Counts so large that their likelihood is a small difference of large numbers."""
    x = np.arange(60) / 10
    y = np.array([(i * 7919) % 40 + (1_000_000 if i % 3 == 0 else 0) for i in range(60)], float)
    fit = sm.GLM(y, sm.add_constant(x), family=sm.families.Poisson()).fit(tol=1e-14)
    llf = stats.poisson.logpmf(y, fit.fittedvalues).sum()
    return {"x": "i / 10", "y": "7919 i modulo 40, and 1,000,000 more where i modulo 3 is 0; i below 60", "llf": float(llf)}


def make():
    data = lalonde()
    frame = design(data, ["treat", "age", "educ"], ["married", "re74"])
    names, x = list(frame.columns), frame.to_numpy()
    re78 = data.re78.to_numpy()
    clusters, weights = data.educ.to_numpy(), (1 + data.age / 50).to_numpy()
    counts = np.floor(re78 / 1000)
    rate = sm.GLM(counts, x, family=sm.families.Poisson(), offset=np.log(data.age.to_numpy())).fit(tol=1e-14)
    return {
        "regression.json": {
            "versions": versions("statsmodels", "numpy", "scipy"),
            "model": "outcome ~ treat + age + educ + race (black first) + married + re74; clusters are the values of educ; weights are 1 + age / 50",
            "linear": linear(x, re78, clusters, weights, names),
            "logistic": generalised(x, (re78 > 0).astype(float), clusters, names, sm.families.Binomial()),
            "poisson": generalised(x, counts, clusters, names, sm.families.Poisson()),
            "poisson_outcome": "floor(re78 / 1000)",
            "logistic_outcome": "re78 > 0",
            "poisson_exposure_age": of(rate, names),
            "large_counts": large_counts(),
        }
    }
