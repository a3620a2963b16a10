"""What the engine has for live sessions: learning on the way, memory that stays flat, and what is watched."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.analyser import LOOK_S, TURNED_S, Analyser
from formcheck.engine.body.landmarks import BONES, STRAY, TYPICAL_BONES
from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import calibrate, calibrate_live
from formcheck.engine.count.segment import Excursions
from formcheck.engine.count.typical_rom import LEAST_LEARNT, MOST_LEARNT, NEIGHBOURS, STILL, LearnedRom
from formcheck.engine.judge.judge import Judge
from formcheck.engine.judge.monitor import Monitor
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.session import judge, session_of
from formcheck.exercises import catalog, find_exercise
from formcheck.signals.rows import Rows
from formcheck.types.event import FaultSaid, ViewChanged
from tests.figures import figure
from tests.unit.live.people import joined, person, standing

SIZE = (640, 480)
LEARNT = st.lists(st.tuples(st.floats(1.0, 500.0), st.floats(0.2, 30.0)), min_size=LEAST_LEARNT, max_size=20)

# ------------------------------------------------------------------ the usual, learnt


def learned(*attempts, expected=60.0):
    rom = LearnedRom(expected)
    for height, lasted in attempts:
        rom.learn(height, lasted)
    return rom


@pytest.mark.parametrize("attempts", [(), ((90.0, 2.0),)])
def test_before_two_attempts_the_exercise_tells_what_is_usual(attempts):
    assert learned(*attempts).at(5.0) == (60.0, 0.0)


def test_two_attempts_teach():
    range_, seconds = learned((50.0, 2.0), (40.0, 4.0)).at(5.0)
    assert range_ == 45.0
    assert 2.0 <= seconds <= 4.0


@given(LEARNT, st.floats(10.0, 200.0))
def test_what_is_learnt_lies_among_the_latest_attempts_and_is_never_wild(attempts, expected):
    range_, seconds = learned(*attempts, expected=expected).at(0.0)
    latest = attempts[-(2 * NEIGHBOURS + 1) :]
    heights, lasted = zip(*latest, strict=True)
    assert range_ <= MOST_LEARNT * expected
    assert min(*heights, MOST_LEARNT * expected) <= range_ <= max(heights)
    assert min(lasted) <= seconds <= max(lasted)


def test_old_attempts_are_forgotten():
    wild = [(85.0, 9.0)] * 20
    assert learned(*wild, *[(50.0, 2.0)] * (2 * NEIGHBOURS + 1)).at(0.0) == (50.0, 2.0)


def test_many_twitches_do_not_outvote_the_repetitions_in_time():
    assert learned((60.0, 3.0), (60.0, 3.0), *[(6.0, 0.3)] * 5).at(0.0)[1] == 3.0


@given(st.integers(1, 6), st.floats(0.7, 1.4), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_who_has_only_begun_is_counted_from_the_first_repetition(reps, share, seed):
    """Somebody goes 70 to 140 % of what is expected, without anything known of him."""
    rng = np.random.default_rng(seed)
    points = [(0.0, 0.0), (1.0, 0.0)]
    for _ in range(reps):
        start = points[-1][0] + rng.uniform(0.3, 1.0)
        top = start + rng.uniform(0.8, 2.0)
        points += [(start, 0.0), (top, 60.0 * share), (top + rng.uniform(0.8, 2.0), 0.0)]
    t = np.arange(int((points[-1][0] + 1.0) * 30)) / 30
    rom = LearnedRom(60.0)
    find, found = Excursions(rom, 25.0, 0.6, 12.0), 0
    for now, x in zip(t, np.interp(t, *np.transpose(points)), strict=True):
        closed = find.step(float(now), float(x))
        if closed is not None:
            found += 1
            rom.learn(closed.excursion, closed.end_s - closed.start_s)
    assert found + (find.finish() is not None) == reps


def test_a_live_calibration_knows_nothing_of_the_exercise_and_allows_full_limbs():
    poses, squat = standing(2.0), find_exercise("squat")
    live, known = calibrate_live(poses, squat, "left"), calibrate(poses, squat, declared="left")
    assert live.live
    assert not known.live
    assert live.typical_rom is STILL
    assert live.declared == "left"
    assert (live.longest >= STRAY * TYPICAL_BONES).all()
    assert (live.longest >= np.nan_to_num(known.longest)).all()
    assert len(live.longest) == BONES


# ------------------------------------------------------------------ the notebook


def filled(keep_s, n, fps):
    track = Track(("a", "b"), keep_s)
    sizes = []
    for i in range(n):
        track.append(i / fps, (float(i), np.nan if i % 3 else -float(i)), np.full(33, i % 2 == 0))
        sizes.append(len(track._t))
    return track, sizes


def test_a_notebook_with_an_end_stays_small_and_one_without_keeps_all():
    small, sizes = filled(10.0, 20_000, 30.0)
    assert max(sizes) <= 1024
    assert sizes[-1] == sizes[2000]
    whole, _ = filled(np.inf, 5_000, 30.0)
    assert len(whole) == 5_000
    assert len(small) < 1024


@pytest.mark.parametrize("n", [1, 255, 256, 257, 600, 1025, 5000])
@pytest.mark.parametrize("keep_s", [1.0, 10.0, 60.0])
def test_what_is_kept_is_the_latest_and_unchanged(n, keep_s):
    part, _ = filled(keep_s, n, 30.0)
    whole, _ = filled(np.inf, n, 30.0)
    k = len(part)
    assert (part.t[-1] - part.t[0] >= keep_s - 1e-9) or k == n
    np.testing.assert_array_equal(part.t, whole.t[-k:])
    for name in ("a", "b"):
        np.testing.assert_array_equal(part.values(name), whole.values(name)[-k:])
    np.testing.assert_array_equal(part.seen(slice(None)), whole.seen(slice(None))[-k:])
    since = part.t[k // 2]
    np.testing.assert_array_equal(
        part.values("a", part.between(since, since + 1.0)),
        whole.values("a", whole.between(since, since + 1.0)),
    )


def test_a_slow_clock_keeps_what_it_must():
    """One frame a second: ten minutes are kept though that is more than the notebook begins with."""
    track, _ = filled(600.0, 3000, 1.0)
    assert track.t[-1] - track.t[0] >= 600.0


@pytest.mark.parametrize(
    ("exercise", "words"),
    [
        ("squat", {"reps": 12, "trunk_fold": 1.0}),
        ("squat", {"reps": 30, "heels_up": 1.0, "half_s": 0.5}),
        ("running", {"duration_s": 45.0, "overstride": 1.0, "fps": 30.0}),
    ],
)
def test_a_short_memory_tells_the_same(exercise, words):
    """What lies farther back than a repetition and its rest changes nothing."""
    poses, known = person(exercise, lead_s=2.0, **words), find_exercise(exercise)
    calibration = calibrate(poses, known)
    whole, short = (Analyser(known, calibration, SIZE, keep_s) for keep_s in (np.inf, 12.0))
    for pose in poses:
        a, b = whole.update(pose), short.update(pose)
        assert a.events == b.events
        assert a.faults == b.faults
        assert (a.reps, a.attempts, a.hold_s, a.phase) == (b.reps, b.attempts, b.hold_s, b.phase)
    a, b = whole.finish(), short.finish()
    assert a.tracker.judged == b.tracker.judged
    assert len(b.track) < len(a.track)
    sessions = [session_of(outcome, poses) for outcome in (a, b)]
    assert sessions[0].summary == sessions[1].summary
    assert sessions[0].faults == sessions[1].faults
    assert sessions[0].checks == sessions[1].checks
    assert sessions[0].gait == sessions[1].gait


# ------------------------------------------------------------------ what is watched


def checks_of(exercise, view):
    poses = person(exercise, view=view, reps=2, duration_s=4.0)
    known = find_exercise(exercise)
    calibration = calibrate(poses, known)
    rows = Rows((m.signal for m in known.measure.values()), calibration.near_side)
    return Judge(known, calibration, rows).checks


ALL = [(e.id, view) for e in catalog().values() if e.kind != "gait" for view in e.camera.views]


def test_a_limit_that_the_best_moment_must_reach_is_not_watched():
    """A low limit on a "max" or drift: every moment on the way falls short of it, and none is a fault."""
    falling_short = 0
    for exercise, view in ALL:
        checks = checks_of(exercise, view)
        watched = Monitor(checks).watched
        for check in checks:
            kind, blocked = check.measure.take, check.blocked is not None
            if (kind in ("max", "drift") and not check.upper) or (kind == "min" and check.upper):
                falling_short += not blocked
                assert check not in watched, f"{exercise} {check.id}"
            elif kind in ("max", "min", "drift"):
                assert (check in watched) == (not blocked), f"{exercise} {check.id}"
            else:
                assert check not in watched, f"{exercise} {check.id}"
    assert falling_short, "the catalog has such limits"


@pytest.mark.parametrize(("exercise", "view"), ALL)
def test_a_clean_exercise_raises_no_fault_by_the_moment(exercise, view):
    slow = {"half_s": 2.4} if find_exercise(exercise).tempo else {}
    poses = figure(exercise, view=view, reps=2, duration_s=5.0, fps=15.0, lead_s=1.5, sway=1.0, **slow).poses
    known = find_exercise(exercise)
    analyser = Analyser(known, replace(calibrate(poses, known), typical_rom=STILL, live=True), SIZE)
    for pose in poses:
        found = analyser.update(pose)
        assert not found.faults
        assert not [e for e in found.events if isinstance(e, FaultSaid)]


# ------------------------------------------------------------------ turning away


def views_reported(poses, exercise="squat", calibration=None):
    known = find_exercise(exercise)
    analyser = Analyser(known, calibration or calibrate_live(poses.between(0.0, 2.0), known), SIZE)
    updates = [analyser.update(pose) for pose in poses]
    return updates, [e for u in updates for e in u.events if isinstance(e, ViewChanged)]


def test_who_stays_as_he_stands_has_not_turned():
    assert views_reported(person("squat", reps=4))[1] == []


def test_turning_and_turning_back_are_each_reported_once():
    updates, found = views_reported(joined(standing(5.0), standing(6.0, view="front"), standing(6.0)))
    assert [e.view for e in found] == ["front", "side"]
    assert 5.0 < found[0].told_t < 5.0 + TURNED_S + LOOK_S + 0.2
    assert 11.0 < found[1].told_t < 11.0 + TURNED_S + LOOK_S + 0.2
    assert all(e.t < e.told_t for e in found)
    for u in updates:
        turned = found[0].told_t <= u.t < found[1].told_t
        assert u.view == ("front" if turned else "side")


def test_a_glance_aside_is_no_turn():
    assert views_reported(joined(standing(5.0), standing(0.6, view="front"), standing(5.0)))[1] == []


def test_while_turned_no_fault_is_watched_and_afterwards_it_is():
    fold = {"trunk_fold": 1.0, "half_s": 2.0, "reps": 1, "lead_s": 2.0}
    poses = joined(
        standing(3.0),
        standing(4.0, view="front"),
        person("squat", view="front", **fold),
        person("squat", **fold),
    )
    back = 3.0 + 4.0 + float(person("squat", view="front", **fold).t[-1])
    updates, found = views_reported(poses)
    assert [e.view for e in found] == ["front", "side"]
    assert not any(u.faults for u in updates if u.t < back)
    assert any(f.id == "trunk_fold" for u in updates for f in u.faults if u.t > back)


def test_a_turned_repetition_is_counted_and_its_form_is_not_assessed():
    poses = joined(
        standing(3.0), standing(4.0, view="front"), person("squat", view="front", reps=2, lead_s=2.0)
    )
    session = judge(
        poses,
        find_exercise("squat"),
        [ClipPiece.whole(calibrate_live(standing(2.0), find_exercise("squat")))],
    )
    assert not session.faults
    for rep in session.reps:
        assert {f.verdict for f in rep.findings if f.check == "trunk_fold"} == {"not_assessable"}


# ------------------------------------------------------------------ going back


@pytest.mark.parametrize(
    ("exercise", "words"),
    [("squat", {"reps": 2}), ("plank_hold", {"duration_s": 6.0}), ("lunge", {"reps": 2})],
)
def test_frames_that_come_again_change_nothing(exercise, words):
    """From every half second on, three quarters of a second are forgotten and come again."""
    poses, known = person(exercise, view="side", **words), find_exercise(exercise)
    calibration = calibrate_live(poses.between(0.0, 1.0), known)
    once, again = (Analyser(known, calibration, SIZE) for _ in range(2))
    checkpoint, since, reread = None, [], 0
    for i, pose in enumerate(poses):
        expected = once.update(pose)
        closed = again.closed
        found = again.update(pose)
        since.append(pose)
        if again.closed != closed or checkpoint is None or i % 8 == 0:
            checkpoint, since = again.checkpoint(), []
        if i % 8 == 7 and since:
            again.go_back(checkpoint)
            for before in since:
                found = again.update(before)
            reread += len(since)
            checkpoint, since = again.checkpoint(), []
        for name in ("t", "row", "phase", "hold_s", "progress"):
            np.testing.assert_equal(getattr(found, name), getattr(expected, name))
    assert reread > len(poses) // 2
    sessions = [session_of(analyser.finish(), poses) for analyser in (once, again)]
    assert sessions[0].summary == sessions[1].summary
    assert sessions[0].faults == sessions[1].faults
