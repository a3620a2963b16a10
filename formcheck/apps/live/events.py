"""What happened in a live session, one JSON object a line, readable while it goes on."""

import dataclasses
import json
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from formcheck.outputs.files import cannot_write, make_folder
from formcheck.types.event import Event, SetFinished

Clock = Callable[[], float]

#: Fields that serve the picture and the voice, not the reader of a file.
_UNTOLD = frozenset({"clean", "joints", "traces"})


def event_to_dict(event: Event, told_t: float | None = None) -> dict[str, Any]:
    """The event as the contract writes it: its name and times first, no NaN.

    ``told_t`` overrules the event's own, which a real clock knows better.
    """
    body = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    t, told = body.pop("t"), body.pop("told_t")
    told = max(told, told_t) if told_t is not None else told
    if isinstance(event, SetFinished):
        body = {"summary": event.summary}
    head = {"event": type(event).__name__, "t": t, "told_t": told}
    plain: dict[str, Any] = _plain(head | body)
    return plain


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
        """Append; ``now`` tells the source's time at writing, which becomes ``told_t``."""
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


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (f.name for f in dataclasses.fields(value) if f.name not in _UNTOLD)
        return {name: _plain(getattr(value, name)) for name in fields}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items() if key not in _UNTOLD}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return round(value, 3) if math.isfinite(value) else None
    return value
