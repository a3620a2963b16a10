"""Small people are found in parts of the picture and followed; a stand-in for a model sees rectangles."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.pose import models
from formcheck.pose.follow import GLANCE_S, PATIENCE_S, FollowingEstimator
from formcheck.pose.mediapipe import MediaPipeEstimator
from formcheck.pose.search import DOUBTED, MISTAKES, PRICE, TILES_PER_S, Search
from formcheck.pose.window import CropWindow, around, tiles, toward, whole
from formcheck.sources.video import open_source
from formcheck.types import Frame, Model, Pose
from formcheck.types.landmark import COUNT, MIRROR
from formcheck.types.pose import box_of

SAMPLE = Path(__file__).parents[3] / "sample_videos" / "running_clean.mp4"
SIZE = (960, 540)
#: The stand-in finds bodies of this share of the picture it is given.
LEAST = 0.25
#: Where the landmarks are, shares of a body's width and height: pairs at one height, the nose in the middle.
ASIDE = np.sign(np.arange(COUNT) - MIRROR) / 2 + 0.5
DOWN = np.minimum(np.arange(COUNT), MIRROR) / (COUNT - 2)


@dataclass
class RectangleModel:
    """Finds white rectangles that are large enough in what it is shown; notes the sizes it was shown.

    ``mirrored`` is what becomes of those it finds in the mirror.
    """

    mirrored: Callable[[np.ndarray], np.ndarray | None] = np.array
    shown: list[tuple[int, int]] = field(default_factory=list)
    probed: int = 0
    model = Model("rectangles", "0" * 64)
    data = b""

    def estimator(self, *, people=1, subject="largest", smoothing=True):
        assert not smoothing
        return RectangleEstimator(self)

    def people_in(self, frames):
        for i, frame in enumerate(frames):
            self.probed += 1
            found = body_in(frame.rgb, LEAST)
            found = self.mirrored(found) if i and found is not None else found
            yield [] if found is None else [found]


class RectangleEstimator:
    """Tracks whatever size, once found, that is about where it was in the last picture."""

    def __init__(self, model):
        self.model, self._notes, self._last = model.model, model.shown, None

    def estimate(self, frame):
        height, width = frame.rgb.shape[:2]
        self._notes.append((width, height))
        image = body_in(frame.rgb, LEAST if self._last is None else 0.0)
        middle = None if image is None else image.mean(axis=0)
        if middle is not None and self._last is not None:
            off = np.abs(middle - self._last * [width, height]).max()
            middle = None if off > 0.3 * np.ptp(image, axis=0).max() else middle
        self._last = None if middle is None else middle / [width, height]
        if middle is None:
            return Pose.nobody(frame.t)
        return Pose(frame.t, image, np.zeros((COUNT, 3), np.float32), np.ones(COUNT, np.float32))

    def close(self):
        pass


def body_in(rgb, least):
    """The landmarks of the rectangle, a side's along one edge; None if there is none large enough."""
    left, top, width, height = cv2.boundingRect(cv2.extractChannel(rgb, 0))
    if max(width, height) < max(1.0, least * max(rgb.shape[:2])):
        return None
    x, y = left + width * ASIDE, top + height * DOWN
    return np.stack([x, y], axis=-1).astype(np.float32)


def picture(t, *boxes, size=SIZE):
    rgb = np.zeros((size[1], size[0], 3), np.uint8)
    for left, top, width, height in np.round(boxes).astype(int):
        rgb[max(0, top) : top + height, max(0, left) : left + width] = 255
    return Frame(rgb, t, 0)


def followed(frames, model):
    with FollowingEstimator(model, Search()) as estimator:
        return [estimator.estimate(frame) for frame in frames]


@pytest.mark.parametrize("at", [(0, 0), (30, 440), (452, 233), (920, 10), (935, 460), (317, 401)])
@pytest.mark.parametrize("body", [(25, 80), (80, 25), (24, 62)])
def test_whoever_is_small_is_found_at_the_first_look_and_in_pixels_of_the_whole(at, body):
    left, top = min(at[0], SIZE[0] - body[0]), min(at[1], SIZE[1] - body[1])
    poses = followed([picture(i / 10, (left, top, *body)) for i in range(5)], RectangleModel())
    for pose in poses:
        np.testing.assert_allclose(box_of(pose.image), (left, top, left + body[0], top + body[1]), atol=0.01)


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (540, 960)])
def test_there_is_no_length_that_is_too_small_for_the_whole_and_too_large_for_the_parts(size):
    for length_px in np.linspace(62, 0.6 * min(size), 12):
        box = (0.5 * (size[0] - length_px), 0.2 * (size[1] - length_px), length_px, length_px / 3)
        (pose,) = followed([picture(0.0, box, size=size)], RectangleModel())
        assert pose.found, length_px


def test_an_empty_room_costs_one_round_and_a_few_parts_a_second():
    model, seconds = RectangleModel(), 10
    poses = followed([picture(i / 30) for i in range(seconds * 30)], model)
    assert not any(pose.found for pose in poses)
    searched = len(model.shown) - len(poses)
    assert len(tiles(SIZE)) + 0.9 * seconds * TILES_PER_S < searched
    assert searched <= len(tiles(SIZE)) + MISTAKES * PRICE + seconds * TILES_PER_S
    assert model.probed == 0


MISTAKES_IN_THE_MIRROR = {
    "nobody": lambda image: None,
    "upside down": lambda image: np.float32([0, 2 * image[:, 1].mean()]) + image * np.float32([1, -1]),
    "half of it": lambda image: image.mean(axis=0) + (image - image.mean(axis=0)) / 2,
    "elsewhere": lambda image: image + np.float32([20, 0]),
}


@pytest.mark.parametrize("mirrored", MISTAKES_IN_THE_MIRROR.values(), ids=MISTAKES_IN_THE_MIRROR)
def test_what_the_mirror_does_not_show_is_nobody_and_is_not_asked_about_for_ever(mirrored):
    model, seconds = RectangleModel(mirrored), 8
    poses = followed([picture(i / 30, (400, 200, 30, 70)) for i in range(seconds * 30)], model)
    assert not any(pose.found for pose in poses)
    assert (
        2 <= model.probed / len(DOUBTED) <= 1 + MISTAKES + (len(tiles(SIZE)) + seconds * TILES_PER_S) / PRICE
    )


def test_whose_sides_are_exchanged_in_the_mirror_is_there_all_the_same():
    model = RectangleModel(lambda image: image[MIRROR])
    poses = followed([picture(i / 30, (400, 200, 30, 70)) for i in range(5)], model)
    assert all(pose.found for pose in poses)


@pytest.mark.parametrize("per_s", [30, 10])
def test_whoever_walks_across_the_picture_is_followed_all_the_way_without_another_search(per_s):
    t = np.arange(0, 12, 1 / per_s)
    boxes = [(10 + 75 * x, 200 + 40 * np.sin(x), 30, 80) for x in t]
    model = RectangleModel()
    poses = followed([picture(x, box) for x, box in zip(t, boxes, strict=True)], model)
    assert all(pose.found for pose in poses)
    off = [np.subtract(box_of(pose.image)[:2], b[:2]) for pose, b in zip(poses, boxes, strict=True)]
    assert np.abs(off).max() < 1
    glances = sum(shown == SIZE for shown in model.shown)
    assert glances <= 1 + t[-1] / GLANCE_S + 1
    assert set(model.shown[-20:]) <= {(200, 200), SIZE}


def test_whoever_comes_near_is_seen_in_all_of_the_picture_and_followed_away_again():
    lengths = np.concatenate([np.geomspace(60, 500, 150), np.geomspace(500, 60, 150)])
    model = RectangleModel()
    frames = [picture(i / 30, (480 - n / 6, 530 - n, n / 3, n)) for i, n in enumerate(lengths)]
    poses = followed(frames, model)
    assert all(pose.found for pose in poses)
    assert model.shown[-145:-130] == [SIZE] * 15
    assert max(min(model.shown[-2:])) < 300  # one of them may be a glance


def test_whoever_is_large_is_never_shown_in_part():
    model = RectangleModel()
    followed([picture(i / 10, (400, 100, 150, 400)) for i in range(50)], model)
    assert set(model.shown) == {SIZE}
    assert len(model.shown) == 50


def test_whoever_was_lost_is_waited_for_then_found_elsewhere():
    model = RectangleModel()
    gone = [picture(1 + i / 30) for i in range(6)]
    back = [picture(2 + i / 30, (800, 300, 30, 80)) for i in range(5)]
    here = [picture(i / 30, (100, 100, 30, 80)) for i in range(30)]
    poses = followed([*here, *gone, *back], model)
    assert PATIENCE_S > 6 / 30
    assert [pose.found for pose in poses] == [True] * 30 + [False] * 6 + [True] * 5
    assert box_of(poses[-1].image)[0] == pytest.approx(800, abs=0.01)


@pytest.mark.parametrize(("seconds", "meant"), [(0.3, False), (1.5, True)])
def test_whoever_is_much_larger_is_meant_instead_unless_he_is_gone_at_once(seconds, meant):
    far, near = (20, 100, 20, 65), (500, 100, 150, 400)
    here = [picture(i / 10, far) for i in range(20)]
    both = [picture(2 + i / 10, far, near) for i in range(round(10 * seconds))]
    poses = followed([*here, *both], RectangleModel())
    assert np.ptp(poses[19].image[:, 1]) == pytest.approx(65)
    assert (np.ptp(poses[-1].image[:, 1]) > 300) == meant


def test_another_estimator_of_the_same_source_begins_where_the_person_was():
    model, search = RectangleModel(), Search()
    for _ in range(2):
        with FollowingEstimator(model, search) as estimator:
            assert estimator.estimate(picture(0.0, (700, 400, 30, 70))).found
    assert max(model.shown[-1]) < 200
    assert model.probed == len(DOUBTED)


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1280, 720), (1920, 1080), (3840, 2160)])
def test_every_body_that_is_looked_for_is_whole_and_large_enough_in_some_part(size):
    rng, parts = np.random.default_rng(0), tiles(size)
    assert len(parts) <= 160
    least = max(60, min(size) / 18)
    for length_px in np.geomspace(least, 0.25 * max(size), 12):
        width, height = rng.permutation([length_px, length_px / 3])
        left, top = rng.uniform(0, [size[0] - width, size[1] - height])
        assert any(
            part.left <= left
            and part.top <= top
            and left + width <= part.left + part.width
            and top + height <= part.top + part.height
            and length_px >= 0.249 * part.width
            for part in parts
        )


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (640, 8), (60, 640)])
def test_a_picture_too_small_for_parts_is_seen_as_a_whole(size):
    model = RectangleModel()
    assert not followed([picture(i / 10, size=size) for i in range(3)], model)[-1].found
    assert set(model.shown) == {size}


def test_a_part_never_moves_the_body_by_more_than_a_step_and_reaches_its_goal():
    rng = np.random.default_rng(1)
    for _ in range(50):
        length_px = rng.uniform(60, 200)
        centre = tuple(rng.uniform(0, SIZE))
        goal, now = around(centre, length_px, SIZE), whole(SIZE)
        for _ in range(80):
            then = toward(now, goal, centre, (0.0, 0.0), length_px)
            before, after = ((np.array(centre) - (w.left, w.top)) / (w.width, w.height) for w in (now, then))
            assert np.abs((after - before) * (then.width, then.height)).max() <= 0.1 * length_px + 1
            assert 0 <= then.left <= SIZE[0] - then.width
            assert 0 <= then.top <= SIZE[1] - then.height
            now = then
        assert max(abs(now.left - goal.left), abs(now.top - goal.top), abs(now.width - goal.width)) <= 16


SHRUNK, CANVAS = 0.25, (480, 854)


@pytest.fixture(scope="module")
def full(model_path):
    return models.load(model_path)


@pytest.fixture(scope="module")
def large():
    with open_source(SAMPLE) as source:
        return list(islice(source, 8))


def small(frame, at):
    """The frame as a small box, its corner ``at``, in a large grey picture."""
    rgb = cv2.resize(frame.rgb, None, fx=SHRUNK, fy=SHRUNK, interpolation=cv2.INTER_AREA)
    canvas = np.full((*CANVAS, 3), 60, np.uint8)
    canvas[at[1] : at[1] + rgb.shape[0], at[0] : at[0] + rgb.shape[1]] = rgb
    return Frame(canvas, frame.t, frame.index)


@pytest.mark.parametrize("at", [(0, 0), (310, 170), (694, 359)])
def test_a_small_runner_is_found_where_he_is(full, large, at):
    frames = [small(frame, at) for frame in large]
    with MediaPipeEstimator(full) as one, MediaPipeEstimator(full, smoothing=False) as reference:
        assert not any(one.estimate(frame).found for frame in frames)  # else this proves nothing
        expected = [reference.estimate(frame).image * SHRUNK + at for frame in large]
    poses = followed(frames, full)
    assert all(pose.found for pose in poses)
    body = [0, 11, 12, 23, 24, 27, 28]
    off = [
        np.linalg.norm(p.image[body] - e[body], axis=1).mean() for p, e in zip(poses, expected, strict=True)
    ]
    assert np.mean(off) < 3  # of a body of 80 pixels
    assert np.max(off) < 6


def test_noise_and_a_bare_wall_hold_nobody(full):
    rng = np.random.default_rng(0)
    blobs = cv2.GaussianBlur(rng.standard_normal((*CANVAS, 3)).astype(np.float32), (0, 0), 12.0)
    noise = np.clip(128 + 50 * blobs / blobs.std(), 0, 255).astype(np.uint8)
    for still in (noise, np.full((*CANVAS, 3), 190, np.uint8)):
        assert not any(pose.found for pose in followed([Frame(still, i / 10, i) for i in range(3)], full))


def dog(seed):
    """A dog of any size and colour in a room without people."""
    rng = np.random.default_rng(seed)
    rgb = np.full((480, 640, 3), rng.integers(120, 220, 3), np.uint8)
    rgb[290:] = rng.integers(60, 160, 3)
    x, y, long = rng.integers((100, 240, 60), (540, 440, 140)).tolist()
    colour = rng.integers(20, 200, 3).tolist()
    cv2.ellipse(rgb, (x, y - long // 2), (long // 2, long // 5), 0, 0, 360, colour, -1)
    cv2.circle(rgb, (x + long // 2, y - 2 * long // 3), long // 7, colour, -1)
    for leg in (-long // 3, -long // 4, long // 4, long // 3):
        cv2.line(rgb, (x + leg, y), (x + leg, y - long // 2), colour, long // 14)
    cv2.line(rgb, (x - long // 2, y - long // 2), (x - 7 * long // 10, y - long), colour, long // 16)
    noise = rng.normal(0, 3, rgb.shape)
    return np.clip(cv2.GaussianBlur(rgb, (0, 0), 1.0) + noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", [0, 17])
def test_a_dog_that_a_part_seems_to_show_as_a_person_is_none(full, seed):
    search, asked = Search(), []
    confirmed = search.confirmed
    search.confirmed = lambda *about: asked.append(confirmed(*about)) or asked[-1]
    with FollowingEstimator(full, search) as estimator:
        assert not any(estimator.estimate(Frame(dog(seed), i / 10, i)).found for i in range(2))
    assert asked == [None, None]  # else this proves nothing


def test_a_part_is_cut_and_put_back_where_it_was():
    rgb = np.arange(20 * 30 * 3, dtype=np.uint32).reshape(20, 30, 3).astype(np.uint8)
    part = CropWindow(7, 3, 10, 12)
    frame = Frame(rgb, 0.5, 4)
    np.testing.assert_array_equal(part.cut(frame).rgb, rgb[3:15, 7:17])
    assert whole((30, 20)).cut(frame) is frame
    image = np.full((COUNT, 2), 2.0, np.float32)
    pose = Pose(0.5, image, np.zeros((COUNT, 3), np.float32), np.ones(COUNT, np.float32))
    np.testing.assert_array_equal(part.placed(pose).image, image + np.float32([7, 3]))
