"""Twelve weeks of drawn people, from landmarks through the engine to the plan; short sets save time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.plan import done_of, plan_on, rules
from formcheck.plan.rules import PlanRules
from formcheck.types import Section, Session
from formcheck.types.training import Entry, Item, PainReport, Plan, Start
from sample_videos.drawn import EXERCISES
from tests.figures import figure

MONDAY = date(2026, 11, 2)
#: The same rules, with a trial of 2 repetitions and sets of 3 and 4: some seconds of motion, not a minute.
_REPORTED = rules().model_dump(by_alias=True)
SHORT = PlanRules.model_validate(
    _REPORTED
    | {"trial": _REPORTED["trial"] | {"reps": 2, "seconds": 4.0}}
    | {"sets": _REPORTED["sets"] | {"least": 3, "most": 4, "step": 1}}
    | {"holds": _REPORTED["holds"] | {"seconds": (5.0, 6.0), "longer": {"plank_hold": (5.0, 6.0)}}}
)
SLOW = {"half_s": 1.4, "rest_s": 0.3, "lead_s": 0.5}
#: How far the weak side gets.
WEAK = 0.25
#: Never slow, and where there is no tempo never steady.
HURRIES = {"single_leg_stability_hold": "foot_down", "plank_hold": "hip_sag"}
#: Beyond the error limit.
SAGS = {"high_plank_leg_lift": "hip_sag", "plank_hold": "hip_sag", "high_plank_limb_raise": "hip_sag"}


@cache
def one_set(exercise: str, amount: float, side: str | None, wrong: str | None) -> Session:
    """A set as the engine judges its landmarks; ``wrong`` is a dial, or "weak right"."""
    known = find_exercise(exercise)
    words: dict[str, Any] = {"view": known.camera.views[0], "fps": 15.0}
    if side is not None:
        words["side"] = side
    if EXERCISES[exercise].tempo:
        reps = round(amount) * (2 if known.sides == "alternate" else 1)
        words |= SLOW | {"reps": reps}
        if wrong == "weak right" and known.sides == "alternate":
            words["depth"] = [1.0, WEAK] * round(amount)
        elif wrong == "weak right" and side == "right":
            words["depth"] = WEAK
    else:
        words["duration_s"] = amount * (0.5 if wrong == "weak right" and side == "right" else 1.0)
    if wrong == "too_fast":
        words |= {"half_s": 0.35, "fps": 30.0}
    elif wrong not in (None, "weak right"):
        words[str(wrong)] = 1.0
    return judge(figure(exercise, **words).poses, known)


def performed(item: Item, person: str) -> Session:
    """All sets of an item as one session, as a guided one has them."""
    sides = ("left", "right") if find_exercise(item.exercise).sides == "each" else (None,)
    wrong = {
        "sagging": SAGS.get(item.exercise),
        "weak right": "weak right",
        "never improving": HURRIES.get(item.exercise, "too_fast"),
    }.get(person)
    amount = item.seconds if item.seconds is not None else float(item.reps or 0)
    sets = [one_set(item.exercise, amount, side, wrong) for side in sides] * item.sets
    names = ("exercise", "view", "summary", "result", "faults", "checks")
    parts = [Section(0.0, 0.0, *(getattr(s, n) for n in names)) for s in sets]

    return replace(sets[0], sections=tuple(parts))


def weeks(person: str) -> list[Plan]:
    """Every plan of twelve weeks, each before its first item is done."""
    entries: list[Entry] = [Start(_at(MONDAY, 0), "none", "indoors", ("mat",), 3)]
    plans, session, random = [], 0, Random(5)
    for n in range(84):
        day = MONDAY + timedelta(days=n)
        if person == "irregular" and random.random() < 0.6:
            continue
        for minute in range(1, 12):
            plan = plan_on(day, entries, SHORT)
            plans.append(plan)
            item = next((i for i in plan.items if i.kind != "stretch"), None)
            if item is None:
                break
            session += 1
            entries += done_of(performed(item, person), _at(day, minute), session)
            hurts = person == "in pain" and random.random() < 0.15
            entries.append(PainReport(_at(day, minute), item.exercise, "pain" if hurts else "none"))
    return plans


def _asked(plan: Plan) -> list[int]:
    return [SHORT.places[item.exercise] for item in plan.items if item.kind != "stretch"]


def _hurt_again(plans: list[Plan]) -> int:
    """How often something was asked for within a week after it hurt."""
    paused = [(d.exercise, d.day) for d in plans[-1].decisions if d.kind == "paused"]
    return sum(
        item.exercise == exercise and day < plan.day < day + timedelta(days=7)
        for plan in plans
        for item in plan.items
        for exercise, day in paused
    )


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(12, minute), UTC)


@pytest.mark.parametrize(
    "person", ["perfect", "sagging", "weak right", "in pain", "irregular", "never improving"]
)
def test_twelve_weeks(person: str) -> None:
    plans = weeks(person)
    for plan in plans:
        assert len(plan.programme) <= 4
        assert sum(item.kind != "stretch" for item in plan.items) <= 4
    last = plans[-1]
    trained = {slot.exercise for plan in plans for slot in plan.programme}
    places = [slot.place for slot in last.programme]
    if person == "perfect":
        assert places == [9, 10, 11, 12]
    elif person == "sagging":
        assert not trained & set(SAGS)
        assert len(places) == 4
    elif person == "in pain":
        assert _hurt_again(plans) == 0
        assert any(decision.kind == "paused" for decision in last.decisions)
    elif person == "irregular":
        assert len(places) == 4
        assert all(plan.week.days <= 3 for plan in plans)
    elif person == "never improving":
        assert not trained
        assert all(rank <= 4 for plan in plans for rank in _asked(plan))
        return
    else:
        assert trained <= {e for e in SHORT.places if find_exercise(e).sides == "both"}
        assert trained
    assert {d.kind for d in last.decisions} >= {"entered", "more"}
    assert all(d.sessions for d in last.decisions if d.kind in {"entered", "more", "advanced", "kept"})
