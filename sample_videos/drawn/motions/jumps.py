"""Jumps: dip, flight, landing, and a moment to absorb it."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from sample_videos.drawn.motions.common import SIGN, Motion, point
from sample_videos.drawn.rig import (
    HALF_HIPS,
    HEAD_PITCH,
    SHANK,
    SIDES,
    THIGH,
    TOE,
    Array,
    Foot,
    Limb,
    Posture,
    Reach,
    Side,
    Swing,
    ankle_over,
    chord,
)
from sample_videos.drawn.timeline import Timeline, each

GRAVITY = 9.81
#: Seconds from the bottom of the dip to take-off, and from landing to the lowest point after it.
PUSH_S, SOAK_S = 0.35, 0.30
#: Pause at the bottom of the dip, and after the landing.
WAIT_S = 0.12
#: Bend of the knee that is held up in front, degrees.
HELD_BEND = 80.0


@dataclass(frozen=True)
class Jumps:
    """The jumps of a clip, one a beat, ``height`` metres high with the apex in its middle."""

    clock: Timeline
    height: float

    @property
    def air_s(self) -> float:
        """Seconds in the air."""
        return 2 * float(np.sqrt(2 * self.height / GRAVITY))

    def through(self, *, stand: float, dip: float, off: float, air: float, land: float, soak: float) -> Array:
        """(T,) a quantity by its values when standing, at the bottom of the dip, at take-off and so on."""
        t, x = [0.0], [stand]
        half = self.air_s / 2
        for beat in self.clock.beats:
            apex = (beat.start_s + beat.end_s) / 2
            up, down = apex - half, apex + half
            t += [beat.start_s, up - PUSH_S - WAIT_S, up - PUSH_S, up, apex, down]
            t += [down + SOAK_S, down + SOAK_S + WAIT_S, beat.end_s]
            x += [stand, dip, dip, off, air, land, soak, soak, stand]
        series: Array = PchipInterpolator([*t, self.clock.end_s + 60.0], [*x, stand])(self.clock.t)
        return series

    def lift(self) -> Array:
        """(T,) height of the feet's flight, metres."""
        out = np.zeros_like(self.clock.t)
        depths = each(self.clock.script.depth, len(self.clock.beats), "depth")
        for beat, depth in zip(self.clock.beats, depths, strict=True):
            since = (self.clock.t - (beat.start_s + beat.end_s) / 2) / (self.air_s / 2)
            out += depth * self.height * np.maximum(0.0, 1 - since**2)
        return out

    def travelled(self) -> Array:
        """(T,) how many jumps' way the feet have gone; they move in the air only."""
        out = np.zeros_like(self.clock.t)
        for beat in self.clock.beats:
            off_s = (beat.start_s + beat.end_s - self.air_s) / 2
            out += np.clip((self.clock.t - off_s) / self.air_s, 0.0, 1.0)
        return out


def _bend(jumps: Jumps, *, dip: float, soak: float) -> Array:
    """Bend of the working knee, degrees."""
    clock = jumps.clock
    rest = {"stand": 1.0, "dip": 0.0, "off": 0.0, "air": 0.0, "land": 0.0, "soak": 0.0}
    bend = jumps.through(stand=8, dip=dip, off=4, air=10, land=18, soak=soak)
    bend -= clock.dial("shallow") * jumps.through(**{**rest, "stand": 0.0, "dip": dip - 24})
    bend -= clock.dial("stiff_landing") * jumps.through(
        **{**rest, "stand": 0.0, "air": 5.0, "land": 8.0, "soak": soak - 12}
    )
    return bend


def _hip(
    bend: Array, ankle: Array, aside: Array, *, joint: float = HALF_HIPS, over: Array | float = 0.0
) -> tuple[Array, Array]:
    """Middle of the hips (T, 3), ``aside`` in the room, above an ankle; and the tilt of the shank.

    ``joint`` is the working hip's own place beside the middle, ``over`` how far the hips are ahead.
    """
    shank = 1 + 0.29 * bend
    ahead = SHANK * np.sin(np.radians(shank)) - THIGH * np.sin(np.radians(bend - shank)) + over
    across = aside + joint - ankle[:, 1]
    rise = np.sqrt(chord(THIGH, SHANK, bend) ** 2 - ahead**2 - across**2)
    return np.stack([ankle[:, 0] + ahead, aside, ankle[:, 2] + rise], axis=-1), shank


def _knee_pole(knees_in: Array, sign: float) -> Array:
    """Over the toes; the valgus dial turns the knee inward about the line from hip to ankle."""
    angle = np.radians(2.0 - 26.0 * knees_in)
    return point(np.cos(angle), sign * np.sin(angle), 0.0, len(knees_in))


def _upper_body(jumps: Jumps, shank: Array) -> dict[str, object]:
    clock = jumps.clock
    fold = jumps.through(stand=0, dip=1, off=0, air=0, land=0.4, soak=1)
    lean = shank + 4 * fold + clock.unrest(0.5) + 58 * clock.dial("trunk_fold", fold)
    swing = jumps.through(stand=4, dip=-28, off=58, air=66, land=30, soak=8)
    return {
        "arms": {side: Swing(swing, 8.0, 22.0) for side in SIDES},
        "lean": lean,
        "head_pitch": HEAD_PITCH + 0.4 * lean + clock.unrest(1.0),
    }


def _two_legged(clock: Timeline, stride: float) -> Posture:
    """Dip, jump and land on both feet, ``stride`` metres further on."""
    jumps, n = Jumps(clock, 0.16), len(clock.t)
    bend = _bend(jumps, dip=84, soak=66)
    pitch = jumps.through(stand=0, dip=0, off=42, air=34, land=20, soak=0)
    knees_in = clock.dial("knee_valgus")
    sway = jumps.through(stand=0, dip=0, off=0, air=0, land=0.1, soak=1)
    feet = {s: Foot(pitch, 9.0) for s in SIDES}
    x = TOE[0] + stride * jumps.travelled()
    ankles = {
        s: ankle_over(point(x, SIGN[s] * 0.15, 0.02 + jumps.lift(), n), feet[s], SIGN[s]) for s in SIDES
    }
    aside = 0.27 * clock.dial("wobble", sway) + clock.unrest(0.004)
    over = stride * jumps.through(stand=0, dip=0, off=0.35, air=0, land=-0.4, soak=0)
    hip, shank = _hip(bend, ankles["left"], aside, over=over)
    return Posture(
        hip,
        legs={s: Reach(ankles[s], _knee_pole(knees_in, SIGN[s])) for s in SIDES},
        feet=feet,
        **_upper_body(jumps, shank),  # type: ignore[arg-type]
    )


def jump_squat(clock: Timeline) -> Posture:
    """On the spot."""
    return _two_legged(clock, 0.0)


def forward_jump_squat(clock: Timeline) -> Posture:
    """Half a trunk length further on with each jump."""
    return _two_legged(clock, 0.25)


def single_leg_jump_squat(clock: Timeline) -> Posture:
    """On one leg; the other knee is held up in front."""
    jumps, n, side = Jumps(clock, 0.10), len(clock.t), clock.script.side
    free: Side = "right" if side == "left" else "left"
    sign = SIGN[side]
    bend = _bend(jumps, dip=68, soak=58)
    pitch = jumps.through(stand=0, dip=0, off=40, air=32, land=18, soak=0)
    ankle = ankle_over(point(TOE[0], sign * 0.03, 0.02 + jumps.lift(), n), Foot(pitch, 5.0), sign)
    sway = jumps.through(stand=0, dip=0, off=0, air=0, land=0.1, soak=1)
    aside = sign * (-0.03 - 0.27 * clock.dial("wobble", sway)) + clock.unrest(0.005)
    hip, shank = _hip(bend, ankle, aside, joint=sign * HALF_HIPS)
    down = clock.dial("both_feet", jumps.through(stand=0, dip=1, off=1, air=1, land=1, soak=1))
    thigh = jumps.through(stand=58, dip=88, off=60, air=62, land=68, soak=85)
    high, low = np.radians(thigh), np.radians(thigh - HELD_BEND)
    ahead, under = (THIGH * f(high) + SHANK * f(low) for f in (np.sin, np.cos))
    held = hip + point(ahead, -sign * HALF_HIPS, -under, n)
    beside = ankle - point(0.0, sign * 0.17, 0.0, n)
    hang = HELD_BEND + 10 - thigh
    legs: dict[Side, Limb] = {
        side: Reach(ankle, _knee_pole(clock.dial("knee_valgus"), sign)),
        free: Reach(held + down[:, None] * (beside - held), [1.0, 0.0, 0.3]),
    }
    return Posture(
        hip,
        legs=legs,
        feet={side: Foot(pitch, 5.0), free: Foot(hang + down * (pitch - hang), 5.0)},
        **_upper_body(jumps, shank),  # type: ignore[arg-type]
    )


_ANGLES = ("knee_flexion", "lean", "head_pitch")
MOTIONS = {
    "single_leg_jump_squat": Motion(
        single_leg_jump_squat, (1.35, 0.2, 0.9), aim_x=0.0, angles=_ANGLES, sides="one", open_limbs=True,
        view="front",
    ),
    "forward_jump_squat": Motion(forward_jump_squat, (1.3, 0.2, 0.9), aim_x=0.5, angles=_ANGLES),
    "jump_squat": Motion(jump_squat, (1.2, 0.2, 0.6), aim_x=0.0, angles=_ANGLES),
}  # fmt: skip
