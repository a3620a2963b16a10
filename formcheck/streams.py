"""Standard output and error that nobody may be reading any more: the work goes on, and the end tells it."""

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

#: As a shell reports a program that wrote to a closed pipe.
_CLOSED = 141
_NOT_WRITTEN = 1
_STDOUT, _STDERR = 1, 2
#: A pipe without a reader, as Windows calls it too; and a stream that was closed from the beginning.
_CLOSED_PIPE = {errno.EPIPE, errno.EINVAL, errno.EBADF}


class _Lenient(io.FileIO):
    """Drops what cannot be written, so that nothing else stops for it; ``failure`` is why."""

    failure: OSError | None = None

    def write(self, data: Any, /) -> int:
        """All of it, or the drop."""
        if self.failure is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failure = error
        return memoryview(data).nbytes


def secure() -> None:
    """Make both lenient. Where one is closed, nothing else may get its number: it would be written into.

    Error gets a number of its own, so that what native libraries say can be kept apart from it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # writing to what is open for reading alone fails, as it does to what is closed
            os.open(os.devnull, os.O_RDONLY)
    sys.stdout, sys.stderr = _lenient(sys.stdout, _STDOUT), _lenient(sys.stderr, os.dup(_STDERR))
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  while the program runs


def _lenient(stream: Any, number: int) -> Any:
    """As the stream was set up; a console of Windows, or somebody's own, stays as it is."""
    binary = getattr(stream, "buffer", None)
    if stream is not None and not isinstance(getattr(binary, "raw", binary), io.FileIO):
        return stream
    encoding, errors = (stream.encoding, stream.errors) if stream else ("utf-8", "replace")
    lines = stream is not None and (stream.line_buffering or stream.write_through)
    writer = io.BufferedWriter(_Lenient(number, "w", closefd=False))
    return io.TextIOWrapper(writer, encoding, errors, line_buffering=lines)


def end(code: str | int | None) -> str | int | None:
    """The exit code when all is written; if standard output took not all of it, one line says so."""
    failure = None
    with suppress(ValueError):  # it was closed by somebody else
        sys.stdout.flush()
        failure = getattr(getattr(getattr(sys.stdout, "buffer", None), "raw", None), "failure", None)
    if failure is None:
        return code
    closed = failure.errno in _CLOSED_PIPE
    why = "nobody reads it" if closed else (failure.strerror or str(failure)).lower()
    sys.stderr.write(f"formcheck: standard output: not all could be written ({why}); results are kept\n")
    return code or (_CLOSED if closed else _NOT_WRITTEN)
