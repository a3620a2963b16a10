"""The live window's picture: everything somebody three metres away needs to know, and nothing else."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import live_cards, live_scene, palette
from formcheck.draw import live_panels as live_plates
from formcheck.draw.live_canvas import LiveCanvas
from formcheck.draw.live_pictures import FaultPictures
from formcheck.draw.live_words import SMALLEST, Sign
from formcheck.draw.skeleton import draw_skeleton
from formcheck.types import AttemptFinished
from formcheck.types.live_update import LiveUpdate
from formcheck.types.set_summary import SetSummary

Pixels = NDArray[np.uint8]

NEWS_S = 1.2  #: how long the counter shows what became of an attempt

_STILL = frozenset({"paused", "set_done", "resting", "finished"})


@dataclass(frozen=True, slots=True)
class Around:
    """What the window knows beyond the session.

    ``lost`` is why no pictures come, None if they do; ``figures`` the line to show on demand; ``keys`` what
    the keys do.
    """

    lost: str | None = None
    figures: str = ""
    keys: str = ""


class LiveOverlay:
    """Draws a live session over the camera's pictures.

    It remembers what is on show, a small picture of each fault of the set, and the sets that are done.

    Parameters
    ----------
    mirror : show the picture as in a mirror: words stay readable, and no side is exchanged.
    min_px, max_px : pictures shorter or longer than this are drawn larger or smaller; None keeps their size.

    Examples
    --------
    >>> overlay = LiveOverlay(mirror=True)
    >>> shown = overlay.draw(frame.rgb, session.step(pose))  # doctest: +SKIP
    """

    def __init__(self, *, mirror: bool = False, min_px: int | None = None, max_px: int | None = None) -> None:
        self._mirror, self._min_px, self._max_px = mirror, min_px, max_px
        self._easel = LiveCanvas()
        self._pictures = FaultPictures()
        self._news: tuple[Sign, float] | None = None
        self._level = math.nan
        self._sets: dict[tuple[str, int], SetSummary] = {}

    def draw(self, rgb: Pixels, update: LiveUpdate, around: Around = Around()) -> Pixels:
        """The picture with everything on it; ``rgb`` is left as it was."""
        self._remember(update)
        self._pictures.see(rgb, update, mirror=self._mirror)
        out, scale = self._canvas(rgb)
        draw_skeleton(out, update.pose, update.faults, scale, min(out.shape[0], 1.5 * out.shape[1]) / 100)
        self._easel.begin(np.asarray(cv2.flip(out, 1), np.uint8) if self._mirror else out)
        if update.state in _STILL:
            self._easel.dim()
        self._draw_around(around)
        self._draw_state(update)
        return self._easel.out

    def _remember(self, update: LiveUpdate) -> None:
        if update.summary is not None:
            self._sets[update.summary.exercise, update.summary.n] = update.summary
        for event in update.events:
            if isinstance(event, AttemptFinished):
                self._news = ("praise" if event.counted else "no", update.t)
        if update.state not in {"paused", "exercising"}:
            self._level = math.nan
        elif math.isfinite(update.progress):
            self._level = update.progress

    def _canvas(self, rgb: Pixels) -> tuple[Pixels, float]:
        longest = max(rgb.shape[:2])
        wanted = max(longest, self._min_px or longest)
        wanted = min(wanted, self._max_px or wanted)
        if wanted == longest:
            return rgb.copy(), 1.0
        scale = wanted / longest
        size = (max(2, round(rgb.shape[1] * scale)), max(2, round(rgb.shape[0] * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        return np.asarray(cv2.resize(rgb, size, interpolation=how), np.uint8), scale

    def _draw_state(self, update: LiveUpdate) -> None:
        easel, news = self._easel, self._news
        match update.state:
            case "searching" | "setting_up" | "ready":
                live_scene.draw_setting_up(easel, update)
            case "countdown":
                live_scene.draw_countdown(easel, update)
            case "exercising":
                fresh = news[0] if news and 0 <= update.t - news[1] < NEWS_S else None
                live_scene.draw_exercise(easel, update, self._level, fresh)
            case "paused":
                live_scene.draw_exercise(easel, update, self._level, None)
                live_scene.draw_paused(easel, update)
            case _:
                self._draw_cards(update)

    def _draw_cards(self, update: LiveUpdate) -> None:
        """The summary, and beside it (above it on a tall picture) the rest timer or the end."""
        easel = self._easel
        first, second = self._places(both=update.state != "set_done")
        if update.summary is not None:
            self._draw_summary(update.summary, first)
        unit, (x, y, *size) = easel.unit, second
        w, h = size
        if update.state == "resting":
            seconds, coming = math.ceil(update.seconds_left or 0), update.next or ""
            key = (seconds, coming)
            easel.paste(easel.plate("rest", key, lambda: live_cards.rest(*key, (w, h), unit)), x, y)
        elif update.state == "finished":
            sets = tuple(self._sets.values())
            easel.paste(easel.plate("end", sets, lambda: live_cards.finished(sets, (w, h), unit)), x, y)

    def _draw_summary(self, told: SetSummary, place: tuple[int, int, int, int]) -> None:
        easel, kept = self._easel, self._pictures.by_fault
        x, y, w, h = place
        title = live_scene.titled(told.exercise, told.n, told.of, told.side)
        key = (told, tuple(kept), w, h)
        panel = easel.plate("summary", key, lambda: live_cards.summary(told, kept, (w, h), easel.unit, title))
        easel.paste(panel, x, y)

    def _places(self, *, both: bool) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
        """Corner and size of the summary, and of what stands beside it."""
        easel = self._easel
        edge = easel.edge
        w, h = easel.width - 2 * edge, easel.foot - edge
        if not both:
            return (edge, edge, w, h), (0, 0, 0, 0)
        if easel.tall:
            top = easel.px(42)
            return (edge, 2 * edge + top, w, h - top - edge), (edge, edge, w, top)
        right = round(0.36 * w)
        return (edge, edge, w - right - edge, h), (edge + w - right, edge, right, h)

    def _draw_around(self, around: Around) -> None:
        """At the foot: the keys and figures for whoever stands near, and that the camera is lost."""
        if around.keys or around.figures:
            self._easel.foot = self._easel.height - self._easel.px(0.5)
        self._small("keys", around.keys)
        self._small("figures", around.figures)
        if around.lost:
            live_scene.draw_notice(self._easel, around.lost, "error", 8)

    def _small(self, slot: str, line: str) -> None:
        easel = self._easel
        if line:
            px, room = max(SMALLEST, easel.px(2.6)), easel.width - easel.edge
            easel.stack(easel.plate(slot, line, lambda: live_plates.lines((line,), px, room, palette.DIM)))
