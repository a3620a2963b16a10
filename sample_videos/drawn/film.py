"""Clips become files: H.264 in MP4, the same bytes on every run, and the truth beside them."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.clips import Clip
from sample_videos.drawn.figure import Drawn, play
from sample_videos.drawn.motions import PLAYED
from sample_videos.drawn.painter import encode, paint
from sample_videos.drawn.room import Room

Image = NDArray[np.uint8]

#: One thread and no time stamps or version names: a second run gives the same file.
_ENCODER = {"crf": "24", "preset": "slow", "threads": "1", "x264-params": "threads=1:sliced-threads=0"}


def truth_of(clip: Clip, drawn: Drawn) -> dict[str, Any]:
    """What NAME.truth.json holds."""
    head = {"name": clip.name, "about": clip.about}
    if not clip.nobody:
        return head | drawn.truth
    kept = ("fps", "frames", "size")
    empty: dict[str, Any] = {"exercise": None, "view": None, "facing": None, "near_side": None}
    return head | empty | {k: drawn.truth[k] for k in kept} | {"count": 0, "reps": [], "faults": []}


def truth_text(truth: dict[str, Any]) -> str:
    """The truth as it is written: indented, one line an entry of a list."""
    lines = [f"  {json.dumps(key)}: {_value(value)}" for key, value in truth.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {json.dumps(item)}" for item in value) + "\n  ]"
    return json.dumps(value)


def pictures(clip: Clip, drawn: Drawn) -> Iterator[Image]:
    """Every frame of a clip, (H, W, 3) uint8 RGB."""
    room = Room(
        drawn.camera,
        mat=None if clip.nobody else PLAYED[clip.script.exercise].mat,
        treadmill=clip.treadmill,
        scenery=clip.script.filming != "fixed",
    )
    moved = np.broadcast_to(drawn.background, (len(drawn.joints), 2))
    for k, joints in enumerate(drawn.joints):
        room.move(moved[k])
        yield encode(room.still) if clip.nobody else paint(joints, drawn.camera.at(k), room)


def write(clip: Clip, folder: Path) -> Path:
    """Write NAME.mp4 and NAME.truth.json into ``folder``; returns the video's path."""
    drawn = play(clip.script)
    path = folder / f"{clip.name}.mp4"
    (folder / f"{clip.name}.truth.json").write_text(truth_text(truth_of(clip, drawn)), encoding="utf-8")
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("libx264", rate=Fraction(clip.script.fps), options=_ENCODER)
        stream.width, stream.height = clip.script.size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        for picture in pictures(clip, drawn):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path
