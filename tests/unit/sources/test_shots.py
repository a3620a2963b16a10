"""Cuts in pictures: found where one shot follows another, and nowhere else."""

from functools import cache

import cv2
import numpy as np
import pytest

from formcheck.sources.shots import Shots
from formcheck.types import Frame
from sample_videos.drawn.clips import Clip
from sample_videos.drawn.figure import play
from sample_videos.drawn.film import pictures
from sample_videos.drawn.scene import Scene
from sample_videos.drawn.timeline import Script

RNG = np.random.default_rng(5)
ROOM, OTHER = (
    cv2.resize(
        RNG.uniform(20, 235, (12, 20, 3)).astype(np.float32), (400, 240), interpolation=cv2.INTER_CUBIC
    )
    for _ in range(2)
)


def seen(room, x=0.0, noise=2.0, light=1.0):
    """A room through a camera that noise comes from, ``x`` px along."""
    moved = cv2.warpAffine(room, np.array([[1, 0, -x], [0, 1, 0]], np.float32), (320, 240))
    return (light * moved + RNG.normal(0, noise, moved.shape)).clip(0, 255).astype(np.uint8)


def begins(films, fps=30.0, t=None):
    """The frames at which a shot begins."""
    shots = Shots()
    for i, rgb in enumerate(films):
        shots.add(Frame(rgb, i / fps if t is None else t[i], i))
    numbers = shots.numbers()
    assert len(numbers) == len(films)
    assert not len(numbers) or numbers[0] == 0
    return np.flatnonzero(np.diff(numbers)).tolist()


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_a_cut_is_found_at_its_frame(fps):
    assert begins([seen(ROOM)] * 20 + [seen(OTHER)] * 20, fps) == [19]
    assert begins([seen(ROOM) for _ in range(20)] + [seen(OTHER, x=3.0 * i) for i in range(20)], fps) == [19]


def test_a_pan_a_flash_and_a_change_of_light_are_no_cuts():
    assert begins([seen(ROOM, x=4.0 * i) for i in range(20)]) == []
    assert begins([seen(ROOM, light=1.0 if i != 10 else 1.8) for i in range(20)]) == []
    assert begins([seen(ROOM, light=0.6 + 0.02 * i) for i in range(20)]) == []


def test_a_stream_that_stuck_is_not_cut():
    pan = [seen(ROOM, x=0.4 * i) for i in range(60)]
    assert begins(pan[:20] + [pan[20]] * 20 + pan[40:]) == []
    late = np.concatenate((np.arange(20), np.arange(40, 60))) / 30
    assert begins(pan[:20] + pan[40:], t=late) == []


def test_few_frames_are_one_shot():
    assert begins([]) == []
    assert begins([seen(ROOM)]) == []
    assert begins([seen(ROOM), seen(ROOM)]) == []


@cache
def drawn(exercise, view, size=(256, 192), seed=0):
    """The pictures of one slow repetition, as a camera with noise sees them."""
    words = {"reps": 1, "fps": 15.0, "lead_s": 0.4, "sway": 1.0, "seed": seed}
    script = Script(exercise, view=view, size=size, scene=Scene(noise=2.0, seed=seed), **words)
    return list(pictures(Clip("cut", "", script), play(script)))


@pytest.mark.parametrize(("exercise", "view"), [("squat", "side"), ("push_up", "side"), ("lunge", "front")])
def test_cuts_of_drawn_films_are_found_and_their_movements_are_none(exercise, view):
    film, other = drawn(exercise, view), drawn("jumping_jack", "front", seed=1)
    assert begins(film, 15.0) == []
    middle = len(film) // 2
    assert begins(film[:middle] + other, 15.0) == [middle - 1]  # another exercise
    near = [cv2.resize(rgb[48:144, 64:192], (256, 192)) for rgb in film]
    assert begins(film[:middle] + near[middle:], 15.0) == [middle - 1]  # nearer
    black = [np.zeros_like(rgb) for rgb in film[:20]]
    assert begins(film[:middle] + black + film[middle:], 15.0) == [middle - 1, middle + 19]  # a title card


def test_a_jump_within_one_framing_is_found():
    film = drawn("squat", "side")
    lowest = len(film) // 2
    assert begins(film[:lowest] + film[-8:], 15.0) == [lowest - 1]
