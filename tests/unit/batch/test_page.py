"""index.html and the two tables of a batch."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from formcheck.outputs import batch_tables
from formcheck.outputs.batch_clip import BatchClip, Score
from formcheck.outputs.batch_page import FIRST, index_html
from formcheck.outputs.batch_tables import COLUMNS, write_results, write_summary
from tests.unit.batch.clips import CLEAR, SAFETY, SMALL, failed, ok, score, unjudged
from tests.unit.outputs import sessions


def order(html: str, *names: str) -> list[str]:
    """The names in the order in which the page has them first."""
    places = {name: html.find(f"{name}.mp4</") for name in names}
    assert min(places.values()) > 0, places
    return sorted(names, key=places.__getitem__)


def section(html: str, name: str) -> str:
    start = html.find(f'aria-labelledby="s-{name}"')
    return "" if start < 0 else html[start : html.index("</section>", start)]


def test_what_needs_a_look_comes_first() -> None:
    clips = [
        ok("fine"),
        ok("small", SMALL),
        ok("bad", CLEAR, score=70),
        ok("worse", CLEAR, score=40),
        ok("unscored", CLEAR, score=None),
        ok("danger", SAFETY, score=95),
    ]
    html = index_html(clips, "results")
    expected = ["danger", "worse", "bad", "unscored", "small", "fine"]
    assert order(html, *sorted(expected)) == expected
    assert "Look at these four first" in html
    assert "small.mp4" in section(html, "rest")
    assert "small.mp4" not in section(html, "first")


def test_of_like_clips_a_count_in_doubt_comes_first_and_is_shown() -> None:
    html = index_html(
        [ok("sure", score=40), ok("doubtful", score=90, count_confidence=0.3, doubt="5 or 6: it was hidden")],
        "x",
    )
    assert order(html, "doubtful", "sure") == ["doubtful", "sure"]
    assert html.count("(count: 5 or 6: it was hidden)") == 1


def test_only_few_are_looked_at_first() -> None:
    html = index_html([ok(f"clip{i:02d}", CLEAR) for i in range(FIRST + 3)], "results")
    assert section(html, "first").count("<li") == FIRST
    assert section(html, "rest").count("<tr><td") == 3
    assert "Look at these seven first" in html


def test_a_good_batch_names_nobody_first() -> None:
    html = index_html([ok("fine"), ok("small", SMALL)], "results")
    assert section(html, "first") == ""
    assert "2 of 2 clips were judged; none shows a clear fault." in html
    assert "All clips" in html


def test_what_was_not_judged_stands_apart_with_its_reason() -> None:
    unsure = unjudged("who", "the exercise could not be told", score=score(exercise="unknown"))
    html = index_html([ok("fine"), unsure, unjudged("room"), failed("broken")], "results")
    for part, name, reason in [
        ("unsure", "who", "The exercise could not be told"),
        ("unjudged", "room", "Nobody was found"),
        ("failed", "broken", "The file is empty"),
    ]:
        assert f"{name}.mp4" in section(html, part)
        assert reason in section(html, part)
    assert "1 of 4 clips were judged" in html


def test_a_page_written_on_the_way_says_what_is_to_come() -> None:
    assert "12 clips still to come" in index_html([ok("fine")], "results", waiting=12)
    assert "No clip is done yet. 3 clips still to come" in index_html([], "results", waiting=3)
    assert "to come" not in index_html([ok("fine")], "results")


HOSTILE = '"><script>alert(1)</script>'


def test_names_and_reasons_are_text() -> None:
    good, bad = ok("x", CLEAR), failed("x", HOSTILE)
    clips = [
        replace(good, name=HOSTILE, path=HOSTILE, folder="a b%#?'\"<i>"),
        replace(bad, name="{{ 7 * 7 }}", path="javascript:alert(1)"),
        unjudged("x", HOSTILE, score=score(exercise_name=HOSTILE)),
    ]
    html = index_html(clips, HOSTILE)
    assert "<script" not in html
    assert "<i>" not in html
    assert "{{ 7 * 7 }}" in html
    assert 'href="./a%20b%25%23%3F%27%22%3Ci%3E/report.html"' in html
    assert 'href="javascript' not in html


def test_links_are_only_to_what_is_there() -> None:
    html = index_html([replace(ok("a", CLEAR), report=False, thumbnail=False), ok("b", CLEAR)], "results")
    assert "./a/" not in html
    assert 'href="./b/report.html"' in html
    assert 'src="./b/thumbnail.jpg"' in html
    assert 'loading="lazy"' in html


def test_a_session_in_brief_tells_all_its_exercises_and_the_worst_fault_first() -> None:
    mixed = sessions.mixed()
    brief = Score.of(mixed)
    assert brief.exercise_name == f"{mixed.exercise.name} and {len(mixed.sections) - 1} more"
    cues = {f.cue for f in mixed.faults} | {f.cue for part in mixed.sections for f in part.faults}
    assert {blame.cue for blame in brief.faults} == cues
    ranks = [blame.rank for blame in brief.faults]
    assert ranks == sorted(ranks)
    assert len(ranks) > 1


# --- tables ----------------------------------------------------------------------------------------------

ROW = dict.fromkeys(COLUMNS) | {"path": "/in/a.mp4", "rep": 1, "value": 3.5, "counted": True}


def test_results_keep_their_types_over_groups_that_hold_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_tables, "GROUP", 2)
    empty = dict.fromkeys(COLUMNS) | {"path": "/in/b.mp4"}
    path = write_results(iter([empty, empty, ROW, empty, ROW]), tmp_path / "results.parquet")

    file = pq.ParquetFile(path)
    assert file.num_row_groups == 3
    assert {f.name: str(f.type).replace("double", "float64") for f in file.schema_arrow} == COLUMNS
    assert file.read().to_pylist() == [empty, empty, ROW, empty, ROW]


def test_no_rows_still_make_a_table(tmp_path: Path) -> None:
    path = write_results([], tmp_path / "results.parquet")
    assert pq.read_table(path).num_rows == 0
    assert pq.read_schema(path).names == list(COLUMNS)


def summary(path: Path, clips: list[BatchClip]) -> list[dict[str, str]]:
    with write_summary(clips, path / "summary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_summary_has_one_row_per_clip_by_path(tmp_path: Path) -> None:
    rows = summary(tmp_path, [failed("z"), ok("b", CLEAR, SMALL, confidence=0.87654), unjudged("a")])
    assert [row["path"] for row in rows] == ["/in/a.mp4", "/in/b.mp4", "/in/z.mp4"]
    assert rows[1] == {
        "path": "/in/b.mp4", "name": "b.mp4", "status": "ok", "reason": "", "exercise": "squat",
        "chosen_by": "user", "confidence": "0.877", "score": "82", "coverage": "0.75", "attempts": "5",
        "count_confidence": "0.9",
        "reps": "4", "good_reps": "3", "hold_s": "", "faults": "fold shift", "seconds": "3.2", "folder": "b",
    }  # fmt: skip
    assert (rows[0]["status"], rows[0]["reason"], rows[0]["score"]) == (
        "not_judgeable",
        "nobody was found",
        "",
    )


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    (row,) = summary(tmp_path, [replace(failed("x", "@SUM(1)"), name="=1+1.mp4", path="-2.mp4")])
    assert [row["name"], row["path"], row["reason"]] == ["'=1+1.mp4", "'-2.mp4", "'@SUM(1)"]


def test_a_table_that_did_not_become_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = write_results([ROW], tmp_path / "results.parquet")

    def broken() -> Iterator[dict[str, object]]:
        yield ROW
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        write_results(broken(), path)
    assert pq.read_table(path).num_rows == 1
    assert [p.name for p in tmp_path.iterdir()] == ["results.parquet"]
