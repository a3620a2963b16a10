"""Who is followed: where a pose model went over to somebody else, and back.

A model tracks one body. When somebody walks between it and the camera it may go on with him, until he leaves
the picture and the first one is found again. Then a body is at once where, or as large as, no body can get.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import plane
from formcheck.engine.body.scale import px_per_m
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]

#: Farther than this from look to look, beyond going on as before, nobody gets, metres. Ten of 246 labelled
#: inputs go as far without counting how they went on: cuts, several people, landmarks that fail.
LEAP_M = 0.5
#: Landmarks go over to another body by and by: drawn, from 187 to 240 px a metre within half a second.
#: So many times less a body grows in as long before and after, as who comes nearer does not. Judgement.
OVER, OVER_S, TIMES = 1.15, 0.5, 2.0
#: Out of sight for longer than this, a body may be anywhere, s. Judgement.
LOST_S = 0.5
#: Who was seen within the last seconds is known again by place and size: metres from where he was, and so
#: many times as large. Drawn squats, lunges, jumps: .4 m, 1.1.
LATELY_S, NEAR_M, ALIKE = 5.0, 0.6, 1.15
#: So many looks show who a stretch begins with.
FIRST = 3
#: Fewer looks than this are nobody, s; and so far who walks by has come, metres. Judgement.
LEAST_S, WALKS_M = 0.3, 0.6
#: At the edges of a stretch landmarks are partly on one body, partly on the other, s.
EDGE_S = 0.2

_TRUNK = [INDEX[f"{side}_{joint}"] for joint in ("shoulder", "hip") for side in ("left", "right")]


@dataclass(frozen=True, slots=True)
class _Looks:
    """Looks at bodies: the frame each is of, seconds, where the body is, complex px, and px a metre."""

    frame: NDArray[np.intp]
    t: Floats
    place: NDArray[np.complexfloating]
    size: Floats


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Looks at one body.

    ``lost``: nobody was seen just before it; ``leapt``: it was there at once, as no body gets anywhere;
    ``one_shot``: the background is known to have gone on meanwhile.
    """

    looks: slice
    lost: bool
    leapt: bool
    one_shot: bool


def subject_alone(poses: PoseSequence) -> PoseSequence:
    """The same raw poses, as if nobody had been found where somebody else was followed; see ``another``."""
    another = somebody_else(poses)
    if not another.any():
        return poses
    hidden = {name: getattr(poses, name).copy() for name in ("image", "world", "visibility", "doubt")}
    for array in hidden.values():
        array[another] = np.nan
    return replace(poses, **hidden, another=another)


def spans_of_others(poses: PoseSequence) -> list[tuple[float, float]]:
    """From, to, seconds: the stretches in which somebody else was followed."""
    edges = np.flatnonzero(np.diff(poses.another.astype(np.int8), prepend=0, append=0))
    return [(float(poses.t[a]), float(poses.t[b - 1])) for a, b in edges.reshape(-1, 2)]


@np.errstate(invalid="ignore", divide="ignore")
def somebody_else(poses: PoseSequence) -> Bools:
    """(T,) the frames in which somebody else than the subject was followed; in none without world landmarks.

    The subject is who was followed longest. Somebody else is who was followed between two stretches of the
    subject, if he was reached or left in a leap, and the background stood still then or he walked by.

    Parameters
    ----------
    poses : raw, as a pose model gave them.
    """
    looks = _looks(poses)
    goes_on = np.isfinite(poses.camera).all(axis=1) & (np.diff(poses.shot, prepend=poses.shot[:1]) == 0)
    stretches = _stretches(looks, np.asarray(goes_on))
    out = np.zeros(len(poses), np.bool_)
    if len(stretches) < 3:
        return out
    owners = _owners(looks, stretches)
    subject = np.bincount(owners, [_seconds(looks, stretch) for stretch in stretches]).argmax()
    others: set[int] = set()
    for before, after in pairwise(np.flatnonzero(owners == subject)):
        between, leaps = stretches[before + 1 : after], stretches[before + 1 : after + 1]
        if _are_others(looks, between, [stretch for stretch in leaps if stretch.leapt]):
            others.update(owners[before + 1 : after])
    for stretch, owner in zip(stretches, owners, strict=True):
        if owner in others:
            start, end = looks.t[stretch.looks.start], looks.t[stretch.looks.stop - 1]
            out |= (poses.t >= start - EDGE_S) & (poses.t <= end + EDGE_S)
    return out


def _looks(poses: PoseSequence) -> _Looks:
    frames = np.flatnonzero(poses.found)
    points = plane(poses.image[frames])
    size, place = px_per_m(points, poses.world[frames].astype(np.float64)), points[:, _TRUNK].mean(axis=1)
    known = np.isfinite(size) & np.isfinite(place)
    return _Looks(frames[known], poses.t[frames[known]], place[known], size[known])


def _stretches(looks: _Looks, steady: Bools) -> list[_Stretch]:
    """Looks at one body after the other; ``steady`` (T,) where the background is known to go on."""
    if len(looks.t) < 2:
        return []
    lost = np.diff(looks.t, prepend=looks.t[0]) > LOST_S
    leapt = ~lost & (_went_m(looks) > LEAP_M)
    starts = np.flatnonzero(lost | leapt | _gone_over(looks))
    out = []
    for start, stop in pairwise([0, *starts[starts > 0].tolist(), len(looks.t)]):
        since, until = looks.frame[max(start - 1, 0)] + 1, looks.frame[start] + 1
        one_shot = bool(steady[since:until].all())
        out.append(_Stretch(slice(start, stop), bool(lost[start]), bool(leapt[start]), one_shot))
    return out


def _went_m(looks: _Looks) -> Floats:
    """(n,) how far the body is from where it was, or would be if it had gone on so, metres."""
    step, gap = np.diff(looks.place, prepend=looks.place[0]), np.diff(looks.t, prepend=looks.t[0])
    on = np.append(0, step[:-1] / gap[:-1]) * gap
    size = np.fmin(looks.size, np.roll(looks.size, 1))
    out: Floats = np.fmin(np.abs(step), np.abs(step - on)) / size
    return out


def _gone_over(looks: _Looks) -> Bools:
    """(n,) looks from which on the body is larger than before, or smaller, at the steepest."""
    t, total, here = looks.t, np.append(0.0, np.cumsum(np.log(looks.size))), np.arange(len(looks.t))
    start, end = np.searchsorted(t, t - OVER_S), np.searchsorted(t, t + OVER_S)
    after, before = (total[end] - total[here]) / (end - here), (total[here] - total[start]) / (here - start)
    grown = np.nan_to_num(np.abs(after - before))
    steepest = np.array([a + grown[a:b].argmax() for a, b in zip(start, end, strict=True)])
    beside = np.fmax(grown[start], grown[np.minimum(end, len(t) - 1)])
    out: Bools = (steepest == here) & (grown > np.fmax(np.log(OVER), TIMES * beside))
    return out


def _owners(looks: _Looks, stretches: Sequence[_Stretch]) -> NDArray[np.intp]:
    """(n,) who each stretch shows, by number: somebody known, but not who was there just before, or new."""
    owners: list[int] = []
    for stretch in stretches:
        last = dict(zip(owners, stretches, strict=False))
        if owners and not stretch.lost:
            del last[owners[-1]]
        known = {owner: one.looks for owner, one in last.items() if _again(looks, one.looks, stretch.looks)}
        owners.append(max(known, key=lambda owner: known[owner].stop, default=max(owners, default=-1) + 1))
    return np.array(owners)


def _again(looks: _Looks, earlier: slice, later: slice) -> bool:
    """Whether a stretch begins with the body that one before it ended with: about there, and as large."""
    since = int(np.searchsorted(looks.t, looks.t[earlier.stop - 1] - LATELY_S))
    lately, first = slice(max(since, earlier.start), earlier.stop), slice(later.start, later.stop)
    size, now = np.median(looks.size[lately]), np.median(looks.size[first][:FIRST])
    off = np.abs(looks.place[lately] - np.mean(looks.place[first][:FIRST])).min()
    return bool(off <= NEAR_M * size and abs(np.log(now / size)) <= np.log(ALIKE))


def _are_others(looks: _Looks, stretches: Sequence[_Stretch], leaps: Sequence[_Stretch]) -> bool:
    """Whether stretches, which leaps begin, part, or end, show somebody else than those around them."""
    if not leaps or sum(_seconds(looks, stretch) for stretch in stretches) < LEAST_S:
        return False
    return any(leap.one_shot for leap in leaps) or any(_walks(looks, stretch.looks) for stretch in stretches)


def _walks(looks: _Looks, rows: slice) -> bool:
    place = looks.place[rows]
    return bool(np.abs(place[-1] - place[0]) > WALKS_M * np.median(looks.size[rows]))


def _seconds(looks: _Looks, stretch: _Stretch) -> float:
    return float(looks.t[stretch.looks.stop - 1] - looks.t[stretch.looks.start])
