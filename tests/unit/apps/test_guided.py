"""The guided session: which exercise comes, what is kept of it, what ends it."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.apps.live.guided import Guided, Terminal
from formcheck.apps.live.start import LiveOutcome
from formcheck.apps.plan import now, plan_of, tell
from formcheck.live.workout import Workout
from formcheck.outputs.session_file import write_session
from formcheck.plan import rules
from formcheck.store import Store, open_store
from formcheck.types.result import Hold, HoldResult, Rep, RepResult
from formcheck.types.set_summary import SetSummary
from formcheck.types.training import Pain, PainReport, Start
from tests.unit.store.made import golden


class Camera:
    """Does what it is asked for, perfectly; writes sessions as a recording does."""

    def __init__(self, folder: Path, *, sets: bool = True, interrupts: int | None = None) -> None:
        self.asked: list[str] = []
        self._folder, self._sets, self._interrupts = folder, sets, interrupts

    def __call__(self, workout: Workout) -> LiveOutcome:
        task = workout.tasks[0]
        self.asked.append(task.exercise.id)
        folder = self._folder / str(len(self.asked))
        folder.mkdir(parents=True)
        (folder / "events.jsonl").touch()
        if self._sets:
            write_session(_session(workout), folder)
        summary = SetSummary(task.exercise.name, 1, 1, *([0] * 3), *([None] * 6), 1.0, (), None)
        done = (summary,) * len(workout.steps) if self._sets else ()
        return LiveOutcome(done, (folder,), None, len(self.asked) == self._interrupts)


class Answers:
    """A person who says the same to every question."""

    def __init__(self, pain: Pain | None = "none", *, goes_on: bool = True) -> None:
        self._pain, self._goes_on = pain, goes_on

    def start(self) -> Start | None:
        return Start(now(), "none", "indoors", ("mat", "wall"), 3)

    def pain(self) -> Pain | None:
        return self._pain

    def go_on(self) -> bool:
        return self._goes_on


def _session(workout: Workout):
    """One set of a trial, all good; of both sides."""
    task = workout.tasks[0]
    sides = ("both",) if task.exercise.sides == "both" else ("left", "right")
    like = golden("squat_side_shallow")
    record = replace(like.exercise, id=task.exercise.id, kind=task.exercise.kind)
    found = replace(like.summary, hold_s=None, clean_hold_s=None, coverage=1.0)
    if task.timed:
        result = HoldResult(tuple(Hold(side, 0.0, 30.0, 30.0, 30.0, 0) for side in sides))
    else:
        many = [(side, n) for side in sides for n in range(task.reps or 0)]
        reps = tuple(Rep(n, side, n, n + 0.5, n + 1, True, None, None, None, 95, ()) for side, n in many)
        result = RepResult(reps)
        found = replace(found, attempts=len(reps), reps=len(reps), good_reps=len(reps))
    return replace(like, exercise=record, summary=found, result=result, faults=(), sections=None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "s.sqlite")


def guided(camera: Camera, answers: Answers, **options: bool) -> tuple[Guided, StringIO]:
    text = StringIO()
    return Guided(camera, answers, Console(file=text, width=200), **options), text


def test_a_first_day_from_three_answers_to_a_programme(store: Store, tmp_path: Path) -> None:
    """Trials in the article's order, the stretches, everything kept with how it felt."""
    camera = Camera(tmp_path / "kept")
    led, text = guided(camera, Answers())
    assert led.through(store, "Ana") is False
    four = ["superman", "beetle", "single_leg_stability_hold", "high_plank_leg_lift"]
    assert camera.asked == [*four, *rules().stretch.exercises]
    plan = plan_of(store, "Ana")
    assert [slot.exercise for slot in plan.programme] == four
    assert plan.state == "done"
    assert store.counts_of("Ana")[0] == 7
    assert all(decision.sessions for decision in plan.decisions if decision.kind == "entered")
    assert rules().safety[0] in text.getvalue()
    assert "Done for today." in text.getvalue()


def test_pain_brings_the_warning_and_pauses(store: Store, tmp_path: Path) -> None:
    tell(store, Start(now(), "none"))
    led, text = guided(Camera(tmp_path / "kept"), Answers("pain"), once=True)
    led.through(store)
    assert rules().safety[1] in text.getvalue()
    assert "superman" not in {item.exercise for item in plan_of(store).items}


def test_numbness_ends_it(store: Store, tmp_path: Path) -> None:
    camera = Camera(tmp_path / "kept")
    led, text = guided(camera, Answers("numb"))
    led.through(store)
    assert camera.asked == ["superman"]
    assert plan_of(store).state == "stopped"
    again, text = guided(camera, Answers())
    again.through(store)
    assert camera.asked == ["superman"]
    assert "see a doctor" in text.getvalue()


def test_no_answer_is_no_painless_answer(store: Store, tmp_path: Path) -> None:
    camera = Camera(tmp_path / "kept")
    led, text = guided(camera, Answers(None), once=True)
    led.through(store)
    assert not [entry for entry in store.entries() if isinstance(entry, PainReport)]
    assert plan_of(store).programme == ()
    assert "Say how it felt" in text.getvalue()


@pytest.mark.parametrize(("goes_on", "asked"), [(True, 7), (False, 1)])
def test_nothing_counted_asks_whether_to_go_on(
    store: Store, tmp_path: Path, goes_on: bool, asked: int
) -> None:
    """Each exercise comes once at most, so that it ends whatever happens."""
    camera = Camera(tmp_path / "kept", sets=False)
    guided(camera, Answers(goes_on=goes_on))[0].through(store)
    assert len(camera.asked) == len(set(camera.asked)) == asked
    assert store.counts_of()[0] == 0


def test_an_interruption_keeps_what_was_done(store: Store, tmp_path: Path) -> None:
    camera = Camera(tmp_path / "kept", interrupts=2)
    assert guided(camera, Answers())[0].through(store) is True
    assert len(camera.asked) == store.counts_of()[0] == 2


def test_a_rest_day_has_stretches_unless_asked_otherwise(store: Store, tmp_path: Path) -> None:
    guided(Camera(tmp_path / "first"), Answers())[0].through(store)
    resting, training = Camera(tmp_path / "rest"), Camera(tmp_path / "anyway")
    store_later = _Later(store, days=1)
    guided(resting, Answers())[0].through(store_later)
    assert resting.asked == list(rules().stretch.exercises)
    guided(training, Answers(), anyway=True)[0].through(store_later)
    assert training.asked[0] == "superman"


class _Later:
    """The same store, as it looks some days later: all that is in it happened earlier."""

    def __init__(self, store: Store, days: int) -> None:
        self._store, self._ago = store, timedelta(days=days)

    def entries(self, person=None, note=None):
        return [replace(entry, when=entry.when - self._ago) for entry in self._store.entries(person)]

    def state_of(self, person=None):
        return self._store.state_of(person)

    def done(self, person=None, since=None, note=None):
        return [replace(done, when=done.when - self._ago) for done in self._store.done(person)]

    def add_entry(self, entry, person=None):
        return 1

    def add_session(self, *_, **__):
        return 1


def test_who_is_not_there_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))
    asker = Terminal(Console(file=StringIO()))
    assert (asker.start(), asker.pain(), asker.go_on()) == (None, None, False)
    assert Terminal(Console(file=StringIO()), "pain").pain() == "pain"
