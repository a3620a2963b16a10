"""The same performance filmed from elsewhere: from above or below, beside the ideal view, near or far."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn import Drawn
from sample_videos.drawn.camera import Camera
from tests.exercises.takes import remade

Array = NDArray[np.float64]

#: What a camera may be: degrees down, degrees beside the ideal view, metres.
PITCH, YAW, DISTANCE_M = (-15.0, 35.0), (-60.0, 60.0), (1.5, 5.0)
#: A lens lies on the floor at the lowest, and a phone is held or hung no higher than this, metres.
LOWEST_M, HIGHEST_M = 0.05, 2.5
#: How much of the picture the body may fill while it moves.
FILLED = 0.85


@dataclass(frozen=True)
class Place:
    """Where a camera stands: ``pitch`` + looks down, ``yaw`` degrees beside the ideal view."""

    pitch: float = 0.0
    yaw: float = 0.0
    distance_m: float = 3.8


def places(n: int, seed: int, pitch: float = 90.0, yaw: float = 90.0) -> list[Place]:
    """Random places, those within ``pitch`` and ``yaw`` degrees of the ideal one."""
    rng = np.random.default_rng(seed)
    out: list[Place] = []
    while len(out) < n:
        place = Place(*(float(rng.uniform(*bounds)) for bounds in (PITCH, YAW, DISTANCE_M)))
        if abs(place.pitch) <= pitch and abs(place.yaw) <= yaw:
            out.append(place)
    return out


def filmed(drawn: Drawn, place: Place) -> PoseSequence:
    """What a camera there sees of a drawn performance, and the world as the sensor has it: along its axes."""
    joints, like = drawn.joints, drawn.poses
    camera = _camera(drawn, place)
    image = camera.project(joints)
    hips = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    noise = _noise(drawn, camera, hips, image.shape)
    inside = np.all((image >= 0) & (image < (like.width_px, like.height_px)), axis=-1)
    seen = np.where(inside, like.visibility, 0.1)
    world = camera.world(joints, hips) @ _as_the_sensor(camera.pitch, drawn.script.seed)
    return remade(like, image=image + noise, world=world, visibility=seen)


def _as_the_sensor(pitch: float, seed: int) -> Array:
    """How BlazePose turns the world that it shows: (3, 3), to be multiplied from the right.

    Drawn figures looked at from 12 degrees below to 30 above and up to 45 beside: who stands is shown 7.5 and
    0.65 times as steeply as he is seen (within 2 degrees), and turned within 4 degrees of what he is.
    """
    rng = np.random.default_rng([seed, 4, round(1000 * abs(pitch))])
    steeper, aside = np.radians([7.5 - 0.35 * pitch + rng.normal(0.0, 2.0), rng.normal(0.0, 4.0)])
    (a, b), (c, d) = (np.cos([steeper, aside]), np.sin([steeper, aside]))
    about_x = np.array([[1.0, 0.0, 0.0], [0.0, a, c], [0.0, -c, a]])
    about_y = np.array([[b, 0.0, d], [0.0, 1.0, 0.0], [-d, 0.0, b]])
    return about_x @ about_y


def _noise(drawn: Drawn, camera: Camera, hips: Array, shape: tuple[int, ...]) -> Array:
    script = drawn.script
    trunk = 0.5 * float(np.median(camera.scale(hips)))
    return np.random.default_rng([script.seed, 1]).normal(0.0, script.noise * trunk, shape)


def _camera(drawn: Drawn, place: Place) -> Camera:
    """A camera that looks at the middle of the body and has all of it in the picture."""
    joints, usual = drawn.joints, drawn.camera
    low, high = joints.min(axis=(0, 1)), joints.max(axis=(0, 1))
    x, y, height = (low + high) / 2
    lens = float(np.clip(height + place.distance_m * np.sin(np.radians(place.pitch)), LOWEST_M, HIGHEST_M))
    pitch = float(np.degrees(np.arcsin((lens - height) / place.distance_m)))
    camera = replace(
        usual, azimuth=usual.azimuth + place.yaw, height_m=height, distance_m=place.distance_m, aim=(x, y),
        pitch=pitch, focal_px=1.0,
    )  # fmt: skip
    off = np.abs(camera.project(joints) - np.array(camera.size) / 2).max(axis=(0, 1))
    return replace(camera, focal_px=float(FILLED / 2 * np.min(np.array(camera.size) / off)))
