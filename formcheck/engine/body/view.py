"""How the camera sees the body: widths across the trunk and its foreshortening."""

from dataclasses import dataclass

from formcheck.sensor.noise import ViewBounds

#: A lying or kneeling body turned away keeps its widths but shortens.
LEVEL_TRUNK_DEG = 45.0
VIEWS = ("side", "front", "back", "oblique", "axial", "unknown")


@dataclass(frozen=True, slots=True)
class Widths:
    """Medians over a while: shoulder and hip width and trunk length in trunk lengths, trunk angle in degrees.

    ``handedness`` is negative when the camera sees the front of the body.
    """

    shoulders: float
    hips: float
    trunk: float
    trunk_deg: float
    handedness: float


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


def view_of(w: Widths, bounds: ViewBounds) -> View:
    """Name the view by what the sensor shows of trunks; NaN widths give unknown."""
    if not (w.shoulders >= 0 and w.hips >= 0):
        return UNKNOWN
    if w.trunk < bounds.axial:
        return View("axial")
    level = abs(w.trunk_deg) < LEVEL_TRUNK_DEG
    if w.shoulders < bounds.side_shoulders and w.hips < bounds.side_hips:
        return View("oblique") if level and w.trunk < bounds.level_side else View("side")
    toward = "front" if w.handedness < 0 else "back"
    if w.shoulders > bounds.front_shoulders or w.hips > bounds.front_hips:
        return View(toward)
    if level:
        return View("oblique")
    if w.hips < bounds.oblique_as_side:
        return View("oblique", also="side")
    return View("oblique", also=toward if w.hips > bounds.oblique_as_front else None)
