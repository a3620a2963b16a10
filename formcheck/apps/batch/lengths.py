"""How long videos are, asked in a process of its own: a hostile file may hang or crash whoever opens it."""

import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.apps.jobs import watchdog

#: The head of a good file is read in milliseconds; over a slow network share it takes a second.
PATIENCE_S = 10.0


class Lengths:
    """Asks containers for their length; a context manager."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience = patience_s
        self._process: multiprocessing.process.BaseProcess | None = None
        self._ends: Connection | None = None

    def of(self, path: Path) -> float | None:
        """Seconds as the container says; None where it does not, or the file is not a video that opens."""
        ends = self._ends or self._begin()
        with suppress(EOFError, OSError):
            ends.send(path)
            if ends.poll(self._patience):
                length_s: float | None = ends.recv()
                return length_s
        self.close()  # hung or crashed; the next file gets a new process
        return None

    def _begin(self) -> Connection:
        spawning = multiprocessing.get_context("spawn")
        ends, others = spawning.Pipe()
        process = spawning.Process(target=_answer, args=(others,), daemon=True)
        with watchdog.deaf():
            process.start()
        others.close()
        # The first answer waits for imports, which may take longer on a cold disk than any file may.
        ends.poll(60)
        self._process, self._ends = process, ends
        with suppress(EOFError, OSError):
            ends.recv()
        return ends

    def close(self) -> None:
        """End the process."""
        if self._ends is not None and self._process is not None:
            self._ends.close()
            self._process.kill()
            self._process.join()
        self._process = self._ends = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _answer(asked: Connection) -> None:
    watchdog.watch()
    from formcheck.sources.container import check_file  # noqa: PLC0415
    from formcheck.sources.reading import VideoReading  # noqa: PLC0415

    asked.send(None)
    while True:
        try:
            path = asked.recv()
        except EOFError:
            return
        length = None
        with suppress(Exception):  # the judge will name what is wrong
            check_file(path)
            with VideoReading(path) as reading:
                length = reading.duration
        asked.send(length)
