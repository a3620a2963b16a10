"""One task: results stand whole or not at all, and every failure is an outcome."""

from pathlib import Path

import pytest

from formcheck.apps.analysis import Options
from formcheck.apps.jobs import task as module
from formcheck.apps.jobs.results import session_in
from formcheck.apps.jobs.task import JobTask, judge
from formcheck.errors import ModelError, NobodyError, OutputError, SourceError
from formcheck.files.folders import publish

SAMPLES = Path(__file__).parents[3] / "sample_videos"


def task(tmp_path, path="clip.mp4", **options):
    return JobTask(
        "a" * 32,
        str(path),
        "auto",
        str(tmp_path / "out" / "clip"),
        str(tmp_path / ".work"),
        Options(**options),
    )


def test_a_clip_is_judged_into_its_folder(model_path, tmp_path):
    sagging = {"start": 8.5, "end": 12.0}
    asked = task(tmp_path, SAMPLES / "plank_sag.mp4", video=False, thumbnail=True, **sagging)
    outcome = judge(asked)
    place = Path(asked.folder)
    assert (outcome.status, outcome.reason, outcome.blame) == ("ok", None, "clip")
    assert outcome.session == session_in(place)
    assert sorted(p.name for p in place.iterdir()) == [
        "evidence",
        "report.html",
        "reps.csv",
        "session.json",
        "thumbnail.jpg",
    ]
    assert list((tmp_path / ".work").iterdir()) == []


@pytest.mark.parametrize(
    ("error", "status", "blame", "expected"),
    [
        (NobodyError("nobody\nthere"), "not_judgeable", "clip", "nobody there"),
        (NobodyError("clip.mp4: too small"), "not_judgeable", "clip", "too small"),
        (SourceError("broken"), "failed", "clip", "broken"),
        (OutputError("full"), "failed", "machine", "full"),
        (ModelError("gone"), "failed", "machine", "gone"),
        (
            ZeroDivisionError("oh"),
            "failed",
            "clip",
            "formcheck failed on it (ZeroDivisionError: oh); please report it",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_failure_is_an_outcome_and_leaves_nothing(
    monkeypatch, tmp_path, error, status, blame, expected
):
    def fails(*_, folder, **__):
        folder.mkdir(parents=True)
        (folder / "half").touch()
        raise error

    monkeypatch.setattr(module, "analyse_file", fails)
    outcome = judge(task(tmp_path, "uploads/clip.mp4"))
    assert (outcome.status, outcome.blame, outcome.reason, outcome.session) == (status, blame, expected, None)
    assert list((tmp_path / ".work").iterdir()) == []
    assert not (tmp_path / "out").exists()


def test_publishing_replaces_our_files_and_leaves_those_of_others(tmp_path):
    old, new = tmp_path / "out", tmp_path / "new"
    for place, names in (
        (old, ("session.json", "annotated.mp4", "evidence/old.jpg", "holiday.jpg")),
        (new, ("session.json", "report.html", "evidence/new.jpg")),
    ):
        for name in names:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(place.name)
    publish(new, old)
    there = sorted(str(p.relative_to(old)) for p in old.rglob("*") if p.is_file())
    assert there == ["evidence/new.jpg", "holiday.jpg", "report.html", "session.json"]
    assert (old / "session.json").read_text() == "new"
    publish(None, old)
    assert [p.name for p in old.iterdir()] == ["holiday.jpg"]
