"""Streams joined of several: each part keeps its shape, and one clock runs through all of them."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.bitstream import BitStreamFilterContext
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sources.live_file import LiveFile
from formcheck.sources.picture import Shape
from formcheck.sources.video import open_source
from tests.clips import quarters, write_clip

FIRST = (96, 64)


def joined(folder: Path, *parts: Path) -> Path:
    """One transport stream of several, end to end, as `cat` makes it."""
    path = folder / "joined.ts"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def turned(path: Path, degrees: str) -> Path:
    """The same stream with a note in it that its pictures are to be turned."""
    out = path.with_name(f"turned_{path.name}")
    with av.open(str(path)) as given_, av.open(str(out), "w") as made:
        stream = made.add_stream_from_template(given_.streams.video[0])
        turning = BitStreamFilterContext(
            f"h264_metadata=display_orientation=insert:rotate={degrees}", given_.streams.video[0], stream
        )
        for packet in given_.demux(video=0):
            for noted in turning.filter(packet if packet.size else None):
                noted.stream = stream
                made.mux(noted)
    return out


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("first") / "first.ts", frames=50, size=FIRST)


def box(rgb: np.ndarray) -> tuple[int, int, int, int]:
    """Where in the black canvas the picture lies: left, top, right, bottom."""
    ys, xs = np.nonzero(rgb.max(axis=2) > 12)
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


PARTS = {
    "upright": ((64, 96), None, None, (27, 0, 69, 64)),
    "larger": ((192, 128), None, None, (0, 0, 96, 64)),
    "smaller": ((48, 32), None, None, (0, 0, 96, 64)),
    "wider": ((128, 32), None, None, (0, 20, 96, 44)),
    "wide pixels": ((96, 64), Fraction(2), None, (0, 16, 96, 48)),
    "narrow pixels": ((96, 64), Fraction(1, 3), None, (32, 0, 64, 64)),
    "turned": ((96, 64), None, "90", (27, 0, 69, 64)),
    "upside down": ((96, 64), None, "180", (0, 0, 96, 64)),
    "wide pixels turned": ((64, 96), Fraction(2), "270", (24, 0, 72, 64)),
}
#: What lies in the quarters once the player has turned the picture.
SEEN = {None: [0, 1, 2, 3], "90": [1, 3, 0, 2], "180": [3, 2, 1, 0], "270": [2, 0, 3, 1]}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_keeps_its_shape(tmp_path, first, part):
    size, aspect, degrees, where = PARTS[part]
    second = write_clip(tmp_path / "second.ts", frames=50, size=size, aspect=aspect)
    source = open_source(joined(tmp_path, first, turned(second, degrees) if degrees else second))
    frames = list(source)

    assert (source.info.width_px, source.info.height_px) == FIRST
    assert {frame.rgb.shape for frame in frames} == {(64, 96, 3)}
    assert quarters(frames[0].rgb) == [0, 1, 2, 3]
    shown = frames[-1].rgb
    assert np.abs(np.subtract(box(shown), where)).max() <= 2  # the encoder blurs edges
    left, top, right, bottom = box(shown)
    assert quarters(shown[top:bottom, left:right]) == SEEN[degrees]


@given(
    size=st.tuples(st.integers(1, 9000), st.integers(1, 9000)),
    shape=st.builds(Shape, st.integers(1, 10**6), st.integers(1, 9000), st.booleans()),
)
def test_a_shape_goes_into_any_canvas_unstretched(size, shape):
    inside = shape.within(size).shown
    assert all(1 <= side <= room for side, room in zip(inside, size, strict=True))
    assert any(side == room for side, room in zip(inside, size, strict=True))
    wanted, got = shape.shown[0] / shape.shown[1], inside[0] / inside[1]
    assert got / wanted == pytest.approx(1, abs=0.5 / (min(inside) - 0.5) + 0.01) or min(inside) == 1


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, first: Path) -> Path:
    """Three transport streams end to end, each with a clock that starts anew; 40 ms a frame."""
    folder = tmp_path_factory.mktemp("recorded")
    parts = [
        write_clip(
            folder / f"{i}.ts", frames=300, size=FIRST, gop=25, rgb=np.full((64, 96, 3), 60 * i, np.uint8)
        )
        for i in (1, 2, 3)
    ]
    return joined(folder, *parts)


def test_one_clock_runs_through_all_parts(recorded):
    source = open_source(recorded)
    every = {frame.t: frame.rgb[32, 48, 0] for frame in source}
    assert len(every) == 900
    assert list(every) == pytest.approx([0.04 * i for i in range(900)], abs=0.02)
    assert source.info.duration_s == pytest.approx(36, abs=0.1)

    wanted = [list(every)[i] for i in (3, 299, 300, 590, 899)]
    found = list(source.frames_at(wanted))
    assert [frame.t for frame in found] == wanted
    assert [frame.rgb[32, 48, 0] for frame in found] == [every[t] for t in wanted]


def test_a_part_whose_clock_is_ahead_follows_at_once(tmp_path, first):
    later = write_clip(tmp_path / "later.ts", times_ms=[90_000 + 40 * i for i in range(50)], size=FIRST)
    source = open_source(joined(tmp_path, first, later))
    assert [frame.t for frame in source] == pytest.approx([0.04 * i for i in range(100)], abs=0.02)
    assert source.info.duration_s == pytest.approx(4, abs=0.05)


def test_a_part_begins_and_ends_by_the_same_clock(recorded):
    every = [frame.t for frame in open_source(recorded)]
    part = list(open_source(recorded, start=13.0, end=25.0))
    assert [frame.t for frame in part] == [t for t in every if 13.0 <= t <= 25.0]
    assert {round(int(frame.rgb[32, 48, 0]) / 60) for frame in part} == {2, 3}
    with pytest.raises(OSError, match=r"after the end of the clip \(36.0 s\)"):
        open_source(recorded, start=40.0)


def test_a_look_at_joined_parts_has_true_times(recorded):
    source = open_source(recorded)
    every = {frame.t: frame.rgb[32, 48, 0] for frame in source}
    looks = source.sample(3)
    assert len(looks) >= 3
    assert all(every[look.t] == look.rgb[32, 48, 0] for look in looks)


def test_a_joined_clip_is_played_as_one(recorded):
    every = [(frame.t, frame.rgb.shape) for frame in open_source(recorded)]
    with LiveFile(open_source(recorded), paced=False) as live:
        played = [live.read(0) for _ in range(900)]
    assert [(frame.t, frame.rgb.shape) for frame in played] == every
