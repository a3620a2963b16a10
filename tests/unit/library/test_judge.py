"""Poses in, a session out, and not a file read or written; a video in, poses out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import formcheck
from formcheck.engine.body.restore import restored
from formcheck.engine.session import judge
from formcheck.errors import ExerciseError, NobodyError, SourceError
from formcheck.exercises import find_exercise
from formcheck.types import PoseSequence
from tests.clips import write_clip
from tests.exercises.takes import dropped
from tests.figures import figure
from tests.unit.live.people import set_of, standing, watch
from tests.unit.live.people import task as task_of

SQUAT = find_exercise("squat")
TOML = Path(formcheck.__file__).parent / "exercises" / "catalog" / "squat.toml"


@pytest.fixture(scope="module")
def squats() -> PoseSequence:
    return figure("squat", reps=3, depth=[1.0, 0.6, 1.0], sway=1.0).poses


@pytest.mark.parametrize("exercise", ["squat", SQUAT, TOML, str(TOML)], ids=["id", "itself", "path", "text"])
def test_an_exercise_is_named_in_four_ways(squats, exercise):
    session = formcheck.judge(squats, exercise)
    assert session == judge(restored(squats), SQUAT)
    assert (session.summary.attempts, session.summary.reps) == (3, 2)
    assert session.exercise.chosen_by == "user"


def test_auto_recognises_it(squats):
    session = formcheck.judge(squats)
    assert (session.exercise.id, session.exercise.chosen_by) == ("squat", "recognised")
    assert session.summary.reps == 2


def test_no_file_is_written(squats, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    formcheck.judge(squats, "squat")
    assert not list(tmp_path.iterdir())


def test_side_and_view_can_be_said(squats):
    assert formcheck.judge(squats, "squat", view="front").view.name == "front"
    raised = figure("single_leg_deadlift", reps=2).poses
    sides = {rep.side for rep in formcheck.judge(raised, "single_leg_deadlift", side="right").reps}
    assert sides == {"right"}


def test_what_cannot_be_judged_is_refused_in_one_line(squats):
    with pytest.raises(ExerciseError, match=r"sqat: no such exercise .did you mean 'squat'"):
        formcheck.judge(squats, "sqat")
    with pytest.raises(NobodyError, match=r"drawn: nobody was found in \d+ frames; check"):
        formcheck.judge(dropped(squats, (-1.0, 1e3)), "squat")


def test_the_sets_of_a_live_session_are_judged_as_they_were(squats):
    kept = watch(set_of("squat", 2), task_of("squat")).kept
    assert formcheck.judge(kept, "squat") == formcheck.judge(kept)
    assert formcheck.judge(kept).summary.reps == 2
    assert formcheck.judge(kept, "sit_up").exercise.id == "sit_up"


def test_live_counts_as_it_goes_and_judges_at_the_end():
    poses = set_of("squat", 2)
    live = formcheck.Live("squat", (poses.width_px, poses.height_px))
    updates = [live.update(pose) for pose in poses]
    session = live.finish()
    assert {"setting_up", "countdown", "exercising"} <= {update.state for update in updates}
    assert updates[-1].reps == session.summary.reps == 2
    assert session.exercise.id == "squat"
    assert session.source.frames < len(poses)  # what came before "go" is no part of it


def test_a_live_set_ends_at_its_goal_or_when_asked():
    poses = set_of("squat", 3)
    live = formcheck.Live(SQUAT, (poses.width_px, poses.height_px), reps=1)
    assert [live.update(pose) for pose in poses][-1].state == "finished"
    assert live.finish().summary.reps == 1
    live = formcheck.Live(TOML, (poses.width_px, poses.height_px))
    for n, pose in enumerate(poses):
        if n == len(poses) - 20:
            live.command("finish")
        update = live.update(pose)
    assert (update.state, live.finish().summary.reps) == ("finished", 2)


def test_live_without_a_set_has_nothing_to_judge():
    live = formcheck.Live("squat", (640, 480))
    assert live.finish() is None
    poses = standing(1.0)
    live = formcheck.Live("squat", (poses.width_px, poses.height_px))
    for pose in poses:
        live.update(pose)
    assert live.finish() is None


def test_live_refuses_an_exercise_that_is_none():
    with pytest.raises(ExerciseError, match="auto: no such exercise"):
        formcheck.Live("auto", (640, 480))


def test_a_video_becomes_poses_and_part_of_it(tmp_path, model_path):
    clip = write_clip(tmp_path / "clip.mp4", frames=25, size=(320, 240))
    poses = formcheck.estimate(clip)
    assert (len(poses), poses.width_px, poses.height_px, poses.model.name) == (25, 320, 240, "heavy")
    assert not poses.found.any()
    assert np.isnan(poses.image).all()
    part = formcheck.estimate(clip, str(model_path), start=0.4, end=0.8, slowmo=2)
    assert (len(part), part.source) == (11, replace(poses.source, nominal_fps=50.0, duration_s=0.5))
    with pytest.raises(SourceError, match=r"none.mp4: no such file"):
        formcheck.estimate(tmp_path / "none.mp4")
