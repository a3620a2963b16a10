"""Everything that is drawn over one picture, for the live window and for the annotated video alike."""

from collections.abc import Callable, Hashable

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import banner, palette
from formcheck.draw.gauge import draw_gauge, gauge_plate
from formcheck.draw.palette import Colour, Level
from formcheck.draw.panel import Panel, paste
from formcheck.draw.skeleton import draw_skeleton
from formcheck.types import AttemptFinished, Update
from formcheck.types.kind import is_gait, is_hold

Pixels = NDArray[np.uint8]

CUE_S = 1.2  #: a cue stays at least this long, so that it can be read
NEWS_S = 0.8  #: how long the counter shows what became of an attempt

_PHASES = {"rest": "ready", "out": "go", "hold": "hold", "back": "return", None: ""}
_HINTS = {"searching": "Step into the picture", "waiting": "Take the start position"}


def canvas_size(width: int, height: int, max_px: int) -> tuple[int, int]:
    """Width and height in pixels of what is drawn for a picture of this size, at most ``max_px`` long."""
    scale = min(1.0, max_px / max(width, height))
    return max(2, round(width * scale)), max(2, round(height * scale))


class Overlay:
    """Draws what is known over the pictures of one session.

    It remembers only what is on show: plates already written, and the cue until it could be read.

    Parameters
    ----------
    exercise_name : as people call it.
    kind : reps, hold, stretch or gait; decides between counter, clock and cadence.
    mirror : show the picture as in a mirror, with the words the right way round.
    max_px : pictures longer than this are drawn smaller; None keeps their size.

    Examples
    --------
    >>> overlay = Overlay("Squat", "reps")
    >>> shown = overlay.draw(frame.rgb, analyser.update(pose))  # doctest: +SKIP
    """

    def __init__(
        self, exercise_name: str, kind: str, *, mirror: bool = False, max_px: int | None = None
    ) -> None:
        self._name, self._kind = exercise_name, kind
        self._mirror, self._max_px = mirror, max_px
        self._plates: dict[str, tuple[Hashable, Panel]] = {}
        self._cue: tuple[str, Level | None, float] | None = None
        self._news: tuple[bool, float] | None = None
        self._paper: Pixels | None = None

    def draw(self, rgb: Pixels, update: Update) -> Pixels:
        """The picture with everything on it, good until the next call; ``rgb`` is left as it was."""
        out, scale = self._canvas(rgb)
        h, w = out.shape[:2]
        unit = min(h, 1.5 * w) / 100
        draw_skeleton(out, update.pose, update.faults, scale, unit)
        if self._mirror:
            out = np.ascontiguousarray(out[:, ::-1])
        self._draw_counter(out, update, unit)
        if not is_gait(self._kind) and not self._timed(update):
            self._draw_gauge(out, update, unit)
        self._draw_cue(out, update, unit)
        return out

    def _canvas(self, rgb: Pixels) -> tuple[Pixels, float]:
        longest = max(rgb.shape[:2])
        if self._max_px is None or longest <= self._max_px:
            if self._paper is None or self._paper.shape != rgb.shape:
                self._paper = np.empty(rgb.shape, np.uint8)  # kept: fresh memory costs more than the drawing
            np.copyto(self._paper, rgb)
            return self._paper, 1.0
        size = canvas_size(rgb.shape[1], rgb.shape[0], self._max_px)
        shrunk = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        return np.asarray(shrunk, np.uint8), self._max_px / longest

    def _plate(self, slot: str, key: Hashable, build: Callable[[], Panel]) -> Panel:
        """The plate of a slot, written anew only when what it says has changed."""
        kept = self._plates.get(slot)
        if kept is None or kept[0] != key:
            kept = self._plates[slot] = (key, build())
        return kept[1]

    def _draw_counter(self, out: Pixels, update: Update, unit: float) -> None:
        big, small, lit = self._numbers(update)
        width = round(0.6 * out.shape[1])
        key = (big, small, lit, out.shape)
        panel = self._plate("counter", key, lambda: banner.counter(self._name, big, small, unit, width, lit))
        paste(out, panel, round(2 * unit), round(2 * unit))

    def _timed(self, update: Update) -> bool:
        """Whether seconds are shown; of a hold, even while nothing of it can be seen."""
        return update.hold_s is not None or is_hold(self._kind)

    def _numbers(self, update: Update) -> tuple[str, str, Colour]:
        if is_gait(self._kind):
            spm = update.cadence_spm
            return ("–" if spm is None else f"{spm:.0f}"), "steps a minute", palette.PAPER
        if self._timed(update):
            whole = int(update.hold_s or 0)
            return f"{whole // 60}:{whole % 60:02d}", "held", palette.PAPER
        for event in update.events:
            if isinstance(event, AttemptFinished):
                self._news = (event.counted, update.t)
        small = (
            f"of {update.attempts} attempt{'' if update.attempts == 1 else 's'}"
            if update.attempts
            else "ready"
        )
        if self._news and 0 <= update.t - self._news[1] < NEWS_S:
            if self._news[0]:
                return str(update.reps), "counted", palette.GOOD
            return str(update.reps), "not counted", palette.WARN
        return str(update.reps), small, palette.PAPER

    def _draw_gauge(self, out: Pixels, update: Update, unit: float) -> None:
        word = _PHASES[update.phase]
        panel = self._plate("gauge", (word, out.shape), lambda: gauge_plate(word, unit))
        x = out.shape[1] - panel.size[0] - round(2 * unit)
        y = round(2 * unit)
        colour = palette.of_level(update.faults[0].level) if update.faults else palette.GOOD
        draw_gauge(out, panel, (x, y), update.progress, colour, unit)

    def _draw_cue(self, out: Pixels, update: Update, unit: float) -> None:
        bottom = out.shape[0] - round(2 * unit)
        shown = self._choose(update)
        if shown is not None:
            words, level = shown
            width = out.shape[1] - round(4 * unit)
            key = (words, level, out.shape)
            panel = self._plate("cue", key, lambda: banner.cue(words, level, unit, width))
            bottom -= panel.size[1]
            paste(out, panel, (out.shape[1] - panel.size[0]) // 2, bottom)
        levels = tuple(fault.level for fault in update.faults[:6])
        if len(levels) > 1:
            panel = self._plate("marks", (levels, out.shape), lambda: banner.marks(levels, unit))
            paste(out, panel, (out.shape[1] - panel.size[0]) // 2, bottom - panel.size[1] - round(unit))

    def _choose(self, update: Update) -> tuple[str, Level | None] | None:
        """The cue being read, then the worst fault's, else a hint; an error need not wait for a warning."""
        worst = update.faults[0] if update.faults else None
        if self._cue is not None and 0 <= update.t - self._cue[2] < CUE_S:
            words, level, _ = self._cue
            if worst is None or worst.level in {level, "warn"}:
                return words, level
        if worst is not None:
            if self._cue is None or self._cue[0] != worst.cue or update.t < self._cue[2]:
                self._cue = (worst.cue, worst.level, update.t)
            return worst.cue, worst.level
        self._cue = None
        hint = _HINTS.get(update.state)
        return (hint, None) if hint else None
