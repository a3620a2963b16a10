"""Which frames are looked at: by made-up clocks and figures, without a model or a picture."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.body.restore import BRIDGE_S
from formcheck.errors import ModelError
from formcheck.pose.looks import AGAIN_S, USUAL, Beat, Looks, Schedule, looks_of
from formcheck.pose.movement import EMPTY_S, STILL_S
from formcheck.types import Pose
from tests.figures import figure

RATES = [15.0, 24.0, 25.0, 30000 / 1001, 50.0, 60.0, 120.0]
#: What times of phones stray by, seconds.
JITTER = 0.004


def clock(fps, seconds=10.0, jitter=JITTER, seed=4):
    t = np.arange(round(seconds * fps)) / fps
    return t + np.random.default_rng(seed).uniform(0, jitter, len(t))


class Watched:
    """What became of the frames of a clip: times that were looked at in passing, and kept ones afterwards."""

    def __init__(self, times, pose_at, looks=USUAL, runs=None):
        self.times, self.schedule = times, Schedule(looks, runs=runs)
        self.looked, self.late, kept = [], [], []
        for t in times.tolist():
            step = self.schedule.step(t)
            if step == "keep":
                kept.append(t)
            elif step == "look":
                self.looked.append(t)
                self.late += kept if self.schedule.saw(pose_at(t)) else []
                kept = []

    @property
    def all(self):
        return np.array(sorted({*self.looked, *self.late, *self.schedule.again(self.times)}))


def nobody(t):
    return Pose.nobody(t)


def moving(exercise, turn=0, **words):
    """The figure at any time, or at that time as it is at another: the next of its frames."""
    poses = figure(exercise, fps=60.0, **words).poses.turned(turn)
    every = list(poses)

    def at(t, of=None):
        pose = every[min(int(np.searchsorted(poses.t, t if of is None else of)), len(every) - 1)]
        return Pose(t, pose.image, pose.world, pose.visibility)

    return at


SQUATS = moving("squat", reps=3)
PLANK = moving("plank_hold", duration_s=12.0)
RUN = moving("running", duration_s=12.0)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("per_second", [3.0, 10.0, 15.0, 30.0])
def test_a_beat_keeps_its_pace_at_every_frame_rate(fps, per_second):
    t = clock(fps)
    beat = Beat(per_second)
    struck = [moment for moment in t.tolist() if beat.strikes(moment)]
    assert len(struck) == pytest.approx(min(10 * per_second, len(t)), rel=0.02, abs=1)
    gaps = np.diff(struck)
    assert gaps.max() <= 1 / per_second + 1.5 / fps + JITTER


def test_of_thirty_frames_a_second_every_third_is_looked_at():
    t = np.arange(300) / 30
    beat = Beat(10.0)
    assert [i for i, moment in enumerate(t.tolist()) if beat.strikes(moment)] == list(range(0, 300, 3))


def test_a_beat_of_every_frame():
    every = Beat(np.inf)
    assert all(every.strikes(moment) for moment in clock(30.0).tolist())


@given(st.lists(st.floats(0.002, 0.4), min_size=2, max_size=300), st.sampled_from([3.0, 10.0, 30.0]))
@settings(max_examples=60, deadline=None)
def test_looks_are_never_farther_apart_or_more_than_promised_whatever_the_clock(gaps, per_second):
    t = np.cumsum(gaps)
    beat = Beat(per_second)
    struck = [moment for moment in t.tolist() if beat.strikes(moment)]
    assert struck[0] == t[0]
    for before, after in pairwise([*struck, float(t[-1])]):
        between = t[(t > before) & (t <= after)]
        steps = np.diff(np.concatenate(([before], between)))
        assert after - before <= 1.5 / per_second + 2 * steps.max(initial=0.0)
    assert len(struck) <= 2 + (t[-1] - t[0]) * per_second * 1.5


@pytest.mark.parametrize("fps", RATES)
def test_whoever_moves_is_looked_at_ten_times_a_second(fps):
    watched = Watched(clock(fps), SQUATS)
    assert len(watched.looked) == pytest.approx(min(100, len(watched.times)), abs=2)
    assert not watched.late
    assert np.diff(watched.looked).max() < 0.15 + 1 / fps


@pytest.mark.parametrize("fps", [24.0, 30.0, 60.0])
@pytest.mark.parametrize("pose_at", [PLANK, nobody], ids=["still", "nobody"])
def test_where_nothing_changes_looks_are_few_and_bridged(fps, pose_at):
    watched = Watched(clock(fps, 12.0), pose_at)
    first = STILL_S if pose_at is PLANK else EMPTY_S
    gaps = np.diff(watched.looked)
    quiet = gaps[np.array(watched.looked[1:]) > first + 0.5]
    assert not watched.late
    assert quiet.min() > 0.25
    assert quiet.max() < BRIDGE_S - 0.2
    assert len(watched.looked) < 12 * 10 * 0.5


@pytest.mark.parametrize("fps", [24.0, 30.0, 60.0])
@pytest.mark.parametrize("before", ["still", "nobody"])
def test_what_changes_is_looked_at_from_its_beginning(fps, before):
    first = 1.1 if before == "still" else 1.5  # the first squat begins at 0.9 s

    def comes(t):
        return SQUATS(t, of=max(0.0, t - 5.03 + first)) if before == "still" or t >= 5.03 else nobody(t)

    watched = Watched(clock(fps), comes)
    assert watched.late
    around = watched.all[(watched.all > 5.0) & (watched.all < 9.0)]
    assert np.diff(around).max() < 0.15 + 1 / fps
    assert len(watched.looked) < 85


@pytest.mark.parametrize(("fps", "apart"), [(24.0, 1), (30.0, 1), (60.0, 2)])
def test_a_run_that_is_seen_on_the_way_is_looked_at_closely_from_its_beginning(fps, apart):
    watched = Watched(clock(fps, 6.0, jitter=0.0), RUN)
    again = watched.schedule.again(watched.times)
    seen = max(again)
    assert seen < AGAIN_S + 0.2
    assert min(again) == 0.0
    assert np.diff(watched.all).max() == pytest.approx(apart / fps)
    assert watched.schedule.model == "full"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_run_is_seen_in_a_picture_that_has_to_be_turned(turn):
    watched = Watched(clock(30.0, 4.0), moving("running", turn, duration_s=4.0))
    assert watched.schedule.model == "full"


def test_models_and_what_is_left_of_them_where_a_run_is_named():
    assert (USUAL.models, looks_of("lite").models) == (("heavy", "full"), ("lite",))
    assert Schedule(USUAL).model == Schedule(USUAL, runs=False).model == "heavy"
    assert Schedule(USUAL.named(runs=True), runs=True).model == Schedule(USUAL, runs=True).model == "full"
    assert USUAL.named(runs=None) == USUAL.named(runs=False) == USUAL
    assert USUAL.by(["a.task", "b.task"]).models == ("a.task", "b.task")
    assert looks_of("lite").by(["a.task"]) == looks_of("a.task")


def test_one_estimator_alone_looks_at_a_run_twice_as_often_as_usual():
    looks = USUAL.in_turn()
    run = Watched(clock(60.0), RUN, looks)
    assert looks.models == ("heavy",)
    assert np.diff(run.looked)[-100:].mean() == pytest.approx(1 / 20, rel=0.02)
    assert USUAL.named(runs=True).in_turn().running == 30.0
    assert looks_of("full").in_turn().running == np.inf


@pytest.mark.parametrize(
    "exercise", ["squat", "lunge", "jumping_jack", "mountain_climber", "high_plank_limb_raise"]
)
@pytest.mark.parametrize("turn", [0, 180])
def test_nothing_else_is_taken_for_a_run(exercise, turn):
    watched = Watched(clock(30.0), moving(exercise, turn, reps=4))
    assert watched.schedule.again(watched.times) == []


def test_a_run_that_was_named_is_looked_at_closely_at_once_and_another_exercise_never():
    named, never = (Watched(clock(60.0, 3.0), RUN, runs=runs) for runs in (True, False))
    assert len(named.looked) == pytest.approx(90, abs=1)
    assert len(never.looked) == pytest.approx(30, abs=1)
    assert named.schedule.again(named.times) == never.schedule.again(never.times) == []


def test_where_frames_cannot_be_looked_at_later_none_is_kept_or_wanted_again():
    forward = Looks("heavy", 10.0, 20.0, goes_back=False)
    plank, run = Watched(clock(30.0), PLANK, forward), Watched(clock(60.0), RUN, forward)
    assert len(plank.looked) == pytest.approx(100, abs=1)
    assert not run.schedule.again(run.times)
    assert len(run.looked) > 150


def test_a_model_that_does_not_find_all_is_watched_as_far_as_it_sees():
    def trunk_alone(t):
        pose = PLANK(t)
        image = np.full_like(pose.image, np.nan)
        image[[11, 12, 23, 24]] = pose.image[[11, 12, 23, 24]]
        return Pose(t, image, pose.world, pose.visibility)

    watched = Watched(clock(30.0), trunk_alone)
    assert len(watched.looked) < 60


def test_of_a_nose_alone_nothing_is_concluded():
    image = np.full((33, 2), np.nan)
    image[0] = 5.0
    watched = Watched(clock(30.0), lambda t: Pose(t, image, np.full((33, 3), np.nan), np.ones(33)))
    assert len(watched.looked) == pytest.approx(100, abs=1)
    assert watched.schedule.again(watched.times) == []


def test_every_frame_is_every_frame():
    for pose_at in (PLANK, nobody, RUN):
        watched = Watched(clock(60.0, 4.0), pose_at, looks_of(every_frame=True))
        assert watched.looked == watched.times.tolist()


def test_the_words_for_looks():
    assert looks_of() == looks_of("auto") == USUAL
    careful, named = looks_of(careful=True), looks_of("full")
    assert (careful.model, careful.running, named.running) == ("heavy", np.inf, np.inf)
    assert USUAL.usual < careful.usual < named.usual == 30.0
    assert looks_of("own.task").model == "own.task"
    assert looks_of(every_frame=True).model == looks_of(careful=True, every_frame=True).model == "heavy"
    assert looks_of("full", every_frame=True).model == "full"
    with pytest.raises(ModelError, match="full: careful looks choose the model themselves"):
        looks_of("full", careful=True)
