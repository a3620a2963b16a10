"""Twelve weeks of different people: the article's rules hold at every step, for everybody."""

from datetime import date, timedelta
from functools import cache
from random import Random

import pytest

from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.plan import is_held, plan_on, rules
from formcheck.types.training import Done, Entry, Item, PainReport, Plan
from tests.unit.plan.people import MONDAY, WEEKS, Diary, Way, begin, live

RULES = rules()
ORDER = RULES.places


def perfect(item: Item, day: date, random: Random) -> Way:
    return Way()


def weak_side(item: Item, day: date, random: Random) -> Way:
    """The right side manages the trials, and never a set of ten."""
    return Way(right=9.0 if item.reps else 22.0)


def sagging(item: Item, day: date, random: Random) -> Way:
    """Planks sag, and longer sets of anything lose their form."""
    long = (item.reps or 0) >= 12
    return Way(good=0.5 if "plank" in item.exercise else 0.7 if long else 1.0)


def in_pain(item: Item, day: date, random: Random) -> Way:
    return Way(pain="pain" if random.random() < 0.15 else "none")


def numb_once(item: Item, day: date, random: Random) -> Way:
    return Way(pain="numb" if day >= MONDAY + timedelta(days=30) else "none")


def forgetful(item: Item, day: date, random: Random) -> Way:
    """Forgets to say how it felt, and films badly at times."""
    return Way(pain=random.choice(["none", None]), coverage=random.choice([1.0, 0.5]))


def never_improving(item: Item, day: date, random: Random) -> Way:
    """Manages what is easy, and never a third set in form."""
    hard = ORDER.get(item.exercise, 0) > 3
    return Way(good=0.4 if hard else 0.7 if item.kind == "training" else 0.8)


def hopeless(item: Item, day: date, random: Random) -> Way:
    return Way(good=0.3)


def unsteady(item: Item, day: date, random: Random) -> Way:
    return Way(good=random.choice([0.3, 0.7, 0.9, 1.0]), left=random.choice([7.0, 100.0]))


PEOPLE = {
    "perfect": (perfect, 1.0, 3),
    "weak side": (weak_side, 1.0, 3),
    "sagging": (sagging, 1.0, 3),
    "in pain": (in_pain, 1.0, 4),
    "numb once": (numb_once, 1.0, 3),
    "forgetful": (forgetful, 1.0, 3),
    "irregular": (unsteady, 0.35, 5),
    "never improving": (never_improving, 1.0, 3),
    "hopeless": (hopeless, 1.0, 2),
}


@cache
def diary(name: str) -> Diary:
    person, comes, days = PEOPLE[name]
    return live(person, start=begin(days=days), comes=comes, seed=7)


def own(plan: Plan) -> list[Item]:
    return [item for item in (*plan.items, *plan.training) if item.kind != "stretch"]


def at_most_four_and_stretches(name: str) -> None:
    for look in diary(name).looks:
        assert len(look.plan.programme) <= 4
        assert sum(item.kind != "stretch" for item in look.plan.items) <= 4
        assert len({item.exercise for item in look.plan.items}) == len(look.plan.items)
        assert all(item.kind == "training" or item.sets <= 2 for item in look.plan.items)


def nothing_is_trained_that_has_not_passed_its_trial(name: str) -> None:
    """The bare rule, applied again from the records: form, amount, sight and no pain, on one day."""
    for look in diary(name).looks:
        for item in own(look.plan):
            if item.kind == "training":
                assert _went(look.before, item.exercise), (look.plan.day, item.exercise)


def nothing_harder_without_form(name: str) -> None:
    """Whatever follows on an exercise follows on two sessions of all sets at their most, in form."""
    advanced = [d for d in diary(name).looks[-1].plan.decisions if d.kind == "advanced"]
    for decision in advanced:
        done = {d.session: d for d in diary(name).entries if isinstance(d, Done)}
        behind = [done[id_] for id_ in decision.sessions]
        before = [d for d in behind if d.exercise != decision.exercise]
        assert len(before) >= RULES.harder.sessions
        for record in before:
            most = RULES.goals(record.exercise)[-1]
            assert _sets_at(record, most) >= 3
            assert _good(record) >= 0.8
            assert RULES.rank(record.exercise) < RULES.rank(str(decision.exercise))
    assert advanced or name not in {"perfect", "in pain", "sagging"}


def pain_is_respected(name: str) -> None:
    """What hurt is not asked for within a week; numbness ends everything."""
    for look in diary(name).looks:
        hurt = {
            found.exercise
            for found in look.before
            if isinstance(found, PainReport) and found.pain != "none" and _days(found, look.plan) < 7
        }
        assert not hurt & {item.exercise for item in (*look.plan.items, *look.plan.training)}
        assert not hurt & {slot.exercise for slot in look.plan.programme}
        assert not hurt or look.plan.warn
        if any(isinstance(found, PainReport) and found.pain == "numb" for found in look.before):
            assert look.plan.state == "stopped"
            assert (look.plan.items, look.plan.training) == ((), ())


def goals_rise_from_eight_to_twelve_and_count_each_side(name: str) -> None:
    for look in diary(name).looks:
        for item in own(look.plan):
            assert item.per_side == (catalog()[item.exercise].sides != "both")
            if item.kind == "training":
                assert item.sets == 3
                assert (item.seconds if is_held(item.exercise) else item.reps) in RULES.goals(item.exercise)


def every_decision_has_its_reason_and_sessions(name: str) -> None:
    known = {d.session for d in diary(name).entries if isinstance(d, Done)}
    for decision in diary(name).looks[-1].plan.decisions:
        assert sentence(decision.why).endswith(".")
        assert set(decision.sessions) <= known
        assert decision.sessions or decision.kind in {"begun", "stopped", "fewer"}


def the_same_history_gives_the_same_plan(name: str) -> None:
    """In whatever order two devices wrote it."""
    look = diary(name).looks[-1]
    mixed = list(look.before)
    Random(3).shuffle(mixed)
    assert plan_on(look.plan.day, mixed) == look.plan


def training_days_are_spread(name: str) -> None:
    _, _, days = PEOPLE[name]
    trained = sorted(
        {d.when.date() for d in diary(name).entries if isinstance(d, Done) and d.exercise in ORDER}
    )
    for week in range(WEEKS):
        monday = MONDAY + timedelta(days=7 * week)
        assert sum(monday <= day < monday + timedelta(days=7) for day in trained) <= days


@pytest.mark.parametrize("name", PEOPLE)
def test_the_rules_hold_at_every_step(name: str) -> None:
    for check in (
        at_most_four_and_stretches,
        nothing_is_trained_that_has_not_passed_its_trial,
        nothing_harder_without_form,
        pain_is_respected,
        goals_rise_from_eight_to_twelve_and_count_each_side,
        every_decision_has_its_reason_and_sessions,
        the_same_history_gives_the_same_plan,
        training_days_are_spread,
    ):
        check(name)


def test_perfect_reaches_the_top() -> None:
    programme = [slot.exercise for slot in diary("perfect").looks[-1].plan.programme]
    assert programme == ["single_leg_deadlift", "high_plank_limb_raise", "v_up", "single_leg_jump_squat"]


def test_weak_side_stays_where_its_weaker_side_is() -> None:
    plan = diary("weak side").looks[-1].plan
    assert [slot.exercise for slot in plan.programme][:2] == ["superman", "beetle"]
    assert {slot.goal for slot in plan.programme if catalog()[slot.exercise].sides != "both"} <= {10.0, 30.0}


def test_sagging_is_never_given_a_plank() -> None:
    plan = diary("sagging").looks[-1].plan
    assert plan.programme
    assert not any("plank" in slot.exercise for slot in plan.programme)


def test_never_improving_stays_at_the_top_of_the_order() -> None:
    plan = diary("never improving").looks[-1].plan
    assert {slot.place for slot in plan.programme} <= {1, 2, 3}
    assert all(slot.goal == RULES.goals(slot.exercise)[0] for slot in plan.programme)


def test_hopeless_goes_on_with_trials_of_the_easiest() -> None:
    for look in diary("hopeless").looks:
        assert not look.plan.programme
        assert all(ORDER[item.exercise] <= 4 for item in own(look.plan))
    assert any(look.item is not None for look in diary("hopeless").looks[-14:])


def _days(entry: Entry, plan: Plan) -> int:
    return (plan.day - entry.when.date()).days


def _went(before: tuple[Entry, ...], exercise: str) -> bool:
    done = [e for e in before if isinstance(e, Done) and e.exercise == exercise]
    painless = {
        e.when.date()
        for e in before
        if isinstance(e, PainReport) and (e.exercise, e.pain) == (exercise, "none")
    }
    return any(
        _sets_at(d, 10 if is_held(exercise) else 5) >= 1
        and _good(d) >= 0.8
        and d.sets[0].coverage >= 0.7
        and d.when.date() in painless
        for d in done
    )


def _sets_at(record: Done, goal: float) -> int:
    """Sets in which both sides reached the goal."""
    full = []
    for one in record.sets:
        sides = [n for n in (one.left, one.right) if n is not None]
        amount = one.seconds if one.seconds is not None else min(sides, default=one.reps or 0)
        full.append((one.side, amount >= goal))
    if any(side for side, _ in full):
        return min(sum(ok for side, ok in full if side == which) for which in ("left", "right"))
    return sum(ok for _, ok in full)


def _good(record: Done) -> float:
    if is_held(record.exercise):
        return sum(s.clean_s or 0 for s in record.sets) / sum(s.seconds or 0 for s in record.sets)
    return sum(s.good or 0 for s in record.sets) / sum(s.reps or 0 for s in record.sets)
