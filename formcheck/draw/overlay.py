"""Everything that is drawn over one picture of the annotated video."""

import numpy as np
from numpy.typing import NDArray

from formcheck.draw import banner, palette, text
from formcheck.draw.canvas import Canvas
from formcheck.draw.gauge import VIDEO, draw_gauge
from formcheck.draw.lingering import LatestAttempt, Lingering
from formcheck.draw.palette import Colour, Level
from formcheck.types import Update
from formcheck.types.kind import is_gait, is_hold

Pixels = NDArray[np.uint8]

CUE_S = 1.2  #: a cue stays at least this long, so that it can be read
NEWS_S = 0.8  #: how long the counter shows what became of an attempt

_HINTS = {"searching": "Step into the picture", "waiting": "Take the start position"}


class Overlay:
    """Draws what is known over the pictures of one session.

    It remembers only what is on show: what became of an attempt, and the cue until it could be read.

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
        self._canvas = Canvas(mirror=mirror, max_px=max_px)
        self._cue = Lingering[tuple[str, Level | None]](CUE_S)
        self._attempt = LatestAttempt(NEWS_S)

    def draw(self, rgb: Pixels, update: Update) -> Pixels:
        """The picture with everything on it, good until the next call; ``rgb`` is left as it was."""
        self._canvas.begin(rgb, update.pose, update.faults)
        self._draw_counter(update)
        if not is_gait(self._kind) and not self._timed(update):
            draw_gauge(self._canvas, update, VIDEO, update.progress)
        self._draw_cue(update)
        return self._canvas.out

    def _draw_counter(self, update: Update) -> None:
        canvas, shown = self._canvas, self._numbers(update)
        big, small, lit = shown
        room = round(0.6 * canvas.width)
        panel = canvas.panel(
            "counter", shown, lambda: banner.counter(self._name, big, small, canvas.unit, room, lit)
        )
        canvas.paste(panel, canvas.edge, canvas.edge)

    def _timed(self, update: Update) -> bool:
        """Whether seconds are shown; of a hold, even while nothing of it can be seen."""
        return update.hold_s is not None or is_hold(self._kind)

    def _numbers(self, update: Update) -> tuple[str, str, Colour]:
        """The number that matters, the line beneath, and the number's colour."""
        counted = self._attempt.see(update)
        if is_gait(self._kind):
            return text.cadence(update.cadence_spm), "steps a minute", palette.PAPER
        if self._timed(update):
            return text.clock(update.hold_s or 0), "held", palette.PAPER
        if counted is not None:
            words, lit = ("counted", palette.GOOD) if counted else ("not counted", palette.WARN)
            return str(update.reps), words, lit
        attempts = f"of {update.attempts} attempt{'' if update.attempts == 1 else 's'}"
        return str(update.reps), attempts if update.attempts else "ready", palette.PAPER

    def _draw_cue(self, update: Update) -> None:
        """At the foot what to do now, and above it a mark for every fault where there are several."""
        canvas, shown = self._canvas, self._choose(update)
        if shown is None:
            return
        words, level = shown
        room = canvas.width - canvas.px(4)
        canvas.stack(canvas.panel("cue", shown, lambda: banner.cue(words, level, canvas.unit, room)))
        levels = tuple(fault.level for fault in update.faults[:6])
        if len(levels) > 1:
            canvas.stack(canvas.panel("marks", levels, lambda: banner.marks(levels, canvas.unit)))

    def _choose(self, update: Update) -> tuple[str, Level | None] | None:
        """The cue being read, then the worst fault's, else a hint; an error need not wait for a warning."""
        worst = update.faults[0] if update.faults else None
        reading = self._cue.at(update.t)
        if reading is not None and (worst is None or worst.level in {reading[1], "warn"}):
            return reading
        if worst is None:
            self._cue.show(None, update.t)
            hint = _HINTS.get(update.state)
            return (hint, None) if hint else None
        cue, last = (worst.cue, worst.level), self._cue.last
        if last is None or last[0] != worst.cue or update.t < self._cue.since:
            self._cue.show(cue, update.t)
        return cue
