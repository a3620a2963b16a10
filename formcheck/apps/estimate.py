"""The first pass over a video: pixels to poses, and what the camera did meanwhile."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from formcheck.apps.looking import Progress, looked_at, silent
from formcheck.engine.body.restore import with_doubt
from formcheck.pose import estimators
from formcheck.pose.estimator import Estimator
from formcheck.pose.follow import FollowingEstimator
from formcheck.pose.looks import AUTO, Looks, Schedule, looks_of
from formcheck.pose.search import Search
from formcheck.pose.subject import Rule, count_people, who_exercises
from formcheck.sources.video import VideoSource, open_source
from formcheck.types import PoseSequence
from formcheck.types.frame import Turn
from formcheck.types.pose import Box

#: How many frames are looked at to see whether several people are in view.
LOOKS = 3
#: And how many, if there are, to see which of them exercises.
WATCHED = 9
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
    slowmo: float | None = None,
    rotation_deg: Turn | None = None,
    subject: Rule = "largest",
    progress: Progress | None = None,
) -> PoseSequence:
    """Find one person's poses in a video; nothing is written.

    Parameters
    ----------
    video : path of a clip.
    model : name of a pose model, fetched first if need be, or the path of its file; "auto" looks with heavy
        at as many frames as the movement needs, and at runs with full.
    careful : look with heavy more often than "auto" does; costs half as much again, of a run three times as
        much.
    every_frame : look at every frame.
    start, end : the part to look at, seconds of the clip's own clock; None is all of it.
    slowmo : how many times slower than life it plays; None goes by the phone's own tag.
    rotation_deg : how far the pictures are turned clockwise before they are looked at; None leaves them as
        they are, and which way is up to whoever judges the poses.
    subject : who is followed when several people are in view; "largest" is who exercises while the others do
        not, if anybody does, else the largest and most central.
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
    ModelError
        If the model is unknown, cannot be fetched or cannot be used, or is named though ``careful`` is set.

    Examples
    --------
    >>> len(estimate_video("squat.mp4"))  # doctest: +SKIP
    240
    """
    looks = looks_of(model, careful=careful, every_frame=every_frame)
    with open_source(video, start=start, end=end, slowmo=slowmo, rotation_deg=rotation_deg) as source:
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

    Who is small is looked for, and followed, in parts of the picture, unless several people are kept apart.

    Parameters
    ----------
    looks : which models look, and how often.
    runs : whether it shows a run; None leaves that to be seen.

    Raises
    ------
    FormcheckError
        If the clip cannot be read or a model cannot be used.
    """
    load, looks, search = cache(estimators.load), looks.named(runs=runs), Search()
    people = count_people(load(looks.model).people_in(source.sample(LOOKS)))
    who: Rule | Box = subject
    if people > 1 and subject == "largest":
        who = who_exercises(load(looks.model).people_in(source.sample(WATCHED))) or subject
    kept_apart = people if subject == "largest" else max(people, SEVERAL)
    if kept_apart > 1:
        looks = looks.in_turn()  # another estimator might follow another person

    def fresh(model: str) -> Estimator:
        if kept_apart > 1:
            return load(model).estimator(people=kept_apart, subject=who, smoothing=False)
        return FollowingEstimator(load(model), search)

    poses = looked_at(source, fresh, Schedule(looks, runs=runs), progress or silent)
    return with_doubt(replace(poses, people=people, clock="raw"))
