"""Opening files as containers of video, with one-line reasons where that fails."""

import hashlib
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from formcheck.errors import SourceError

#: Formats that are opened. FFmpeg would also "play" text as art, and play lists, which name other files and
#: addresses and can wait for ever. Sound is let in only so that it can be refused as sound.
_FORMATS = (
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,gif,apng,mxf,nut,rm,dv,wtv,ivf,obu,m4v,h264,hevc,"
    "av1,mjpeg,mpjpeg,yuv4mpegpipe,image2,jpeg_pipe,png_pipe,webp_pipe,webp,mp3,wav,aac,flac"
)

#: Larger pictures than 8K (8192 x 4320) are no exercise but an error or an attack: one of 50,000 x 50,000
#: would take ten gigabytes.
MAX_PIXELS = 8192 * 4320
#: A longer side ends the landmarker's whole process (from 32767 on); no camera has one.
MAX_SIDE = 16384


def check_file(path: Path) -> None:
    """Refuse what is no readable, non-empty file."""
    try:
        if path.is_dir():
            raise SourceError(f"{path}: is a folder; give a video file")
        if path.exists() and not path.is_file():
            raise SourceError(f"{path}: is a device or pipe, not a file; give a video file")
        if path.stat().st_size == 0:
            raise SourceError(f"{path}: the file is empty; copy or record it again")
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file; check the path") from None
    except OSError as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            f"{path}: cannot be read ({error.strerror}); check the path and its rights"
        ) from None


def open_container(path: Path) -> InputContainer:
    """Open for demuxing; prefix and white list keep FFmpeg from reading a name as an address."""
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": _FORMATS,
        "max_pixels": str(MAX_PIXELS),  # while it looks what the file holds
    }
    try:
        # a title need not be UTF-8, and nobody reads it here
        return av.open(f"file:{path}", options=options, metadata_errors="replace")
    except (av.error.InvalidDataError, av.error.ArgumentError, EOFError, ValueError):
        raise SourceError(
            f"{path}: is not a video, or its index is missing because it was cut off; copy or export it again"
        ) from None
    except (OSError, av.error.FFmpegError) as error:
        raise SourceError(f"{path}: cannot be read ({reason(error)}); check the file") from None


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """The picture track, not the cover of a piece of music, ready to be decoded."""
    cover = av.stream.Disposition.attached_pic
    tracks = [s for s in container.streams.video if not s.disposition & cover]
    if not tracks and not container.streams.audio:
        raise SourceError(f"{path}: is not a video, or its index was cut off; copy or export it again")
    if not tracks:
        raise SourceError(f"{path}: holds no video, only sound or data; give a video file")
    streams = [s for s in tracks if s.codec_context is not None]
    if not streams:
        raise SourceError(f"{path}: its kind of video is unknown or damaged; export it again as H.264")
    best = container.streams.best("video")
    stream = best if isinstance(best, VideoStream) and best in streams else streams[0]
    check_size(path, stream.codec_context.width, stream.codec_context.height)
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}  # for those that grow on the way
    # Two threads halve the waiting for about a tenth more work; more threads only cost memory.
    stream.thread_type = "SLICE"  # threads by frame hold frames back and cost more than they save here
    stream.codec_context.thread_count = 2
    return stream


def check_size(path: Path, width: int, height: int) -> None:
    """Refuse pictures that are too large to be held."""
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise SourceError(
            f"{path}: pictures of {width}x{height} pixels are too large; export it at 8192x4320 or smaller"
        )


def remedy(kind: str) -> str:
    """What to do with a file of a kind, as FFmpeg names it, of which no picture can be decoded."""
    if kind == "webp_pipe":
        return "WebP that moves cannot be read; convert it to MP4 or GIF"
    return "copy or export the file again"


def sha256(path: Path) -> str:
    """sha256 of the file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reason(error: Exception) -> str:
    """The first line of what went wrong."""
    text: str = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0]
