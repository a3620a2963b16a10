"""What is said about form, and when: one cue at a time, with patience."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.engine.parts import judge_parts, parts_of_takes
from formcheck.exercises import catalog
from formcheck.live import words
from formcheck.live.coach import CREDIT_S, EVERY_S, MENDED_S, NEWS_S, PRAISE_S, REPEATS, SAME_S, SHOW_S, Coach
from formcheck.messages import sentence
from formcheck.types.event import ActiveFault, AttemptFinished, FaultCleared, FaultSaid, Update
from formcheck.types.pose import Pose
from formcheck.types.reason import said as said_
from tests.unit.live.people import hiding, joined, person, set_of, standing, task, watch

STEP_S = 0.2
NEAR = 1e-6
NOBODY = Pose.nobody(0.0)
GOOD = sentence(words.PRAISE)

#: In the order of their importance.
FAULTS = (
    ActiveFault("back", "Keep the back long", "error", (), safety=True),
    ActiveFault("knees", "Knees apart", "error", ()),
    ActiveFault("chin", "Chin in", "warn", ()),
    ActiveFault("careful", "Easy on the back", "warn", (), safety=True),
    ActiveFault("too_fast", "Slower", "error", (), about="tempo"),
    ActiveFault("partial_range", "Lower", "warn", (), about="range"),
)
RANK = {"back": 0, "knees": 1, "chin": 2, "careful": 2, "too_fast": 3, "partial_range": 4}
CUE = {f.id: f.cue for f in FAULTS}
BY_ID = {f.id: f for f in FAULTS}
#: A moment of the body breaks these; the others are known when a repetition is over.
MOMENTARY = ("back", "knees", "chin", "careful")


def update(t, faults=(), events=()):
    return Update(
        t=t,
        pose=NOBODY,
        state="exercising",
        view="side",
        phase="out",
        progress=0.5,
        attempts=0,
        reps=0,
        hold_s=None,
        cadence_spm=None,
        row={},
        faults=tuple(faults),
        events=tuple(events),
    )


def attempt(t, faults=(), clean=()):
    return AttemptFinished(
        t=t, told_t=t, n=1, side="both", counted=True, reason=None, faults=tuple(faults), clean=tuple(clean)
    )


def over(updates):
    coach = Coach()
    return [(u, coach.step(u)) for u in updates]


def lasting(seconds, *ids, start_s=0.0):
    """The same faults with every frame."""
    return [update(start_s + i * STEP_S, [BY_ID[x] for x in ids]) for i in range(round(seconds / STEP_S))]


def said(steps):
    return [(u.t, sentence(found.say)) for u, found in steps if found.say]


def cues(steps):
    return [(t, text) for t, text in said(steps) if text != GOOD]


NAMES = st.sets(st.sampled_from(sorted(CUE)))
#: Minutes of faults that come, are mended, or go out of sight, and of repetitions between. Of each moment:
#: its frames; what is wrong in it; whether what goes is mended or merely hidden; what a repetition that ends
#: with it was found to have, and to be clean of.
MOMENTS = st.lists(
    st.tuples(
        st.integers(1, 40),
        st.sets(st.sampled_from(MOMENTARY), max_size=4),
        st.booleans(),
        st.none() | st.tuples(NAMES, NAMES),
    ),
    min_size=1,
    max_size=25,
)


def timeline(moments):
    updates, on, t = [], set(), 0.0
    for frames, wanted, mended, closed in moments:
        events = [FaultSaid(t=t, told_t=t, id=x, cue=CUE[x]) for x in sorted(wanted - on)]
        events += [FaultCleared(t=t, told_t=t, id=x) for x in sorted(on - wanted) if mended]
        if closed is not None:
            broken, clean = closed
            events.append(attempt(t, [f for f in FAULTS if f.id in broken], sorted(clean - broken)))
        on = wanted
        for _ in range(frames):
            updates.append(update(t, [f for f in FAULTS if f.id in on], events))
            events, t = [], t + STEP_S
    return updates


def known(updates):
    """With each update the faults that can be said: those that hold, and those just found."""
    found, since = (), float("-inf")
    for u in updates:
        for e in u.events:
            if isinstance(e, AttemptFinished):
                found, since = e.faults, u.t
        lately = found if u.t - since < NEWS_S else ()
        yield {f.id for f in (*lately, *u.faults)}


@given(MOMENTS)
@settings(max_examples=150, deadline=None)
def test_cues_are_few_and_the_most_important_first(moments):
    updates = timeline(moments)
    steps, last, times = over(updates), float("-inf"), {x: [] for x in CUE}
    by_text = {cue: x for x, cue in CUE.items()}
    for (u, found), wrong in zip(steps, known(updates), strict=True):
        due = [
            x
            for x in wrong
            if u.t - last >= EVERY_S - NEAR
            and len(times[x]) < REPEATS
            and (not times[x] or u.t - times[x][-1] >= SAME_S - NEAR)
        ]
        if found.say is not None and found.say != words.PRAISE:
            name = by_text[sentence(found.say)]
            assert found.cue is not None
            assert (found.cue.id, found.cue.text) == (name, found.say)
            assert name in due, "too soon, too often, or not wrong at all"
            surely = [x for x in due if not times[x] or u.t - times[x][-1] >= SAME_S + NEAR]
            assert all(RANK[name] <= RANK[x] for x in surely)
            last, times[name] = u.t, [*times[name], u.t]
        elif found.say is None:
            surely = [x for x in due if u.t - last >= EVERY_S + NEAR]
            surely = [x for x in surely if not times[x] or u.t - times[x][-1] >= SAME_S + NEAR]
            assert not surely, "silent though something is to be said"


@example(  # a repetition ends clean in a fault that is wrong again just then
    [
        (8, set(), False, None),
        (11, {"knees"}, False, None),
        (25, {"chin"}, False, None),
        (1, {"back", "knees"}, False, (set(), {"back", "careful", "chin", "knees"})),
        (1, set(), False, None),
    ]
)
@given(MOMENTS)
@settings(max_examples=150, deadline=None)
def test_good_is_said_once_after_a_correction_that_was_seen(moments):
    updates = timeline(moments)
    by_text = {cue: x for x, cue in CUE.items()}
    hoping, mended = set(), set()
    for (u, found), wrong in zip(over(updates), known(updates), strict=True):
        mended -= wrong
        for e in u.events:
            if isinstance(e, FaultCleared):
                mended |= {e.id} - wrong
            elif isinstance(e, AttemptFinished):
                mended |= set(e.clean)
        if found.say == words.PRAISE:
            assert found.cue is not None
            assert found.cue.level == "praise"
            name = found.cue.id
            assert name not in wrong, "praised while it is still wrong"
            assert name in mended, "praised, though nobody saw it mended"
            assert name in hoping, "praised twice, or for what was never asked"
            hoping.discard(name)
        elif found.say is not None:
            hoping.add(by_text[sentence(found.say)])
            mended.discard(by_text[sentence(found.say)])


@given(MOMENTS)
@settings(max_examples=60, deadline=None)
def test_a_cue_on_show_is_one_that_was_known_and_stays_to_be_read(moments):
    updates = timeline(moments)
    steps = over(updates)
    was_wrong = set()
    for (_, found), wrong in zip(steps, known(updates), strict=True):
        was_wrong |= wrong
        if found.cue is not None:
            assert found.cue.id in was_wrong
    shown = [(u.t, found.cue) for u, found in steps]
    since = 0.0
    for (_, before), (t, now) in pairwise(shown):
        if now != before:
            if before is not None and before.level != "praise" and (now is None or now.level != "praise"):
                interrupted = t - since < SHOW_S - NEAR
                spoken = any(u.t == t and found.say for u, found in steps)
                assert spoken or not interrupted
            since = t


def test_the_same_cue_is_said_three_times_then_only_shown():
    steps = over(lasting(90.0, "chin"))
    times = [t for t, _ in said(steps)]
    assert times == pytest.approx([0.0, SAME_S, 2 * SAME_S], abs=2 * STEP_S)
    assert steps[-1][1].cue.id == "chin"


def test_all_at_once_are_said_one_after_the_other_by_importance():
    closing = update(0.0, [BY_ID["chin"]], [attempt(0.0, [BY_ID["too_fast"], BY_ID["partial_range"]])])
    steps = over([closing, *lasting(13.0, "chin", "knees", "back", start_s=STEP_S)])
    assert [text for _, text in cues(steps)][:3] == [CUE["chin"], CUE["back"], CUE["knees"]]
    times = [t for t, _ in cues(steps)]
    assert all(b - a >= EVERY_S - NEAR for a, b in pairwise(times))


@pytest.mark.parametrize(
    ("more", "less"), list(pairwise(["back", "knees", "chin", "too_fast", "partial_range"]))
)
def test_of_two_the_more_important_is_said_first(more, less):
    for order in ([more, less], [less, more]):
        (_, found) = over([update(0.0, [], [attempt(0.0, [BY_ID[x] for x in order])])])[0]
        assert found.say == said_(CUE[more])


def test_of_equals_the_worst_is_said_first():
    """The engine tells faults worst first: of two that rank alike the first is the one to mend."""
    two = [ActiveFault("worst", "First", "error", ()), ActiveFault("second", "Second", "error", ())]
    assert over([update(0.0, two)])[0][1].say == said_("First")
    assert over([update(0.0, [], [attempt(0.0, two)])])[0][1].say == said_("First")


def test_what_was_found_in_a_repetition_is_news_for_some_seconds_only():
    found = update(0.0, [BY_ID["back"]], [attempt(0.0, [BY_ID["too_fast"]])])
    later = lasting(12.0, start_s=STEP_S)
    assert [text for _, text in said(over([found, *later]))] == [CUE["back"]]
    assert NEWS_S < EVERY_S


def test_good_after_a_mended_fault_once():
    steps = over(
        [
            *lasting(1.0, "knees"),
            update(1.0, [], [FaultCleared(t=1.0, told_t=1.0, id="knees")]),
            *lasting(10.0, start_s=1.0 + STEP_S),
        ]
    )
    (t,) = [t for t, text in said(steps) if text == GOOD]
    assert t == pytest.approx(1.0 + MENDED_S, abs=STEP_S)
    shown = [u.t for u, found in steps if found.cue and found.cue.level == "praise"]
    assert shown[-1] - shown[0] <= PRAISE_S


def test_no_good_for_what_comes_right_back():
    cleared = update(1.0, [], [FaultCleared(t=1.0, told_t=1.0, id="knees")])
    steps = over([*lasting(1.0, "knees"), cleared, *lasting(5.0, "knees", start_s=1.4)])
    assert GOOD not in {text for _, text in said(steps)}


def test_no_good_for_what_was_never_said():
    cleared = update(2.0, [], [FaultCleared(t=2.0, told_t=2.0, id="chin")])
    steps = over([*lasting(2.0, "back", "chin"), cleared, *lasting(1.6, "back", start_s=2.2)])
    assert [text for _, text in said(steps)] == [CUE["back"]]


def test_no_good_long_after_the_cue():
    late = CREDIT_S + 5.0
    gone = lasting(late, start_s=1.0)
    cleared = update(late + 1.0, [], [FaultCleared(t=late + 1.0, told_t=late + 1.0, id="knees")])
    steps = over([*lasting(1.0, "knees"), *gone, cleared, *lasting(3.0, start_s=late + 1.2)])
    assert [text for _, text in said(steps)] == [CUE["knees"]]


def test_a_clean_repetition_after_the_cue_is_good():
    steps = over(
        [
            update(0.0, [], [attempt(0.0, [BY_ID["partial_range"]])]),
            *lasting(4.8, start_s=STEP_S),
            update(5.0, [], [attempt(5.0, [], ["partial_range"])]),
            *lasting(3.0, start_s=5.2),
        ]
    )
    assert [text for _, text in said(steps)] == [CUE["partial_range"], GOOD]


# ------------------------------------------------------------------ with the real engine

HEAD = ("nose", "left_ear", "right_ear")
FEET = ("left_heel", "right_heel", "left_toe", "right_toe")
SLOW = {"half_s": 2.0, "rest_s": 0.6}


@pytest.mark.parametrize(
    ("exercise", "dial", "hidden", "how"),
    [
        ("squat", "neck_up", HEAD, SLOW),
        ("squat", "heels_up", FEET, SLOW),
        ("push_up", "neck_up", HEAD, SLOW),
        ("plank_hold", "neck_up", HEAD, {"duration_s": 8.0}),
    ],
)
def test_what_cannot_be_seen_is_never_a_cue(exercise, dial, hidden, how):
    poses = person(exercise, reps=2, lead_s=9.0, **{dial: 1.0}, **how)
    open_, covered = (watch(p, task(exercise), countdown_s=1.0) for p in (poses, hiding(poses, *hidden)))
    assert spoken_of(open_, dial), "it would be said if it was seen"
    assert covered.session.sets, "it is begun though something is hidden"
    assert not spoken_of(covered, dial)
    again = judge_parts(covered.kept, parts_of_takes(covered.kept, catalog()))
    assert next(c.verdict for c in again.checks if c.id == dial) == "not_assessable"
    assert covered.sets[0].not_assessed


def spoken_of(seen, name):
    said_ = [e for e in seen.events if isinstance(e, FaultSaid) and e.id == name]
    shown = [u for u in seen.updates if (u.cue and u.cue.id == name) or name in {f.id for f in u.faults}]
    return bool(said_ or shown)


def test_what_this_view_cannot_show_is_never_a_cue():
    poses = joined(
        standing(6.0, view="front"),
        person("squat", view="front", reps=2, heels_up=1.0, **SLOW),
    )
    seen = watch(poses, task("squat"))
    assert seen.sets[0].attempts == 2
    assert not spoken_of(seen, "heels_up")


def test_a_corrected_squat_is_good_once_and_a_hidden_one_never():
    poses = joined(standing(6.0), person("squat", reps=4, trunk_fold=(1.0, 0.0, 0.0, 0.0), **SLOW))
    seen = watch(poses, task("squat"))
    praised = [u for u in seen.updates if u.say and GOOD in sentence(u.say).split(". ")]
    assert [u.cue.id for u in praised] == ["trunk_fold"]
    cue = next(u.t for u in seen.updates if u.cue and u.cue.id == "trunk_fold")
    assert praised[0].t > cue

    still = joined(standing(6.0), person("squat", reps=4, neck_up=1.0, **SLOW))
    said_at = next(
        u.t for u in watch(still, task("squat")).updates if u.say and u.cue and u.cue.id == "neck_up"
    )
    before, after = still.between(-1.0, said_at + 0.1), still.between(said_at + 0.1, np.inf)
    seen = watch(joined(before, hiding(after, *HEAD)), task("squat"))
    assert spoken_of(seen, "neck_up")
    assert not any(u.cue and u.cue.level == "praise" for u in seen.updates)


def test_a_whole_set_keeps_the_policy():
    poses = joined(
        standing(6.0), person("squat", reps=8, trunk_fold=1.0, heels_up=1.0, half_s=0.5, rest_s=0.4)
    )
    seen = watch(poses, task("squat"))
    texts = {f.cue: f.id for f in seen.session.sets[0].faults}
    spoken = [(t, x) for t, text in seen.spoken for x in text.split(". ") if x in texts]
    assert len(spoken) >= 3
    assert all(b[0] - a[0] >= EVERY_S - NEAR for a, b in pairwise(spoken))
    for cue in texts:
        times = [t for t, x in spoken if x == cue]
        assert len(times) <= REPEATS
        assert all(b - a >= SAME_S - NEAR for a, b in pairwise(times))


def test_each_set_starts_afresh():
    once = joined(set_of("squat", 0), person("squat", reps=1, trunk_fold=1.0, **SLOW))
    seen = watch(joined(once, standing(2.0), once), task("squat", sets=2, reps=1, rest_s=1.0))
    (first, second) = seen.session.sets
    cue = first.faults[0].cue
    assert second.faults[0].cue == cue
    assert sum(cue in text for _, text in seen.spoken) == 2
