"""Single rules of the plan, each with a history small enough to be read."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources

import pytest
from pydantic import ValidationError

from formcheck.exercises import catalog
from formcheck.plan import done_of, plan_on, reasons, rules
from formcheck.plan.rules import PlanRules
from formcheck.types import Finding
from formcheck.types.reason import Reason
from formcheck.types.training import Done, Entry, PainReport, Plan, SetDone, Start
from tests.results import with_reps
from tests.unit.plan.people import MONDAY, at, begin
from tests.unit.store.made import golden, joined

FOUR = ("superman", "beetle", "single_leg_stability_hold", "high_plank_leg_lift")


def sets(exercise: str, amount: float, times: int = 3, good: float = 1.0) -> tuple[SetDone, ...]:
    """Sets of both sides alike."""
    if exercise in {"single_leg_stability_hold", "plank_hold"}:
        return (SetDone(seconds=amount, clean_s=amount * good),) * times
    return (SetDone(round(amount), round(amount * good)),) * times


def did(day: date, exercise: str, amount: float, minute: int = 1, **others: float) -> list[Entry]:
    """An exercise without pain."""
    when = at(day, minute)
    return [Done(when, exercise, sets(exercise, amount, **others), 1), PainReport(when, exercise, "none")]  # type: ignore[arg-type]


def tried(day: date = MONDAY, which: tuple[str, ...] = FOUR) -> list[Entry]:
    """The first day: trials that all went."""
    trials = [did(day, e, 10.0, n, times=1) for n, e in enumerate(which, 1)]
    return [begin(), *(entry for trial in trials for entry in trial)]


def on(day: int, entries: list[Entry]) -> Plan:
    """The plan so many days after the first Monday."""
    return plan_on(MONDAY + timedelta(days=day), entries)


def programme(plan: Plan) -> list[str]:
    return [slot.exercise for slot in plan.programme]


def test_the_order_is_the_articles() -> None:
    """As the catalog's levels have it, which come from the specification."""
    begins = [place.begin for place in rules().place]
    assert begins[:4] == list(FOUR)
    assert [catalog()[e].level for e in begins] == list(range(1, 13))
    assert [catalog()[e].kind for e in rules().stretch.exercises] == ["stretch"] * 3


def test_the_first_four_that_go() -> None:
    assert programme(on(0, tried())) == list(FOUR)
    assert [item.exercise for item in on(0, [begin()]).items[:4]] == list(FOUR)


def test_a_trial_needs_amount_form_sight_and_an_answer() -> None:
    one = Done(at(MONDAY, 1), "superman", (SetDone(5, 5),), 1)
    found = PainReport(at(MONDAY, 2), "superman", "none")
    assert programme(on(0, [begin(), one, found])) == ["superman"]
    for lacking in (
        [replace(one, sets=(SetDone(4, 4),)), found],
        [replace(one, sets=(SetDone(5, 3),)), found],
        [replace(one, sets=(SetDone(5, 5, coverage=0.6),)), found],
        [replace(one, sets=())],
        [one],
        [one, replace(found, pain="pain")],
    ):
        assert programme(on(0, [begin(), *lacking])) == []


def test_each_side_counts_for_itself() -> None:
    for done, goes in (
        ((SetDone(10, 10, 5, 5),), True),
        ((SetDone(10, 10, 7, 3),), False),
        ((SetDone(5, 5, side="left"), SetDone(5, 5, side="right")), True),
        ((SetDone(5, 5, side="left"), SetDone(5, 5, side="left")), False),
    ):
        exercise = "low_side_plank_lift" if done[0].side else "beetle"
        entries = [begin(), Done(at(MONDAY, 1), exercise, done, 1, pain="none")]
        found = on(0, entries).decisions
        assert any(d.kind == "not_yet" for d in found) is not goes


def test_what_does_not_go_makes_room_for_an_easier_form_then_the_next() -> None:
    entries = tried(which=FOUR[:3])
    entries += [Done(at(MONDAY, 9), FOUR[3], sets(FOUR[3], 5, 1, 0.4), 9, pain="none")]
    assert on(0, entries).items[0].exercise == "plank_hold"
    entries += [Done(at(MONDAY, 10), "plank_hold", sets("plank_hold", 10, 1, 0.4), 10, pain="none")]
    assert on(0, entries).items[0].exercise == "single_leg_bridge"


def test_form_that_does_not_hold_steps_back() -> None:
    entries = tried()
    for day in (2, 4, 7, 9):
        entries += [e for name in FOUR for e in did(MONDAY + timedelta(days=day), name, 30)]
    entries += did(MONDAY + timedelta(days=11), "single_leg_stability_reach", 5, times=1)
    assert "single_leg_stability_reach" in programme(on(11, entries))
    entries += did(MONDAY + timedelta(days=14), "single_leg_stability_reach", 8, good=0.5)
    plan = on(14, entries)
    assert "single_leg_stability_hold" in programme(plan)
    assert "single_leg_stability_reach" not in programme(plan)
    assert [d.kind for d in plan.decisions[-2:]] == ["stepped_back", "stepped_back"]


def test_after_a_long_gap_it_begins_with_the_fewest() -> None:
    entries = tried() + did(MONDAY + timedelta(days=2), "superman", 8)
    assert next(s.goal for s in on(4, entries).programme) == 10
    later = on(2 + rules().gap.days + 1, entries)
    assert next(s.goal for s in later.programme) == 8
    assert later.items[0].why == reasons.gap("superman", rules())


@pytest.mark.parametrize("place", ["indoors", "outdoors"])
def test_only_what_the_place_allows(place: str) -> None:
    start = Start(at(MONDAY, 0), "none", place, (), 3)  # type: ignore[arg-type]
    asked = {item.exercise for item in on(0, [start]).items}
    assert bool(asked & {*rules().needs.floor}) is (place == "indoors")
    assert not asked & {*rules().needs.wall}


def run(day: int, *faults: tuple[str, tuple[str, ...]], session: int = 99) -> Done:
    return Done(at(MONDAY + timedelta(days=day), 30), "running", (), session, train=faults)


HEAD = ("Head over shoulders", ("superman_pull", "wall_lat_pulldown", "quadruped_limb_raise"))
HIPS = ("Keep hips level", ("single_leg_bridge", "single_leg_stability_hold"))
LEAN = ("Stand taller", ("plank_hold", "beetle", "low_side_plank_lift"))


def test_a_run_brings_in_the_easiest_that_works_on_its_fault() -> None:
    entries = [*tried(), run(1, HEAD)]
    offered = next(item for item in on(2, entries).items if item.exercise == "quadruped_limb_raise")
    assert (offered.kind, offered.sessions) == ("trial", (99,))
    assert offered.why == Reason("why_run_asks", cue=HEAD[0])
    entries += did(MONDAY + timedelta(days=2), "quadruped_limb_raise", 5, times=1)
    plan = on(2, entries)
    assert "quadruped_limb_raise" in programme(plan)
    assert len(plan.programme) == 4
    assert 99 in plan.decisions[-1].sessions
    failed = [*tried(), run(1, HEAD)]
    failed += [
        Done(at(MONDAY + timedelta(days=2), 1), "quadruped_limb_raise", (SetDone(5, 1),), 5, pain="none")
    ]
    assert programme(on(2, failed)) == list(FOUR)


def test_a_run_asks_for_nothing_that_is_there_or_too_old_or_too_much() -> None:
    served = on(2, [*tried(), run(1, HIPS, LEAN)])
    assert [item.exercise for item in served.items[:4]] == list(FOUR)
    assert next(item.why for item in served.items if item.exercise == "beetle") == Reason(
        "why_also_for_run", reason=reasons.entered("beetle", rules()), cue=LEAN[0]
    )
    old = on(2 + rules().run.days, [*tried(), run(1, HEAD)])
    assert "quadruped_limb_raise" not in {item.exercise for item in old.items}
    full = on(2, [*tried(), run(1, HIPS, LEAN, HEAD)])
    assert "quadruped_limb_raise" not in {item.exercise for item in full.items}


def test_numbness_stops_until_it_is_begun_again() -> None:
    entries = [*tried(), PainReport(at(MONDAY, 40), "beetle", "numb")]
    stopped = on(30, entries)
    assert (stopped.state, stopped.items, stopped.training) == ("stopped", (), ())
    again = on(30, [*entries, begin_again(20)])
    assert again.state == "training"
    assert "beetle" not in programme(on(5, [*entries, begin_again(3)]))
    assert on(30, [replace(begin(), pain="numb")]).state == "stopped"


def begin_again(day: int) -> Start:
    return replace(begin(), when=at(MONDAY + timedelta(days=day), 0))


def test_pain_at_large_keeps_runs_easy_for_a_week() -> None:
    entries = [*tried(), PainReport(at(MONDAY, 50), None, "pain")]
    assert on(6, entries).notes == (Reason("note_easy_runs"),)
    assert on(6, entries).warn
    assert not on(7, entries).notes


def test_no_pain_reported_after_midnight_is_about_the_evening_before() -> None:
    late = datetime.combine(MONDAY, time(23, 58)).astimezone()
    done = Done(late, "superman", (SetDone(5, 5),), 1)
    soon, tomorrow = (PainReport(late + timedelta(hours=h), "superman", "none") for h in (1, 9))
    assert programme(on(2, [begin(), done, soon])) == ["superman"]
    assert programme(on(2, [begin(), done, tomorrow])) == []


def test_nothing_is_known_of_days_to_come() -> None:
    entries = tried(MONDAY + timedelta(days=1))
    assert on(0, entries[:1]).state == on(0, entries).state == "training"
    assert programme(on(0, entries)) == []


def test_a_session_is_what_was_done_in_it() -> None:
    squat, plank, runner = golden("squat_side_shallow"), golden("plank_sag"), golden("running_head_forward")
    when = datetime(2026, 11, 2, tzinfo=UTC)
    both = done_of(joined(squat, plank, squat), when, 7)
    assert [(d.exercise, len(d.sets), d.session) for d in both] == [("squat", 2, 7), ("plank_hold", 1, 7)]
    assert both[0].sets[0].reps == squat.summary.reps
    assert both[1].sets[0].seconds == pytest.approx(plank.summary.hold_s)
    assert both[1].sets[0].clean_s == pytest.approx(plank.summary.clean_hold_s)
    (ran,) = done_of(runner, when, 8)
    assert (ran.exercise, ran.sets) == ("running", ())
    assert ran.train[0] == (runner.faults[0].cue, runner.faults[0].train)
    bird = golden("bird_dog_arch")
    (raised,) = done_of(bird, when, 9)
    assert (raised.sets[0].left, raised.sets[0].right) == (2, 2)


def test_what_was_too_quick_is_not_good() -> None:
    """A warning about tempo leaves a score high; the article asks for slow repetitions."""
    squat = golden("squat_side_shallow")
    quick = Finding("too_fast", 0.4, "s", 0.45, "warn", 1.0)
    good = [rep for rep in squat.reps if rep.counted and rep.score and rep.score >= 80]
    hurried = replace(good[0], findings=(*good[0].findings, quick))
    reps = tuple(hurried if rep is good[0] else rep for rep in squat.reps)
    when = datetime(2026, 11, 2, tzinfo=UTC)
    (slow,), (once,) = (done_of(s, when, 1) for s in (squat, with_reps(squat, reps)))
    assert slow.sets[0].good == squat.summary.good_reps == len(good)
    assert once.sets[0].good == len(good) - 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"surprise": 1},
        {"safety": []},
        {"place": [{"forms": ["superman"], "begin": "beetle"}]},
        {"place": [{"forms": ["supperman"], "begin": "supperman"}]},
        {"place": [{"forms": ["superman"], "begin": "superman"}] * 2},
        {"sets": {"sets": 3, "least": 12, "most": 8, "step": 2, "basis": {"kind": "judgement"}}},
        {"rest": {"seconds": 60.0}},
        {"rest": {"seconds": 60.0, "basis": "none at all"}},
        {"rest": {"seconds": 60.0, "basis": {"kind": "study", "sources": ["nobody_1999"]}}},
        {"harder": {"good": 80, "sessions": 2, "basis": {"kind": "judgement"}}},
    ],
)
def test_wrong_rules_are_refused(wrong: dict[str, object]) -> None:
    text = (resources.files("formcheck.plan") / "rules.toml").read_text(encoding="utf-8")
    with pytest.raises(ValidationError):
        PlanRules.model_validate(tomllib.loads(text) | wrong)
