"""What happened in a live session, one JSON object a line, readable while it goes on."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from formcheck.codec.events import event_to_dict
from formcheck.files.writing import cannot_write, make_folder
from formcheck.types.event import Event

Clock = Callable[[], float]


class EventLog:
    """Appends events to a file, each line there as soon as it is written.

    Parameters
    ----------
    path : of the file; one that is there is written over, its folder is made.

    Raises
    ------
    OutputError
        If it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        make_folder(path.parent)
        try:
            self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise cannot_write(path, error) from None

    def write(self, events: Iterable[Event], now: Clock | None = None) -> None:
        """Append; ``now`` gives the source's time at writing, which becomes ``told_t``."""
        lines = [json.dumps(event_to_dict(e, now() if now else None), ensure_ascii=False) for e in events]
        if not lines:
            return
        try:
            self._file.write("".join(f"{line}\n" for line in lines))
            self._file.flush()
        except OSError as error:
            raise cannot_write(self._path, error) from None

    def close(self) -> None:
        """May be called twice.

        Raises
        ------
        OutputError
            If the last of it found no room; that is lost then.
        """
        try:
            self._file.close()  # which tries once more what `write` could not
        except OSError as error:
            raise cannot_write(self._path, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
