"""A closer look for somebody who is small in the picture: at the part of it that he is in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from types import TracebackType
from typing import Self

import numpy as np

from formcheck.pose.estimator import Estimator, PoseModel
from formcheck.types.frame import Frame
from formcheck.types.pose import Box, Pose, box_of

#: The picture is looked at in parts of half its width and height, then of a quarter, half a part from one to
#: the next: whoever is too small for the whole picture is whole, and large enough, in one of them.
_SHARES = (2, 4)
#: Nobody can be found in parts with a shorter side than this, px; and no model takes one without pixels.
_LEAST_PX = 32
#: In so many frames somebody must be seen, as one alone may hold a mistake.
_LEAST = 2
#: How far a window reaches beyond the bodies seen, in lengths of the largest: arms rise, people jump.
_MARGIN = 0.6
#: A window larger than this share of the picture would show nobody better.
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class CropWindow:
    """A part of the picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    def cut(self, frame: Frame) -> Frame:
        """What the frame shows there."""
        rows, columns = slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)
        return replace(frame, rgb=np.ascontiguousarray(frame.rgb[rows, columns]))


class WindowEstimator:
    """Another estimator that sees a part of the picture alone; its poses are in pixels of the whole."""

    def __init__(self, inner: Estimator, window: CropWindow) -> None:
        self.model = inner.model
        self._inner, self._window = inner, window

    def estimate(self, frame: Frame) -> Pose:
        """As every `Estimator`: the person in this frame, all NaN if nobody is found."""
        pose = self._inner.estimate(self._window.cut(frame))
        corner = np.array([self._window.left, self._window.top], pose.image.dtype)
        return replace(pose, image=pose.image + corner)

    def close(self) -> None:
        """Free what the other estimator holds."""
        self._inner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def find_small(frames: Sequence[Frame], pose_model: PoseModel) -> CropWindow | None:
    """Where somebody moves who is too small to be found in the whole picture; None if nobody is seen there.

    Parameters
    ----------
    frames : some of the clip, all of one size.
    pose_model : what to look with.

    Raises
    ------
    ModelError
        If the model cannot be used.
    """
    if not frames:
        return None
    height, width = frames[0].rgb.shape[:2]
    for share in _SHARES:
        boxes = _largest(frames, _parts(width, height, share), pose_model)
        if len(boxes) >= _LEAST:
            window = _around(boxes, width, height)
            return window if window.width * window.height <= _MOST * width * height else None
    return None


def _parts(width: int, height: int, share: int) -> list[CropWindow]:
    w, h, steps = width // share, height // share, range(2 * share - 1)
    if min(w, h) < _LEAST_PX:
        return []
    return [CropWindow(column * w // 2, row * h // 2, w, h) for row in steps for column in steps]


def _largest(frames: Sequence[Frame], parts: Sequence[CropWindow], pose_model: PoseModel) -> list[Box]:
    """The box of the largest body in any part of each frame that shows one, in pixels of the whole."""
    largest: dict[int, Box] = {}
    found = pose_model.people_in(part.cut(frame) for frame in frames for part in parts)
    for (i, part), images in zip(product(range(len(frames)), parts), found, strict=True):
        for image in images:
            box = box_of(image + np.array([part.left, part.top]))
            largest[i] = max(box, largest.get(i, box), key=_length)
    return list(largest.values())


def _around(boxes: Sequence[Box], width: int, height: int) -> CropWindow:
    """The window that holds all boxes and room to move."""
    margin = _MARGIN * max(map(_length, boxes))
    lefts, flight_peaks, rights, bottoms = np.array(boxes).T
    left, top = max(0, int(lefts.min() - margin)), max(0, int(flight_peaks.min() - margin))
    right, bottom = min(width, int(rights.max() + margin)), min(height, int(bottoms.max() + margin))
    return CropWindow(left, top, right - left, bottom - top)


def _length(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])
