"""Limbs that were filled in between two looks and became short on the way.

A limb that turns far from one look to the next is led by its joints, each on a way of its own, which cuts the
corner: half-way it is too short to point anywhere, and a bend that is read of it may be any.
"""

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: A filled-in limb this much shorter than in both looks beside it is not known: it has turned by more than
#: 120 degrees between them, or one of them is wrong.
SHORT = 0.5
_LIMBS = (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist"))
_BONES = [[INDEX[f"{side}_{end}"] for end in limb] for side in ("left", "right") for limb in _LIMBS]


def shrunk(image: Floats, looked: NDArray[np.integer]) -> NDArray[np.bool_]:
    """(T, L) the joints at the ends of such limbs.

    Parameters
    ----------
    image : (T, L, 2) pixels, filled in; looked : (T,) 0 where nobody looked.
    """
    out = np.zeros(image.shape[:2], np.bool_)
    looks = np.flatnonzero(looked)
    if len(looks) < 2:
        return out
    after = np.searchsorted(looks, np.arange(len(looked))).clip(1, len(looks) - 1)
    first, second = looks[after - 1], looks[after]
    for root, end in _BONES:
        length = np.linalg.norm(image[:, end] - image[:, root], axis=1)
        short = length < SHORT * np.minimum(length[first], length[second])
        out[:, end] |= short & (looked == 0)
    return out
