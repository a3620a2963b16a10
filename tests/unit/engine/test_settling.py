"""The first looks at somebody, while a smoothing model has yet to come to the body."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.body.restore import restored
from formcheck.engine.body.settling import settled
from formcheck.types.landmark import INDEX
from tests.figures import motion

PUSH_UP = motion("push_up", reps=1, seed=3).poses


def coming(poses, away, share=0.35, at=0):
    """Looks that come from ``away`` px, nearer by a share with each, from frame ``at`` on."""
    image = poses.image.copy()
    left = share ** np.arange(len(poses) - at)
    image[at:] += left[:, None, None] * np.asarray(away, np.float32)
    return replace(poses, image=image)


def trunk_px(poses):
    shoulder, hip = (poses.image[0, INDEX[f"left_{joint}"]] for joint in ("shoulder", "hip"))
    return float(np.linalg.norm(shoulder - hip))


def unseen(poses):
    return np.flatnonzero(PUSH_UP.found & ~poses.found).tolist()


@pytest.mark.parametrize("way", [(1.0, 0.0), (-0.6, 0.8)])
def test_looks_that_come_from_elsewhere_are_left_out_until_they_are_there(way):
    far = settled(coming(PUSH_UP, np.multiply(trunk_px(PUSH_UP), way)))
    assert unseen(far)[0] == 0
    assert unseen(far) == list(range(len(unseen(far))))
    assert len(unseen(far)) <= 6


def test_a_body_that_is_there_at_once_keeps_every_look():
    assert settled(PUSH_UP) is PUSH_UP


def test_who_sets_off_fast_and_goes_on_so_is_not_on_the_way_to_a_body():
    moving = PUSH_UP.image + np.cumsum(np.full((len(PUSH_UP), 1, 2), 0.15 * trunk_px(PUSH_UP)), axis=0)
    assert settled(replace(PUSH_UP, image=moving.astype(np.float32))).found.all()


def test_after_a_loss_a_model_comes_again():
    lost = PUSH_UP.image.copy()
    lost[20:25] = np.nan
    found = settled(coming(replace(PUSH_UP, image=lost), (trunk_px(PUSH_UP), 0.0), at=25)).found
    assert found[:20].all()
    assert not found[25]
    assert found[35:].all()


def test_a_recording_begins_where_the_body_is():
    bodies = restored(coming(PUSH_UP, (0.0, -trunk_px(PUSH_UP))))
    assert not bodies.found[0]
    assert np.nanmax(np.abs(bodies.image[:20] - restored(PUSH_UP).image[:20])) < 0.1 * trunk_px(PUSH_UP)
