"""The check of the clip itself: each line's verdict for situations that drawn runs are put in."""

from functools import cache

import numpy as np
import pytest

from formcheck.engine.analyser import Analyser
from formcheck.engine.calibrate import calibrate
from formcheck.engine.capture.time_scale import fall_of
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.messages import sentence
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises import takes

RUNNING = find_exercise("running")


@cache
def run(exercise="running", **words):
    return play(Script(exercise, **{"duration_s": 14.0, **words})).poses


def slowed(poses, by):
    return takes.remade(poses, t=poses.t * by)


def conditions_of(poses):
    return {c.id: c for c in judge(poses, RUNNING).conditions}


def verdicts(poses):
    return {name: c.verdict for name, c in conditions_of(poses).items()}


def test_a_good_clip_is_limited_only_by_its_length():
    assert verdicts(run(fps=60)) == {
        "view": "ok",
        "frame_rate": "ok",
        "real_time": "ok",
        "steps": "limits",
        "size": "ok",
        "camera": "ok",
    }


def test_what_a_runner_would_mend_first_comes_first():
    order = ["view", "frame_rate", "real_time", "steps", "size", "camera", "people"]
    assert list(conditions_of(takes.remade(run(), people=2))) == order


@pytest.mark.parametrize(
    ("view", "verdict", "says"),
    [
        ("side", "ok", "from behind or from the front"),
        ("front", "ok", "from the side"),
        ("back", "ok", "from the side"),
        ("oblique", "limits", "limits are wider"),
    ],
)
def test_each_view_says_what_it_cannot_show(view, verdict, says):
    line = conditions_of(run(view=view))["view"]
    assert line.verdict == verdict
    assert says in sentence(line.told)


@pytest.mark.parametrize(
    ("fps", "verdict", "error"), [(15, "prevents", None), (30, "limits", "±43 ms"), (60, "ok", "±27 ms")]
)
def test_frame_rate(fps, verdict, error):
    line = conditions_of(run(fps=fps))["frame_rate"]
    assert line.verdict == verdict
    assert f"{fps} pictures a second" in sentence(line.told)
    assert ("±" in sentence(line.told)) == (error is not None)
    assert error is None or error in sentence(line.told)


def test_a_rhythm_of_real_time_is_reported_with_its_cadence():
    line = conditions_of(run())["real_time"]
    assert (line.verdict, "170 steps a minute" in sentence(line.told)) == ("ok", True)


def test_walking_is_no_slow_motion():
    line = conditions_of(run("walking"))["real_time"]
    assert line.verdict == "prevents"
    assert "walking" in sentence(line.told)
    assert "slow" not in sentence(line.told)


def test_slow_motion_is_reported_with_its_factor_and_what_to_do():
    line = conditions_of(slowed(run(fps=60), 4))["real_time"]
    assert line.verdict == "limits"
    assert "slow motion, about" in sentence(line.told)
    assert "--slowmo 4" in sentence(line.told)


def test_the_factor_of_slow_motion_grows_as_the_clip_is_stretched():
    def factor(poses):
        calibration = calibrate(poses, RUNNING)
        analyser = Analyser(RUNNING, calibration, (poses.width_px, poses.height_px))
        for pose in poses:
            analyser.update(pose)
        return fall_of(analyser.finish().tracker.run, calibration.trunk_m)

    real, slow = factor(run(fps=60)), factor(slowed(run(fps=60), 4))
    assert real == pytest.approx(1.0, abs=0.3)
    assert slow / real == pytest.approx(4.0, rel=0.15)


def test_who_stands_has_no_rhythm_and_too_few_steps():
    still = run()
    rows = np.zeros(len(still.t), int)
    poses = takes.remade(still, **{n: getattr(still, n)[rows] for n in ("image", "world", "visibility")})
    found = verdicts(poses)
    assert (found["real_time"], found["steps"]) == ("prevents", "prevents")


@pytest.mark.parametrize(("seconds", "verdict"), [(3.0, "prevents"), (7.0, "limits"), (18.0, "ok")])
def test_steps(seconds, verdict):
    line = conditions_of(run(duration_s=seconds))["steps"]
    assert line.verdict == verdict
    assert ("Film 20 seconds" in sentence(line.told)) == (verdict == "prevents")


@pytest.mark.parametrize(("by", "verdict"), [(1.0, "ok"), (0.3, "limits")])
def test_size(by, verdict):
    small = run()
    middle = np.array([small.width_px, small.height_px]) / 2
    poses = takes.remade(small, image=middle + by * (small.image - middle))
    assert conditions_of(poses)["size"].verdict == verdict


def test_a_camera_that_pans_limits():
    line = conditions_of(run(filming="panning"))["camera"]
    assert (line.verdict, "moved along" in sentence(line.told)) == ("limits", True)


def test_a_camera_that_shakes_limits():
    poses = run()
    way = 0.02 * calibrate(poses, RUNNING).scale_px * np.sin(2 * np.pi * 3.0 * poses.t)
    shaken = np.stack([0 * way, np.diff(way, prepend=0.0)], axis=-1)
    line = conditions_of(takes.remade(poses, camera=shaken))["camera"]
    assert (line.verdict, "shook" in sentence(line.told)) == ("limits", True)


def test_a_camera_of_which_nothing_is_known_limits():
    poses = run()
    bobbing = 0.3 * calibrate(poses, RUNNING).scale_px * np.sin(2 * np.pi * 0.2 * poses.t)
    image = poses.image + np.stack([0 * bobbing, bobbing], axis=-1)[:, None]
    line = conditions_of(takes.remade(poses, image=image, camera=np.full_like(poses.camera, np.nan)))[
        "camera"
    ]
    assert (line.verdict, "Nothing tells" in sentence(line.told)) == ("limits", True)


@pytest.mark.parametrize(("people", "verdict"), [(None, None), (1, None), (2, "limits")])
def test_people(people, verdict):
    assert verdicts(takes.remade(run(), people=people)).get("people") == verdict
