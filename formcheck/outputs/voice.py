"""Speaking through the operating system's voice, in a process of its own, without ever waiting for it."""

import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Condition, Thread
from time import perf_counter
from types import TracebackType
from typing import IO, Self

#: What to tell, once, where `Voice.find` finds none.
NO_VOICE = "no voice is installed; install espeak-ng to hear cues"
#: A text that waited longer belongs to a moment that has passed. Seconds.
STALE_S = 1.5
#: No cue is that long: the voice hangs, and is ended. Seconds.
_LONGEST_S = 20.0
_NOTHING = subprocess.DEVNULL

#: SAPI in PowerShell: an English voice if there is one; 16 says that the text is no XML.
_SAPI = (
    "$v = New-Object -ComObject SAPI.SpVoice; $e = $v.GetVoices('Language=409'); "
    "if ($e.Count) { $v.Voice = $e.Item(0) }; [void]$v.Speak([Console]::In.ReadToEnd(), 16)"
)


@dataclass(frozen=True, slots=True)
class Program:
    """A program that speaks.

    Attributes
    ----------
    name : what messages call it.
    command : its words; it reads the text from standard input and ends when it has spoken.
    by_word : the text is its last word instead.
    hush : command that silences what goes on speaking when the program is killed; empty if nothing does.
    """

    name: str
    command: tuple[str, ...]
    by_word: bool = False
    hush: tuple[str, ...] = ()


_LINUX = (
    Program("espeak-ng", ("espeak-ng", "-v", "en", "-s", "165", "--stdin")),
    Program("espeak", ("espeak", "-v", "en", "-s", "165", "--stdin")),
    Program("spd-say", ("spd-say", "--wait", "--language", "en", "--"), True, ("spd-say", "--stop")),
)
_PROGRAMS = {
    "darwin": (Program("say", ("say", "-f", "-")),),
    "win32": (Program("SAPI", ("powershell", "-NoProfile", "-NonInteractive", "-Command", _SAPI)),),
}


class Voice:
    """Speaks one text at a time; while it speaks only the newest other one waits, and not for long.

    Parameters
    ----------
    program : what speaks.
    stale_s : a text that waited longer is dropped.

    Attributes
    ----------
    name : of the program.
    muted : whether texts are dropped unheard.
    failure : one line why the latest text could not be heard; None while all goes well.
    """

    def __init__(self, program: Program, *, stale_s: float = STALE_S) -> None:
        self.name = program.name
        self.muted = False
        self.failure: str | None = None
        self._program = program
        self._stale_s = stale_s
        self._waiting: tuple[str, float] | None = None
        self._busy = self._cut = self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._changed = Condition()
        self._worker = Thread(target=self._work, name="voice", daemon=True)
        self._worker.start()

    @classmethod
    def find(cls) -> Self | None:
        """The voice of this machine; None if it has none."""
        for program in _PROGRAMS.get(sys.platform, _LINUX):
            if shutil.which(program.command[0]):
                return cls(program)
        return None

    def say(self, text: str, *, urgent: bool = False) -> None:
        """Speak as soon as the voice is free; returns at once.

        Parameters
        ----------
        text : English; takes the place of one that still waits.
        urgent : cut off what is being spoken.
        """
        with self._changed:
            if self.muted or self._closed or not text.strip():
                return
            self._waiting = (text, perf_counter())
            if urgent:
                self._break_off()
            self._changed.notify_all()

    def mute(self) -> None:
        """Fall silent at once, and stay so."""
        with self._changed:
            self.muted, self._waiting = True, None
            self._break_off()

    def unmute(self) -> None:
        """Speak again; what was said meanwhile stays unsaid."""
        with self._changed:
            self.muted = False

    def close(self, finish_s: float = 0.0) -> None:
        """Fall silent for good, after at most so many seconds for what is being spoken or waits."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy and self._waiting is None, finish_s)
            self._closed, self._waiting = True, None
            self._break_off()
            self._changed.notify_all()
        self._worker.join()

    def _break_off(self) -> None:
        self._cut = True
        if self._process is not None:
            self._process.kill()

    def _work(self) -> None:
        while (text := self._next()) is not None:
            self._speak(text)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> str | None:
        """The next text that is still fresh; None when the voice was closed."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._waiting is not None or self._closed)
                if self._waiting is None:
                    return None
                (text, since), self._waiting = self._waiting, None
                if perf_counter() - since <= self._stale_s:
                    self._busy, self._cut = True, False
                    return text
                self._changed.notify_all()

    def _speak(self, text: str) -> None:
        said = self._run(" ".join("".join(c if c.isprintable() else " " for c in text).split()))
        with self._changed:
            self._process = None
            cut = self._cut
        if not cut:
            self.failure = said and f"{self.name} failed: {said}"
        elif self._program.hush:
            with suppress(OSError):
                subprocess.run(self._program.hush, check=False, stdout=_NOTHING, stderr=_NOTHING)

    def _run(self, line: str) -> str | None:
        """Let the program speak until its end; what went wrong, None if nothing did."""
        by_word = self._program.by_word
        command = (*self._program.command, line) if by_word else self._program.command
        try:
            # Files, for a pipe stays open as long as anything the program has started.
            with TemporaryFile() as text, TemporaryFile() as complaints:
                text.write(line.encode("utf-8", "replace") + b"\n")
                text.seek(0)
                code = self._await_end(_start(command, text, complaints))
                complaints.seek(0)
                return _complaint(code, complaints.read())
        except OSError as error:
            return f"cannot be started ({error.strerror or error})"

    def _await_end(self, process: subprocess.Popen[bytes]) -> int | None:
        """Its exit code; None if it had to be killed."""
        with self._changed:
            self._process = process
            if self._cut:
                process.kill()
        try:
            return process.wait(_LONGEST_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _start(command: tuple[str, ...], text: IO[bytes], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    # In a session of its own, an interrupt from the keyboard does not reach it: the last words can be heard.
    return subprocess.Popen(
        command,
        stdin=text,
        stdout=_NOTHING,
        stderr=complaints,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _complaint(code: int | None, stderr: bytes) -> str | None:
    if code is None:
        return f"did not end within {_LONGEST_S:g} s"
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    if code != 0:
        return (lines or [f"exit code {code}"])[-1]
    # Without a loudspeaker espeak-ng ends well, and only its message tells.
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return f"no sound ({errors[-1]})" if errors else None
