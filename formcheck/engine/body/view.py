"""How the camera sees the body: widths across the trunk, its foreshortening, and how far it is turned."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.sensor.noise import ViewBounds
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: A lying or kneeling body turned away keeps its widths across but shortens.
LEVEL_TRUNK_DEG = 45.0
#: Who bends forward on his feet to less than this is turned away, where one that lies or props himself up may
#: be nearly square, before a camera that looks down. Judgement: six push-ups seen so have trunks of 1 to 15,
#: deadlifts 32 to 44.
LYING_TRUNK_DEG = 30.0
#: Lines across the body that point nowhere in common tell no angle: 1 is one way, 0 all ways. Judgement.
LEAST_ALIKE = 0.7
VIEWS = ("side", "front", "back", "oblique", "axial", "unknown")


@dataclass(frozen=True, slots=True)
class Widths:
    """Medians over a while: shoulder and hip width and trunk length in trunk lengths, trunk angle in degrees.

    ``handedness`` is negative when the camera sees the front of the body. Widths are across the trunk;
    spans are from one shoulder, or hip, to the other in the picture: who lies and is turned away shows them
    along the trunk. Trunk and spans may be NaN, not known.
    """

    shoulders: float
    hips: float
    trunk: float
    trunk_deg: float
    handedness: float
    shoulder_span: float = np.nan
    hip_span: float = np.nan

    def off_side_deg(self, bounds: ViewBounds) -> float:
        """How far the body is off square from the side, by the mean of what trunk, shoulders and hips show.

        Each alone errs by 15 degrees and more: a trunk is believed to point away, a shoulder is drawn along
        by its arm.
        """
        trunk = np.arccos(np.minimum(1.0, self.trunk))
        seen = np.fmax((self.shoulders, self.hips), (self.shoulder_span, self.hip_span))
        across = np.arcsin(np.minimum(1.0, seen / (bounds.shoulders, bounds.hips)))
        return float(np.rad2deg(np.nanmean((trunk, *across))))


@dataclass(frozen=True, slots=True)
class View:
    """``name``: side, front, back, oblique, axial, unknown; ``also``: nearly this view, limits widened."""

    name: str
    also: str | None = None

    def shows(self, views: tuple[str, ...]) -> bool:
        """Whether a measure made for ``views`` can be read at all."""
        return self.name in views or self.also in views

    def exact(self, views: tuple[str, ...]) -> bool:
        """Whether such a measure is read squarely, so that its limits need not give way."""
        return self.name in views


UNKNOWN = View("unknown")
_ACROSS = ("shoulder", "hip")


def view_of(w: Widths, bounds: ViewBounds) -> View:
    """Name the view by what the sensor shows of trunks; NaN widths give unknown."""
    if not (w.shoulders >= 0 and w.hips >= 0):
        return UNKNOWN
    if w.trunk < bounds.axial:
        return View("axial")
    toward = "front" if w.handedness < 0 else "back"
    if w.shoulders > bounds.front_shoulders or w.hips > bounds.front_hips:
        return View(toward)
    narrow = w.shoulders < bounds.side_shoulders and w.hips < bounds.side_hips
    if abs(w.trunk_deg) < LEVEL_TRUNK_DEG:
        return _level(w.off_side_deg(bounds), bounds, nearly=narrow or abs(w.trunk_deg) < LYING_TRUNK_DEG)
    if narrow:
        return View("side")
    if w.hips < bounds.oblique_as_side:
        return View("oblique", also="side")
    return View("oblique", also=toward if w.hips > bounds.oblique_as_front else None)


def _level(off_deg: float, bounds: ViewBounds, *, nearly: bool) -> View:
    """Of a body that lies, kneels or bends forward; ``nearly`` if it may be square though it is off that."""
    if off_deg <= bounds.level_side_deg:
        return View("side")
    nearly = nearly and off_deg <= bounds.level_as_side_deg
    return View("oblique", also="side" if nearly else None)


def turned_deg(world: Floats, upright: NDArray[np.bool_]) -> float:
    """How far a standing body is turned from face on, or from its back, to the camera.

    Parameters
    ----------
    world : (T, L, 3) metres along the camera's axes; NaN where not known.
    upright : (T,) where the trunk stands; the line of the shoulders of who lies says nothing.

    Returns
    -------
    Degrees, -90..90, + the person's left is farther away; NaN where nobody stands or turns about.
    Shoulders and hips, as the usual model shows them, err by about 10 degrees to opposite sides, their mean
    by 4 (drawn figures looked at from 12 places, 0 to 45 degrees: 0.4 to 8 too near to face on; 8 drawn
    samples: 0 to 7).
    """
    lines = [
        world[upright, INDEX[f"left_{part}"]] - world[upright, INDEX[f"right_{part}"]] for part in _ACROSS
    ]
    ways = np.concatenate([(line[:, 0] + 1j * line[:, 2]) ** 2 for line in lines])
    ways = ways[np.abs(ways) > 0]
    mean = complex(np.mean(ways / np.abs(ways))) if len(ways) else 0j
    return float(np.angle(mean, deg=True) / 2) if abs(mean) >= LEAST_ALIKE else float("nan")
