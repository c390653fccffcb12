"""Makes difference.json: two-way effects, an event study and the test of what was before, with statsmodels' clustered errors."""
import numpy as np
import pandas as pd
import statsmodels.api as sm

from reference_data import committed, versions


def panel():
    rows = [(u, p, int(u % 3 == 0)) for u in range(120) for p in range(2014, 2020)]
    data = pd.DataFrame(rows, columns=["u", "p", "g"])
    effect = np.where((data.g == 1) & (data.p >= 2017), 1.5 + 0.2 * (data.p - 2017), 0)
    data["y"] = ((17 * data.u) % 29) / 3 + 2 * data.g + 0.7 * (data.p - 2014) + ((7 * data.u + 11 * data.p) % 13) / 4 + effect
    return data


def fitted(data, columns):
    x = pd.DataFrame({"intercept": 1.0, "g": data.g, **{f"p{p}": (data.p == p) * 1.0 for p in range(2015, 2020)}, **columns}).astype(float)
    return sm.OLS(data.y, x).fit(cov_type="cluster", cov_kwds={"groups": data.u}, use_t=True)


def of(fit, name):
    return {"estimate": float(fit.params[name]), "standard_error": float(fit.bse[name])}


def make():
    data = panel()
    one = fitted(data, {"effect": (data.g == 1) & (data.p >= 2017)})
    years = [2014, 2015, 2017, 2018, 2019]
    many = fitted(data, {f"e{p}": (data.g == 1) & (data.p == p) for p in years})
    before = many.wald_test("e2014 = 0, e2015 = 0", use_f=False, scalar=True)
    return {
        "difference.json": {
            "versions": versions("statsmodels"),
            "data": committed("difference.json")["data"],
            "effect": of(one, "effect"),
            "event_study": {str(p): of(many, f"e{p}") for p in years},
            "pre_trend": {"statistic": float(before.statistic), "p": float(before.pvalue)},
        }
    }
