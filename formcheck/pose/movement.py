"""How somebody moved lately, by the looks themselves: enough to say how often to look next."""

import numpy as np

from formcheck.types.landmark import INDEX
from formcheck.types.pose import Floats, Pose

#: For so long a body must hardly have moved to be still, seconds. Judgement: longer than a repetition pauses.
STILL_S = 2.0
#: So far from its mean place no landmark of a still body strays, trunk lengths. Drawn holds (5 clips, heavy):
#: .02 to .035; within any two seconds of a slow exercise (superman, side plank lift): .06 and more.
STILL = 0.05
#: Nobody for so long is an empty room, seconds. Judgement.
EMPTY_S = 1.0
#: Running shows within this, seconds: a stride takes 0.6 to 0.8.
RUN_S = 1.5
#: The ankles pass each other so often in that time. Drawn: runs 4 or 5, of 36 other exercises one twice.
PASSES = 3
#: So far apart they are between, trunk lengths. Judgement: nearer they stand side by side.
APART = 0.25
#: A runner's trunk leans no farther, degrees. Drawn: runs 10, mountain climbers 84.
UPRIGHT_DEG = 40.0
#: Hands that swing by so much, trunk lengths, and against the feet: correlation. Of 530 upright recordings
#: nobody who lies does so.
SWING, AGAINST = 0.3, -0.4


def _both(joint: str) -> list[int]:
    return [INDEX[f"{side}_{joint}"] for side in ("left", "right")]


_SHOULDERS, _WRISTS, _HIPS, _ANKLES = (_both(joint) for joint in ("shoulder", "wrist", "hip", "ankle"))
_BODY = [INDEX["nose"], *_SHOULDERS, *_both("elbow"), *_WRISTS, *_HIPS, *_both("knee"), *_ANKLES]


class Movement:
    """What the looks of the last two seconds tell."""

    def __init__(self) -> None:
        self._poses: list[Pose] = []
        self._t, self._seen_t = 0.0, np.inf

    def add(self, pose: Pose) -> None:
        """The next look, in time order."""
        self._t = pose.t
        if pose.found:
            self._seen_t = pose.t
            self._poses = [*(self._since(STILL_S) or self._poses), pose]
        else:
            self._seen_t = min(self._seen_t, pose.t)
            self._poses.clear()

    @property
    def empty(self) -> bool:
        """Whether nobody has been there for `EMPTY_S`."""
        return self._t - self._seen_t >= EMPTY_S

    @property
    def still(self) -> bool:
        """Whether the body hardly moved for `STILL_S`."""
        images = self._images(STILL_S)
        body = images[:, _BODY]
        body = body[:, np.isfinite(body).all(axis=(0, 2))]
        if not body.size:
            return False
        strayed = np.linalg.norm(body - body.mean(axis=0), axis=2).max()
        return bool(strayed < STILL * np.median(np.linalg.norm(_trunk(images), axis=1)))

    @property
    def running(self) -> bool:
        """Whether the trunk was upright for `RUN_S` and the legs took turns; brisk walks pass for runs.

        Upright is along any side of the picture, which may have to be turned. Where it is not along the
        height of it as it is, the arms must swing against the legs, which those of lying people do not.
        """
        images = self._images(RUN_S)
        images = images[np.isfinite(images[:, [*_SHOULDERS, *_HIPS, *_ANKLES]]).all(axis=(1, 2))]
        if not len(images):
            return False
        trunk, feet, hands = _trunk(images), _apart(images, _ANKLES), _apart(images, _WRISTS)
        up = _side(trunk.mean(axis=0))
        lean = np.degrees(np.arctan2(np.abs(trunk @ up[::-1]), trunk @ up))  # up is along an axis
        *_, axes = np.linalg.svd(feet, full_matrices=False)
        along, swing = (apart @ axes[0] / np.median(np.linalg.norm(trunk, axis=1)) for apart in (feet, hands))
        passes = np.count_nonzero(np.diff(np.sign(along[np.abs(along) > APART])))
        taking_turns = lean.max() <= UPRIGHT_DEG and passes >= PASSES
        return bool(taking_turns and (up[1] < 0 or _against(along, swing)))

    def _since(self, seconds: float) -> list[Pose]:
        """The looks of the last ``seconds``, from the last before them on; none if there is no such."""
        before = [i for i, pose in enumerate(self._poses) if self._t - pose.t >= seconds]
        return self._poses[before[-1] :] if before else []

    def _images(self, seconds: float) -> Floats:
        """(n, L, 2) pixels of `_since`."""
        return np.array([pose.image for pose in self._since(seconds)]).reshape(-1, len(INDEX), 2)


def _apart(images: Floats, joints: list[int]) -> Floats:
    """(n, 2) pixels from the right one of two joints to the left one."""
    apart: Floats = images[:, joints[0]] - images[:, joints[1]]
    return apart


def _side(direction: Floats) -> Floats:
    """The direction along a side of the picture that is nearest to a direction."""
    side = np.zeros(2)
    axis = int(np.abs(direction).argmax())
    side[axis] = np.sign(direction[axis])
    return side


def _against(feet: Floats, hands: Floats) -> bool:
    """Whether the hands swing against the feet."""
    return bool(np.ptp(hands) >= SWING and np.corrcoef(feet, hands)[0, 1] <= AGAINST)


def _trunk(images: Floats) -> Floats:
    """(n, 2) pixels from the middle of the hips to that of the shoulders."""
    trunk: Floats = images[:, _SHOULDERS].mean(axis=1) - images[:, _HIPS].mean(axis=1)
    return trunk
