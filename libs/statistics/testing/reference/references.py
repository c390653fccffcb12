"""Makes every reference result of other programs again and compares it with what is committed; with --write, writes it instead.

    python -m venv /tmp/references && /tmp/references/bin/pip install -r requirements.txt
    /tmp/references/bin/python references.py [--write] [name ...]
"""
import json
import sys
from importlib import import_module

from reference_data import HERE, committed

METHODS = ["regression", "weighted", "clusters", "prediction", "survival", "weighting", "difference", "segmented", "rates", "imputation"]
# Numbers that follow from an iteration's end, or from another program's, agree to this; everything else to the last digits.
SAME = 1e-8


def differences(one, other, path=""):
    """Paths at which two results differ, with the relative difference; 0 where they are equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            yield path, f"keys {sorted(one.keys() ^ other.keys())}"
        for key in one.keys() & other.keys():
            yield from differences(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield path, f"lengths {len(one)} and {len(other)}"
        for at, (a, b) in enumerate(zip(one, other)):
            yield from differences(a, b, f"{path}[{at}]")
    elif isinstance(one, (int, float)) and isinstance(other, (int, float)):
        # Below 1e-10 in size a number is the rounding of others.
        yield path, abs(one - other) / max(abs(one), abs(other), 1e-10)
    elif one != other:
        yield path, f"{one!r} and {other!r}"


def compared(name, made):
    found = list(differences(committed(name), made))
    wrong = [(path, by) for path, by in found if isinstance(by, str) or by > SAME]
    largest = max((by for _, by in found if not isinstance(by, str)), default=0)
    print(f"{name}: {len(found)} numbers, largest relative difference {largest:.1e}")
    for path, by in wrong:
        print(f"  differs at {path}: {by}")
    return not wrong


def main(names):
    isWriting = "--write" in names
    wanted = [name for name in names if name != "--write"] or METHODS
    ok = True
    for method in wanted:
        for name, made in import_module(method).make().items():
            made = json.loads(json.dumps(made))
            if isWriting:
                (HERE / name).write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
            else:
                ok = compared(name, made) and ok
    return ok


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
