"""The drawn runner: where his feet are, what each dial of his stride moves, and how he is filmed."""

from itertools import islice, pairwise

import numpy as np
import pytest

from formcheck.types.landmark import INDEX
from sample_videos.drawn import EXERCISES
from sample_videos.drawn.clips import CLIPS, Clip
from sample_videos.drawn.film import pictures
from sample_videos.drawn.strides import START_S
from tests.figures import figure

#: What is fine in a runner, clean and with every dial but its own.
FINE = {
    "shank_at_contact": (-5, 10),
    "ankle_ahead_at_contact": (0.2, 0.5),
    "knee_at_contact": (10, 25),
    "knee_in_stance": (39, 54),
    "foot_at_contact": (5, 12),
    "vertical_oscillation": (0.12, 0.26),
    "pelvic_drop": (0, 5),
    "step_width": (0.05, 0.15),
    "knee_in": (-8, 8),
    "step_asymmetry": (-1, 1),
}
#: A dial, and what it moves beyond the limit.
DIALS = [
    ("overstride", {"shank_at_contact": (16, 25), "ankle_ahead_at_contact": (0.6, 0.8)}),
    ("knee_straight", {"knee_at_contact": (0, 5)}),
    ("low_knee_bend", {"knee_in_stance": (20, 32)}),
    ("bounce", {"vertical_oscillation": (0.32, 0.4)}),
    ("pelvic_drop", {"pelvic_drop": (11, 20)}),
    ("narrow_step", {"step_width": (-0.2, -0.06)}),
    ("hip_knee_line", {"knee_in": (18, 30)}),
    ("limp", {"step_asymmetry": (10, 40)}),
    ("lean_forward", {}),
    ("trunk_sway", {}),
]


def stride(**dials):
    side, front = (
        figure("running", view=v, duration_s=6, **dials).truth["stride"] for v in ("side", "front")
    )
    return front | side


@pytest.mark.parametrize(("dial", "moves"), DIALS)
def test_a_dial_of_the_stride_moves_its_own_number_alone(dial, moves):
    clean, turned = stride(), stride(**{dial: 1.0})
    for name, fine in FINE.items():
        for found, (low, high) in ((clean, fine), (turned, moves.get(name, fine))):
            assert low < found[name] < high, name


@pytest.mark.parametrize("cadence", [150, 175, 200])
@pytest.mark.parametrize("dial", [None, "overstride", "knee_straight", "bounce", "pelvic_drop", "limp"])
def test_a_foot_on_the_belt_goes_back_steadily_and_none_sinks_in(cadence, dial):
    dials = {dial: 1.0} if dial else {}
    drawn = figure("running", cadence_spm=cadence, duration_s=4, fps=240, **dials)
    feet = drawn.joints[:, [INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "toe")]]
    assert feet[..., 2].min() > 0.0195
    speeds = []
    for step in drawn.truth["steps"]:
        heel = drawn.joints[:, INDEX[f"{step['side']}_heel"]]
        # The heel is down until it rises; then the ball of the foot is.
        share = (drawn.poses.t - step["t_s"]) / (step["off_s"] - step["t_s"])
        flat = heel[(share > 0.03) & (share < 0.44)]
        assert flat[:, 2] == pytest.approx(0.02, abs=0.001)
        speeds += list(-np.diff(flat[:, 0]) * 240)
    assert speeds == pytest.approx([np.median(speeds)] * len(speeds), rel=0.02)
    assert 1.8 < np.median(speeds) < 4


@pytest.mark.parametrize("cadence", [150, 175, 200])
def test_contact_and_flight_make_a_step_and_the_feet_take_turns(cadence):
    truth = figure("running", cadence_spm=cadence, duration_s=4).truth
    found = truth["stride"]
    assert found["contact_s"] + found["flight_s"] == pytest.approx(60 / cadence, abs=0.002)
    assert 0.08 < found["flight_s"] < 0.12
    assert 0.20 < found["contact_s"] < 0.30
    assert all(a["side"] != b["side"] for a, b in pairwise(truth["steps"]))


def test_walking_always_has_a_foot_down_and_the_hips_high_over_it():
    drawn = figure("walking", duration_s=6, fps=120)
    hip = drawn.joints[:, [INDEX["left_hip"], INDEX["right_hip"]], 2].mean(axis=1)
    for a, b in pairwise(drawn.truth["steps"]):
        assert a["off_s"] > b["t_s"]
        t = np.linspace(a["t_s"], b["t_s"], 20)
        assert 0.4 < np.argmax(np.interp(t, drawn.poses.t, hip)) / 19 < 0.8


def test_running_on_the_spot_lifts_the_knees_and_lands_where_it_was():
    drawn = figure("running_on_the_spot", duration_s=4, fps=120)
    found = drawn.truth["stride"]
    assert found["ankle_ahead_at_contact"] == pytest.approx(0, abs=0.03)
    assert found["flight_s"] > 0.05
    moving = (drawn.poses.t > 1 + START_S) & (drawn.poses.t < 5 - START_S)
    knee, hip, ankle = (drawn.joints[moving, INDEX[f"left_{j}"]] for j in ("knee", "hip", "ankle"))
    assert (knee - hip)[:, 0].max() > 0.3
    assert np.ptp(ankle[:, 0]) < 0.2


def test_what_only_tells_a_run_apart_is_no_exercise():
    others = {"walking", "running_on_the_spot"}
    assert not others & set(EXERCISES)
    assert not others & {clip.script.exercise for clip in CLIPS}


def test_a_fixed_camera_does_not_move_and_a_following_one_does():
    fixed, following = (figure("running", duration_s=6, filming=f) for f in ("fixed", "panning"))
    assert not fixed.poses.camera.any()
    trunk = 109.0  # px, of the figure at this size
    steady = following.poses.camera[60:150]
    # 2.5 m/s are 0.17 trunk lengths a frame; the wall is farther away than the runner.
    assert 0.05 < -np.median(steady[:, 0]) / trunk < 0.17
    assert 0.001 < np.std(steady[:, 1]) / trunk < 0.1
    np.testing.assert_allclose(following.background[-1], following.poses.camera.sum(axis=0), atol=0.1)
    # The body wanders in the picture by what the hand does, and its stride is the same.
    assert following.truth["stride"] == fixed.truth["stride"]
    moved = following.poses.image - fixed.poses.image
    np.testing.assert_allclose(moved, np.broadcast_to(moved[:, :1], moved.shape), atol=0.01)


def test_outdoors_the_runner_passes_through_the_picture():
    drawn = figure("running", duration_s=6, filming="outdoors")
    found = drawn.poses.found
    assert 1.5 < found.sum() / 30 < 4
    assert np.all(np.diff(drawn.poses.image[found][:, INDEX["right_hip"], 0]) > 0)
    assert not found[:30].any()
    assert not drawn.poses.camera.any()
    assert 3 <= len(drawn.truth["steps"]) <= 9


@pytest.mark.parametrize(
    ("exercise", "view", "filming", "words"),
    [("running", "front", "outdoors", "not from the front"), ("squat", "side", "panning", "film it fixed")],
)
def test_what_cannot_be_filmed_so_is_refused(exercise, view, filming, words):
    with pytest.raises(ValueError, match=words):
        figure(exercise, view=view, filming=filming)


def test_the_wall_in_the_picture_moves_as_asked():
    drawn = figure("running", duration_s=3.5, lead_s=0.2, filming="panning", facing="left", size=(320, 240))
    k = int(np.argmax(drawn.poses.camera[:, 0]))
    assert drawn.poses.camera[k, 0] > 4
    shown = list(islice(pictures(Clip("pan", "", drawn.script), drawn), k + 1))
    before, after = (picture[:90].astype(float).mean(axis=2) for picture in shown[-2:])
    off = {
        (dx, dy): np.abs(after[20 + dy : 80 + dy, 30 + dx : 90 + dx] - before[20:80, 30:90]).mean()
        for dx in range(-15, 16)
        for dy in range(-8, 9)
    }
    assert min(off, key=off.__getitem__) == pytest.approx(drawn.poses.camera[k], abs=1.0)
