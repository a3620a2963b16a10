"""What holds for any movement, any numbers and any poses."""

import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.analyser import Analyser
from formcheck.engine.calibrate import calibrate
from formcheck.engine.count.segment import Excursions
from formcheck.engine.count.typical_rom import typical_rom
from formcheck.engine.judge.measure import PreparedCheck, measured
from formcheck.engine.judge.measurement import Measurement
from formcheck.engine.judge.score import grade
from formcheck.engine.session import judge
from formcheck.exercises import catalog
from formcheck.exercises.sources import Basis
from formcheck.exercises.tables import Limit, Measure
from formcheck.types import Model, Pose, PoseSequence, SourceInfo
from formcheck.types.landmark import COUNT
from formcheck.types.result import Finding
from tests.figures import figure


def movement(seed, fps, rest=True):
    """(count, t, q): repetitions of 60 to 100 degrees, each with its own tempo, pauses and rests."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 7))
    points = [(0.0, 0.0), (0.5, 0.0)]
    for _ in range(n):
        start, height = points[-1][0] + rest * rng.uniform(0.0, 2.0), rng.uniform(60, 100)
        top = start + rng.uniform(0.8, 3.0)
        leave = top + rng.uniform(0.0, 2.0)
        points += [(start, 0.0), (top, height), (leave, height), (leave + rng.uniform(0.8, 3.0), 0.0)]
    points.append((points[-1][0] + 0.5, 0.0))
    t = np.arange(int(points[-1][0] * fps)) / fps
    return n, t, np.interp(t, *np.transpose(points))


def attempts(t, q, scale=1.0):
    found = Excursions(typical_rom(t, q, 25.0 * scale, 1.0, 12.0), 25.0 * scale, 1.0, 12.0)
    closed = [found.step(float(a), float(b)) for a, b in zip(t, q, strict=True)]
    return [a for a in [*closed, found.finish()] if a is not None]


SEEDS = st.integers(0, 2**32 - 1)
FPS = st.sampled_from([12.0, 24.0, 29.97, 60.0])


@given(SEEDS, FPS)
@settings(max_examples=60, deadline=None)
def test_every_repetition_is_counted_once_in_order(seed, fps):
    n, t, q = movement(seed, fps)
    found = attempts(t, q)
    assert len(found) == n
    assert all(a.start_s < a.peak_s < a.end_s for a in found)
    assert all(a.peak_s < b.peak_s for a, b in pairwise(found))


@given(SEEDS, st.floats(0.01, 100), st.floats(-500, 500), st.floats(0, 1e5))
@settings(max_examples=40, deadline=None)
def test_units_offset_and_clock_change_no_count(seed, scale, offset, delay):
    n, t, q = movement(seed, 30.0)
    found = attempts(t + delay, scale * (q + offset), scale)
    assert len(found) == n
    for plain, other in zip(attempts(t, q), found, strict=True):
        assert other.excursion == pytest.approx(scale * plain.excursion, rel=1e-6)


@given(SEEDS, SEEDS)
@settings(max_examples=40, deadline=None)
def test_blinks_and_noise_change_no_count(seed, other):
    n, t, q = movement(seed, 30.0)
    rng = np.random.default_rng(other)
    q = q + rng.normal(0, 1.0, len(q))
    for start in rng.integers(0, len(q), len(q) // 60):
        q[start : start + int(rng.integers(1, 6))] = np.nan
    assert len(attempts(t, q)) == n


LIMIT = {"say": "Say it", "why": "It was wrong."}
LOW = Measure(what="Whatever.", signal="trunk_lean", take="min", basis=Basis(kind="judgement"),
              low=Limit(warn=-1, error=-2, **LIMIT))  # fmt: skip
HIGH = Measure(what="Whatever.", signal="trunk_lean", take="max", basis=Basis(kind="judgement"),
               high=Limit(warn=1, error=2, **LIMIT))  # fmt: skip


@given(SEEDS, st.integers(2, 60), st.floats(0.0, 1.0), st.floats(0.5, 3.0))
@settings(max_examples=80, deadline=None)
def test_low_and_high_limits_are_mirror_images(seed, n, hidden, size):
    rng = np.random.default_rng(seed)
    t = np.cumsum(rng.uniform(0.02, 0.05, n))
    x = np.where(rng.random(n) < hidden, np.nan, size * np.cumsum(rng.normal(0, 0.5, n)))
    low = measured(PreparedCheck("low", LOW, LOW.low, False), t, -x)
    high = measured(PreparedCheck("high", HIGH, HIGH.high, True), t, x)
    assert low.finding.verdict == high.finding.verdict
    assert low.spans == high.spans
    if high.finding.value is None:
        assert high.finding.verdict == "not_assessable"
        return
    assert low.finding.value == -high.finding.value
    assert np.nanmin(x) <= high.finding.value <= np.nanmax(x)
    assert (high.finding.verdict == "ok") == (high.finding.value <= 1)
    assert (high.finding.verdict == "error") == (high.finding.value > 2)
    if high.finding.verdict != "ok":
        assert high.spans
        assert t[0] <= high.spans[0][0] <= high.spans[-1][1] <= t[-1]
        assert 0 < high.share <= 1


CHECKS = st.lists(
    st.tuples(
        st.sampled_from(["ok", "warn", "error", "not_assessable"]),
        st.booleans(),
        st.floats(0.0, 2.0),
        st.floats(0.0, 1.0),
    ),
    max_size=8,
)
SHARE = st.one_of(st.none(), st.floats(0.0, 1.0))


@given(CHECKS, SHARE, SHARE)
@settings(max_examples=150, deadline=None)
def test_a_score_stays_in_its_bounds_and_a_fault_never_helps(checks, range_share, tempo_share):
    def taken(i, verdict, safety, heavy, share):
        limit = Limit(warn=1, weight=heavy, safety=safety, **LIMIT)
        return Measurement(Finding(f"check {i}", 0.0, "deg", 0.0, verdict, 1.0), limit, share=share)

    given = grade([taken(i, *c) for i, c in enumerate(checks)], range_share, tempo_share)
    assert 0.0 <= given.coverage <= 1.0 + 1e-9
    assert given.points is None or given.coverage >= 0.5
    assert given.points is None or 0 <= given.points <= 100
    for k, (verdict, *rest) in enumerate(checks):
        worse = {"ok": "warn", "warn": "error"}.get(verdict)
        if worse and given.points is not None:
            changed = [*checks[:k], (worse, *rest), *checks[k + 1 :]]
            less = grade([taken(i, *c) for i, c in enumerate(changed)], range_share, tempo_share)
            assert less.coverage == given.coverage
            assert less.points is not None
            assert less.points <= given.points


SQUATS = figure("squat", reps=2, fps=15.0).poses


def events_of(poses):
    """Repetitions, events and last update of an analyser that is given these poses."""
    analyser = Analyser(catalog()["squat"], calibrate(SQUATS, catalog()["squat"]), (640, 480))
    updates = [analyser.update(pose) for pose in poses]
    outcome = analyser.finish()
    result = outcome.tracker.result()
    events = [event for u in updates for event in u.events]
    return result.reps if result else (), events, outcome.update.reps


EVENTS_OF_SQUATS = events_of(SQUATS)


def given_as(change, poses=SQUATS):
    """The same poses in other arrays."""
    arrays = (change(getattr(poses, name)) for name in ("t", "image", "world", "visibility"))
    return PoseSequence(*arrays, poses.width_px, poses.height_px, poses.source, poses.model)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.tolist(),
        np.asfortranarray,
        lambda x: np.repeat(x, 2, axis=0)[::2],
        lambda x: x.astype(">f8"),
    ],
    ids=["lists", "columns first", "every other row", "other bytes"],
)
def test_the_same_numbers_in_other_arrays_are_judged_the_same(change):
    assert judge(given_as(change), catalog()["squat"]) == judge(SQUATS, catalog()["squat"])


@pytest.mark.parametrize("fps", [5.0, 120.0])
def test_the_rate_of_pictures_changes_no_count(fps):
    poses = figure("squat", reps=1, fps=fps).poses
    assert judge(poses, catalog()["squat"]).summary.reps == 1


@pytest.mark.parametrize("exercise", ["squat", "plank_hold", "running"])
def test_what_is_seen_nowhere_is_not_assessed(exercise):
    hidden = replace(SQUATS, visibility=np.full_like(SQUATS.visibility, np.nan))
    for poses in (
        hidden,
        SQUATS.within([]),
        SQUATS.between(0.0, 0.05),
        given_as(np.zeros_like, hidden.between(0, 0.05)),
    ):
        session = judge(poses, catalog()[exercise])
        assert {check.verdict for check in session.checks} == {"not_assessable"}
        assert session.summary.reps == 0


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        ([[0.0], [1.0]], "t: expected one list of seconds"),
        ([0.0, np.inf], "t: times must be finite seconds"),
        ([np.nan, 1.0], "t: times must be finite seconds"),
        ([1.0, 1.0], "t: times must rise strictly"),
        ([0.0, 1e9], "t: spans 1e.09 s; times must be seconds"),
    ],
)
def test_times_that_are_none_are_refused(t, expected):
    with pytest.raises(ValueError, match=expected):
        given_as(lambda x: t if x is SQUATS.t else x[:2])


@given(st.lists(st.integers(0, len(SQUATS) - 1), min_size=1, max_size=20), st.floats(0.0, 0.99))
@settings(max_examples=8, deadline=None)
def test_a_pose_that_comes_again_or_late_changes_nothing(at, back_s):
    poses = list(SQUATS)
    stale = [replace(poses[i], t=poses[i].t - (back_s if k % 2 else 0.0)) for k, i in enumerate(at)]
    for pose, i in sorted(zip(stale, at, strict=True), key=lambda x: -x[1]):
        poses.insert(i + 1, pose)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert events_of(poses) == EVENTS_OF_SQUATS
    late = sum(pose.t < SQUATS.t[i] for pose, i in zip(stale, at, strict=True))
    assert sum("time went back" in str(w.message) for w in said) == late


@given(st.lists(st.integers(0, len(SQUATS) // 2 - 1), min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
@pytest.mark.filterwarnings("ignore:time went back")
def test_neighbours_that_swapped_places_change_no_count(at):
    poses = list(SQUATS)
    for i in {2 * i for i in at}:
        poses[i], poses[i + 1] = poses[i + 1], poses[i]
    assert [rep.counted for rep in events_of(poses)[0]] == [True, True]


def test_a_clock_that_begins_anew_or_tells_no_time_is_refused():
    analyser = Analyser(catalog()["squat"], calibrate(SQUATS, catalog()["squat"]), (640, 480))
    with pytest.raises(ValueError, match="a pose has the time nan; give seconds"):
        analyser.update(Pose.nobody(float("nan")))
    analyser.update(Pose.nobody(100.0))
    with pytest.raises(
        ValueError, match=r"time went back from 100\.000 to 0\.000 s; a clip that begins anew"
    ):
        analyser.update(Pose.nobody(0.0))
    assert analyser.update(Pose.nobody(100.1)).t == 100.1


@given(SEEDS, st.sampled_from([0, 1, 2, 45]), st.sampled_from(sorted(catalog())))
@settings(max_examples=30, deadline=None)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_nonsense_is_judged_without_falling_over(seed, frames, exercise):
    rng = np.random.default_rng(seed)
    t = np.cumsum(rng.uniform(0.005, 0.4, frames))
    image = rng.uniform(-100, 800, (frames, COUNT, 2))
    world, visibility = rng.normal(0, 0.5, (frames, COUNT, 3)), rng.random((frames, COUNT))
    nobody = rng.random(frames) < 0.2
    for array in (image, world, visibility):
        array[nobody] = np.nan
    source = SourceInfo("nonsense", "poses", 640, 480)
    poses = PoseSequence(t, image, world, visibility, 640, 480, source, Model("none", "0" * 64))
    session = judge(poses, catalog()[exercise])
    assert session.summary.score is None or 0 <= session.summary.score <= 100
    assert session.summary.reps <= session.summary.attempts
    assert {c.id for c in session.checks} >= {name for name, *_ in catalog()[exercise].limits()}
    for fault in session.faults:
        assert all(t[0] <= a <= b <= t[-1] for a, b in fault.spans)
