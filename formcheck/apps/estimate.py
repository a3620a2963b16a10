"""The first pass over a video: pixels to poses, and what the camera did meanwhile."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.errors import NobodyError, SourceError
from formcheck.pose import estimators
from formcheck.pose.closer import WindowEstimator, find_small
from formcheck.pose.estimator import Estimator, PoseModel
from formcheck.pose.subject import Rule, count_people
from formcheck.sources.video import VideoSource, open_source
from formcheck.types import Frame, Pose, PoseSequence
from formcheck.types.pose import TimesError

if TYPE_CHECKING:
    from formcheck.sources.background import Background

#: How many frames are looked at to see whether several people are in view.
LOOKS = 3
#: And so many where somebody small is looked for.
CLOSER_LOOKS = 5
#: Share of the frames in which somebody is found who is not too small for the whole picture.
OFTEN_ENOUGH = 0.5
#: Only where a closer look finds somebody in so many times the frames does it take the place of the first.
CLEARLY_MORE = 1.5
#: Whoever says which of them is meant knows of so many people, though few looks may have shown one alone.
SEVERAL = 2

#: (what is being done, seconds done, seconds in all or None)
Progress = Callable[[str, float, float | None], None]


def estimate_video(
    video: str | Path,
    model: str = "full",
    *,
    start: float | None = None,
    end: float | None = None,
    slowmo: float = 1.0,
    subject: Rule = "largest",
    progress: Progress | None = None,
) -> PoseSequence:
    """Find one person's poses in a video; nothing is written.

    Parameters
    ----------
    video : path of a clip.
    model : name of a pose model, fetched first if need be, or the path of its file.
    start, end : the part to look at, seconds of the clip's own clock; None is all of it.
    slowmo : how many times slower than life it plays.
    subject : who is followed when several people are in view.
    progress : called with what is being done, seconds done, and seconds in all or None.

    Returns
    -------
    PoseSequence
        Raw, one pose a frame; NaN in frames where nobody is found, which may be all.

    Raises
    ------
    SourceError
        If the clip cannot be read.
    NobodyError
        If somebody is there, and too small to be followed.
    ModelError
        If the model is unknown, cannot be fetched or cannot be used.

    Examples
    --------
    >>> len(estimate_video("squat.mp4"))  # doctest: +SKIP
    240
    """
    with open_source(video, start=start, end=end, slowmo=slowmo) as source:
        return estimate(source, model, progress, subject)


def estimate(
    source: VideoSource, model: str, progress: Progress | None = None, subject: Rule = "largest"
) -> PoseSequence:
    """First pass: pixels to poses, in constant memory but for the poses themselves.

    Where somebody is found in less than half of the frames, he may be small: then parts of the picture are
    looked at, unless ``subject`` has to keep several people apart.

    Raises
    ------
    NobodyError
        If somebody is there, and too small to be followed.
    FormcheckError
        If the clip cannot be read or the model cannot be used.
    """
    pose_model = estimators.load(model)
    people = count_people(pose_model.people_in(source.sample(LOOKS)))
    kept_apart = people if subject == "largest" else max(people, SEVERAL)
    poses = _looked(source, pose_model.estimator(people=kept_apart, subject=subject), progress or silent)
    if subject == "largest" and poses.found.sum() < OFTEN_ENOUGH * len(poses):
        poses = _looked_closer(source, poses, pose_model, progress or silent)
    return replace(poses, people=people)


def _looked_closer(
    source: VideoSource, poses: PoseSequence, pose_model: PoseModel, progress: Progress
) -> PoseSequence:
    """The poses of somebody small, if there is one and he is found more often than in the whole picture."""
    window = find_small(source.sample(CLOSER_LOOKS), pose_model)
    if window is None:
        return poses
    closer = _looked(source, WindowEstimator(pose_model.estimator(), window), progress)
    if closer.found.sum() > CLEARLY_MORE * poses.found.sum():
        return closer
    if poses.found.any():
        return poses
    raise NobodyError(
        f"{source.info.name}: somebody is there, but too small to be followed; film from nearer by"
    )


def _looked(source: VideoSource, estimator: Estimator, progress: Progress) -> PoseSequence:
    from formcheck.sources.background import Background  # noqa: PLC0415  cv2 is slow to import

    background = Background()
    with estimator:
        frames = counted(source, "looking", progress)
        seen = _seen(frames, estimator, background)
        try:
            poses = PoseSequence.from_poses(seen, source.info, estimator.model)
        except TimesError as error:
            raise SourceError(f"{source.info.name}: {error}; convert the clip or record it anew") from None
    return replace(poses, camera=background.shifts())


def _seen(frames: Iterable[Frame], estimator: Estimator, background: "Background") -> Iterator[Pose]:
    for frame in frames:
        pose = estimator.estimate(frame)
        background.add(frame, pose)
        yield pose


def counted(source: VideoSource, what: str, progress: Progress) -> Iterator[Frame]:
    """The frames of a source; ``progress`` hears how far it is after each."""
    first: float | None = None
    for frame in source:
        first = frame.t if first is None else first
        yield frame
        progress(what, frame.t - first, source.info.duration_s)


def silent(what: str, done_s: float, total_s: float | None) -> None:
    """Nobody wants to know how far it is."""
