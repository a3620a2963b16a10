"""Every family's cases together."""

from tests.exercises.cases import (
    arms,
    balance,
    bridges,
    cat_cow,
    crawling,
    jumps,
    lunges,
    planks,
    prone,
    running,
    side_planks,
    sit_ups,
    squats,
    standing,
    supine,
)
from tests.exercises.cases.common import Case

_FAMILIES = (
    squats.CASES,
    lunges.CASES,
    balance.CASES,
    jumps.CASES,
    arms.CASES,
    planks.CASES,
    side_planks.CASES,
    crawling.CASES,
    cat_cow.CASES,
    prone.CASES,
    supine.CASES,
    bridges.CASES,
    sit_ups.CASES,
    standing.CASES,
    running.CASES,
)

CLEAN = [pair for family in _FAMILIES for pair in family.clean]
DIALS = [case for family in _FAMILIES for case in family.dials]
UNCHECKED = {key: why for family in _FAMILIES for key, why in family.unchecked.items()}
COUPLED = {key: others for family in _FAMILIES for key, others in family.coupled.items()}

__all__ = ["CLEAN", "COUPLED", "DIALS", "UNCHECKED", "Case"]
