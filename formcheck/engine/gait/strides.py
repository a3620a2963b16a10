"""One stride of a run, and every measure of it: over all of it, at landing, in stance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.observe import facing_of
from formcheck.engine.calibrate import Calibration
from formcheck.engine.gait.contacts import Contact, contact
from formcheck.engine.gait.locomotion import locomotion
from formcheck.engine.gait.recent import BodyWindow, Side
from formcheck.engine.judge.measure import LEAST_SEEN
from formcheck.engine.judge.measurement import Span
from formcheck.exercises.schema import Exercise
from formcheck.exercises.strides import StepNumber
from formcheck.exercises.tables import Measure
from formcheck.signals.rows import Rows
from formcheck.types.gait import GaitKind
from formcheck.types.landmark import COUNT, MIRROR

Floats = NDArray[np.floating]

#: "At" a moment is this long before and after it; the least and the most around it are sought a little wider,
#: as a moment is not found more exactly.
MOMENT_S, NEAR_S = 0.015, 0.04
#: A foot may land this share of a step before the body is highest: a straight leg is nearly down by then.
EARLY = 0.25
#: By the view of a clip whether the left shoulder is at the picture's right in who shows the other side.
_AWAY = {"front": False, "back": True}
_TAKES: dict[str, Callable[[Floats], Any]] = {
    "median": np.median,
    "mean": np.mean,
    "min": np.min,
    "max": np.max,
    "range": np.ptp,
}


@dataclass(frozen=True, slots=True, eq=False)
class Stride:
    """Two steps, from flight to flight.

    Attributes
    ----------
    flight_peaks : seconds, when the body was highest: before, between and after the two steps.
    contacts : the foot on the ground in each step; None where it is not known.
    kind : how the person went; None where it is not known.
    bounce : how far the hips went up and down once a step, in trunk lengths; NaN not seen.
    values : every measure and number by name; NaN where it was not seen.
    seen : (L,) whether each landmark was usable in most of it.
    mirrored : whether the person ran the other way than in most of the clip, so that left stands for right.
    """

    flight_peaks: tuple[float, float, float]
    contacts: tuple[Contact | None, ...]
    kind: GaitKind | None = None
    bounce: float = np.nan
    values: Mapping[str, float] = field(default_factory=dict)
    seen: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(COUNT, bool))
    mirrored: bool = False

    @property
    def at_s(self) -> float:
        """Its middle."""
        return self.flight_peaks[1]

    @property
    def lasts_s(self) -> float:
        """How long its two steps took."""
        return self.flight_peaks[2] - self.flight_peaks[0]

    def really(self, joints: tuple[int, ...]) -> tuple[int, ...]:
        """What landmarks that were read as ``joints`` are of the person."""
        return tuple(int(MIRROR[i]) for i in joints) if self.mirrored else joints

    def of(self, side: Side | None) -> list[Contact]:
        """The contacts of one leg; of both for None."""
        return [c for c in self.contacts if c is not None and side in (None, c.side)]


class StrideReader:
    """Reads the measures and numbers of an exercise off a body that strides.

    Parameters
    ----------
    exercise : what to read.
    calibration : how the camera sees the body.
    """

    def __init__(self, exercise: Exercise, calibration: Calibration) -> None:
        self._measures, self._numbers = exercise.measure, exercise.number
        self.rows = Rows((m.signal for m in self._measures.values()), calibration.near_side)
        self._near: Side = "left" if calibration.near_side == "left" else "right"
        self._view = calibration.view.name
        self.side_on = calibration.view.shows(("side",))
        self.leads: Side = self._near if self.side_on else "left"
        self._facing = calibration.facing
        self.facing = calibration.facing if self.side_on else np.nan

    def turned(self, body: BodyWindow) -> bool:
        """Whether the person faces the other way than in most of the clip."""
        if self.side_on:
            return bool(facing_of(body.points, self._near) == -self.facing)
        across = (body.at("left_shoulder") - body.at("right_shoulder")).real
        return _AWAY.get(self._view) == bool(np.nanmedian(across) > 0)

    def read(self, body: BodyWindow, flight_peaks: tuple[float, float, float], *, turned: bool) -> Stride:
        """The stride between three flight_peaks; ``body`` reaches a little beyond them.

        Who ``turned`` and runs back past the camera is to be mirrored before. Of who shows his back instead
        of his front is read what looks the same from there.
        """
        contacts = tuple(contact(body, a, b, self.facing) for a, b in pairwise(flight_peaks))
        rows = body.rows(flight_peaks[0] - EARLY * (flight_peaks[1] - flight_peaks[0]), flight_peaks[2])
        points = body.points[rows]
        columns = self.rows(points, self._facing, body.scale)
        signals = dict(zip(self.rows.names, columns, strict=True))
        kind = locomotion(body, flight_peaks, side_on=self.side_on)
        bare = Stride(flight_peaks, contacts, kind, _bounce(body, flight_peaks))
        values = {
            n: self._measured(m, signals[m.signal], body.t[rows], bare)
            if self.side_on or not turned or _from_both_ends(m)
            else np.nan
            for n, m in self._measures.items()
        }
        values |= {n: self._number(number.of, bare) for n, number in self._numbers.items()}
        seen = np.isfinite(points).mean(axis=0) >= LEAST_SEEN
        return replace(bare, values=values, seen=seen, mirrored=turned and self.side_on)

    def _measured(self, measure: Measure, x: Floats, t: Floats, stride: Stride) -> float:
        """A measure over one stride, the mean over its contacts where it looks at those."""
        contacts = stride.of(self._leg(measure))
        whole = (stride.flight_peaks[0], stride.flight_peaks[2])
        if not measure.of_steps:
            # A stride ends as it began: a body that comes nearer meanwhile does not bounce by that.
            return _within(measure.take, _level(x, t, whole) if measure.still_camera else x, t, whole)
        values = [_within(measure.take, x, t, self._span(measure, c)) for c in contacts]
        if measure.against == "stride":
            mean = _within("mean", x, t, whole)
            values = [v - mean for v in values]
        if measure.against == "midstance":
            rests = [_within("median", x, t, _around(c.mid_s, MOMENT_S)) for c in contacts]
            values = [v - rest for v, rest in zip(values, rests, strict=True)]
        known = [v for v in values if np.isfinite(v)]
        return float(np.mean(known)) if known else np.nan

    @staticmethod
    def _span(measure: Measure, contact: Contact) -> Span:
        """Where in a contact a measure looks, seconds."""
        if measure.during[0] == "stance":
            return contact.on_s, contact.off_s
        at_s = contact.on_s if measure.during[0] == "contact" else contact.mid_s
        return _around(at_s, NEAR_S if measure.take in ("min", "max") else MOMENT_S)

    def _leg(self, measure: Measure) -> Side | None:
        """The leg whose contacts a measure looks at; None for either."""
        other: Side = "right" if self._near == "left" else "left"
        named: dict[str | None, Side] = {"near": self._near, "far": other, "left": "left", "right": "right"}
        return named.get(measure.reading.role)

    def _number(self, of: StepNumber, stride: Stride) -> float:
        whole = stride.lasts_s
        if of == "cadence":
            return 120.0 / whole
        if of == "asymmetry":
            return _asymmetry(stride)
        known = [c.time_s for c in stride.of(self._near if self.side_on else None) if np.isfinite(c.time_s)]
        on_s = float(np.mean(known)) if known else np.nan
        return {"contact_time": on_s, "flight_time": whole / 2 - on_s}.get(of, 100.0 * on_s / whole)


def _bounce(body: BodyWindow, flight_peaks: tuple[float, float, float]) -> float:
    """Height of the wave that the hips make once a step, whatever way they go beside it."""
    rows = body.rows(flight_peaks[0], flight_peaks[2])
    t, height = body.t[rows] - flight_peaks[0], body.middle("hip").imag[rows]
    known = np.isfinite(height)
    if known.sum() < max(LEAST_SEEN * len(t), 4):
        return np.nan
    phase = 4 * np.pi * t / (flight_peaks[2] - flight_peaks[0])
    waves = np.stack([np.cos(phase), np.sin(phase), np.ones_like(t), t], axis=1)
    (cos, sin, *_), *_ = np.linalg.lstsq(waves[known], height[known], rcond=None)
    return float(2 * np.hypot(cos, sin)) / body.scale


def _asymmetry(stride: Stride) -> float:
    """How much longer the step onto the left foot takes than that onto the right, percent of their mean."""
    first, second = stride.contacts
    if first is None or second is None or first.side == second.side:
        return np.nan
    onto_second = second.on_s - first.on_s
    share = 200.0 * (2 * onto_second / stride.lasts_s - 1.0)
    return share if second.side == "left" else -share


def _from_both_ends(measure: Measure) -> bool:
    """Whether front and back show the same: angles, what feet do, what changes; not how far a head is off."""
    alike = measure.of_steps or measure.take == "range" or measure.unit == "deg"
    return alike and {"front", "back"} <= set(measure.seen_from)


def _level(x: Floats, t: Floats, span: Span) -> Floats:
    """A signal without what its end in a span differs from its beginning."""
    first, last = np.searchsorted(t, span).clip(0, len(t) - 1)
    level: Floats = x - (x[last] - x[first]) * (t - t[first]) / (t[last] - t[first])
    return level


def _around(at_s: float, reach_s: float) -> Span:
    return at_s - reach_s, at_s + reach_s


def _within(how: str, x: Floats, t: Floats, span: Span) -> float:
    return _taken(how, x[(t >= span[0]) & (t <= span[1])])


def _taken(how: str, x: Floats) -> float:
    """One number out of many; NaN where too few were seen."""
    known = x[np.isfinite(x)]
    if not len(known) or len(known) < LEAST_SEEN * len(x):
        return np.nan
    return float(_TAKES[how](known))
