"""Running."""

from tests.exercises.cases.common import LATE, LONG, Case, Cases

#: Landing and stance need more pictures than a slow exercise.
FAST = (("fps", 60.0),)

CASES = Cases(
    clean=(
        ("running", "side"),
        ("running", "front"),
        ("running", "back"),
    ),
    dials=(
        Case("running", "side", "lean_forward"),
        Case("running", "side", "lean_back"),
        Case("running", "side", "head_forward"),
        Case("running", "side", "head_tilt"),
        Case("running", "side", "shoulders_up", LATE, LONG, level="warn"),
        Case("running", "side", "arms_tight"),
        Case("running", "side", "arms_long"),
        Case("running", "side", "arms_high"),
        Case("running", "side", "arms_stiff"),
        Case("running", "side", "overstride", 1.45),
        Case("running", "side", "low_knee_bend", 2.4, FAST, level="warn"),
        Case("running", "side", "bounce", raises="vertical_oscillation"),
        Case("running", "front", "arm_crossover"),
        Case("running", "front", "trunk_sway"),
        Case("running", "front", "shoulder_tilt"),
        Case("running", "front", "pelvic_drop"),
        Case("running", "front", "hip_knee_line"),
        Case("running", "front", "narrow_step", 1.2),
        Case("running", "front", "bounce", raises="vertical_oscillation"),
        Case("running", "back", "trunk_sway"),
        Case("running", "back", "shoulder_tilt"),
        Case("running", "back", "pelvic_drop"),
        Case("running", "back", "narrow_step", 1.2),
    ),
    unchecked={
        ("running", "knee_straight"): "experimental: on drawn runs what is read does not follow the truth",
        ("running", "limp"): "shown as asymmetry, never judged: BlazePose makes up to 8 % of its own",
    },
)
