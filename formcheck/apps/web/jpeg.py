"""JPEG pictures from a client: their size is read before a byte of them is decoded."""

import cv2
import numpy as np
from numpy.typing import NDArray

#: Start-of-frame markers: every kind of JPEG names its size in one of them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height that the header claims; None if it is no JPEG or claims nothing."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:  # padding, and marks without a length
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            return _size(data[at + 4 : at + 2 + length])
        if marker in {0xD9, 0xDA} or length < 2:  # pixels or the end before any size
            return None
        at += 2 + length
    return None


def _size(frame: bytes) -> tuple[int, int] | None:
    if len(frame) < 6:
        return None
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    return (width, height) if width and height else None


def decode(jpeg: bytes, size: tuple[int, int]) -> NDArray[np.uint8] | None:
    """(H, W, 3) RGB; None if the picture is broken or of another size than its header said."""
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        found = cv2.imdecode(np.frombuffer(jpeg, np.uint8), flags)
    except cv2.error:
        return None
    if found is None or found.shape[:2] != (size[1], size[0]):
        return None
    return np.ascontiguousarray(found[..., ::-1])
