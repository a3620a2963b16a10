"""Squats, free and to a seat."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(
        ("squat", "side"),
        ("squat", "front"),
        ("sit_to_stand", "side"),
    ),
    dials=(
        Case("squat", "side", "trunk_fold"),
        Case("squat", "side", "heels_up"),
        Case("squat", "side", "neck_up"),
        Case("squat", "side", "too_fast", 1.15),
        Case("squat", "front", "knee_valgus"),
        Case("squat", "front", "hip_shift"),
        Case("squat", "front", "too_fast", 1.15),
    ),
    unchecked={("sit_to_stand", "too_fast"): "how quickly they rise is left open"},
)
