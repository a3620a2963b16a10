"""Made pictures whose background moves by known amounts."""

import cv2
import numpy as np
import pytest

from formcheck.sources.background import Background
from formcheck.types import Frame, Pose

SIZE = (360, 640)
RNG = np.random.default_rng(7)


def texture(height, width, grain=12):
    """(H, W) picture of soft random blots."""
    coarse = RNG.uniform(20, 235, (height // grain, width // grain)).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).clip(0, 255)


WORLD, BELT = texture(900, 2400), texture(120, 4000)


def seen(x, y, size=SIZE):
    """The picture of a camera whose upper left corner is at (x, y) of the world."""
    moved = np.array([[1, 0, -x], [0, 1, -y]], np.float32)
    grey = cv2.warpAffine(WORLD, moved, size[::-1])
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8)


def standing(left, top, right, bottom):
    """Somebody whose landmarks fill this box."""
    corners = np.array([(left, top), (right, bottom)] + [(left, bottom)] * 31, np.float32)
    return Pose(0.0, corners, np.zeros((33, 3)), np.ones(33))


def shifts(pictures, people=None, fps=30.0):
    background = Background()
    for i, picture in enumerate(pictures):
        person = people[i] if people else Pose.nobody(i / fps)
        background.add(Frame(picture, i / fps, i), person)
    return background.shifts()


@pytest.mark.parametrize("fps", [10.0, 24.0, 30.0, 120.0])
@pytest.mark.parametrize("speed", [(-90.0, 0.0), (0.0, 24.0), (200.0, -60.0)])
def test_a_pan_is_measured_at_every_frame_rate(fps, speed):
    step = np.array(speed) / fps
    pictures = [seen(*(np.array([800.0, 200.0]) - i * step)) for i in range(round(0.5 * fps) + 1)]
    found = shifts(pictures, fps=fps)
    assert found.shape == (len(pictures), 2)
    assert np.isnan(found[0]).all()
    known = found[~np.isnan(found[:, 0])]
    assert len(known) * 1.3 + 1 >= len(pictures) - 1
    np.testing.assert_allclose(
        known, np.broadcast_to(step, known.shape), atol=0.02 * np.abs(step).max() + 0.1
    )


@pytest.mark.parametrize("size", [(1080, 1920), (640, 360), (96, 128)], ids=str)
def test_pixels_are_those_of_the_picture_whatever_its_size(size):
    cropped = [
        cv2.resize(seen(800 + 2 * i, 200), size[::-1], interpolation=cv2.INTER_AREA) for i in range(10)
    ]
    np.testing.assert_allclose(
        np.nanmedian(shifts(cropped), axis=0), [-2 * size[1] / SIZE[1], 0], atol=0.002 * max(size)
    )


def test_a_still_camera_stands_still_though_the_picture_is_noisy():
    pictures = [
        np.clip(seen(800, 200) + RNG.normal(0, 6, (*SIZE, 3)), 0, 255).astype(np.uint8) for _ in range(31)
    ]
    found = shifts(pictures)
    assert np.isfinite(found[1:]).all()
    assert np.abs(found[1:]).max() < 0.2


def test_neither_the_runner_nor_the_belt_nor_a_passer_by_moves_the_camera():
    pictures, people = [], []
    for i in range(31):
        picture = seen(800, 200)
        left = 150 + 9 * i  # fills a third of the picture and its pattern goes along
        picture[60:330, left : left + 120] = WORLD[100:370, 500:620, None]
        picture[300:350] = BELT[:50, 15 * i : 15 * i + 640, None]
        picture[100:160, 600 - 12 * i : 640 - 12 * i] = WORLD[:60, :40, None]
        pictures.append(picture)
        people.append(standing(left, 60, left + 120, 330))
    found = shifts(pictures, people)
    assert np.isfinite(found[1:]).all()
    assert np.abs(found[1:]).max() < 0.2


def test_a_person_who_hides_nearly_all_leaves_the_camera_unknown():
    pictures = [seen(800 + i, 200) for i in range(10)]
    assert np.isnan(shifts(pictures, [standing(20, 10, 600, 350)] * 10)).all()


def test_a_bare_wall_tells_nothing():
    noisy = [np.clip(RNG.normal(180, 2, (*SIZE, 3)), 0, 255).astype(np.uint8) for _ in range(10)]
    assert np.isnan(shifts(noisy)).all()
    assert np.isnan(shifts([np.full((*SIZE, 3), 180, np.uint8)] * 10)).all()
    wandering = [
        (180 + seen(800 + 2 * i, 200) // 64).astype(np.uint8) for i in range(10)
    ]  # as codecs draw it
    assert np.isnan(shifts(wandering)).all()


def test_across_a_cut_nothing_is_known_and_after_it_all_is():
    pictures = [seen(200 + i, 100) for i in range(12)] + [seen(1600 - i, 400) for i in range(19)]
    found = shifts(pictures)
    assert np.isnan(found[12]).all()
    assert np.isnan(found[1:]).any(axis=1).sum() <= 3  # the frames between two looks
    np.testing.assert_allclose(found[[5, 25], 0], [-1, 1], atol=0.1)


def test_a_mark_that_stays_across_a_cut_does_not_speak_for_the_camera():
    pictures = [seen(200, 100) if i < 6 else seen(1600, 400) for i in range(12)]
    board = np.kron(np.indices((3, 5)).sum(axis=0) % 2, np.full((40, 40), 120))
    for picture in pictures:
        picture[20:140, 20:220] = board[:, :, None]
    assert np.isnan(shifts(pictures)[6]).all()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_clip_too_short_for_two_looks_tells_nothing(count):
    found = shifts([seen(800, 200)] * count)
    assert found.shape == (count, 2)
    assert np.isnan(found).all()


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (1, 900)], ids=str)
def test_pictures_of_hardly_any_pixels_are_taken(size):
    assert np.isnan(shifts([np.zeros((*size, 3), np.uint8)] * 5)).all()
