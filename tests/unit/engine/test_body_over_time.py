"""Scale, the notebook and windows of a clip, from bodies and clocks made by hand."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.engine.body.landmarks import BONES, confidence, longest_bones, trusted
from formcheck.engine.body.observe import facing_of, windows
from formcheck.engine.body.scale import FOLLOW_S, ScaleTracker, body_scale, px_per_m, trunk_m
from formcheck.engine.body.track import Track
from formcheck.types.landmark import COUNT, INDEX
from tests.unit.signals.bodies import anybody, body

#: As in the engine, which reckons with what was not seen under `numpy.errstate`.
pytestmark = pytest.mark.filterwarnings("ignore:invalid value encountered")
GONE = complex(np.nan, np.nan)


def person(seed=0):
    """A body in metres, hips in the middle: (L, 3), y down as models give it."""
    return np.random.default_rng(seed).normal(0, 0.5, (COUNT, 3))


def filmed(world, px=200.0, at=300 - 400j):
    """The same seen from the front by a camera of ``px`` pixels a metre."""
    return at + px * (world[..., 0] - 1j * world[..., 1])


# --- scale -----------------------------------------------------------------------------------------------


@given(st.integers(0, 1000), st.floats(1, 2000), st.floats(-1e4, 1e4))
def test_pixels_a_metre_are_those_of_the_camera_wherever_the_body_is(seed, px, x):
    world = person(seed)
    assert px_per_m(filmed(world, px, x - 50j), world) == pytest.approx(px, rel=1e-5)


def test_four_joints_give_a_scale_and_three_do_not():
    world, points = person(), filmed(person())
    counted = [INDEX[f"{s}_{j}"] for j in ("shoulder", "hip") for s in ("left", "right")]
    few = np.full(COUNT, GONE)
    few[counted] = points[counted]
    assert px_per_m(few, world) == pytest.approx(200.0)
    few[counted[0]] = GONE
    assert np.isnan(px_per_m(few, world))
    assert np.isnan(px_per_m(points, np.full_like(world, np.nan)))


def test_a_scale_of_many_frames_is_that_of_each():
    world = np.stack([person(i) for i in range(5)])
    points = np.stack([filmed(w, 100.0 + 10 * i) for i, w in enumerate(world)])
    points[3] = GONE
    scales = px_per_m(points, world)
    assert scales[[0, 1, 2, 4]] == pytest.approx([100, 110, 120, 140])
    assert np.isnan(scales[3])


def test_the_trunk_goes_from_the_middle_of_the_hips_to_that_of_the_shoulders():
    world = np.full((COUNT, 3), np.nan)
    for name, at in (
        ("left_hip", (1, 0, 0)),
        ("right_hip", (-1, 0, 0)),
        ("left_shoulder", (3, -3, 4)),
        ("right_shoulder", (-3, -3, 4)),
    ):
        world[INDEX[name]] = at
    assert trunk_m(world) == pytest.approx(5.0)
    world[INDEX["left_hip"]] = np.nan
    assert np.isnan(trunk_m(world))


def test_without_world_landmarks_the_longest_usual_trunk_in_the_picture_is_taken():
    heights = np.r_[np.full(7, 50.0), np.full(3, 100.0), np.nan]
    clip = np.stack([body(shoulder=1j * h, hip=0) for h in heights])
    assert body_scale(clip, np.full((11, COUNT, 3), np.nan)) == pytest.approx(100.0)
    assert np.isnan(body_scale(np.full((3, COUNT), GONE), np.full((3, COUNT, 3), np.nan)))
    assert np.isnan(body_scale(np.full((3, COUNT), GONE), np.stack([person()] * 3)))


def after(tracker, *frames):
    t, points = zip(*frames, strict=True)
    return tracker.over(np.array(t), np.array(points), np.array([person()] * len(t)))


def test_the_scale_follows_a_runner_by_the_time_that_passed():
    world = person()
    tracker = ScaleTracker(scale_px=999.0, trunk_m=0.5)
    first, followed = after(tracker, (0.0, filmed(world, 200.0)), (FOLLOW_S, filmed(world, 400.0)))
    assert first == pytest.approx(100.0)  # it is believed
    assert followed == pytest.approx(100 + (1 - np.exp(-1)) * 100)


@pytest.mark.parametrize("fps", [10, 30, 240])
def test_the_scale_comes_as_near_at_every_rate_of_pictures(fps):
    world = person()
    tracker = ScaleTracker(100.0, 0.5)
    after(tracker, (0.0, filmed(world, 200.0)))
    now = after(tracker, *((t, filmed(world, 400.0)) for t in np.arange(1, fps + 1) / fps))
    assert now[-1] == pytest.approx(200 - 100 * np.exp(-1 / FOLLOW_S))


def test_nobody_and_an_unknown_trunk_leave_the_scale_as_it_is():
    world = person()
    tracker = ScaleTracker(120.0, 0.5)
    assert after(tracker, (0.0, np.full(COUNT, GONE))) == 120.0
    unknown = ScaleTracker(120.0, np.nan)
    assert after(unknown, (0.0, filmed(world))) == 120.0


# --- landmarks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "visibility", "sure"),
    [
        (320, 240, 0.8, 0.8),
        (6.4, 240, 0.8, 0.0),  # at the margin is outside
        (6.5, 240, 0.8, 0.8),
        (320, 475.2, 0.8, 0.0),
        (320, 475.1, 0.8, 0.8),
        (-5, 240, 0.8, 0.0),
        (np.nan, 240, 0.8, 0.0),
        (320, 240, np.nan, 0.0),
        (320, 240, -1.0, 0.0),
    ],
)
def test_what_lies_at_the_border_or_is_not_known_is_not_sure(x, y, visibility, sure):
    assert confidence(np.array([x, y]), np.array(visibility), (640, 480), 0.01) == sure


def test_a_bone_much_longer_than_usual_ends_astray_and_one_never_seen_says_nothing():
    clip = np.stack([body(left_hip=0, left_knee=-0.8j, left_ankle=-1.6j)] * 20)
    longest = longest_bones(clip)
    assert longest.shape == (BONES,)
    assert np.isfinite(longest).sum() == 2
    far = clip.copy()
    far[7, INDEX["left_ankle"]] = -0.8j - 1.3j
    sure = trusted(far, np.ones(far.shape), longest)
    assert [tuple(x) for x in np.argwhere(sure == 0)] == [(7, INDEX["left_ankle"])]
    assert trusted(clip, np.ones(clip.shape), longest).all()


# --- facing and windows ----------------------------------------------------------------------------------


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1000), st.floats(-1e3, 1e3))
@settings(max_examples=60)
def test_where_a_body_faces_turns_with_its_mirror_image_and_with_nothing_else(seed, scale, x):
    points = anybody(np.random.default_rng(seed))[None]
    found = facing_of(points, "left")
    assert facing_of(x + scale * points, "left") == pytest.approx(found, nan_ok=True)
    assert facing_of(-points.conjugate(), "left") == pytest.approx(-found, nan_ok=True)


def test_windows_hold_every_frame_and_pass_over_gaps():
    t = np.r_[np.arange(0, 3, 0.1), 1000 + np.arange(0, 2, 0.1)]
    parts = list(windows(t, 1.0, 1.0, t[-1]))
    assert [start for start, _ in parts] == [0.0, 1.0, 2.0, 1000.0, 1001.0]
    rows = np.concatenate([np.arange(len(t))[part] for _, part in parts])
    assert sorted(set(rows.tolist())) == list(range(len(t)))
    for start, part in parts:
        assert (t[part] >= start - 1e-9).all()
        assert (t[part] <= start + 1.0 + 1e-9).all()


# --- the notebook ----------------------------------------------------------------------------------------


def notebook(n, keep_s=np.inf, fps=10):
    track = Track(["a", "b"], keep_s)
    for i in range(n):
        track.append(i / fps, [i, np.nan if i % 2 else -i], np.arange(COUNT) == i % COUNT)
    return track


@pytest.mark.parametrize("n", [0, 1, 255, 256, 257, 1000])
def test_everything_that_was_written_is_read_again(n):
    track = notebook(n)
    assert len(track) == n
    assert track.t == pytest.approx(np.arange(n) / 10)
    assert track.values("a") == pytest.approx(np.arange(n))
    assert np.isnan(track.values("b")).sum() == n // 2
    assert (track.seen(slice(None)).argmax(axis=1) == np.arange(n) % COUNT).all()


def test_both_ends_of_a_span_belong_to_it():
    track = notebook(50)
    assert track.values("a", track.between(1.0, 2.0)).tolist() == list(range(10, 21))
    assert track.values("a", track.between(1.01, 1.09)).tolist() == []
    assert track.values("a", track.between(-5.0, -1.0)).tolist() == []
    assert len(track.values("a", track.between(-5.0, 500.0))) == 50


@given(st.floats(1.0, 60.0))
@example(3.2)  # the clock rounds: 246.7 is before what is to be kept
@settings(max_examples=20)
def test_at_least_what_is_to_be_kept_is_kept_and_memory_stays_bounded(keep_s):
    track = notebook(2500, keep_s)
    now = 249.9
    kept = track.t[track.between(now - keep_s, now)]
    times = np.arange(2500) / 10
    assert kept == pytest.approx(times[times >= now - keep_s])
    assert track.values("a") == pytest.approx(10 * track.t)
    assert len(track) <= max(256, 4 * keep_s * 10)
