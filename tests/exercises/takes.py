"""Other takes of one performance: filmed mirrored, smaller, aside, with labels exchanged, with gaps."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX, MIRROR

#: What a sequence has of every frame, but for its time.
PER_FRAME = ("image", "world", "visibility", "camera", "looked", "doubt", "exchanged", "another", "shot")
LEGS = [(INDEX[f"left_{j}"], INDEX[f"right_{j}"]) for j in ("knee", "ankle", "heel", "toe")]


def remade(poses: PoseSequence, **changed: Any) -> PoseSequence:
    """The same poses with some fields changed."""
    return replace(poses, **changed)


def mirrored(poses: PoseSequence) -> PoseSequence:
    """The mirror image, in which the model calls the person's left what was right."""
    image = poses.image[:, MIRROR] * [-1, 1] + [poses.width_px, 0]
    return remade(
        poses,
        image=image,
        world=poses.world[:, MIRROR] * [-1, 1, 1],
        visibility=poses.visibility[:, MIRROR],
        camera=poses.camera * [-1, 1],
    )


def scaled(poses: PoseSequence, by: float) -> PoseSequence:
    """Filmed with more or fewer pixels."""
    width, height = round(poses.width_px * by), round(poses.height_px * by)
    return remade(poses, image=poses.image * by, camera=poses.camera * by, width_px=width, height_px=height)


def shifted(poses: PoseSequence, right: int, down: int) -> PoseSequence:
    """The person elsewhere in a larger picture."""
    size = {"width_px": poses.width_px + 2 * right, "height_px": poses.height_px + 2 * down}
    return remade(poses, image=poses.image + np.array([right, down]), **size)


def thinned(poses: PoseSequence) -> PoseSequence:
    """Every second frame."""
    camera = np.array(poses.camera[::2])
    camera[1:] += poses.camera[1::2][: len(camera) - 1]
    return remade(poses.rows(slice(None, None, 2)), camera=camera)


def slowed(poses: PoseSequence, by: float) -> PoseSequence:
    """The same, played so many times slower than life."""
    return remade(poses, t=poses.t * by)


def delayed(poses: PoseSequence, by_s: float) -> PoseSequence:
    """The same on a clock that started earlier."""
    return remade(poses, t=poses.t + by_s)


def dropped(poses: PoseSequence, *gaps: tuple[float, float]) -> PoseSequence:
    """Nobody found between these seconds."""
    gone = np.any([(poses.t >= a) & (poses.t < b) for a, b in gaps], axis=0)
    arrays: dict[str, NDArray[Any]] = {}
    for name in ("image", "world", "visibility"):
        arrays[name] = np.array(getattr(poses, name))
        arrays[name][gone] = np.nan
    return remade(poses, **arrays)


def without(poses: PoseSequence, *joints: str) -> PoseSequence:
    """These landmarks hidden throughout."""
    visibility = np.array(poses.visibility)
    visibility[:, [INDEX[j] for j in joints]] = 0.1
    return remade(poses, visibility=visibility)


def in_full_view(poses: PoseSequence) -> PoseSequence:
    """Every landmark surely seen."""
    return remade(poses, visibility=np.ones_like(poses.visibility))


def legs_exchanged(poses: PoseSequence, share: float, seed: int = 0) -> PoseSequence:
    """Left and right leg exchanged in a share of the frames, one frame or two at a time."""
    image = np.array(poses.image)
    frames = np.flatnonzero(np.random.default_rng(seed).random(len(image)) < share)
    for left, right in LEGS:
        image[frames, left], image[frames, right] = poses.image[frames, right], poses.image[frames, left]
    return remade(poses, image=image)


def flipped(poses: PoseSequence, share: float, seed: int = 0) -> PoseSequence:
    """Front taken for back, every left for right, in a share of the frames."""
    image = np.array(poses.image)
    frames = np.flatnonzero(np.random.default_rng(seed).random(len(image)) < share)
    image[frames] = image[frames][:, MIRROR]
    return remade(poses, image=image)


def joined(first: PoseSequence, second: PoseSequence) -> PoseSequence:
    """One after the other, a twentieth of a second between them."""
    arrays = {name: np.concatenate((getattr(first, name), getattr(second, name))) for name in PER_FRAME}
    return remade(first, t=np.concatenate((first.t, second.t + first.t[-1] + 0.05 - second.t[0])), **arrays)


def turning(poses: PoseSequence, seconds: float) -> PoseSequence:
    """Who stands as in the last pose turns round about the vertical, to the mirror image of it."""
    fps = 1.0 / float(np.median(np.diff(poses.t)))
    n = int(seconds * fps)
    last = poses.rows(np.arange(len(poses)) == len(poses) - 1)
    image, world = last.image[0].astype(float), last.world[0].astype(float)
    across, deep = world[:, 0] - np.nanmean(world[:, 0]), world[:, 2]
    px_per_m, middle = np.polyfit(across, image[:, 0], 1)
    to = poses.width_px - middle
    images, worlds = np.repeat(image[None], n, axis=0), np.repeat(world[None], n, axis=0)
    for i, share in enumerate(np.arange(1, n + 1) / (n + 1)):
        angle = np.pi * (1 - np.cos(np.pi * share)) / 2
        worlds[i, :, 0] = across * np.cos(angle) + deep * np.sin(angle)
        worlds[i, :, 2] = deep * np.cos(angle) - across * np.sin(angle)
        images[i, :, 0] = px_per_m * worlds[i, :, 0] + middle + (to - middle) * share
    return PoseSequence(
        np.arange(n) / fps,
        images,
        worlds,
        np.repeat(last.visibility, n, axis=0),
        poses.width_px,
        poses.height_px,
        poses.source,
        poses.model,
    )
