"""Files that look like clips and are broken, each in its own way; and clips that never end."""

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.clips import write_clip, write_sound
from tests.end_to_end.clips import SQUAT, cut, write_start

#: Bytes of the head that are wiped: the file type and the start of what follows.
_HEAD = 64


def _without_head(path: Path) -> None:
    path.write_bytes(bytes(_HEAD) + SQUAT.read_bytes()[_HEAD:])


#: How to make each, and what is said of it.
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (Path.touch, "the file is empty"),
    "text": (lambda p: p.write_text("to do\n" * 99), "is not a video"),
    "noise": (lambda p: p.write_bytes(np.random.default_rng(1).bytes(20_000)), "is not a video"),
    "playlist": (lambda p: p.write_text("#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"), "is not a video"),
    "sound": (write_sound, "holds no video"),
    "cut": (lambda p: cut(write_clip(p, frames=3), 0.3), "cut off"),
    "headless": (_without_head, "is not a video"),
    "loop": (lambda p: p.symlink_to(p.name), "cannot be read"),
    "nobody": (lambda p: write_clip(p, frames=6), "nobody was found"),
    "one_frame": (lambda p: write_start(p, 1), "too short to judge"),
}
#: Those that can be read, so that a person is missing rather than a clip.
READABLE = ("nobody", "one_frame")


def write_broken(folder: Path) -> list[Path]:
    """One file of every kind, named after it."""
    for kind, (make, _) in BROKEN.items():
        make(folder / f"{kind}.mp4")
    return [folder / f"{kind}.mp4" for kind in BROKEN]


def write_endless(path: Path, frames: int = 200_000) -> Path:
    """A clip of two seconds, a few megabytes, and more pictures than anybody waits for."""
    grey = np.full((64, 64, 3), 128, np.uint8)
    first = write_clip(path.with_name("first.mkv"), frames=1, size=(64, 64), codec="mpeg4", rgb=grey)
    step = Fraction(2, frames)
    with av.open(str(first)) as given, av.open(str(path), "w") as out:
        stream = out.add_stream_from_template(given.streams.video[0])
        stream.time_base = Fraction(1, 1_000_000)
        (data,) = (bytes(packet) for packet in given.demux(video=0) if packet.size)
        for i in range(frames):
            packet = av.Packet(data)
            packet.stream, packet.is_keyframe = stream, True
            packet.pts = packet.dts = round(i * step / stream.time_base)
            out.mux(packet)
    first.unlink()
    return path


if os.name == "nt":  # no pipes and no links without rights there
    del BROKEN["loop"]
