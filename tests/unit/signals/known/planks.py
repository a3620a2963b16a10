"""Known answers of signals of bodies carried by hands: (name, joints, facing, value)."""

import numpy as np

#: A plank, head to the right: the left foot and the right hand are up.
PLANK = {
    "hip": 0,
    "shoulder": 1 + 0j,
    "left_ankle": -1.5 + 0.3j,
    "right_ankle": -1.5 - 0.1j,
    "left_wrist": 1 - 1j,
    "right_wrist": 2 + 0j,
}
#: Lying on the left side, head to the right.
SIDE = {"hip": 0, "left_shoulder": 1 - 0.3j, "right_shoulder": 1 + 0.3j}
FRONT = {"left_shoulder": 0.4 + 1j, "right_shoulder": -0.4 + 1j}
DROP = -np.degrees(np.arctan(0.5))
TILT = np.degrees(np.arctan2(0.1, 1.5))
GONE = float("nan")
#: Straight from shoulder to ankle, an upper arm of 0.6 below the shoulder.
ON_FOREARM = {"shoulder": 1, "elbow": 1 - 0.6j, "wrist": 1.4 - 0.6j, "hip": 0, "knee": -0.5, "ankle": -1}
TURNED_UP = np.degrees(np.arctan(0.1))

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("feet_up", {"left_ankle": 0.5j, "right_ankle": 3 + 0.1j}, 1, 0.3),
    ("foot_up_side", PLANK, 1, 0.4),
    ("hand_lift", PLANK, 1, 1.0),
    ("plank_diagonal", PLANK, 1, 0.4),
    ("plank_diagonal", {**PLANK, "left_wrist": 2 + 0j, "right_wrist": 1 - 1j}, 1, -0.4),
    ("planted_hand.left", {"shoulder": 0.2, "wrist": -2j}, 1, 0.2),
    ("planted_hand.left", {"shoulder": 0.2, "wrist": 1 - 0.5j, "ankle": -2 - 0.6j}, 1, GONE),
    # A hand no higher than the lower foot is on the floor, however little below its shoulder.
    ("planted_hand.left", {"shoulder": 0.2, "wrist": 1 - 0.5j, "right_ankle": -2 - 0.4j}, 1, 0.8),
    ("planted_elbow.left", {"shoulder": 1j, "elbow": 0.1, "wrist": -1j}, 1, 2 * np.degrees(np.arctan(0.1))),
    ("planted_elbow.left", {"shoulder": 0, "elbow": 0.5, "wrist": 1.0, "ankle": -2 - 0.5j}, 1, GONE),
    ("planted_elbow.left", {"shoulder": 0, "elbow": 0.3, "wrist": 0.3 - 0.5j, "ankle": -2 - 0.4j}, 1, 90),
    # The right foot is the lower one, whatever side is asked for.
    ("planted_line.left", PLANK, 1, TILT),
    ("planted_line.right", PLANK, 1, TILT),
    ("lifted_knee.left", {**PLANK, "knee": -0.75 + 0.15j}, 1, 0),
    ("lifted_knee.right", {**PLANK, "knee": -0.75 + 0.15j}, 1, GONE),
    ("support_offset.left", {"shoulder": 0, "elbow": 0.3 - 0.5j, "wrist": 0.8 - 0.5j}, 1, 0.3),
    ("support_offset.left", {"shoulder": 0, "elbow": 0.1 - 0.5j, "wrist": 0.3 - 1j}, 1, 0.3),
    ("forearm_line.near", {**ON_FOREARM, "hip": 0.1j}, 1, 2 * TURNED_UP),
    ("forearm_line.near", {**ON_FOREARM, "wrist": 1 - 1.1j}, 1, GONE),
    ("hand_line.near", {**ON_FOREARM, "wrist": 1 - 1.1j, "hip": -0.1j}, 1, -2 * TURNED_UP),
    ("hand_line.near", ON_FOREARM, 1, GONE),
    # The landmark of the shoulder .1 down an upper arm of .6.
    ("forearm_pike.near", {**ON_FOREARM, "shoulder": 1 - 0.1j}, 1, 0),
    ("forearm_pike.near", {**ON_FOREARM, "elbow": 1 - 0.8j, "hip": 0.1j}, 1, 2 * TURNED_UP),
    ("hip_place", {"left_hip": 2 + 1j, "right_hip": 4 + 3j}, 1, 3),
    ("knee_gap", {**PLANK, "left_knee": 0.5 - 0.5j, "right_knee": -0.7}, 1, 1.2),
    ("knee_gap", {**PLANK, "left_knee": -0.7, "right_knee": 0.5 - 0.5j}, 1, 1.2),
    ("knee_drive_side", {**PLANK, "left_knee": -0.7, "right_knee": 0.5 - 0.5j}, 1, -1.2),
    ("elbow_spread", {**FRONT, "left_elbow": 0.9 + 1j, "right_elbow": -0.7 + 1j}, 1, 0.4),
    ("side_line_knees", {**SIDE, "left_knee": -1 - 0.1j, "right_knee": -1 + 0.1j}, 1, 0),
    ("side_line_knees", {**SIDE, "knee": -1 + 0.5j}, 1, DROP),
    (
        "side_line_knees",
        {**SIDE, "left_shoulder": -1 + 0j, "right_shoulder": -1 + 0j, "knee": 1 + 0.5j},
        1,
        DROP,
    ),
    ("side_line_feet", {**SIDE, "ankle": -2 - 1j}, 1, -DROP),
    ("shoulders_stacked", SIDE, 1, 0.6),
    ("shoulder_rise", {**SIDE, "plan_left_shoulder": 0, "plan_right_shoulder": 0}, 1, 90),
    ("shoulder_rise", {**SIDE, "plan_left_shoulder": 0, "plan_right_shoulder": 0.6j}, 1, 45),
    ("low_elbow_offset", {**SIDE, "left_elbow": 1.2 - 0.8j, "right_elbow": 1.5 + 0.8j}, 1, 0.2),
    ("leg_span", {"hip": 0, "left_ankle": -0.8, "right_ankle": -0.9 - 1.2j}, 1, 1.5),
    ("head_hang", {**SIDE, "left_ear": 1.4 - 0.5j, "right_ear": 1.4 - 0.3j}, 1, 45),
    ("head_hang", {"hip": 0, "shoulder": -1 + 0j, "ear": -1.4 + 0.4j}, 1, -45),
]
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = {"foot_up_side", "hip_place", "knee_drive_side", "shoulders_stacked"}
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = {"feet_up", "hip_place"}
#: NaN where they do not apply, though every joint is seen.
CONDITIONAL: set[str] = {
    "planted_hand",
    "planted_elbow",
    "lifted_knee",
    "forearm_line",
    "forearm_pike",
    "hand_line",
}
