"""What is steady about a clip of one exercise: how the body is seen, its cycle, which range is typical.

A recording takes this first cheap pass over its poses and is then judged by the same loop as a live session.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.as_read import as_read
from formcheck.engine.body.landmarks import BONES, STRAY, TYPICAL_BONES
from formcheck.engine.body.observe import Observation, observe, on_ground, one_way
from formcheck.engine.body.view import UNKNOWN, View
from formcheck.engine.capture.camera import CAMERA_UNKNOWN, CameraMotion
from formcheck.engine.capture.tilt import camera_tilt
from formcheck.engine.count.asides import Aside
from formcheck.engine.count.typical_rom import STILL, TypicalRom
from formcheck.engine.cycles import asides_of, clearest_cycle, movements_of
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.sensor import SensorProfile, profile_for, usual_profile
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Steady facts of one person in one clip.

    Attributes
    ----------
    scale_px : pixels per trunk length; NaN if no trunk was seen.
    trunk_m : length of the trunk in metres as the model believes it; NaN without world landmarks.
    view : how the camera sees the body.
    facing : +1 the person faces image right, -1 left, NaN not known.
    near_side : "left" or "right".
    cycle : which of the exercise's cycles, as it `reads` them, serves this view; None if none can be seen.
    typical_rom : the range this person uses in that cycle's signal and the time that takes them.
    declared : the working side, when the person said it; None lets geometry find it.
    longest : (10,) length of each limb bone, in trunk lengths, beyond which its end has gone astray.
    exchanges_per_s : how often the model took left for right.
    tilt_deg : how far the picture leans, 0 level, NaN not known.
    turned_deg : how far the body is turned from face on to the camera, standing; NaN not known.
    view_declared : whether the person said the view, so that geometry does not overrule it.
    fps : frames per second; NaN not known.
    camera : whether it stood still.
    live : whether it comes from a set-up before the exercise, so that the typical range is learnt on the way.
    sensor : the errors of the model that found the landmarks.
    lacks : the landmarks that it does not find at all.
    asides : what would be attempts by the cycle, and is not of the set.
    """

    scale_px: float
    trunk_m: float
    view: View
    facing: float
    near_side: str
    cycle: Cycle | None
    typical_rom: TypicalRom = STILL
    declared: Literal["left", "right"] | None = None
    longest: Floats = field(default_factory=lambda: np.full(BONES, np.nan))
    exchanges_per_s: float = 0.0
    tilt_deg: float = np.nan
    turned_deg: float = np.nan
    view_declared: bool = False
    fps: float = np.nan
    camera: CameraMotion = CAMERA_UNKNOWN
    live: bool = False
    sensor: SensorProfile = field(default_factory=usual_profile)
    lacks: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()

    def reads(self, exercise: Exercise) -> Exercise:
        """The exercise with its limits and levels on the scale of this clip's sensor."""
        return as_read(exercise, self.sensor, self.view)


def calibrate(
    poses: PoseSequence,
    exercise: Exercise,
    *,
    view: str | None = None,
    declared: Literal["left", "right"] | None = None,
) -> Calibration:
    """First pass over a recording; poses without anybody are passed over.

    ``view`` (side, front, back) and ``declared`` (the working side) overrule what geometry would find.
    """
    seen = observe(poses, view)
    if seen is None:
        return Calibration(np.nan, np.nan, UNKNOWN, np.nan, "left", None, sensor=profile_for(poses.model))
    if exercise.is_gait and seen.view.shows(("side",)):
        seen = one_way(seen)
    if exercise.is_gait and seen.camera.name == "unknown":
        seen = on_ground(seen)
    found = calibration_of(seen, exercise, declared)
    return replace(found, view_declared=view is not None, lacks=poses.lacks)


def calibrate_live(
    setup: PoseSequence, exercise: Exercise, declared: Literal["left", "right"] | None = None
) -> Calibration:
    """From the poses of a set-up hold, before anything of the exercise was seen."""
    found = calibrate(setup, exercise, declared=declared)
    # A start pose shows limbs foreshortened that will be seen at full length.
    longest = np.fmax(found.longest, STRAY * TYPICAL_BONES)
    return replace(found, typical_rom=STILL, longest=longest, live=True)


def calibration_of(
    seen: Observation, exercise: Exercise, declared: Literal["left", "right"] | None = None
) -> Calibration:
    """What an exercise takes from the body as it was seen."""
    cycle, rom = clearest_cycle(exercise, seen)
    body = (seen.body.scale_px, seen.trunk_m, seen.view, seen.body.facing, seen.body.near)
    with np.errstate(invalid="ignore"):
        tilt = camera_tilt(seen)
    found = Calibration(*body, cycle, rom, declared, seen.longest, seen.exchanges_per_s, tilt)
    found = replace(found, asides=asides_of(movements_of(exercise, cycle, rom, seen)))
    return replace(found, turned_deg=seen.turned_deg, fps=seen.fps, camera=seen.camera, sensor=seen.sensor)
