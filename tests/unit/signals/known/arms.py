"""Known answers of signals of the arms: (name, joints, facing, value)."""

#: Trunk upright, arms out level.
_OUT = {"hip": 0, "shoulder": 1j, "left_elbow": 1 + 1j, "right_elbow": -1 + 1j}

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("arm_difference", _OUT, 1, 0),
    ("arm_difference", {**_OUT, "left_elbow": 1 + 2j}, 1, 45),
    ("arm_difference", {**_OUT, "right_elbow": -1 + 2j}, 1, 45),
]
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = set()
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen.
CONDITIONAL: set[str] = set()
