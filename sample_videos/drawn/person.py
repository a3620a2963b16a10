"""Who is drawn: how a person is built and dressed. The rig's own proportions are the default."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX
from sample_videos.drawn.rig import SIDES

Array = NDArray[np.float64]
Tone = tuple[int, int, int]

_FACE = tuple(i for i in range(INDEX["left_shoulder"]))
_HAND, _FOOT = ("index", "pinky", "thumb"), ("heel", "toe")


@dataclass(frozen=True)
class Person:
    """Build and clothes; 1 is as the rig has it.

    Attributes
    ----------
    height : of the whole body, about 1.72 m.
    trunk, upper_arm, forearm, thigh, shank, feet, head, shoulders, hips : lengths against the height; of the
        last two, widths.
    girth, waist : thickness of the limbs and of the trunk.
    belly, bust : how much further the trunk reaches forward there, metres.
    loose : how far the clothes stand off, metres.
    sleeves, legs, hair : what is worn.
    stripes : whether the shirt has stripes, of the tone "stripe".
    tones : colours other than `body.TONES`, name and RGB 0..255.
    """

    height: float = 1.0
    trunk: float = 1.0
    upper_arm: float = 1.0
    forearm: float = 1.0
    thigh: float = 1.0
    shank: float = 1.0
    feet: float = 1.0
    head: float = 1.0
    shoulders: float = 1.0
    hips: float = 1.0
    girth: float = 1.0
    waist: float = 1.0
    belly: float = 0.0
    bust: float = 0.0
    loose: float = 0.0
    sleeves: Literal["none", "short", "long"] = "short"
    legs: Literal["bare", "shorts", "long"] = "shorts"
    hair: Literal["none", "short", "long"] = "short"
    stripes: bool = False
    tones: tuple[tuple[str, Tone], ...] = ()


#: Whom the sample clips show.
USUAL = Person()


def built(joints: Array, person: Person) -> Array:
    """The landmarks (T, 33, 3) of the rig on the bones of ``person``.

    Every bone keeps its direction. The lowest point keeps its height in every frame, so that who stands still
    stands and who jumps jumps; what else touched the floor may come to lie a few centimetres off it.
    """

    def old(name: str) -> Array:
        if name in INDEX:
            return joints[:, INDEX[name]]
        return (joints[:, INDEX[f"left_{name}"]] + joints[:, INDEX[f"right_{name}"]]) / 2

    p = person
    new: dict[str, Array] = {"hip": old("hip")}

    def grow(name: str, root: str, by: float) -> None:
        new[name] = new[root] + by * (old(name) - old(root))

    grow("shoulder", "hip", p.trunk)
    grow("ear", "shoulder", p.trunk)
    out = np.empty_like(joints)
    for i in _FACE:
        out[:, i] = new["ear"] + p.head * (joints[:, i] - old("ear"))
    for side in SIDES:
        bones = [("shoulder", "", p.shoulders), ("hip", "", p.hips)]
        bones += [("elbow", "shoulder", p.upper_arm), ("wrist", "elbow", p.forearm)]
        bones += [("knee", "hip", p.thigh), ("ankle", "knee", p.shank)]
        bones += [(name, "wrist", 1.0) for name in _HAND] + [(name, "ankle", p.feet) for name in _FOOT]
        for name, root, by in bones:
            grow(f"{side}_{name}", f"{side}_{root}" if root else name, by)
            out[:, INDEX[f"{side}_{name}"]] = new[f"{side}_{name}"]
    out *= p.height
    out[..., 2] += (joints[..., 2].min(axis=1) - out[..., 2].min(axis=1))[:, None]
    return out
