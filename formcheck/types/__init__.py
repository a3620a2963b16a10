"""The leaf package: what travels between the stations. Imports numpy and nothing else."""

from formcheck.types.event import (
    ActiveFault,
    AttemptFinished,
    BlockFinished,
    Event,
    FaultCleared,
    FaultSaid,
    Found,
    Lost,
    RepFinished,
    SetFinished,
    Spoken,
    StateChanged,
    Update,
    ViewChanged,
)
from formcheck.types.frame import Frame, SourceInfo
from formcheck.types.gait import Gait, GaitDrift, Metric
from formcheck.types.pose import Model, Pose, PoseSequence
from formcheck.types.reason import Reason
from formcheck.types.result import Finding, Hold, Rep, Rom, Tempo
from formcheck.types.session import (
    Advice,
    Check,
    ExerciseRecord,
    Fault,
    Grounds,
    Section,
    Session,
    SourceRecord,
    Summary,
    Trace,
    ViewRecord,
    Worst,
)
from formcheck.types.set_recording import SetRecording
from formcheck.types.verdict import Verdict

__all__ = [
    "ActiveFault",
    "Advice",
    "AttemptFinished",
    "BlockFinished",
    "Check",
    "Event",
    "ExerciseRecord",
    "Fault",
    "FaultCleared",
    "FaultSaid",
    "Finding",
    "Found",
    "Frame",
    "Gait",
    "GaitDrift",
    "Grounds",
    "Hold",
    "Lost",
    "Metric",
    "Model",
    "Pose",
    "PoseSequence",
    "Reason",
    "Rep",
    "RepFinished",
    "Rom",
    "Section",
    "Session",
    "SetFinished",
    "SetRecording",
    "SourceInfo",
    "SourceRecord",
    "Spoken",
    "StateChanged",
    "Summary",
    "Tempo",
    "Trace",
    "Update",
    "Verdict",
    "ViewChanged",
    "ViewRecord",
    "Worst",
]
