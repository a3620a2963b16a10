"""Left and right exchanged by the model, and put back; what was never exchanged is left alone."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.sensor import usual_profile
from formcheck.types.landmark import COUNT, INDEX, MIRROR
from tests.figures import EXERCISES, figure

SCALE = 109.0
LIMBS = {"legs": ("knee", "ankle", "heel", "toe"), "arms": ("elbow", "wrist", "pinky", "index", "thumb")}
#: Looks for 30 frames a second: every one, every third, and any of one to four.
RATES = ("all", "third", "uneven")
#: Noise of landmarks, trunk lengths: of `heavy` from look to look.
NOISE = 0.03
#: Exercises that move limbs far apart, and slowly.
SLOW = ("lunge", "quadruped_limb_raise", "single_leg_deadlift", "beetle")
#: Closer than this, in trunk lengths, the sides of limbs are nobody's concern.
TOGETHER = 0.25


def clip(exercise, rate="all", **words):
    """Times (n,) and true points (n, L) of looks, trunk lengths, and a generator for noise."""
    poses = figure(exercise, reps=2, duration_s=8.0, **words).poses
    rng = np.random.default_rng(len(exercise))
    steps = {"all": [1], "third": [3], "uneven": [1, 2, 3, 4]}[rate]
    rows = np.cumsum(rng.choice(steps, len(poses)))
    rows = rows[rows < len(poses)]
    points = (poses.image[rows, :, 0] - 1j * poses.image[rows, :, 1]).astype(np.complex128) / SCALE
    return poses.t[rows], points, rng


def noisy(points, rng):
    return points + NOISE * (rng.normal(size=points.shape) + 1j * rng.normal(size=points.shape))


def exchanged(points, rows, limbs):
    points, rows = points.copy(), np.arange(len(points))[rows]
    for joint in (joint for limb in limbs for joint in LIMBS[limb]):
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]
        points[rows, left], points[rows, right] = points[rows, right], points[rows, left]
    return points


def repaired(t, points, *, whole=True):
    repair = SideSwapRepair(usual_profile().trust.countable)
    order = repair.order(t, points, np.ones(points.shape), whole=whole)
    return points[np.arange(len(t))[:, None], order]


def wrong(points, true, joints=("ankle", "wrist"), together=TOGETHER):
    """(n,) where one of the pairs of joints lies on the other side, though they are apart."""
    out = np.zeros(len(true), bool)
    for joint in joints:
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]
        is_, was = points[:, left] - points[:, right], true[:, left] - true[:, right]
        out |= (abs(is_ + was) < abs(is_ - was)) & (abs(was) > together)
    return out


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_movement_is_left_alone(exercise):
    for view in ("side", "front", "oblique"):
        for rate in RATES:
            t, true, rng = clip(exercise, rate, view=view)
            found = repaired(t, noisy(true, rng))
            assert not wrong(found, true, ("ankle", "knee", "wrist", "elbow", "hip", "shoulder")).any(), (
                view,
                rate,
            )


@pytest.mark.parametrize("exercise", EXERCISES)
def test_limbs_exchanged_for_a_look_go_back(exercise):
    for limbs in (("legs",), ("arms",), ("legs", "arms")):
        t, true, rng = clip(exercise)
        rows = np.arange(20, len(t) - 20, 25)
        given_ = exchanged(noisy(true, rng), rows, limbs)
        found = repaired(t, given_)
        before, after = (wrong(points, true, together=0.4).sum() for points in (given_, found))
        assert after <= 0.1 * before, limbs


@pytest.mark.parametrize(("view", "rate"), [("side", "all"), ("side", "third"), ("oblique", "all")])
def test_a_runners_legs_exchanged_as_they_pass_go_back(view, rate):
    t, true, rng = clip("running", rate, view=view)
    feet = true[:, INDEX["left_ankle"]] - true[:, INDEX["right_ankle"]]
    given_ = exchanged(noisy(true, rng), np.flatnonzero(abs(feet.real) < 0.2), ["legs"])
    before, after = (wrong(points, true).mean() for points in (given_, repaired(t, given_)))
    assert before > 0.05
    assert after <= 0.005


@pytest.mark.parametrize("exercise", SLOW)
@pytest.mark.parametrize("whole", [True, False])
def test_legs_exchanged_for_a_while_go_back(exercise, whole):
    t, true, rng = clip(exercise)
    feet = abs(true[:, INDEX["left_ankle"]] - true[:, INDEX["right_ankle"]])
    start = int(np.argmax(feet * (t > 2) * (t < t[-1] - 2)))
    given_ = exchanged(noisy(true, rng), slice(start, start + 12), ["legs"])
    assert wrong(given_, true).sum() >= 4
    assert wrong(repaired(t, given_, whole=whole), true).sum() <= 1


@pytest.mark.parametrize("exercise", SLOW)
def test_a_leg_of_a_quick_repetition_named_wrongly_but_for_its_first_and_last_look_goes_back(exercise):
    t, true, rng = clip(exercise)
    t, true = t[::10] * 0.3, true[::10]  # ten looks a second
    apart = np.flatnonzero(abs(true[:, INDEX["left_ankle"]] - true[:, INDEX["right_ankle"]]) > TOGETHER)
    first, *_ = np.split(apart, np.flatnonzero(np.diff(apart) > 1) + 1)
    given_ = exchanged(noisy(true, rng), first[1:-1], ["legs"])
    assert wrong(given_, true, ("ankle",)).sum() == len(first) - 2 >= 4
    assert not wrong(repaired(t, given_), true, ("ankle",)).any()


def test_a_body_whose_front_was_taken_for_its_back_is_turned_round():
    t, true, rng = clip("running", view="back")
    given_ = noisy(true, rng)
    given_[40:60] = given_[40:60][:, MIRROR]
    joints = ("ankle", "knee", "wrist", "elbow", "hip", "shoulder", "ear")
    assert wrong(given_, true, joints).sum() == 20
    assert wrong(repaired(t, given_), true, joints).sum() <= 1


@given(st.integers(0, 2**32 - 1), st.sampled_from(SLOW))
@settings(max_examples=20, deadline=None)
def test_repair_never_makes_more_wrong(seed, exercise):
    t, true, _ = clip(exercise)
    rng = np.random.default_rng(seed)
    rows = np.zeros(len(t), bool)
    for start in rng.integers(0, len(t), 4):
        rows[start : start + rng.integers(1, 12)] = True
    given_ = exchanged(
        noisy(true, rng), np.flatnonzero(rows), rng.permutation(list(LIMBS))[: rng.integers(1, 3)]
    )
    assert wrong(repaired(t, given_), true).sum() <= wrong(given_, true).sum()


def test_what_the_model_names_alike_to_the_end_is_believed():
    t, true, _ = clip("lunge")
    still = np.repeat(true[:1], 90, axis=0)
    still[:, INDEX["left_ankle"]] += 1.0
    given_ = exchanged(still, slice(10, 90), ["legs"])
    np.testing.assert_array_equal(repaired(t[:90], given_)[10:], given_[10:])


def test_nothing_is_remembered_over_a_gap():
    t, true, _ = clip("lunge")
    apart = np.repeat(true[np.argmax(abs(true[:, 27] - true[:, 28]))][None], 60, axis=0)
    given_ = exchanged(apart, slice(30, 60), ["legs"])
    t = np.arange(60) / 30
    t[30:] += 3.0
    np.testing.assert_array_equal(repaired(t, given_, whole=False), given_)


def test_what_was_not_seen_is_no_evidence():
    t, true, _ = clip("quadruped_limb_raise")
    hidden = exchanged(true, slice(40, 50), ["legs"])
    sure = np.ones(true.shape)
    sure[40:50, [INDEX["left_ankle"], INDEX["left_knee"]]] = 0.1
    order = SideSwapRepair(usual_profile().trust.countable).order(t, hidden, sure, whole=True)
    np.testing.assert_array_equal(order, np.tile(np.arange(COUNT), (len(t), 1)))


def test_frames_without_anybody_stay_as_they_are():
    t, true, rng = clip("running")
    given_ = exchanged(noisy(true, rng), slice(30, 33), ["legs"])
    there = np.arange(len(t)) % 5 != 4
    holes = np.where(there[:, None], given_, np.nan)
    found = repaired(t, holes)
    np.testing.assert_array_equal(found[there], repaired(t[there], given_[there]))
    assert np.isnan(found[~there]).all()


def test_many_looks_take_a_moment():
    t = np.arange(3000) / 10
    points = np.random.default_rng(0).normal(size=(len(t), COUNT)) + 0j
    start = time.process_time()
    repaired(t, points)
    assert time.process_time() - start < 2.0
