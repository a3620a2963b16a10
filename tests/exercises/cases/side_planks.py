"""Side planks."""

from tests.exercises.cases.common import LATE, LONG, Case, Cases

CASES = Cases(
    clean=(
        ("side_plank_hold", "front"),
        ("low_side_plank_lift", "front"),
    ),
    dials=(
        Case("side_plank_hold", "front", "hips_low", LATE, LONG, level="warn"),
        Case("side_plank_hold", "front", "hips_over", LATE, LONG),
        Case("side_plank_hold", "front", "elbow_off", LATE, LONG),
        Case("side_plank_hold", "front", "roll", LATE, LONG),
        Case("side_plank_hold", "front", "head_drop", LATE, LONG),
        Case("low_side_plank_lift", "front", "hips_over"),
        Case("low_side_plank_lift", "front", "elbow_off"),
        Case("low_side_plank_lift", "front", "roll"),
        Case("low_side_plank_lift", "front", "head_drop"),
        Case("low_side_plank_lift", "front", "too_fast", 1.25),
    ),
)
