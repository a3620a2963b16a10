"""Crawling."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(("quadruped_limb_raise", "side"),),
    dials=(
        Case("quadruped_limb_raise", "side", "over_arch"),
        Case("quadruped_limb_raise", "side", "leg_low"),
        Case("quadruped_limb_raise", "side", "arm_low"),
        Case("quadruped_limb_raise", "side", "neck_up"),
        Case("quadruped_limb_raise", "side", "too_fast", 1.25),
    ),
    unchecked={
        (
            "quadruped_limb_raise",
            "trunk_shift",
        ): "the figure moves its hips; the catalog looks at the tilt only",
        ("quadruped_limb_raise", "same_side"): "specification 2.8 has it, the catalog does not",
    },
)
