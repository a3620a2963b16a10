"""The live window's picture: everything somebody three metres away needs to know, and nothing else."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.draw import live_cards, live_panels, live_scene, palette, text
from formcheck.draw.canvas import Canvas
from formcheck.draw.lingering import LatestAttempt
from formcheck.draw.live_pictures import FaultPictures
from formcheck.draw.live_words import Sign
from formcheck.messages import sentence
from formcheck.types.live_update import LiveUpdate
from formcheck.types.set_summary import SetSummary

Pixels = NDArray[np.uint8]

NEWS_S = 1.2  #: how long the counter shows what became of an attempt

_NEWS: dict[bool | None, Sign | None] = {True: "praise", False: "no", None: None}
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
        self._canvas = Canvas(mirror=mirror, min_px=min_px, max_px=max_px)
        self._pictures = FaultPictures()
        self._attempt = LatestAttempt(NEWS_S)
        self._level = math.nan
        self._sets: dict[tuple[str, int], SetSummary] = {}

    def draw(self, rgb: Pixels, update: LiveUpdate, around: Around = Around()) -> Pixels:
        """The picture with everything on it, good until the next call; ``rgb`` is left as it was."""
        self._remember(update)
        self._pictures.see(rgb, update, mirror=self._canvas.mirror)
        self._canvas.begin(rgb, update.pose, update.faults)
        if update.state in _STILL:
            self._canvas.dim()
        self._draw_around(around)
        self._draw_state(update)
        return self._canvas.out

    def _remember(self, update: LiveUpdate) -> None:
        if update.summary is not None:
            self._sets[update.summary.exercise, update.summary.n] = update.summary
        self._attempt.see(update)
        if update.state not in {"paused", "exercising"}:
            self._level = math.nan
        elif math.isfinite(update.progress):
            self._level = update.progress

    def _draw_state(self, update: LiveUpdate) -> None:
        canvas = self._canvas
        match update.state:
            case "searching" | "setting_up" | "ready":
                live_scene.draw_setting_up(canvas, update)
            case "countdown":
                live_scene.draw_countdown(canvas, update)
            case "exercising":
                live_scene.draw_exercise(canvas, update, self._level, _NEWS[self._attempt.at(update.t)])
            case "paused":
                live_scene.draw_exercise(canvas, update, self._level, None)
                live_scene.draw_paused(canvas, update)
            case _:
                self._draw_cards(update)

    def _draw_cards(self, update: LiveUpdate) -> None:
        """The summary, and beside it (above it on a tall picture) the rest timer or the end."""
        canvas = self._canvas
        first, second = self._places(both=update.state != "set_done")
        if update.summary is not None:
            self._draw_summary(update.summary, first)
        unit, (x, y, *size) = canvas.unit, second
        w, h = size
        if update.state == "resting":
            coming = sentence(update.next) if update.next else ""
            key = (math.ceil(update.seconds_left or 0), coming)
            canvas.paste(canvas.panel("rest", key, lambda: live_cards.rest(*key, (w, h), unit)), x, y)
        elif update.state == "finished":
            sets = tuple(self._sets.values())
            canvas.paste(canvas.panel("end", sets, lambda: live_cards.finished(sets, (w, h), unit)), x, y)

    def _draw_summary(self, result: SetSummary, place: tuple[int, int, int, int]) -> None:
        canvas, kept = self._canvas, self._pictures.by_fault
        x, y, w, h = place
        title = live_scene.titled(result.exercise, result.n, result.of, result.side)
        key = (result, tuple(kept), w, h)
        panel = canvas.panel(
            "summary", key, lambda: live_cards.summary(result, kept, (w, h), canvas.unit, title)
        )
        canvas.paste(panel, x, y)

    def _places(self, *, both: bool) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
        """Corner and size of the summary, and of what stands beside it."""
        canvas = self._canvas
        edge = canvas.edge
        w, h = canvas.width - 2 * edge, canvas.foot - edge
        if not both:
            return (edge, edge, w, h), (0, 0, 0, 0)
        if canvas.tall:
            top = canvas.px(42)
            return (edge, 2 * edge + top, w, h - top - edge), (edge, edge, w, top)
        right = round(0.36 * w)
        return (edge, edge, w - right - edge, h), (edge + w - right, edge, right, h)

    def _draw_around(self, around: Around) -> None:
        """At the foot: the keys and figures for whoever stands near, and that the camera is lost."""
        if around.keys or around.figures:
            self._canvas.foot = self._canvas.height - self._canvas.px(0.5)
        self._small("keys", around.keys)
        self._small("figures", around.figures)
        if around.lost:
            live_scene.draw_notice(self._canvas, around.lost, "error", 8)

    def _small(self, slot: str, line: str) -> None:
        canvas = self._canvas
        if line:
            px, room = max(text.SMALLEST, canvas.px(2.6)), canvas.width - canvas.edge
            canvas.stack(canvas.panel(slot, line, lambda: live_panels.lines((line,), px, room, palette.DIM)))
