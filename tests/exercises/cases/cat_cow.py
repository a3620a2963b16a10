"""The cat and the cow."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(("cat_cow", "side"),),
    dials=(
        Case("cat_cow", "side", "hips_travel"),
        Case("cat_cow", "side", "elbows_bend"),
        Case("cat_cow", "side", "knees_not_under", level="warn"),
        Case("cat_cow", "side", "too_fast", 1.1),
    ),
)
