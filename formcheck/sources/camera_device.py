"""Cameras and streams as OpenCV opens them, and why one does not answer."""

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, cast

# FFmpeg inside OpenCV reads these when it first opens a stream. It shall not print addresses (they may hold
# a password), must look only briefly at a stream before showing it, and keep nothing back.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault(
    "OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp|fflags;nobuffer|analyzeduration;1000000"
)

import cv2

from formcheck.sources.camera import Rgb

#: What is asked of a camera; it gives what it can. Pixels, frames per second.
_ASKED = (
    (cv2.CAP_PROP_FRAME_WIDTH, 1280),
    (cv2.CAP_PROP_FRAME_HEIGHT, 720),
    (cv2.CAP_PROP_FPS, 30),
    (cv2.CAP_PROP_BUFFERSIZE, 1),
)
#: A stream must answer, and go on, within so many milliseconds. One thread: several hold pictures back.
_STREAM = [
    *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 10_000),
    *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, 2_000),
    *(cv2.CAP_PROP_N_THREADS, 1),
]
#: The system's own way to cameras: the others only fail more slowly, and loudly.
_BACKENDS = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_DSHOW}
#: Numbers that are tried to tell which cameras there are.
_NUMBERS = range(5)


class OpenCvCapture:
    """A camera by its number, or a stream by its address."""

    def __init__(self, where: int | str) -> None:
        self._where = where
        self._video = cv2.VideoCapture()
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

    def open(self) -> bool:
        """Whether it answers."""
        with contextlib.suppress(cv2.error):
            if isinstance(self._where, str):
                return bool(self._video.open(self._where, cv2.CAP_FFMPEG, _STREAM))
            if self._video.open(self._where, _BACKENDS.get(sys.platform, cv2.CAP_ANY)):
                for setting, value in _ASKED:
                    self._video.set(setting, value)
                return True
        return False

    def grab(self) -> bool:
        """Wait for the next picture; whether there is one."""
        with contextlib.suppress(cv2.error):
            return bool(self._video.grab())
        return False

    def retrieve(self) -> Rgb | None:
        """The picture grabbed last, red first; None if it is damaged."""
        with contextlib.suppress(cv2.error):
            there, bgr = self._video.retrieve()
            return cast("Rgb", cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)) if there else None
        return None

    def release(self) -> None:
        """Give the device back."""
        self._video.release()


def what_to_do(number: int) -> str:
    """Why the camera of that number may not answer, and what to do."""
    device = Path(f"/dev/video{number}")
    if sys.platform == "linux" and device.exists() and not os.access(device, os.R_OK | os.W_OK):
        return f"{device} is not open to this user; add the user to the group video, and log in again"
    others = [n for n in _NUMBERS if n != number and _answers(n)]
    if others:
        return f"those that do: {', '.join(map(str, others))}"
    return _SETTINGS.get(sys.platform, "connect a camera, and close other programs that use it")


_SETTINGS = {
    "darwin": "connect one, and allow the terminal under System Settings, Privacy & Security, Camera",
    "win32": "connect one, close other programs that use it, and see Settings, Privacy, Camera",
}


def _answers(number: int) -> bool:
    if sys.platform == "linux" and not Path(f"/dev/video{number}").exists():
        return False
    capture: Any = OpenCvCapture(number)
    try:
        return bool(capture.open()) and capture.grab()
    finally:
        capture.release()
