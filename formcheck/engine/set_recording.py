"""The calibration of a live set as plain numbers, so that its poses can be judged again just as they were."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from formcheck.engine.body.landmarks import BONES
from formcheck.engine.body.view import VIEWS, View
from formcheck.engine.calibrate import Calibration
from formcheck.exercises import Exercise, judging
from formcheck.sensor import SensorProfile
from formcheck.types.pose import SetRecording

#: No calibration holds a larger number.
_MOST = 1e6
_NUMBERS = ("scale_px", "trunk_m", "facing", "exchanges_per_s", "tilt_deg", "fps")


def set_recording(
    exercise: Exercise, spans: tuple[tuple[float, float], ...], calibration: Calibration
) -> SetRecording:
    """A live set as it is kept with its poses."""
    told: dict[str, Any] = {name: _told(getattr(calibration, name)) for name in _NUMBERS}
    told["view"] = [calibration.view.name, calibration.view.also]
    told["near_side"], told["declared"] = calibration.near_side, calibration.declared
    told["cycle"] = None if calibration.cycle is None else exercise.cycle.index(calibration.cycle)
    told["longest"] = [_told(float(x)) for x in calibration.longest]
    return SetRecording(exercise.id, exercise.digest, spans, told)


def calibration_from(take: SetRecording, exercise: Exercise, sensor: SensorProfile) -> Calibration | None:
    """The calibration of a live set; None if it was made for another state of the exercise, or is damaged.

    ``sensor`` is the profile of the model that found its landmarks.
    """
    if judging(take.digest) != exercise.digest:
        return None
    try:
        return _calibration(take.calibration, exercise, sensor)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return None


def _calibration(told: Mapping[str, Any], exercise: Exercise, sensor: SensorProfile) -> Calibration:
    name, also = told["view"]
    if name not in VIEWS or also not in (None, *VIEWS):
        raise ValueError("no such view")
    if told["near_side"] not in ("left", "right") or told["declared"] not in ("left", "right", None):
        raise ValueError("sides are left and right")
    if len(told["longest"]) != BONES:
        raise ValueError(f"there are {BONES} bones")
    scale, trunk, facing, exchanges, tilt, fps = (_number(told[key]) for key in _NUMBERS)
    if any(x <= 0 for x in (scale, trunk, fps)) or (abs(facing) != 1 and facing == facing):  # NaN: not known
        raise ValueError("sizes are positive, and a person faces left or right")
    return Calibration(
        scale_px=scale,
        trunk_m=trunk,
        facing=facing,
        exchanges_per_s=exchanges,
        tilt_deg=tilt,
        fps=fps,
        view=View(name, also),
        near_side=told["near_side"],
        cycle=None if told["cycle"] is None else exercise.cycle[told["cycle"]],
        declared=told["declared"],
        longest=np.array([_number(x) for x in told["longest"]]),
        live=True,
        sensor=sensor,
    )


def _told(x: float) -> float | None:
    return x if np.isfinite(x) else None


def _number(x: float | None) -> float:
    value = float("nan") if x is None else float(x)
    if abs(value) > _MOST:
        raise ValueError("beyond all measure")
    return value
