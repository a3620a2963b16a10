"""Pictures on their way in."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

SourceKind = Literal["video", "camera", "stream", "poses"]
#: How far a picture is turned, clockwise degrees.
Turn = Literal[0, 90, 180, 270]
QUARTERS: tuple[Turn, ...] = get_args(Turn)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture.

    Attributes
    ----------
    rgb : (H, W, 3) uint8, red first, upright (rotation already applied).
    t : seconds on the source's own clock, strictly rising from frame to frame.
    index : running number, a label only; never used to compute time.
    """

    rgb: NDArray[np.uint8]
    t: float
    index: int


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What is known of a source before it is read.

    ``nominal_fps`` and ``duration_s`` are what the container claims, None if it claims nothing; they are
    shown to people and never used to compute time. ``sha256`` is None for devices. ``tagged_slowmo`` is how
    many times slower than life the file plays by the phone's own tag, where that was taken out of all times.
    ``rotation_deg`` is how far its pictures were turned clockwise because somebody said so, 0 if they were
    said to be upright; None where nobody said.
    """

    name: str
    kind: SourceKind
    width_px: int
    height_px: int
    nominal_fps: float | None = None
    duration_s: float | None = None
    sha256: str | None = None
    tagged_slowmo: float | None = None
    rotation_deg: Turn | None = None
