"""One tidying: a recording at once, in blocks, or picture by picture gives the same numbers to the bit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine import analyser
from formcheck.engine.analyser import Analyser
from formcheck.engine.body.landmarks import longest_bones
from formcheck.engine.body.tidy import Given, Tidied, Tidier
from formcheck.engine.calibrate import calibrate
from formcheck.exercises import find_exercise
from formcheck.sensor import usual_profile
from formcheck.types.body import Body
from tests.exercises import takes
from tests.figures import figure

SIZE = (640, 480)
SCALE, TRUST = 109.0, usual_profile().trust


def messy(seed=0, exercise="quadruped_limb_raise"):
    """A clip with exchanged legs, hidden limbs, a gap, and pictures in which nobody is found."""
    poses = takes.legs_exchanged(figure(exercise, reps=2).poses, 0.1, seed)
    rng = np.random.default_rng(seed)
    dim = np.where(rng.random(poses.visibility.shape) < 0.02, 0.2, poses.visibility)
    poses = takes.remade(poses, visibility=dim.astype(np.float32))
    poses = takes.dropped(poses, (1.0, 1.15), (3.0, 3.6))
    return poses.only((poses.t < 5.0) | (poses.t > 5.5))


def in_blocks(poses, ends):
    tidier = Tidier(SCALE, TRUST.countable)
    cuts = [0, *sorted(ends), len(poses)]
    done = [tidier.over(Given.of(poses.rows(slice(a, b)), TRUST.margin)) for a, b in pairwise(cuts) if b > a]
    arrays = (np.concatenate([getattr(d, name) for d in done]) for name in ("placed", "smooth", "sure"))
    return Tidied(*arrays), tidier.exchanges


def assert_same(one, other):
    for name in ("placed", "smooth", "sure"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), strict=True)


@pytest.mark.parametrize("seed", range(3))
def test_picture_by_picture_tidies_as_the_whole_does(seed):
    poses = messy(seed)
    whole, exchanges = in_blocks(poses, [])
    tidier = Tidier(SCALE, TRUST.countable)
    for i, pose in enumerate(poses):
        one = tidier.over(Given.one(pose, (poses.width_px, poses.height_px), TRUST.margin))
        assert_same(one, Tidied(whole.placed[i : i + 1], whole.smooth[i : i + 1], whole.sure[i : i + 1]))
    assert tidier.exchanges == exchanges > 0


@given(st.sets(st.integers(0, 150), max_size=6))
@settings(max_examples=20, deadline=None)
def test_where_blocks_end_makes_no_difference(ends):
    poses = messy()
    whole, exchanges = in_blocks(poses, [])
    parts, as_many = in_blocks(poses, ends)
    assert_same(parts, whole)
    assert as_many == exchanges


def test_what_is_tidy_stays_where_it_is():
    poses = figure("squat", reps=1).poses
    plain = Given.of(poses, TRUST.margin)
    tidied = Tidier(SCALE, TRUST.countable).over(plain)
    np.testing.assert_array_equal(tidied.placed, plain.points / SCALE)
    np.testing.assert_array_equal(tidied.sure, plain.sure)
    assert 0 < np.abs(tidied.smooth - tidied.placed).max() < 0.2


def test_only_what_went_astray_is_distrusted():
    poses = figure("squat", reps=1).poses
    tidied = Tidier(SCALE, TRUST.countable).over(Given.of(poses, TRUST.margin))
    longest = longest_bones(tidied.placed)
    np.testing.assert_array_equal(tidied.trusting(longest).sure, tidied.sure)
    assert (tidied.trusting(longest / 3).sure == 0).any()


def test_a_body_shows_what_is_seen_surely_enough():
    body = Body(0.0, np.array([1 + 1j, 2 + 2j]), np.zeros((2, 3)), np.array([0.5, 0.4]), 100.0, 1.0, "left")
    np.testing.assert_array_equal(body.shown(0.5).image, [1 + 1j, complex(np.nan, np.nan)])
    np.testing.assert_array_equal(body.image, [1 + 1j, 2 + 2j])


@pytest.mark.parametrize("exercise", ["quadruped_limb_raise", "running", "plank_hold"])
def test_a_recording_is_judged_as_its_pictures_one_by_one_are(exercise, monkeypatch):
    monkeypatch.setattr(analyser, "BLOCK", 50)
    poses, wanted = messy(1, exercise), find_exercise(exercise)
    calibration = calibrate(poses, wanted)
    whole, live = (Analyser(wanted, calibration, SIZE) for _ in range(2))
    whole.over(poses)
    for pose in poses:
        live.update(pose)
    a, b = whole.finish(), live.finish()
    np.testing.assert_array_equal(a.track._rows[: len(a.track)], b.track._rows[: len(b.track)])
    np.testing.assert_array_equal(a.update.pose.image, b.update.pose.image)
    assert a.tracker.judged == b.tracker.judged
