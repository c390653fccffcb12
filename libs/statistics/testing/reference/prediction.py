"""Makes prediction.json and elastic_net.json: penalised logistic models, area under the curve with DeLong's interval, Brier score, Wilson."""
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

from reference_data import design, lalonde, versions

TERMS = ["age", "educ", "race", "married", "re74", "re75"]


def on_standardised(x, fit):
    """Fits on columns of mean 0 and mean square 1, without the intercept; gives coefficients of the raw columns."""
    mean, spread = x[:, 1:].mean(0), x[:, 1:].std(0)
    intercept, slopes = fit((x[:, 1:] - mean) / spread)
    raw = slopes / spread
    return [float(intercept - raw @ mean), *(float(v) for v in raw)]


def ridge(z, y, penalty):
    """Newton's method on scikit-learn's own loss until nothing moves: its solvers end at about 1e-6."""
    model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(z, y)
    return model.intercept_[0], model.coef_[0]


def elastic(z, y, penalty, mixing):
    """saga until no gradient is above 1e-12."""
    model = LogisticRegression(C=1 / penalty, l1_ratio=mixing, solver="saga", tol=1e-13, max_iter=200_000, random_state=1)
    model.fit(z, y)
    return model.intercept_[0], model.coef_[0]


def delong(y, scores):
    """DeLong, DeLong and Clarke-Pearson (1988): the area, and its interval from placements of events and others."""
    ones, zeros = scores[y == 1], scores[y == 0]
    wins = (ones[:, None] > zeros[None, :]) + 0.5 * (ones[:, None] == zeros[None, :])
    area = wins.mean()
    error = np.sqrt(wins.mean(1).var(ddof=1) / len(ones) + wins.mean(0).var(ddof=1) / len(zeros))
    z = stats.norm.ppf(0.975)
    return [float(area), float(area - z * error), float(area + z * error)]


def make():
    warnings.filterwarnings("ignore")
    data = lalonde()
    x, y = design(data, ["age", "educ"], ["married", "re74", "re75"]), data.treat.to_numpy()
    names = list(x.columns)
    x = x.to_numpy()
    plain = sm.Logit(y, x).fit(disp=0, method="newton", tol=1e-14, maxiter=200)
    penalties = {"0.1": 0.1, "1": 1, "25": 25}
    fits = {name: on_standardised(x, lambda z: ridge(z, y, penalty)) for name, penalty in penalties.items()}
    risks, re74 = plain.predict(x), data.re74.to_numpy()
    net = {
        f"{penalty} {mixing:g}": on_standardised(x, lambda z: elastic(z, y, penalty, mixing))
        for penalty in [5, 20, 60]
        for mixing in [1, 0.5]
    }
    wilson = [[e, n, *(float(v) for v in proportion_confint(e, n, method="wilson"))] for e, n in [(10, 40), (0, 30), (25, 25)]]
    return {
        "prediction.json": {
            "made_with": versions("scikit-learn", "scipy", "numpy", "statsmodels"),
            "terms": TERMS,
            "ridge": {**fits, "0": plain.params.tolist()},
            "auc_re74": {"delong": delong(y, re74), "sklearn": float(roc_auc_score(y, re74))},
            "insample": {
                **{"delong": delong(y, risks), "brier": float(brier_score_loss(y, risks))},
                "auc": float(roc_auc_score(y, risks)),
            },
            "wilson": wilson,
        },
        "elastic_net.json": {
            "made_with": versions("scikit-learn", "numpy"),
            "columns": [name.replace("race: ", "race ") for name in names],
            "by_penalty_and_mixing": net,
        },
    }
