"""How far each dial is turned to be just clear of its error limit: `turned.csv`, which `turning` finds."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("turned.csv")


@cache
def turned() -> Mapping[str, float]:
    """By the name of the case: a share of what `tests.exercises.cases` turns."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["case"]: float(row["share"]) for row in csv.DictReader(file)}
