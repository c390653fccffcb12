"""Makes imputation.json: chained equations of scikit-learn and statsmodels, multinomial models, and Rubin's rules."""
import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LinearRegression
from statsmodels.imputation.mice import MICE, MICEData

from reference_data import lalonde, versions

warnings.filterwarnings("ignore")


def chain():
    """Conditional means instead of draws: what is left of chained equations is the chain itself."""
    rng = np.random.default_rng(7)
    complete = rng.multivariate_normal([1, -2, 0.5, 4], [[1, 0.6, 0.3, 0.1], [0.6, 2, 0.4, 0.2], [0.3, 0.4, 1, 0.5], [0.1, 0.2, 0.5, 3]], 60).round(4)
    data = complete.copy()
    for column, share in [(0, 0.1), (1, 0.2), (3, 0.25)]:
        data[rng.random(60) < share, column] = np.nan
    rounds = {}
    for iterations in [1, 5]:
        imputer = IterativeImputer(estimator=LinearRegression(), sample_posterior=False, max_iter=iterations, tol=0, imputation_order="roman", initial_strategy="mean")
        rounds[iterations] = imputer.fit_transform(data).tolist()
    return {"data": [[None if np.isnan(v) else v for v in row] for row in data], "after": rounds}


def codes():
    rng = np.random.default_rng(11)
    x = rng.standard_normal((150, 2)).round(4)
    eta = np.column_stack([np.zeros(150), 0.4 + x[:, 0], -0.3 + 0.8 * x[:, 1] - 0.5 * x[:, 0]])
    chances = np.exp(eta) / np.exp(eta).sum(1, keepdims=True)
    y = np.array([rng.choice(3, p=p) for p in chances])
    fit = sm.MNLogit(y, sm.add_constant(x)).fit(method="newton", maxiter=100, tol=1e-14, disp=0)
    return {"x": x.tolist(), "y": y.tolist(), "coefficients": np.asarray(fit.params).T.tolist(), "errors": np.asarray(fit.bse).T.tolist()}


def amputed():
    """What is missing depends on what is there: on taking part, and on earnings afterwards."""
    data = lalonde()
    rng = np.random.default_rng(3)
    n = len(data)
    rich = (data.re78 > data.re78.median()).to_numpy()
    treat = (data.treat == 1).to_numpy()
    missing = {
        "educ": np.flatnonzero(rng.random(n) < np.where(rich, 0.35, 0.1)),
        "re74": np.flatnonzero(rng.random(n) < np.where(treat, 0.3, 0.15)),
        "married": np.flatnonzero(rng.random(n) < 0.15),
    }
    data = data[["re78", "treat", "age", "educ", "married", "re74"]].astype(float)
    for field, rows in missing.items():
        data.loc[rows, field] = np.nan
    return data, {field: rows.tolist() for field, rows in missing.items()}


def pooled(results, complete_df):
    """Rubin (1987), Barnard and Rubin (1999), written out; estimate and error are also statsmodels' own."""
    m = len(results)
    q = np.array([r.params for r in results])
    u = np.array([np.diag(r.cov_params()) for r in results])
    b = q.var(0, ddof=1)
    total = u.mean(0) + (1 + 1 / m) * b
    lam = (1 + 1 / m) * b / total
    old = (m - 1) / lam**2
    observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - lam)
    df = old * observed / (old + observed)
    r = (1 + 1 / m) * b / u.mean(0)
    return {"estimates": q.mean(0).tolist(), "errors": np.sqrt(total).tolist(), "df": df.tolist(), "missing": ((r + 2 / (df + 3)) / (r + 1)).tolist(), "between": b.tolist()}


def mice(imputations):
    data, missing = amputed()
    runner = MICE("re78 ~ treat + age + educ + married + re74", sm.OLS, MICEData(data, rng=5))
    fitted = runner.fit(n_burnin=20, n_imputations=imputations)
    results = runner.results_list
    found = pooled(results, results[0].df_resid)
    assert np.allclose(found["estimates"], fitted.params) and np.allclose(found["errors"], fitted.bse)
    singles = [{"estimates": r.params.tolist(), "variances": np.diag(r.cov_params()).tolist()} for r in results]
    return {"missing": missing, "names": list(results[0].model.exog_names), "complete_df": float(results[0].df_resid), "imputations": imputations, "pooled": found}, singles


def make():
    few, singles = mice(5)
    many, _ = mice(400)
    return {
        "imputation.json": {
            "made_with": versions("numpy", "pandas", "scipy", "statsmodels", "scikit-learn"),
            "chain": chain(),
            "codes": codes(),
            "pool": {"singles": singles, "complete_df": few["complete_df"], "pooled": few["pooled"]},
            "mice": many,
        }
    }
