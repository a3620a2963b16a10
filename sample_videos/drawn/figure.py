"""One performance of an exercise: its landmarks in a picture and the truth about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.types import Model, PoseSequence, SourceInfo
from formcheck.types.landmark import COUNT, INDEX
from sample_videos.drawn import stride_truth, truth
from sample_videos.drawn.camera import Camera
from sample_videos.drawn.filming import background, camera_of, way
from sample_videos.drawn.motions import PLAYED, Motion
from sample_videos.drawn.person import USUAL, built
from sample_videos.drawn.rig import Rig, Side
from sample_videos.drawn.strides import Strides
from sample_videos.drawn.timeline import Beat, Script, Timeline

Array = NDArray[np.float64]


_FRONT = ("hip_shift", "knee_in_left", "knee_in_right", "shoulder_tilt", "trunk_sway", "hip_height")


#: Times of steps are read off frames as dense as this.
_FINE_FPS = 240.0


@dataclass(frozen=True, eq=False)
class Drawn:
    """A performance.

    Attributes
    ----------
    poses : landmarks in the picture, as BlazePose would give them if it made no error.
    truth : what a clip's .truth.json holds.
    joints : (T, 33, 3) metres in the room, for the painter.
    camera : what projected them.
    background : (T, 2) px right and down that the wall has moved in the picture since the first frame.
    script : what was asked for.
    """

    poses: PoseSequence
    truth: dict[str, Any]
    joints: Array
    camera: Camera
    background: Array
    script: Script


@dataclass(frozen=True, eq=False)
class _Take:
    """A script played at its own or another frame rate."""

    clock: Timeline
    pace: Strides | None
    joints: Array
    hip: Array
    camera: Camera
    image: Array


def motion(exercise: str, **script: Any) -> Drawn:
    """Play ``exercise``; the keywords are those of `Script`."""
    return play(Script(exercise, **script))


def dials(exercise: str) -> tuple[str, ...]:
    """What can be wrong with a performance of ``exercise``."""
    script = Script(exercise, reps=1, duration_s=1.0)
    return _take(replace(script, cadence_spm=PLAYED[exercise].cadence_spm), PLAYED[exercise]).clock.known


def play(script: Script) -> Drawn:
    """Everything about one performance except its pixels."""
    if script.exercise not in PLAYED:
        raise ValueError(f"no exercise {script.exercise!r}: choose from {', '.join(PLAYED)}")
    kind = PLAYED[script.exercise]
    script = replace(script, cadence_spm=script.cadence_spm or kind.cadence_spm)
    take = _take(script, kind)
    clock, image = take.clock, take.image
    unknown = set(script.dials) - set(clock.known)
    if unknown:
        raise ValueError(
            f"{script.exercise} has no dial {sorted(unknown)}: choose from {sorted(clock.known)}"
        )
    known_truth = _truth(script, kind, take)
    if script.noise:
        rng = np.random.default_rng([script.seed, 1])
        trunk = 0.5 * float(np.median(take.camera.scale(take.hip)))
        image = image + rng.normal(0.0, script.noise * trunk, image.shape)
    seen = _visibility(script, kind, len(clock.t))
    world = take.camera.world(take.joints, take.hip)
    if script.filming == "outdoors":
        image, world, seen = _in_picture(script.size, image, world, seen)
    moved = background(script, take.camera, take.pace)
    source = SourceInfo("drawn", "poses", *script.size, script.fps, len(clock.t) / script.fps)
    poses = PoseSequence(
        clock.t, image, world, seen, *script.size, source, Model("drawn", "0" * 64),
        np.broadcast_to(np.diff(moved, axis=0, prepend=moved[:1]), (len(clock.t), 2)),
    )  # fmt: skip
    return Drawn(poses, known_truth, take.joints, take.camera, moved, script)


def _take(script: Script, kind: Motion) -> _Take:
    clock = Timeline(script, kind.tempo, kind.quick_s)
    pace = kind.rhythm(clock) if kind.rhythm else None
    if script.filming != "fixed" and pace is None:
        raise ValueError(f"filming {script.filming}: {script.exercise} stays where it is, so film it fixed")
    rig = Rig(kind.play(clock))
    joints, hip = rig.joints(), rig.posture.hip
    if script.person != USUAL:
        joints = built(joints, script.person)
        hip = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    if script.filming == "outdoors" and pace:
        ahead = np.stack([way(pace), 0 * clock.t, 0 * clock.t], axis=-1)
        joints, hip = joints + ahead[:, None], hip + ahead
    camera = camera_of(script, kind, clock.t)
    return _Take(clock, pace, joints, hip, camera, camera.project(joints))


def _in_picture(size: tuple[int, int], image: Array, world: Array, seen: Array) -> tuple[Array, ...]:
    """Nobody where the hips are outside the picture; a joint outside is hardly visible."""
    inside = np.all((image >= 0) & (image < size), axis=-1)
    nobody = ~(inside[:, INDEX["left_hip"]] & inside[:, INDEX["right_hip"]])
    seen = np.where(inside, seen, 0.1)
    image, world = image.copy(), world.copy()
    for part in (image, world, seen):
        part[nobody] = np.nan
    return image, world, seen


def near_side(script: Script) -> Side | None:
    """The side of the body toward the camera; None from the front and back."""
    if script.view not in ("side", "oblique"):
        return None
    return script.facing


def _visibility(script: Script, kind: Motion, frames: int) -> Array:
    """(T, 33) 1 for what the camera sees, less for what the body hides."""
    seen = np.ones(COUNT)
    near = near_side(script)
    if near and script.view == "side" and not kind.open_limbs:
        for name, index in INDEX.items():
            if name.startswith("left_" if near == "right" else "right_"):
                trunk_or_head = any(part in name for part in ("shoulder", "hip", "ear", "eye", "mouth"))
                seen[index] = 0.8 if trunk_or_head else 0.6
    if script.view == "back":
        seen[[i for name, i in INDEX.items() if i <= INDEX["right_mouth"] and "ear" not in name]] = 0.5
    return np.tile(seen, (frames, 1))


def _truth(script: Script, kind: Motion, take: _Take) -> dict[str, Any]:
    near = near_side(script)
    facing = -1.0 if script.facing == "left" else 1.0
    clock = take.clock
    plane = truth.Plane(take.image, near or "left", facing)
    frames = len(clock.t)

    def angles(limb: str, at: NDArray[np.intp] | slice) -> dict[str, float]:
        """Of a few frames, their median, rounded for the file."""
        found = truth.side_angles(plane, limb) if near else truth.front_angles(plane)
        names = kind.angles if near else _FRONT
        return {name: round(float(np.median(found[name][at])), 3) for name in names}

    out: dict[str, Any] = {
        "exercise": script.exercise, "view": script.view, "facing": script.facing if near else None,
        "near_side": near, "fps": script.fps, "frames": frames, "size": list(script.size),
        "count": 0, "reps": [], "faults": clock.faults(),
    }  # fmt: skip
    if kind.tempo is None:
        steady = np.flatnonzero((clock.t >= script.lead_s + 1) & (clock.t <= clock.end_s - 1))
        span = {"start_s": script.lead_s, "end_s": round(clock.end_s, 3)}
        out["angles"] = angles(near or "left", steady)
        if kind.rhythm:
            out |= {"cadence_spm": script.cadence_spm, **_steps(script, kind, near), "running": span}
            out["per_stride"] = _per_stride(
                script, clock, truth.side_angles(plane, near) if near else truth.front_angles(plane), steady
            )
        else:
            out["hold"] = {"start_s": 0.0, "end_s": round(frames / script.fps, 3)}
        return out
    for k, beat in enumerate(clock.beats):
        side = {"alternate": ("left", "right")[k % 2], "one": script.side}.get(kind.sides, "both")
        out["reps"].append(_rep(script, kind, clock, k, side, beat, angles))
    out["count"] = sum(rep["full"] for rep in out["reps"])
    return out


def _steps(script: Script, kind: Motion, near: Side | None) -> dict[str, Any]:
    """The steps and, where there is flight, the medians over them; outdoors those wholly in the picture."""
    fine = _take(replace(script, fps=_FINE_FPS), kind)
    assert fine.pace
    found = stride_truth.steps(fine.pace)
    if script.filming == "outdoors":
        whole = np.all((fine.image >= 0) & (fine.image < script.size), axis=(1, 2))
        seen = [np.interp([s["t_s"], s["off_s"]], fine.clock.t, whole).min() == 1 for s in found]
        found = [step for step, there in zip(found, seen, strict=True) if there]
    if fine.pace.duty.max() >= 0.5:
        return {"steps": found}
    # The hand that holds the camera is no part of the stride.
    image = replace(fine.camera, shift=(0.0, 0.0)).project(fine.joints)
    plane = truth.Plane(image, near or "left", -1.0 if script.facing == "left" else 1.0)
    return {"steps": found, "stride": stride_truth.medians(found, fine.clock.t, plane, near)}


def _per_stride(
    script: Script, clock: Timeline, found: dict[str, Array], steady: NDArray[np.intp]
) -> dict[str, float]:
    """Medians over strides: range of the arm swing; half range of the sway, most a hand passes the middle."""
    stride = ((clock.t[steady] - clock.t[steady[0]]) * script.cadence_spm / 120).astype(int)
    groups = [steady[stride == k] for k in range(int(stride.max()))]

    def median(name: str, of: Callable[[Array], Any]) -> float:
        return round(float(np.median([of(found[name][group]) for group in groups])), 3)

    if "upper_arm" in found:
        return {"arm_swing": median("upper_arm", np.ptp)}
    hands = {name: median(name, np.max) for name in found if name.startswith("hand_past")}
    return {"trunk_sway": round(median("trunk_sway", np.ptp) / 2, 3), **hands}


def _rep(
    script: Script, kind: Motion, clock: Timeline, k: int, side: str, beat: Beat, angles: Callable[..., Any]
) -> dict[str, Any]:
    """One attempt of the truth: times, projected angles at the peak, and whether it is a full repetition."""
    peak = (beat.top_s + beat.leave_s) / 2
    at = np.flatnonzero(
        np.abs(clock.t - peak) <= max(0.4 * (beat.leave_s - beat.top_s), 0.5 / script.fps + 1e-9)
    )
    limb = side if side != "both" else near_side(script) or "left"
    found = angles(limb, at)
    depth = float(clock.progress()[at].max())
    # From the front the depth cannot be read as an angle; there the share of the movement decides.
    full = found[kind.full[0]] >= kind.full[1] if kind.full and kind.full[0] in found else depth >= 0.8
    return {
        "n": k + 1, "side": side, "start_s": round(beat.start_s, 3), "peak_s": round(peak, 3),
        "end_s": round(beat.end_s, 3), "depth": round(depth, 3), "full": bool(full), "angles": found,
    }  # fmt: skip
