"""Who comes into the picture, gets into position, does an exercise, gets up and goes: one take of it all.

Ways between postures turn each bone of the drawn body on the shortest arc, so that bones keep their lengths.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn.filming import way
from sample_videos.drawn.motions import PLAYED
from sample_videos.drawn.motions.common import point
from sample_videos.drawn.person import USUAL, built
from sample_videos.drawn.rig import SIDES, Posture, Reach, Rig, Swing
from sample_videos.drawn.timeline import Script, Timeline, smooth
from tests.exercises.asides import aside
from tests.exercises.takes import joined
from tests.figures import Drawn, figure

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
        out[:, j] = out[:, i] + _arc(first[j] - first[i], last[j] - last[i], share)
    return out


def _arc(a: Array, b: Array, share: Array) -> Array:
    la, lb = np.linalg.norm(a), np.linalg.norm(b)
    first, last = a / la, b / lb
    across = last - (first @ last) * first
    if np.linalg.norm(across) < 0.02:  # straight back: over the front
        across = np.array([1.0, 0.2, 0.5]) - (first @ [1.0, 0.2, 0.5]) * first
    angle = share * np.arccos(np.clip(first @ last, -1.0, 1.0))
    way = np.cos(angle) * first + np.sin(angle) * across / np.linalg.norm(across)
    return way * (la + share * (lb - la))


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


def placed(posture: Array, yaw: float = 0.0) -> Array:
    """Postures (T, 33, 3), at first with the hips over the origin, turned by ``yaw`` degrees to the left."""
    hips = (posture[..., INDEX["left_hip"], :] + posture[..., INDEX["right_hip"], :]) / 2
    middle = hips[0] * [1.0, 1.0, 0.0]
    return _turned(posture - middle, yaw)


def _direction(yaw: float) -> Array:
    return np.array([np.cos(np.radians(yaw)), np.sin(np.radians(yaw)), 0.0])


def _turned(points: Array, degrees: Array | float) -> Array:
    a = np.broadcast_to(np.radians(degrees), points.shape[:-2])[..., None]
    x, y = points[..., 0], points[..., 1]
    return np.stack([np.cos(a) * x - np.sin(a) * y, np.sin(a) * x + np.cos(a) * y, points[..., 2]], axis=-1)


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
    return _turned(joints, heading)


def stations(ways: Sequence[Array | float], fps: float) -> Array:
    """Pieces (T, 33, 3) joined by ways between them that last as many seconds as stand there."""
    pieces = [w for w in ways if not isinstance(w, float)]
    seconds = [w for w in ways if isinstance(w, float)]
    out = [pieces[0]]
    for s, piece in zip(seconds, pieces[1:], strict=True):
        out += [between(out[-1][-1], piece[0], max(2, round(s * fps)))[1:-1], piece]
    return np.concatenate(out)


#: Who is nearer to the lens than this is not in the picture; from here he reaches for it, metres.
LENS_M, PHONE_M = 0.3, 0.8
#: Somebody is seen with so much of his limbs and trunk in the picture.
LEAST_INSIDE, BODY = 0.35, slice(INDEX["left_shoulder"], None)
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
    again: bool = False,
    seed: int = 0,
    heading: float = 0.0,
    **words: Any,
) -> PoseSequence:
    """An exercise with what is done before and after it: "walk", "jog", "phone", "turn" and `ASIDES`.

    Who does it on the floor gets down to it and up from it. ``heading`` is where the ways on foot lead,
    degrees to the left of where the exercise faces. ``again`` does the exercise once more in the end.
    ``words`` are those of `tests.figures.figure`.
    """
    drawn = figure(exercise, seed=seed, **words)
    first, last = ways(drawn, before, after, again=again, seed=seed, heading=heading)
    parts = [*first, drawn.poses, *last]
    return reduce(joined, [*parts, drawn.poses] if again else parts)


def ways(
    drawn: Drawn,
    before: Sequence[str],
    after: Sequence[str],
    *,
    again: bool = False,
    seed: int = 0,
    heading: float = 0.0,
) -> tuple[list[PoseSequence], list[PoseSequence]]:
    """What is done before a drawn exercise and after it, each a take or none; words as of `take`."""
    rng = np.random.default_rng([seed, 3])

    def way(steps: Sequence[str], **ends: bool) -> PoseSequence:
        return filmed(drawn, _Way(drawn.script.exercise, drawn, heading, rng).over(steps, **ends), rng)

    first = [way(before, back=True)] if before else []
    return first, [way(after, out=True, back=again)] if after else []


class _Way:
    """What leads into a drawn exercise or out of it, from the spot where it is done."""

    def __init__(self, exercise: str, drawn: Drawn, heading: float, rng: np.random.Generator) -> None:
        self._rng, self._heading, self._drawn, self._fps = rng, heading, drawn, drawn.script.fps
        self._down = DOWN[_ON_THE_FLOOR.get(exercise, "standing")]
        hips = drawn.joints[0, [INDEX["left_hip"], INDEX["right_hip"]]]
        self._spot = hips.mean(axis=0) * [1.0, 0.0, 0.0]
        self._to_lens = drawn.camera.lens[:2] - self._spot[:2]
        self._lens_yaw = float(np.degrees(np.arctan2(self._to_lens[1], self._to_lens[0])))
        self._yaw = 0.0
        self._out: list[Array | float] = []

    def over(self, steps: Sequence[str], *, out: bool = False, back: bool = False) -> Array:
        """(T, 33, 3) from the end of the exercise, if it leads ``out``, to its beginning, if ``back``."""
        if out:
            self._add(self._drawn.joints[-1:])
            self._pass((*self._down[::-1], "standing"))
        for step in steps:
            self._step(step, leaves=out)
        if back:
            self._face(0.0)
            self._pass(("standing", *self._down) if self._down else ())
            self._add(self._drawn.joints[:1])
        return stations(self._out[:-1], self._fps)[: -1 if back else None]

    def _step(self, step: str, *, leaves: bool) -> None:
        if step in ("walk", "jog"):
            self._go("walking" if step == "walk" else "running", self._heading, np.inf, leaves=leaves)
        elif step == "phone":
            far = float(np.hypot(*self._to_lens)) - PHONE_M
            if leaves:
                self._go("walking", self._lens_yaw, far, leaves=True)
            self._aside("phone", self._lens_yaw, self._spot + far * _direction(self._lens_yaw))
            if not leaves:
                self._go("walking", self._lens_yaw + 180.0, far, leaves=False)
        elif step == "turn":
            self._aside("stand", self._yaw, self._spot)
            self._face(self._yaw + 180.0)
            self._face(self._yaw + float(self._rng.choice([-180.0, 180.0])))
        else:
            to_lens = self._lens_yaw + self._rng.uniform(-40.0, 40.0)
            yaw = self._rng.choice([to_lens, 0.0, self._rng.uniform(-180.0, 180.0)], p=[0.6, 0.2, 0.2])
            self._aside(step, float(yaw), self._spot)

    def _aside(self, name: str, yaw: float, where: Array) -> None:
        self._face(yaw)
        self._add(placed(self._built(aside(name, self._fps, self._rng)), yaw) + where)

    def _go(self, moving: Moving, yaw: float, far_m: float, *, leaves: bool) -> None:
        """On foot from the spot, or to it, for so far."""
        self._face(yaw)
        foot = self._built(gone(moving, 4.0, self._fps, yaw, int(self._rng.integers(1000))))
        hips = (foot[:, INDEX["left_hip"]] + foot[:, INDEX["right_hip"]]) / 2 * [1.0, 1.0, 0.0]
        way = hips - hips[0 if leaves else -1]
        self._add((foot - hips[0 if leaves else -1] + self._spot)[np.hypot(way[:, 0], way[:, 1]) <= far_m])

    def _face(self, yaw: float) -> None:
        """Turn round on the spot, in small steps."""
        last, by = self._out[-2] if self._out else None, (yaw - self._yaw + 180.0) % 360.0 - 180.0
        self._yaw = yaw
        if last is None or abs(by) < 1.0:
            return
        assert not isinstance(last, float)
        n = round(self._fps * abs(by) / self._rng.uniform(90.0, 200.0)) + 2
        hips = (last[-1, INDEX["left_hip"]] + last[-1, INDEX["right_hip"]]) / 2 * [1.0, 1.0, 0.0]
        self._out[-1] = 1.0 / self._fps
        same = np.repeat((last[-1] - hips)[None], n, axis=0)
        self._add(_turned(same, by * smooth(np.linspace(0.0, 1.0, n))) + hips)

    def _pass(self, postures: Sequence[str]) -> None:
        """Through postures of the floor, each kept for a moment."""
        for name in postures:
            there = placed(self._built(POSTURES[name]()[None])) + self._spot
            self._add(np.repeat(there, round(self._rng.uniform(0.1, 0.6) * self._fps) + 1, axis=0))

    def _built(self, joints: Array) -> Array:
        person = self._drawn.script.person
        return joints if person == USUAL else built(joints, person)

    def _add(self, piece: Array) -> None:
        self._out += [piece, float(self._rng.uniform(0.6, 1.3))]


def filmed(drawn: Drawn, joints: Array, rng: np.random.Generator) -> PoseSequence:
    """What the camera of a drawn figure sees of other joints, with as much noise."""
    like, n = drawn.poses, len(joints)
    hip = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    image = drawn.camera.project(joints)
    near = np.median(drawn.camera.scale(hip)) * 0.5
    image = image + rng.normal(0.0, drawn.script.noise * near, image.shape)
    inside = np.all((image >= 0) & (image < (like.width_px, like.height_px)), axis=-1)
    seen = np.where(inside, np.repeat(like.visibility[:1], n, axis=0), 0.1)
    world = drawn.camera.world(joints, hip)
    behind = drawn.camera.distance_m + drawn.camera.view(joints)[..., 2].min(axis=1) < LENS_M
    nobody = behind | (inside[:, BODY].mean(axis=1) < LEAST_INSIDE)
    for part in (image, world, seen):
        part[nobody] = np.nan
    t = np.arange(n) / drawn.script.fps
    nothing = {"looked": None, "doubt": None, "exchanged": None, "another": None, "shot": None}
    return replace(like, t=t, image=image, world=world, visibility=seen, camera=np.zeros((n, 2)), **nothing)
