"""A take as another person would have moved and been filmed: the same exercise all the same."""

from dataclasses import replace

import numpy as np

from formcheck.types.pose import PoseSequence

#: Spread of a camera's roll (degrees), of widths and heights and of time (logarithms), and of shear.
ROLL, SIZES, TEMPO, SHEAR = 4.0, 0.08, 0.25, 0.06


def varied(poses: PoseSequence, rng: np.random.Generator) -> PoseSequence:
    """The same poses, slower or faster, wider or higher, from a camera that is tilted a little."""
    roll = np.radians(rng.normal(0, ROLL))
    turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    wide, high = np.exp(rng.normal(0, SIZES, 2))
    bend = turn @ np.array([[wide, rng.normal(0, SHEAR)], [0.0, high]])
    middle = np.array([poses.width_px, poses.height_px]) / 2
    world = np.array(poses.world)
    world[..., :2] = world[..., :2] @ bend.T
    image = (poses.image - middle) @ bend.T + middle
    return replace(poses, t=poses.t * np.exp(rng.normal(0, TEMPO)), image=image, world=world)
