"""Whether strangers differ as much as real people do: ends of main signals over clips of one exercise."""

from collections.abc import Iterator, Sequence

import numpy as np

from formcheck.pose.store import load_poses
from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn.truth import Plane, side_angles
from validation.lab.strangers import stranger
from validation.labels import KEPT
from validation.manifests import labelled

SIGNALS = ("knee_flexion", "hip_flexion", "trunk_elevation", "elbow_flexion", "hand_height")
EXERCISES = ("squat", "lunge", "push_up", "plank_hold", "sit_up", "pull_up", "jumping_jack", "glute_bridge")
#: The ends of a signal in a clip.
ENDS = (0.1, 0.9)
#: So many strangers, and clips of real people at most.
STRANGERS, MOST = 40, 40


def ends(poses: PoseSequence) -> dict[str, tuple[float, float]]:
    """The ends of each signal, as the picture shows them; of the side that is seen better."""
    seen = poses.rows(poses.found)
    sides = ("left", "right")
    legs = [np.mean(seen.visibility[:, [INDEX[f"{s}_knee"], INDEX[f"{s}_elbow"]]]) for s in sides]
    near = sides[int(np.argmax(legs))]
    ahead = seen.image[:, INDEX[f"{near}_toe"], 0] - seen.image[:, INDEX[f"{near}_heel"], 0]
    found = side_angles(Plane(seen.image, near, float(np.sign(np.median(ahead)) or 1.0)), near)
    return {name: tuple(np.nanquantile(found[name], ENDS)) for name in SIGNALS}  # type: ignore[misc]


def table() -> Iterator[str]:
    """A line an exercise and signal: median, 10th and 90th percentile over clips of either end."""
    yield "| exercise | signal | real: n | low end | high end | strangers: low end | high end |"
    yield "|---|---|---|---|---|---|---|"
    sets = ("clips", "clips2", "corpus", "repcount")
    every = [one for one in labelled(KEPT / "poses") if one.set in sets]
    for exercise in EXERCISES:
        real = [load_poses(one.poses) for one in every if one.label.exercise == exercise][:MOST]
        real = [poses for poses in real if poses.found.sum() > 10]
        made = [_alone(exercise, seed) for seed in range(1, 2 * STRANGERS, 2)]
        if len(real) < 4:
            continue
        a, b = ([ends(poses) for poses in group] for group in (real, made))
        for name in SIGNALS:
            cells = " | ".join(_spread([e[name][k] for e in group]) for group in (a, b) for k in (0, 1))
            yield f"| {exercise} | {name} | {len(real)} | {cells} |"


def _alone(exercise: str, seed: int) -> PoseSequence:
    """A stranger without what he does before and after."""
    poses, truth = stranger(exercise, seed)
    return poses.between(truth.start_s, truth.end_s)


def _spread(values: Sequence[float]) -> str:
    low, middle, high = np.nanquantile(values, (0.1, 0.5, 0.9))
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"
