"""What the voice says: short, rarely, and true."""

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest

from formcheck.exercises import catalog
from formcheck.live import words
from formcheck.live.coach import CoachAdvice
from formcheck.live.speech import AGAIN_S, APART_S, STABLE_S, Speech
from formcheck.messages import sentence
from formcheck.signals.rows import Rows
from formcheck.types.event import ActiveFault, AttemptFinished, RepFinished
from formcheck.types.landmark import NAMES
from formcheck.types.reason import Reason, said
from formcheck.types.set_summary import SetSummary
from tests.unit.live.people import joined, person, standing, task, watch
from tests.unit.live.test_coach import update

STEP_S = 0.1
QUIET = CoachAdvice(None, None)


def running(advice=QUIET, *, turned=False):
    """A set in which seven were counted."""
    return SimpleNamespace(
        count=lambda side: Reason("count", n=7) if side == "both" else Reason("count_side", side=side, n=7),
        advice=advice,
        turned=turned,
    )


def over(seconds, call, speech=None, start_s=0.0):
    """What is said while ``call(speech, t)`` comes with every frame."""
    speech, said = speech or Speech(), []
    for i in range(round(seconds / STEP_S)):
        t = start_s + i * STEP_S
        speech.begin(t)
        call(speech, t)
        if speech.said:
            said.append((t, sentence(speech.said)))
    return said


def summary(**changed):
    known = {
        "exercise": "Squat",
        "n": 1,
        "of": 3,
        "attempts": 10,
        "reps": 9,
        "good_reps": 8,
        "left": None,
        "right": None,
        "hold_s": None,
        "clean_hold_s": None,
        "cadence_spm": None,
        "score": 80,
        "coverage": 1.0,
        "faults": (),
        "not_assessed": None,
    }
    return SetSummary(**{**known, **changed})


def test_silence_is_none():
    assert over(5.0, lambda speech, t: speech.instruct(None)) == []


def test_an_instruction_is_said_when_it_has_stood_for_a_moment_and_again_later():
    said = over(20.0, lambda speech, t: speech.instruct(words.COME_IN))
    assert [t for t, _ in said] == pytest.approx(
        [STABLE_S, STABLE_S + AGAIN_S, STABLE_S + 2 * AGAIN_S], abs=0.11
    )
    assert {text for _, text in said} == {sentence(words.COME_IN)}


def test_an_instruction_that_flickers_is_not_said():
    texts = (words.COME_IN, words.COME_CLOSER)
    assert over(10.0, lambda speech, t: speech.instruct(texts[round(t / 0.3) % 2])) == []
    assert over(10.0, lambda speech, t: speech.instruct(texts[0] if round(t / 0.3) % 2 else None)) == []


def test_another_instruction_waits_until_the_first_was_heard():
    def call(speech, t):
        speech.instruct(words.COME_IN if t < 1.0 else words.COME_CLOSER)

    (first, second) = over(5.0, call)
    assert (first[1], second[1]) == (sentence(words.COME_IN), sentence(words.COME_CLOSER))
    assert second[0] - first[0] >= APART_S - 1e-6


def test_the_countdown_is_counted_once_each():
    said = over(3.0, lambda speech, t: speech.count_down(3.0 - t))
    assert [text for _, text in said] == ["3", "2", "1"]
    assert [t for t, _ in said] == pytest.approx([0.0, 1.0, 2.0], abs=0.11)


def test_a_countdown_that_begins_again_is_counted_again():
    speech = Speech()
    over(1.2, lambda speech, t: speech.count_down(3.0 - t), speech)
    again = over(3.0, lambda speech, t: speech.count_down(8.0 - t), speech, start_s=5.0)
    assert [text for _, text in again] == ["3", "2", "1"]


def title(exercise, n):
    return Reason("set_title", exercise=exercise, n=n, of=3)


def rests(length_s):
    """The session calls with every frame of a rest."""
    return lambda speech, t: speech.rest(length_s - t, title("Squat", 2))


def test_the_end_of_a_rest_is_said_ten_seconds_before():
    ((t, text),) = over(30.0, rests(30.0))
    assert t == pytest.approx(20.0, abs=0.11)
    assert text == "10 seconds. Next: Squat, set 2 of 3"


def test_a_second_rest_is_said_too_though_nothing_was_counted_between():
    """A short open-ended hold counts nothing aloud: the next rest must still be said."""
    speech = Speech()
    over(30.0, rests(30.0), speech)
    again = over(30.0, lambda speech, t: speech.rest(70.0 - t, title("Plank", 3)), speech, start_s=40.0)
    assert len(again) == 1


@pytest.mark.parametrize("length_s", [3.0, 6.0, 9.0])
def test_a_short_rest_is_not_said_longer_than_it_is(length_s):
    for t, text in over(length_s, rests(length_s)):
        found = int(text.split()[0]) if text[0].isdigit() else 0
        assert found <= math.ceil(length_s - t)


def test_a_repetition_is_counted_with_its_side():
    speech = Speech()
    speech.begin(1.0)
    rep = RepFinished(t=1.0, told_t=1.0, n=7, side="left", score=90)
    speech.exercise(update(1.0, (), [rep]), running(), None)
    assert sentence(speech.said) == "left 7"


def test_a_count_comes_before_the_cue():
    speech = Speech()
    speech.begin(1.0)
    rep = RepFinished(t=1.0, told_t=1.0, n=7, side="both", score=90)
    speech.exercise(update(1.0, (), [rep]), running(CoachAdvice(None, said("Chin in"))), None)
    assert sentence(speech.said) == "7. Chin in"


def test_a_turn_is_said_before_the_count():
    speech = Speech()
    speech.begin(1.0)
    rep = RepFinished(t=1.0, told_t=1.0, n=7, side="both", score=90)
    speech.exercise(update(1.0, (), [rep]), running(turned=True), None)
    assert sentence(speech.said) == "You have turned; still counting. 7"


def short(t, reason, *faults):
    return AttemptFinished(t=t, told_t=t, n=1, side="both", counted=False, reason=reason, faults=faults)


def test_why_an_attempt_does_not_count_is_said_and_not_over_and_over():
    speech, heard = Speech(), []
    for t in (0.0, 3.0, 6.0, 9.0):
        speech.begin(t)
        speech.exercise(update(t, (), [short(t, "too_fast")]), running(), None)
        heard.append(speech.said and sentence(speech.said))
    why = "Not counted. Too fast, slower"
    assert heard[0] == why
    assert heard[3] == why
    assert all(why != x for x in heard[1:3])


def test_the_cue_of_a_short_attempt_is_left_to_the_coach():
    speech = Speech()
    speech.begin(0.0)
    fault = ActiveFault("partial_range", "Lower", "warn", (), about="range")
    speech.exercise(
        update(0.0, (), [short(0.0, "partial_range", fault)]), running(CoachAdvice(None, said("Lower"))), None
    )
    assert sentence(speech.said) == "Not counted. Lower"


def held(goal_s):
    def call(speech, t):
        speech.exercise(replace(update(t), hold_s=t), running(), goal_s)

    return call


@pytest.mark.parametrize(
    ("goal_s", "texts"),
    [
        (None, ["10 seconds", "20 seconds", "30 seconds"]),
        (30.0, ["10 seconds", "20 seconds", "5 more"]),
        (12.0, ["5 more"]),
        (8.0, []),
    ],
)
def test_the_time_of_a_hold_is_said_now_and_then(goal_s, texts):
    said = over(35.0, held(goal_s))
    assert [text for _, text in said] == texts
    for t, text in said:
        assert t == pytest.approx(goal_s - 5.0 if text == "5 more" else int(text.split()[0]), abs=0.11)


def test_two_holds_of_one_goal_are_said_alike():
    speech = Speech()
    first = over(12.0, held(12.0), speech)
    second = over(12.0, held(12.0), speech)
    assert [text for _, text in second] == [text for _, text in first]


@pytest.mark.parametrize(
    ("done", "rest_s", "text"),
    [
        (summary(), 60.0, "Set done. 8 of 10 good. Rest one minute"),
        (summary(), 90.0, "Set done. 8 of 10 good. Rest 90 seconds"),
        (summary(), 0.0, "Set done. 8 of 10 good"),
        (summary(), None, "Set done. 8 of 10 good. All done. Well done"),
        (summary(hold_s=29.6, attempts=0), 30.0, "Set done. Held 30 seconds. Rest 30 seconds"),
        (summary(cadence_spm=171.6, attempts=0), None, "Done. 172 steps a minute. All done. Well done"),
        (summary(attempts=0, reps=0, good_reps=0), 30.0, "Rest 30 seconds"),
    ],
)
def test_the_set_in_a_sentence(done, rest_s, text):
    speech = Speech()
    speech.begin(0.0)
    speech.summary(done, rest_s)
    assert sentence(speech.said) == text


@pytest.mark.parametrize(
    ("s", "text"), [(10, "10 seconds"), (59.6, "one minute"), (120, "2 minutes"), (90, "90 seconds")]
)
def test_times_can_be_heard(s, text):
    assert sentence(words.seconds(s)) == text


def test_one_second_is_one():
    assert sentence(words.seconds(0.9)) in ("1 second", "one second", "a second")


def test_every_landmark_that_counting_needs_belongs_to_a_part_of_the_body():
    names = [c.signal for e in catalog().values() for c in e.cycle if c.signal]
    names += [x for e in catalog().values() for pose in e.start for x in pose.pose]
    rows = Rows(names, "left")
    for joint in {j for name in rows.names for j in rows.joints(name)}:
        assert len(words.parts([NAMES[joint]])) == 1, NAMES[joint]


def test_the_switch_between_sides_is_said_truly():
    """Ten seconds between the sides: what is said of them must not be longer than what is left."""
    exercise = "single_leg_deadlift"
    one = joined(standing(6.0, exercise), person(exercise, reps=1))
    seen = watch(joined(one, standing(12.0, exercise)), task(exercise, reps=1, rest_s=60.0))
    resting = [u for u in seen.updates if u.state in ("set_done", "resting")]
    heard = [(u.seconds_left, sentence(u.say)) for u in resting if u.say]
    found = [(left, text) for left, all_ in heard for text in all_.split(". ") if "seconds" in text]
    assert found
    for left, text in found:
        said = int("".join(c for c in text if c.isdigit()))
        assert said <= math.ceil(left + 0.2), f"{text!r} with {left:.1f} s left"
