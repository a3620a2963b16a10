"""How a runner is filmed: by a fixed camera, by one that follows, or while passing a fixed one outdoors."""

from dataclasses import replace

import numpy as np

from sample_videos.drawn.camera import WALL_M, Camera, placed, stand
from sample_videos.drawn.motions.common import Motion
from sample_videos.drawn.rig import Array
from sample_videos.drawn.scene import Shot
from sample_videos.drawn.strides import Strides
from sample_videos.drawn.timeline import Script

#: Who films a passing runner stands this far away and sees this much of the way, metres.
PASSING_M, WAY_M = 8.0, 7.0
#: Of a hand that follows: how far the runner wanders in its picture, and how it shakes, metres in his plane,
#: right and down; cycles a second.
WANDER_M, WANDER_HZ = (0.35, 0.10), (0.08, 0.4)
SHAKE_M, SHAKE_HZ = (0.012, 0.012), (2.0, 7.0)


def camera_of(script: Script, kind: Motion, t: Array) -> Camera:
    """The camera of a script over the frames at ``t``."""
    usual = stand(script.view, script.facing, script.size, span_m=kind.span_m, aim_x=kind.aim_x)
    width, height = script.size
    if script.filming == "outdoors":
        if script.view != "side":
            raise ValueError(f"filming outdoors: a runner passes from the side, not from the {script.view}")
        usual = replace(usual, distance_m=PASSING_M, focal_px=PASSING_M * min(width / WAY_M, height / 2.2))
    if script.scene.shot != Shot():
        usual = placed(usual, script.scene.shot)
    if script.filming == "panning":
        scale = usual.focal_px / usual.distance_m
        return replace(usual, shift=np.asarray(usual.shift, float) + scale * _hand(script.seed, t))
    return usual


def _hand(seed: int, t: Array) -> Array:
    """(T, 2) wander and shake of a hand, metres."""
    rng = np.random.default_rng([seed, 2])
    out = np.zeros((len(t), 2))
    for size, (low, high) in ((WANDER_M, WANDER_HZ), (SHAKE_M, SHAKE_HZ)):
        for axis in (0, 1):
            waves = rng.uniform([low, 0.0], [high, 2 * np.pi], size=(4, 2))
            out[:, axis] += size[axis] * sum(np.sin(2 * np.pi * f * t + at) for f, at in waves) / 2
    return out


def way(pace: Strides) -> Array:
    """(T,) metres covered since the middle of the clip, as fast as the feet go back."""
    step = np.diff(pace.t, prepend=pace.t[0])
    covered = np.cumsum(pace.speed * step)
    out: Array = covered - covered[len(covered) // 2]
    return out


def background(script: Script, camera: Camera, pace: Strides | None) -> Array:
    """(T, 2) px right and down that the wall has moved in the picture since the first frame."""
    shift = np.atleast_2d(camera.shift)
    moved = shift - shift[0]
    if script.filming == "panning" and pace:
        right, _, _ = camera.axes
        scale = camera.focal_px / (camera.distance_m + WALL_M)
        moved[:, 0] -= right[0] * scale * (way(pace) - way(pace)[0])
    return moved
