"""What was counted in a finished clip, with what tells how sure that is."""

from formcheck.engine.analyser import Outcome
from formcheck.engine.count.confidence import Count
from formcheck.engine.count.second_opinion import pose_returns
from formcheck.types.pose import PoseSequence
from formcheck.types.result import RepResult


def count_of(outcome: Outcome, poses: PoseSequence) -> Count | None:
    """What tells how sure a count is; None where nothing was counted."""
    result = outcome.tracker.result()
    if not isinstance(result, RepResult):
        return None
    by_turns = 2.0 if outcome.exercise.sides == "alternate" else 1.0
    of_set = poses.between(result.reps[0].start_s, result.reps[-1].end_s)
    returns = by_turns * pose_returns(of_set, outcome.calibration.scale_px)
    return Count(result.reps, outcome.tracker.passed_over, returns)
