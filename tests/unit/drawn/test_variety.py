"""Other people, rooms and cameras than those of the sample clips."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from formcheck.sources.video import open_source
from formcheck.types.landmark import INDEX
from sample_videos.drawn import play
from sample_videos.drawn.backdrop import backdrop
from sample_videos.drawn.camera import Camera, placed
from sample_videos.drawn.clips import Clip, find
from sample_videos.drawn.film import pictures
from sample_videos.drawn.painter import paint
from sample_videos.drawn.person import USUAL, Person, built
from sample_videos.drawn.room import Room
from sample_videos.drawn.scene import STUDIO, Scene, Shot
from tests.unit.drawn.test_rig import CLIP_FOLDER

LEVEL = Camera(90.0, 0.95, 3.8, 400.0, (320, 240))
TALL = Person(height=1.1, thigh=1.08, shank=0.95, forearm=1.05, trunk=0.9, shoulders=0.9, girth=1.2)


@pytest.fixture(scope="module")
def squat():
    return play(replace(find("squat_side_clean").script, reps=1)).joints[::10]


def test_usual_person_and_room_are_painted_as_in_the_committed_clip():
    clip = find("squat_side_clean")
    drawn = play(clip.script)
    painted = next(pictures(clip, replace(drawn, joints=drawn.joints[60:61])))
    with open_source(CLIP_FOLDER / "squat_side_clean.mp4") as source:
        filmed = next(islice(source, 60, 61)).rgb
    apart = np.abs(painted.astype(float) - filmed)
    assert apart.mean() < 2.0
    assert (
        np.quantile(apart, 0.999) < 30
    )  # the codec blurs edges; an arm of another tone would be one percent


def test_bones_keep_their_directions_and_get_their_lengths(squat):
    grown = built(squat, TALL)
    for start, end, by in (("hip", "knee", 1.08), ("knee", "ankle", 0.95), ("elbow", "wrist", 1.05)):
        a, b = (INDEX[f"left_{name}"] for name in (start, end))
        np.testing.assert_allclose(grown[:, b] - grown[:, a], 1.1 * by * (squat[:, b] - squat[:, a]))


def test_lowest_point_keeps_its_height(squat):
    np.testing.assert_allclose(built(squat, TALL)[..., 2].min(axis=1), squat[..., 2].min(axis=1))


def test_usual_person_is_the_rig(squat):
    np.testing.assert_allclose(built(squat, USUAL), squat, atol=1e-12)


def test_tilted_camera_looks_at_the_same_point_from_where_its_lens_is():
    camera = placed(LEVEL, Shot(lens_m=0.3, roll=3.0, nearer=0.8))
    assert camera.lens[2] == pytest.approx(0.3)
    assert np.linalg.norm(camera.lens - [0, 0, 0.95]) == pytest.approx(3.8 * 0.8)
    np.testing.assert_allclose(camera.project(np.array([0.0, 0.0, 0.95])), [160, 120], atol=1e-9)
    assert camera.scale(np.array([0.0, 0.0, 0.95])) == pytest.approx(400 / 3.8)


@pytest.mark.parametrize("roll", [-4.0, 6.0])
def test_rolled_camera_turns_the_picture_the_other_way(roll):
    low, high = replace(LEVEL, roll=roll).project(np.array([[0.0, 0.0, 0.5], [0.0, 0.0, 1.5]]))
    right, up = high[0] - low[0], low[1] - high[1]
    assert np.degrees(np.arctan2(right, up)) == pytest.approx(-roll)


def test_tilted_camera_keeps_lengths_and_angles_of_space():
    right, down, toward = replace(LEVEL, pitch=20.0, roll=-7.0).axes
    np.testing.assert_allclose(
        np.stack([right, down, toward]) @ np.stack([right, down, toward]).T, np.eye(3), atol=1e-12
    )
    np.testing.assert_allclose(np.cross(right, down), -toward, atol=1e-12)


@pytest.mark.parametrize("person", [TALL, Person(legs="long", sleeves="long", hair="long", loose=0.03)])
def test_body_is_painted_where_its_joints_are_though_the_camera_is_tilted(squat, person):
    camera = placed(LEVEL, Shot(turn=15, lens_m=0.3, roll=5.0, larger=0.9))
    room = Room(camera, scene=Scene("gym", seed=1))
    joints = built(squat[:1], person)[0]
    apart = np.abs(paint(joints, camera, room, person) - room.still).max(axis=2)
    limbs = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("knee", "elbow", "ankle")]
    for x, y in camera.project(joints[limbs]):
        assert apart[round(y), round(x)] > 0.02
    assert (apart > 0.02).mean() < 0.2


def test_wall_meets_the_floor_where_a_level_room_has_it():
    scene = Scene(wall=(255, 255, 255), floor=(20, 20, 20))
    column = backdrop(LEVEL, scene, 0.0)[:, 160].mean(axis=1)
    foot = np.flatnonzero(column < 0.3)[0]
    # 0.95 m below the horizon, seen from the lens 3.8 m before a person who stands 1.7 m before the wall.
    assert foot == pytest.approx(120 + 400 * 0.95 / (3.8 + 1.7), abs=1.5)


@pytest.mark.parametrize("walls", ["plain", "cluttered", "gym", "outdoors", "window"])
def test_rooms_of_the_same_seed_are_the_same_and_bright_enough_to_see(walls):
    first, second = (backdrop(LEVEL, Scene(walls, seed=seed), 0.0) for seed in (3, 3))
    np.testing.assert_array_equal(first, second)
    assert first.shape == (240, 320, 3)
    assert 0.05 < np.clip(first, 0, 1).mean() < 0.95


def shot(scene):
    script = replace(find("jumping_jack").script, reps=1, lead_s=0.1, size=(160, 120), scene=scene)
    return list(islice(pictures(Clip("short", "", script), play(script)), 9))


def test_open_shutter_blurs_what_moves():
    sharp, blurred = shot(replace(STUDIO, seed=1)), shot(replace(STUDIO, seed=1, exposed=1.0))
    edges = [
        np.abs(np.diff(clip[8].astype(float), axis=1)).max(axis=(1, 2)).mean() for clip in (sharp, blurred)
    ]
    assert edges[1] < 0.95 * edges[0]
    assert np.abs(sharp[8].astype(float) - blurred[8]).mean() < 3


def test_noise_is_as_strong_as_asked_for_and_new_in_every_frame():
    clean, noisy = shot(replace(STUDIO, seed=1)), shot(replace(STUDIO, seed=1, noise=5.0))
    first, second = (noisy[k].astype(float) - clean[k] for k in (0, 1))
    assert first.std() == pytest.approx(5.0, rel=0.1)
    assert abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) < 0.1
