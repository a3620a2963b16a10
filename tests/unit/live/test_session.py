"""A live session over drawn people: what it counts, when, and that it can be judged again."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formcheck.engine.parts import judge_parts, parts_of_takes
from formcheck.exercises import catalog, find_exercise
from formcheck.live import words
from formcheck.live.lead_in import COUNTDOWN_S
from formcheck.live.session import LiveSession
from formcheck.live.workout import Workout
from formcheck.messages import sentence
from formcheck.pose.store import load_poses, save_poses
from formcheck.types.event import (
    AttemptFinished,
    Found,
    Lost,
    RepFinished,
    SetFinished,
    Spoken,
    StateChanged,
    ViewChanged,
)
from formcheck.types.pose import Pose
from formcheck.types.reason import Reason
from tests.exercises.cases import DIALS
from tests.exercises.takes import mirrored
from tests.figures import EXERCISES
from tests.unit.live.people import (
    far_away,
    joined,
    nobody,
    person,
    set_of,
    standing,
    task,
    thinned,
    walking_by,
    walking_in,
    walking_out,
    watch,
    without_feet,
)

COUNTED = [name for name in EXERCISES if find_exercise(name).kind != "gait"]
REPS = 3


def side_of(exercise):
    return "left" if find_exercise(exercise).sides == "each" else None


def performed(exercise, view=None, **words_):
    """A still start and the exercise, from its best side."""
    known = find_exercise(exercise)
    if known.kind != "hold" and EXERCISES[exercise].tempo:
        words_ = {"rest_s": 0.6, **words_}
    view = view or known.camera.views[0]
    return person(exercise, **{"view": view, "reps": REPS, "duration_s": 6.0, "lead_s": 5.5, **words_})


def judged_again(kept, folder):
    """From the file, as `formcheck analyze` reads it."""
    poses = load_poses(save_poses(folder / "poses.npz", kept))
    assert repr(poses.takes) == repr(kept.takes)  # a tilt that is not known is NaN, and equals nothing
    return judge_parts(poses, parts_of_takes(poses, catalog()))


def as_counted(attempts):
    return [(a.n, a.side, a.counted, a.reason) for a in attempts]


def assert_replay(seen, folder):
    """The same repetitions and faults as were reported."""
    (summary,) = seen.sets
    again = judged_again(seen.kept, folder)
    assert [(r.n, r.side, r.counted, r.reason) for r in again.reps] == as_counted(seen.attempts)
    broken = [{f.check for f in r.findings if f.verdict in ("warn", "error")} for r in again.reps]
    assert broken == [{f.id for f in a.faults} for a in seen.attempts]
    assert again.faults[:2] == summary.faults
    assert (again.summary.attempts, again.summary.reps) == (summary.attempts, summary.reps)
    assert (again.summary.good_reps, again.summary.score) == (summary.good_reps, summary.score)
    assert again.summary.hold_s == summary.hold_s
    assert again.summary.coverage == summary.coverage
    assert again.exercise.name == summary.exercise


@pytest.mark.parametrize("exercise", COUNTED)
def test_an_exercise_is_counted_live_from_go_on_and_judged_again_the_same(exercise, tmp_path):
    poses = performed(exercise)
    seen = watch(poses, task(exercise, side=side_of(exercise)))
    (summary,) = seen.sets
    go = seen.when("exercising")
    assert go < 5.5
    if summary.hold_s is None:
        assert seen.when("countdown") == pytest.approx(go - COUNTDOWN_S, abs=0.1)
        assert (summary.attempts, summary.reps) == (REPS, REPS)
        assert all(a.t > go for a in seen.attempts)
    else:
        assert "countdown" not in seen.states
        assert summary.hold_s == pytest.approx(float(poses.t[-1]) - go, abs=1.0)
    before = [u for u in seen.updates if u.t < go]
    assert not any(isinstance(e, AttemptFinished | RepFinished) for u in before for e in u.events)
    assert all(u.attempts == u.reps == 0 and not u.hold_s and not u.faults and not u.cue for u in before)
    assert_replay(seen, tmp_path)


PLANTED = {
    ("squat", "side", "trunk_fold"),
    ("squat", "front", "knee_valgus"),
    ("lunge", "side", "knee_forward"),
    ("push_up", "side", "hip_sag"),
    ("push_up", "side", "too_fast"),
    ("plank_hold", "side", "hip_pike"),
    ("glute_bridge", "side", "over_arch"),
    ("quadruped_limb_raise", "side", "arm_low"),
    ("superman", "side", "neck_up"),
}


@pytest.mark.parametrize(
    "case", [c for c in DIALS if (c.exercise, c.view, c.dial) in PLANTED and not c.words], ids=str
)
def test_a_planted_fault_is_reported_and_found_again(case, tmp_path):
    slow = {} if case.dial == "too_fast" or not EXERCISES[case.exercise].tempo else {"half_s": 2.0}
    poses = performed(case.exercise, case.view, **{case.dial: case.value}, **slow)
    seen = watch(poses, task(case.exercise, side=side_of(case.exercise)), countdown_s=1.0)
    assert case.fault in {f.id for f in seen.sets[0].faults}
    assert case.fault in {u.cue.id for u in seen.updates if u.cue}
    assert_replay(seen, tmp_path)


def test_a_short_repetition_says_why_it_does_not_count(tmp_path):
    seen = watch(performed("squat", depth=(1.0, 0.6, 1.0)), task("squat"))
    assert [a.reason for a in seen.attempts] == [None, "partial_range", None]
    (short,) = [a for a in seen.attempts if not a.counted]
    why = [u for u in seen.updates if u.why_not]
    assert why[0].t == short.told_t
    assert why[-1].t - why[0].t <= 3.1
    assert seen.heard(words.NOT_COUNTED)
    assert_replay(seen, tmp_path)


# ------------------------------------------------------------------ coming, going, fidgeting


def test_walking_in_counts_nothing():
    seen = watch(joined(nobody(1.0), walking_by(), walking_in(), set_of("squat", 3)), task("squat"))
    assert seen.session.sets[0].attempts == 3
    arrived = next(e.t for e in seen.events if isinstance(e, Found))
    assert arrived < seen.when("exercising")
    assert all(u.attempts == 0 for u in seen.updates if u.t < seen.when("exercising"))


def test_who_never_holds_still_is_asked_to_and_nothing_is_counted():
    poses = person("squat", reps=8, rest_s=0.05, half_s=0.9, lead_s=0.05)
    seen = watch(poses, task("squat"))
    assert not {"countdown", "exercising"} & set(seen.states)
    assert not seen.attempts
    assert not seen.session.sets
    assert words.HOLD_STILL in {u.instruction for u in seen.updates}
    assert seen.updates[-1].state == "finished"


def test_who_moves_off_in_the_countdown_is_set_up_again():
    gone = joined(standing(2.2), nobody(3.0), standing(8.0))
    seen = watch(gone, task("squat"), finish=False)
    assert seen.states.count("countdown") == 2
    assert seen.states[-1] == "exercising"
    assert seen.when("exercising") > 6.5
    assert seen.heard(words.WAIT)


@pytest.mark.parametrize("countdown_s", [3.0, 3.8])
def test_a_repetition_begun_before_go_is_not_counted(countdown_s):
    """Two squats, the first of them in the countdown: its second half is no repetition."""
    early = joined(standing(2.5), person("squat", reps=2, lead_s=0.05, rest_s=0.05), set_of("squat", 3))
    seen = watch(early, task("squat"), countdown_s=countdown_s)
    assert 4.0 < seen.when("exercising") < 5.5
    assert [a.t > 8.0 for a in seen.attempts] == [True] * 4


def test_leaving_the_frame_pauses_and_coming_back_resumes(tmp_path):
    away = joined(set_of("squat", 2), nobody(5.0), set_of("squat", 2, lead_s=4.0))
    seen = watch(away, task("squat"))
    (lost,) = [e for e in seen.events if isinstance(e, Lost)]
    assert lost.reason == Reason("nobody_in_view")
    assert [s for s in seen.states if s in ("exercising", "paused")] == ["exercising", "paused", "exercising"]
    paused = [u for u in seen.updates if u.state == "paused"]
    assert {u.reps for u in paused} == {2}
    assert paused[1].instruction == words.LOST
    assert seen.heard(words.LOST)
    assert seen.heard(words.GO_ON)
    assert seen.session.sets[0].attempts == 4
    assert len(seen.session.takes[0].spans) == 2
    assert_replay(seen, tmp_path)


def test_who_was_away_for_half_a_minute_goes_on_all_the_same():
    """Nobody is idle while he is not seen: coming back must not end the set."""
    parts = (set_of("squat", 2), nobody(30.0), set_of("squat", 2, lead_s=3.0))
    seen = watch(joined(*parts), task("squat", sets=1, reps=4))
    assert seen.session.sets[0].reps == 4


def test_getting_into_position_after_a_pause_counts_nothing(tmp_path):
    """Who comes back in the middle of a movement is not counted before he stands."""
    mid = person("squat", reps=1, lead_s=0.05)
    away = joined(set_of("squat", 2), nobody(3.0), mid, mid, standing(3.0), person("squat", reps=1))
    seen = watch(away, task("squat"))
    resumed = next(u.t for u in seen.updates if u.say and sentence(words.GO_ON) in sentence(u.say))
    assert seen.session.sets[0].attempts == 2 + sum(a.t > resumed for a in seen.attempts)
    assert_replay(seen, tmp_path)


def test_who_stays_away_has_finished_the_set(tmp_path):
    seen = watch(joined(set_of("squat", 2), nobody(70.0)), task("squat"), task("push_up"), finish=False)
    assert seen.session.sets[0].reps == 2
    assert seen.states[-2:] == ["set_done", "resting"]
    assert_replay(seen, tmp_path)


def test_leaving_in_the_middle_of_a_repetition_keeps_what_was_counted(tmp_path):
    two = person("squat", reps=3, lead_s=0.5)
    cut = two.between(0.0, float(two.t[-1]) - 2.0)
    seen = watch(joined(standing(6.0), cut, nobody(4.0), standing(3.0)), task("squat"))
    assert seen.session.sets[0].reps == 2
    assert_replay(seen, tmp_path)


# ------------------------------------------------------------------ goals, rests, sides


def test_the_goal_ends_the_set_then_rest_then_the_next_set_then_it_is_over(tmp_path):
    poses = joined(set_of("squat", 4), standing(14.0), set_of("squat", 4))
    seen = watch(poses, task("squat", reps=4, sets=2, rest_s=12.0), finish=False)
    assert seen.states == [
        *("setting_up", "ready", "countdown", "exercising", "set_done", "resting"),
        *("searching", "setting_up", "ready", "countdown", "exercising", "finished"),
    ]
    assert [(s.n, s.of, s.reps) for s in seen.sets] == [(1, 2, 4), (2, 2, 4)]
    assert seen.sets == seen.session.sets
    done = seen.when("set_done")
    resting = [u for u in seen.updates if u.state in ("set_done", "resting")]
    assert resting[-1].t - done == pytest.approx(12.0, abs=0.15)
    for u in resting:
        assert u.seconds_left == pytest.approx(done + 12.0 - u.t, abs=1e-6)
        assert u.summary == seen.sets[0]
        assert sentence(u.next) == "Squat, set 2 of 2"
    again = judged_again(seen.kept, tmp_path)
    assert [s.summary.reps for s in again.sections] == [4, 4]
    assert seen.updates[-1].summary == seen.sets[1]
    assert seen.heard(words.DONE)


def test_counts_are_called_out():
    seen = watch(set_of("squat", 3), task("squat", reps=3))
    assert [text for _, text in seen.spoken if text.split(".")[0] in "123"][-3:] == [
        "1",
        "2",
        "3. " + "Set done. 3 of 3 good. All done. Well done",
    ]


def test_each_side_has_its_own_set_left_first(tmp_path):
    exercise = "single_leg_deadlift"
    left, right = (set_of(exercise, 2, side=side, view="side", facing="right") for side in ("left", "right"))
    seen = watch(joined(left, standing(11.0, exercise), right), task(exercise, reps=2, rest_s=60.0))
    assert [(s.side, s.reps) for s in seen.sets] == [("left", 2), ("right", 2)]
    assert [a.side for a in seen.attempts] == ["left", "left", "right", "right"]
    rest = [u for u in seen.updates if u.state in ("set_done", "resting")]
    assert rest[0].seconds_left == pytest.approx(10.0)
    assert "right" in sentence(rest[0].next)
    assert {u.side for u in seen.updates if u.state == "exercising"} == {"left", "right"}


def test_a_goal_of_alternating_sides_is_meant_of_each():
    seen = watch(set_of("lunge", 6), task("lunge", reps=3), finish=False)
    (summary,) = seen.sets
    assert (summary.left, summary.right, summary.reps) == (3, 3, 6)
    heard = {text.split(".")[0] for _, text in seen.spoken}
    assert {"left 1", "right 1", "left 3"} <= heard


def test_one_side_alone_does_not_reach_a_goal_of_each():
    """`Task.reps` is of each side where sides take turns: four left lunges are no two left and two right."""
    only = [person("lunge", reps=1, view="side")] * 4
    seen = watch(joined(standing(6.0, "lunge"), *only), task("lunge", reps=2), finish=False)
    assert not seen.sets, f"left {seen.sets[0].left}, right {seen.sets[0].right}"


def test_a_hold_ends_when_it_was_held_long_enough(tmp_path):
    seen = watch(person("plank_hold", duration_s=16.0, lead_s=2.0), task("plank_hold", seconds=12.0))
    (summary,) = seen.sets
    assert summary.hold_s == pytest.approx(12.0, abs=0.2)
    assert seen.heard(Reason("more", n=5))
    done = next(u for u in seen.updates if u.state == "finished")
    assert done.t < seen.poses.t[-1] - 2.0
    shares = [u.progress for u in seen.updates if u.state == "exercising"][1:]
    assert all(0.0 <= x <= 1.0 for x in shares)
    assert_replay(seen, tmp_path)


def test_a_set_that_nobody_goes_on_with_is_over(tmp_path):
    seen = watch(set_of("squat", 2), task("squat", reps=10), task("push_up"), finish=False)
    assert seen.updates[-1].state == "exercising"
    seen = watch(
        joined(set_of("squat", 2), standing(27.0)), task("squat", reps=10), task("push_up"), finish=False
    )
    assert seen.updates[-1].state == "set_done"
    assert seen.sets[0].reps == 2


def test_a_plan_goes_on_with_the_next_exercise():
    poses = joined(set_of("squat", 2), standing(3.0), set_of("push_up", 2))
    seen = watch(poses, task("squat", reps=2, rest_s=3.0), task("push_up", reps=2))
    assert [(s.exercise, s.reps) for s in seen.sets] == [("Squat", 2), ("Push-up", 2)]
    assert [t.exercise for t in seen.session.takes] == ["squat", "push_up"]


# ------------------------------------------------------------------ commands


def test_toggle_pauses_at_once_and_goes_on_at_once(tmp_path):
    poses = joined(set_of("squat", 2), person("squat", reps=3), set_of("squat", 1, lead_s=2.0))
    first = float(set_of("squat", 2).t[-1])
    second = first + float(person("squat", reps=3).t[-1]) + 0.5
    seen = watch(poses, task("squat"), commands={first: "toggle", second: "toggle"})
    assert seen.session.sets[0].attempts == 3
    paused = [u for u in seen.updates if u.state == "paused"]
    assert (paused[0].t, paused[-1].t) == (pytest.approx(first, abs=0.1), pytest.approx(second, abs=0.1))
    assert {u.instruction for u in paused} == {words.ASKED}
    assert_replay(seen, tmp_path)


def test_who_asks_to_go_on_while_nobody_is_seen_is_still_missed():
    """Space in an empty room must not leave a set running that nobody can end."""
    poses = joined(set_of("squat", 2), nobody(90.0))
    gone = float(set_of("squat", 2).t[-1])
    seen = watch(poses, task("squat", reps=9), task("squat"), commands={gone + 4.0: "toggle"}, finish=False)
    later = [u for u in seen.updates if u.t > gone + 8.0 and u.state == "exercising"]
    assert not later or all(u.instruction for u in later), "exercises with nobody there, and says nothing"


def test_skip_ends_the_set_and_the_rest():
    seen = watch(
        joined(set_of("squat", 2), standing(8.0)),
        task("squat", sets=2, rest_s=30.0),
        commands={float(set_of("squat", 2).t[-1]): "skip", float(set_of("squat", 2).t[-1]) + 2.0: "skip"},
        finish=False,
    )
    assert seen.sets[0].reps == 2
    assert seen.states[4:] == ["set_done", "searching", "setting_up", "ready", "countdown", "exercising"]


def test_skip_while_paused_ends_the_set():
    end = float(set_of("squat", 2).t[-1])
    seen = watch(
        joined(set_of("squat", 2), nobody(6.0)), task("squat"), commands={end + 3.0: "skip"}, finish=False
    )
    assert seen.states[-2:] == ["paused", "finished"]
    assert seen.sets[0].reps == 2


def test_skip_with_the_first_frame_of_a_set_tells_no_set_twice():
    """The second set is ended before it saw a frame: the first one must not be reported as if it was it."""
    squats = set_of("squat", 2)
    poses = joined(squats, standing(12.0))
    session = LiveSession(
        Workout((task("squat", reps=2, sets=3, rest_s=1.0),)), (poses.width_px, poses.height_px)
    )
    heard = []
    for pose in poses:
        if session.state == "exercising" and session.sets:
            session.command("skip")
        update = session.step(pose)
        heard.append((len(session.sets), update.state, sentence(update.say) if update.say else ""))
    assert sum("Set done" in said for _, _, said in heard) == 1


@pytest.mark.parametrize("at", [0.0, 1.5, 3.0, 7.0, 9.0])
def test_finish_is_heeded_whenever_it_is_asked(at):
    seen = watch(set_of("squat", 3), task("squat", sets=3), commands={at: "finish"}, finish=False)
    assert seen.updates[-1].state == "finished"
    assert seen.when("finished") == pytest.approx(at, abs=0.1)
    assert len(seen.sets) == len(seen.session.takes) == (1 if at > seen_go() else 0)


def seen_go():
    return watch(set_of("squat", 3), task("squat")).when("exercising")


def test_the_end_of_the_source_closes_what_is_open_at_any_time(tmp_path):
    poses = set_of("squat", 2)
    for n in range(0, len(poses), 31):
        seen = watch(poses.between(-1.0, float(poses.t[n])), task("squat"))
        assert not seen.updates or seen.updates[-1].state == "finished"
        assert len(seen.sets) == ("exercising" in seen.states)
        assert seen.session.finish() is None or not seen.session.finish().events


def test_without_a_single_pose_there_is_nothing_to_finish():
    session = LiveSession(Workout((task("squat"),)), (640, 480))
    assert session.finish() is None
    assert not session.sets


# ------------------------------------------------------------------ frames that are not as they should be


@pytest.mark.parametrize("every", [2, 3])
@pytest.mark.parametrize("exercise", ["squat", "push_up", "lunge", "jumping_jack"])
def test_dropped_frames_keep_the_count(exercise, every, tmp_path):
    poses = thinned(performed(exercise, fps=30.0), every)
    seen = watch(poses, task(exercise))
    assert (seen.session.sets[0].attempts, seen.session.sets[0].reps) == (REPS, REPS)
    assert_replay(seen, tmp_path)


def test_single_frames_without_anybody_change_nothing():
    poses = set_of("squat", 3)
    session = LiveSession(Workout((task("squat"),)), (poses.width_px, poses.height_px))
    for i, pose in enumerate(poses):
        update = session.step(Pose.nobody(pose.t) if i % 6 == 5 else pose)
        assert math.isfinite(update.t)
    session.finish()
    assert session.sets[0].reps == 3


def test_nobody_at_all():
    seen = watch(nobody(20.0), task("squat"), task("plank_hold"))
    assert seen.states == ["finished"]
    assert {u.instruction for u in seen.updates[:-1]} == {words.COME_IN}
    assert all(np.isnan(u.pose.image).all() for u in seen.updates)
    said = [t for t, text in seen.spoken if text == sentence(words.COME_IN)]
    assert 2 <= len(said) <= 4


def test_another_picture_size_in_a_set_keeps_it_tells_it_and_begins_again():
    poses = set_of("squat", 2)
    session = LiveSession(Workout((task("squat", sets=2),)), (poses.width_px, poses.height_px))
    for pose in poses:
        session.step(pose)
    session.resize((poses.width_px, poses.height_px))
    assert session.state == "exercising"
    session.resize((poses.height_px, poses.width_px))
    update = session.step(Pose(float(poses.t[-1]) + 0.1, pose.image, pose.world, pose.visibility))
    assert update.state in ("searching", "setting_up")
    assert (update.set_n, update.reps) == (1, 0)
    assert [s.reps for s in session.sets] == [2]
    assert len(session.takes) == 1


def test_another_picture_size_is_reported_in_events():
    poses = set_of("squat", 2)
    session = LiveSession(Workout((task("squat"),)), (poses.width_px, poses.height_px))
    events = [e for pose in poses for e in session.step(pose).events]
    session.resize((poses.height_px, poses.width_px))
    events += session.step(Pose.nobody(float(poses.t[-1]) + 0.1)).events
    names = [type(e).__name__ for e in events]
    assert names.count("SetFinished") == 1, "the set is kept, but its end is never reported"
    states = [e.state for e in events if type(e).__name__ == "StateChanged"]
    assert states[-1] == session.state


def test_another_picture_size_in_a_rest_or_at_the_end_changes_no_state():
    poses = joined(set_of("squat", 2), standing(2.0))
    session = LiveSession(Workout((task("squat", reps=2, sets=2),)), (poses.width_px, poses.height_px))
    for pose in poses:
        session.step(pose)
    assert session.state == "set_done"
    session.resize((100, 100))
    assert session.state == "set_done"
    session.command("finish")
    session.step(Pose.nobody(float(poses.t[-1]) + 0.1))
    session.resize((200, 100))
    assert session.state == "finished"


def test_a_recorded_clip_does_not_listen():
    """With no countdown asked for, a clip that begins at once is counted from the start pose on."""
    seen = watch(person("squat", reps=3, lead_s=1.0), task("squat"), countdown_s=0.0)
    assert seen.session.sets[0].reps == 3
    assert "countdown" not in seen.states


def test_turning_away_is_reported_and_turning_back_takes_it_away():
    poses = joined(
        set_of("jumping_jack", 2, view="front"),
        *(standing(s, "jumping_jack", view=view) for s, view in ((6.0, "side"), (8.0, "front"))),
    )
    seen = watch(poses, task("jumping_jack"), finish=False)
    changed = [e for e in seen.events if isinstance(e, ViewChanged)]
    assert [e.view for e in changed] == ["side", "front"]
    away = [u for u in seen.updates if changed[0].told_t <= u.t < changed[1].told_t]
    assert {u.instruction for u in away} == {words.turn("front")}
    assert not any(u.cue or u.faults for u in away)
    after = [u for u in seen.updates if u.t > changed[1].told_t]
    assert {u.instruction for u in after} == {None}
    assert sum(text == sentence(words.turn("front")) for _, text in seen.spoken) == 1
    assert seen.updates[-1].reps == 2


FOLD = {"trunk_fold": 1.0, "half_s": 2.0}


def test_turned_to_another_good_view_it_is_judged_from_there(tmp_path):
    """A squat may be seen from the front too: what was set up from the side is measured anew."""
    knees = {"knee_valgus": 1.3, "half_s": 2.0}
    poses = joined(set_of("squat", 1), standing(4.0, view="front"), person("squat", view="front", **knees))
    seen = watch(poses, task("squat"))
    (changed,) = [e for e in seen.events if isinstance(e, ViewChanged)]
    assert changed.view == "front"
    assert not any(u.instruction for u in seen.updates if u.t >= changed.told_t)
    assert "knee_valgus" in {f.id for f in seen.sets[0].faults}
    assert_replay(seen, tmp_path)


@pytest.mark.parametrize("dial", [{}, FOLD])
@pytest.mark.parametrize("stands_s", [1.0, 4.0])
def test_who_turns_to_face_the_other_way_is_counted_and_judged_on(stands_s, dial, tmp_path):
    right, left = (
        joined(standing(stands_s, facing=way), person("squat", reps=2, facing=way, **dial))
        for way in ("right", "left")
    )
    seen = watch(joined(standing(5.0), right, left), task("squat"))
    (turn,) = seen.session.takes[0].turns
    assert turn.since_s == pytest.approx(5.0 + right.t[-1], abs=0.5)
    assert turn.calibration.facing == -1.0
    assert [text for _, text in seen.spoken if sentence(words.TURNED) in text] == [sentence(words.TURNED)]
    assert seen.sets[0].attempts == 4
    folded = [a.n for a in seen.attempts if "trunk_fold" in {f.id for f in a.faults}]
    assert folded == ([1, 2, 3, 4] if dial else [])
    assert_replay(seen, tmp_path)


def test_who_turns_again_and_again_is_counted_on(tmp_path):
    ways = ("right", "left", "right", "left")
    parts = [person("squat", reps=1, facing=way, lead_s=1.5) for way in ways]
    seen = watch(joined(standing(5.0), *parts), task("squat"))
    assert len(seen.session.takes[0].turns) == 3
    assert seen.sets[0].attempts == 4
    assert_replay(seen, tmp_path)


def test_who_fetches_something_has_not_turned(tmp_path):
    """He walks to the right, comes back facing left, and stands so for a moment."""
    back = mirrored(walking_in())
    poses = joined(set_of("squat", 2), walking_out(), back, standing(1.0, facing="left"), set_of("squat", 2))
    seen = watch(poses, task("squat"))
    assert not seen.session.takes[0].turns
    assert not seen.heard(words.TURNED)
    assert seen.sets[0].attempts == 4
    assert_replay(seen, tmp_path)


# ------------------------------------------------------------------ whatever happens

LEGAL = {
    "searching": {"setting_up", "ready", "countdown", "exercising", "finished"},
    "setting_up": {"searching", "ready", "countdown", "exercising", "finished"},
    "ready": {"searching", "setting_up", "countdown", "exercising", "finished"},
    "countdown": {"searching", "setting_up", "ready", "exercising", "finished"},
    "exercising": {"paused", "set_done", "finished"},
    "paused": {"exercising", "set_done", "finished"},
    "set_done": {"resting", "searching", "finished"},
    "resting": {"searching", "finished"},
    "finished": set(),
}
SCENES = {
    "squats": lambda: person("squat", reps=2),
    "half a squat": lambda: person("squat", reps=1).between(0.0, 2.5),
    "stands": lambda: standing(3.0),
    "from the front": lambda: standing(2.5, view="front"),
    "nobody": lambda: nobody(2.5),
    "walks": walking_by,
    "no feet": lambda: without_feet(standing(2.0)),
    "small": lambda: far_away(standing(2.0)),
    "push-up": lambda: person("push_up", reps=1),
}
SCRIPTS = st.lists(
    st.tuples(
        st.sampled_from(sorted(SCENES)),
        st.sampled_from([None, None, None, "toggle", "toggle", "skip", "skip", "finish"]),
        st.floats(0.0, 1.0),  # when in the scene it is given
        st.sampled_from([0.0, 0.0, 0.0, 2.0, 40.0]),  # seconds without any frame before it
        st.booleans(),  # whether the camera is turned
    ),
    min_size=1,
    max_size=9,
)
#: A session takes a while: what fails is not made smaller first.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
TASKS = {
    "squats": lambda: (task("squat", reps=2, sets=2, rest_s=3.0), task("plank_hold", seconds=2.0)),
    "at once": lambda: (task("squat", reps=1, sets=3, rest_s=0.0),),
    "endless": lambda: (task("squat"), task("push_up")),
    "runs": lambda: (task("running"), task("squat", sets=2)),
}


@given(SCRIPTS, st.sampled_from(sorted(TASKS)), st.sampled_from([None, 0.0, 1.0]), st.sampled_from([1, 2]))
@settings(max_examples=25, deadline=None, phases=QUICK, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_the_states_follow_each_other_and_all_is_reported(script, tasks, countdown_s, every):
    size = (640, 480)
    session = LiveSession(Workout(TASKS[tasks]()), size, countdown_s=countdown_s)
    state, now, events, before = "searching", 0.0, [], None
    for scene, command, share, gap_s, turned in script:
        poses = thinned(SCENES[scene](), every)
        now += gap_s
        start = now
        if turned:
            size = size[::-1]
            session.resize(size)
        for i, pose in enumerate(poses):
            if command and i == int(share * (len(poses) - 1)):
                session.command(command)
            now = start + pose.t - poses.t[0] + 0.05
            update = session.step(replace(pose, t=now))
            for e in update.events:
                if isinstance(e, StateChanged):
                    begun_again = turned and i == 0 and e.state == "searching"
                    assert begun_again or e.state in LEGAL[state], f"{state} to {e.state}"
                    state = e.state
            assert update.state == session.state == state
            assert_sound(update, before)
            events += update.events
            before = update
    last = session.finish()
    events += last.events
    assert last.state == session.state == "finished"
    counted = [e for e in events if isinstance(e, AttemptFinished)]
    found = [e.summary for e in events if isinstance(e, SetFinished)]
    assert session.sets == found
    assert len(session.takes) == len(found)
    assert len(counted) == sum(s.attempts for s in found)
    spans = [span for take in session.takes for span in take.spans]
    assert all(a <= b for a, b in spans)
    assert spans == sorted(spans)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def assert_sound(update, before):
    """What a front end relies on with every frame."""
    assert update.set_n <= update.sets
    assert update.reps <= update.attempts or update.kind != "reps"
    assert (update.seconds_left is not None) == (update.state in ("countdown", "set_done", "resting"))
    assert update.summary is None or update.state in ("set_done", "resting", "finished")
    assert (update.next is not None) == (update.state in ("set_done", "resting"))
    assert all(e.told_t >= e.t for e in update.events)
    if update.state not in ("exercising", "paused", "set_done", "finished"):
        assert not update.cue
    if before is not None and before.state == update.state == "exercising":
        assert update.reps >= before.reps
        assert update.attempts >= before.attempts
    spoken = [e.text for e in update.events if isinstance(e, Spoken)]
    assert spoken == ([update.say] if update.say else [])
