"""One tidying: a recording at once, in blocks, or picture by picture gives the same numbers to the bit."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine import analyser
from formcheck.engine.analyser import Analyser
from formcheck.engine.body.landmarks import BONES, longest_bones
from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.engine.body.tidy import Bodies, Tidier
from formcheck.engine.calibrate import calibrate
from formcheck.exercises import find_exercise
from formcheck.sensor import usual_profile
from formcheck.types.body import Body
from formcheck.types.landmark import COUNT, INDEX, MIRROR
from tests.exercises import takes
from tests.figures import figure

SIZE = (640, 480)
SCALE, TRUST = 109.0, usual_profile().trust
NO_LIMIT = np.full(BONES, np.nan)
NAMES = ("t", "points", "sure", "doubt", "world", "found")


def messy(seed=0, exercise="quadruped_limb_raise"):
    """A clip with exchanged legs, hidden limbs, a gap, and pictures in which nobody is found."""
    poses = takes.legs_exchanged(figure(exercise, reps=2).poses, 0.1, seed)
    rng = np.random.default_rng(seed)
    dim = np.where(rng.random(poses.visibility.shape) < 0.02, 0.2, poses.visibility)
    poses = takes.remade(poses, visibility=dim.astype(np.float32))
    poses = takes.dropped(poses, (1.0, 1.15), (3.0, 3.6))
    return poses.only((poses.t < 5.0) | (poses.t > 5.5))


def live():
    return Tidier(SCALE, NO_LIMIT, SideSwapRepair(TRUST.countable))


def in_blocks(poses, ends):
    tidier = live()
    cuts = [0, *sorted(ends), len(poses)]
    done = [tidier.over(Bodies.of(poses.rows(slice(a, b)), TRUST)) for a, b in pairwise(cuts) if b > a]
    return Bodies(*(np.concatenate([getattr(d, name) for d in done]) for name in NAMES))


def assert_same(one, other):
    for name in NAMES:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), strict=True)


@pytest.mark.parametrize("seed", range(3))
def test_picture_by_picture_tidies_as_the_whole_does(seed):
    poses = messy(seed)
    whole, tidier = in_blocks(poses, []), live()
    assert (whole.points != Bodies.of(poses, TRUST).points).any()
    for i, pose in enumerate(poses):
        one = tidier.over(Bodies.one(pose, (poses.width_px, poses.height_px), TRUST.margin))
        assert_same(one, Bodies(*(getattr(whole, name)[i : i + 1] for name in NAMES)))


@given(st.sets(st.integers(0, 150), max_size=6))
@settings(max_examples=20, deadline=None)
def test_where_blocks_end_makes_no_difference(ends):
    poses = messy()
    assert_same(in_blocks(poses, ends), in_blocks(poses, []))


def test_what_is_tidy_stays_as_it_is():
    plain = Bodies.of(figure("squat", reps=1).poses, TRUST)
    assert_same(live().over(plain), plain)


def test_limbs_are_put_on_their_side_live_and_left_where_a_recording_has_them():
    right = figure("quadruped_limb_raise", reps=2).poses
    wrong = takes.legs_exchanged(right, 0.1)
    was, given = Bodies.of(right, TRUST), Bodies.of(wrong, TRUST)
    assert_same(Tidier(SCALE, NO_LIMIT, None).over(given), given)
    mended = live().over(given)
    off, still_off = (np.abs(one.points - was.points).mean() for one in (given, mended))
    assert still_off < off / 5


def test_the_confidence_moves_with_its_limb():
    poses = figure("lunge", reps=1).poses
    given = Bodies.of(poses, TRUST)
    left, right = INDEX["left_ankle"], INDEX["right_ankle"]
    peak = int(np.argmax(abs(given.points[:, left] - given.points[:, right])))
    points = given.points.copy()
    points[peak] = points[peak, MIRROR]
    sure = np.tile(np.linspace(0.6, 1.0, COUNT), (len(points), 1))
    tidied = live().over(replace(given, points=points, sure=sure))
    np.testing.assert_array_equal(tidied.points[peak, [left, right]], given.points[peak, [left, right]])
    np.testing.assert_array_equal(tidied.sure[peak, [left, right]], sure[peak, [right, left]])
    np.testing.assert_array_equal(tidied.sure[peak - 1], sure[peak - 1])


def test_what_is_hidden_and_hardly_in_doubt_may_count_inside_the_picture():
    poses = figure("squat", reps=1).poses
    knee, ankle, toe = (INDEX[f"left_{name}"] for name in ("knee", "ankle", "toe"))
    visibility, doubt, image = (
        poses.visibility.copy(),
        np.full(poses.visibility.shape, 0.1),
        poses.image.copy(),
    )
    visibility[:, [knee, ankle, toe]] = 0.0
    doubt[:, ankle] = 0.3
    image[:, toe] = -50.0
    hidden = takes.remade(poses, visibility=visibility, doubt=doubt, image=image)
    heavy = TRUST.model_copy(update={"count_within": 0.14})
    sure = Bodies.of(hidden, heavy).sure
    np.testing.assert_array_equal(sure[0, [knee, ankle, toe]], [np.float32(heavy.countable), 0.0, 0.0])
    np.testing.assert_array_equal(Bodies.of(hidden, TRUST).sure[0, [knee, ankle, toe]], 0.0)


def test_only_what_went_astray_is_distrusted():
    plain = Bodies.of(figure("squat", reps=1).poses, TRUST)
    longest = longest_bones(plain.points / SCALE)
    assert_same(Tidier(SCALE, longest, None).over(plain), plain)
    short = Tidier(SCALE, longest / 3, None).over(plain)
    assert (short.sure == 0).any()
    np.testing.assert_array_equal(short.points, plain.points)


def test_a_body_shows_what_is_seen_surely_enough():
    body = Body(0.0, np.array([1 + 1j, 2 + 2j]), np.zeros((2, 3)), np.array([0.5, 0.4]), 100.0, 1.0, "left")
    np.testing.assert_array_equal(body.shown(0.5).image, [1 + 1j, complex(np.nan, np.nan)])
    np.testing.assert_array_equal(body.image, [1 + 1j, 2 + 2j])


@pytest.mark.parametrize("exercise", ["quadruped_limb_raise", "running", "plank_hold"])
def test_a_recording_is_judged_as_its_pictures_one_by_one_are(exercise, monkeypatch):
    monkeypatch.setattr(analyser, "BLOCK", 50)
    poses, wanted = messy(1, exercise), find_exercise(exercise)
    calibration = calibrate(poses, wanted)
    whole, single = (Analyser(wanted, calibration, SIZE) for _ in range(2))
    whole.over(poses)
    for pose in poses:
        single.update(pose)
    a, b = whole.finish(), single.finish()
    np.testing.assert_array_equal(a.track._rows[: len(a.track)], b.track._rows[: len(b.track)])
    assert a.tracker.judged == b.tracker.judged
