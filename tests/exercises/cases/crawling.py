"""Crawling."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(("quadruped_limb_raise", "side"),),
    dials=(
        Case("quadruped_limb_raise", "side", "over_arch"),
        Case("quadruped_limb_raise", "side", "leg_low"),
        Case("quadruped_limb_raise", "side", "arm_low"),
        Case("quadruped_limb_raise", "side", "trunk_shift"),
        Case("quadruped_limb_raise", "side", "same_side"),
        Case("quadruped_limb_raise", "side", "neck_up"),
        Case("quadruped_limb_raise", "side", "too_fast", 1.25),
    ),
    unchecked={
        ("quadruped_limb_raise", "hip_twist"): "from the front and back the trunk points at the camera",
    },
)
