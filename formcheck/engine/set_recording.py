"""What a live set was measured by, in plain numbers, so that its poses can be judged again just so."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from formcheck.engine.as_read import as_read
from formcheck.engine.body.landmarks import BONES
from formcheck.engine.body.view import VIEWS, View
from formcheck.engine.calibrate import Calibration
from formcheck.engine.pieces import ClipPiece
from formcheck.exercises import Exercise, judging
from formcheck.sensor import SensorProfile
from formcheck.types.set_recording import SetCalibration, SetRecording, SetTurn

#: No calibration holds a larger number.
_MOST = 1e6
_NUMBERS = ("scale_px", "trunk_m", "facing", "exchanges_per_s", "tilt_deg", "turned_deg", "fps")


def set_recording(
    exercise: Exercise, spans: tuple[tuple[float, float], ...], pieces: Sequence[ClipPiece]
) -> SetRecording:
    """A live set as it is kept with its poses; ``pieces`` in order of time, at least one."""
    first, *others = [_kept(exercise, piece.calibration) for piece in pieces]
    edges = [(a.end_s, b.start_s) for a, b in pairwise(pieces)]
    turns = tuple(SetTurn(*edge, kept) for edge, kept in zip(edges, others, strict=True))
    digest = pieces[0].calibration.reads(exercise).digest
    return SetRecording(exercise.id, digest, spans, first, turns)


def _kept(exercise: Exercise, calibration: Calibration) -> SetCalibration:
    exercise, cycle = calibration.reads(exercise), calibration.cycle
    return SetCalibration(
        **{name: float(getattr(calibration, name)) for name in _NUMBERS},
        view=(calibration.view.name, calibration.view.also),
        near_side=calibration.near_side,
        declared=calibration.declared,
        cycle=None if cycle is None else exercise.cycle.index(cycle),
        longest=tuple(calibration.longest.tolist()),
    )


def pieces_from(
    recording: SetRecording, exercise: Exercise, sensor: SensorProfile
) -> tuple[ClipPiece, ...] | None:
    """The pieces of a live set; None if they were made for another state of the exercise, or are damaged.

    ``sensor`` is the profile of the model that found its landmarks.
    """
    edges = [-np.inf, *(t for turn in recording.turns for t in (turn.left_s, turn.since_s)), np.inf]
    kept = [recording.calibration, *(turn.calibration for turn in recording.turns)]
    known = [part for part in kept if part is not None and _can_be(part, exercise)]
    if len(known) < len(kept) or edges != sorted(edges):
        return None
    if judging(recording.digest) != as_read(exercise, sensor, View(*known[0].view)).digest:
        return None
    return tuple(
        ClipPiece(start, end, _calibration(part, exercise, sensor))
        for start, end, part in zip(edges[::2], edges[1::2], known, strict=True)
    )


def _calibration(kept: SetCalibration, exercise: Exercise, sensor: SensorProfile) -> Calibration:
    view = View(*kept.view)
    return Calibration(
        **{name: getattr(kept, name) for name in _NUMBERS},
        view=view,
        near_side=kept.near_side,
        cycle=None if kept.cycle is None else as_read(exercise, sensor, view).cycle[kept.cycle],
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
