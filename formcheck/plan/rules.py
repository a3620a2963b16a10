"""The training rule as data: read from rules.toml, as strict as an exercise file."""

import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import Annotated, Self

from pydantic import Field, model_validator

from formcheck.exercises import catalog
from formcheck.exercises.fields import Seconds, Table, Text
from formcheck.exercises.sources import Basis

Share = Annotated[float, Field(gt=0, le=1)]
Days = Annotated[int, Field(ge=1, le=365)]
Count = Annotated[int, Field(ge=1, le=99)]
Ids = Annotated[tuple[str, ...], Field(strict=False)]
Times = Annotated[tuple[Seconds, ...], Field(min_length=1, strict=False)]


class Trial(Table):
    """A short try whether an exercise goes: so many repetitions, or seconds of a hold, of each side.

    ``less_seen`` : by exercise, where no place of the camera shows ``coverage`` of the form.
    ``first_day``, ``a_day`` : at most so many, before there is a programme and after.
    ``beyond`` : so many places above the hardest that went. ``again_days`` : until one that did not is tried
    anew.
    """

    reps: Count
    seconds: Seconds
    good: Share
    coverage: Share
    less_seen: dict[str, Share] = Field(default_factory=dict)
    first_day: Count
    a_day: Count
    beyond: Count
    again_days: Days
    basis: Basis


class Programme(Table):
    """How many exercises are trained."""

    exercises: Count
    basis: Basis


class Sets(Table):
    """Sets, and the repetitions of one: from ``least``, by ``step``, to ``most``."""

    sets: Count
    least: Count
    most: Count
    step: Count
    basis: Basis


class HoldRules(Table):
    """The seconds of a set that is held, one goal after the other; ``longer`` by exercise."""

    seconds: Times
    longer: dict[str, Times] = Field(default_factory=dict)
    basis: Basis


class Rest(Table):
    """Between two sets."""

    seconds: Seconds
    basis: Basis


class Harder(Table):
    """When more, or a harder one, comes: the share of good ones, and in how many sessions at the most."""

    good: Share
    sessions: Count
    basis: Basis


class Easier(Table):
    """Below this share of good ones it was too hard."""

    good: Share
    basis: Basis


class Aches(Table):
    """For how long an exercise that hurt is left out, and runs are easy."""

    pause_days: Days
    ache_days: Days
    basis: Basis


class Gap(Table):
    """After so long without it an exercise begins with the fewest repetitions."""

    days: Days
    basis: Basis


class RunRules(Table):
    """For how long a run leads to exercises, and to how many of the programme at once."""

    days: Days
    at_once: Count
    basis: Basis


class StretchRules(Table):
    """The stretches, in their order."""

    exercises: Ids
    sets: Count
    seconds: Seconds
    reps: Count
    rest: Seconds
    basis: Basis


class Needs(Table):
    """What needs a floor to lie on (outdoors: a mat), and what a wall."""

    floor: Ids
    wall: Ids


class Place(Table):
    """One place of the order: its ``forms`` from easy to hard, where to ``begin``, what is as hard."""

    forms: Ids
    begin: str
    instead: Ids = ()

    @model_validator(mode="after")
    def _begins(self) -> Self:
        if self.begin not in self.forms:
            raise ValueError(f"begin '{self.begin}' is none of its forms")
        return self

    @property
    def all(self) -> tuple[str, ...]:
        """Every form."""
        return (*self.forms, *self.instead)

    @property
    def tried(self) -> tuple[str, ...]:
        """The forms in the order they are tried: its own, what is as hard, then easier and easier ones."""
        below = self.forms[: self.forms.index(self.begin)]
        return (self.begin, *self.instead, *reversed(below))


class PlanRules(Table):
    """All of it."""

    schema_: int = Field(alias="schema", ge=1, le=1)
    safety: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    trial: Trial
    programme: Programme
    sets: Sets
    holds: HoldRules
    rest: Rest
    harder: Harder
    easier: Easier
    pain: Aches
    gap: Gap
    run: RunRules
    stretch: StretchRules
    needs: Needs
    place: Annotated[tuple[Place, ...], Field(min_length=1, strict=False)]

    @model_validator(mode="after")
    def _known(self) -> Self:
        forms = [form for place in self.place for form in place.all]
        named = [*forms, *self.stretch.exercises, *self.needs.floor, *self.needs.wall, *self.holds.longer]
        named += self.trial.less_seen
        unknown = [name for name in named if name not in catalog()]
        if unknown:
            raise ValueError(f"'{unknown[0]}': no such exercise")
        if len(set(forms)) < len(forms):
            raise ValueError("an exercise stands in two places")
        if self.sets.least > self.sets.most or self.easier.good > self.harder.good:
            raise ValueError("least above most, or easier above harder")
        return self

    @cached_property
    def places(self) -> dict[str, int]:
        """Number of the place of each exercise, from 1."""
        return {form: n for n, place in enumerate(self.place, 1) for form in place.all}

    def rank(self, exercise: str) -> tuple[int, int]:
        """How hard an exercise is: its place, and its form within it. What is as hard ranks as `begin`."""
        place = self.place[self.places[exercise] - 1]
        form = exercise if exercise in place.forms else place.begin
        return self.places[exercise], place.forms.index(form)

    def coverage(self, exercise: str) -> float:
        """How much of its form has to be seen, 0..1."""
        return self.trial.less_seen.get(exercise, self.trial.coverage)

    def goals(self, exercise: str) -> tuple[float, ...]:
        """What a set has to reach, one goal after the other: repetitions, or seconds of a hold."""
        if is_held(exercise):
            return self.holds.longer.get(exercise, self.holds.seconds)
        rising = range(self.sets.least, self.sets.most, self.sets.step)
        return (*(float(n) for n in rising), float(self.sets.most))


@cache
def is_held(exercise: str) -> bool:
    """Whether a set of it is held for seconds, not counted."""
    return catalog()[exercise].is_held


@cache
def rules() -> PlanRules:
    """The rules that come with formcheck."""
    text = (resources.files("formcheck.plan") / "rules.toml").read_text(encoding="utf-8")
    return PlanRules.model_validate(tomllib.loads(text))
