"""Bridges and hip thrusts."""

from tests.exercises.cases.common import Case, Cases

#: Hips that are thrown up in a hurry also fall in a hurry.
_HURRY = {"drop_down"}

CASES = Cases(
    clean=(
        ("single_leg_bridge", "side"),
        ("glute_bridge", "side"),
        ("hip_thrust", "side"),
    ),
    dials=(
        Case("single_leg_bridge", "side", "over_arch"),
        Case("single_leg_bridge", "side", "both_feet"),
        Case("single_leg_bridge", "side", "thighs_apart"),
        Case("single_leg_bridge", "side", "foot_far"),
        Case("single_leg_bridge", "side", "chin_jam"),
        Case("single_leg_bridge", "side", "drop_down"),
        Case("single_leg_bridge", "side", "too_fast", 1.1),
        Case("glute_bridge", "side", "over_arch"),
        Case("glute_bridge", "side", "foot_far"),
        Case("glute_bridge", "side", "chin_jam"),
        Case("glute_bridge", "side", "drop_down"),
        Case("glute_bridge", "side", "too_fast", 1.1),
        Case("hip_thrust", "side", "over_arch"),
    ),
    unchecked={("hip_thrust", "too_fast"): "how quickly they rise is left open"},
    coupled={
        ("single_leg_bridge", "too_fast"): _HURRY,
        ("glute_bridge", "too_fast"): _HURRY,
    },
)
