"""The numbers of a session: each exercise has its own, and `compare` and `trend` say the same of a pair."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcheck.engine.count.sides import balance
from formcheck.engine.session import judge
from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.progress.compare import compare
from formcheck.progress.numbers import numbers
from formcheck.progress.trend import trend
from formcheck.sensor import usual_profile
from formcheck.types.gait import Gait, Metric
from formcheck.types.reason import Reason
from formcheck.types.result import GaitResult, Hold, HoldResult, RepResult, Rom
from tests.figures import figure
from tests.unit.outputs import sessions

START = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
HELD = {"hold_s", "clean_hold_s"}
SET = {"reps", "good_reps", "range_of_motion", "tempo_out", "tempo_back"}
SIDES = {"range_left_right", "time_left_right"}
RUN = {"cadence", "lean", "elbow", "shoulders_up"}


def dated(*made):
    return [(START + timedelta(days=i), s) for i, s in enumerate(made)]


def record(id_):
    e = catalog()[id_]
    return replace(sessions.exercise(), id=e.id, name=e.name, kind=e.kind, digest=e.digest)


def of_reps(id_="squat", roms=(90.0, 91.0, 92.0, 93.0) * 3, score=90, seconds=1.3, unit="deg", **more):
    """A set; exercises with sides by turns."""
    s, sided = sessions.squat(), catalog()[id_].sides != "both"
    reps = tuple(
        replace(
            s.reps[0],
            n=i + 1,
            side=("left", "right")[i % 2] if sided else "both",
            rom=Rom(rom, unit),
            tempo=replace(s.reps[0].tempo, up_s=seconds + i % 3 / 10),
            score=score + i % 2,
        )
        for i, rom in enumerate(roms)
    )
    n = len(reps)
    summary = replace(s.summary, attempts=n, reps=n, good_reps=n, score=score if n else None)
    result = RepResult(reps, balance(reps, usual_profile().noise.sides))
    found = {"exercise": record(id_), "summary": summary, "result": result}
    return replace(s, faults=(), checks=(), **(found | more))


def of_hold(id_="plank_hold", seconds=40.0, clean=30.0, **more):
    s = sessions.plank()
    summary = replace(s.summary, hold_s=seconds, clean_hold_s=clean)
    holds = (Hold("both", 1.0, 1.0 + seconds, seconds, clean, 0),)
    return replace(s, **({"exercise": record(id_), "summary": summary, "result": HoldResult(holds)} | more))


def of_run(spm=170.0, steps=160, kind="run", lean=(8.0, 2.0, 80), elbow=(90.0, 9.0, 60), **more):
    metrics = {
        name: Metric(value, "deg", "ok", n, spread)
        for name, (value, spread, n) in {"lean": lean, "elbow": elbow, "shoulders_up": (0.1, 0.1, 80)}.items()
    }
    s = sessions.running()
    return replace(
        s, faults=(), checks=(), **({"result": GaitResult(Gait(spm, steps, metrics, kind=kind))} | more)
    )


def of(id_):
    """A session of what the exercise's file counts."""
    exercise = catalog()[id_]
    if exercise.kind == "gait":
        return of_run()
    return of_hold(id_) if all(c.kind == "hold" for c in exercise.cycle) else of_reps(id_)


@pytest.mark.parametrize("id_", catalog())
def test_the_trend_of_an_exercise_shows_its_own_numbers_and_no_others(id_):
    exercise, session = catalog()[id_], of(id_)
    own = RUN if exercise.kind == "gait" else HELD if session.holds else SET
    sides = SIDES if session.balance else set()
    found = trend(dated(session, session, session))
    assert {s.id for s in found.series} == {"score"} | own | sides
    assert {c.id for c in compare(session, session).changes} == {"score"} | own | sides


@pytest.mark.parametrize("id_", ["figure_four_stretch", "supine_twist", "plank_hold", "cat_cow"])
def test_what_the_engine_tells_of_stretches_and_holds_has_those_numbers_too(id_):
    session = judge(figure(id_, reps=2).poses, catalog()[id_])
    found = {n.id for n in numbers(session, catalog()[id_]) if n.value is not None}
    assert found & (HELD | {"reps"}) == ({"reps"} if id_ == "cat_cow" else HELD)


@pytest.mark.parametrize("made", [of_hold(seconds=0.0, clean=0.0), of_reps(roms=())])
def test_what_was_not_done_has_no_number(made):
    made = replace(made, summary=replace(made.summary, score=None))
    assert trend(dated(made, made)).series == ()
    assert compare(made, made).changes == ()


def test_a_stretch_that_is_held_today_and_repeated_tomorrow_shows_each_where_it_was_done():
    held, moved = of_hold("cat_cow"), of_reps("cat_cow")
    held = replace(held, model=moved.model, view=moved.view)
    series = {s.id: [p.value is not None for p in s.points] for s in trend(dated(held, moved)).series}
    assert series["hold_s"] == [True, False]
    assert series["reps"] == [False, True]
    reasons = {c.id: sentence(c.reason) for c in compare(held, moved).changes if c.reason}
    assert reasons["hold_s"] == "in the second: no hold was seen"
    assert reasons["reps"] == "in the first: no attempt was seen"


def test_what_nobody_scored_has_no_good_repetitions_and_no_clean_seconds():
    for scored in (of_reps(), of_hold()):
        made = replace(scored, summary=replace(scored.summary, score=None))
        found = {n.id for n in numbers(made, None) if n.value is not None}
        assert not found & {"score", "good_reps", "clean_hold_s"}


# --- one rule --------------------------------------------------------------------------------------------

OTHERWISE = [
    {},
    {"view": replace(sessions.squat().view, name="front")},
    {"model": replace(sessions.MODEL, name="lite")},
    {"formcheck": "0.0.1"},
    {"exercise": replace(record("squat"), digest="0" * 64)},
]
degrees = st.floats(20.0, 160.0)
counts = st.integers(1, 60)
SESSIONS = {
    "set": st.builds(
        of_reps,
        roms=st.lists(degrees, max_size=9).map(tuple),
        score=st.integers(0, 99),
        seconds=st.floats(0.3, 4.0),
        unit=st.sampled_from(["deg", "deg", "S"]),
    ),
    "sides": st.builds(of_reps, st.just("lunge"), roms=st.lists(degrees, min_size=7, max_size=12).map(tuple)),
    "hold": st.builds(of_hold, seconds=st.floats(0.0, 90.0), clean=st.floats(0.0, 90.0)),
    "run": st.builds(
        of_run,
        spm=st.one_of(st.none(), st.floats(150.0, 190.0)),
        steps=st.integers(10, 300),
        kind=st.sampled_from(["run", "run", "walk"]),
        lean=st.tuples(st.floats(0.0, 20.0), st.one_of(st.none(), st.floats(0.0, 9.0)), counts),
        elbow=st.tuples(degrees, st.floats(0.0, 30.0), counts),
    ),
}


@pytest.mark.parametrize("kind", SESSIONS)
@given(st.data())
def test_compare_and_trend_say_the_same_of_the_same_pair(kind, data):
    first, second = data.draw(SESSIONS[kind]), data.draw(SESSIONS[kind])
    second = replace(second, **data.draw(st.sampled_from(OTHERWISE if kind == "set" else OTHERWISE[:-1])))
    followed = {s.id: s for s in trend(dated(first, second)).series}
    compared = {c.id: c for c in compare(first, second).changes}
    assume(compared)
    assert compared.keys() == followed.keys()
    for name, change in compared.items():
        series = followed[name]
        assert (change.what, change.unit) == (series.what, series.unit), name
        assert [change.early, change.late] == [p.value for p in series.points], name
        assert (change.delta, change.clear) == (series.delta, series.clear), name
        assert change.reason == expected_reason(series), name
        if change.delta is not None:
            assert (change.needs, change.noise) == (series.needs, series.sem), name
            assert (change.early, change.late) == (series.base, series.latest), name


def expected_reason(series):
    """Why the trend of two has no verdict, as a comparison says it."""
    if series.reason is None or all(p.compared for p in series.points):
        return series.reason
    for which, point in zip(("first", "second"), series.points, strict=True):
        if point.reason is not None:
            return Reason("in_one", which=which, reason=point.reason)
    return Reason("not_alike")
