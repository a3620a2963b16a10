"""Exercises as reviewed data: one TOML file each, read by one engine."""

from formcheck.exercises.digests import judging
from formcheck.exercises.loader import AUTO, catalog, find_exercise, read_exercise
from formcheck.exercises.schema import Cycle, Exercise, StartPose, TempoRule
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Limit, Measure

__all__ = [
    "AUTO",
    "Cycle",
    "Exercise",
    "Limit",
    "Measure",
    "StartPose",
    "StrideNumber",
    "TempoRule",
    "catalog",
    "find_exercise",
    "judging",
    "read_exercise",
]
