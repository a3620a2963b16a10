"""How the camera sees the body: widths across the trunk and its foreshortening."""

from dataclasses import dataclass

#: In trunk lengths: below both it is the side, above one the front or back, else neither. Where photos of
#: exercises part (source free_exercise_db; the same photos that they were chosen on).
SIDE_SHOULDERS, SIDE_HIPS = 0.30, 0.23
FRONT_SHOULDERS, FRONT_HIPS = 0.55, 0.33
#: A trunk seen shorter than this points at the camera.
AXIAL = 0.60
#: A lying or kneeling body turned away keeps its widths but shortens: below this it is oblique. Real clips
#: from the side read 0.97 to 1.07, one that was 30 degrees off 0.91 (validation/).
LEVEL_SIDE = 0.88
LEVEL_TRUNK_DEG = 45.0
#: Hips narrower, or wider, than this are still judged as from the side, or from the front. Judgement.
OBLIQUE_AS_SIDE, OBLIQUE_AS_FRONT = 0.28, 0.30
VIEWS = ("side", "front", "back", "oblique", "axial", "unknown")
#: Limits give way by this much in an upright oblique view.
WIDEN = {"deg": 8.0, "S": 0.05, "1": 0.05, "s": 0.0}


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

    def widening(self, views: tuple[str, ...], unit: str) -> float:
        """How far its limits have to give way, in ``unit``."""
        return 0.0 if self.name in views else WIDEN.get(unit, 0.0)


UNKNOWN = View("unknown")


def view_of(w: Widths) -> View:
    """Name the view; NaN widths give unknown."""
    if not (w.shoulders >= 0 and w.hips >= 0):
        return UNKNOWN
    if w.trunk < AXIAL:
        return View("axial")
    level = abs(w.trunk_deg) < LEVEL_TRUNK_DEG
    if w.shoulders < SIDE_SHOULDERS and w.hips < SIDE_HIPS:
        return View("oblique") if level and w.trunk < LEVEL_SIDE else View("side")
    toward = "front" if w.handedness < 0 else "back"
    if w.shoulders > FRONT_SHOULDERS or w.hips > FRONT_HIPS:
        return View(toward)
    if level:
        return View("oblique")
    if w.hips < OBLIQUE_AS_SIDE:
        return View("oblique", also="side")
    return View("oblique", also=toward if w.hips > OBLIQUE_AS_FRONT else None)
