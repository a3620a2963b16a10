"""How many times slower than life a file plays: as was asked for, else by the phone's own tag."""

import math
from collections.abc import Mapping
from pathlib import Path

from formcheck.errors import SourceError

#: Android writes the rate of the camera here and lets the file play at 30. iPhones write no rate: their
#: originals have times of life, and what is exported in slow motion says nothing of it
#: (``full-frame-rate-playback-intent`` is 0 in slow motion and in ordinary clips alike).
_KEY = "com.android.capture.fps"
#: Less is an ordinary clip whose rate fell in the dark (60 to 30). Slow motion is filmed at 120 or more.
LEAST_CAPTURE_FPS = 90.0
#: Less is the unevenness of a full-rate file; more is a burst within a clip that plays in real time otherwise
#: (960 at 30 is 32). Judgement.
LEAST, MOST = 1.5, 10.0
#: A factor this near to a whole one is it: 240 at 29.97. Judgement.
NEAR = 0.05


def checked_slowmo(path: Path, slowmo: float | None) -> float | None:
    """The factor as it was given for a file; None where none was.

    Raises
    ------
    SourceError
        If it is none that can be.
    """
    if slowmo is not None and not (math.isfinite(slowmo) and slowmo > 0):
        raise SourceError(f"{path}: the slow-motion factor is {slowmo:g}; give a number above 0, such as 4")
    return slowmo


def capture_fps(metadata: Mapping[str, str]) -> float | None:
    """Frames a second that the camera took, by a file's own word; None where it says none that can be."""
    try:
        fps = float(metadata.get(_KEY, "nan"))
    except ValueError:
        return None
    return fps if math.isfinite(fps) and fps > 0 else None


def tagged_slowmo(captured: float | None, played: float | None) -> float | None:
    """How many times slower than life a file plays by its tag; None where that is not sure.

    Parameters
    ----------
    captured, played : frames a second of the camera and of the file; None not known.
    """
    if captured is None or played is None or captured < LEAST_CAPTURE_FPS:
        return None
    factor = captured / played
    if not LEAST <= factor <= MOST:
        return None
    whole = round(factor)
    return float(whole) if abs(factor - whole) <= NEAR * whole else factor
