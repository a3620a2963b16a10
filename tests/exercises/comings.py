"""Who comes into the picture, gets into position, does an exercise, gets up and goes: one take of it all.

Ways between postures turn each bone of the drawn body on the shortest arc, so that bones keep their lengths.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn.filming import way
from sample_videos.drawn.motions import PLAYED
from sample_videos.drawn.motions.common import point
from sample_videos.drawn.rig import SIDES, Posture, Reach, Rig, Swing
from sample_videos.drawn.timeline import Script, Timeline, smooth
from tests.exercises.takes import joined
from tests.figures import figure

Array = NDArray[np.float64]
Moving = Literal["walking", "running"]

#: Each landmark hangs on the one before it; what is not named hangs on the nose.
_TREE = (
    ("left_hip", "right_hip"), ("left_hip", "left_shoulder"), ("right_hip", "right_shoulder"),
    ("left_shoulder", "nose"),
    *((f"{side}_{a}", f"{side}_{b}") for side in SIDES for a, b in (
        ("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "index"), ("wrist", "pinky"), ("wrist", "thumb"),
        ("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("ankle", "toe"))),
)  # fmt: skip
_NAMED = {b for _, b in _TREE}
BONES = (*_TREE, *(("nose", name) for name in INDEX if name not in _NAMED and name != "left_hip"))


def between(first: Array, last: Array, frames: int) -> Array:
    """(frames, 33, 3) the way from one posture (33, 3) to another, from standstill to standstill."""
    share = smooth(np.linspace(0.0, 1.0, frames))[:, None]
    out = np.empty((frames, *first.shape))
    root = INDEX["left_hip"]
    out[:, root] = first[root] + share * (last[root] - first[root])
    for a, b in BONES:
        i, j = INDEX[a], INDEX[b]
        out[:, j] = out[:, i] + _turned(first[j] - first[i], last[j] - last[i], share)
    return out


def _turned(a: Array, b: Array, share: Array) -> Array:
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    angle = np.arccos(np.clip(a @ b / (la * lb), -0.999, 0.9999))
    arc = np.sin((1 - share) * angle) * a / la + np.sin(share * angle) * b / lb
    return arc / np.linalg.norm(arc, axis=-1, keepdims=True) * (la + share * (lb - la))


@cache
def _first(exercise: str, at: float = 0.0) -> Array:
    joints = figure(exercise, reps=1, duration_s=1.0).joints
    return joints[min(len(joints) - 1, round(at * len(joints)))]


def _kneeling() -> Array:
    feet = {
        side: Reach(point(-0.38, sign * 0.1, 0.06, 1), [1.0, 0.0, -1.0])
        for side, sign in zip(SIDES, (1, -1), strict=True)
    }
    arms = {side: Swing(10.0, 6.0, 15.0) for side in SIDES}
    return Rig(Posture(point(0.0, 0.0, 0.45, 1), arms, feet, lean=5.0)).joints()[0]


#: Postures on the way, by what people call them.
POSTURES = {
    "standing": lambda: _first("squat"),
    "crouching": lambda: _first("squat", 0.5),
    "kneeling": _kneeling,
    "hands and knees": lambda: _first("quadruped_limb_raise"),
    "plank": lambda: _first("push_up"),
    "prone": lambda: _first("superman"),
    "sitting": lambda: _first("sit_up", 0.5),
    "supine": lambda: _first("sit_up"),
}


def placed(posture: Array, x: float) -> Array:
    """A posture with the middle of its hips over ``x`` metres."""
    hips = (posture[INDEX["left_hip"]] + posture[INDEX["right_hip"]]) / 2
    return posture + np.array([x - hips[0], -hips[1], 0.0])


def gone(moving: Moving, seconds: float, fps: float, heading: float, seed: int) -> Array:
    """(T, 33, 3) a way on foot from the origin, ``heading`` degrees from straight ahead to the left."""
    script = Script(
        moving, fps=fps, duration_s=seconds, lead_s=0.0, seed=seed, cadence_spm=PLAYED[moving].cadence_spm
    )
    clock = Timeline(script, None)
    kind = PLAYED[moving]
    joints = Rig(kind.play(clock)).joints()
    ahead = way(kind.rhythm(clock))
    joints[..., 0] += (ahead - ahead[0])[:, None]
    a = np.radians(heading)
    turn = np.array([[np.cos(a), np.sin(a), 0.0], [-np.sin(a), np.cos(a), 0.0], [0.0, 0.0, 1.0]])
    return joints @ turn


def talking(posture: Array, seconds: float, fps: float, seed: int) -> Array:
    """(T, 33, 3) standing and talking: hands move, weight shifts."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * fps)) / fps
    out = np.repeat(posture[None], len(t), axis=0)
    shift = 0.03 * np.sin(2 * np.pi * 0.3 * t + rng.uniform(0, 6))
    upper = [i for n, i in INDEX.items() if not any(p in n for p in ("ankle", "heel", "toe", "knee"))]
    out[:, upper, 1] += shift[:, None]
    out[:, [INDEX["left_knee"], INDEX["right_knee"]], 1] += shift[:, None] / 2
    for side in SIDES:
        lift = 0.15 * (1 + np.sin(2 * np.pi * rng.uniform(0.5, 1.0) * t + rng.uniform(0, 6)))
        for name, share in (("elbow", 0.3), ("wrist", 1.0), ("index", 1.0), ("pinky", 1.0), ("thumb", 1.0)):
            out[:, INDEX[f"{side}_{name}"], 2] += share * lift
            out[:, INDEX[f"{side}_{name}"], 0] += share * lift
    return out


def stations(ways: Sequence[Array | float], fps: float) -> Array:
    """Pieces (T, 33, 3) joined by ways between them that last as many seconds as stand there."""
    pieces = [w for w in ways if not isinstance(w, float)]
    seconds = [w for w in ways if isinstance(w, float)]
    out = [pieces[0]]
    for s, piece in zip(seconds, pieces[1:], strict=True):
        out += [between(out[-1][-1], piece[0], max(2, round(s * fps)))[1:-1], piece]
    return np.concatenate(out)


#: Who is nearer to the lens than this is not in the picture, metres.
LENS_M = 1.2
#: How one gets from standing to where an exercise begins.
DOWN = {
    "standing": (),
    "plank": ("crouching", "hands and knees"),
    "hands and knees": ("kneeling",),
    "prone": ("kneeling", "hands and knees"),
    "supine": ("crouching", "sitting"),
    "side": ("kneeling", "hands and knees"),
}
_ON_THE_FLOOR = {
    "push_up": "plank", "plank_hold": "plank", "mountain_climber": "plank", "high_plank_leg_lift": "plank",
    "high_plank_limb_raise": "plank", "quadruped_limb_raise": "hands and knees", "cat_cow": "hands and knees",
    "superman": "prone", "superman_pull": "prone", "beetle": "supine", "glute_bridge": "supine",
    "single_leg_bridge": "supine", "sit_up": "supine", "v_up": "supine", "single_leg_v_up": "supine",
    "supine_twist": "supine", "figure_four_stretch": "supine", "bench_press": "supine",
    "low_side_plank_lift": "side", "side_plank_hold": "side",
}  # fmt: skip
#: Not reached on foot from the floor in front of the camera.
APART = {"running", "pull_up", "pommel_horse"}


def take(
    exercise: str,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    *,
    seed: int = 0,
    heading: float = 0.0,
    **words: Any,
) -> PoseSequence:
    """An exercise with what is done before and after it, of "walk", "jog", "talk" and "change".

    "change" gets down to where the exercise begins, or up from there; what is done standing has none.
    ``words`` are those of `tests.figures.figure`.
    """
    drawn = figure(exercise, **words)
    fps = drawn.script.fps
    start, end = drawn.joints[:1], drawn.joints[-1:]
    lead = (
        stations([*_ways(exercise, before, start[0], fps, heading, seed), start], fps)[:-1]
        if before
        else None
    )
    tail = stations(_ways(exercise, after, end[0], fps, heading, seed + 1, back=True), fps) if after else None
    poses = drawn.poses
    if lead is not None:
        poses = joined(filmed(drawn, lead), poses)
    return poses if tail is None else joined(poses, filmed(drawn, tail))


def _ways(
    exercise: str,
    steps: Sequence[str],
    near: Array,
    fps: float,
    heading: float,
    seed: int,
    *,
    back: bool = False,
) -> list[Array | float]:
    x = float((near[INDEX["left_hip"], 0] + near[INDEX["right_hip"], 0]) / 2)
    rng = np.random.default_rng(seed)
    stand = placed(POSTURES["standing"](), x)
    out: list[Array | float] = []
    for step in steps:
        if step == "change":
            names = DOWN[_ON_THE_FLOOR.get(exercise, "standing")]
            pieces = [stand, *(placed(POSTURES[n](), x) for n in names)] if names else []
            pieces = pieces[::-1] if back else pieces
            new = [np.repeat(p[None], round(rng.uniform(0.1, 0.6) * fps) + 1, axis=0) for p in pieces]
        elif step == "talk":
            new = [talking(stand, 5.0, fps, seed)]
        else:
            foot = gone("walking" if step == "walk" else "running", 4.0, fps, heading, seed)
            hips = (foot[:, INDEX["left_hip"]] + foot[:, INDEX["right_hip"]]) / 2
            to = hips[0] if back else hips[-1]
            new = [foot - [to[0] - x, to[1], 0.0]]
        for piece in new:
            out += [piece, float(rng.uniform(0.7, 1.3))]
    return [near[None], 0.8, *out[:-1]] if back else out


def filmed(drawn: Any, joints: Array) -> PoseSequence:
    """What the camera of a drawn figure sees of other joints."""
    like = drawn.poses
    n = len(joints)
    hip = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    image = drawn.camera.project(joints)
    seen = np.repeat(like.visibility[:1], n, axis=0)
    inside = np.all((image >= 0) & (image < (like.width_px, like.height_px)), axis=-1)
    seen = np.where(inside, seen, 0.1)
    world = drawn.camera.world(joints, hip)
    ahead = drawn.camera.distance_m + drawn.camera.view(joints)[..., 2].min(axis=1) > LENS_M
    nobody = ~ahead | ~(inside[:, INDEX["left_hip"]] & inside[:, INDEX["right_hip"]])
    for part in (image, world, seen):
        part[nobody] = np.nan
    t = np.arange(n) / drawn.script.fps
    return replace(
        like,
        t=t,
        image=image,
        world=world,
        visibility=seen,
        camera=np.zeros((n, 2)),
        looked=None,
        doubt=None,
        exchanged=None,
    )
