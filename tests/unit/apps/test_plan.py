"""The plan over the store and on the command line: kept, the same for everybody who asks, put into words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.apps.cli.main import app
from formcheck.apps.plan import logged, plan_of, tell
from formcheck.plan import rules
from formcheck.store import open_store
from formcheck.types.training import Done, PainReport, SetDone, Start
from tests.unit.store.made import golden

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
RUNNER = CliRunner()


def test_two_devices_and_a_restart_see_the_same_plan(tmp_path: Path) -> None:
    """Each writes a part; whoever opens the store later has all of it."""
    place = tmp_path / "both.sqlite"
    with open_store(place) as phone, open_store(place) as laptop:
        tell(phone, Start(NOON, "none"), "Ana")
        tell(laptop, logged("superman", [5], 10, "none"), "Ana")
        mine = tell(phone, logged("beetle", [5], 10, "none"), "Ana")
        assert plan_of(laptop, "Ana") == mine
    with open_store(place) as later:
        assert plan_of(later, "Ana") == mine
        assert [slot.exercise for slot in mine.programme] == ["superman", "beetle"]
        assert plan_of(later).state == "new"


def test_sessions_alone_rebuild_what_they_show(tmp_path: Path) -> None:
    """What was measured is in no other place; forgetting a session takes it out of the plan."""
    with open_store(tmp_path / "s.sqlite") as store:
        tell(store, Start(NOON, "none"))
        id_ = store.add_session(golden("bird_dog_arch"), origin="video", when=NOON)
        tell(store, PainReport(NOON, "quadruped_limb_raise", "none"))
        (decision,) = [d for d in plan_of(store).decisions if d.exercise]
        assert decision.sessions == (id_,)
        long_ago = NOON - timedelta(days=rules().run.days + 1)
        store.add_session(golden("squat_side_shallow"), origin="video", when=long_ago)
        assert plan_of(store).decisions[-1] == decision
        store.forget(id_)
        assert not [d for d in plan_of(store).decisions if d.exercise]


def test_what_is_reported_instead_of_what_was_taken_back_is_seen(tmp_path: Path) -> None:
    """Though it stands in the very row of the other."""
    with open_store(tmp_path / "s.sqlite") as store:
        tell(store, Start(NOON, "none"))
        later = NOON + timedelta(minutes=1)
        assert tell(store, PainReport(later, None, "numb")).state == "stopped"
        store.take_back()
        assert tell(store, PainReport(later, None, "none")).state != "stopped"


def test_a_clock_that_went_back_and_one_that_ran_ahead_break_no_plan(tmp_path: Path) -> None:
    """What was reported of a time to come counts from then on; the order is that of the moments."""
    with open_store(tmp_path / "s.sqlite") as store:
        for when in (NOON, NOON.replace(year=2099), NOON.replace(year=1970)):
            tell(store, Start(when, "none"))
            store.add_session(golden("bird_dog_arch"), origin="live", folder=f"/live/{when}", when=when)
        assert [row.when.year for row in store.sessions()] == [2099, 2026, 1970]
        for year in (1969, 1970, 2026, 2099, 2150):
            plan = plan_of(store, day=NOON.replace(year=year).date())
            assert plan.next_day >= plan.day
            assert all(decision.day <= plan.day for decision in plan.decisions)
            assert (plan.state == "new") is (year == 1969)


@pytest.mark.parametrize("pain", ["numb", "pain", "none"])
def test_exercises_of_a_later_catalog_break_no_plan(tmp_path: Path, pain: str) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        tell(store, Start(NOON, "none"))
        store.add_entry(PainReport(NOON, "levitation", pain))
        store.add_entry(Done(NOON, "levitation", (SetDone(8, 8),), faults=("Down",), pain=pain))
    for words in (["plan"], ["plan", "show"], ["plan", "undo"]):
        ran = RUNNER.invoke(app, [*words, "--store", str(tmp_path / "s.sqlite")])
        assert ran.exit_code == 0, ran.output


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`formcheck plan WORDS` on a store of its own, with typed answers."""
    monkeypatch.setenv("COLUMNS", "200")
    store = str(tmp_path / "plan.sqlite")

    def ask(*words: str, typed: str = "", code: int = 0) -> str:
        ran = RUNNER.invoke(app, ["plan", *words, "--store", store], input=typed)
        assert ran.exit_code == code, ran.output
        return ran.output

    return ask


def test_three_answers_and_the_first_day(plan) -> None:
    begun = plan("start", typed="n\n1\n\n")
    assert begun.count(rules().safety[0]) == 1
    assert "3 of 3" in begun
    assert "Superman: short trial, 5 repetitions" in begun
    assert "live --plan" in begun
    logged_ = plan("log", "superman", "5", "--pain", "none")
    assert "number 1 of the order joins" in logged_
    assert "3 sets of 8 (most: 12)" in plan("show")
    assert "Superman" not in plan("next")


def test_logging_all_of_today_asks_for_each(plan) -> None:
    plan("start", "--pain", "none", "--place", "indoors", "--days", "3")
    found = plan("log", typed="5\n10\nn\n" * 2 + "\n" * 20)
    assert found.count("joins your programme") == 2
    assert "Single-leg stability hold" in found


def test_the_last_word_is_taken_back(plan) -> None:
    plan("start", "--pain", "none", "--place", "indoors", "--days", "3")
    plan("log", "--pain", "numb")
    assert "Stopped" in plan()
    assert "how it felt" in plan("undo")
    assert "Today: 4 exercises" in plan()
    assert "the answers" in plan("undo")
    assert "Nothing was told yet" in plan("undo")


def test_pain_and_numbness_bring_the_warning(plan) -> None:
    plan("start", "--pain", "none", "--place", "indoors", "--days", "3")
    hurt = plan("log", "superman", "--pain", "pain")
    assert rules().safety[1] in hurt
    assert "paused until" in hurt
    assert "Stopped" in plan("log", "--pain", "numb")
    assert "Begin again" in plan()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("log", "superman"), 2),
        (("log", "superman", "many"), 2),
        (("log", "supperman", "8"), 1),
        (("start", "--days", "9"), 2),
        (("start", "--pain", "some"), 2),
    ],
)
def test_wrong_words(plan, words: tuple[str, ...], code: int) -> None:
    plan("start", "--pain", "none", "--place", "indoors", "--days", "3")
    plan(*words, code=code)


def test_data_goes_out_in_and_away(plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.apps.person.workouts", lambda: tmp_path / "workouts")
    plan("start", "--pain", "none", "--place", "indoors", "--days", "3")
    file, store = str(tmp_path / "me.json"), str(tmp_path / "plan.sqlite")

    def data(*words: str, typed: str = "") -> str:
        ran = RUNNER.invoke(app, ["data", *words, "--store", store], input=typed)
        assert ran.exit_code == 0, ran.output
        return ran.output

    assert "0 sessions, 1 answer" in data("export", file)
    data("delete", typed="n\n")
    assert "No plan yet" not in plan()
    assert "deleted" in data("delete", typed="y\n")
    assert "No plan yet" in plan()
    data("import", file)
    data("import", file)
    assert "0 sessions, 1 answer" in data("export", file)
