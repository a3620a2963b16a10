"""What `formcheck live` watches: a camera by its number, a stream by its address, or a clip."""

import re
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from formcheck.errors import SourceError
from formcheck.sources.camera import LiveCamera
from formcheck.sources.live_file import LiveFile
from formcheck.sources.video import open_source
from formcheck.types.frame import Frame, SourceInfo

_ADDRESS = re.compile(r"(rtsps?|https?)://(.+)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"(?:/dev/video)?([0-9]{1,3})")


@runtime_checkable
class LiveSource(Protocol):
    """Pictures of what happens now: the newest one wins, and those nobody took in time are dropped.

    Attributes
    ----------
    info : name, kind and size of the first picture; later ones may have another size.
    """

    info: SourceInfo

    @property
    def truncated(self) -> str | None:
        """Once over, why a clip ended early; None if it was whole, and for cameras."""
        ...

    @property
    def lost(self) -> str | None:
        """One line: why there are no pictures just now; None while they come. They may come back."""
        ...

    @property
    def over(self) -> bool:
        """Whether the source was closed, or the last frame of a clip was taken."""
        ...

    @property
    def dropped(self) -> int:
        """Frames nobody took in time."""
        ...

    def now(self) -> float:
        """Seconds on the clock of the frames: ``now() - frame.t`` is the age of a frame."""
        ...

    def read(self, timeout: float) -> Frame | None:
        """A frame newer than the last one; None if none comes within so many seconds, or at the end."""
        ...

    def close(self) -> None:
        """Give back device or file; may be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_live(camera: str, *, paced: bool = True, loop: int | None = 1) -> LiveSource:
    """Open a camera ("0"), a stream ("rtsp://...", "http://..." of MJPEG) or a clip ("squats.mp4").

    Parameters
    ----------
    camera : number, address or path; a path made of digits alone needs "./" before it.
    paced, loop : of clips, see `LiveFile`; cameras ignore them.

    Raises
    ------
    SourceError
        If it does not answer, or the clip cannot be read.
    """
    if number := _NUMBER.fullmatch(camera):
        return _device(int(number[1]))
    if _ADDRESS.fullmatch(camera):
        return _stream(camera)
    return LiveFile(open_source(Path(camera)), paced=paced, loop=loop)


def _device(number: int) -> LiveCamera:
    from formcheck.sources.camera_device import OpenCvCapture, what_to_do  # noqa: PLC0415  clips do without

    try:
        return LiveCamera(f"camera {number}", OpenCvCapture(number))
    except SourceError as error:
        raise SourceError(f"{error}; {what_to_do(number)}") from None


def _stream(address: str) -> LiveCamera:
    from formcheck.sources.camera_device import OpenCvCapture  # noqa: PLC0415  clips do without

    try:
        return LiveCamera(host_of(address), OpenCvCapture(address), "stream")
    except SourceError as error:
        raise SourceError(f"{error}; check address, name and password, and that the camera is on") from None


def host_of(address: str) -> str:
    """The address without all that may hold a password: name, path and query."""
    scheme, _, rest = address.partition("://")
    host = re.split(r"[/?#]", rest.rpartition("@")[2])[0]
    # A password with a slash in it makes it unsure where the host begins.
    sure = host == re.split(r"[/?#]", rest)[0].rpartition("@")[2]
    return f"{scheme}://{host}" if sure else f"{scheme} camera"
