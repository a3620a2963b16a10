"""How the bodies of one piece of a clip are read: poses in, numbers out."""

from dataclasses import replace

import numpy as np

from formcheck.engine.body.landmarks import Bools, masked
from formcheck.engine.body.observe import WIDTHS
from formcheck.engine.body.scale import ScaleTracker
from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.engine.body.tidy import Bodies, Tidier
from formcheck.engine.body.track import Track
from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture import activity
from formcheck.engine.count.both_sides import BothSides, with_sides
from formcheck.engine.count.pose_check import BROKEN, PoseCheck
from formcheck.engine.judge.judge import IN_POSE, WEAK, Judge
from formcheck.engine.tracker import Sighting
from formcheck.engine.tracking import tracked
from formcheck.exercises.schema import Exercise
from formcheck.signals.geometry import to_image
from formcheck.signals.rows import Rows
from formcheck.types.body import Body, Floats, Points
from formcheck.types.pose import Pose


class BodyReader:
    """Reads one body after the other, and judges spans of what it read.

    Parameters
    ----------
    exercise : what to look for.
    calibration : what is steady about the piece.
    since_s : when it began.

    Attributes
    ----------
    exercise : with its limits on the scale of the piece's sensor.
    calibration, judge : of the piece.
    trust : how surely a landmark must be seen to count, and to be judged.
    frames : how many bodies were read.
    """

    def __init__(self, exercise: Exercise, calibration: Calibration, since_s: float = -np.inf) -> None:
        self.exercise, self.calibration = calibration.reads(exercise), calibration
        self.frames = 0
        self._pose_check = PoseCheck.of(self.exercise, calibration.view.name)
        self._broken = PoseCheck.broken(self.exercise, calibration.view.name)
        near, gait = calibration.near_side, exercise.is_gait
        measured = Rows((m.signal for m in self.exercise.measure.values()), near)
        self.judge = Judge(self.exercise, calibration, measured, since_s)
        self._strong = Rows((), near) if gait else measured
        poses = (*self._pose_check.signals, *self._broken.signals)
        followed = (*activity.SIGNALS, *poses, *tracked(calibration.cycle))
        self._weak, self._both = Rows((*WIDTHS, *with_sides(followed)), near), BothSides()
        self.trust = calibration.sensor.trust
        repair = SideSwapRepair(self.trust.countable) if calibration.live else None
        self._tidier = Tidier(calibration.scale_px, calibration.longest, repair)
        self._scale = ScaleTracker(calibration.scale_px, calibration.trunk_m) if gait else None

    def tidied(self, bodies: Bodies) -> Bodies:
        """The next bodies in the order of time, tidied."""
        return self._tidier.over(bodies)

    def read(
        self, pose: Pose, tidied: Bodies, i: int, track: Track
    ) -> tuple[Pose, dict[str, float], Sighting]:
        """Body ``i`` of those tidied, noted in the track: as drawn, its measures, what trackers see."""
        known, trust, sure = self.calibration, self.trust, tidied.sure[i]
        image = tidied.points[i]
        scale = self._scale_px(pose, image, sure)
        body = Body(pose.t, image, pose.world, sure, scale, known.facing, known.near_side)
        visible = sure >= trust.usable
        usable = self._usable(visible, sure, tidied.doubt[i])
        strong = self._strong.of(replace(body, image=masked(image, usable))) if self._strong.names else []
        row = dict(zip(self._strong.names, map(float, strong), strict=True))
        weak = dict(zip(self._weak.names, self._weak.of(body.shown(trust.countable)), strict=True))
        weak |= self._both.step(pose.t, weak)
        in_pose = self._pose_check.step(weak)
        broken = not in_pose and self._broken.step(weak) is True
        noted = {IN_POSE: BROKEN if broken else np.nan if in_pose is None else float(in_pose)}
        noted |= row | {WEAK + name: x for name, x in weak.items()}
        track.append(pose.t, [noted.get(name, np.nan) for name in track.column], usable, visible)
        self.frames += 1
        shown = Pose(pose.t, to_image(image).astype(np.float32), pose.world, sure.astype(np.float32))
        return shown, row, Sighting(pose.t, pose.found, in_pose, (image, visible), scale, broken)

    def _usable(self, visible: Bools, sure: Floats, doubt: Floats) -> Bools:
        """Which landmarks of a body carry a verdict: those hardly in doubt do though hidden."""
        hardly = (sure > 0) & (doubt <= self.trust.judge_within)
        return (visible | hardly) & ~(doubt > self.trust.verdict_within)

    def _scale_px(self, pose: Pose, image: Points, sure: Floats) -> float:
        """Pixels per trunk length: a runner's as he comes and goes, else the piece's."""
        if self._scale is None:
            return self.calibration.scale_px
        return self._scale.step(pose.t, masked(image, sure >= self.trust.countable), pose.world)


def columns(exercise: Exercise) -> tuple[str, ...]:
    """The columns of a track that any reader of this exercise may note."""
    measured = () if exercise.is_gait else tuple(m.signal for m in exercise.measure.values())
    poses = PoseCheck((*exercise.start, *exercise.broken)).signals
    cycles = tuple(name for cycle in exercise.cycle for name in tracked(cycle))
    weak = dict.fromkeys((*WIDTHS, *activity.SIGNALS, *poses, *cycles))
    return (*dict.fromkeys(measured), *(WEAK + name for name in weak), IN_POSE)
