"""Flesh on the rig: landmarks become solids (swept spheres and ellipsoids) with a tone each.

Body volume, a head, shading and feet are what a pose model needs to see a person.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX
from sample_videos.drawn.person import Person
from sample_videos.drawn.rig import NOSE_DROP

Array = NDArray[np.float64]

#: Tones, RGB 0..255; a solid holds the index of its own.
TONES = {
    "skin": (214, 164, 134),
    "shirt": (52, 126, 150),
    "shorts": (58, 62, 92),
    "shoe": (226, 226, 222),
    "sole": (74, 76, 84),
    "hair": (70, 50, 40),
    "eye": (44, 36, 36),
    "lip": (172, 104, 94),
    "sock": (236, 236, 236),
    "stripe": (226, 210, 120),
}
TONE_INDEX = {name: i for i, name in enumerate(TONES)}

#: Trunk from hips (0) to shoulders (1): half width, half depth, ahead of the joints, metres.
TRUNK_PROFILE = np.array(
    [
        (-0.06, 0.140, 0.112, -0.014),
        (0.04, 0.166, 0.120, -0.014),
        (0.18, 0.161, 0.114, -0.006),
        (0.36, 0.141, 0.101, 0.004),
        (0.54, 0.146, 0.107, 0.008),
        (0.72, 0.168, 0.119, 0.010),
        (0.84, 0.172, 0.112, 0.005),
        (0.93, 0.150, 0.090, -0.004),
    ]
)
TRUNK_SLICES = 26
#: Where along the trunk a belly and a bust reach forward the most, and how far up and down from there.
BELLY, BUST = (0.30, 0.22), (0.70, 0.13)


@dataclass(frozen=True, eq=False)
class Cone:
    """A sphere swept from ``a`` to ``b`` while its radius goes from ``ra`` to ``rb``.

    Beyond ``cut`` (share of the way) it has the tone ``tone2``: the end of a sleeve.
    """

    a: Array
    b: Array
    ra: float
    rb: float
    tone: str
    cut: float = 2.0
    tone2: str = "skin"

    @property
    def points(self) -> tuple[Array, ...]:
        """Where it is."""
        return self.a, self.b


@dataclass(frozen=True, eq=False)
class Ellipsoid:
    """``axes`` (3, 3): the rows are the semi-axes, metres."""

    centre: Array
    axes: Array
    tone: str

    @property
    def points(self) -> tuple[Array, ...]:
        """Where it is."""
        return (self.centre,)


Solid = Cone | Ellipsoid


def _unit(v: Array) -> Array:
    out: Array = v / np.linalg.norm(v)
    return out


class _Body:
    """Landmarks (33, 3) by name, and the solids made of them."""

    def __init__(self, joints: Array, person: Person) -> None:
        self.joints = joints
        self.person = person
        self.thick = person.height * person.girth
        self.solids: list[Solid] = []

    def __call__(self, name: str) -> Array:
        if name in INDEX:
            return self.joints[INDEX[name]]
        return (self.joints[INDEX[f"left_{name}"]] + self.joints[INDEX[f"right_{name}"]]) / 2

    def cone(
        self, a: Array, b: Array, ra: float, rb: float, tone: str, cut: float = 2.0, tone2: str = "skin"
    ) -> None:
        self.solids.append(Cone(a, b, ra, rb, tone, cut, tone2))

    def egg(self, centre: Array, axes: list[Array], tone: str) -> None:
        self.solids.append(Ellipsoid(centre, np.array(axes), tone))


def solids(joints: Array, person: Person) -> list[Solid]:
    """All solids of one body (33, 3), metres in the room."""
    body = _Body(joints, person)
    _trunk(body)
    _head(body)
    for side in ("left", "right"):
        _arm(body, side)
        _leg(body, side)
    return body.solids


def _bulge(t: float, where: tuple[float, float]) -> float:
    return float(np.exp(-(((t - where[0]) / where[1]) ** 2)))


def _trunk(body: _Body) -> None:
    hip, shoulder, who = body("hip"), body("shoulder"), body.person
    along = shoulder - hip
    up = _unit(along)
    low = _unit(body("left_hip") - body("right_hip"))
    high = _unit(body("left_shoulder") - body("right_shoulder"))
    thick = who.height * who.waist
    for k, t in enumerate(np.linspace(TRUNK_PROFILE[0, 0], TRUNK_PROFILE[-1, 0], TRUNK_SLICES)):
        width, depth, ahead = (np.interp(t, TRUNK_PROFILE[:, 0], TRUNK_PROFILE[:, j]) for j in (1, 2, 3))
        wide = np.interp(t, [0.0, 0.36, 0.9], [who.hips, 1.0, who.shoulders])
        forward = who.belly * _bulge(t, BELLY) + who.bust * _bulge(t, BUST)
        width, depth = width * thick * wide + who.loose, depth * thick + who.loose + forward / 2
        side = low + np.clip(t, 0, 1) * (high - low)
        side = _unit(side - (side @ up) * up)
        front = np.cross(side, up)
        centre = hip + t * along + (ahead + forward / 2) * front
        shirt = "stripe" if who.stripes and k // 2 % 2 else "shirt"
        body.egg(centre, [width * side, depth * front, 0.11 * up], "shorts" if t < 0.16 else shirt)
    neck = shoulder + 0.075 * up
    for side_name in ("left", "right"):
        root = body(f"{side_name}_shoulder") + 0.005 * up
        body.cone(neck - 0.02 * up, root, 0.045 * body.thick, 0.055 * body.thick, "shirt")


def _head(body: _Body) -> None:
    ear, who = body("ear"), body.person
    k = who.height * who.head
    left = _unit(body("left_ear") - body("right_ear"))
    look = _unit(body("nose") - ear)
    angle = np.radians(NOSE_DROP)
    ahead = np.cos(angle) * look + np.sin(angle) * np.cross(look, left)
    up = np.cross(ahead, left)

    def at(forward: float, above: float, aside: float = 0.0) -> Array:
        return ear + k * forward * ahead + k * above * up + k * aside * left

    def egg(centre: Array, forward: float, aside: float, above: float, tone: str) -> None:
        body.egg(centre, [k * forward * ahead, k * aside * left, k * above * up], tone)

    def cone(a: Array, b: Array, ra: float, rb: float, tone: str) -> None:
        body.cone(a, b, k * ra, k * rb, tone)

    trunk_up = _unit(body("shoulder") - body("hip"))
    cone(body("shoulder") + 0.02 * trunk_up, at(-0.005, -0.03), 0.062, 0.054, "skin")
    egg(at(0.008, 0.035), 0.098, 0.076, 0.105, "skin")
    egg(at(0.040, -0.030), 0.066, 0.058, 0.080, "skin")
    if who.hair != "none":
        egg(at(-0.012, 0.058), 0.098, 0.083, 0.094, "hair")
    if who.hair == "long":
        cone(at(-0.085, 0.050), at(-0.120, -0.060), 0.040, 0.034, "hair")
        cone(at(-0.120, -0.060), at(-0.130, -0.200), 0.034, 0.018, "hair")
    cone(at(0.102, 0.030), at(0.117, -0.004), 0.008, 0.013, "skin")
    cone(at(0.102, -0.046, 0.018), at(0.102, -0.046, -0.018), 0.008, 0.008, "lip")
    for sign in (1.0, -1.0):
        egg(at(0.0, 0.0, 0.077 * sign), 0.020, 0.010, 0.032, "skin")
        egg(at(0.092, 0.034, 0.031 * sign), 0.010, 0.013, 0.008, "eye")
        cone(at(0.097, 0.054, 0.018 * sign), at(0.088, 0.055, 0.046 * sign), 0.006, 0.005, "hair")


def _arm(body: _Body, side: str) -> None:
    shoulder, elbow, wrist = (body(f"{side}_{name}") for name in ("shoulder", "elbow", "wrist"))
    k, cloth, worn = body.thick, body.person.loose, body.person.sleeves
    upper, lower = "skin" if worn == "none" else "shirt", "shirt" if worn == "long" else "skin"
    body.cone(
        shoulder, elbow, 0.058 * k + cloth, 0.041 * k + cloth, upper, cut=2.0 if worn == "long" else 0.62
    )
    if worn != "long":
        cloth = 0.0
    middle = elbow + 0.3 * (wrist - elbow)
    body.cone(elbow, middle, 0.040 * k + cloth, 0.042 * k + cloth, lower)
    body.cone(middle, wrist, 0.042 * k + cloth, 0.028 * k + cloth, lower)
    index, pinky, thumb = (body(f"{side}_{name}") for name in ("index", "pinky", "thumb"))
    knuckles = (index + pinky) / 2
    along = _unit(knuckles - wrist)
    across = index - pinky
    across = _unit(across - (across @ along) * along)
    flat = np.cross(along, across)
    body.egg(wrist + 0.055 * along, [0.060 * along, 0.040 * across, 0.019 * flat], "skin")
    body.egg(wrist + 0.125 * along, [0.052 * along, 0.034 * across, 0.014 * flat], "skin")
    body.cone(wrist + 0.02 * along, thumb + 0.03 * along, 0.015, 0.011, "skin")


#: How far down the thigh above and below its middle what is worn reaches.
_WORN = {"bare": (0.25, -1.0), "shorts": (2.0, 0.30), "long": (2.0, 2.0)}


def _leg(body: _Body, side: str) -> None:
    hip, knee, ankle = (body(f"{side}_{name}") for name in ("hip", "knee", "ankle"))
    k, worn = body.thick, body.person.legs
    high, low = _WORN[worn]
    cloth = 0.0 if worn == "bare" else body.person.loose
    middle = hip + 0.5 * (knee - hip)
    # It begins below the joint, so that the hips are round and not square.
    body.cone(hip + 0.10 * (knee - hip), middle, 0.086 * k + cloth, 0.078 * k + cloth, "shorts", cut=high)
    end = cloth if worn == "long" else 0.0
    body.cone(middle, knee, 0.078 * k + cloth, 0.054 * k + end, "shorts", cut=low)
    heel, toe = body(f"{side}_heel"), body(f"{side}_toe")
    forward = _unit(toe - heel)
    shin = _unit(ankle - knee)
    # The calf is behind the shin bone: on the side away from the toes, seen across the shin.
    back = -(forward - (forward @ shin) * shin)
    back = back / max(float(np.linalg.norm(back)), 0.3)
    calf = knee + 0.30 * (ankle - knee) + 0.014 * back
    lower = "shorts" if worn == "long" else "skin"
    body.cone(knee, calf, 0.053 * k + end, 0.056 * k + end, lower)
    body.cone(calf, ankle, 0.056 * k + end, 0.036 * k + end, lower, cut=0.80, tone2="sock")
    up = ankle - heel
    up = _unit(up - (up @ forward) * forward)
    ball = toe - 0.045 * forward
    body.cone(ankle, heel + 0.016 * up, 0.040, 0.036, "shoe")
    body.cone(ankle - 0.005 * up, ball + 0.018 * up, 0.040, 0.034, "shoe")
    body.cone(heel + 0.014 * up, ball + 0.014 * up, 0.035, 0.036, "shoe")
    body.cone(ball + 0.012 * up, toe + 0.008 * up, 0.035, 0.026, "shoe")
    for start, end, radius in ((heel, ball, 0.034), (ball, toe + 0.004 * forward, 0.033)):
        axis = end - start
        side_axis = np.cross(forward, up)
        centre = (start + end) / 2 - 0.008 * up
        body.egg(
            centre, [(0.5 * np.linalg.norm(axis) + radius) * forward, 0.040 * side_axis, 0.013 * up], "sole"
        )
