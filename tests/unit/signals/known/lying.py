"""Known answers of signals of lying bodies: (name, joints, facing, value)."""

#: Lying with the head to the right.
LEVEL = {"hip": 0, "shoulder": 1}
#: The right thigh up, the left ankle on it.
FOUR = {
    "hip": 0, "left_knee": -0.4 + 0.4j, "left_ankle": 0.2 + 0.6j,
    "right_knee": 0.8j, "right_ankle": -0.7 + 0.8j,
}  # fmt: skip

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    # Who faces right when stood up lies on the belly, who faces left on the back.
    ("belly_up", {**LEVEL}, 1, -1),
    ("belly_up", {**LEVEL}, -1, 1),
    ("belly_up", {"hip": 0, "shoulder": -1}, 1, 1),
    ("belly_up", {"hip": 0, "shoulder": 1j}, 1, 0),
    ("prone_lift.near", {**LEVEL, "ankle": -1.5}, 1, 0),
    ("prone_lift.near", {"hip": 0, "shoulder": 1 + 1j, "ankle": -1 + 0j}, 1, 22.5),
    ("prone_lift.near", {"hip": 0, "shoulder": 1, "ankle": -1 - 1j}, 1, -22.5),
    ("arm_pull.near", {**LEVEL, "elbow": 1.5 + 0.1j, "wrist": 2 + 0.3j}, 1, -0.75),
    ("arm_pull.near", {**LEVEL, "elbow": 0.5 + 0.1j, "wrist": 0.9 + 0.3j}, -1, 0.3),
    ("figure_four", FOUR, 1, 0.2),
    ("drawn_knee_height", {**LEVEL, "left_knee": -0.7 + 0.1j, "right_knee": -0.1 - 0.2j}, 1, -0.2),
    ("drawn_knee_height", {**LEVEL, "left_knee": 0.1 + 0.6j, "right_knee": -0.7 + 0j}, 1, 0.6),
    ("least_knee_reach", {**LEVEL, "left_knee": -0.7 + 0.1j, "right_knee": -0.1 + 0.6j}, 1, 0.1),
    ("hand_to_knee.near", {"wrist": 0.3 + 0.5j, "knee": 0.1j}, 1, 0.5),
    ("ear_height", {**LEVEL, "ear": 1.3 + 0.2j}, 1, 0.2),
]
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = set()
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen.
CONDITIONAL: set[str] = set()
