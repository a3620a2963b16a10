"""The tables that only a run has: numbers of its steps, and what changes as the runner tires."""

from typing import Annotated, Literal

from pydantic import Field

from formcheck.exercises.fields import Reach, Sentence, Table
from formcheck.exercises.sources import Basis
from formcheck.exercises.tables import Limited

StepNumber = Literal["cadence", "contact_time", "flight_time", "duty_factor", "asymmetry"]
_UNITS: dict[str, str] = {"cadence": "spm", "contact_time": "s", "flight_time": "s"}


class StrideNumber(Limited):
    """A number of the steps themselves, which no single pose can tell.

    ``of``: steps a minute; seconds that a foot is on the ground, or none is; percent of a stride that a foot
    is on the ground; percent by which left and right steps differ in time.
    """

    of: StepNumber

    @property
    def take(self) -> Literal["median"]:
        """How one is made of many."""
        return "median"

    @property
    def unit(self) -> str:
        """The unit of its value."""
        return _UNITS.get(self.of, "%")

    @property
    def seen_from(self) -> tuple[str, ...]:
        """The views that can show it."""
        return self.views or ("side", "front", "back")

    @property
    def of_steps(self) -> bool:
        """Whether it needs to know when a foot landed, stood or left."""
        return self.of in ("contact_time", "flight_time", "duty_factor")


class DriftRule(Table):
    """How far a measure must change from the first to the last third of a run to be reported, and which way.

    ``least`` in the measure's unit, or in percent of the early value if ``relative``. ``tired`` is the way it
    goes as people tire; ``why`` says that in words.
    """

    least: Reach
    relative: bool = False
    tired: Literal["up", "down"]
    why: Sentence
    basis: Annotated[Basis, Field(exclude=True)]
