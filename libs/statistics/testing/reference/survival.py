"""Makes survival.json: lifelines' Kaplan-Meier curves and log-rank tests of the spells in it, and numpy's quantiles of its numbers."""
import numpy as np
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test

from reference_data import committed, versions

SHARES = [0.1, 0.25, 0.5, 0.75, 0.9]


def curve(time, ended, ends, entry=None):
    """[end, survival, low, high]: the share still going, with the interval on the log-log scale."""
    km = KaplanMeierFitter().fit(time, ended, entry=entry)
    at = lambda frame, t, column: float(frame[frame.index <= t].iloc[-1, column])
    interval = km.confidence_interval_survival_function_
    return [[end, at(km.survival_function_, end, 0), at(interval, end, 0), at(interval, end, 1)] for end in ends]


def logrank(time, group, ended):
    test = multivariate_logrank_test(time, group, ended)
    return [float(test.test_statistic), float(test.p_value)]


def make():
    given = committed("survival.json")
    time, ended, entry = (np.array(given[name], float) for name in ["time", "ended", "entry"])
    group, ends = np.array(given["group"]), [line[0] for line in given["all"]]
    a, ab = group == "a", group != "c"
    again = {
        "made_with": versions("lifelines", "numpy", "scipy"),
        "all": curve(time, ended, ends),
        "a": curve(time[a], ended[a], ends),
        "late": curve(time, ended, ends, entry),
        "logrank": logrank(time, group, ended),
        "logrank_ab": logrank(time[ab], group[ab], ended[ab]),
        "quantiles": np.quantile(given["numbers"], SHARES).tolist(),
    }
    return {"survival.json": {key: again.get(key, value) for key, value in given.items()}}
