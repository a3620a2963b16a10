"""What a live client may send: each message is checked here, before anything else sees it."""

import math
import struct
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from formcheck.apps.web.jpeg import jpeg_size
from formcheck.apps.web.limits import Limits
from formcheck.codec.schema import first_mistake
from formcheck.live.session import Command
from formcheck.types.landmark import COUNT
from formcheck.types.pose import Pose

#: Seconds; larger than any clock of a browser, small enough to keep milliseconds exact.
_LATEST = 1e11
_HEADER = struct.Struct("<d")


class MessageError(ValueError):
    """A message that cannot be used; the text goes back to the client."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


Time = Annotated[float, Field(ge=0, le=_LATEST)]
Side = Annotated[int, Field(ge=16, le=8192)]
Pixel = Annotated[float, Field(ge=-1e5, le=1e5)]
Metre = Annotated[float, Field(ge=-100, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
_Each = Field(min_length=COUNT, max_length=COUNT)


class PoseMessage(_Strict):
    """A body found by the browser: pixels of a picture of that size; without an ``image``, nobody."""

    t: Time
    width: Side
    height: Side
    image: Annotated[list[tuple[Pixel, Pixel]], _Each] | None
    visibility: Annotated[list[Share], _Each] | None = None
    world: Annotated[list[tuple[Metre, Metre, Metre]], _Each] | None = None

    @model_validator(mode="after")
    def _whole(self) -> "PoseMessage":
        if self.image is not None and self.visibility is None:
            raise ValueError("image without visibility")
        return self

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return self.width, self.height

    def pose(self, t: float) -> Pose:
        """The body, on the session's own clock."""
        if self.image is None:
            return Pose.nobody(t)
        world = np.full((COUNT, 3), np.nan) if self.world is None else self.world
        arrays = (np.asarray(a, np.float32) for a in (self.image, world, self.visibility))
        return Pose(t, *arrays)


class CommandMessage(_Strict):
    """What a button asks for."""

    command: Command


@dataclass(frozen=True, slots=True)
class PictureMessage:
    """A picture for the server's own landmarker; ``size`` from its header, not decoded yet."""

    t: float
    size: tuple[int, int]
    jpeg: bytes


Message = PoseMessage | CommandMessage | PictureMessage
#: What a client may send as text.
TEXT_MESSAGES: TypeAdapter[PoseMessage | CommandMessage] = TypeAdapter(PoseMessage | CommandMessage)


def read_text(text: str, limits: Limits) -> PoseMessage | CommandMessage:
    """A message in JSON.

    Raises
    ------
    MessageError
        If it is too long, no JSON, or not one of the two kinds.
    """
    if len(text) > limits.json_bytes:
        raise MessageError(f"message of {len(text)} characters: at most {limits.json_bytes}")
    try:
        return TEXT_MESSAGES.validate_json(text)
    except ValidationError as error:
        raise MessageError(first_mistake(error, skip=1)) from None


def read_picture(data: bytes, limits: Limits) -> PictureMessage:
    """A message of bytes: the time as a little-endian double, then a JPEG picture.

    Raises
    ------
    MessageError
        If it is too long, has no plausible time, or is no JPEG of a bearable size.
    """
    if len(data) > limits.jpeg_bytes:
        raise MessageError(f"picture of {len(data)} bytes: at most {limits.jpeg_bytes}")
    if len(data) <= _HEADER.size:
        raise MessageError("picture: too short; 8 bytes of time, then a JPEG")
    (t,) = _HEADER.unpack_from(data)
    if not (math.isfinite(t) and 0 <= t <= _LATEST):
        raise MessageError("picture: its time is no plausible number of seconds")
    jpeg = data[_HEADER.size :]
    size = jpeg_size(jpeg)
    if size is None:
        raise MessageError("picture: is no JPEG")
    if min(size) < 16 or max(size) > limits.jpeg_px:
        raise MessageError(f"picture of {size[0]} x {size[1]}: 16 to {limits.jpeg_px} pixels a side")
    return PictureMessage(t, size, jpeg)


class LiveRequest(_Strict):
    """What the client wants to do, from the address of the socket; None is open-ended."""

    model_config = ConfigDict(strict=False, extra="ignore", allow_inf_nan=False, frozen=True)

    exercise: Annotated[str, Field(max_length=80, pattern=r"^[a-z][a-z0-9_]*$")]
    sets: Annotated[int, Field(ge=1, le=20)] = 3
    reps: Annotated[int, Field(ge=1, le=500)] | None = 10
    seconds: Annotated[float, Field(ge=1, le=3600)] | None = 30.0
    rest: Annotated[float, Field(ge=0, le=1800)] = 60.0
    side: Literal["left", "right"] | None = None


def read_request(query: dict[str, str]) -> LiveRequest:
    """The request in an address; a number left empty is open-ended.

    Raises
    ------
    MessageError
        If a value is missing or out of bounds.
    """
    try:
        return LiveRequest.model_validate({key: value or None for key, value in query.items()})
    except ValidationError as error:
        raise MessageError(first_mistake(error)) from None
