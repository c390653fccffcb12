"""Makes weighted.json: weighted means, standard deviations and counts of lalonde.csv by statsmodels' DescrStatsW and pandas."""
import numpy as np
from statsmodels.stats.weightstats import DescrStatsW

from reference_data import lalonde, versions


def of(own):
    """svyvar of R's survey divides by the weights' sum and multiplies by n / (n - 1)."""
    described = DescrStatsW(own.re78.to_numpy(), weights=own.weight.to_numpy(), ddof=0)
    n = len(own)
    return {"n": n, "weighted": float(own.weight.sum()), "mean": float(described.mean), "sd": float(np.sqrt(described.var * n / (n - 1)))}


def make():
    data = lalonde()
    data["weight"] = 1 + data.age / 50
    cells = data.groupby(["treat", "race"]).weight.sum()
    return {
        "weighted.json": {
            "made_with": versions("statsmodels", "pandas", "numpy"),
            "weights": "1 + age / 50",
            "re78_by_treat": {str(group): of(own) for group, own in data.groupby("treat")},
            "re78_by_race": {group: of(own) for group, own in data.groupby("race")},
            "people_by_treat_and_race": {f"{t} {r}": float(v) for (t, r), v in cells.items()},
            "share_within_treat": {f"{t} {r}": float(v / cells[t].sum()) for (t, r), v in cells.items()},
        }
    }
