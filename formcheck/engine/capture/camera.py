"""Whether the camera stood still, known by the background."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

#: The background passes faster than this, trunk lengths a second, in this share of the clip: a camera that
#: pans or walks along.
MOVING_S_PER_S, OFTEN = 0.5, 0.2
#: Or it has gone this far, trunk lengths: a slow pan.
TRAVELLED_S = 0.5
#: Up and down by more than this (root mean square, trunk lengths) within `SLOW_S`: a bounce of its own.
SHAKE_S, SLOW_S = 0.01, 1.4
#: With less of the background known nothing is said.
LEAST_KNOWN = 0.5
#: Once in so long a runner's foot is on the ground, s, and that many times it must have been.
STEP_S, LEAST_STEPS = 0.6, 6
#: Ground that keeps its height in the picture within this, one standard deviation in trunk lengths, shows a
#: camera that stands. 43 drawn and 4 real runs before one show at most .047, 8 drawn runs from a hand at
#: least .091, 5 real ones .15.
GROUND_S = 0.05


@dataclass(frozen=True, slots=True)
class CameraMotion:
    """``name`` of how it was held; ``shakes`` up and down, so that no bounce can be measured."""

    name: Literal["fixed", "moving", "unknown"] = "unknown"
    shakes: bool = False


CAMERA_UNKNOWN = CameraMotion()


def camera_motion(t: Floats, shift: Floats, scale_px: float) -> CameraMotion:
    """How the camera was held, from the background's shift.

    Parameters
    ----------
    t : (T,) seconds.
    shift : (T, 2) px since the frame before; NaN not known.
    scale_px : pixels per trunk length.
    """
    known = ~np.isnan(shift.sum(axis=1))
    if len(t) < 2 or known[1:].mean() < LEAST_KNOWN or not scale_px > 0:
        return CAMERA_UNKNOWN
    step = np.where(known[:, None], shift, 0.0) / scale_px
    speed = np.abs(step[1:] @ [1, 1j]) / np.diff(t)
    place = np.cumsum(step, axis=0)
    travelled = float(np.hypot(*np.ptp(place, axis=0)))
    if travelled > TRAVELLED_S or np.mean(speed > MOVING_S_PER_S) > OFTEN:
        return CameraMotion("moving")
    return CameraMotion("fixed", _shake(t, place[:, 1]) > SHAKE_S)


def seen_by_ground(t: Floats, lowest: Floats) -> CameraMotion:
    """How the camera was held before a wall without a mark, known by the ground under a runner.

    Parameters
    ----------
    t : (T,) seconds.
    lowest : (T,) height of the lower foot in the picture, trunk lengths; NaN not seen.
    """
    step = np.floor((t - t[0]) / STEP_S)
    known = np.isfinite(lowest)
    ground = [float(lowest[known & (step == n)].min()) for n in np.unique(step[known])]
    # The last step may be half a one.
    stands = len(ground) > LEAST_STEPS and float(np.std(ground[:-1])) <= GROUND_S
    return CameraMotion("fixed") if stands else CAMERA_UNKNOWN


def _shake(t: Floats, y: Floats) -> float:
    """Root mean square of what is quicker than a slow drift."""
    n = max(1.0, SLOW_S / float(np.median(np.diff(t))))
    if len(y) <= n:
        return float(y.std())
    n = round(n)
    smooth = np.convolve(y, np.ones(n) / n, "valid")
    quick = y[n // 2 : n // 2 + len(smooth)] - smooth
    return float(np.sqrt(np.mean(quick**2)))
