"""A pose model's errors in one frozen table: corrections by signal, and the noise below thresholds."""

from fnmatch import fnmatchcase
from itertools import combinations
from typing import Annotated

from pydantic import Field, model_validator

from formcheck.sensor.correction import Correction, Of, ProfileTable, SignalName
from formcheck.sensor.doubt import Doubt
from formcheck.sensor.noise import Feet, Noise, Spread, Trust, ViewBounds
from formcheck.types.posture import Posture

Share = Annotated[float, Field(gt=0, le=1)]
Positive = Annotated[float, Field(ge=0, le=1000)]
ByUnit = Annotated[dict[str, Positive], Field(max_length=20)]


class Timing(ProfileTable):
    """The share of a smooth half that lies between 5 and 95 % of its way, which is what is timed.

    ``signals`` where the counted signal runs otherwise than ``usual``.
    """

    usual: Share
    signals: dict[SignalName, Share] = Field(default_factory=dict)

    def timed(self, half_s: float, signal: str | None) -> float:
        """What is timed of a half of the movement that takes ``half_s``, to a hundredth of a second."""
        return round(half_s * self.signals.get(signal or "", self.usual), 2)


class SensorProfile(ProfileTable):
    """What is known of a pose model.

    Attributes
    ----------
    name : of the profile.
    models : names of the models it describes; ``*`` stands for anything.
    sha256 : of their files.
    based_on : the profile whose entries hold where this one has none of its own; None for the first.
    measured : whether anybody measured the model; limits of form are the catalogue's own where not.
    signal : corrections; of those that fit, the most specific holds.
    timing : of the tempo phases of a repetition.
    trust, view, noise, feet : what thresholds stand upon.
    spread : how far off what is read may be.
    doubt : how far off its landmarks may be.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    models: tuple[str, ...] = Field(default=(), strict=False)
    sha256: tuple[str, ...] = Field(default=(), strict=False)
    based_on: str | None = None
    measured: bool = True
    signal: tuple[Correction, ...] = Field(default=(), strict=False)
    timing: Timing
    trust: Trust
    view: ViewBounds
    noise: Noise
    feet: Feet
    spread: Spread = Field(default_factory=Spread)
    doubt: Doubt

    @model_validator(mode="after")
    def _unambiguous(self) -> "SensorProfile":
        for a, b in combinations(self.signal, 2):
            if a.rivals(b):
                raise ValueError(f"two corrections of {a.signals[0]} ({a.of}), neither more specific")
        return self

    def named(self, name: str) -> bool:
        """Whether it describes models of that name."""
        return any(fnmatchcase(name, pattern) for pattern in self.models)

    def correction(self, signal: str, of: Of, view: str, posture: Posture | None) -> Correction:
        """The most specific correction of a signal seen so, posture before view before side of the body.

        Where there is none, one that corrects nothing.
        """
        fitting = (c for c in self.signal if c.fits(signal, of, view, posture))
        nothing = Correction(signals=(signal,), evidence="none known")
        return max(fitting, key=lambda c: (*c.narrow, signal in c.signals), default=nothing)
