"""Updates of a live session made by hand."""

from formcheck.types import ActiveFault, Fault, Pose
from formcheck.types.live_update import LiveUpdate
from formcheck.types.reason import said
from formcheck.types.result import Tempo
from formcheck.types.session import Worst
from formcheck.types.set_summary import SetSummary

FOLD = ActiveFault("trunk_fold", "Chest up", "error", (11, 12, 23, 24))
HEEL = ActiveFault("heels_up", "Heels down", "warn", (29, 31))


def fault(active: ActiveFault) -> Fault:
    worst = Worst(60.0, "deg", 45.0, 3.0)
    return Fault(active.id, active.cue, "why", active.level, False, 2, worst, ((1.0, 2.0),), active.joints)


def summary(**fields) -> SetSummary:
    values = {
        "exercise": "Squat", "n": 1, "of": 3, "attempts": 10, "reps": 9, "good_reps": 7, "left": None,
        "right": None, "hold_s": None, "clean_hold_s": None, "cadence_spm": None, "score": 82,
        "coverage": 0.87, "faults": (fault(FOLD), fault(HEEL)), "not_assessed": said("Not judged: the knees"),
    }  # fmt: skip
    return SetSummary(**(values | fields))


def update(pose: Pose, **fields) -> LiveUpdate:
    values = {
        "t": 5.0, "state": "exercising", "pose": pose, "exercise": "Squat", "kind": "reps", "set_n": 1,
        "sets": 3, "goal_reps": 10, "goal_s": None, "per_side": False, "reps": 7, "attempts": 8,
        "left": None, "right": None, "hold_s": None, "cadence_spm": None, "phase": "out", "progress": 0.5,
        "tempo": Tempo(2.1, 0.4, 1.8), "faults": (), "cue": None, "instruction": None,
        "seconds_left": None, "why_not": None, "say": None, "summary": None, "next": None, "events": (),
    }  # fmt: skip
    return LiveUpdate(**(values | fields))
