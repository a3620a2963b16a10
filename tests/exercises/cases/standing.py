"""Up onto the toes, and down to the floor."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(
        ("calf_raise", "side"),
        ("burpee", "side"),
    ),
    dials=(Case("calf_raise", "side", "knee_bent"),),
    unchecked={
        (exercise, "too_fast"): "counted only, or quick by its nature"
        for exercise in ("calf_raise", "burpee")
    },
)
