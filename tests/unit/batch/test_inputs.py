"""Which clips are meant by files, folders, patterns and manifests."""

from pathlib import Path

import pytest
import typer

from formcheck.apps.batch.inputs import Clip, find_clips, refuse_empty
from formcheck.apps.batch.manifest import read_manifest


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touch(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()


def found(*words: str, exercise: str | None = "squat", out: str = "out") -> list[str]:
    clips = find_clips(words, [], exercise, Path(out))
    return [clip.path.relative_to(Path.cwd()).as_posix() for clip in clips]


def test_a_folder_gives_its_videos_at_any_depth_and_nothing_else(place: Path) -> None:
    touch(
        "in/b.MP4",
        "in/a.mov",
        "in/sub/c.webm",
        "in/d.gif",
        "in/notes.txt",
        "in/._a.mov",
        "in/.trash/d.mp4",
        "in/noise",
    )
    assert found("in") == ["in/a.mov", "in/b.MP4", "in/d.gif", "in/sub/c.webm"]


def test_results_are_no_input(place: Path) -> None:
    touch("a.mp4", "out/a/annotated.mp4", "out/b.mp4")
    assert found(".") == ["a.mp4"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(place: Path) -> None:
    touch("clip", "notes.txt")
    assert found("notes.txt", "clip") == ["notes.txt", "clip"]


def test_a_pattern_goes_into_folders_and_a_file_of_that_name_is_itself(place: Path) -> None:
    touch("in/a1.mp4", "in/a2.mp4", "in/b.mp4", "in/a3/deep.mp4", "[x].mp4")
    assert found("in/a*") == ["in/a1.mp4", "in/a2.mp4", "in/a3/deep.mp4"]
    assert found("**/b.mp4") == ["in/b.mp4"]
    assert found("[x].mp4") == ["[x].mp4"]


def test_each_clip_comes_once(place: Path) -> None:
    touch("in/a.mp4")
    assert found("in", "in/a.mp4", "in/*.mp4", str(place / "in" / ".." / "in")) == ["in/a.mp4"]


def test_a_link_to_nothing_is_a_clip_that_will_fail(place: Path) -> None:
    Path("gone.mp4").symlink_to("nowhere.mp4")
    assert found(".") == ["gone.mp4"]


@pytest.mark.parametrize(
    ("word", "said"), [("nowhere", "no such file"), ("*.mp4", "no such file"), ("in", "no video")]
)
def test_words_that_stand_for_nothing_are_refused(place: Path, word: str, said: str) -> None:
    touch("in/notes.txt")
    with pytest.raises(typer.BadParameter, match=said):
        refuse_empty([word], Path("out"))


def test_the_exercise_comes_from_the_manifest_the_command_the_folder_or_the_movement(place: Path) -> None:
    touch("Squat/a.mp4", "Squat/b.mp4", "bird-dog/c.mp4", "misc/d.mp4")
    listed = [Clip(place / "Squat/a.mp4", "lunge", side="left")]

    def exercises(said: str | None) -> list[str | None]:
        return [clip.exercise for clip in find_clips(["."], listed, said, Path("out"))]

    assert exercises(None) == ["lunge", "squat", "quadruped_limb_raise", "auto"]
    assert exercises("plank_hold") == ["lunge", "plank_hold", "plank_hold", "plank_hold"]
    assert exercises("auto") == ["lunge", "auto", "auto", "auto"]


# --- manifests -------------------------------------------------------------------------------------------


def manifest(text: str | bytes) -> tuple[list[Clip], list[str]]:
    file = Path("table/clips.csv")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_manifest(file)


def test_paths_of_a_manifest_count_from_its_folder(place: Path) -> None:
    clips, mistakes = manifest("path,exercise,side,view\na.mp4,Squat,,\n../b.mp4,auto,left,side\n/c.mp4,,,\n")
    assert mistakes == []
    assert clips == [
        Clip(place / "table/a.mp4", "squat"),
        Clip(place / "b.mp4", "auto", "left", "side"),
        Clip(Path("/c.mp4")),
    ]


@pytest.mark.parametrize(
    ("head", "cells", "rotation_deg", "slowmo"),
    [
        ("path,rotate,slowmo", "a.mp4,90,4", 90, 4.0),
        ("path,rotate,slowmo", "a.mp4,0,", 0, None),
        ("path,rotate,slowmo", "a.mp4,270.0,0.5", 270, 0.5),
        ("path,rotate", "a.mp4,", None, None),
        ("slowmo,path", '"2,5",a.mp4', None, 2.5),
        ("Path;Slowmo;Rotate", "a.mp4;2,5;180", 180, 2.5),
    ],
)
def test_how_a_clip_was_taken_may_stand_in_the_table(
    place: Path, head: str, cells: str, rotation_deg: int | None, slowmo: float | None
) -> None:
    clip = Clip(place / "table/a.mp4", rotation_deg=rotation_deg, slowmo=slowmo)  # type: ignore[arg-type]
    assert manifest(f"{head}\n{cells}\n") == ([clip], [])


@pytest.mark.parametrize(
    "text",
    [
        "path\na.mp4\n",
        "\ufeffPath;Exercise\r\na.mp4;\r\n\r\n",
        'exercise,path\n,"a.mp4"\n',
        "path,side\na.mp4\n",
    ],
)
def test_tables_as_programs_write_them(place: Path, text: str) -> None:
    assert manifest(text) == ([Clip(place / "table/a.mp4")], [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "no column 'path'"),
        ("file,exercise\na.mp4,squat\n", 1, "no column 'path'"),
        ("path,sport\na.mp4,squat\n", 1, "unknown column 'sport'"),
        ("path,path\na,b\n", 1, "twice"),
        ("path\n", 2, "names no clip"),
        ("path,side\na.mp4,\n,left\n", 3, "no path"),
        ("path,exercise\na.mp4,sqat\n", 2, "squat"),
        ("path,exercise\na.mp4,mine.toml\n", 2, "no such file"),
        ("path,side\na.mp4,both\n", 2, "side 'both'"),
        ("path,view\na.mp4,top\n", 2, "view 'top'"),
        ("path,rotate\na.mp4,90\nb.mp4,45\n", 3, "rotate '45' is none of 0, 90, 180, 270"),
        ("path,rotate\na.mp4,left\n", 2, "rotate 'left'"),
        ("path,slowmo\na.mp4,0\n", 2, "slowmo '0' is no number above 0"),
        ("path,slowmo\na.mp4,-4\n", 2, "slowmo '-4'"),
        ("path,slowmo\na.mp4,nan\n", 2, "slowmo 'nan'"),
        ("path,slowmo\na.mp4,1e999\n", 2, "slowmo '1e999'"),
        ("path,slowmo\na.mp4,4x\n", 2, "slowmo '4x'"),
        ("path\na.mp4\nb.mp4\n./a.mp4\n", 4, "twice"),
        ("path\na.mp4,squat\n", 2, "more cells"),
        ('path\n"a.mp4\n', 2, "not CSV"),
    ],
)
def test_a_mistake_is_reported_with_its_line(place: Path, text: str, line: int, said: str) -> None:
    _, mistakes = manifest(text)
    assert len(mistakes) == 1
    assert mistakes[0].startswith(f"table/clips.csv line {line}: ")
    assert said in mistakes[0]


def test_every_mistake_is_reported(place: Path) -> None:
    _, mistakes = manifest("path,side\na,up\nb,left\nc,down\n")
    assert [m.split(":")[0] for m in mistakes] == ["table/clips.csv line 2", "table/clips.csv line 4"]


@pytest.mark.parametrize(("text", "said"), [(b"path\n\xff\xfe.mp4\n", "UTF-8"), (None, "cannot be read")])
def test_what_is_no_table_is_refused(place: Path, text: bytes | None, said: str) -> None:
    with pytest.raises(typer.BadParameter, match=said):
        manifest(text) if text else read_manifest(place)
