"""A limb that is filled in between two looks, and turns."""

import numpy as np
import pytest

from formcheck.engine.body.shrunk import shrunk
from formcheck.types.landmark import COUNT, INDEX

HIP, KNEE, ANKLE = (INDEX[f"left_{joint}"] for joint in ("hip", "knee", "ankle"))


def filmed(turned_deg, *, looked=(1, 0, 0, 0, 1)):
    """A thigh of 100 px, straight from look to look, and what is shrunk of it."""
    way = np.linspace(0.0, 1.0, len(looked))[:, None]
    start, end = (100 * np.array([np.cos(a), np.sin(a)]) for a in (0.0, np.radians(turned_deg)))
    image = np.full((len(looked), COUNT, 2), np.nan)
    image[:, HIP], image[:, KNEE] = 0.0, (1 - way) * start + way * end
    image[:, ANKLE] = image[:, KNEE] + [0.0, 80.0]
    return shrunk(image, np.array(looked))


@pytest.mark.parametrize("turned_deg", [0, 60, 110])
def test_a_limb_that_turns_a_little_is_known_all_the_way(turned_deg):
    assert not filmed(turned_deg).any()


def test_half_way_through_a_wide_turn_its_far_end_is_not_known():
    found = filmed(170)
    assert found[2, KNEE]
    assert found.sum() == found[:, KNEE].sum()
    assert not found[[0, -1]].any()


def test_what_was_looked_at_is_what_it_is():
    assert not filmed(170, looked=(1, 1, 1, 1, 1)).any()


def test_before_the_first_look_and_after_the_last_nothing_is_known():
    assert not filmed(170, looked=(0, 0, 0, 0, 0)).any()
    assert not filmed(170, looked=(0, 0, 1, 0, 0)).any()
