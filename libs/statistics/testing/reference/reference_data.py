"""The data that the reference results are made from, read once for all scripts."""
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent


def lalonde():
    return pd.read_csv(HERE / "../../../../infra/demo/data/lalonde.csv")


def iris():
    return pd.read_csv(HERE / "iris.csv")[["sl", "sw", "pl", "pw"]].to_numpy()


def committed(name):
    return json.loads((HERE / name).read_text())


def versions(*names):
    return {name: version(name) for name in names}


def design(data, numbers_before, numbers_after):
    """Intercept, numbers, race with black as its reference, numbers: columns in the order of the method's design."""
    columns = {"intercept": np.ones(len(data))}
    columns |= {name: data[name].astype(float) for name in numbers_before}
    columns |= {f"race: {code}": (data.race == code).astype(float) for code in ["hispan", "white"]}
    columns |= {name: data[name].astype(float) for name in numbers_after}
    return pd.DataFrame(columns)
