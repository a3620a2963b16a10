"""A live update as the page gets it: plain JSON, finite numbers or null."""

import math
from dataclasses import asdict
from typing import Any

from formcheck.live.update import LiveUpdate, SetSummary
from formcheck.types.pose import Pose


def told(update: LiveUpdate, t: float, pose: Pose | None) -> dict[str, Any]:
    """The answer to one pose.

    Parameters
    ----------
    t : the client's own time of it.
    pose : sent back only to a page that cannot find poses itself.
    """
    answer: dict[str, Any] = {
        "t": t,
        "state": update.state,
        "exercise": update.exercise,
        "kind": update.kind,
        "set_n": update.set_n,
        "sets": update.sets,
        "goal_reps": update.goal_reps,
        "goal_s": update.goal_s,
        "per_side": update.per_side,
        "reps": update.reps,
        "attempts": update.attempts,
        "left": update.left,
        "right": update.right,
        "hold_s": _number(update.hold_s, 2),
        "cadence_spm": _number(update.cadence_spm, 1),
        "phase": update.phase,
        "progress": _number(update.progress, 3),
        "faults": [
            {"id": f.id, "cue": f.cue, "level": f.level, "joints": list(f.joints)} for f in update.faults
        ],
        "cue": None if update.cue is None else asdict(update.cue),
        "instruction": update.instruction,
        "seconds_left": _number(update.seconds_left, 2),
        "why_not": update.why_not,
        "say": update.say,
        "summary": None if update.summary is None else _summary(update.summary),
        "next": update.next,
        "side": update.side,
    }
    if pose is not None:
        answer["pose"] = _points(pose)
    return answer


def _summary(s: SetSummary) -> dict[str, Any]:
    return {
        "exercise": s.exercise,
        "n": s.n,
        "of": s.of,
        "attempts": s.attempts,
        "reps": s.reps,
        "good_reps": s.good_reps,
        "left": s.left,
        "right": s.right,
        "hold_s": _number(s.hold_s, 1),
        "clean_hold_s": _number(s.clean_hold_s, 1),
        "cadence_spm": _number(s.cadence_spm, 0),
        "score": s.score,
        "coverage": _number(s.coverage, 2),
        "faults": [{"id": f.id, "cue": f.cue, "why": f.why, "level": f.level} for f in s.faults],
        "not_assessed": s.not_assessed,
        "side": s.side,
    }


def _points(pose: Pose) -> list[list[float]] | None:
    """[x, y, visibility] of each landmark, pixels; None if nobody was found."""
    if not pose.found:
        return None
    rows = zip(pose.image.tolist(), pose.visibility.tolist(), strict=True)
    return [[round(x, 1), round(y, 1), round(seen, 2)] for (x, y), seen in rows]


def _number(value: float | None, digits: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), digits)
