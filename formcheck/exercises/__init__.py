"""Exercises as reviewed data: one TOML file each, read by one engine."""

from formcheck.exercises.loader import catalog, find_exercise, read_exercise
from formcheck.exercises.schema import Cycle, Exercise, Limit, Measure, StartPose, Tempo

__all__ = [
    "Cycle",
    "Exercise",
    "Limit",
    "Measure",
    "StartPose",
    "Tempo",
    "catalog",
    "find_exercise",
    "read_exercise",
]
