"""How far a number of a run may be off, and so what is surely not as usual."""

import numpy as np

from formcheck.engine.as_read import correction_of
from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.strides import Stride
from formcheck.exercises.schema import Exercise
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Measure


def margin(
    limited: Measure | StrideNumber, exercise: Exercise, calibration: Calibration, strides: list[Stride]
) -> float | None:
    """In its unit; None where nobody measured it.

    Of a pose one standard deviation of what the pose model shows wrongly, of a time one picture and what
    finding the foot costs.
    """
    if isinstance(limited, Measure):
        return correction_of(limited, exercise, calibration.sensor, calibration.view).sd
    if not calibration.fps > 0 or not limited.of_steps or not strides:
        return None
    error_s = 1.0 / calibration.fps + calibration.sensor.feet.event_s
    if limited.unit == "s":
        return error_s
    return 100.0 * error_s / float(np.median([s.lasts_s for s in strides]))
