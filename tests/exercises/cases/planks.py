"""Planks and push-ups."""

from tests.exercises.cases.common import LATE, Case, Cases

HEAD_ON = "from the front and back the trunk points at the camera: that view must be chosen"

CASES = Cases(
    clean=(
        ("push_up", "side"),
        ("knee_push_up", "side"),
        ("plank_hold", "side"),
        ("high_plank_leg_lift", "side"),
        ("high_plank_limb_raise", "side"),
        ("mountain_climber", "side"),
    ),
    dials=(
        Case("push_up", "side", "hip_sag"),
        Case("push_up", "side", "hip_pike"),
        Case("push_up", "side", "neck_up"),
        Case("push_up", "side", "head_dive"),
        Case("push_up", "side", "too_fast", 1.2),
        Case("knee_push_up", "side", "hip_sag"),
        Case("knee_push_up", "side", "hip_pike"),
        Case("plank_hold", "side", "hip_sag"),
        Case("plank_hold", "side", "hip_pike", 1.3),
        Case("plank_hold", "side", "hip_pike", words=(("variant", "high"),)),
        Case("plank_hold", "side", "hip_sag", words=(("variant", "high"),)),
        Case("plank_hold", "side", "knee_sag"),
        Case("plank_hold", "side", "neck_up"),
        Case("plank_hold", "side", "head_hang"),
        Case("plank_hold", "side", "shrugged", LATE, level="warn"),
        Case("plank_hold", "side", "shoulders_off"),
        Case("plank_hold", "side", "shoulders_off", words=(("variant", "high"),)),
        *(
            Case(exercise, "side", dial, value)
            for exercise in ("high_plank_leg_lift", "high_plank_limb_raise")
            for dial, value in (
                ("hip_sag", 1.0),
                ("hip_pike", 1.0),
                ("leg_too_high", 1.0),
                ("knee_bent", 1.0),
                ("hands_wrong", 1.0),
                ("elbows_soft", 1.0),
                ("neck_up", 1.0),
                ("too_fast", 1.2),
            )
        ),
        Case("high_plank_limb_raise", "side", "trunk_shift"),
        Case("high_plank_limb_raise", "side", "same_side"),
        Case("high_plank_limb_raise", "side", "arm_low"),
        Case("high_plank_limb_raise", "side", "leg_only"),
        Case("mountain_climber", "side", "hip_pike"),
        Case("mountain_climber", "side", "hip_sag"),
    ),
    unchecked={
        (
            "high_plank_leg_lift",
            "hip_twist",
        ): "from the front and back the trunk points at the camera: the view must be named",
        (
            "high_plank_limb_raise",
            "hip_twist",
        ): "from the front and back the trunk points at the camera: the view must be named",
        **{
            ("knee_push_up", dial): "judged by few checks"
            for dial in ("neck_up", "head_dive", "elbows_flare", "too_fast")
        },
        ("mountain_climber", "too_fast"): "climbers are quick: pace is no fault",
        (
            "push_up",
            "elbows_flare",
        ): "from the front the trunk points at the camera: that view must be chosen",
    },
    coupled={
        # An arm that stays on the floor is low as well.
        ("high_plank_limb_raise", "leg_only"): {"arm_low"},
    },
)
