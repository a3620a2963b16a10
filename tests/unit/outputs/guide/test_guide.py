"""The guide in words, and the committed pages, which must be those of today's files."""

from pathlib import Path

import pytest

from formcheck.exercises import catalog
from formcheck.exercises.schema import Cycle
from formcheck.outputs.guide import phrases
from formcheck.outputs.guide.guide import guide
from formcheck.outputs.guide.pages import pages, write_pages
from formcheck.sensor import profiles, usual_profile

DOCS = Path(__file__).parents[4] / "docs" / "exercises"


def test_the_committed_pages_are_those_of_the_exercise_files():
    made = pages(catalog().values())
    kept = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.*")}
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert not stale, f"docs/exercises is not what the exercise files say: run make docs ({stale[0]} ...)"


def test_writing_pages_removes_those_of_exercises_that_are_gone(tmp_path):
    (tmp_path / "gone.md").write_text("old")
    write_pages([catalog()["squat"]], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"README.md", "squat.md", "squat.svg"}


@pytest.mark.parametrize("exercise", catalog().values(), ids=lambda e: e.id)
def test_a_guide_tells_every_limit_with_its_cue_and_basis(exercise):
    g = guide(exercise)
    page = pages([exercise])[f"{exercise.id}.md"]
    assert len(g.checks) == len(exercise.limits())
    for found in (
        g.about,
        g.setup,
        *g.not_judged,
        *(c.why for c in g.checks),
        *(o.markdown for o in g.origins.values()),
    ):
        assert found in page
    assert sum(map(len, g.origins)) >= len({check.origin.text for check in g.checks})
    assert set(g.sources) == {name for basis in exercise.bases() for name in basis.sources}
    assert all(source.title in page and source.url in page for source in g.sources.values())
    assert "None" not in page
    assert "nan" not in page.split()


def test_bounds_that_no_body_reaches_are_left_out():
    assert phrases.bounds("knee_flexion.near", (100, 180)) == "at least 100°"
    assert phrases.bounds("knee_flexion.near", (10, 60)) == "10° to 60°"
    assert phrases.bounds("belly_up", (-1, -0.5)) == "at most −0.50"
    assert phrases.bounds("hand_depth.near", (0.15, 1.6)) == "at least 15 % of trunk length"
    assert phrases.bounds("foot_lift", (0, 0.3), unsigned=True) == "at most 30 % of trunk length"


def test_a_level_keeps_the_decimal_that_its_file_has():
    assert phrases.beyond(-10.5, False, "deg") == "below −10.5°"
    assert phrases.beyond(0.125, True, "S") == "above 12.5 %"
    assert phrases.beyond(12, True, "deg") == "above 12°"
    assert phrases.beyond(-0.1, False, "1") == "below −0.10"
    assert phrases.beyond(None, True, "deg") == "–"


def test_what_is_counted_is_reported_by_kind():
    bend = {"signal": "knee_flexion.near", "rest": 20, "full": 80, "min_range": 30.0}
    assert "goes from 20° to 80° and back in 1 to 15 s" in phrases.counted(Cycle(kind="excursion", **bend))
    raised = phrases.counted(Cycle(kind="excursion", relative=True, side="foot_up_side", **bend))
    assert "raises it by 80° and comes back to within 20°" in raised
    assert raised.endswith("Left and right are told apart.")
    assert "rhythm" in phrases.counted(Cycle(kind="oscillation", signal="shoulder_bounce"))
    assert phrases.counted(Cycle(kind="hold")) == "Seconds count while the start pose is kept."


def test_lists_read_as_people_say_them():
    assert phrases.listed(["a"]) == "a"
    assert phrases.listed(["a", "b", "c"]) == "a, b and c"
    assert phrases.views(["side", "back"]) == "the side or behind"


def test_what_a_run_gives_beside_and_names_as_tiring_is_reported():
    run = guide(catalog()["running"])
    beside = {block.title: block for block in run.beside}
    contact = beside["How long a foot is on the ground"]
    assert contact.lines == ("Usual is 0.18 s to 0.31 s; from the side. Needs 20 frames per second.",)
    assert contact.origin.kind == "Study"
    tiring = [line for block in run.tiring for line in block.lines]
    assert "Your trunk leaned further forward: named when at least 3° more." in tiring
    assert "Your steps became slower: named when at least 3 % less." in tiring
    assert not guide(catalog()["squat"]).beside


def test_a_guide_is_of_a_true_body_or_of_what_a_model_shows():
    squat = catalog()["squat"]
    true, usual, neutral = guide(squat), guide(squat, usual_profile()), guide(squat, profiles()["neutral"])
    valgus = [{c.id: c for c in g.checks}["knee_valgus"] for g in (true, usual, neutral)]
    assert [c.warns for c in valgus] == ["above 18°", "above 13°", "above 18°"]
    assert valgus[0].camera == valgus[1].camera
    assert valgus[0].camera.startswith("It shows 18° as 13°, 25° as 18°. ")
    assert valgus[0].camera.endswith("over 1 clip.")
    assert valgus[2].camera == ""


def test_steps_are_taken_as_they_are_found():
    cadence = next(c for c in guide(catalog()["running"]).checks if c.id == "cadence")
    assert cadence.camera == "Limits stand as they are: it is taken from the times of the steps."


def test_a_judgement_without_sources_says_so_and_a_link_only_where_there_is_one():
    squat = {check.id: check.origin for check in guide(catalog()["squat"]).checks}
    assert squat["heels_up"].text == "Judgement. No source states these numbers."
    assert "[Herrington, Munro 2010](https://doi.org/10.1016/" in squat["knee_valgus"].markdown
    assert "(The article behind formcheck; " in squat["neck_up"].markdown
