"""The first pass over a video: pixels to poses, and what the camera did meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from formcheck.pose import models
from formcheck.pose.estimator import Estimator
from formcheck.pose.subject import Rule
from formcheck.sources.video import VideoSource
from formcheck.types import Frame, Pose, PoseSequence

if TYPE_CHECKING:
    from formcheck.sources.background import Background

#: How many frames are looked at to see whether several people are in view.
LOOKS = 3
#: Whoever says which of them is meant knows of so many people, though few looks may have shown one alone.
SEVERAL = 2

#: (what is being done, seconds done, seconds in all or None)
Progress = Callable[[str, float, float | None], None]


def estimate(
    source: VideoSource, model: str, told: Progress | None = None, subject: Rule = "largest"
) -> PoseSequence:
    """First pass: pixels to poses, in constant memory but for the poses themselves."""
    from formcheck.pose.mediapipe import MediaPipeEstimator, count_people  # noqa: PLC0415  slow to import
    from formcheck.sources.background import Background  # noqa: PLC0415  cv2 is slow to import

    bundle = models.load(model)
    people = count_people(source.sample(LOOKS), bundle)
    told_apart = people if subject == "largest" else max(people, SEVERAL)
    background = Background()
    with MediaPipeEstimator(bundle, people=told_apart, subject=subject) as estimator:
        frames = counted(source, "looking", told or silent)
        poses = PoseSequence.from_poses(_seen(frames, estimator, background), source.info, bundle.model)
    return replace(poses, camera=background.shifts(), people=people)


def _seen(frames: Iterable[Frame], estimator: Estimator, background: "Background") -> Iterator[Pose]:
    for frame in frames:
        pose = estimator.estimate(frame)
        background.add(frame, pose)
        yield pose


def counted(source: VideoSource, what: str, told: Progress) -> Iterator[Frame]:
    """The frames of a source; ``told`` how far it is after each."""
    first: float | None = None
    for frame in source:
        first = frame.t if first is None else first
        yield frame
        told(what, frame.t - first, source.info.duration_s)


def silent(what: str, done_s: float, total_s: float | None) -> None:
    """Nobody wants to know how far it is."""
