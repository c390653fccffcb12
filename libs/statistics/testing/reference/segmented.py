"""Makes again what its_reference.json holds of R and sandwich's regressions, from its_demand.csv, with statsmodels and numpy."""
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import durbin_watson

from reference_data import HERE, committed


def newey_west(fit, lag, adjust):
    """Bartlett weights; adjust=TRUE of sandwich multiplies by n / (n - k)."""
    return fit.model.fit(cov_type="HAC", cov_kwds={"maxlags": lag, "use_correction": adjust})


def errors_of(fit, names, df):
    t = fit.params / fit.bse
    return {"se": dict(zip(names, fit.bse.tolist())), "p": dict(zip(names, (2 * stats.t.sf(abs(t), df)).tolist()))}


def model(columns, series, given):
    names = ["(Intercept)", *columns]
    x = np.column_stack([np.ones(len(series)), *[series[c] for c in columns]])
    fit = sm.OLS(series.contacts.to_numpy(), x).fit()
    residuals = fit.resid
    found = {
        "coef": dict(zip(names, fit.params.tolist())),
        "ols_se": dict(zip(names, fit.bse.tolist())),
        "ols_p": dict(zip(names, fit.pvalues.tolist())),
        "sigma": float(np.sqrt(fit.scale)),
        "r2": float(fit.rsquared),
        "adj_r2": float(fit.rsquared_adj),
        "df": int(fit.df_resid),
        "durbin_watson": float(durbin_watson(residuals)),
        "acf1_5": sm.tsa.acf(residuals, nlags=5, fft=False)[1:].tolist(),
        "nw_lag4_adj": errors_of(newey_west(fit, 4, True), names, fit.df_resid),
        "nw_lag4_noadj": errors_of(newey_west(fit, 4, False), names, fit.df_resid),
        "hc3_se": dict(zip(names, fit.model.fit(cov_type="HC3").bse.tolist())),
    }
    test = acorr_ljungbox(residuals, lags=[10])
    found["ljung_box_10"] = {"statistic": float(test.lb_stat.iloc[0]), "p.value": float(test.lb_pvalue.iloc[0])}
    # What R prints and is not made again here (R's text of the formula, the matrix of variances) stays as it stands.
    return merged(given, found)


def merged(given, found):
    return {k: merged(v, found[k]) if isinstance(v, dict) and k in found else found.get(k, v) for k, v in given.items()}


def make():
    series, given = pd.read_csv(HERE / "its_demand.csv"), committed("its_reference.json")
    plain, season = ["week", "post", "since"], ["week", "post", "since", "s1", "c1"]
    again = {
        "segmented_seasonal": model(season, series, given["segmented_seasonal"]),
        "segmented_plain": model(plain, series, given["segmented_plain"]),
    }
    return {"its_reference.json": {**given, **again}}
