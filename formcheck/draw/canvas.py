"""The picture being drawn, its measure, and the panels that are kept from one picture to the next."""

import math
from collections.abc import Callable, Hashable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw.panel import Panel, paste
from formcheck.draw.skeleton import draw_skeleton
from formcheck.types import ActiveFault, Pose

Pixels = NDArray[np.uint8]


def canvas_size(
    width: int, height: int, max_px: int | None = None, min_px: int | None = None
) -> tuple[int, int]:
    """Width and height in pixels of what is drawn for a picture: its longer side is within the bounds."""
    longest = max(width, height)
    scale = min(max(longest, min_px or longest), max_px or math.inf) / longest
    return max(2, round(width * scale)), max(2, round(height * scale))


class Canvas:
    """What every overlay draws on: one picture at a time, with the body on it.

    Parameters
    ----------
    mirror : show the picture as in a mirror; what is pasted on it stays readable.
    min_px, max_px : pictures shorter or longer than this are drawn larger or smaller; None keeps their size.

    Attributes
    ----------
    out : the picture, drawn on in place; good until the next one begins.
    unit : a hundredth of its height (of one and a half widths, if it is tall and narrow), pixels.
    edge : what stays free along its border, pixels.
    foot : the lowest line that is still free, pixels from the top.
    """

    def __init__(self, *, mirror: bool = False, min_px: int | None = None, max_px: int | None = None) -> None:
        self.mirror = mirror
        self._min_px, self._max_px = min_px, max_px
        self._panels: dict[str, tuple[Hashable, Panel]] = {}
        self._paper: Pixels = np.zeros((1, 1, 3), np.uint8)
        self.out = self._paper
        self.unit, self.edge, self.foot = 1.0, 1, 1

    def begin(self, rgb: Pixels, pose: Pose, faults: Sequence[ActiveFault]) -> None:
        """Take the next picture and draw the body on it; ``rgb`` is left as it was."""
        out = self._sized(rgb)
        self.unit = min(out.shape[0], 1.5 * out.shape[1]) / 100
        draw_skeleton(out, pose, faults, max(out.shape[:2]) / max(rgb.shape[:2]), self.unit)
        self.out = np.asarray(cv2.flip(out, 1), np.uint8) if self.mirror else out
        self.edge = round(2 * self.unit)
        self.foot = self.height - self.edge

    def _sized(self, rgb: Pixels) -> Pixels:
        height, width = rgb.shape[:2]
        size = canvas_size(width, height, self._max_px, self._min_px)
        if size != (width, height):
            how = cv2.INTER_AREA if size[0] < width else cv2.INTER_LINEAR
            return np.asarray(cv2.resize(rgb, size, interpolation=how), np.uint8)
        if self._paper.shape != rgb.shape:
            self._paper = np.empty(rgb.shape, np.uint8)  # kept: fresh memory costs more than the drawing
        np.copyto(self._paper, rgb)
        return self._paper

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.out.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.out.shape[0])

    @property
    def tall(self) -> bool:
        """Whether it is held upright, as a phone."""
        return self.height > self.width

    def px(self, units: float) -> int:
        """So many hundredths in pixels."""
        return round(units * self.unit)

    def panel(self, slot: str, key: Hashable, build: Callable[[], Panel]) -> Panel:
        """The panel of a slot, written anew only when what it says, or the picture's size, has changed."""
        whole = (key, self.out.shape)
        kept = self._panels.get(slot)
        if kept is None or kept[0] != whole:
            kept = self._panels[slot] = (whole, build())
        return kept[1]

    def paste(self, panel: Panel, x: int, y: int) -> None:
        """Lay a panel down with its corner at ``x, y``."""
        paste(self.out, panel, x, y)

    def centre(self, panel: Panel, y: int | None = None) -> None:
        """Lay a panel down in the middle, or in the middle of the line ``y``."""
        top = (self.height - panel.size[1]) // 2 if y is None else y
        self.paste(panel, (self.width - panel.size[0]) // 2, top)

    def stack(self, panel: Panel) -> None:
        """Lay a panel down above what is at the foot already."""
        self.centre(panel, self.foot - panel.size[1])
        self.foot -= panel.size[1] + round(self.unit)

    def dim(self) -> None:
        """Darken what is there, so that what follows stands out."""
        cv2.convertScaleAbs(self.out, self.out, 0.45)
