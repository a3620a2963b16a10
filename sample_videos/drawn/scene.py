"""Where a person is drawn: room, light, and how the camera stands; by default as in the sample clips."""

from dataclasses import dataclass
from typing import Literal

Vector = tuple[float, float, float]
Walls = Literal["plain", "cluttered", "gym", "outdoors", "window"]


@dataclass(frozen=True)
class Light:
    """What lights the person.

    Attributes
    ----------
    toward : the way to the light: right, down and away in the picture, any length.
    key, sky, ambient : of the light, of what comes from above, and from everywhere.
    tint : of all of it, linear RGB.
    """

    toward: Vector = (-0.48, -0.72, -0.50)
    key: float = 0.86
    sky: float = 0.30
    ambient: float = 0.26
    tint: Vector = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Shot:
    """How the camera stands against the usual one for a view.

    Attributes
    ----------
    turn : degrees further around the person.
    lens_m : height of the lens; it is tilted to look at what the usual one looks at. None: level.
    roll : degrees clockwise.
    nearer : distance over the usual one; the person stays as large, so below 1 it sees a wider angle.
    larger : size of the person in the picture.
    aside : share of the picture's width by which the person stands right of the middle.
    """

    turn: float = 0.0
    lens_m: float | None = None
    roll: float = 0.0
    nearer: float = 1.0
    larger: float = 1.0
    aside: float = 0.0


@dataclass(frozen=True)
class Scene:
    """Everything in the picture but the person.

    Attributes
    ----------
    walls, wall, floor : what stands there, and its colours, RGB 0..255.
    dim : how bright the room is.
    seed : of what lies about in it, and of the noise.
    exposed : how long the shutter is open, share of a frame; 0 blurs nothing.
    noise : of the sensor, standard deviation in levels of 255.
    """

    walls: Walls = "plain"
    wall: tuple[int, int, int] = (206, 202, 194)
    floor: tuple[int, int, int] = (166, 146, 124)
    dim: float = 1.0
    seed: int = 0
    light: Light = Light()
    shot: Shot = Shot()
    exposed: float = 0.0
    noise: float = 0.0


#: Where the sample clips were filmed.
STUDIO = Scene()
