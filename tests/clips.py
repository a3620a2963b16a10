"""Small videos made on the fly, for tests that need pixels of a known kind."""

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer

#: Colours of the quarters of every picture: top left, top right, bottom left, bottom right.
RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 30), (30, 30, 220), (128, 128, 128)
QUARTERS = (RED, GREEN, BLUE, GREY)


def picture(width: int = 96, height: int = 64) -> np.ndarray:
    """(H, W, 3) uint8 of four coloured quarters, so that every turn and mirror image can be known."""
    rgb = np.empty((height, width, 3), np.uint8)
    rgb[: height // 2, : width // 2], rgb[: height // 2, width // 2 :] = RED, GREEN
    rgb[height // 2 :, : width // 2], rgb[height // 2 :, width // 2 :] = BLUE, GREY
    return rgb


def quarters(rgb: np.ndarray) -> list[int]:
    """Which colour of `QUARTERS` lies top left, top right, bottom left, bottom right."""
    height, width = rgb.shape[:2]
    spots = [rgb[y, x] for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [int(np.argmin([np.abs(spot.astype(int) - c).sum() for c in QUARTERS])) for spot in spots]


def write_clip(
    path: Path,
    *,
    times_ms: Sequence[int] | None = None,
    frames: int = 30,
    size: tuple[int, int] = (96, 64),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    gop: int = 10,
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    rgb: np.ndarray | None = None,
    container: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    sound_s: int = 0,
) -> Path:
    """A clip of equal pictures shown at the given milliseconds (25 a second by default)."""
    times = list(times_ms) if times_ms is not None else [40 * i for i in range(frames)]
    with av.open(str(path), "w", options=container or {}) as out:
        out.metadata.update(metadata or {})
        stream = out.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.gop_size = gop
        stream.codec_context.time_base = Fraction(1, 1000)
        if aspect is not None:
            stream.sample_aspect_ratio = aspect
        sound = out.add_stream("aac", rate=16000) if sound_s else None
        for at in times:
            frame = av.VideoFrame.from_ndarray(picture(*size) if rgb is None else rgb, format="rgb24")
            frame.pts, frame.time_base = at, Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound is not None:
            _silence(out, sound, sound_s)
    return path


def write_frames(
    path: Path,
    pictures: Sequence[np.ndarray],
    fps: Fraction,
    pix_fmt: str,
    aspect: Fraction,
    *,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
) -> Path:
    """A clip of these pictures, evenly spaced, whose pixels are so much wider than high."""
    with av.open(str(path), "w") as out:
        fast = {"preset": "ultrafast", "crf": "18"}
        stream = out.add_stream(codec, rate=fps, options=fast if options is None else options)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt, stream.sample_aspect_ratio = pix_fmt, aspect
        for rgb in pictures:
            out.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        out.mux(stream.encode())
    return path


def write_sound(path: Path) -> Path:
    """A file with sound and no picture."""
    with av.open(str(path), "w") as out:
        _silence(out, out.add_stream("aac", rate=16000), 1)
    return path


def _silence(out: OutputContainer, stream: av.AudioStream, seconds: int) -> None:
    for i in range(16000 * seconds // 1024):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.sample_rate, frame.pts = 16000, 1024 * i
        out.mux(stream.encode(frame))
    out.mux(stream.encode())


def turn(path: Path, a: int, b: int, c: int, d: int) -> Path:
    """Set the display matrix of an mp4: x' = a x + c y, y' = b x + d y, as a phone held sideways does."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40  # version 0 header: 40 bytes before the matrix
    one = 1 << 16
    struct.pack_into(">9i", data, at, a * one, b * one, 0, c * one, d * one, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path
