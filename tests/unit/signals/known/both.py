"""Known answers of signals of both sides: (name, joints, facing, value)."""

_UP = {"left_hip": 0.1, "right_hip": -0.1, "left_shoulder": 0.2 + 1j, "right_shoulder": -0.2 + 1j}
_LEFT_ARM = {"left_shoulder": 0.2 + 1j, "left_elbow": 0.2 + 0.5j, "left_wrist": 0.7 + 0.5j}
_RIGHT_ARM = {"right_shoulder": -0.2 + 1j, "right_elbow": -0.2 + 0.5j, "right_wrist": -0.2 + 0.1j}
_LEFT_LEG = {"left_hip": 0.1, "left_knee": 0.1 - 1j, "left_ankle": 1.1 - 1j}
_RIGHT_LEG = {"right_hip": -0.1, "right_knee": -0.1 - 1j, "right_ankle": -0.1 - 2j}
#: Both sides on one line: a body from the side.
_LINE = {"hip": 0, "shoulder": 1j}

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("elbow_flexion.both", _LEFT_ARM | _RIGHT_ARM, 1, 45),
    ("elbow_flexion.both", _LEFT_ARM, 1, 90),
    ("elbow_flexion.both", _RIGHT_ARM, 1, 0),
    ("knee_flexion.both", _LEFT_LEG | _RIGHT_LEG, 1, 45),
    ("knee_flexion.both", _LEFT_LEG, 1, 90),
    ("hip_bend.both", _LINE | {"left_knee": -1j, "right_knee": 1}, 1, 45),
    ("hip_bend.both", _LINE | {"right_knee": 1}, 1, 90),
    ("upper_arm_angle.both", _LINE | {"left_elbow": 0.5 + 1j, "right_elbow": 0.5j}, 1, 45),
    ("upper_arm_angle.both", _LINE | {"left_elbow": 2j}, 1, 180),
    ("upper_arm_lowered.both", _LINE | {"left_elbow": 0.5 + 1j, "right_elbow": 0.5j}, 1, 135),
    ("hand_rise.both", _LINE | {"left_wrist": 1.5j, "right_wrist": 0.9j}, 1, 0.2),
    ("hand_rise.both", _LINE | {"left_wrist": 1.5j}, 1, 0.5),
    ("crouch", {"shoulder": 1j, "knee": -0.5j}, 1, -1.5),
    ("feet_aside", {"hip": 1 + 1j, "ankle": 0.25}, 1, -0.75),
    ("dip", {"nose": 1j, "left_wrist": 0.2j, "right_wrist": 0.4j}, 1, -0.7),
    ("dip", {"nose": 1j, "right_wrist": 0.4j}, 1, -0.6),
    ("sitting_up", {"hip": 0, "shoulder": -1, "knee": 1}, 1, 0),
    ("sitting_up", {"hip": 0, "shoulder": 1j, "knee": 1}, 1, 90),
]
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE = {"feet_aside"}
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen; here one side alone is enough.
CONDITIONAL = {"dip", "sitting_up"}
