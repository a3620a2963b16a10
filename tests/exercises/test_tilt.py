"""A camera that was not held level."""

import numpy as np
import pytest

from formcheck.engine.calibrate import calibrate
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.signals import reading
from tests.exercises import takes
from tests.figures import figure


def leaning(poses, degrees):
    """The same clip from a camera that leans; + turns the picture to the left."""
    middle = np.array([poses.width_px, poses.height_px]) / 2
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turned = (poses.image - middle) @ np.array([[c, -s], [s, c]]) + middle
    roomy = takes.remade(poses, image=turned)
    return takes.shifted(roomy, 200, 200)


def plumb(exercise):
    """The checks of an exercise that hold a number against the vertical itself."""
    return {
        name
        for name, measure, _, _ in find_exercise(exercise).limits()
        if measure.reading.plumb
        and measure.against is None
        and measure.take not in ("range", "drift", "speed")
    }


@pytest.mark.parametrize(
    ("exercise", "view"), [("squat", "front"), ("push_up", "side"), ("plank_hold", "side")]
)
@pytest.mark.parametrize("degrees", [-10.0, 10.0])
def test_a_leaning_camera_is_reported_and_nothing_is_measured_against_its_vertical(exercise, view, degrees):
    words = {"variant": "high"} if exercise == "plank_hold" else {}
    poses = leaning(figure(exercise, view=view, **words).poses, degrees)
    found = calibrate(poses, find_exercise(exercise), view=view)
    assert found.tilt_deg == pytest.approx(degrees, abs=4.0)
    session = judge(poses, find_exercise(exercise), [ClipPiece.whole(found)])
    assert "camera_tilted" in {a.id for a in session.capture}
    assert {c.verdict for c in session.checks if c.id in plumb(exercise)} <= {"not_assessable"}


@pytest.mark.parametrize("degrees", [-10.0, 0.0, 10.0])
def test_shoulders_over_the_hands_are_judged_only_by_a_level_camera(degrees):
    exercise = find_exercise("plank_hold")
    assert plumb("plank_hold") == {"shoulders_off"}
    poses = leaning(figure("plank_hold", view="side", variant="high").poses, degrees)
    session = judge(poses, exercise, [ClipPiece.whole(calibrate(poses, exercise, view="side"))])
    (check,) = (c for c in session.checks if c.id == "shoulders_off")
    assert check.verdict == ("not_assessable" if degrees else "ok")


@pytest.mark.parametrize(
    ("exercise", "view"), [("squat", "front"), ("push_up", "side"), ("superman", "side")]
)
def test_a_level_camera_is_not_accused(exercise, view):
    found = calibrate(figure(exercise, view=view, sway=1.0).poses, find_exercise(exercise))
    assert not abs(found.tilt_deg) > 0


def test_what_hangs_on_the_vertical_is_known():
    upright = ("trunk_lean", "knee_depth.near", "hand_offset.far", "pelvis_tilt", "shank_tilt.lower")
    assert all(reading(name).plumb for name in upright)
    body = ("knee_flexion.near", "body_line.near", "head_pitch", "neck_length", "trunk_over_shin.near")
    assert not any(reading(name).plumb for name in body)
