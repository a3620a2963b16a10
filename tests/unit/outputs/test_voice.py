import os
import shutil
import subprocess
import sys
import time

import pytest

from formcheck.outputs import voice as room
from formcheck.outputs.voice import Program, Voice

#: Longer than anything here takes; a test that waits so long has failed.
LONG_S = 20.0

#: Writes down what it is given, and speaks until it is allowed to end.
FAKE = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
text = sys.argv[2] if len(sys.argv) > 2 else sys.stdin.read()
with open(folder / "heard", "a", encoding="utf-8") as heard:
    heard.write(text.strip() + "\\n")
while not (folder / "go").exists():
    time.sleep(0.005)
with open(folder / "ended", "a", encoding="utf-8") as ended:
    ended.write(text.strip() + "\\n")
"""


def until(condition):
    """Wait for what another thread or process does."""
    give_up = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.002)


class Mouth:
    """What a fake voice was given, and when it may end."""

    def __init__(self, folder):
        self.folder = folder
        script = folder / "speak.py"
        script.write_text(FAKE, encoding="utf-8")
        self.command = (sys.executable, str(script), str(folder))

    def lines(self, name):
        path = self.folder / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    @property
    def heard(self):
        return self.lines("heard")

    @property
    def ended(self):
        return self.lines("ended")

    def may_end(self):
        (self.folder / "go").touch()


@pytest.fixture
def mouth(tmp_path):
    return Mouth(tmp_path)


@pytest.fixture
def speak(mouth):
    """Makes voices that are ended afterwards."""
    voices = []

    def speak(program=None, **words):
        voices.append(Voice(program or Program("fake", mouth.command), **{"stale_s": LONG_S, **words}))
        return voices[-1]

    yield speak
    for voice in voices:
        voice.close()


def program(tmp_path, code):
    """A voice that runs some Python."""
    script = tmp_path / "other.py"
    script.write_text(code, encoding="utf-8")
    return Program("fake", (sys.executable, str(script)))


def test_a_text_is_spoken_as_it_was_given(mouth, speak):
    voice = speak()
    mouth.may_end()
    voice.say('-v "$(touch x)"; `ls` & é\n--help')
    voice.close(LONG_S)
    assert mouth.heard == ['-v "$(touch x)"; `ls` & é --help']
    assert mouth.ended == mouth.heard
    assert voice.failure is None


def test_a_program_may_want_the_text_as_its_last_word(mouth, speak):
    voice = speak(Program("fake", mouth.command, by_word=True))
    mouth.may_end()
    voice.say("hips\0 up; $HOME")
    voice.close(LONG_S)
    assert mouth.heard == ["hips up; $HOME"]


def test_saying_never_waits_for_the_voice(mouth, speak):
    voice = speak()
    voice.say("one")
    until(lambda: mouth.heard)
    took = []
    for n in range(200):
        before = time.perf_counter()
        voice.say(str(n))
        took.append(time.perf_counter() - before)
    assert sorted(took)[100] < 1e-3
    assert mouth.ended == []


def test_the_newest_text_takes_the_place_of_one_that_waits(mouth, speak):
    voice = speak()
    voice.say("one")
    until(lambda: mouth.heard == ["one"])
    voice.say("two")
    voice.say("three")
    mouth.may_end()
    voice.close(LONG_S)
    assert mouth.ended == ["one", "three"]


def test_a_text_that_waited_too_long_is_never_spoken(mouth, speak):
    voice = speak(stale_s=0.05)
    until(lambda: voice.say("one") or mouth.heard)  # a busy machine may find the first try stale
    voice.say("two")
    time.sleep(0.1)
    mouth.may_end()
    voice.close(LONG_S)
    assert set(mouth.heard) == {"one"}


def test_what_is_urgent_cuts_off_what_is_spoken(mouth, speak):
    voice = speak()
    voice.say("well done")
    until(lambda: mouth.heard == ["well done"])
    voice.say("stop", urgent=True)
    until(lambda: mouth.heard == ["well done", "stop"])
    mouth.may_end()
    voice.close(LONG_S)
    assert mouth.ended == ["stop"]
    assert voice.failure is None


def test_what_is_not_urgent_waits_its_turn(mouth, speak):
    voice = speak()
    voice.say("stop")
    until(lambda: mouth.heard == ["stop"])
    voice.say("well done")
    mouth.may_end()
    voice.close(LONG_S)
    assert mouth.ended == ["stop", "well done"]


def test_muting_silences_at_once_and_drops_what_waits(mouth, speak):
    voice = speak()
    voice.say("one")
    until(lambda: mouth.heard == ["one"])
    voice.say("two")
    voice.mute()
    voice.say("three")
    assert voice.muted
    voice.unmute()
    mouth.may_end()
    voice.say("four")
    voice.close(LONG_S)
    assert not voice.muted
    assert mouth.heard == ["one", "four"]
    assert mouth.ended == ["four"]


def test_closing_cuts_off_and_leaves_no_process_behind(mouth, speak):
    voice = speak()
    voice.say("one")
    until(lambda: mouth.heard)
    process = voice._process
    voice.close()
    voice.close()
    voice.say("two")
    assert process.returncode is not None  # waited for: no zombie
    assert not voice._worker.is_alive()
    assert mouth.heard == ["one"]
    assert mouth.ended == []


def test_an_exception_closes_it(mouth):
    with pytest.raises(KeyboardInterrupt), Voice(Program("fake", mouth.command)) as voice:
        raise KeyboardInterrupt
    assert not voice._worker.is_alive()


def test_nothing_is_nothing_to_say(mouth, speak):
    voice = speak()
    voice.say(" \n")
    voice.close(LONG_S)
    assert mouth.heard == []


@pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX processes")
def test_a_session_of_its_own_keeps_keyboard_interrupts_away(tmp_path, speak):
    found = tmp_path / "session"
    voice = speak(program(tmp_path, f"import os; open({str(found)!r}, 'w').write(str(os.getsid(0)))"))
    voice.say("one")
    voice.close(LONG_S)
    assert int(found.read_text()) != os.getsid(0)


# --- voices that fail -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("raise SystemExit(3)", "fake failed: exit code 3"),
        ("raise SystemExit('no voice here')", "fake failed: no voice here"),
        (
            "import sys; sys.stderr.write('ALSA: hm\\nerror: no card\\n')",
            "fake failed: no sound (no card)",
        ),
        ("import sys; sys.stderr.write('ALSA: hm\\n')", None),
        ("import os; os.close(0)", None),
    ],
)
def test_a_voice_that_fails_says_why_in_one_line(tmp_path, speak, code, expected):
    voice = speak(program(tmp_path, code))
    voice.say("one")
    voice.close(LONG_S)
    assert voice.failure == expected


def test_a_voice_that_vanished_is_a_failure_not_a_crash(tmp_path, speak):
    voice = speak(Program("fake", (str(tmp_path / "gone"),)))
    voice.say("one")
    until(lambda: voice.failure)
    assert voice.failure.startswith("fake failed: cannot be started (")
    assert voice._worker.is_alive()


def test_a_voice_that_recovers_is_no_failure_any_more(tmp_path, speak):
    flag = tmp_path / "card"
    voice = speak(program(tmp_path, f"import os; raise SystemExit(not os.path.exists({str(flag)!r}))"))
    voice.say("one")
    until(lambda: voice.failure)
    flag.touch()
    voice.say("two")
    voice.close(LONG_S)
    assert voice.failure is None


def test_a_voice_that_hangs_is_ended(mouth, speak, monkeypatch):
    monkeypatch.setattr(room, "_LONGEST_S", 0.05)
    voice = speak()
    voice.say("one")
    until(lambda: voice.failure)
    assert voice.failure == "fake failed: did not end within 0.05 s"


def test_what_speaks_on_when_killed_is_hushed(mouth, speak, tmp_path):
    flag = tmp_path / "hushed"
    hush = (sys.executable, "-c", f"open({str(flag)!r}, 'w')")
    voice = speak(Program("fake", mouth.command, hush=hush))
    voice.say("one")
    until(lambda: mouth.heard)
    assert not flag.exists()
    voice.mute()
    until(flag.exists)


# --- the voice of this machine ----------------------------------------------------------------------------


def test_a_machine_without_a_voice_has_none(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert Voice.find() is None


@pytest.mark.parametrize(
    ("platform", "there", "name"),
    [
        ("linux", {"spd-say", "espeak", "espeak-ng"}, "espeak-ng"),
        ("linux", {"spd-say", "espeak"}, "espeak"),
        ("freebsd14", {"spd-say"}, "spd-say"),
        ("darwin", {"say", "espeak"}, "say"),
        ("win32", {"powershell"}, "SAPI"),
    ],
)
def test_the_best_voice_of_each_system_is_found(monkeypatch, platform, there, name):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(shutil, "which", lambda program: program if program in there else None)
    with Voice.find() as voice:
        assert voice.name == name


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_espeak_ng_speaks_english_from_standard_input(tmp_path):
    command = next(p.command for p in room._LINUX if p.name == "espeak-ng")
    sounds = []
    for text in ("up", "keep your hips level and your back straight"):
        wave = tmp_path / "said.wav"
        subprocess.run((*command, "-w", str(wave)), input=text.encode(), check=True, timeout=LONG_S)
        sounds.append(wave.stat().st_size)
    assert 5_000 < sounds[0] < sounds[1] / 2


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_espeak_ng_is_heard_or_says_that_there_is_no_sound(speak):
    voice = speak(next(p for p in room._LINUX if p.name == "espeak-ng"))
    voice.say("formcheck works")
    voice.close(LONG_S)
    assert voice.failure is None or voice.failure.startswith("espeak-ng failed: no sound (")
