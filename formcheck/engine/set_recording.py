"""The calibration of a live set in plain numbers, so that its poses can be judged again just as they were."""

import numpy as np

from formcheck.engine.as_read import as_read
from formcheck.engine.body.landmarks import BONES
from formcheck.engine.body.view import VIEWS, View
from formcheck.engine.calibrate import Calibration
from formcheck.exercises import Exercise, judging
from formcheck.sensor import SensorProfile
from formcheck.types.set_recording import SetCalibration, SetRecording

#: No calibration holds a larger number.
_MOST = 1e6
_NUMBERS = ("scale_px", "trunk_m", "facing", "exchanges_per_s", "tilt_deg", "fps")


def set_recording(
    exercise: Exercise, spans: tuple[tuple[float, float], ...], calibration: Calibration
) -> SetRecording:
    """A live set as it is kept with its poses."""
    exercise, cycle = calibration.reads(exercise), calibration.cycle
    kept = SetCalibration(
        **{name: float(getattr(calibration, name)) for name in _NUMBERS},
        view=(calibration.view.name, calibration.view.also),
        near_side=calibration.near_side,
        declared=calibration.declared,
        cycle=None if cycle is None else exercise.cycle.index(cycle),
        longest=tuple(calibration.longest.tolist()),
    )
    return SetRecording(exercise.id, exercise.digest, spans, kept)


def calibration_from(
    recording: SetRecording, exercise: Exercise, sensor: SensorProfile
) -> Calibration | None:
    """The calibration of a live set; None if it was made for another state of the exercise, or is damaged.

    ``sensor`` is the profile of the model that found its landmarks.
    """
    kept = recording.calibration
    if kept is None or not _can_be(kept, exercise):
        return None
    exercise = as_read(exercise, sensor, View(*kept.view))
    if judging(recording.digest) != exercise.digest:
        return None
    return Calibration(
        **{name: getattr(kept, name) for name in _NUMBERS},
        view=View(*kept.view),
        near_side=kept.near_side,
        cycle=None if kept.cycle is None else exercise.cycle[kept.cycle],
        declared=kept.declared,
        longest=np.array(kept.longest),
        live=True,
        sensor=sensor,
    )


def _can_be(kept: SetCalibration, exercise: Exercise) -> bool:
    """Whether such a body and such a camera can be; NaN is not known, and can."""
    numbers = (*(getattr(kept, name) for name in _NUMBERS), *kept.longest)
    return (
        not any(abs(number) > _MOST for number in numbers)
        and not any(size <= 0 for size in (kept.scale_px, kept.trunk_m, kept.fps))
        and (np.isnan(kept.facing) or abs(kept.facing) == 1)
        and kept.view[0] in VIEWS
        and kept.view[1] in {None, *VIEWS}
        and kept.near_side in {"left", "right"}
        and len(kept.longest) == BONES
        and (kept.cycle is None or kept.cycle < len(exercise.cycle))
    )
