"""Poses kept on disk as they come: sessions of any length in constant memory, never lost to a crash."""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import numpy as np

from formcheck.errors import OutputError, SourceError
from formcheck.files.claims import claim
from formcheck.types.frame import SourceInfo
from formcheck.types.landmark import COUNT
from formcheck.types.pose import Model, Pose, PoseSequence

#: One pose: its time, then x, y of each landmark, x, y, z of each, and how visible each is.
_ROW = np.dtype(
    [("t", "<f8"), ("image", "<f4", (COUNT, 2)), ("world", "<f4", (COUNT, 3)), ("seen", "<f4", (COUNT,))]
)
_HEAD = 4096  # bytes; the rows begin behind them


class BusyError(SourceError):
    """Somebody is still writing the spool."""


class PoseSpool:
    """A file that poses are appended to, one fixed row each, readable at any moment.

    Parameters
    ----------
    path : of the file; one that is there is written over.
    source, model : kept at its head, so that the file alone can be mended into poses.

    Raises
    ------
    OutputError
        If it cannot be written.
    """

    def __init__(self, path: Path, source: SourceInfo, model: Model) -> None:
        self.path = path
        head = json.dumps({"source": asdict(source), "model": asdict(model)}).encode()
        if len(head) > _HEAD:
            raise OutputError(f"{path}: the source's name is too long to be kept; rename it")
        try:
            self._file = path.open("wb", buffering=0)
            claim(self._file.fileno())
            self._file.write(head.ljust(_HEAD))
        except OSError as error:
            raise _cannot_write(path, error) from None

    def add(self, pose: Pose) -> None:
        """Append one pose; times must rise."""
        row = np.array((pose.t, pose.image, pose.world, pose.visibility), _ROW)
        try:
            if self._file.write(row.tobytes()) < _ROW.itemsize:  # half a row would shift all after it
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise _cannot_write(self.path, error) from None

    def close(self) -> None:
        """Nothing more will come; may be called twice."""
        self._file.close()

    def discard(self) -> None:
        """Close it and remove the file."""
        self.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def read_spool(path: Path) -> PoseSequence:
    """The poses of a spool, whole rows only: a writer that was killed leaves half a row at most.

    Raises
    ------
    BusyError
        If it is still being written.
    SourceError
        If it is no spool.
    """
    try:
        with path.open("rb+") as file:
            if claim(file.fileno()) is False:
                raise BusyError(f"{path}: is still being written; finish that session first")
            head = json.loads(file.read(_HEAD))
            source, model = SourceInfo(**head["source"]), Model(**head["model"])
            whole = max(0, os.fstat(file.fileno()).st_size - _HEAD) // _ROW.itemsize
            rows = np.fromfile(file, _ROW, whole)
        return PoseSequence.from_poses(_poses(rows), source, model)
    except BusyError:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(f"{path}: cannot be read as spooled poses ({error}); remove it") from None


def _poses(rows: np.ndarray) -> Iterator[Pose]:
    last = float("-inf")
    for row in rows:
        if last < row["t"] < float("inf"):  # NaN is not
            last = float(row["t"])
            yield Pose(last, row["image"], row["world"], row["seen"])


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({error.strerror}); free some space or choose another folder"
    )
