"""Makes rates.json: directly standardised rates with the interval of Dobson et al. (1991) around Byar's limits, from their definitions."""
import numpy as np
from scipy import stats

from reference_data import committed, versions


def byar(count, z):
    one = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    return low, one * (1 - 1 / (9 * one) + z / (3 * np.sqrt(one))) ** 3


def standardised(data, level):
    events, exposure, weight = (np.array(data[name], float) for name in ["events", "exposure", "weight"])
    share = weight / weight.sum()
    rate, variance = (share * events / exposure).sum(), (share**2 * events / exposure**2).sum()
    total = events.sum()
    low, high = byar(total, stats.norm.ppf((1 + level) / 2))
    scale = np.sqrt(variance / total)
    return [float(rate), float(rate + scale * (low - total)), float(rate + scale * (high - total))]


def make():
    given = committed("rates.json")
    again = {
        "made_with": versions("numpy", "scipy"),
        "years_95": standardised(given["years"], 0.95),
        "small_95": standardised(given["small"], 0.95),
        "small_99": standardised(given["small"], 0.99),
    }
    return {"rates.json": {key: again.get(key, value) for key, value in given.items()}}
