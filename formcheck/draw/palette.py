"""Colours that stay apart for colour-blind eyes (Okabe and Ito), as red, green, blue.

Colour never speaks alone: a fault is also drawn thicker and ringed, and its mark has a shape of its own.
"""

from typing import Literal

Colour = tuple[int, int, int]
Level = Literal["warn", "error"]

GOOD: Colour = (86, 180, 233)
WARN: Colour = (240, 165, 0)
ERROR: Colour = (226, 92, 16)
FAINT: Colour = (176, 184, 190)
INK: Colour = (16, 22, 28)
PAPER: Colour = (248, 248, 244)
DIM: Colour = (196, 204, 210)


def of_level(level: Level) -> Colour:
    """The colour of a fault."""
    return ERROR if level == "error" else WARN
