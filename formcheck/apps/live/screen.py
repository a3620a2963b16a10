"""What somebody sees of a live session: the drawn picture in a window, and what its keys ask for."""

from collections import deque
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.apps.live.window import Key
from formcheck.draw.live_overlay import Around, LiveOverlay
from formcheck.types.live_update import LiveUpdate

Pixels = NDArray[np.uint8]

_RECENT = 60  # frames that the figures speak of
_LEAST_PX, _MOST_PX = 960, 1280  # smaller pictures make poor letters, larger ones cost time


class Pane(Protocol):
    """Where pictures are shown; `Window` is the real one."""

    def show(self, rgb: Pixels) -> None:
        """Show a picture."""
        ...

    def key(self) -> Key | None:
        """What was asked for since the last look."""
        ...

    def close(self) -> None:
        """Take it away."""
        ...


class Screen:
    """Draws the newest frame, and answers the keys that are its own.

    Parameters
    ----------
    pane : the window.
    mirror : show the person as a mirror does.
    speaks : whether there is a voice that can be muted.
    """

    def __init__(self, pane: Pane, *, mirror: bool, speaks: bool) -> None:
        self._pane = pane
        self._overlay = LiveOverlay(mirror=mirror, min_px=_LEAST_PX, max_px=_MOST_PX)
        self._speaks = speaks
        self._figures = False
        self._times: deque[tuple[float, float]] = deque(maxlen=_RECENT)
        self._last: tuple[Pixels, LiveUpdate] | None = None

    def show(self, rgb: Pixels, update: LiveUpdate, *, latency_s: float, dropped: int, muted: bool) -> None:
        """Show a frame with what is known of it; ``latency_s`` from its capture to being answered."""
        self._times.append((update.t, latency_s))
        self._last = (rgb, update)
        figures = self._figures_line(dropped) if self._figures else ""
        self._pane.show(
            self._overlay.draw(rgb, update, Around(None, figures, self._keys(update, muted=muted)))
        )

    def show_lost(self, why: str) -> None:
        """The last picture again, with why no new one comes."""
        if self._last is not None:
            self._pane.show(
                self._overlay.draw(*self._last, Around(why, "", self._keys(self._last[1], muted=False)))
            )

    def key(self) -> Key | None:
        """What was asked for; the figures are switched here."""
        pressed = self._pane.key()
        if pressed == "figures":
            self._figures = not self._figures
            return None
        return pressed

    def close(self) -> None:
        """Take the window away."""
        self._pane.close()

    def _figures_line(self, dropped: int) -> str:
        span = self._times[-1][0] - self._times[0][0]
        fps = (len(self._times) - 1) / span if span > 0 else 0.0
        late = sorted(latency for _, latency in self._times)
        middle, worst = late[len(late) // 2] * 1000, late[round(0.95 * (len(late) - 1))] * 1000
        latency = f"told in {middle:.0f} ms (95 %: {worst:.0f})"
        return f"{fps:.1f} pictures a second · {latency} · {dropped} dropped"

    def _keys(self, update: LiveUpdate, *, muted: bool) -> str:
        keys = ["space go on" if update.state == "paused" else "space pause", "s skip"]
        if self._speaks:
            keys.append("m voice on" if muted else "m voice off")
        return " · ".join([*keys, "f figures", "q finish"])
