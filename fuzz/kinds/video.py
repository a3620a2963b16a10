"""Clips: the start of a drawn sample or a made one, in many containers, and lies of every box and packet."""

import re
import struct
import tempfile
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import av
import numpy as np
from numpy.typing import NDArray

from fuzz.command import JUDGED, no_half, refusal, run, warnings
from fuzz.ending import Ending, ImproperError, check_line
from fuzz.inputs import MARK, Input, Kind
from tests.end_to_end.clips import SAMPLES, write_start

#: Ending, codec and pixel format of what PyAV writes.
_MADE = (
    *((".mp4", "libx264", "yuv420p"), (".mp4", "mpeg4", "yuv420p"), (".mp4", "libx265", "yuv420p10le")),
    *((".mov", "mjpeg", "yuvj420p"), (".mov", "prores_ks", "yuv422p10le"), (".mov", "png", "rgb24")),
    *((".mkv", "libx264", "yuv444p"), (".mkv", "ffv1", "bgr0"), (".webm", "libvpx", "yuv420p")),
    *((".webm", "libvpx-vp9", "yuv420p"), (".ts", "mpeg2video", "yuv420p"), (".ts", "libx264", "yuv420p")),
    *((".gif", "gif", "rgb8"), (".avi", "mpeg4", "yuv420p"), (".avi", "mjpeg", "yuvj420p")),
    *((".avi", "rawvideo", "bgr24"), (".flv", "flv", "yuv420p"), (".wmv", "wmv2", "yuv420p")),
)
#: Large enough for a person to be found in.
_SIZE = (320, 240)
_SAMPLES = ("squat_side_clean", "plank_clean", "running_clean", "nobody")
_TS = 188


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip before it is written.

    Attributes
    ----------
    made : container, codec and pixels; None copies the packets of the sample.
    sample : whose pictures it shows; None shows grey.
    frames : how many; ``times``, milliseconds, say when each is shown.
    """

    made: tuple[str, str, str] | None = None
    sample: str | None = None
    frames: int = 6
    size: tuple[int, int] = (64, 48)
    times: tuple[int, ...] = ()
    rate: Fraction = Fraction(25)
    aspect: Fraction | None = None
    sound: bool = False


def _base(rng: Random) -> Clip:
    if rng.random() < 0.3:
        return Clip(sample=rng.choice(_SAMPLES), frames=rng.choice((6, 8, 12)))
    shown = {"sample": rng.choice(_SAMPLES), "size": _SIZE} if rng.random() < 0.5 else {}
    return Clip(made=rng.choice(_MADE), frames=rng.choice((1, 6, 8)), sound=rng.random() < 0.2, **shown)


def _again(clip: Clip, rng: Random) -> tuple[str, str, str]:
    """How it is encoded once it is no copy."""
    return clip.made or rng.choice(_MADE)


def _sized(clip: Clip, rng: Random) -> Clip:
    sizes = ((2, 2), (16, 400), (400, 16), (63, 47), (1, 64), (640, 8), (640, 360), (66, 50))
    return replace(clip, made=_again(clip, rng), size=rng.choice(sizes))


def _timed(clip: Clip, rng: Random) -> Clip:
    steps = [rng.choice((0, 1, 40, 40, 40, 1000, 10**7, 2**33, -40)) for _ in range(clip.frames)]
    return replace(clip, made=_again(clip, rng), times=tuple(int(t) for t in np.cumsum(steps)))


def _rated(clip: Clip, rng: Random) -> Clip:
    return replace(
        clip,
        made=_again(clip, rng),
        rate=rng.choice((Fraction(1), Fraction(240), Fraction(30000, 1001), Fraction(1, 60))),
    )


def _pressed(clip: Clip, rng: Random) -> Clip:
    aspects = (Fraction(4, 3), Fraction(1, 200), Fraction(200), Fraction(10**6), Fraction(1, 10**6))
    return replace(clip, made=_again(clip, rng), aspect=rng.choice(aspects))


def _write(clip: Clip) -> tuple[str, bytes]:
    return _written(clip)


@cache
def _written(clip: Clip) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"clip{clip.made[0] if clip.made else '.mp4'}"
        try:
            if clip.sample and not clip.made:
                write_start(path, clip.frames, SAMPLES / f"{clip.sample}.mp4")
            else:
                _encode(clip, path)
        except (
            av.error.FFmpegError,
            OSError,
            ValueError,
        ):  # no codec takes every size and time: cut off there
            pass
        return path.suffix, path.read_bytes() if path.exists() else b""


def _encode(clip: Clip, path: Path) -> None:
    _, codec, pixels = clip.made or _MADE[0]
    width, height = clip.size
    with av.open(str(path), "w", container_options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream(
            codec, rate=clip.rate, options={"threads": "1", "x265-params": "log-level=none:pools=none"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        stream.codec_context.thread_count = 1
        if clip.times:
            stream.codec_context.time_base = Fraction(1, 1000)
        if clip.aspect:
            stream.sample_aspect_ratio = clip.aspect
        sound = (
            out.add_stream("aac", rate=16000)
            if clip.sound and path.suffix in (".mp4", ".mov", ".mkv")
            else None
        )
        for i in range(clip.frames):
            shown = _pictures(clip.sample, clip.size) if clip.sample else ()
            rgb = shown[i % len(shown)] if shown else np.full((height, width, 3), 90 + 10 * i, np.uint8)
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            if clip.times:
                frame.pts, frame.time_base = clip.times[i % len(clip.times)], Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound:
            quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            quiet.sample_rate, quiet.pts = 16000, 0
            out.mux(sound.encode(quiet))
            out.mux(sound.encode())


@cache
def _pictures(sample: str, size: tuple[int, int]) -> tuple[NDArray[np.uint8], ...]:
    """The first pictures of a sample, in another size."""
    with av.open(str(SAMPLES / f"{sample}.mp4")) as given:
        frames = islice(given.decode(video=0), 8)
        return tuple(frame.to_ndarray(format="rgb24", width=size[0], height=size[1]) for frame in frames)


# --- lies of containers -------------------------------------------------------------------------------------

_BOXES = re.compile(
    rb"ftyp|moov|mvhd|trak|tkhd|mdia|mdhd|hdlr|minf|stbl|stsd|stts|stss|stsc|stsz|stco|ctts|edts|elst|mdat|avc1|avcC|"
    rb"hvcC|hev1|mp4v|esds|colr|pasp|udta|RIFF|LIST|hdrl|strl|strh|strf|movi|idx1|00dc|JUNK"
)
_CODECS = re.compile(rb"avc1|hev1|mp4v|jpeg|ap[a-z]{2}|png |V_[A-Z0-9/]{4,}|MJPG|FMP4|XVID|H264")


def _box(data: bytes, rng: Random, change: str) -> bytes:
    found = list(_BOXES.finditer(data))
    if not found:
        return data
    at = rng.choice(found).start()
    size = int.from_bytes(data[max(0, at - 4) : at], "big")
    size = size if 8 <= size <= len(data) - at + 4 else 8
    start, end = max(0, at - 4), at - 4 + size
    if change == "drop":
        return data[:start] + data[end:]
    if change == "double":
        return data[:end] + data[start:end] + data[end:]
    if change == "rename":
        return (
            data[:at]
            + rng.choice((b"free", b"skip", b"moov", b"trak", b"\0\0\0\0", rng.randbytes(4)))
            + data[at + 4 :]
        )
    lie = rng.choice((0, 1, 7, 8, size + 1, size * 2, 2**31, 2**32 - 1))
    return data[:start] + struct.pack(">I", lie) + data[at:]


def _drop_box(data: bytes, rng: Random) -> bytes:
    return _box(data, rng, "drop")


def _double_box(data: bytes, rng: Random) -> bytes:
    return _box(data, rng, "double")


def _rename_box(data: bytes, rng: Random) -> bytes:
    return _box(data, rng, "rename")


def _size_box(data: bytes, rng: Random) -> bytes:
    return _box(data, rng, "size")


def _field(data: bytes, rng: Random) -> bytes:
    """A number within a box: time scales, lengths, matrices, sizes of pictures, offsets."""
    found = list(_BOXES.finditer(data))
    if not found:
        return data
    at = rng.choice(found).end() + 4 * rng.randrange(20) + rng.choice((0, 0, 0, 2))
    lie = rng.choice((0, 1, 2, 255, 65535, 65536, 2**24, 2**30, 2**31 - 1, 2**31, 2**32 - 1))
    return data[:at] + struct.pack(rng.choice((">I", "<I")), lie) + data[at + 4 :]


def _no_codec(data: bytes, rng: Random) -> bytes:
    """A track that no decoder knows."""
    found = list(_CODECS.finditer(data))
    if not found:
        return data
    at = rng.choice(found)
    other = rng.choice((b"abcd", b"mebx", b"\0\0\0\0", b"tmcd", b"raw ", b"V_XX/YYYY/ZZZZZZZ"))
    return data[: at.start()] + other.ljust(len(at[0]), b"X")[: len(at[0])] + data[at.end() :]


def _packets(data: bytes, rng: Random) -> bytes:
    """Pieces of a transport stream lost, doubled, mixed, or of another programme."""
    pieces = [data[i : i + _TS] for i in range(0, len(data), _TS)]
    if data[:1] != b"G" or len(pieces) < 2:
        return data
    i, j = rng.randrange(len(pieces)), rng.randrange(len(pieces))
    match rng.randrange(5):
        case 0:
            del pieces[i]
        case 1:
            pieces[i], pieces[j] = pieces[j], pieces[i]
        case 2:
            pieces[i] = pieces[i][:1] + rng.randbytes(2) + pieces[i][3:]
        case 3:
            return data + data  # the clock starts anew
        case _:
            rng.shuffle(pieces)
    return b"".join(pieces)


def _joined(data: bytes, rng: Random) -> bytes:
    """The start of one file, the end of another of another kind."""
    other = _written(Clip(made=rng.choice(_MADE), frames=2))[1]
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def _meet(given: Input, folder: Path) -> Ending:
    (folder / given.name).write_bytes(given.data)
    ran = run("analyze", given.name, "-e", "squat", "-o", "out", "--quiet")
    no_half(folder)
    judged = [path.parent for path in folder.glob("out/*/session.json")]
    if judged:
        warnings(ran, MARK)
        return Ending("judged", ran.err.strip())
    if ran.code == JUDGED or (folder / "out").exists():
        raise ImproperError(
            "leftover", f"exit code {ran.code}, no session, folder of results: {(folder / 'out').exists()}"
        )
    line = refusal(ran, MARK)
    if "nobody" in line:  # it can be read, and would be played at its own pace
        return Ending("refused", line)
    live = run("live", "--camera", given.name, "-e", "squat", "--headless", "--no-voice")
    if live.code:
        check_line(live.err.splitlines()[-1], MARK)  # before it, the session tells how it begins
    return Ending("refused", line)


KIND = Kind(
    "video",
    _base,
    (_sized, _timed, _rated, _pressed),
    _write,
    _meet,
    bends=(
        _drop_box,
        _double_box,
        _rename_box,
        _size_box,
        _field,
        _field,
        _field,
        _no_codec,
        _packets,
        _joined,
    ),
)
