"""Whatever is given: the right exit code, one line that says what to do, and nothing half done."""

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import formcheck
from formcheck.outputs import video
from tests.clips import write_clip, write_sound
from tests.end_to_end.clips import (
    SAMPLES,
    Command,
    Ran,
    cut,
    environment,
    files_in,
    session_in,
    spoken,
    write_squats,
    write_start,
)

NONE: set[str] = set()
SMALL = {"frames": 3, "size": (96, 64)}


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Ran]:
    """`formcheck analyze CLIP... -e squat -o results` within an empty folder."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    command = Command(monkeypatch, capfd)

    def analyze(*words: str | Path) -> Ran:
        exercise = () if "-e" in words else ("-e", "squat")
        out = () if "-o" in words else ("-o", "results")
        return command("analyze", *words, *exercise, *out)

    return analyze


def refused(ran: Ran, code: int, *said: str) -> None:
    """One line that names things and says what to do, and no results."""
    assert ran.code == code, ran
    assert ran.out == ""
    for words in said:
        assert words in ran.message
    assert files_in(Path("results")) == NONE
    assert not Path("results").exists()


# --- the clip --------------------------------------------------------------------------------------------


def nothing(path: Path) -> None:
    """Do not make it."""


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (nothing, "no such file; check the path"),
    "folder": (Path.mkdir, "is a folder; give a video file"),
    "empty": (Path.touch, "the file is empty; copy or record it again"),
    "text": (lambda p: p.write_text("to do\n" * 99), "is not a video"),
    "noise": (lambda p: p.write_bytes(np.random.default_rng(1).bytes(20_000)), "is not a video"),
    "list of files": (lambda p: p.write_text("#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"), "not a video"),
    "sound": (write_sound, "holds no video, only sound or data; give a video file"),
    "no index": (lambda p: cut(write_clip(p, **SMALL), 0.3), "cut off; copy or export it again"),
    "half an index": (lambda p: cut(write_clip(p, **SMALL), 0.6), "cut off; copy or export it again"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_clip_is_named(run: Callable[..., Ran], kind: str) -> None:
    make, why = BROKEN[kind]
    make(Path("clip.mp4"))

    refused(run("clip.mp4"), 3, "clip.mp4: ", why)


def test_a_clip_cut_off_behind_its_index(run: Callable[..., Ran], model_path: Path) -> None:
    clip = write_start(Path("clip.mp4"), 60)
    with clip.open("rb") as file:
        head = file.read().index(b"mdat") + 4
    clip.write_bytes(clip.read_bytes()[:head])

    refused(run(clip), 3, "clip.mp4: no picture can be decoded; ", "copy or export")


def test_what_could_be_read_of_an_incomplete_clip_is_judged(
    run: Callable[..., Ran], model_path: Path
) -> None:
    clip = cut(write_start(Path("clip.mp4"), 90), 0.6)
    ran = run(clip, "--no-video", "--no-report")

    assert ran.code == 0
    assert "clip.mp4: " in ran.message
    assert "incomplete" in ran.message
    assert 10 < session_in(Path("results/clip"))["source"]["frames"] < 85


@pytest.mark.parametrize("frames", [1, 6])
def test_nobody_in_view(run: Callable[..., Ran], model_path: Path, frames: int) -> None:
    write_clip(Path("room.mp4"), frames=frames)
    refused(run("room.mp4"), 3, "room.mp4: nobody was found", "check that the whole body is in the picture")


def test_nobody_in_the_painted_room(run: Callable[..., Ran], model_path: Path) -> None:
    refused(run(SAMPLES / "nobody.mp4", "--end", "1"), 3, "nobody.mp4: nobody was found")


def test_one_frame_of_somebody_is_too_short_to_judge(run: Callable[..., Ran], model_path: Path) -> None:
    write_start(Path("one.mp4"), 1)
    ran = run("one.mp4", "--quiet")

    assert ran.code == 1
    assert "one.mp4: too short to judge" in ran.message
    assert session_in(Path("results/one"))["summary"]["attempts"] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--start", "99"], 3, "the start of 99 s lies after the end of the clip"),
        (["--start", "3", "--end", "2"], 2, "--end"),
        (["--end", "0"], 2, "--end"),
        (["--start", "-1"], 2, "--start"),
        (["--end", "-1"], 2, "--end"),
        (["--start", "nan"], 2, "--start"),
        (["--rotate", "45"], 2, "--rotate"),
        (["--slowmo", "0"], 2, "--slowmo"),
        (["--slowmo", "-4"], 2, "--slowmo"),
        (["--slowmo", "nan"], 2, "--slowmo"),
        (["--height", "178"], 2, "178 looks like centimetres; give metres: 1.78"),
        (["--height", "1,78"], 2, "'1,78' is no number; give metres, such as 1.78"),
        (["--height", "nan"], 2, "nan is not between 0.5 and 2.7; give metres, such as 1.78"),
        (["--height", "5.9"], 2, "5.9 is not between 0.5 and 2.7; give metres, such as 1.78"),
    ],
    ids=spoken,
)
def test_impossible_parts_of_a_clip(
    run: Callable[..., Ran], words: list[str], code: int, said: str, model_path: Path
) -> None:
    write_clip(Path("clip.mp4"), **SMALL)
    refused(run("clip.mp4", *words), code, said)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets names be any bytes")
def test_a_name_that_is_no_text(run: Callable[..., Ran]) -> None:
    write_squats(Path("poses.npz")).rename(os.fsdecode(b"bad\xff.npz"))
    ran = run(os.fsdecode(b"bad\xff.npz"), "--no-report", "--quiet")

    assert (ran.code, ran.err) == (0, "")
    assert len(files_in(Path("results"))) == 2


# --- saved poses -----------------------------------------------------------------------------------------

CHANGES: dict[str, Callable[[dict[str, np.ndarray]], object]] = {
    "without image": lambda a: a.pop("image"),
    "fewer landmarks": lambda a: a.update(image=a["image"][:, :20]),
    "times that fall": lambda a: a.update(t=a["t"][::-1]),
    "times that are none": lambda a: a.update(t=a["t"] * np.nan),
    "one frame too few": lambda a: a.update(t=a["t"][1:]),
    "text for numbers": lambda a: a.update(image=a["image"].astype(str)),
    "objects": lambda a: a.update(image=a["image"].astype(object)),
    "infinite": lambda a: a.update(world=a["world"] + np.inf),
    "absurd": lambda a: a.update(image=a["image"] * np.float32(1e30)),
    "no width": lambda a: a.update(width_px=np.array(-3)),
    "a rate that is a word": lambda a: a.update(source_fps=np.array("fast")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_malformed_poses(run: Callable[..., Ran], change: str) -> None:
    with np.load(write_squats(Path("poses.npz"))) as saved:
        arrays = dict(saved)
    CHANGES[change](arrays)
    np.savez(Path("poses.npz"), **arrays)

    refused(run("poses.npz"), 3, "poses.npz: is no poses file: ", "--save-poses")


def test_poses_without_anybody(run: Callable[..., Ran]) -> None:
    with np.load(write_squats(Path("poses.npz"))) as saved:
        np.savez(Path("poses.npz"), **{**saved, "image": saved["image"] * np.nan})

    refused(run("poses.npz"), 3, "poses.npz: nobody was found")


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text", "one array", "half"])
def test_what_is_no_poses_file(run: Callable[..., Ran], kind: str) -> None:
    path = Path("poses.npz")
    if kind == "folder":
        path.mkdir()
    elif kind == "one array":
        with path.open("wb") as file:
            np.save(file, np.zeros(3))
    elif kind == "half":
        cut(write_squats(path), 0.5)
    elif kind != "missing":
        path.write_text("" if kind == "empty" else "hello")

    refused(run("poses.npz"), 3, "poses.npz: ")


# --- several clips ---------------------------------------------------------------------------------------


def test_a_bad_clip_does_not_stop_the_others(run: Callable[..., Ran]) -> None:
    for name in ("first", "last"):
        write_squats(Path(f"{name}.npz"))
    Path("bad.npz").write_text("hello")
    ran = run("first.npz", "bad.npz", "nowhere.npz", "last.npz", "--no-report", "--quiet")
    bad, nowhere, count = ran.err.splitlines()

    assert ran.code == 1
    assert bad.startswith("formcheck: bad.npz: ")
    assert nowhere.startswith("formcheck: nowhere.npz: ")
    assert count == "formcheck: 2 of 4 clips could not be judged"
    assert {path.name for path in Path("results").iterdir()} == {"first", "last"}


# --- the exercise ----------------------------------------------------------------------------------------

GOOD = (Path(formcheck.__file__).parent / "exercises/catalog/squat.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("sqat", "did you mean 'squat'?"),
        ("push ups", "did you mean 'push_up"),
        ("xyzzy", "formcheck exercises list"),
        ("nowhere.toml", "no such file"),
    ],
)
def test_an_unknown_exercise(run: Callable[..., Ran], word: str, said: str) -> None:
    write_squats(Path("poses.npz"))
    refused(run("poses.npz", "-e", word), 2, f"{word}: ", said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("warn", "wran", 1), ["[measure.trunk_fold.high] warn: is missing"]),
        (GOOD.replace("name", "label", 1), ["name: is missing"]),
        ("id = \n", ["not valid TOML", "line 1"]),
        ("", ["is missing", "formcheck exercises check"]),
    ],
    ids=["limit", "name", "no TOML", "empty"],
)
def test_a_broken_exercise_file(run: Callable[..., Ran], text: str, said: list[str]) -> None:
    write_squats(Path("poses.npz"))
    Path("own.toml").write_text(text, encoding="utf-8")
    refused(run("poses.npz", "-e", "own.toml"), 2, "own.toml: ", *said)


def test_an_exercise_file_that_is_no_text(run: Callable[..., Ran]) -> None:
    write_squats(Path("poses.npz"))
    Path("own.toml").write_bytes(b"\xff\xfe\x00")
    refused(run("poses.npz", "-e", "own.toml"), 2, "own.toml: cannot be read as text", "UTF-8", "give")


def test_every_mistake_of_an_exercise_file_is_explained(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(GOOD.replace("warn", "wran", 1), encoding="utf-8")
    ran = Command(monkeypatch, capfd)("exercises", "check", file)

    assert (ran.code, ran.out) == (2, "")
    assert [line.removeprefix(f"{file}: ") for line in ran.err.splitlines()] == [
        "[measure.trunk_fold.high] warn: is missing",
        "[measure.trunk_fold.high] wran: unknown key (did you mean 'warn'?)",
    ]


# --- where results go ------------------------------------------------------------------------------------


@pytest.mark.parametrize("out", ["taken", "taken/below"])
def test_a_file_where_the_folder_should_be(run: Callable[..., Ran], out: str) -> None:
    write_squats(Path("poses.npz"))
    Path("taken").write_text("mine")
    ran = run("poses.npz", "-o", out)

    assert ran.code == 1
    assert "taken" in ran.message
    assert "choose another folder" in ran.message
    assert Path("taken").read_text() == "mine"


def test_an_unwritable_folder_is_reported_before_the_work(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_clip(Path("clip.mp4"), **SMALL)

    def read_only(path: Path, *words: object, **more: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr("formcheck.apps.cli.models.ready_model", lambda model: None)
    monkeypatch.setattr("formcheck.pose.models.load", lambda *_: pytest.fail("worked in vain"))
    monkeypatch.setattr(Path, "mkdir", read_only)
    refused(run("clip.mp4"), 1, "results", "the disk is read-only; choose another folder")


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv = ["formcheck", *sys.argv[2:]]
from formcheck.apps.cli.main import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to set")
@pytest.mark.parametrize(("clip", "failing"), [("clip.mp4", "annotated.mp4"), ("poses.npz", "report.html")])
def test_a_disk_that_is_full(tmp_path: Path, clip: str, failing: str, model_path: Path) -> None:
    write_squats(tmp_path / "poses.npz")
    write_start(tmp_path / "clip.mp4", 15)
    words = ["analyze", clip, "-e", "squat", "-o", "results"]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "20000", *words],
        cwd=tmp_path,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )

    message = Ran(done.returncode, done.stdout, done.stderr).message
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{failing}: cannot write: " in message
    assert "choose another folder" in message
    left = files_in(tmp_path / "results")
    assert not any(name.endswith((failing, ".part", "session.json")) for name in left)


# --- the model -------------------------------------------------------------------------------------------


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


def networks_swapped(path: Path) -> None:
    with zipfile.ZipFile(path) as whole:
        names = whole.namelist()
        parts = [whole.read(name) for name in reversed(names)]
    with zipfile.ZipFile(path, "w") as changed:
        for name, part in zip(names, parts, strict=True):
            changed.writestr(name, part)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (flipped, "is damaged"),
        (lambda p: cut(p, 0.5), "or is damaged"),
        (lambda p: cut(p, 0), "or is damaged"),
        (networks_swapped, "MediaPipe cannot use this pose model"),
        (lambda p: (p.unlink(), p.mkdir()), "is a folder, no pose model"),
    ],
    ids=["one byte", "half", "empty", "swapped", "folder"],
)
def test_a_damaged_model_file(
    run: Callable[..., Ran], model_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    write_clip(Path("clip.mp4"), **SMALL)
    shutil.copy(model_path, "own.task")
    damage(Path("own.task"))

    refused(run("clip.mp4", "--model", "own.task"), 2, "--model", "own.task: ", said)


def test_a_damaged_model_in_the_folder_of_models(
    run: Callable[..., Ran], model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_clip(Path("clip.mp4"), **SMALL)
    Path("models").mkdir()
    shutil.copy(model_path.with_stem("heavy"), "models/heavy.task")
    shutil.copy(model_path, "models/full.task")
    flipped(Path("models/heavy.task"))
    monkeypatch.setenv("FORMCHECK_MODELS", "models")

    refused(
        run("clip.mp4"), 1, "heavy.task: the pose model is damaged", "formcheck models fetch heavy --force"
    )


@pytest.mark.parametrize("name", ["medium", "nowhere.task"])
def test_an_unknown_model(run: Callable[..., Ran], name: str) -> None:
    write_clip(Path("clip.mp4"), **SMALL)
    refused(run("clip.mp4", "--model", name), 2, name, "lite, full, heavy")


def test_no_model_and_no_network(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    write_clip(Path("clip.mp4"), **SMALL)
    for name, value in {"FORMCHECK_MODELS": "models", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}.items():
        monkeypatch.setenv(name, value)

    refused(run("clip.mp4"), 1, "could not download", "connect to the network", ".task file")
    assert files_in(Path("models")) <= {".lock"}


def test_careful_looks_and_a_named_model_exclude_each_other(run: Callable[..., Ran]) -> None:
    write_clip(Path("clip.mp4"), **SMALL)
    refused(run("clip.mp4", "--model", "full", "--careful"), 2, "--careful", "leave one of the two out")


def test_a_missing_clip_is_reported_before_a_model_is_fetched(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCHECK_MODELS", "models")
    monkeypatch.setattr("formcheck.pose.models.fetch", lambda *_, **__: pytest.fail("fetched in vain"))

    refused(run("nowhere.mp4"), 3, "nowhere.mp4: no such file")


# --- paths that lead nowhere, or never end -----------------------------------------------------------------

LONG = "a" * 300


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["analyze", f"{LONG}.mp4"], 3),
        (["analyze", f"{LONG}.npz"], 3),
        (["analyze", "poses.npz", "--model", f"{LONG}.task"], 2),
        (["analyze", "poses.npz", "-e", f"{LONG}.toml"], 2),
        (["analyze", "poses.npz", "-e", "squat", "-o", LONG], 1),
        (["batch", LONG], 2),
        (["batch", "--manifest", LONG], 2),
        (["compare", LONG, LONG], 3),
        (["history", "add", LONG], 3),
        (["history", "--store", LONG], 3),
        (["live", "-e", "squat", "--headless", "--quiet", "--camera", LONG], 3),
        (["data", "import", LONG], 3),
        (["exercises", "check", LONG], 2),
        (["analyze", "poses.npz", "--model", "/dev/zero"], 2),
        (["batch", "--manifest", "/dev/zero"], 2),
        (["compare", "/dev/zero", "/dev/zero"], 3),
        (["data", "import", "/dev/zero"], 3),
    ],
    ids=lambda value: spoken(value) and spoken(value).replace(LONG, "LONG"),
)
def test_a_path_that_leads_nowhere_or_never_ends_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    code: int,
    model_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for most in ("pose.models.MOST_BYTES", "outputs.session_file.MOST_BYTES", "apps.batch.manifest._MOST"):
        monkeypatch.setattr(f"formcheck.{most}", 100_000_000 if "pose" in most else 100_000)
    write_squats(Path("poses.npz"))
    ran = Command(monkeypatch, capfd)(*words)

    assert (ran.code, ran.out) == (code, "")
    found = ran.err if words[0] == "exercises" else ran.message
    assert (LONG if LONG in " ".join(words) else "/dev/zero") in found


@pytest.mark.parametrize("words", [["plan", "start"], ["data", "delete"]], ids=spoken)
def test_a_question_that_nobody_answers_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ran = Command(monkeypatch, capfd)(*words)

    assert ran.code == 1
    assert ran.err.split("\n")[-2].startswith("formcheck: nobody answered; give the answers as options")


# --- a home that cannot be written -----------------------------------------------------------------------

_STORE = "say where else to keep it, with --store FILE"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["history"], _STORE),
        (["history", "-e", "squat"], _STORE),
        (["history", "forget", "3"], _STORE),
        (["compare", "3", "4"], _STORE),
        (["plan"], _STORE),
        (["plan", "show"], _STORE),
        (["plan", "log", "squat", "8", "--pain", "none"], _STORE),
        (["data", "export", "all.json"], _STORE),
        (["data", "delete", "--yes"], _STORE),
        (["serve", "--port", "0"], "say where else to keep all, with --data DIR"),
        (["live", "--plan", "--headless"], "say where else to keep sessions, with --record DIR"),
        (["live", "--plan", "--headless", "--record", "here"], _STORE),
        (["models", "fetch", "full"], "set FORMCHECK_MODELS to another folder"),
    ],
    ids=spoken,
)
@pytest.mark.parametrize("kind", ["a file", "missing"])
def test_a_home_that_cannot_be_written_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    words: list[str],
    said: str,
    kind: str,
    model_path: Path,
) -> None:
    home = tmp_path / "home" if kind == "a file" else Path("/proc/nowhere")  # not even root makes that
    if kind == "a file":
        home.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    if words[0] != "models":
        monkeypatch.setenv("FORMCHECK_MODELS", str(model_path.parent))
    ran = Command(monkeypatch, capfd)(*words)

    assert (ran.code, ran.out) == (1, "")
    assert ran.message.startswith(f"formcheck: {home}/")
    assert ran.message.endswith(f"; {said}")


def test_doctor_gives_the_advice_that_analyze_gives(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("file").touch()
    monkeypatch.setenv("FORMCHECK_MODELS", "file/models")
    write_clip(Path("clip.mp4"), **SMALL)
    advice = "cannot be written there (Not a directory); set FORMCHECK_MODELS to another folder"
    refused(run("clip.mp4"), 1, advice)
    found = Command(monkeypatch, capfd)("doctor")

    assert found.code == 1
    assert f"FAIL  pose model: file/models: the pose model {advice}\n" in found.out
    assert found.out.count("FAIL") == 1
    assert "models fetch" not in found.out


def test_matplotlib_says_nothing_of_its_fonts(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    code = "import formcheck.apps.analysis, formcheck.outputs.plots, mediapipe, matplotlib.font_manager"
    env = environment({"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": ""})
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)

    assert done.stderr == b""


# --- interruption ----------------------------------------------------------------------------------------


def test_an_interruption_keeps_what_was_finished_and_nothing_half(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, model_path: Path
) -> None:
    write_squats(Path("first.npz"))
    clip = write_start(Path("second.mp4"), 15)
    append, seen = video.VideoWriter.append, []

    def interrupted(writer: video.VideoWriter, *words: object) -> None:
        append(writer, *words)
        seen.append(files_in(Path("results")))
        if len(seen) == 5:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(video.VideoWriter, "append", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    try:
        ran = run("first.npz", clip, "first.npz", "--quiet", "--no-report")
    finally:
        signal.signal(signal.SIGINT, before)

    assert ran.code == 130
    assert ran.message == "formcheck: interrupted; what was finished is kept"
    assert len(seen) == 5
    assert any(".part/" in name for name in seen[-1])
    assert not any(name.startswith("second/") for name in seen[-1])
    assert files_in(Path("results")) == {"first/session.json", "first/reps.csv"}
