"""What the landmarks make of each signal, by view and posture: the numbers behind the sensor profiles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.scale import body_scale
from formcheck.exercises import catalog
from formcheck.signals.geometry import to_plane
from formcheck.signals.registry import reading
from formcheck.signals.rows import Rows
from formcheck.types import PoseSequence
from validation.sensor.sights import Sight, Truth, seen
from validation.sensor.suite import Take

Array = NDArray[np.float64]

#: The signals that most limits are about; one of a side is asked for the near one.
SIGNALS = (
    "body_line.near", "planted_line.near", "raised_leg_line", "side_line_feet", "hip_flexion.near",
    "thigh_elevation.near", "leg_elevation.near", "knee_flexion.near", "frontal_plane_projection_angle.near",
    "shank_tilt.near", "foot_pitch.near", "heel_rise.near", "trunk_lean", "trunk_elevation.near",
    "trunk_tilt", "trunk_sway", "shoulder_tilt", "pelvis_tilt", "hip_shift", "head_offset", "neck_length",
    "head_pitch", "elbow_flexion.near", "upper_arm_angle.near", "arm_elevation.near", "hand_height.near",
)  # fmt: skip
#: A signal moves in a clip where its true values spread over this much; only there is a gain.
MOVES = {"deg": 5.0, "S": 0.05, "1": 0.05}
#: With fewer clips nothing is said of the spread between them.
LEAST = 3


@dataclass(frozen=True)
class Entry:
    """One signal in one view and posture.

    Attributes
    ----------
    bias, between : of what is shown less the truth: median over clips, standard deviation between them.
    gain : of movement within a clip; NaN where it moves in fewer than `LEAST`.
    sd : median over clips of the standard deviation that is left after gain and the clip's own bias.
    """

    signal: str
    unit: str
    view: str
    posture: str
    bias: float
    between: float
    gain: float
    sd: float
    n: int


def entries(takes: Iterable[Take], sight: Sight) -> list[Entry]:
    """Of all clips that have been looked at."""
    pairs: dict[tuple[str, str, str], list[tuple[Array, Array]]] = defaultdict(list)
    for take in takes:
        found = seen(take.name, sight)
        if not found:
            continue
        truth = Truth.of(take.name)
        view, exercise = take.clip.script.view, catalog()[take.clip.script.exercise]
        read = exercise.model_dump_json()
        names = [name for name in SIGNALS if view in reading(name).views and name.partition(".")[0] in read]
        posture = exercise.posture or take.family
        for name, shown, true in zip(names, *_both(take, truth, found[0], names), strict=True):
            known = np.isfinite(shown) & np.isfinite(true)
            if known.mean() > 0.5:
                pairs[name, view, posture].append((shown[known], true[known]))
    return [_entry(*key, them) for key, them in pairs.items() if len(them) >= LEAST]


def _both(
    take: Take, truth: Truth, bodies: PoseSequence, names: list[str]
) -> tuple[list[Array], list[Array]]:
    script = take.clip.script
    sided = script.view in ("side", "oblique")
    rows = Rows(names, script.facing if sided else "left")
    facing = -1.0 if sided and script.facing == "left" else 1.0
    points = to_plane(bodies.image.astype(np.float64))
    scale = body_scale(points, bodies.world.astype(np.float64))
    return rows(points, facing, scale), rows(to_plane(truth.image), facing, truth.scale)


def _apart(shown: Array, true: Array, unit: str) -> Array:
    apart = shown - true
    return (apart + 180) % 360 - 180 if unit == "deg" else apart


def _entry(name: str, view: str, posture: str, pairs: list[tuple[Array, Array]]) -> Entry:
    unit = reading(name).unit
    apart = [_apart(shown, true, unit) for shown, true in pairs]
    bias = np.array([np.mean(each) for each in apart])
    centred = [true - true.mean() for _, true in pairs]
    moves = [k for k, true in enumerate(centred) if np.std(true) > MOVES.get(unit, np.inf)]
    gain = float("nan")
    if len(moves) >= LEAST:
        x = np.concatenate([centred[k] for k in moves])
        y = np.concatenate([apart[k] - bias[k] for k in moves])
        gain = 1 + float(x @ y / (x @ x))
    extra = gain - 1 if gain == gain else 0.0
    left = [each - b - extra * true for each, b, true in zip(apart, bias, centred, strict=True)]
    sd = float(np.median([np.std(each) for each in left]))
    middle, between = float(np.median(bias)), float(bias.std(ddof=1))
    return Entry(name, unit, view, posture, middle, between, gain, sd, len(pairs))
