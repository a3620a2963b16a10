"""The first pass over a video: pixels to poses, and what the camera did meanwhile."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from formcheck.apps.looking import Progress, looked_at, silent
from formcheck.engine.body.restore import with_doubt
from formcheck.errors import NobodyError
from formcheck.pose import estimators
from formcheck.pose.closer import WindowEstimator, find_small
from formcheck.pose.estimator import PoseModel
from formcheck.pose.looks import AUTO, Looks, Schedule, looks_of
from formcheck.pose.subject import Rule, count_people
from formcheck.sources.video import VideoSource, open_source
from formcheck.types import PoseSequence

#: How many frames are looked at to see whether several people are in view.
LOOKS = 3
#: And so many where somebody small is looked for.
CLOSER_LOOKS = 5
#: Share of the looks in which somebody is found who is not too small for the whole picture.
OFTEN_ENOUGH = 0.5
#: Only where a closer look finds somebody in so many times the share does it take the place of the first.
CLEARLY_MORE = 1.5
#: Whoever says which of them is meant knows of so many people, though few looks may have shown one alone.
SEVERAL = 2


def estimate_video(
    video: str | Path,
    model: str = AUTO,
    *,
    careful: bool = False,
    every_frame: bool = False,
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
    model : name of a pose model, fetched first if need be, or the path of its file; "auto" looks with heavy,
        at as many frames as the movement needs.
    careful : look more often than "auto" does; costs half as much again, of a run twice as much.
    every_frame : look at every frame.
    start, end : the part to look at, seconds of the clip's own clock; None is all of it.
    slowmo : how many times slower than life it plays.
    subject : who is followed when several people are in view.
    progress : called with what is being done, seconds done, and seconds in all or None.

    Returns
    -------
    PoseSequence
        Raw, a row a frame; NaN in frames that were not looked at (see ``looked``) and where nobody is found,
        which may be all.

    Raises
    ------
    SourceError
        If the clip cannot be read.
    NobodyError
        If somebody is there, and too small to be followed.
    ModelError
        If the model is unknown, cannot be fetched or cannot be used, or is named though ``careful`` is set.

    Examples
    --------
    >>> len(estimate_video("squat.mp4"))  # doctest: +SKIP
    240
    """
    looks = looks_of(model, careful=careful, every_frame=every_frame)
    with open_source(video, start=start, end=end, slowmo=slowmo) as source:
        return estimate(source, looks, progress, subject)


def estimate(
    source: VideoSource,
    looks: Looks,
    progress: Progress | None = None,
    subject: Rule = "largest",
    *,
    runs: bool | None = None,
) -> PoseSequence:
    """First pass: pixels to poses, in constant memory but for the poses themselves.

    Where somebody is found in less than half of the looks, he may be small: then parts of the picture are
    looked at, unless ``subject`` has to keep several people apart.

    Parameters
    ----------
    looks : which model looks, and how often.
    runs : whether it shows a run; None leaves that to be seen.

    Raises
    ------
    NobodyError
        If somebody is there, and too small to be followed.
    FormcheckError
        If the clip cannot be read or the model cannot be used.
    """
    pose_model, progress = estimators.load(looks.model), progress or silent
    people = count_people(pose_model.people_in(source.sample(LOOKS)))
    kept_apart = people if subject == "largest" else max(people, SEVERAL)
    fresh = partial(pose_model.estimator, people=kept_apart, subject=subject, smoothing=False)
    if kept_apart > 1:
        looks = replace(looks, goes_back=False)  # another estimator might follow another person
    poses = looked_at(source, fresh, Schedule(looks, runs=runs), progress)
    if subject == "largest" and _share(poses) < OFTEN_ENOUGH:
        poses = _looked_closer(source, poses, pose_model, Schedule(looks, runs=runs), progress)
    return with_doubt(replace(poses, people=people))


def _looked_closer(
    source: VideoSource, poses: PoseSequence, pose_model: PoseModel, schedule: Schedule, progress: Progress
) -> PoseSequence:
    """The poses of somebody small, if there is one and he is found more often than in the whole picture."""
    window = find_small(source.sample(CLOSER_LOOKS), pose_model)
    if window is None:
        return poses

    def fresh() -> WindowEstimator:
        return WindowEstimator(pose_model.estimator(smoothing=False), window)

    closer = looked_at(source, fresh, schedule, progress)
    if _share(closer) > CLEARLY_MORE * _share(poses):
        return closer
    if poses.found.any():
        return poses
    raise NobodyError(
        f"{source.info.name}: somebody is there, but too small to be followed; film from nearer by"
    )


def _share(poses: PoseSequence) -> float:
    """Of all looks, those that found somebody; none of no looks."""
    return float(poses.found.sum()) / max(1, int(np.count_nonzero(poses.looked)))
