"""Keys, folders and lengths: what decides whether a clip is judged again, and where its results go."""

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.apps.analysis import Options
from formcheck.apps.batch import job_request as module
from formcheck.apps.batch.inputs import Clip
from formcheck.apps.batch.job_request import JobRules, look_at
from formcheck.apps.batch.lengths import Lengths
from formcheck.apps.batch.plan import MOST_S, UNKNOWN_S, about, longest_s
from formcheck.files.folders import own_folder
from formcheck.pose.looks import USUAL, looks_of
from formcheck.store.records import JobRequest
from tests.clips import write_clip

RULES = JobRules(Options(), "model")
REQUEST = JobRequest("a.mp4", "a.mp4", "", "out/a", "squat", sha256="1" * 64)


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        (RULES, replace(REQUEST, sha256="2" * 64)),
        (RULES, replace(REQUEST, sha256=None)),
        (RULES, replace(REQUEST, exercise="lunge")),
        (RULES, replace(REQUEST, exercise="auto")),
        (RULES, replace(REQUEST, side="left")),
        (RULES, replace(REQUEST, view="front")),
        (RULES, replace(REQUEST, rotation_deg=0)),
        (RULES, replace(REQUEST, slowmo=4.0)),
        (RULES, replace(REQUEST, careful=True)),
        (replace(RULES, model="other"), REQUEST),
        (replace(RULES, options=Options(video=False)), REQUEST),
        (replace(RULES, options=Options(report=False)), REQUEST),
        (replace(RULES, options=Options(looks=looks_of(careful=True))), REQUEST),
        (replace(RULES, options=Options(looks=looks_of(every_frame=True))), REQUEST),
    ],
)
def test_whatever_decides_the_result_changes_the_key(rules: JobRules, asked: JobRequest) -> None:
    assert rules.key(asked) != RULES.key(REQUEST)


def test_what_is_said_of_a_clip_reaches_its_judge(tmp_path: Path) -> None:
    clip = Clip(tmp_path / "a.mp4", "squat", "left", "side", 270, 2.5)
    (asked,) = look_at([clip], RULES, {}, tmp_path / "out")
    options = RULES.of(asked)
    assert (options.side, options.view, options.rotation_deg, options.slowmo) == ("left", "side", 270, 2.5)
    assert options.looks == USUAL
    assert RULES.of(replace(asked, careful=True)).looks == looks_of(careful=True)


def test_careful_looks_may_be_asked_for_where_their_model_looks_anyway() -> None:
    assert RULES.can_be_careful
    assert not JobRules(Options(looks=looks_of("full")), "model").can_be_careful


def test_nothing_else_changes_the_key() -> None:
    elsewhere = replace(REQUEST, path="b.mp4", name="b.mp4", folder="out/b", duration_s=3.0, person="Ada")
    named = replace(RULES, options=Options(looks=replace(USUAL, model="a copy of it.task")))
    assert named.key(elsewhere) == RULES.key(REQUEST)


def test_the_version_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = RULES.key(REQUEST)
    monkeypatch.setattr("formcheck.apps.batch.job_request.__version__", "99")
    assert RULES.key(REQUEST) != before


def test_an_exercise_file_counts_by_what_it_says(tmp_path: Path) -> None:
    text = (Path("formcheck/exercises/catalog/squat.toml")).read_text(encoding="utf-8")
    one, two, other = (tmp_path / f"{name}.toml" for name in ("one", "two", "other"))
    one.write_text(text)
    two.write_text("# of mine\n" + text)
    other.write_text(text.replace('say    = "', 'say    = "Now ', 1))  # reports show it
    keys = [RULES.key(replace(REQUEST, exercise=str(file))) for file in (one, two, other)]
    assert keys[0] == keys[1] == RULES.key(REQUEST)
    assert keys[2] != keys[0]


# --- folders ---------------------------------------------------------------------------------------------


def folders_of(out: Path, *clips: tuple[str, str], known: Sequence[JobRequest] = ()) -> list[Path]:
    """The folders of clips: their paths below ``out`` and what is in them."""
    for path, content in clips:
        (out.parent / path).parent.mkdir(exist_ok=True)
        (out.parent / path).write_text(content)
    before = {w.path: w for w in known}
    requests = look_at([Clip(out.parent / path, "squat") for path, _ in clips], RULES, before, out)
    return [Path(w.folder) for w in requests]


def test_clips_of_one_name_get_folders_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "out"
    clips = ("x/a.mp4", "1"), ("y/A.mov", "2"), ("z/a.mp4", "1"), ("x/b.mp4", "3")
    folders = folders_of(out, *clips)
    assert len({folder.name.casefold() for folder in folders}) == 4
    assert (folders[0], folders[3]) == (out / "a", out / "b")
    assert folders_of(out, *clips) == folders


def test_a_clip_keeps_its_folder_whoever_comes_later(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (first,) = look_at([Clip(write(tmp_path / "x/a.mp4", "1"), "squat")], RULES, {}, out)
    later = folders_of(out, ("w/a.mp4", "2"), ("x/a.mp4", "1"), known=[first])
    assert later[1] == out / "a"
    assert later[0].name.startswith("a-")


def test_other_bytes_under_the_same_path_leave_the_results_of_the_first(tmp_path: Path) -> None:
    out, clip = tmp_path / "out", Clip(write(tmp_path / "x/a.mp4", "monday"), "squat")
    (monday,) = look_at([clip], RULES, {}, out)
    (out / "a").mkdir(parents=True)
    (out / "a" / "session.json").write_text(json.dumps({"source": {"sha256": monday.sha256}}))

    write(clip.path, "tuesday")
    (tuesday,) = look_at([clip], RULES, {monday.path: monday}, out)
    assert Path(tuesday.folder).name.startswith("a-")
    clip.path.unlink()
    (gone,) = look_at([clip], RULES, {monday.path: monday}, out)
    assert gone.folder not in {monday.folder, tuesday.folder}
    write(clip.path, "monday")
    assert look_at([clip], RULES, {tuesday.path: tuesday}, out) == [monday]


def test_one_set_of_names_serves_all_clips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy for each clip would make looking quadratic."""
    sets = []

    def own(place: Path, sources: set[str], taken: set[str]) -> Path:
        sets.append(taken)
        return own_folder(place, sources, taken)

    monkeypatch.setattr(module, "own_folder", own)
    clips = [(f"x/{i}.mp4", "before") for i in range(5)]
    paths = {str(tmp_path / path): path for path, _ in clips}
    known = [replace(REQUEST, path=path, folder=str(tmp_path / "out" / "old")) for path in paths]
    folders_of(tmp_path / "out", *clips, known=known)
    assert [taken is sets[0] for taken in sets] == [True] * 5


def test_what_lies_in_the_folder_already_is_not_taken(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out / "a" / "report.html", "somebody's")
    assert folders_of(out, ("x/a.mp4", "1"))[0].name.startswith("a-")


@pytest.mark.parametrize("name", ["index.html", "Results.parquet", "summary.csv", "formcheck.sqlite"])
def test_no_clip_takes_the_name_of_a_list(tmp_path: Path, name: str) -> None:
    (folder,) = folders_of(tmp_path / "out", (f"x/{name}.mp4", "1"))
    assert folder.name.casefold() != name.casefold()


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


# --- looking at files ------------------------------------------------------------------------------------


def test_a_clip_is_read_and_what_is_wrong_is_left_to_the_judge(tmp_path: Path) -> None:
    good = write_clip(tmp_path / "good.mp4", frames=50)
    (tmp_path / "text.mp4").write_text("to do\n" * 99)
    (tmp_path / "folder.mp4").mkdir()
    os.mkfifo(tmp_path / "pipe.mp4")
    names = ["good", "text", "folder", "pipe", "gone"]
    looked: list[int] = []
    clips = [Clip(tmp_path / f"{name}.mp4", "squat") for name in names]

    requests = look_at(clips, RULES, {}, tmp_path / "out", lambda: looked.append(1))

    found = {Path(w.path).stem: (w.duration_s, bool(w.sha256), w.size_bytes) for w in requests}
    assert found["good"] == (pytest.approx(2.0), True, good.stat().st_size)
    assert found["text"] == (None, True, 594)
    assert found["folder"] == found["pipe"] == found["gone"] == (None, False, None)
    assert len(looked) == len(clips)
    assert len({w.key for w in requests}) == 3


def test_what_was_looked_at_before_is_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = Clip(write_clip(tmp_path / "a.mp4", frames=5), "squat")
    (first,) = look_at([clip], RULES, {}, tmp_path)
    monkeypatch.setattr(Lengths, "of", lambda *_: pytest.fail("was opened"))
    assert look_at([clip], RULES, {first.path: first}, tmp_path) == [first]


def test_a_name_that_is_no_text_is_shown_as_far_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff.mp4")
    (request,) = look_at([Clip(path, "squat")], RULES, {}, tmp_path)
    request.path.encode()
    assert request.name == r"bad\xff.mp4"


def test_a_file_that_hangs_or_kills_the_probe_costs_its_length_only(tmp_path: Path) -> None:
    pipe, good = tmp_path / "pipe.mp4", write_clip(tmp_path / "good.mp4", frames=25)
    os.mkfifo(pipe)
    with Lengths(patience_s=0.2) as lengths:
        assert lengths.of(good) == pytest.approx(1.0)
        process = lengths._process
        assert process is not None
        process.kill()
        process.join()
        assert lengths.of(good) is None
        assert lengths.of(good) == pytest.approx(1.0)


# --- time ------------------------------------------------------------------------------------------------


def test_a_clip_may_take_long_for_its_length_but_not_for_ever() -> None:
    assert longest_s(replace(REQUEST, duration_s=10.0)) == 260.0
    assert longest_s(replace(REQUEST, duration_s=1e12)) == MOST_S
    assert longest_s(REQUEST) == UNKNOWN_S


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "5 s"), (42, "40 s"), (59, "1 min"), (1500, "25 min"), (9000, "2.5 h")]
)
def test_rough_times(seconds: float, said: str) -> None:
    assert about(seconds) == said
