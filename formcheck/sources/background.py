"""What the camera did: how far the background moves from frame to frame."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.types.frame import Frame
from formcheck.types.pose import Floats, Pose, box_of

#: Least time between two looks: a hand shakes at 3 Hz or so, and every look costs. Seconds.
LOOK_S = 0.075
#: About how long the longer side of the small grey picture is. Pixels.
SIDE_PX = 200
#: A box is widened by this share of its longer side: hair, hands and shadow reach beyond the landmarks.
WIDER = 0.15
#: So many corners outweigh what moves in the background; fewer than the least say nothing.
MOST, LEAST = 30, 8
#: Least strength of a corner, as a share of the strongest, and distance to the next. Share, pixels.
STRENGTH, APART_PX = 0.02, 8
#: A weaker patch (least eigenvalue of its gradients, as OpenCV scales it) is noise on a bare wall: those of a
#: drawn wall reached 4e-5, those of real clips began at 1.6e-3.
BARE = 1e-3
#: A corner followed to the next picture and back must come home within this. Pixels.
HOME_PX = 0.3
#: Where fewer corners than this come home, the next picture shows something else: a cut. Share.
KEPT = 0.5
#: Patches of this size, halved so many times, are followed over a fifth of the picture. Pixels, octaves.
PATCH_PX, OCTAVES = 11, 3

Grey = NDArray[np.uint8]


class Background:
    """Collects how far the background moved, frame after frame of one clip.

    Corners outside the person's box are followed there and back by optical flow (Lucas-Kanade) on a small
    grey picture, some ten times a second. The median of their shifts is what the camera did; it is spread
    evenly over the frames between.
    """

    def __init__(self) -> None:
        self._frames = 0
        self._looks: list[tuple[int, Floats]] = []
        self._due = -np.inf
        self._last = np.zeros((0, 0), np.uint8)
        self._corners = np.zeros((0, 1, 2), np.float32)

    def add(self, frame: Frame, person: Pose) -> None:
        """Look at the next frame, and away from the person in it, if there is one."""
        if frame.t >= self._due:
            self._due = frame.t + LOOK_S
            self._look(frame, person)
        self._frames += 1

    def shifts(self) -> Floats:
        """(T, 2) px since the frame before, + right, + down; NaN: too little to follow, or a cut."""
        shifts = np.full((self._frames, 2), np.nan, np.float32)
        for (before, _), (now, shift) in pairwise(self._looks):
            shifts[before + 1 : now + 1] = shift / (now - before)
        return shifts

    def _look(self, frame: Frame, person: Pose) -> None:
        grey, scale = _small(frame.rgb)
        self._looks.append((self._frames, _shift(self._last, grey, self._corners) * scale))
        free = _free(grey.shape, person.image / scale)
        found = cv2.goodFeaturesToTrack(grey, MOST, STRENGTH, APART_PX, mask=free)
        self._last, self._corners = grey, np.zeros((0, 1, 2), np.float32) if found is None else found


def _small(rgb: NDArray[np.uint8]) -> tuple[Grey, int]:
    """The green channel, made small, and how many times smaller it is."""
    stride = max(1, round(max(rgb.shape[:2]) / (2 * SIDE_PX)))
    height, width = (max(1, n // stride // 2) for n in rgb.shape[:2])
    # Leaving pixels out costs nearly nothing, but makes fine patterns flicker; the last halving averages.
    green = np.ascontiguousarray(rgb[::stride, ::stride, 1][: 2 * height, : 2 * width])
    return cv2.resize(green, (width, height), interpolation=cv2.INTER_AREA), 2 * stride


def _free(shape: tuple[int, ...], body: Floats) -> Grey:
    """Where in the picture the person is not: 255 there, 0 in the widened box of the body."""
    free = np.full(shape, 255, np.uint8)
    if not np.isnan(body).all():
        left, top, right, bottom = box_of(body)
        wider = WIDER * max(right - left, bottom - top)
        rows = slice(max(0, int(top - wider)), max(0, int(bottom + wider)))
        free[rows, max(0, int(left - wider)) : max(0, int(right + wider))] = 0
    return free


def _shift(last: Grey, grey: Grey, corners: Floats) -> Floats:
    """(2,) median shift of the corners in pixels of the small picture; NaN if too few can be followed."""
    unknown = np.full(2, np.nan)
    if len(corners) < LEAST:
        return unknown
    there, found = _followed(last, grey, corners)
    home, _ = _followed(grey, last, there)
    kept = found & (np.abs(home - corners).max(axis=(1, 2)) < HOME_PX)
    if kept.sum() < max(LEAST, KEPT * len(corners)):
        return unknown
    shift: Floats = np.median((there - corners)[kept, 0], axis=0)
    return shift


def _followed(last: Grey, grey: Grey, corners: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Where the corners are in the next picture, and which of them were found."""
    there, found, _ = cv2.calcOpticalFlowPyrLK(
        last, grey, corners, None, winSize=(PATCH_PX, PATCH_PX), maxLevel=OCTAVES, minEigThreshold=BARE
    )
    return there, found[:, 0] == 1
