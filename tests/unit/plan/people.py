"""Simulated people who do what the plan tells them, each in their own way, for weeks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Literal

from formcheck.exercises import catalog
from formcheck.plan import plan_on
from formcheck.types.training import Done, Entry, Item, Pain, PainReport, Plan, SetDone, Start

MONDAY = date(2026, 11, 2)
WEEKS = 12
#: After how much of the training somebody stretches.
STRETCHES = 0.2
#: More exercises than anybody does in a day.
_MOST = 20


@dataclass(frozen=True)
class Way:
    """How an item goes: the most that each side manages of a set, and the share of it in good form."""

    left: float = 100.0
    right: float = 100.0
    good: float = 1.0
    coverage: float = 1.0
    pain: Pain | None = "none"


Person = Callable[[Item, date, Random], Way]


@dataclass
class Look:
    """A plan that was looked at, what was done of it, and the history before."""

    plan: Plan
    item: Item | None
    way: Way | None
    before: tuple[Entry, ...]


@dataclass
class Diary:
    """All that happened to somebody."""

    entries: list[Entry]
    looks: list[Look] = field(default_factory=list)


def begin(*, pain: Pain = "none", days: int = 3) -> Start:
    """The answers before the first Monday's training."""
    return Start(at(MONDAY, 0), pain, "indoors", ("mat", "wall"), days)


def live(person: Person, *, start: Start | None = None, comes: float = 1.0, seed: int = 1) -> Diary:
    """Twelve weeks of somebody who comes to a share of the days that are meant for training."""
    random, session = Random(seed), 0
    diary = Diary([start or begin()])
    for n in range(7 * WEEKS):
        day = MONDAY + timedelta(days=n)
        plan = plan_on(day, diary.entries)
        if plan.state != "training" or random.random() >= comes:
            diary.looks.append(Look(plan, None, None, tuple(diary.entries)))
            continue
        for minute in range(1, _MOST):
            item = plan.items[0]
            way = person(item, day, random)
            diary.looks.append(Look(plan, item, way, tuple(diary.entries)))
            session += 1
            diary.entries += records(item, way, at(day, minute), session)
            plan = plan_on(day, diary.entries)
            tired = random.random() >= STRETCHES
            if not plan.items or (tired and plan.items[0].kind == "stretch"):
                break
        diary.looks.append(Look(plan, None, None, tuple(diary.entries)))
    return diary


def at(day: date, minute: int) -> datetime:
    """A moment of a day, in UTC."""
    return datetime.combine(day, time(12, minute), UTC)


def records(item: Item, way: Way, when: datetime, session: int | None) -> Iterator[Entry]:
    """An item as it is stored once it was done."""
    yield Done(when, item.exercise, tuple(_sets(item, way)), session)
    if way.pain is not None:
        yield PainReport(when + timedelta(seconds=30), item.exercise, way.pain)


def _sets(item: Item, way: Way) -> Iterator[SetDone]:
    sides = catalog()[item.exercise].sides
    goal = item.seconds if item.seconds is not None else float(item.reps or 0)
    left, right = min(goal, way.left), min(goal, way.right)
    for _ in range(item.sets):
        if sides == "each":
            yield _one(item, way, left, "left")
            yield _one(item, way, right, "right")
        elif sides == "alternate":
            total = round(left) + round(right)
            yield SetDone(total, round(total * way.good), round(left), round(right), coverage=way.coverage)
        else:
            yield _one(item, way, min(left, right), None)


def _one(item: Item, way: Way, amount: float, side: Literal["left", "right"] | None) -> SetDone:
    if item.seconds is not None:
        return SetDone(seconds=amount, clean_s=amount * way.good, side=side, coverage=way.coverage)
    n = round(amount)
    return SetDone(n, round(n * way.good), side=side, coverage=way.coverage)
