"""Jumps."""

from tests.exercises.cases.common import Case, Cases

_NO_TEMPO = "a jump has no slow way up"
_SIDE, _FRONT = ("stiff_landing", "trunk_fold", "shallow"), ("knee_valgus", "wobble")
_IDS = ("single_leg_jump_squat", "forward_jump_squat", "jump_squat")

CASES = Cases(
    clean=tuple((exercise, view) for exercise in _IDS for view in ("side", "front")),
    dials=(
        *(Case(exercise, "side", dial) for exercise in _IDS for dial in _SIDE),
        *(Case(exercise, "front", dial) for exercise in _IDS for dial in _FRONT),
        *(Case(exercise, "front", "trunk_fold", level="warn") for exercise in _IDS),
        Case("single_leg_jump_squat", "front", "both_feet"),
    ),
    unchecked={(exercise, "too_fast"): _NO_TEMPO for exercise in _IDS},
)
