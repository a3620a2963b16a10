"""What a plan says: every reason in full, as it is read in English."""

from dataclasses import replace
from datetime import date

import pytest

from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.plan import plan_on, reasons, rules, words
from formcheck.plan.amounts import amount, amount_alone, sets_of
from formcheck.plan.judge import Performance, trial_lacks
from formcheck.types.training import SetDone, Start
from tests.unit.plan.people import MONDAY, at, begin
from tests.unit.plan.test_plan import FOUR, on, tried

RULES = rules()
PLANK, BEETLE, LIFT = "plank_hold", "beetle", "superman"


def done(exercise=LIFT, n=8, good=8, times=3, coverage=1.0, pain="none"):
    return Performance(exercise, (SetDone(n, good, coverage=coverage),) * times, pain, (1,))


@pytest.mark.parametrize(
    ("exercise", "each", "alone"),
    [
        (LIFT, "8", "8 repetitions"),
        (BEETLE, "8 a side", "8 repetitions a side"),
        (PLANK, "8 s", "8 s"),
        ("single_leg_stability_hold", "8 s a side", "8 s a side"),
    ],
)
def test_amounts_are_of_a_side_where_each_has_its_own(exercise, each, alone):
    assert sentence(amount(exercise, 8.2)) == each
    assert sentence(amount_alone(exercise, 8)) == alone
    assert sentence(sets_of(exercise, 3, 8)) == f"3 sets of {each}"


@pytest.mark.parametrize(
    ("equipment", "days", "says"),
    [
        ((), 1, "You train outdoors, 1 day a week."),
        (("mat",), 2, "You train outdoors with mat, 2 days a week."),
        (("mat", "wall"), 1, "You train outdoors with mat and wall, 1 day a week."),
    ],
)
def test_the_answers_are_said_again(equipment, days, says):
    assert sentence(reasons.begun(Start(at(MONDAY, 0), "none", "outdoors", equipment, days))) == says


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2026, 11, 2), "Monday, 2 November"), (date(2028, 2, 29), "Tuesday, 29 February")],
)
def test_a_day_has_its_weekday_and_month(day, says):
    assert sentence(reasons.calendar_day(day)) == says


@pytest.mark.parametrize("day", [date(2026, month, 1 + month) for month in range(1, 13)])
def test_every_weekday_and_month_has_its_word(day):
    assert sentence(reasons.calendar_day(day)) == f"{day:%A}, {day.day} {day:%B}"


@pytest.mark.parametrize(
    ("p", "says"),
    [
        (done(pain=None), "Whether it hurt was not told, so nothing changes."),
        (done(coverage=0.5), "Too little of the form was seen (50%) to go on from here."),
        (done(good=6), "75% in good form: 80% are needed before more."),
        (done(times=2), "2 of 3 sets reached 8: the same again."),
    ],
)
def test_why_nothing_changes(p, says):
    assert sentence(reasons.kept(p, 8.0, RULES)) == says


@pytest.mark.parametrize(
    ("p", "says"),
    [
        (done(pain=None), "whether it hurt was not told"),
        (done(pain="pain"), "it hurt"),
        (done(n=4, times=1), "4 repetitions done, 5 are needed"),
        (done(PLANK), "0 s done, 10 are needed"),
        (done(coverage=0.5), "too little of the form was seen (50%): film it as its page tells"),
        (done(good=4), "50% of it was in good form, 80% are needed"),
    ],
)
def test_what_a_trial_lacks(p, says):
    assert sentence(reasons.not_yet(trial_lacks(p, RULES))) == f"It does not go yet: {says}."


def test_a_trial_that_lacks_nothing_went():
    assert trial_lacks(done(), RULES) is None


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (
            reasons.entered(BEETLE, RULES),
            "It went slowly, without pain, in correct form: number 2 of the order joins your programme.",
        ),
        (
            reasons.advanced(LIFT, RULES),
            "The next harder one: 3 sets of 12 of superman in good form, in 2 sessions, and its trial went.",
        ),
        (reasons.for_run("Look ahead"), "Your last run asks for it (“Look ahead”), and its trial went."),
        (reasons.more(done(), 10.0, RULES), "All sets reached, 100% in good form: now 3 sets of 10."),
        (
            reasons.mastered(done(), 3, RULES),
            "3 sets of 12, 100% in good form: 2 of 2 such sessions.",
        ),
        (
            reasons.fewer(done(good=4), 8.0, RULES),
            "Only 50% in good form, and nothing easier goes: 3 sets of 8, slowly.",
        ),
        (
            reasons.too_hard(done(good=4), RULES),
            "Only 50% in good form, less than 60%: an easier one first.",
        ),
        (reasons.instead(BEETLE), "It is easier than beetle, and it went before."),
        (
            reasons.hurt(MONDAY),
            "It hurt: paused until Monday, 2 November, then a short trial decides.",
        ),
        (
            reasons.gap(PLANK, RULES),
            "More than 14 days without it: it begins again with 3 sets of 20 s.",
        ),
        (reasons.LACKS_PLACE, "It needs a place, a mat or a wall that is not there."),
        (
            reasons.stopped(None),
            "Numbness or tingling: stop here, and see a doctor before you go on.",
        ),
        (
            reasons.stopped(BEETLE),
            "Numbness or tingling in beetle: stop here, and see a doctor before you go on.",
        ),
    ],
)
def test_why_a_step_is_taken(reason, says):
    assert sentence(reason) == says


def test_the_headline_follows_the_day():
    trained = on(0, tried())
    item = on(0, [begin()]).items[0]
    sets = replace(item, kind="training", sets=3)
    for plan, says in (
        (plan_on(MONDAY, []), "No plan yet: three answers, and it begins."),
        (replace(trained, state="stopped"), "Stopped: see a doctor before you go on."),
        (on(1, tried()), "A rest day. You train again on Wednesday, 4 November."),
        (replace(trained, state="done"), "Done for today."),
        (trained, "Stretches are left for today."),
        (on(2, tried()), "Today: 4 exercises."),
        (on(0, [begin()]), "Today: 4 exercises, each a short trial."),
        (replace(on(2, tried()), items=(sets,)), "Today: 1 exercise."),
        (replace(on(2, tried()), items=(item,)), "Today: 1 exercise, each a short trial."),
        (replace(on(2, tried()), items=(sets, item)), "Today: 2 exercises, 1 of them a short trial."),
    ):
        assert sentence(words.headline(plan)) == says


def test_an_item_says_how_much():
    trial = on(0, [begin()]).items[0]
    training = on(2, tried()).items[1]
    assert sentence(words.doing(trial)) == "Superman: short trial, 5 repetitions"
    assert sentence(words.doing(training)) == "Beetle: 3 sets of 8 a side"


def test_a_place_of_the_programme_says_where_it_stands_and_what_comes_next():
    slots = on(0, tried()).programme
    assert [slot.exercise for slot in slots] == list(FOUR)
    assert sentence(words.standing(slots[1])) == "3 sets of 8 a side (most: 12)"
    assert sentence(words.standing(slots[2])) == "3 sets of 20 s a side (most: 30 s)"
    assert sentence(words.standing(replace(slots[1], goal=12.0))) == "3 sets of 12 a side"
    assert sentence(slots[0].unlocks) == (
        "3 sets of 8, 80% in good form and without pain: then 3 sets of 10."
    )


@pytest.mark.parametrize(
    ("of", "reps", "held_s", "says"),
    [
        (0, 0, 0.0, "This week 2 days."),
        (3, 0, 0.0, "This week 2 of 3 days."),
        (3, 8, 0.0, "This week 2 of 3 days: 1 set, 8 repetitions."),
        (3, 0, 20.4, "This week 2 of 3 days: 1 set, 20 s held."),
        (3, 8, 20.4, "This week 2 of 3 days: 1 set, 8 repetitions and 20 s held."),
    ],
)
def test_a_week_leaves_out_what_was_not_done(of, reps, held_s, says):
    week = replace(on(0, []).week, days=2, of=of, sets=1, reps=reps, held_s=held_s)
    assert sentence(words.week(week)) == says


def test_cues_come_once_for_each_check_and_what_is_safe_comes_first():
    for exercise in catalog().values():
        limits = [(check, limit) for check, _, limit, _ in exercise.limits()]
        cues = words.cues(exercise)
        assert len(cues) == min(3, len({check for check, _ in limits}))
        safe = {limit.say for _, limit in limits if limit.safety}
        assert not safe or cues[0] in safe
