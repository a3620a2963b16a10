"""What works for a live session when it is no test: the engine's guide, the recording, the pose model."""

from pathlib import Path

from formcheck.apps.web.live_session import LiveFactories, LiveGuide, LiveRecorder
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.pose.estimator import PoseModel
from formcheck.types.frame import SourceInfo
from formcheck.types.pose import Model


def factories(bundle: PoseModel) -> LiveFactories:
    """The factories of a real service; the browser runs the very bytes of ``bundle``."""
    return LiveFactories(_guide, _recorder, bundle.estimator, bundle.model)


def _guide(task: Task, size: tuple[int, int], model: Model) -> LiveGuide:
    return LiveSession(Workout((task,)), size, model=model)


def _recorder(folder: Path, source: SourceInfo, model: Model) -> LiveRecorder:
    from formcheck.apps.live.recording import Recording  # noqa: PLC0415

    return Recording(folder, source, model)
