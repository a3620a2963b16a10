"""Who works for a live session when it is no test: the engine's guide, the recording, MediaPipe."""

from pathlib import Path

from formcheck.apps.web.live_session import Crew, LiveGuide, LiveRecorder
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.pose.estimator import Estimator
from formcheck.pose.models import Bundle
from formcheck.types.frame import SourceInfo
from formcheck.types.pose import Model


def crew(bundle: Bundle) -> Crew:
    """The crew of a real service; the browser runs the very bytes of ``bundle``."""

    def estimator() -> Estimator:
        from formcheck.pose.mediapipe import MediaPipeEstimator  # noqa: PLC0415  slow to import

        return MediaPipeEstimator(bundle)

    return Crew(_guide, _recorder, estimator, bundle.model)


def _guide(task: Task, size: tuple[int, int], model: Model) -> LiveGuide:
    return LiveSession(Workout((task,)), size, model=model)


def _recorder(folder: Path, source: SourceInfo, model: Model) -> LiveRecorder:
    from formcheck.apps.live.recording import Recording  # noqa: PLC0415

    return Recording(folder, source, model)
