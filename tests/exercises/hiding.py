"""Bodies of which the model sees a part on and off, that stay as they are, or hold their arms otherwise."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from tests.exercises import takes

Array = NDArray[np.float64]

#: Limbs by what lies beyond the picture's edge together.
ENDS = {
    "hand": ("wrist", "index", "pinky", "thumb"),
    "arm": ("elbow", "wrist", "index", "pinky", "thumb"),
    "foot": ("heel", "toe"),
    "shank": ("ankle", "heel", "toe"),
    "leg": ("knee", "ankle", "heel", "toe"),
}
BOTH = ("left", "right")


def hidden(
    poses: PoseSequence, joints: tuple[str, ...], where: NDArray[np.bool_], rng: np.random.Generator
) -> PoseSequence:
    """Landmarks that the model only guesses in some frames: hardly visible, and astray.

    BlazePose writes a place for every landmark, near where the limb would go on, and a visibility near 0.
    """
    image, visibility = np.array(poses.image), np.array(poses.visibility)
    trunk = np.linalg.norm(image[0, INDEX["left_shoulder"]] - image[0, INDEX["left_hip"]])
    n = len(poses)
    for name in joints:
        i = INDEX[name]
        drift = np.cumsum(rng.normal(0, 0.02, (n, 2)), axis=0)
        astray = rng.normal(0, 0.05, (n, 2)) + 0.2 * drift / max(float(np.abs(drift).max()), 1e-9)
        image[where, i] += (astray * trunk)[where]
        visibility[where, i] = rng.uniform(0.01, 0.2, n)[where]
    return takes.remade(poses, image=image, visibility=visibility)


def held(poses: PoseSequence, at: float, seconds: float, rng: np.random.Generator) -> PoseSequence:
    """The body stays for some seconds as it is at a time, but for its unrest."""
    i = int(np.searchsorted(poses.t, at))
    fps = (len(poses) - 1) / (poses.t[-1] - poses.t[0])
    n = round(seconds * fps)
    order = np.concatenate((np.arange(i), np.full(n, i), np.arange(i, len(poses))))
    rows = {f.name: getattr(poses, f.name) for f in fields(poses)}
    arrays = {name: np.array(x[order]) for name, x in rows.items() if isinstance(x, np.ndarray)}
    stay = slice(i, i + n)
    trunk = np.linalg.norm(poses.image[0, INDEX["left_shoulder"]] - poses.image[0, INDEX["left_hip"]])
    arrays["image"][stay] += rng.normal(0, 0.004 * trunk, arrays["image"][stay].shape)
    return takes.remade(poses, **arrays | {"t": np.arange(len(order)) / fps})


def armed(joints: Array, where: str) -> Array:
    """(T, 33, 3) the same body with its hands on the hips, or behind the head."""
    out = np.array(joints)
    middle = (joints[:, INDEX["left_shoulder"]] + joints[:, INDEX["right_shoulder"]]) / 2
    for side in BOTH:
        shoulder, hip = joints[:, INDEX[f"{side}_shoulder"]], joints[:, INDEX[f"{side}_hip"]]
        outward = shoulder - middle
        outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
        if where == "hips":
            wrist = hip + 0.15 * (shoulder - hip) + 0.04 * outward
            elbow = (shoulder + wrist) / 2 + 0.2 * outward
        else:
            up = (shoulder - hip) / np.linalg.norm(shoulder - hip, axis=-1, keepdims=True)
            wrist = joints[:, INDEX[f"{side}_ear"]]
            elbow = shoulder + 0.2 * outward + 0.15 * up
        out[:, INDEX[f"{side}_elbow"]] = elbow
        for name in ENDS["hand"]:
            out[:, INDEX[f"{side}_{name}"]] = wrist
    return out


def bursts(t: Array, rng: np.random.Generator) -> tuple[float, NDArray[np.bool_]]:
    """The share of the frames in which something is seen, and where it is not."""
    share, burst_s = float(rng.uniform(0.3, 0.8)), rng.uniform(0.1, 0.5)
    gone, at, seen = np.zeros(len(t), bool), 0.0, bool(rng.random() < share)
    while at < t[-1]:
        lasts = rng.exponential(burst_s * 2 * (share if seen else 1 - share)) + 0.03
        gone |= (t >= at) & (t < at + lasts) & (not seen)
        at, seen = at + lasts, not seen
    return share, gone


def longest(t: Array, gone: NDArray[np.bool_]) -> float:
    """Seconds of the longest time in which something is not seen."""
    seen = t[~gone]
    return float(np.diff(np.concatenate((t[:1], seen, t[-1:]))).max())
