"""Lunges."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(
        ("lunge", "side"),
        ("lunge", "front"),
        ("side_lunge", "front"),
    ),
    dials=(
        Case("lunge", "side", "trunk_fold"),
        Case("lunge", "side", "knee_forward"),
        Case("lunge", "side", "short_step"),
        Case("lunge", "side", "rear_knee_straight", level="warn"),
        Case("lunge", "side", "too_fast", 1.15),
        Case("lunge", "front", "knee_valgus"),
        Case("lunge", "front", "unsteady"),
        Case("lunge", "front", "too_fast", 1.15),
    ),
    unchecked={("side_lunge", "too_fast"): "counted only"},
    # A short step at full depth sends the front knee ahead of its foot: the two go together.
    coupled={("lunge", "short_step"): {"knee_forward"}},
)
