"""Before it begins: the whole body must be seen, from the right side, in the start pose, and still."""

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.engine.as_read import cycles_as_read
from formcheck.engine.body.landmarks import seen
from formcheck.engine.body.observe import Observation, observe
from formcheck.engine.calibrate import Calibration, calibrate_live
from formcheck.engine.capture.advice import SMALL, share_of_picture
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.live import words
from formcheck.sensor import UNNAMED
from formcheck.signals.rows import Rows
from formcheck.types.frame import SourceInfo
from formcheck.types.landmark import INDEX, NAMES
from formcheck.types.pose import Model, Pose, PoseSequence
from formcheck.types.reason import Reason

#: The body is looked at this often, over this much of the past.
LOOK_S, WINDOW_S = 0.2, 2.0
#: The start pose is held when nothing moved for this long...
RECENT_S, GLIMPSE_S = 0.5, 0.3
#: ...that is, hips by less than this (trunk lengths), and what is counted by less than this share of the
#: least movement that an attempt needs.
STILL_HIPS, STILL_CYCLE = 0.12, 0.5
#: A person is there when this share of the recent frames shows one.
PRESENT = 0.5
#: What only limits the verdicts is asked for so long; who cannot mend it is let on.
PATIENCE_S = 6.0
#: An instruction stays for so long after its reason is gone.
FLICKER_S = 0.7
_LEAST_POSES = 2
_NOWHERE = SourceInfo("set-up", "camera", 1, 1)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to mend before it begins; without ``blocks`` it need not be."""

    text: Reason
    blocks: bool = True


class SetUp:
    """Looks at one person until the start pose is held.

    Parameters
    ----------
    exercise : what will be done; ``side`` the working side, if declared.
    size : width and height of the picture, pixels.
    hold_s : how long the start pose has to be held; with 0 it is enough to be in it, moving or not.
    model : what finds the landmarks.

    Attributes
    ----------
    found : whether somebody is in view.
    instruction : what to do next; None if nothing is left to do but to hold still.
    in_pose, steady : whether the start pose is taken, and whether it is held still.
    calibration : what the hold showed of the body; None until it was held long enough.
    """

    def __init__(
        self,
        exercise: Exercise,
        side: Literal["left", "right"] | None,
        size: tuple[int, int],
        hold_s: float,
        model: Model = UNNAMED,
    ) -> None:
        self.found = self.in_pose = self.steady = False
        self.instruction: Reason | None = words.COME_IN
        self.calibration: Calibration | None = None
        self._exercise, self._side, self._size, self._hold_s = exercise, side, size, hold_s
        self._model = model
        self._poses: deque[Pose] = deque()
        self._next_s = -np.inf
        self._since: float | None = None
        self._asked_s: float | None = None
        self._lately: tuple[Issue, float] | None = None

    def step(self, pose: Pose) -> None:
        """Take the newest pose."""
        self._poses.append(pose)
        while pose.t - self._poses[0].t > max(WINDOW_S, self._hold_s + RECENT_S):
            self._poses.popleft()
        if pose.t >= self._next_s:
            self._next_s = pose.t + LOOK_S
            with np.errstate(invalid="ignore", divide="ignore"):
                self._look(pose.t)

    def _look(self, now: float) -> None:
        poses = self._recent(now - WINDOW_S)
        lately = self._recent(now - (RECENT_S if self._hold_s else GLIMPSE_S))
        self.found = len(lately) > 0 and bool(lately.found.mean() >= PRESENT)
        sight = observe(lately) if self.found and lately.found.sum() >= _LEAST_POSES else None
        if sight is None:
            self.in_pose, self.steady, self._since = False, False, None
            self.instruction = None if self.found else words.COME_IN
            return
        self.in_pose = self._in_pose(sight)
        issue = self._issue(sight, lately, in_pose=self.in_pose, now=now)
        self.steady = self.in_pose and issue is None and self._still(sight)
        self._since = (now if self._since is None else self._since) if self.steady else None
        self.instruction = issue.text if issue else None if self.steady else words.HOLD_STILL
        held_s = now - self._since if self._since is not None else 0.0
        if self.calibration is None and self._since is not None and held_s >= self._hold_s:
            held = poses.between(self._since - RECENT_S, np.inf) if self._hold_s else poses
            self.calibration = calibrate_live(held, self._exercise, self._side)

    def _recent(self, since_s: float) -> PoseSequence:
        info = SourceInfo(_NOWHERE.name, "camera", *self._size)
        return PoseSequence.from_poses((p for p in self._poses if p.t >= since_s), info, self._model)

    def _in_pose(self, sight: Observation) -> bool:
        check = PoseCheck.of(self._exercise, sight.view.name)
        if not check.poses:
            return True
        kept = check.over(sight.rows(check.signals))
        return bool(np.nanmean(kept) > 0.8) if np.isfinite(kept).any() else False

    def _still(self, sight: Observation) -> bool:
        if self._exercise.is_gait:
            return True  # who runs on a treadmill never stands
        hips = sight.body.image[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1) / sight.body.scale_px
        travelled = np.hypot(np.ptp(hips.real), np.ptp(hips.imag))
        if not travelled < STILL_HIPS:
            return False
        cycle = _cycle(self._exercise, sight)
        if cycle is None or cycle.signal is None or cycle.min_range is None:
            return True
        q = sight.rows((cycle.signal,))[cycle.signal]
        if not self._hold_s:
            middle = ((cycle.rest or 0.0) + (cycle.full or 0.0)) / 2
            return cycle.relative or bool(np.nanmedian(q) < middle)
        return bool(np.nanmax(q) - np.nanmin(q) < STILL_CYCLE * cycle.min_range)

    def _issue(self, sight: Observation, poses: PoseSequence, *, in_pose: bool, now: float) -> Issue | None:
        """The first thing to mend, for a moment longer than it lasts: what comes and goes is no advice."""
        issue = self._first(self._issues(sight, poses, in_pose=in_pose), now)
        if issue is not None:
            self._lately = (issue, now)
        elif self._lately is not None and self._hold_s and now - self._lately[1] < FLICKER_S:
            return self._first([self._lately[0]], now)
        return issue

    def _first(self, issues: list[Issue], now: float) -> Issue | None:
        """What need not be mended is let pass after a while."""
        for issue in issues:
            if issue.blocks:
                self._asked_s = None
                return issue
            if self._since is not None:
                continue  # who holds the start pose is not nagged
            if self._asked_s is None:
                self._asked_s = now
            if now - self._asked_s < (PATIENCE_S if self._hold_s else 0.0):
                return issue
        return None

    def _issues(self, sight: Observation, poses: PoseSequence, *, in_pose: bool) -> list[Issue]:
        exercise, view = self._exercise, sight.view
        best = exercise.camera.views[0]
        missing = self._missing(sight, poses)
        if not in_pose:
            return [missing or Issue(words.start_position(exercise, best, self._side))]
        if _cycle(exercise, sight) is None:
            return [missing or Issue(words.turn(best))]
        issues = [missing] if missing else []
        if not view.shows(exercise.camera.views):
            issues.append(Issue(words.turn(best), blocks=False))
        if share_of_picture(poses) < SMALL:
            issues.append(Issue(words.COME_CLOSER, blocks=False))
        return issues

    def _missing(self, sight: Observation, poses: PoseSequence) -> Issue | None:
        """Landmarks that counting needs and that were not seen in most frames; by their place, why."""
        fitting = [c for c in self._exercise.cycle if sight.view.name in c.views] or self._exercise.cycle
        names = [fitting[0].signal] if fitting[0].signal else []
        names += PoseCheck.of(self._exercise, sight.view.name).signals
        rows = Rows(names, sight.body.near)
        joints = sorted({j for name in rows.names for j in rows.joints(name)})
        found = poses.found
        image, visibility = poses.image[found], poses.visibility[found]
        trust = sight.sensor.trust
        shown = seen(image, visibility, self._size, trust.countable, trust.margin).mean(axis=0)
        lost = [j for j in joints if shown[j] < PRESENT]
        if not lost:
            return None
        part = words.parts(NAMES[j] for j in lost)[0]
        blocks = _cycle(self._exercise, sight) is None
        return Issue(self._why(part, np.median(image[:, lost], axis=0)), blocks)

    def _why(self, part: str, at: np.ndarray) -> Reason:
        """``at`` (n, 2) pixels of what is not seen."""
        w, h = self._size
        if (at[:, 1] > 0.98 * h).any():
            return words.out_of_picture(part, "bottom")
        if (at[:, 1] < 0.02 * h).any():
            return words.out_of_picture(part, "top")
        if ((at[:, 0] < 0.02 * w) | (at[:, 0] > 0.98 * w)).any():
            return words.out_of_picture(part, "aside")
        return words.hidden(part)


def _cycle(exercise: Exercise, sight: Observation) -> Cycle | None:
    """The cycle that this view shows and that is seen."""
    cycles = cycles_as_read(exercise, sight.sensor, sight.view)
    for cycle in sorted(cycles, key=lambda c: sight.view.name not in c.views):
        if cycle.signal is None or np.isfinite(sight.rows((cycle.signal,))[cycle.signal]).mean() >= PRESENT:
            return cycle
    return None
