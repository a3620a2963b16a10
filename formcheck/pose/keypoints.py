"""Keypoint sets: which of the engine's landmarks the points of another pose model are."""

from dataclasses import dataclass

import numpy as np

from formcheck.types.frame import SourceInfo
from formcheck.types.landmark import COUNT, INDEX, NAMES
from formcheck.types.pose import Floats, Model, Pose, PoseSequence


@dataclass(frozen=True, slots=True)
class KeypointSet:
    """The points of a pose model, by the names of `formcheck.types.landmark.NAMES`.

    Attributes
    ----------
    names : of each point in the model's order; points of another name are left out.

    Raises
    ------
    ValueError
        If two points have the same name, or none is a landmark.

    Examples
    --------
    >>> KeypointSet(("nose", "left_hip", "neck")).lacks[:2]
    ('left_eye_inner', 'left_eye')
    """

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        twice = sorted({name for name in self.names if self.names.count(name) > 1})
        if twice:
            raise ValueError(f"names: {twice[0]} stands there twice; give each point a name of its own")
        if not set(self.names) & INDEX.keys():
            raise ValueError(f"names: none is a landmark; those are {', '.join(NAMES)}")

    @property
    def lacks(self) -> tuple[str, ...]:
        """The landmarks that the model does not find: what needs them is not assessable."""
        return tuple(name for name in NAMES if name not in self.names)

    def pose(
        self, t: float, image: Floats, visibility: Floats | None = None, world: Floats | None = None
    ) -> Pose:
        """One body as the engine takes it; see `sequence`, without the leading axis."""
        image, world, visibility = self._placed(image, visibility, world)
        return Pose(t, image, world, visibility)

    def sequence(
        self,
        t: Floats,
        image: Floats,
        visibility: Floats | None = None,
        world: Floats | None = None,
        *,
        source: SourceInfo,
        model: Model,
    ) -> PoseSequence:
        """The bodies of a clip as the engine takes them; landmarks that the model lacks are NaN, visible 0.

        Parameters
        ----------
        t : (T,) seconds, rising.
        image : (T, K, 2) pixels, y down; NaN where a point, or nobody, was found.
        visibility : (T, K) how surely each point is where it is said to be, 0..1; None is 1 where found.
        world : (T, K, 3) metres, origin between the hips; None is not known.
        source, model : what the poses come from.

        Raises
        ------
        ValueError
            If a shape does not fit; the message names the array.
        """
        image, world, visibility = self._placed(image, visibility, world)
        return PoseSequence(
            t, image, world, visibility, source.width_px, source.height_px, source=source, model=model
        )

    def _placed(
        self, image: Floats, visibility: Floats | None, world: Floats | None
    ) -> tuple[Floats, Floats, Floats]:
        bodies = np.shape(image)[:-2]
        if visibility is None:
            visibility = np.ones((*bodies, len(self.names)))
        if world is None:
            world = np.full((*bodies, len(self.names), 3), np.nan)
        points = self._at_landmarks("image", image, (*bodies, len(self.names), 2))
        metres = self._at_landmarks("world", world, (*bodies, len(self.names), 3))
        sure = self._at_landmarks("visibility", visibility, (*bodies, len(self.names)))
        found = np.isfinite(points).all(axis=-1)
        somebody = found.any(axis=-1, keepdims=True)
        return points, metres, np.where(found, sure, np.where(somebody, 0.0, np.nan))

    def _at_landmarks(self, what: str, given: Floats, shape: tuple[int, ...]) -> Floats:
        """What is given of the points, (..., K) or (..., K, n), at their landmarks; NaN elsewhere."""
        if np.shape(given) != shape:
            raise ValueError(f"{what}: expected shape {shape}, got {np.shape(given)}")
        axis = len(shape) - (1 if what == "visibility" else 2)
        points = np.moveaxis(np.asarray(given, np.float32), axis, 0)
        placed = np.full((COUNT, *points.shape[1:]), np.nan, np.float32)
        for point, name in zip(points, self.names, strict=True):
            if name in INDEX:
                placed[INDEX[name]] = point
        return np.moveaxis(placed, 0, axis)
