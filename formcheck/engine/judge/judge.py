"""Holds the closed span against every limit of the exercise, as far as this camera could see it."""

from collections.abc import Mapping

import numpy as np

from formcheck.engine.body.observe import WIDTHS
from formcheck.engine.body.track import Track
from formcheck.engine.body.view import Widths, view_of
from formcheck.engine.calibrate import Calibration
from formcheck.engine.judge.measure import LEAST_SEEN, PreparedCheck, measured
from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.exercises.schema import Exercise
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Limit, Measure
from formcheck.signals.rows import Rows
from formcheck.types.event import Phase
from formcheck.types.landmark import NAMES
from formcheck.types.reason import Reason

#: How weakly seen signals (for counting, start pose and view) are marked in the track.
WEAK = "~"
#: A clip of 59.9 frames per second passes for 60.
FPS_SLACK = 0.95
#: What tells when a foot is on the ground.
FEET = frozenset(f"{side}_{part}" for side in ("left", "right") for part in ("heel", "toe"))
#: The column of the track that says whether the start (or hold) pose is kept: 1, 0, or NaN not seen.
IN_POSE = "in_pose"


class Judge:
    """Knows the exercise's checks and what this clip can show of them.

    Parameters
    ----------
    exercise, calibration : what to look for, and how the camera sees it.
    rows : the measure signals, as the track holds them.
    since_s : when the person turned to where this camera sees them so.
    """

    def __init__(
        self, exercise: Exercise, calibration: Calibration, rows: Rows, since_s: float = -np.inf
    ) -> None:
        self.since_s = since_s
        self.checks = [
            _ready(name, limited, limit, upper, calibration, rows)
            for name, limited, limit, upper in exercise.limits()
        ]
        self._rows = rows
        self._view, self._declared = calibration.view, calibration.view_declared
        self._bounds = calibration.sensor.view

    def __call__(
        self,
        track: Track,
        phases: Mapping[Phase, Span],
        baselines: Mapping[str, Span | None],
        only: Mapping[Phase, str] | None = None,
    ) -> list[Measurement]:
        """Judge one span.

        Parameters
        ----------
        phases : start and end in seconds of each phase of the span.
        baselines : where the values lie that "rest" and "start" stand for; None where there is none.
        only : per phase a column of the track; frames in which it is 0 are passed over.
        """
        span = (min(a for a, _ in phases.values()), max(b for _, b in phases.values()))
        turned = self.turned(track, span)
        only = only or {}
        rows = {phase: self._frames(track, span, only.get(phase)) for phase, span in phases.items()}
        found = [self._one(check, track, rows, baselines, turned) for check in self.checks]
        return self._shown(found)

    def _shown(self, found: list[Measurement]) -> list[Measurement]:
        """Without limits that this posture does not show, where it shows another of the same check."""
        alike: dict[tuple[str, bool], list[Measurement]] = {}
        for check, one in zip(self.checks, found, strict=True):
            alike.setdefault((check.id, check.upper), []).append(one)
        read = ([m for m in same if m.finding.verdict != "not_assessable"] for same in alike.values())
        return [m for same, seen in zip(alike.values(), read, strict=True) for m in seen or same[:1]]

    @staticmethod
    def _frames(track: Track, span: Span, only: str | None) -> np.ndarray:
        rows = track.between(*span)
        frames = np.arange(rows.start, rows.stop)
        return frames if only is None else frames[track.values(only, rows) != 0]

    def _one(
        self,
        check: PreparedCheck,
        track: Track,
        frames: Mapping[Phase, np.ndarray],
        baselines: Mapping[str, Span | None],
        turned: Reason | None,
    ) -> Measurement:
        if why := check.blocked or turned:
            return check.unassessable(why)
        measure = check.pose_measure
        chosen = [rows for phase, rows in frames.items() if phase in measure.during]
        index = np.unique(np.concatenate([np.empty(0, int), *chosen]))
        x = track.values(measure.signal)[index]
        against = measure.against or ("rest" if measure.take == "drift" else None)
        if against is not None:
            base = baseline(track, measure.signal, baselines.get(against))
            if np.isnan(base):
                return check.unassessable(Reason("no_baseline", against=against))
            x = x - base
        measurement = measured(check, track.t[index], x)
        if measurement.finding.verdict == "not_assessable":
            return check.unassessable(self._unread(check, track, index), measurement.finding.seen)
        if measurement.finding.verdict != "ok" and self._guessed(check, track, index, x):
            return self._of_hidden(check, measurement, track.visible(slice(None))[index])
        return measurement

    def _guessed(self, check: PreparedCheck, track: Track, index: np.ndarray, x: np.ndarray) -> bool:
        """Whether values ``x`` of the frames ``index`` are too few without those of hidden landmarks."""
        usable, visible = (read(slice(None))[index] for read in (track.seen, track.visible))
        hidden = self._rows.had(check.signal, usable & ~visible).any(axis=1)
        return float(np.mean(np.isfinite(x) & ~hidden)) < LEAST_SEEN

    def _of_hidden(self, check: PreparedCheck, broken: Measurement, visible: np.ndarray) -> Measurement:
        """A fault that hidden landmarks show: no error, and nothing where something was not reached.

        A limb that is guessed is shown at rest: in a drawn plank the far arm, 0.8 trunk lengths below itself.
        """
        if check.falls_short:
            return check.unassessable(self.hidden(check, visible), broken.finding.seen)
        return broken.warning() if broken.finding.verdict == "error" else broken

    def _unread(self, check: PreparedCheck, track: Track, index: np.ndarray) -> Reason:
        """Why a check could not be read in the frames ``index`` of the track."""
        if not len(index):
            return Reason("phase_unseen")
        usable, visible = (read(slice(None))[index] for read in (track.seen, track.visible))
        why = self.hidden(check, usable | visible)
        missing = self._rows.missing(check.pose_measure.signal, usable)
        if why.code == "hidden" or not missing:
            return why
        return Reason("unsure", joints=tuple(NAMES[i] for i in missing))

    def hidden(self, check: PreparedCheck, visible: np.ndarray) -> Reason:
        """Which landmarks of a check were missing; ``visible`` (n, L)."""
        joints = tuple(NAMES[i] for i in self._rows.missing(check.pose_measure.signal, visible))
        return Reason("hidden", joints=joints) if joints else Reason("seen_briefly")

    def turned(self, track: Track, span: Span) -> Reason | None:
        """Whether the body has turned, or is seen in another view than the piece's, during this span."""
        if span[0] < self.since_s:
            return Reason("turned_round")
        now = self.turned_to(track, span)
        return Reason("turned_to", view=now) if now else None

    def turned_to(self, track: Track, span: Span) -> str | None:
        """The view the body has turned to during this span; None if it is still the clip's, or not known."""
        rows = track.between(*span)
        widths = [track.values(WEAK + name, rows) for name in WIDTHS]
        settled = self._declared or self._view.name not in ("side", "front", "back")
        if settled or any(np.isnan(w).all() for w in widths):
            return None
        shoulders, hips, _, angle, side = (float(np.nanmedian(w)) for w in widths)
        now = view_of(Widths(shoulders, hips, np.nan, angle, side), self._bounds).name
        opposite = {"side": ("front", "back")}.get(self._view.name, ("side",))
        return now if now in opposite else None


def _ready(
    name: str,
    limited: Measure | StrideNumber,
    limit: Limit,
    upper: bool,
    calibration: Calibration,
    rows: Rows,
) -> PreparedCheck:
    joints = rows.joints(limited.signal) if isinstance(limited, Measure) else ()
    sensor, unit = calibration.sensor, limited.unit
    widen = 0.0 if calibration.view.exact(limited.seen_from) else sensor.view.widen.get(unit, 0.0)
    flicker = sensor.noise.flicker.get(unit, 0.0)
    return PreparedCheck(name, limited, limit, upper, joints, blocked(limited, calibration), widen, flicker)


def blocked(limited: Measure | StrideNumber, calibration: Calibration) -> Reason | None:
    """Why this clip cannot show a measure or number at all; None if it can."""
    view, fps = calibration.view, calibration.fps
    if lacking := _lacking(limited, calibration):
        return Reason("lacks", joints=lacking)
    if not view.shows(limited.seen_from):
        return Reason("needs_view", views=limited.seen_from, seen=view.name)
    if limited.least_fps is not None and fps < FPS_SLACK * limited.least_fps:
        return Reason("needs_fps", least=limited.least_fps, fps=fps)
    return _unsuited(limited, calibration) if isinstance(limited, Measure) else None


def _unsuited(measure: Measure, calibration: Calibration) -> Reason | None:
    """Why the way the body faces, or the camera stands, cannot show a measure."""
    if abs(calibration.turned_deg) > measure.turned_deg and _frontal(measure):
        return Reason("turned_aside", by_deg=abs(calibration.turned_deg), views=measure.seen_from)
    if measure.reading.facing and np.isnan(calibration.facing):
        return Reason("facing_unknown")
    if abs(calibration.tilt_deg) > 0 and _plumb(measure):
        return Reason("needs_level_camera")
    if measure.still_camera and calibration.camera.name != "fixed":
        return Reason("needs_still_camera", camera=calibration.camera.name)
    if measure.still_camera and calibration.camera.shakes:
        return Reason("needs_firm_camera")
    return None


def _lacking(limited: Measure | StrideNumber, calibration: Calibration) -> tuple[str, ...]:
    """Of the landmarks that a measure or number needs, those that the pose model does not find."""
    if not calibration.lacks:
        return ()
    read = limited.reading.landmarks(calibration.near_side) if isinstance(limited, Measure) else ()
    needed = {NAMES[i] for i in read}
    return tuple(n for n in calibration.lacks if n in needed or (limited.of_steps and n in FEET))


def _frontal(measure: Measure) -> bool:
    """Whether only the front or back shows it, so that a body turned aside shows something else."""
    return not set(measure.seen_from) & {"side", "oblique"}


def _plumb(measure: Measure) -> bool:
    """Whether a tilted camera changes the measure: not what is compared with its own beginning."""
    compared = measure.against is not None or measure.take in ("range", "drift", "speed")
    return measure.reading.plumb and not compared


def baseline(track: Track, signal: str, span: Span | None) -> float:
    """Median of a signal over a span; NaN where there is none or it was not seen."""
    if span is None:
        return float("nan")
    x = track.values(signal, track.between(*span))
    return float(np.nanmedian(x)) if np.isfinite(x).any() else float("nan")
