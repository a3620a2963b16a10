"""Two sessions side by side: what is called a change, and what is not."""

from dataclasses import replace

import pytest

from formcheck.errors import FormcheckError
from formcheck.exercises import catalog
from formcheck.exercises.sources import Basis
from formcheck.exercises.strides import DriftRule
from formcheck.messages import sentence
from formcheck.progress import trend as module
from formcheck.progress.compare import compare
from formcheck.progress.numbers import FEW_REPS
from formcheck.types.gait import Gait, Metric
from formcheck.types.reason import Reason, said
from formcheck.types.result import GaitResult, Rom
from tests.results import with_gait, with_reps
from tests.unit.outputs import sessions

TABLES = {
    "lean": DriftRule(
        least=3.0, tired="up", why="You leaned further forward.", basis=Basis(kind="judgement")
    ),
    "cadence": DriftRule(
        least=3.0, relative=True, tired="down", why="Your steps became slower.", basis=Basis(kind="judgement")
    ),
}


@pytest.fixture(autouse=True)
def _known_tables(monkeypatch):
    running = catalog()["running"].model_copy(update={"drift": TABLES})
    monkeypatch.setattr(module, "catalog", lambda: {"running": running})


def metric(value=8.0, spread=2.0, n=40, unit="deg", **more):
    verdict = "not_assessable" if value is None else "ok"
    return Metric(value, unit, verdict, n, spread, **more)


def run(spm=170.0, steps=160, view=None, model=None, metrics=None, **more):
    s = sessions.running()
    gait = Gait(spm, steps, metrics or {}, camera="fixed", **more)
    view = replace(s.view, name=view) if view else s.view
    return replace(s, result=GaitResult(gait), view=view, model=model or s.model, faults=(), checks=())


def lean(value, **more):
    return run(metrics={"lean": metric(value, **more)})


def said_of(comparison):
    return [sentence(note) for note in comparison.notes]


def change(a, b, name="lean"):
    return next(c for c in compare(a, b).changes if c.id == name)


# --- runs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", sessions.ALL.values(), ids=sessions.ALL)
def test_a_session_against_itself_has_not_changed(made):
    same = compare(made(), made())
    assert not any(c.clear for c in same.changes)
    assert same.faults == ()


@pytest.mark.parametrize(("late", "clear"), [(10.9, False), (11.0, True), (5.0, True), (8.0, False)])
def test_a_change_must_reach_the_least_of_the_drift_table(late, clear):
    assert change(lean(8.0), lean(late)).clear is clear


def test_noise_is_that_of_blocks_of_five_strides():
    a, b = lean(8.0, spread=6.0, n=45), lean(12.0, spread=3.0, n=20)
    errors = 3.0**2 / 9, 1.5**2 / 4  # MAD is half the interquartile range
    assert change(a, b).noise == pytest.approx(1.2533 * 1.48 * (sum(errors) / 2) ** 0.5)


@pytest.mark.parametrize(("spread", "clear"), [(5.8, True), (6.0, False)])
def test_a_change_must_be_detectable(spread, clear):
    a, b = (lean(x, spread=spread, n=80) for x in (8.0, 12.0))
    assert change(a, b).needs == pytest.approx(2.0423 * 2**0.5 * change(a, b).noise, rel=1e-4)  # t of 30
    assert change(a, b).clear is clear


@pytest.mark.parametrize(("late", "why"), [(12.0, TABLES["lean"].why), (4.0, ""), (9.0, "")])
def test_only_a_clear_change_of_the_tired_way_says_why(late, why):
    assert change(lean(8.0), lean(late)).why == why


@pytest.mark.parametrize(("late", "why"), [(160.0, TABLES["cadence"].why), (180.0, "")])
def test_tired_may_be_less(late, why):
    assert change(run(170.0), run(late), "cadence").why == why


def test_without_a_table_the_camera_may_be_wrong():
    a, b = (run(metrics={"elbow": metric(x, spread=0.1, error=5.0)}) for x in (90.0, 94.0))
    assert not change(a, b, "elbow").clear


def test_what_a_number_is_comes_from_the_exercise():
    a = run(metrics={"lean": metric(), "my_own": metric()})
    assert [c.what for c in compare(a, a).changes[2:]] == [
        catalog()["running"].measure["lean"].what,
        "My own",
    ]


@pytest.mark.parametrize(("late", "clear"), [(165.0, False), (164.8, True), (175.0, False), (175.3, True)])
def test_cadence_changes_by_percent(late, clear):
    assert change(run(170.0), run(late), "cadence").clear is clear


def test_a_changed_cadence_is_a_warning_about_speed():
    assert any("speed" in note for note in said_of(compare(run(170.0), run(160.0))))
    assert compare(run(170.0), run(169.0)).notes == ()


def test_cadence_is_reported_once_even_where_it_is_a_metric():
    a = run(metrics={"cadence": metric(170.0, unit="spm")})
    assert [c.id for c in compare(a, a).changes] == ["score", "cadence"]


@pytest.mark.parametrize(
    ("b", "reason"),
    [
        (lean(20.0, n=19), "fewer than 20 strides"),
        (lean(20.0, spread=None), "how much it varies"),
        (
            run(metrics={"lean": metric(None, reason=said("the back is turned"))}),
            "second: the back is turned",
        ),
        (run(), "second: not a number of it"),
        (lean(float("nan")), "second: not assessed"),
    ],
)
def test_what_cannot_be_compared_says_why(b, reason):
    for found in (change(lean(8.0), b), change(b, lean(8.0))):
        assert (found.delta, found.clear) == (None, False)
    assert reason in sentence(change(lean(8.0), b).reason)


def test_what_each_run_tells_against_its_own_start_is_not_compared():
    a, b = (run(metrics={"shoulders_up": metric(x, unit="S", spread=0.01)}) for x in (0.0, -0.2))
    found = change(a, b, "shoulders_up")
    assert (found.clear, sentence(found.reason)) == (
        False,
        "in the first: told against the start of its own run",
    )


def test_what_neither_tells_is_left_out():
    a = run(metrics={"lean": metric(None)})
    assert [c.id for c in compare(a, a).changes] == ["score", "cadence"]


@pytest.mark.parametrize("b", [run(None), run(150.0, steps=39)], ids=["no rhythm", "few steps"])
def test_cadence_needs_a_rhythm_and_enough_steps(b):
    assert change(run(), b, "cadence").reason is not None
    assert not change(run(), b, "cadence").clear


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        (run(view="back"), "views differ (side, back)"),
        (run(kind="walk"), "(run, walk)"),
        (with_gait(run(), camera="moving"), "camera of the second moved"),
        (run(model=replace(sessions.MODEL, name="lite")), "pose models"),
        (replace(run(), view=replace(run().view, near_side="left")), "(right, left)"),
    ],
)
def test_what_makes_it_less_sure_is_noted(b, expected):
    (note,) = said_of(compare(run(), b))
    assert expected in note


@pytest.mark.parametrize(
    "b",
    [
        run(150.0, view="back"),
        run(150.0, kind="walk"),
        run(150.0, model=replace(sessions.MODEL, name="lite")),
    ],
)
def test_what_was_filmed_or_judged_otherwise_is_reported_but_not_compared(b):
    found = change(run(170.0), b, "cadence")
    assert (found.early, found.late, found.delta, found.clear) == (170.0, 150.0, None, False)
    assert found.reason == Reason("not_alike")


# --- sets and holds --------------------------------------------------------------------------------------


def squats(rom=96.0, seconds=1.3, score=90, reps=6, unit="deg"):
    s = sessions.squat()
    rep = replace(s.reps[0], rom=Rom(rom, unit), score=score)
    wobble = (-1.0, 0.0, 1.0)
    each = tuple(
        replace(
            rep,
            n=i + 1,
            rom=Rom(rom + wobble[i % 3], unit),
            tempo=replace(rep.tempo, up_s=seconds, down_s=seconds),
            score=score + i % 2,
        )
        for i in range(reps)
    )
    summary = replace(s.summary, attempts=reps, reps=reps, good_reps=reps, score=score)
    return with_reps(s, each, summary=summary, faults=(), checks=())


@pytest.mark.parametrize(
    ("b", "changed"),
    [
        (squats(), set()),
        (squats(rom=92.0, seconds=1.4, score=87, reps=7), set()),
        (squats(rom=90.0), {"range_of_motion"}),
        (squats(seconds=1.5), {"tempo_out", "tempo_back"}),
        (squats(score=80), {"score"}),
        (squats(reps=8), {"reps", "good_reps"}),
    ],
)
def test_a_set_changes_beyond_the_sensor(b, changed):
    assert {c.id for c in compare(squats(), b).changes if c.clear} == changed


def test_noise_of_a_set_is_that_of_its_repetitions():
    wobble = 0.8 / 6, 0.75 / 9  # squares of the standard errors of the means
    found = change(squats(), squats(reps=9), "range_of_motion")
    assert found.noise == pytest.approx(1.2533 * (sum(wobble) / 2) ** 0.5)
    assert found.needs == 5.0  # the sensor's, which is more


def test_what_a_change_of_a_set_needs_grows_with_its_repetitions():
    def wild(rom):
        s = squats()
        reps = (replace(r, rom=Rom(rom + 30 * (-1) ** r.n, "deg")) for r in s.reps)
        return with_reps(s, reps)

    found = change(wild(90.0), wild(110.0), "range_of_motion")
    error = 1.2533 * (6 * 900 / 5 / 6) ** 0.5
    assert found.needs == pytest.approx(2.2281 * 2**0.5 * error, rel=1e-4)  # t of ten degrees of freedom
    assert not found.clear


def test_an_uncounted_attempt_has_no_part_in_the_medians():
    a = squats(reps=5)
    shallow = replace(a.reps[0], counted=False, rom=Rom(10.0, "deg"))
    b = with_reps(a, (*a.reps, *[shallow] * 6))
    assert change(a, b, "range_of_motion").delta == 0.0


def test_three_repetitions_are_too_few():
    found = change(squats(), squats(reps=3, rom=50.0), "range_of_motion")
    assert (found.clear, found.late) == (False, 50.0)
    assert found.reason == Reason("in_one", which="second", reason=FEW_REPS)


@pytest.mark.parametrize("reps", [3, 6])
def test_ranges_of_different_kinds_are_reported_in_the_unit_of_the_second(reps):
    found = change(squats(), squats(rom=0.5, unit="S", reps=reps), "range_of_motion")
    assert (found.early, found.late, found.unit, found.delta) == (None, 0.5, "S", None)
    assert sentence(found.reason) == "in the first: told in another unit"


@pytest.mark.parametrize(("held", "clear"), [(47.6, False), (47.8, True)])
def test_a_hold_is_compared_in_seconds(held, clear):
    a = sessions.plank()
    b = replace(a, summary=replace(a.summary, hold_s=held))
    changed = {c.id: c.clear for c in compare(a, b).changes}
    assert changed == {"score": False, "hold_s": clear, "clean_hold_s": False}


# --- faults ----------------------------------------------------------------------------------------------


def judged(verdict):
    s = sessions.plank()
    checks = (replace(s.checks[0], verdict=verdict),)
    return replace(s, checks=checks, faults=s.faults[:1] if verdict in ("warn", "error") else ())


@pytest.mark.parametrize(
    ("early", "late"),
    [("ok", "warn"), ("warn", "ok"), ("warn", "error"), ("error", "warn"), ("error", "not_assessable")],
)
def test_a_fault_that_differs_is_reported(early, late):
    (found,) = compare(judged(early), judged(late)).faults
    assert (found.id, found.early, found.late) == ("hip_sag", early, late)
    assert found.cue == "Lift your hips"


@pytest.mark.parametrize(("early", "late"), [("error", "error"), ("ok", "not_assessable"), ("ok", "ok")])
def test_no_news_of_a_fault_is_not_reported(early, late):
    assert compare(judged(early), judged(late)).faults == ()


# --- refusals --------------------------------------------------------------------------------------------


def test_different_exercises_are_refused():
    with pytest.raises(FormcheckError, match=r"different exercises \(Squat and Plank\)"):
        compare(sessions.squat(), sessions.plank())


def test_an_unknown_exercise_is_refused():
    unknown = replace(sessions.squat(), exercise=sessions.exercise("Unknown"))
    with pytest.raises(FormcheckError, match="--exercise"):
        compare(unknown, unknown)


def test_ways_of_moving_are_reported_in_words():
    (note,) = said_of(compare(run(), with_gait(run(), kind="on_the_spot")))
    assert note == "The ways of moving differ (run, on the spot)."
