"""Running."""

from tests.exercises.cases.common import LATE, LONG, Case, Cases

CASES = Cases(
    clean=(
        ("running", "side"),
        ("running", "front"),
    ),
    dials=(
        Case("running", "side", "lean_forward"),
        Case("running", "side", "lean_back"),
        Case("running", "side", "head_forward"),
        Case("running", "side", "head_tilt"),
        Case("running", "side", "shoulders_up", LATE, LONG),
        Case("running", "side", "arms_tight"),
        Case("running", "side", "arms_long"),
        Case("running", "side", "arms_high"),
        Case("running", "side", "arms_stiff"),
        Case("running", "front", "arm_crossover"),
        Case("running", "front", "trunk_sway"),
        Case("running", "front", "shoulder_tilt"),
    ),
)
