"""Planks."""

from tests.exercises.cases.common import LATE, Case, Cases

CASES = Cases(
    clean=(
        ("push_up", "side"),
        ("plank_hold", "side"),
    ),
    dials=(
        Case("push_up", "side", "hip_sag"),
        Case("push_up", "side", "hip_pike"),
        Case("push_up", "side", "neck_up"),
        Case("push_up", "side", "head_dive"),
        Case("push_up", "side", "too_fast", 1.2),
        Case("plank_hold", "side", "hip_sag"),
        Case("plank_hold", "side", "hip_pike"),
        Case("plank_hold", "side", "knee_sag"),
        Case("plank_hold", "side", "neck_up"),
        Case("plank_hold", "side", "head_hang"),
        Case("plank_hold", "side", "shrugged", LATE),
    ),
    unchecked={
        ("plank_hold", "shoulders_off"): "specification 2.20 has it, the catalog does not",
    },
)
