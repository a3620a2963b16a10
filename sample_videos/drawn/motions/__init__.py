"""Exercises as postures over time, with a dial for each fault (0 clean, 1 beyond the error limit)."""

from sample_videos.drawn.motions import (
    arms,
    balance,
    bridges,
    cat_cow,
    crawling,
    jumps,
    lunges,
    planks,
    prone,
    push_ups,
    running,
    side_planks,
    sit_ups,
    squats,
    standing,
    supine,
    walking,
)
from sample_videos.drawn.motions.common import Motion

_FAMILIES = (
    squats, lunges, balance, jumps, arms, planks, push_ups, side_planks, crawling, cat_cow, prone, supine,
    bridges, sit_ups, standing, running,
)  # fmt: skip

EXERCISES: dict[str, Motion] = {
    name: motion for family in _FAMILIES for name, motion in family.MOTIONS.items()
}
#: What can be played: exercises, and what must not be taken for a run.
PLAYED = EXERCISES | walking.MOTIONS
