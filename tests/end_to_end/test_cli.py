"""The command as somebody meets it who has just installed it."""

import json
from dataclasses import replace
from pathlib import Path

import av
import pytest

import formcheck
from formcheck.exercises import catalog
from formcheck.exercises.sources import sources
from formcheck.pose.manifest import entries
from formcheck.pose.store import load_poses, save_poses
from formcheck.signals import SIGNALS
from formcheck.signals.roles import BY_FRAME
from formcheck.types.text import plain
from formcheck.version import __version__
from tests.end_to_end.clips import (
    SQUAT,
    Command,
    files_in,
    process,
    session_in,
    spoken,
    write_run,
    write_squats,
    write_start,
)

COMMANDS = (
    (),
    ("analyze",),
    ("compare",),
    ("exercises",),
    ("exercises", "list"),
    ("exercises", "show"),
    ("exercises", "check"),
    ("exercises", "review"),
    ("exercises", "sources"),
    ("exercises", "signals"),
    ("models",),
    ("models", "list"),
    ("models", "fetch"),
    ("models", "path"),
    ("doctor",),
    ("batch",),
    ("history",),
    ("history", "add"),
    ("history", "forget"),
    ("live",),
    ("serve",),
)

#: A hold that is timed, and nothing else.
STAND = """
schema = 1
id     = "stand"
name   = "Stand"
kind   = "hold"
group  = "balance"
level  = 0
status = "draft"
about  = "Stand still."
[camera]
views  = ["side"]
setup  = "Beside you, at hip height."
[[start]]
name   = "standing"
pose   = { "trunk_tilt" = [60, 90] }
[[cycle]]
kind   = "hold"
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "80")
    return Command(monkeypatch, capfd)


@pytest.fixture
def squats(tmp_path: Path) -> Path:
    return write_squats(tmp_path / "squats.npz")


# --- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", COMMANDS, ids=spoken)
def test_every_command_has_a_help_that_fits_a_terminal(run: Command, words: tuple[str, ...]) -> None:
    ran = run(*words, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: ")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_version(run: Command) -> None:
    assert run("--version").out == f"formcheck {__version__}\n"


def test_the_command_alone_shows_its_help(run: Command) -> None:
    ran = run()

    assert ran.code == 2
    assert "Commands:" in ran.out + ran.err


@pytest.mark.parametrize("group", ["exercises", "models"])
def test_a_group_alone_lists(run: Command, group: str) -> None:
    assert run(group).out == run(group, "list").out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["judge"], "judge"),
        (["analyze"], "clips"),
        (["analyze", "a.mp4", "--exercize", "squat"], "--exercize"),
        (["analyze", "a.mp4", "--side", "up"], "'--side': 'up' is not one of "),
        (["analyze", "a.mp4", "--join"], "--join: one clip; give two or more of one run"),
        (["batch", "--workers", "0"], "it must be greater than or equal to 1"),
        (["plan", "log", "squat", "99999999999999999999"], "it must be less than or equal to 3600"),
        (["analyze", "a.mp4", "--start", "soon"], "--start"),
        (["models", "path"], "NAME"),
        (["models", "fetch", "medium"], "medium: no such pose model; choose one of lite, full, heavy"),
    ],
    ids=spoken,
)
def test_wrong_words_are_one_line_that_names_them(run: Command, words: list[str], named: str) -> None:
    ran = run(*words)

    assert (ran.code, ran.out) == (2, "")
    assert named in ran.message
    assert "--help" in ran.message


def test_debug_shows_the_trace(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["formcheck", "exercises", "show", "sqat", "--debug"])
    with pytest.raises(formcheck.errors.ExerciseError):
        formcheck.apps.cli.main.main()


def test_the_shell_completes_exercises_anywhere(tmp_path: Path) -> None:
    words = {"COMP_WORDS": "formcheck analyze --exercise sq", "COMP_CWORD": "3"}
    ran = process(cwd=tmp_path, _FORMCHECK_COMPLETE="complete_bash", **words)

    assert ran.out.split() == ["squat"]


def test_completion_can_be_shown(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shellingham.detect_shell", lambda *_: ("bash", "bash"))  # whatever runs the tests
    ran = run("--show-completion")

    assert ran.code == 0
    assert "complete " in ran.out


# --- catalog and models ----------------------------------------------------------------------------------


def test_the_list_of_exercises_shows_every_id_whole_at_80_columns(run: Command) -> None:
    ran = run("exercises", "list")

    assert ran.code == 0
    assert set(catalog()) <= set(ran.out.split())
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("exercise", catalog())
def test_every_exercise_is_explained(run: Command, exercise: str) -> None:
    ran = run("exercises", "show", exercise)

    assert ran.code == 0
    assert catalog()[exercise].camera.setup.split()[0] in ran.out
    assert "Basis: " in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_every_signal_is_reported(run: Command) -> None:
    found = run("exercises", "signals").out.split()
    assert {s.name for s in SIGNALS.values()} <= {word.removesuffix(".ROLE") for word in found}


def test_what_a_role_means_has_a_column_of_its_own(run: Command) -> None:
    *roles, _ = run("exercises", "signals").out.split("or one of these:\n")[1].splitlines()
    assert [line[2:].split()[0] for line in roles if line[2] != " "] == list(BY_FRAME)
    column = max(map(len, BY_FRAME)) + 4
    assert all(line[column - 2 : column] == "  " and line[column] != " " for line in roles)


def test_an_exercise_file_that_is_fine_is_called_so(run: Command) -> None:
    file = Path(formcheck.__file__).parent / "exercises" / "catalog" / "squat.toml"
    ran = run("exercises", "check", file)

    assert (ran.code, ran.err) == (0, "")
    assert "fine: squat, reps, 6 checks; " in ran.out
    assert "7 of 10 bases are judgement" in ran.out


def test_an_exercise_without_limits_has_no_bases_to_speak_of(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "stand.toml"
    file.write_text(STAND, encoding="utf-8")
    ran = run("exercises", "check", file)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip().endswith("fine: stand, hold, 0 checks")


def test_every_source_is_listed_with_its_id(run: Command) -> None:
    ran = run("exercises", "sources")

    assert ran.code == 0
    assert {line.split()[0] for line in ran.out.splitlines() if line[:1].strip()} == set(sources())
    assert "https://doi.org/10.1016/j.pmr.2015.08.006" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_review_sheet_is_written_and_where_is_said_in_one_line(run: Command, tmp_path: Path) -> None:
    ran = run("exercises", "review", "press-up", "-o", tmp_path / "sheets")

    sheet = tmp_path / "sheets" / "push_up-review.html"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{sheet}: the review sheet of Push-up, 7 limits; open it in a browser, or print it on A4"
    ]
    assert "Signature" in sheet.read_text(encoding="utf-8")


def test_a_review_sheet_that_cannot_be_made_is_reported_in_one_line(run: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for code, words, found in (
        (2, ("sqat",), "sqat: no such exercise (did you mean 'squat'?)"),
        (1, ("squat", "-o", tmp_path / "file" / "in"), "a part of the path is a file"),
    ):
        ran = run("exercises", "review", *words)
        assert (ran.code, ran.out) == (code, "")
        assert found in ran.err
        assert len(ran.err.splitlines()) == 1


def test_models_are_listed_and_found(run: Command, model_path: Path) -> None:
    listed, found = run("models", "list"), run("models", "path", "full")

    assert listed.code == 0
    assert all(name in listed.out for name in entries())
    assert (found.code, found.out.strip()) == (0, str(model_path))


def test_doctor_finds_this_installation_well(run: Command, model_path: Path) -> None:
    ran = run("doctor")

    assert ran.code == 0, ran.out
    assert all(line.startswith(("ok ", "note ")) for line in ran.out.splitlines())


# --- saved poses -----------------------------------------------------------------------------------------


def test_the_summary_says_the_verdict_and_fits_80_columns(run: Command, squats: Path, tmp_path: Path) -> None:
    ran = run("analyze", squats, "-e", "squat", "-o", tmp_path / "r")

    assert (ran.code, ran.err) == (0, "")
    assert "2" in ran.out
    assert "report.html" in ran.out
    assert all(len(line) <= 80 or str(tmp_path) in line for line in ran.out.splitlines())


def test_json_prints_the_session_alone_just_as_it_is_written(
    run: Command, squats: Path, tmp_path: Path
) -> None:
    ran = run("analyze", squats, "-e", "squat", "-o", tmp_path / "r", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (tmp_path / "r" / "squats" / "session.json").read_text(encoding="utf-8")
    assert json.loads(ran.out)["summary"]["reps"] == 2


def test_json_of_several_clips_is_one_session_a_line(run: Command, squats: Path, tmp_path: Path) -> None:
    other = write_squats(tmp_path / "three.npz", reps=3)
    ran = run("analyze", squats, other, "-e", "squat", "-o", tmp_path / "r", "--json", "--no-report")

    assert [json.loads(line)["summary"]["reps"] for line in ran.out.splitlines()] == [2, 3]


def test_quiet_says_nothing(run: Command, squats: Path, tmp_path: Path) -> None:
    ran = run("analyze", squats, "-e", "squat", "-o", tmp_path / "r", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_only_the_wanted_files_are_written(run: Command, squats: Path, tmp_path: Path) -> None:
    run("analyze", squats, "-e", "squat", "-o", tmp_path / "r", "--no-report")
    assert files_in(tmp_path / "r") == {"squats/session.json", "squats/reps.csv"}

    run("analyze", squats, "-e", "squat", "-o", tmp_path / "s", "--save-poses")
    assert files_in(tmp_path / "s/squats") == {"session.json", "reps.csv", "report.html", "poses.npz"}


def test_a_second_run_gives_the_same_session(run: Command, squats: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        run("analyze", squats, "-e", "squat", "-o", tmp_path / out)
    texts = [(tmp_path / out / "squats" / "session.json").read_bytes() for out in ("one", "two")]
    first, second = ([li for li in text.splitlines() if b'"created"' not in li] for text in texts)

    assert first == second
    assert len(first) == len(texts[0].splitlines()) - 1


def test_another_run_leaves_nothing_of_the_one_before_that_contradicts_it(
    run: Command, squats: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "r" / "squats"
    run("analyze", squats, "-e", "squat", "-o", tmp_path / "r")
    (folder / "evidence").mkdir()
    for old in ("annotated.mp4", "evidence/hip_sag.jpg", "notes.txt", "poses.npz"):
        (folder / old).write_bytes(b"old")
    run("analyze", squats, "-e", "squat", "-o", tmp_path / "r", "--no-report")

    assert files_in(folder) == {"session.json", "reps.csv", "notes.txt", "poses.npz"}


def test_part_of_saved_poses(run: Command, tmp_path: Path) -> None:
    poses = write_squats(tmp_path / "squats.npz", reps=4)
    whole = session_after(run, poses, tmp_path / "whole")
    half_s = whole["reps"][1]["end_s"] + 0.3
    early = session_after(run, poses, tmp_path / "early", "--end", str(half_s))

    assert (whole["summary"]["attempts"], early["summary"]["attempts"]) == (4, 2)
    assert run("analyze", poses, "-e", "squat", "--start", "999").code == 3


def session_after(run: Command, poses: Path, out: Path, *words: str) -> dict:
    ran = run("analyze", poses, "-e", "squat", "-o", out, "--no-report", *words)
    assert ran.code == 0, ran.err
    return session_in(out / poses.stem)


def test_side_and_view_overrule(run: Command, squats: Path, tmp_path: Path) -> None:
    words = ("--view", "front", "--side", "left")
    session = session_after(run, squats, tmp_path / "r", *words)

    assert session["view"]["name"] == "front"


@pytest.mark.parametrize(
    "name", ["my squats.npz", "Übung – 1 [rot].npz", "深蹲.npz", "it's 50%.npz", "a.b.npz"]
)
def test_names_with_spaces_and_other_letters(run: Command, tmp_path: Path, name: str) -> None:
    poses = write_squats(tmp_path / name)
    ran = run("analyze", poses, "-e", "squat", "-o", tmp_path / "the results", "--no-report")

    assert (ran.code, ran.err) == (0, "")
    assert files_in(tmp_path / "the results") == {f"{poses.stem}/session.json", f"{poses.stem}/reps.csv"}


def folders_of(out: Path) -> dict[str, int]:
    """The folders of results with the repetitions that were counted in each."""
    return {p.name: session_in(p)["summary"]["reps"] for p in out.iterdir()}


def test_clips_of_the_same_name_do_not_overwrite_each_other(run: Command, tmp_path: Path) -> None:
    monday, tuesday = (write_squats(tmp_path / f"{reps}" / "poses.npz", reps=reps) for reps in (2, 3))
    words = ("-e", "squat", "-o", tmp_path / "r", "--no-report", "--quiet")
    first, second = run("analyze", monday, *words), run("analyze", tuesday, *words)
    (other,) = folders_of(tmp_path / "r").keys() - {"poses"}

    assert (first.code, first.err, second.code, second.out) == (0, "", 0, "")
    assert second.message == (
        f"formcheck: {tmp_path / 'r' / 'poses'}: holds something else; "
        f"the results are in {tmp_path / 'r' / other} (--force overwrites)"
    )
    assert run("analyze", tuesday, monday, *words).code == 0
    assert folders_of(tmp_path / "r") == {"poses": 2, other: 3}


def test_force_overwrites_but_not_what_the_same_run_has_written(run: Command, tmp_path: Path) -> None:
    clips = [write_squats(tmp_path / f"{reps}" / "poses.npz", reps=reps) for reps in (1, 2, 3)]
    words = ("-e", "squat", "-o", tmp_path / "r", "--no-report", "--quiet")
    run("analyze", clips[0], *words)
    (tmp_path / "r" / "poses" / "notes.txt").write_text("mine")
    ran = run("analyze", *clips[1:], "--force", *words)

    assert ran.code == 0
    assert "poses-" in ran.message
    assert sorted(folders_of(tmp_path / "r").values()) == [2, 3]
    assert folders_of(tmp_path / "r")["poses"] == 2
    assert (tmp_path / "r" / "poses" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_poses_of_one_video_do_not_overwrite_each_other_in_one_call(
    run: Command, tmp_path: Path, force: tuple[str, ...]
) -> None:
    """Judged from the same source, as when two models looked at it; the same words find the same folders."""
    clips = [write_squats(tmp_path / f"{reps}" / "poses.npz", reps=reps) for reps in (2, 3)]
    for clip in clips:
        poses = load_poses(clip)
        save_poses(clip, replace(poses, source=replace(poses.source, sha256="1" * 64)))
    words = ("-e", "squat", "-o", tmp_path / "r", "--no-report", "--quiet", *force)
    for _ in range(2):
        ran = run("analyze", *clips, clips[0], *words)
        assert ran.code == 0
        assert ran.message.startswith(
            f"formcheck: {tmp_path / 'r' / 'poses'}: holds another clip of this run;"
        )
        assert "--force" not in ran.message
        assert sorted(folders_of(tmp_path / "r").values()) == [2, 3]
        assert folders_of(tmp_path / "r")["poses"] == 2


def test_no_result_takes_the_place_of_the_clip_itself(run: Command, tmp_path: Path, model_path: Path) -> None:
    clip = tmp_path / "r" / "annotated" / "annotated.mp4"
    clip.parent.mkdir(parents=True)
    before = write_start(clip, 6).read_bytes()
    run("analyze", clip, "-e", "squat", "-o", tmp_path / "r", "--no-report", "--quiet", "--force")

    assert clip.read_bytes() == before
    assert len(files_in(tmp_path / "r")) == 4


def test_joined_clips_find_their_folder_again_and_leave_that_of_others(run: Command, tmp_path: Path) -> None:
    words = ("-e", "running", "--join", "--no-report", "--quiet", "-o", tmp_path / "r")
    mine, others = tmp_path / "r" / "side+back", tmp_path / "r" / "side+back" / "session.json"
    others.parent.mkdir(parents=True)
    others.write_text("{}")
    clips = [write_run(tmp_path, view) for view in ("side", "back")]
    for _ in range(2):
        ran = run("analyze", *clips, *words)
        assert (ran.code, ran.message.count("side+back-")) == (0, 1)
    assert others.read_text() == "{}"
    assert len(list((tmp_path / "r").iterdir())) == 4
    assert run("analyze", *clips, *words, "--force").err == ""
    assert len(session_in(mine)["clips"]) == 2


def test_a_terminal_of_few_letters_gets_ascii_signs(squats: Path, tmp_path: Path) -> None:
    words = ("analyze", squats, "-e", "squat", "-o", "ergebnisse-ü", "--no-report")
    ran = process(*words, cwd=tmp_path, PYTHONIOENCODING="ascii")

    assert (ran.code, ran.err) == (0, "")
    assert "Squat - drawn" in ran.out
    assert ran.out.count("?") == ran.out.count("ergebnisse-?") == 2


def test_no_command_passes_on_what_would_steer_a_terminal(run: Command, squats: Path, tmp_path: Path) -> None:
    poses, name = load_poses(squats), "a\x1b[2J\x1b]0;x\x07b\u202ec\x9b31m\nd [bold]:cat:.mp4"
    evil = save_poses(tmp_path / "evil.npz", replace(poses, source=replace(poses.source, name=name)))
    store, folder = ("--store", tmp_path / "kept.sqlite"), tmp_path / "r" / "evil"
    found = plain(name)
    for words in (
        ("analyze", evil, "-e", "squat", "-o", tmp_path / "r", "--no-report"),
        ("compare", folder, folder),
        ("history", "add", folder, *store),
        ("history", "-e", "squat", *store),
    ):
        printed = run(*words).out
        assert r"a\x1b[2J\x1b]0;" in printed
        assert not {*name} & {*printed} - {*"\n", *found}
    printed = run("analyze", evil, "-e", "squat", "-o", tmp_path / "r", "--no-report", "--json").out
    assert json.loads(printed)["source"]["name"] == found
    assert not {*"\x1b\x07\x9b\u202e"} & {*printed}
    assert r"a\x1b[2J" in run("analyze", "a\x1b[2J", "-e", "squat").message


# --- a whole clip ----------------------------------------------------------------------------------------


def test_a_clip_from_pixels_to_verdict_and_again_from_its_poses(
    run: Command, tmp_path: Path, model_path: Path
) -> None:
    words = ("-e", "squat", "-o", "out", "--json")
    ran = process("analyze", SQUAT, "--end", "4.5", "--save-poses", *words, cwd=tmp_path)
    folder = tmp_path / "out" / SQUAT.stem
    session = session_in(folder)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (folder / "session.json").read_text(encoding="utf-8")
    assert session["summary"]["reps"] == 1
    pictures = {fault["evidence"] for fault in session["faults"]}
    documents = {"session.json", "reps.csv", "report.html", "annotated.mp4", "poses.npz"}
    assert files_in(folder) == documents | pictures
    with av.open(str(folder / "annotated.mp4")) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert sum(1 for _ in video.decode(stream)) == session["source"]["frames"]

    again = session_after(run, folder / "poses.npz", tmp_path / "again")
    for found in (session, again):
        for fault in found["faults"]:
            del fault["evidence"]
    assert again == session


def test_slow_motion_is_taken_out(run: Command, tmp_path: Path, model_path: Path) -> None:
    words = ("--start", "3.5", "--end", "4.5", "--slowmo", "2", "--no-video", "--no-report")
    ran = run("analyze", SQUAT, "-e", "squat", "-o", tmp_path / "r", "--save-poses", *words)
    session = session_in(tmp_path / "r" / SQUAT.stem)

    assert (ran.code, ran.err) == (0, "")
    assert session["source"]["fps"] == pytest.approx(60, rel=0.02)
    assert session["source"]["frames"] == pytest.approx(31, abs=1)
