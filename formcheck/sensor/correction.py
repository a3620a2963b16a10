"""What becomes of one signal's true value on its way through a pose model."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from formcheck.signals.registry import ROLES, SIGNALS, nearest
from formcheck.types.posture import Posture

View = Literal["side", "front", "back"]
Of = Literal["level", "change", "speed"]

#: What is read is stated to this step and no finer, by the unit of the signal.
STEPS = {"deg": 0.5, "%": 0.5}
FINEST = 0.01
#: Coarser than the dust of floating point.
_DECIMALS = 9


class ProfileTable(BaseModel):
    """A table of a profile: nothing unknown in it, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _known(text: str) -> str:
    name, _, role = text.partition(".")
    if name not in SIGNALS:
        raise ValueError(f"no signal '{name}'{nearest(name, SIGNALS)}")
    if role and (role not in ROLES or not SIGNALS[name].sided):
        raise ValueError(f"signal '{name}' has no side '{role}'")
    return text


SignalName = Annotated[str, AfterValidator(_known)]


def _one_unit(names: tuple[str, ...]) -> tuple[str, ...]:
    if len({_unit(name) for name in names}) > 1:
        raise ValueError("signals of several units; give each unit its own correction")
    return names


def _unit(signal: str) -> str:
    return SIGNALS[signal.partition(".")[0]].unit


class Correction(ProfileTable):
    """Signals as a model shows them: ``gain`` times the true value, plus ``offset``.

    Attributes
    ----------
    signals : by name, all of one unit; without a side it holds for every side.
    of : "level" for a value as it stands, "change" for one against another (from rest or start, a range),
        "speed" for how fast it changes.
    views, postures : for which it was measured; empty for all.
    below, above : how much lower and higher than that a true body at its limit may be shown, in the signal's
        unit: limits give way outward by it.
    sd, n : spread of the error that is left, in the signal's unit, and from how many clips; None not known.
    evidence : what was measured.
    """

    signals: Annotated[tuple[SignalName, ...], AfterValidator(_one_unit)] = Field(min_length=1, strict=False)
    of: Of = "level"
    views: tuple[View, ...] = Field(default=(), strict=False)
    postures: tuple[Posture, ...] = Field(default=(), strict=False)
    gain: float = Field(default=1.0, gt=0, le=10)
    offset: float = Field(default=0.0, ge=-1000, le=1000)
    below: float = Field(default=0.0, ge=0, le=1000)
    above: float = Field(default=0.0, ge=0, le=1000)
    sd: float | None = Field(default=None, ge=0)
    n: int | None = Field(default=None, ge=1)
    evidence: str = Field(min_length=5, max_length=1000)

    def fits(self, signal: str, of: Of, view: str, posture: Posture | None) -> bool:
        """Whether it speaks of a signal seen so."""
        return (
            not {signal, signal.partition(".")[0]}.isdisjoint(self.signals)
            and self.of == of
            and (not self.views or view in self.views)
            and (not self.postures or posture in self.postures)
        )

    @property
    def narrow(self) -> tuple[bool, bool]:
        """Orders corrections that fit: the largest is the most specific, posture before view."""
        return bool(self.postures), bool(self.views)

    def rivals(self, other: "Correction") -> bool:
        """Whether both would speak of the same, neither more specific than the other."""
        pairs = ((self.views, other.views), (self.postures, other.postures))
        return (
            not set(self.signals).isdisjoint(other.signals)
            and (self.of, self.narrow) == (other.of, other.narrow)
            and all(not a or not set(a).isdisjoint(b) for a, b in pairs)
        )

    def value(self, true: float) -> float:
        """What the model shows of a true value."""
        return self._stated(self.gain * true + self.offset)

    def low(self, true: float) -> float:
        """Where the model surely shows less than a true lower limit."""
        return self._stated(self.gain * true + self.offset - self.below)

    def high(self, true: float) -> float:
        """Where the model surely shows more than a true upper limit."""
        return self._stated(self.gain * true + self.offset + self.above)

    def _stated(self, shown: float) -> float:
        """To the step of its unit; what nothing corrects stays as exact as it was written."""
        if (self.gain, self.offset, self.below, self.above) == (1.0, 0.0, 0.0, 0.0):
            return shown
        step = STEPS.get(_unit(self.signals[0]), FINEST)
        return round(round(shown / step) * step, _DECIMALS)
