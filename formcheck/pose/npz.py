"""Arrays out of an .npz file that came from anywhere: nothing is unpacked before its size is known."""

import math
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.types.text import plain

#: What NumPy and its helpers raise over damaged files; sizes that are lies end in MemoryError.
UNDECODABLE = (
    *(ValueError, EOFError, KeyError, TypeError, SyntaxError, NotImplementedError, MemoryError, RuntimeError),
    *(OverflowError, zipfile.BadZipFile, tokenize.TokenError, zlib.error, struct.error),
)
#: Bytes. An hour of 30 frames per second is the first: so much may come of a file of any size. What is larger
#: has landmarks in it, which hardly pack, and is at most the second: five hours of 240 a second.
_ANY, _MOST = 100_000_000, 4_000_000_000
#: How many times its size a larger file may unpack to: landmarks pack to a half, nobody all day to nothing.
_RATIO = 50
#: One text; no more of it is held.
_MOST_TEXT = 4_000_000
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADERS: dict[tuple[int, int], Any] = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


class PackedError(ValueError):
    """The file holds more than any clip does; the message says what."""


def read_arrays(path: Path, names: Collection[str]) -> dict[str, Any]:
    """Those of the arrays ``names`` that are in the file; others are passed over.

    Raises
    ------
    PackedError
        Before anything is unpacked, if it is more than any clip.
    UNDECODABLE
        If the file is damaged or something else.
    OSError
        If it cannot be read.
    """
    with zipfile.ZipFile(path) as archive:
        found = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
        members = {name: found[name] for name in names if name in found}
        _weigh(sum(info.file_size for info in members.values()), path.stat().st_size)
        return {name: _array(archive, info) for name, info in members.items()}


def _weigh(unpacked: int, packed: int) -> None:
    if unpacked > _MOST or unpacked > max(_ANY, _RATIO * packed):
        raise PackedError(f"it unpacks from {packed / 1e6:.1f} to {unpacked / 1e6:,.0f} MB, as no clip does")


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> np.ndarray:
    if info.compress_type not in _PACKED:
        raise NotImplementedError
    with archive.open(info) as file:
        shape, _, dtype = _HEADERS[np.lib.format.read_magic(file)](file)
    size = math.prod(shape) * dtype.itemsize
    if size > info.file_size or (dtype.kind not in "fiu" and size > _MOST_TEXT):
        raise PackedError(f"{plain(info.filename.removesuffix('.npy'))} is larger than it can be")
    with archive.open(info) as file:
        array: np.ndarray = np.lib.format.read_array(file, allow_pickle=False)
    return array
