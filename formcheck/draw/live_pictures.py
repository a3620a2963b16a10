"""Small pictures of this set's faults: the moment a fault was first shown, for the summary."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw.skeleton import HIDDEN, draw_skeleton
from formcheck.types import ActiveFault, AttemptFinished, BlockFinished, FaultSaid, Pose
from formcheck.types.live_update import LiveUpdate

Pixels = NDArray[np.uint8]

SIDE = 320  #: pixels of a kept picture, which is square


class FaultPictures:
    """One picture a fault, the first of the set; as many as there are faults, forgotten with the next set.

    A fault that is known only when an attempt is over is shown as the body was at that attempt's peak.
    """

    def __init__(self) -> None:
        self.by_fault: dict[str, Pixels] = {}
        self._set: tuple[str, int] | None = None
        self._peak: tuple[float, Pixels, Pose] | None = None

    def see(self, rgb: Pixels, update: LiveUpdate, *, mirror: bool) -> None:
        """Take what this frame (as the camera gave it) is worth keeping for."""
        if update.state == "exercising" and self._set != (update.exercise, update.set_n):
            self._set, self._peak = (update.exercise, update.set_n), None
            self.by_fault.clear()
        now = {fault.id: fault for fault in update.faults}
        for event in update.events:
            if isinstance(event, FaultSaid):
                fault = now.get(event.id) or ActiveFault(event.id, event.cue, "warn", ())
                self._keep((fault,), cutout(rgb, update.pose), mirror)
            elif isinstance(event, AttemptFinished | BlockFinished):
                whole = cutout(rgb, update.pose) if self._peak is None else self._peak[1:]
                self._keep(event.faults, whole, mirror)
                self._peak = None
        if update.progress > (self._peak[0] if self._peak else 0.2):  # never of NaN
            self._peak = (update.progress, *cutout(rgb, update.pose))

    def _keep(self, faults: Iterable[ActiveFault], whole: tuple[Pixels, Pose], mirror: bool) -> None:
        rgb, pose = whole
        for fault in faults:
            if fault.id in self.by_fault:
                continue
            shown = rgb.copy()
            draw_skeleton(shown, pose, (fault,), unit=SIDE / 75)
            self.by_fault[fault.id] = np.ascontiguousarray(shown[:, ::-1]) if mirror else shown


def cutout(rgb: Pixels, pose: Pose) -> tuple[Pixels, Pose]:
    """A square picture of `SIDE` pixels around the person (the middle if nobody is seen), and their pose."""
    height, width = rgb.shape[:2]
    seen = np.isfinite(pose.image).all(axis=1) & (np.nan_to_num(pose.visibility) >= HIDDEN)
    inside = seen & (pose.image >= 0).all(axis=1) & (pose.image <= [width, height]).all(axis=1)
    if inside.any():
        low, high = pose.image[inside].min(axis=0), pose.image[inside].max(axis=0)
    else:
        low, high = np.zeros(2, np.float32), np.array([width, height], np.float32)
    side = min(1.25 * float((high - low).max()) + 4, float(min(width, height)))
    room = np.array([width, height]) - side
    x, y = np.clip((low + high) / 2 - side / 2, 0, room).astype(int)
    part = rgb[y : y + int(side), x : x + int(side)]
    small = np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    moved = (pose.image - np.array([x, y], np.float32)) * np.float32(SIDE / int(side))
    return small, Pose(pose.t, moved, pose.world, pose.visibility)
