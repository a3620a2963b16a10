"""Sit-ups, V-ups, leg raises and bicycle crunches."""

from tests.exercises.cases.common import Case, Cases

#: A body that is thrown up in a hurry also drops in a hurry.
_HURRY = {"crash"}

CASES = Cases(
    clean=(
        ("v_up", "side"),
        ("single_leg_v_up", "side"),
        ("sit_up", "side"),
        ("leg_raise", "side"),
        ("bicycle_crunch", "side"),
    ),
    dials=(
        Case("v_up", "side", "knee_bent"),
        Case("v_up", "side", "one_leg"),
        Case("v_up", "side", "legs_only"),
        Case("v_up", "side", "chest_only"),
        Case("v_up", "side", "chin_jam"),
        Case("v_up", "side", "crash"),
        Case("v_up", "side", "too_fast", 1.1),
        Case("single_leg_v_up", "side", "knee_bent"),
        Case("single_leg_v_up", "side", "both_legs"),
        Case("single_leg_v_up", "side", "legs_only"),
        Case("single_leg_v_up", "side", "chest_only"),
        Case("single_leg_v_up", "side", "chin_jam"),
        Case("single_leg_v_up", "side", "crash"),
        Case("single_leg_v_up", "side", "too_fast", 1.1),
        Case("leg_raise", "side", "knee_bent"),
        Case("leg_raise", "side", "drop_down"),
    ),
    unchecked={
        ("leg_raise", "too_fast"): "how quickly they rise is left open",
        ("bicycle_crunch", "too_fast"): "quick is part of the exercise",
        ("sit_up", "too_fast"): "sit-ups are only counted",
    },
    coupled={
        ("v_up", "too_fast"): _HURRY,
        ("single_leg_v_up", "too_fast"): _HURRY,
    },
)
