"""What a pose model's noise asks of thresholds: what is called a view, a difference, a foot on the ground."""

from typing import Annotated

from pydantic import Field

from formcheck.sensor.correction import ProfileTable, SignalName
from formcheck.signals.registry import SIGNALS

Positive = Annotated[float, Field(ge=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]
#: A number for each unit of a signal.
ByUnit = Annotated[dict[str, Positive], Field(max_length=20)]


#: And for each signal, without a side.
BySignal = Annotated[dict[SignalName, Positive], Field(max_length=200)]


class ViewBounds(ProfileTable):
    """What is shown of trunks from the side and from the front, in trunk lengths.

    Attributes
    ----------
    side_shoulders, side_hips : below both it is the side.
    front_shoulders, front_hips : above one of both it is the front or back.
    axial : a trunk seen shorter points at the camera.
    shoulders, hips : how wide they are, seen from the front.
    level_side_deg : a body with a level trunk that is off square by more, as of `Widths`, is at an angle.
    level_as_side_deg : up to so much it is still judged as from the side.
    oblique_as_side, oblique_as_front : hips narrower, or wider, are still judged as from the side or front.
    widen : by which limits give way at such an angle, by unit.
    """

    side_shoulders: Positive
    side_hips: Positive
    front_shoulders: Positive
    front_hips: Positive
    axial: Positive
    shoulders: Positive
    hips: Positive
    level_side_deg: Positive
    level_as_side_deg: Positive
    oblique_as_side: Positive
    oblique_as_front: Positive
    widen: ByUnit


class Noise(ProfileTable):
    """Differences that are the sensor's, by unit.

    Attributes
    ----------
    flicker : a fault that is on stays until the value has come back by this.
    sides : between left and right.
    sessions : between two sessions filmed alike: of the range of motion, and "s" of the tempo.
    strides : from a stride to the next (interquartile): wilder, and not all were read right.
    cadence : share of the cadence.
    counts, held_s : repetitions, and seconds of a hold, between two sessions.
    """

    flicker: ByUnit
    sides: ByUnit
    sessions: ByUnit
    strides: ByUnit
    cadence: Share
    counts: Positive
    held_s: Positive


class Spread(ProfileTable):
    """How far off the middle of what is read is, in two of three clips; empty where nobody measured it.

    Attributes
    ----------
    units : by unit.
    signals : by signal, in its own unit, where that is known.
    """

    units: ByUnit = Field(default_factory=dict)
    signals: BySignal = Field(default_factory=dict)

    def of(self, signal: str, unit: str) -> float:
        """Of a signal read in ``unit``, which for its speed is another; 0 not known."""
        name = signal.partition(".")[0]
        own = self.signals.get(name) if name and SIGNALS[name].unit == unit else None
        return self.units.get(unit, 0.0) if own is None else own


class Feet(ProfileTable):
    """How feet on the ground are shown.

    ``event_s`` : how far a landing or a toe-off is dated wrong beside one frame, seconds.
    """

    event_s: Positive


class Trust(ProfileTable):
    """Which landmarks are believed, by the visibility 0..1 that the model gives them.

    Attributes
    ----------
    usable : at least this visible, one may carry a verdict.
    countable : a weaker one, at least this visible, may still count repetitions.
    margin : this close to the border (share of the picture) or outside it, it is a guess.
    count_within : one that is no further off than this, trunk lengths, may count though hidden; 0: none.
    judge_within : one that is no further off than this may carry a verdict though hidden; 0: none.
    verdict_within : one that may be further off than this, trunk lengths, carries no verdict, however visible
        it is; it may still count. Strides bear more, held against those beside them (`Noise.strides`).
    """

    usable: Share
    countable: Share
    margin: Share
    count_within: Share
    judge_within: Share
    verdict_within: Positive
