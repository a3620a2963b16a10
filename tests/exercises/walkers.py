"""Somebody else in the picture: who walks by before the subject or behind, and who stands beside.

The pose model goes over to him for a while, as MediaPipe does: landmarks are drawn over within some tenths of
a second, follow him until he leaves the picture, and are nobody's for a moment.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn.camera import Camera
from sample_videos.drawn.rig import Rig
from tests.exercises.asides import talk
from tests.exercises.comings import gone
from tests.exercises.takes import remade

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Walker:
    """Who walks by.

    Attributes
    ----------
    nearer_m : how much nearer to the camera than the subject; behind him below 0.
    tall : height against the rig's.
    to_right : whether he leaves the picture to the right.
    stops_s : for how long he stands before the subject first.
    """

    nearer_m: float = 1.0
    tall: float = 1.0
    to_right: bool = True
    stops_s: float = 0.0
    seed: int = 0


def hips(joints: Array) -> Array:
    """(T, 3) the middle of the hips."""
    out: Array = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    return out


def facing(joints: Array, direction: Array) -> Array:
    """Joints (T, 33, 3) about their hips, what was straight ahead now along a direction of the floor."""
    a = np.arctan2(direction[1], direction[0])
    turn = np.array([[np.cos(a), np.sin(a), 0.0], [-np.sin(a), np.cos(a), 0.0], [0.0, 0.0, 1.0]])
    out: Array = (joints - (hips(joints) * [1, 1, 0])[:, None]) @ turn
    return out


def put(joints: Array, camera: Camera, right_m: Array | float, nearer_m: float) -> Array:
    """Joints so far right of what the camera aims at, and so much nearer to it, metres."""
    right, _, toward = camera.axes
    place = np.asarray(right_m)[..., None] * right + nearer_m * toward * [1, 1, 0] + [*camera.aim, 0.0]
    out: Array = joints + np.reshape(place, (-1, 1, 3))
    return out


def walking(camera: Camera, seconds: float, fps: float, right_m: float, walker: Walker) -> Array:
    """(T, 33, 3) from ``right_m`` on, where he stops, to the edge of the picture."""
    t = np.arange(round(seconds * fps)) / fps
    steps = facing(
        gone("walking", 12.0, fps, 0.0, walker.seed), camera.axes[0] * (1 if walker.to_right else -1)
    )
    edge = 0.5 * camera.size[0] / camera.focal_px * (camera.distance_m - walker.nearer_m)
    goes = np.clip((t - walker.stops_s) / max(seconds - walker.stops_s, 0.1), 0.0, 1.0)
    way = (edge if walker.to_right else -edge) - right_m
    at = np.clip(np.abs(way) * goes * fps / 1.3, 0, len(steps) - 1).astype(int)
    return put(walker.tall * steps[at], camera, right_m + way * goes, walker.nearer_m)


def standing(camera: Camera, seconds: float, fps: float, right_m: float, nearer_m: float, seed: int) -> Array:
    """(T, 33, 3) somebody who stands there, faces the camera and talks."""
    t = np.arange(round(seconds * fps)) / fps
    joints = Rig(talk(np.random.default_rng(seed), t)).joints()
    return put(facing(joints, camera.axes[2]), camera, right_m, nearer_m)


def at_rest(poses: PoseSequence, at: int, seconds: float, fps: float, seed: int) -> PoseSequence:
    """The subject holds still at a frame for some seconds more, as standstill is seen."""
    order = np.insert(np.arange(len(poses)), at, np.full(round(seconds * fps), at))
    taken = {name: getattr(poses, name)[order] for name in ("image", "world", "visibility", "camera")}
    taken["image"] = taken["image"] + np.random.default_rng(seed).normal(0, 0.5, taken["image"].shape)
    new = dict.fromkeys(("looked", "doubt", "exchanged", "another", "shot"))
    return remade(poses.rows(slice(0, 0)), t=np.arange(len(order)) / fps, **taken, **new)


def right_of(camera: Camera, poses: PoseSequence, t: float, nearer_m: float) -> float:
    """How far right of the aim somebody so much nearer is who seems to be where the subject is, metres."""
    row = int(np.searchsorted(poses.t, t))
    x = float(np.nanmean(poses.image[row, [INDEX["left_hip"], INDEX["left_shoulder"]], 0]))
    return (x - camera.size[0] / 2) / camera.focal_px * (camera.distance_m - nearer_m)


def followed(
    poses: PoseSequence,
    camera: Camera,
    other: Array,
    start_s: float,
    *,
    over_s: float = 0.3,
    lost_s: float = 0.2,
    noise_px: float = 1.0,
    seed: int = 0,
) -> PoseSequence:
    """The poses, where from ``start_s`` on somebody else was followed, as long as there are joints of him.

    Parameters
    ----------
    over_s, lost_s : how long landmarks take to go over to him; how long nobody is found after him.
    """
    fps = 1 / float(np.median(np.diff(poses.t)))
    first = int(np.searchsorted(poses.t, start_s))
    other = other[: len(poses) - first]
    last = first + len(other)
    image = camera.project(other)
    image = image + np.random.default_rng(seed).normal(0, noise_px, image.shape)
    inside = np.all((image >= 0) & (image < camera.size), axis=-1)
    theirs = {
        "image": image,
        "world": camera.world(other, hips(other)),
        "visibility": np.where(inside, 0.9, 0.3),
    }
    share = np.clip(np.arange(1, len(other) + 1) / max(over_s * fps, 1), 0, 1)
    out = {name: getattr(poses, name).copy() for name in theirs}
    for name, new in theirs.items():
        own, by = out[name][first:last], share.reshape(-1, *[1] * (new.ndim - 1))
        out[name][first:last] = (1 - by) * own + by * new
        out[name][last : last + round(lost_s * fps)] = np.nan
    return remade(poses, **out)
