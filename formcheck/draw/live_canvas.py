"""The picture being drawn, its measure, and the plates that are kept from one picture to the next."""

from collections.abc import Callable, Hashable

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw.panel import Panel, paste

Pixels = NDArray[np.uint8]


class LiveCanvas:
    """Holds one picture at a time.

    Attributes
    ----------
    out : the picture, drawn on in place.
    unit : a hundredth of its height (of one and a half widths, if it is tall and narrow), pixels.
    edge : what stays free along its border, pixels.
    foot : the lowest line that is still free, pixels from the top.
    """

    def __init__(self) -> None:
        self._plates: dict[str, tuple[Hashable, Panel]] = {}
        self.out: Pixels = np.zeros((1, 1, 3), np.uint8)
        self.unit, self.edge, self.foot = 1.0, 1, 1

    def begin(self, out: Pixels) -> None:
        """Take the next picture."""
        self.out = out
        self.unit = min(out.shape[0], 1.5 * out.shape[1]) / 100
        self.edge = round(2 * self.unit)
        self.foot = out.shape[0] - self.edge

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

    def plate(self, slot: str, key: Hashable, build: Callable[[], Panel]) -> Panel:
        """The plate of a slot, written anew only when what it says, or the picture's size, has changed."""
        whole = (key, self.out.shape)
        kept = self._plates.get(slot)
        if kept is None or kept[0] != whole:
            kept = self._plates[slot] = (whole, build())
        return kept[1]

    def paste(self, panel: Panel, x: int, y: int) -> None:
        """Lay a plate down with its corner at ``x, y``."""
        paste(self.out, panel, x, y)

    def centre(self, panel: Panel, y: int | None = None) -> None:
        """Lay a plate down in the middle, or in the middle of the line ``y``."""
        top = (self.height - panel.size[1]) // 2 if y is None else y
        self.paste(panel, (self.width - panel.size[0]) // 2, top)

    def stack(self, panel: Panel) -> None:
        """Lay a plate down above what is at the foot already."""
        self.centre(panel, self.foot - panel.size[1])
        self.foot -= panel.size[1] + round(self.unit)

    def dim(self) -> None:
        """Darken what is there, so that what follows stands out."""
        cv2.convertScaleAbs(self.out, self.out, 0.45)
