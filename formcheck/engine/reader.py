"""How the bodies of one piece of a clip are read: poses in, numbers out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from formcheck.engine.count.pose_check import BROKEN, PoseCheck, marked
from formcheck.engine.judge.judge import IN_POSE, WEAK, Judge
from formcheck.engine.tracker import Sighting
from formcheck.engine.tracking import tracked
from formcheck.exercises.schema import Exercise
from formcheck.signals.geometry import to_image
from formcheck.signals.rows import Rows
from formcheck.types.body import Body, Floats
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

    def read(self, tidied: Bodies, track: Track) -> "ReadBodies":
        """The next bodies, tidied, read at once; their rows are as the ``track`` has them."""
        known, trust, sure = self.calibration, self.trust, tidied.sure
        scale = self._scale_px(tidied)
        body = Body(tidied.t, tidied.points, tidied.world, sure, scale, known.facing, known.near_side)
        visible = sure >= trust.usable
        usable = self._usable(visible, tidied)
        measures = self._strong.named(replace(body, image=masked(body.image, usable)))
        weak = self._both.over(tidied.t, self._weak.named(body.shown(trust.countable)))
        in_pose = self._pose_check.over(weak)
        kept = marked(in_pose, self._broken.over(weak))
        noted = {**measures, **{WEAK + name: x for name, x in weak.items()}, IN_POSE: kept}
        rows = np.full((len(tidied.t), len(track.column)), np.nan, np.float32)
        for name, column in track.column.items():
            if name in noted:
                rows[:, column] = noted[name]
        self.frames += len(rows)
        broken, scales = kept == BROKEN, np.broadcast_to(scale, len(rows))
        return ReadBodies(tidied, measures, rows, visible, usable, in_pose, broken, scales)

    def _usable(self, visible: Bools, bodies: Bodies) -> Bools:
        """(n, L) which landmarks carry a verdict: those hardly in doubt do though hidden."""
        hardly = (bodies.sure > 0) & (bodies.doubt <= self.trust.judge_within)
        return (visible | hardly) & ~(bodies.doubt > self.trust.verdict_within)

    def _scale_px(self, bodies: Bodies) -> float | Floats:
        """Pixels per trunk length: a runner's (n,) as he comes and goes, else the piece's."""
        if self._scale is None:
            return self.calibration.scale_px
        seen = masked(bodies.points, bodies.sure >= self.trust.countable)
        return self._scale.over(bodies.t, seen, bodies.world)


@dataclass(frozen=True, slots=True, eq=False)
class ReadBodies:
    """(n) bodies as they were read.

    Attributes
    ----------
    bodies : tidied.
    measures : (n,) each of what checks look at, by name.
    rows : (n, C) as the track has them.
    visible, usable : (n, L) landmarks that are seen, and the ones that verdicts may rest upon.
    in_pose, broken : (n,) whether a start pose is kept (1, 0, or NaN not known), and whether wrongly.
    scale_px : (n,) pixels per trunk length.
    """

    bodies: Bodies
    measures: dict[str, Floats]
    rows: Floats
    visible: Bools
    usable: Bools
    in_pose: Floats
    broken: Bools
    scale_px: Floats

    def noted_in(self, track: Track) -> Iterator[Sighting]:
        """What trackers see of each body, right after its row was noted in the track."""
        bodies = self.bodies
        kept = [None if x != x else x == 1 for x in self.in_pose.tolist()]
        rows = zip(self.rows, self.usable, self.visible, strict=True)
        columns = (bodies.t, bodies.found, self.scale_px, self.broken)
        seen = zip(*(x.tolist() for x in columns), kept, bodies.points, self.visible, strict=True)
        for (t, found, scale, broken, in_pose, points, visible), row in zip(seen, rows, strict=True):
            track.append(t, *row)
            yield Sighting(t, found, in_pose, (points, visible), scale, broken)

    def shown(self, i: int) -> Pose:
        """A body as it is drawn."""
        image = to_image(self.bodies.points[i]).astype(np.float32)
        return Pose(
            float(self.bodies.t[i]), image, self.bodies.world[i], self.bodies.sure[i].astype(np.float32)
        )


def columns(exercise: Exercise) -> tuple[str, ...]:
    """The columns of a track that any reader of this exercise may note."""
    measured = () if exercise.is_gait else tuple(m.signal for m in exercise.measure.values())
    poses = PoseCheck((*exercise.start, *exercise.broken)).signals
    cycles = tuple(name for cycle in exercise.cycle for name in tracked(cycle))
    weak = dict.fromkeys((*WIDTHS, *activity.SIGNALS, *poses, *cycles))
    return (*dict.fromkeys(measured), *(WEAK + name for name in weak), IN_POSE)
