"""The body's landmarks by name: the only file that knows their numbers, and how many there are.

In shapes of arrays L stands for that. A pose model that finds others says which of these they are
(`formcheck.pose.keypoints`).
"""

import numpy as np

NAMES: tuple[str, ...] = (
    "nose",
    "left_eye_inner", "left_eye", "left_eye_outer",
    "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear",
    "left_mouth", "right_mouth",
    "left_shoulder", "right_shoulder",
    "left_elbow", "right_elbow",
    "left_wrist", "right_wrist",
    "left_pinky", "right_pinky",
    "left_index", "right_index",
    "left_thumb", "right_thumb",
    "left_hip", "right_hip",
    "left_knee", "right_knee",
    "left_ankle", "right_ankle",
    "left_heel", "right_heel",
    "left_toe", "right_toe",
)  # fmt: skip

COUNT = len(NAMES)
INDEX: dict[str, int] = {name: i for i, name in enumerate(NAMES)}

#: Joints that come in pairs, without their side: "shoulder", "elbow", ...
SIDED: tuple[str, ...] = tuple(name.removeprefix("left_") for name in NAMES if name.startswith("left_"))


def mirror_name(name: str) -> str:
    """The same landmark on the other side of the body; the nose is its own mirror image."""
    if name.startswith("left_"):
        return "right_" + name.removeprefix("left_")
    if name.startswith("right_"):
        return "left_" + name.removeprefix("right_")
    return name


#: Permutation that exchanges left and right: ``points[MIRROR]``.
MIRROR = np.array([INDEX[mirror_name(name)] for name in NAMES])
MIRROR.flags.writeable = False


def _bones(*chains: str) -> tuple[tuple[int, int], ...]:
    pairs = (pair for chain in chains for pair in zip(chain.split(), chain.split()[1:], strict=False))
    return tuple((INDEX[a], INDEX[b]) for a, b in pairs)


#: Segments of the body worth drawing or measuring, as pairs of landmark numbers.
BONES = _bones(
    "left_ear left_shoulder",
    "right_ear right_shoulder",
    "left_shoulder right_shoulder",
    "left_hip right_hip",
    "left_shoulder left_hip",
    "right_shoulder right_hip",
    "left_shoulder left_elbow left_wrist",
    "right_shoulder right_elbow right_wrist",
    "left_hip left_knee left_ankle left_heel left_toe left_ankle",
    "right_hip right_knee right_ankle right_heel right_toe right_ankle",
)
