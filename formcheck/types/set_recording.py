"""A set of a live session as it is kept with its poses, so that it can be judged again just as it was."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SetCalibration:
    """What the engine knew of body and camera before a set began, in plain numbers; NaN is not known.

    Attributes
    ----------
    scale_px, trunk_m, facing, exchanges_per_s, tilt_deg, fps, near_side, declared, turned_deg : as in the
        engine's `Calibration`; the last is not known of sets of before 0.10.
    view : its name, and the one that it nearly is; None if there is none.
    cycle : the place of the cycle among those of the exercise, from 0; None if none could be seen.
    longest : length of each limb bone, in trunk lengths.
    """

    scale_px: float
    trunk_m: float
    facing: float
    exchanges_per_s: float
    tilt_deg: float
    fps: float
    view: tuple[str, str | None]
    near_side: str
    declared: Literal["left", "right"] | None
    cycle: int | None
    longest: tuple[float, ...]
    turned_deg: float = float("nan")


@dataclass(frozen=True, slots=True)
class SetTurn:
    """That somebody turned within a set and stayed so.

    Attributes
    ----------
    left_s, since_s : when he began to turn, and from when on he had turned.
    calibration : what was known from then on; None if what was kept of it is damaged.
    """

    left_s: float
    since_s: float
    calibration: SetCalibration | None


@dataclass(frozen=True, slots=True)
class SetRecording:
    """A set of a live session: what was done when, and what was known of the body before it began.

    Attributes
    ----------
    exercise, digest : id, and the sha256 of what judges it.
    spans : first and last second of each stretch that counted; pauses lie between.
    calibration : None if what was kept of it is damaged.
    turns : within it, in order of time.
    """

    exercise: str
    digest: str
    spans: tuple[tuple[float, float], ...]
    calibration: SetCalibration | None
    turns: tuple[SetTurn, ...] = ()
