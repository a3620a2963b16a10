"""The window on this computer's screen, and the keys pressed in it."""

import os
import subprocess
import sys
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError

Pixels = NDArray[np.uint8]

#: toggle, skip: for the session. leave: end it all. mute, figures: for the window itself.
Key = Literal["toggle", "skip", "leave", "mute", "figures"]

_KEYS: dict[int, Key] = {
    ord(" "): "toggle",
    ord("s"): "skip",
    ord("m"): "mute",
    ord("f"): "figures",
    ord("q"): "leave",
    27: "leave",
}
_TITLE = "formcheck live"
_FIRST = (1280, 720)  # the window fits into this at first; it can be made larger
_PROBE = "import cv2; cv2.namedWindow('formcheck'); cv2.waitKey(1); cv2.destroyAllWindows()"
_PROBE_S = 30


class LiveWindow:
    """One window that can be resized; made with the first picture. See `check_display` before."""

    def __init__(self) -> None:
        self._open = False

    def show(self, rgb: Pixels) -> None:
        """Show a picture.

        Raises
        ------
        SourceError
            If this computer shows no windows.
        """
        try:
            if not self._open:
                self._make(rgb.shape[1], rgb.shape[0])
            cv2.imshow(_TITLE, cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
        except cv2.error:
            raise _no_window() from None

    def _make(self, width: int, height: int) -> None:
        cv2.namedWindow(_TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        scale = min(_FIRST[0] / width, _FIRST[1] / height)
        cv2.resizeWindow(_TITLE, round(width * scale), round(height * scale))
        self._open = True

    def key(self) -> Key | None:
        """The key pressed since the last look; a window that was closed asks to leave."""
        if not self._open:
            return None
        pressed = cv2.waitKey(1)
        if cv2.getWindowProperty(_TITLE, cv2.WND_PROP_VISIBLE) < 1:
            return "leave"
        return key_of(pressed)

    def close(self) -> None:
        """Take the window away; may be called twice."""
        if self._open:
            self._open = False
            cv2.destroyAllWindows()


def key_of(pressed: int) -> Key | None:
    """What a key code of OpenCV means; capitals as small letters, None for all others."""
    if pressed < 0:
        return None
    code = pressed & 0xFF
    return _KEYS.get(code + 32 if ord("A") <= code <= ord("Z") else code)


def check_display() -> None:
    """Make sure that windows can be shown: OpenCV ends the whole process where they cannot.

    Raises
    ------
    SourceError
        If they cannot.
    """
    if not sys.platform.startswith("linux"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise _no_window()
    try:
        tried = subprocess.run(
            [sys.executable, "-c", _PROBE], capture_output=True, timeout=_PROBE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise _no_window() from None
    if tried.returncode:
        raise _no_window()


def _no_window() -> SourceError:
    return SourceError("no window can be opened here (no display); add --headless")
