"""What the motions share: heights of supports, directions, and what an exercise's motion declares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sample_videos.drawn.rig import TOE, TRUNK, Array, Posture, Side, middle_joint
from sample_videos.drawn.strides import Strides
from sample_videos.drawn.timeline import Timeline

#: Height of the wrist of a hand flat on the floor, of an elbow, of a knee, of an ankle on its toes.
HAND, ELBOW, KNEE, TIPTOE = 0.04, 0.04, 0.06, TOE[0] + 0.02
LEFT, UP = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
SIGN: dict[Side, float] = {"left": 1.0, "right": -1.0}
#: A head in line with a level trunk looks a little ahead of the floor below it.
LEVEL_PITCH = -10.0


@dataclass(frozen=True)
class Motion:
    """How an exercise is played: tempo (half, peak, rest; None without repetitions) and where it is filmed.

    Attributes
    ----------
    aim_x : the floor point in the middle of the picture; ``span_m`` the picture's width there for bodies on
        the floor.
    angles : known at each peak, or as the median of a hold or run.
    quick_s : a half that is too fast.
    full : the angle and the level that make a repetition a full one; None: four fifths of the movement.
    sides : "both" work together, "alternate" left first, or "one": that of the script.
    open_limbs : limbs far from the camera are in the open, so they are seen well.
    mat : where a mat lies, from and to, metres; None none.
    view : where the sample clip is filmed from.
    rhythm : of what goes on two feet, when each is down; ``cadence_spm`` : its own steps a minute.
    """

    play: Callable[[Timeline], Posture]
    tempo: tuple[float, float, float] | None
    aim_x: float
    angles: tuple[str, ...] = ()
    span_m: float | None = None
    quick_s: float = 0.65
    full: tuple[str, float] | None = None
    sides: Literal["both", "alternate", "one"] = "both"
    open_limbs: bool = False
    mat: tuple[float, float] | None = None
    view: Literal["side", "front", "back"] = "side"
    rhythm: Callable[[Timeline], Strides] | None = None
    cadence_spm: float | None = None


def point(x: Array | float, y: Array | float, z: Array | float, frames: int) -> Array:
    """(T, 3) from three coordinates, each a number or (T,)."""
    return np.stack([np.broadcast_to(np.asarray(v, float), frames) for v in (x, y, z)], axis=-1)


def turns(clock: Timeline, parity: int) -> Array:
    """(T,) 1 in every second repetition, changing in the rests."""
    return clock.of_rep([float(k % 2 == parity) for k in range(len(clock.beats))])


def prone(shoulder: Array, ankle: Array, leg: Array, line: Array) -> tuple[Array, Array]:
    """Hip (T, 3) and lean (T,) of a body from shoulder to ankle, bent by ``line`` (+ piked) at the hip."""
    apex = point(0.0, 0.0, np.where(line < 0, -1.0, 1.0), len(line))
    hip = middle_joint(shoulder, ankle, (TRUNK, leg), apex)
    along = shoulder - hip
    return hip, np.degrees(np.arctan2(along[:, 0], along[:, 2]))
