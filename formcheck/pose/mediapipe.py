"""MediaPipe's pose landmarker behind the `Estimator` protocol: its habits are settled here alone.

Its points come in the order of `types.landmark`, all of them or none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from formcheck.errors import ModelError
from formcheck.pose.quiet import quiet
from formcheck.pose.subject import MOST_PEOPLE, Rule, Subject
from formcheck.types.frame import Frame
from formcheck.types.pose import Box, Floats, Model, Pose

#: How sure the detector must be of a person when people are counted: it sees the second one poorly.
_PROBE_CONFIDENCE = 0.3
#: Looks said to be so far apart MediaPipe does not smooth, milliseconds. Measured: of looks said to be 33 s
#: apart the last still holds the next back by .8 px at most.
_APART_MS = 1_000_000
#: Of one person's visibility each look is so much new and the rest as before, whatever the time between: ten
#: looks late. Measured: taken apart by this share, 15,384 drawn looks lie within 0 to 1, to a millionth.
_NEW = 0.1
#: MediaPipe maps its many states to these; a missing note in a model comes as FileNotFoundError.
_MEDIAPIPE_ERRORS = (RuntimeError, ValueError, OSError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A `.task` file in memory: the pose model that MediaPipe runs. See `PoseModel`."""

    model: Model
    data: bytes

    def estimator(
        self, *, people: int = 1, subject: Rule | Box = "largest", smoothing: bool = True
    ) -> "MediaPipeEstimator":
        """As `PoseModel` says; telling several people apart costs half as much again."""
        return MediaPipeEstimator(self, people=people, subject=subject, smoothing=smoothing)

    def people_in(self, frames: Iterable[Frame]) -> Iterator[list[Floats]]:
        """As `PoseModel` says."""
        more = {"min_pose_detection_confidence": _PROBE_CONFIDENCE}
        landmarker = _landmarker(self, "IMAGE", MOST_PEOPLE, **more)
        try:
            for frame in frames:
                height, width = frame.rgb.shape[:2]
                with quiet():
                    found = landmarker.detect(_picture(frame)).pose_landmarks
                yield [_image(points, width, height) for points in found]
        finally:
            _close(landmarker)


class MediaPipeEstimator:
    """One landmarker for one source; it tracks from frame to frame, so never share it between sources.

    Parameters
    ----------
    bundle : the model.
    people : how many people may be in view (see `subject.count_people`). Telling several apart costs more:
        whenever fewer are seen, MediaPipe looks for the others in every frame.
    subject : which of them is followed.
    smoothing : whether landmarks are smoothed from frame to frame, as MediaPipe does; that makes them late.

    Raises
    ------
    ModelError
        If MediaPipe cannot use the model.
    """

    def __init__(
        self, bundle: Bundle, *, people: int = 1, subject: Rule | Box = "largest", smoothing: bool = True
    ) -> None:
        self.model = bundle.model
        self._landmarker = _landmarker(bundle, "VIDEO", people)
        self._people = people
        self._rule = subject
        self._subject: Subject | None = None
        self._smoothing = smoothing
        self._last_ms = -1
        self._blended: Floats | None = None
        self._chatty = True

    def estimate(self, frame: Frame) -> Pose:
        """The person in this frame: pixels of the frame, metres, visibility; all NaN where nobody is found.

        Raises
        ------
        ValueError
            If the estimator has been closed.
        ModelError
            If MediaPipe finds only now that it cannot use the model.
        """
        if self._landmarker is None:
            raise ValueError("estimator: is closed; make a new one for each source")
        self._last_ms = self._stamp_ms(frame.t)
        result = self._detect(_picture(frame), self._last_ms)
        height, width = frame.rgb.shape[:2]
        images = [_image(points, width, height) for points in result.pose_landmarks]
        chosen = self._choose(frame, images)
        if chosen is None:
            self._blended = None
            return Pose.nobody(frame.t)
        visibility = self._visibility(np.array([p.visibility for p in result.pose_landmarks[chosen]]))
        world = np.array([(p.x, p.y, p.z) for p in result.pose_world_landmarks[chosen]], np.float32)
        return Pose(frame.t, images[chosen], world, visibility)

    def _visibility(self, given: Floats) -> Floats:
        """(L,) float32 as of this look alone, unless smoothing is wanted; MediaPipe has no switch for it."""
        before, self._blended = self._blended, given
        if not self._smoothing and self._people == 1 and before is not None:
            given = np.clip((given - (1 - _NEW) * before) / _NEW, 0.0, 1.0)
        return given.astype(np.float32)

    def _stamp_ms(self, t: float) -> int:
        """The time MediaPipe is given: whole milliseconds that rise even where frames are closer."""
        return max(self._last_ms + 1, round(t * 1000)) if self._smoothing else self._last_ms + _APART_MS

    def _detect(self, picture: Any, at_ms: int) -> Any:
        if not self._chatty:
            return self._landmarker.detect_for_video(picture, at_ms)
        try:
            with quiet():
                result = self._landmarker.detect_for_video(picture, at_ms)
        except _MEDIAPIPE_ERRORS as error:
            raise _refused(self.model, error) from None
        self._chatty = not result.pose_landmarks  # it has said all it says once somebody was found
        return result

    def _choose(self, frame: Frame, images: Sequence[Floats]) -> int | None:
        if self._people == 1:
            return 0 if images else None
        if self._subject is None:
            height, width = frame.rgb.shape[:2]
            self._subject = Subject(width, height, self._rule)
        return self._subject.choose(frame.t, images)

    def close(self) -> None:
        """Free the model; may be called twice."""
        landmarker, self._landmarker = self._landmarker, None
        if landmarker is not None:
            _close(landmarker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _landmarker(bundle: Bundle, mode: str, people: int, **more: float) -> Any:
    # MediaPipe takes half a second to import, so it waits until a pose is wanted.
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=bundle.data),
        running_mode=vision.RunningMode[mode],
        num_poses=people,
        **more,
    )
    try:
        with quiet():
            return vision.PoseLandmarker.create_from_options(options)
    except _MEDIAPIPE_ERRORS as error:
        raise _refused(bundle.model, error) from None


def _close(landmarker: Any) -> None:
    try:
        landmarker.close()
    except _MEDIAPIPE_ERRORS:  # one that failed says it a second time
        landmarker._handle = (
            None  # else it closes again when it is forgotten, and may wait for ever for its thread
        )


def _refused(model: Model, error: Exception) -> ModelError:
    why = (str(error) or type(error).__name__).splitlines()[0][:120].strip(" :")
    return ModelError(f"{model.name}: MediaPipe cannot use this pose model ({why}); choose another one")


def _picture(frame: Frame) -> Any:
    import mediapipe  # noqa: PLC0415

    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(frame.rgb))


def _image(points: Sequence[Any], width: int, height: int) -> Floats:
    """(L, 2) float32 pixels of normalised landmarks."""
    return np.array([(p.x * width, p.y * height) for p in points], np.float32)
