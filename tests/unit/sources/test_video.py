import gc
import hashlib
import os
import struct
import sys
import zlib
from fractions import Fraction
from itertools import islice

import av
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.sources.container import check_size
from formcheck.sources.source import Source
from formcheck.sources.video import open_source
from tests.clips import RED, picture, quarters, turn, write_clip, write_frames, write_sound


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Ten seconds, 25 frames a second."""
    return write_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", frames=250)


def times(source):
    return [frame.t for frame in source]


def test_frames_are_rgb_with_true_times_and_labels(clip):
    with open_source(clip) as source:
        frames = list(islice(source, 3))
    assert isinstance(source, Source)
    assert [f.t for f in frames] == pytest.approx([0.0, 0.04, 0.08])
    assert [f.index for f in frames] == [0, 1, 2]
    assert frames[0].rgb.shape == (64, 96, 3)
    assert frames[0].rgb.dtype == np.uint8
    assert quarters(frames[0].rgb) == [0, 1, 2, 3]


def test_info_says_what_the_container_claims(clip):
    info = open_source(clip).info
    assert (info.name, info.kind, info.width_px, info.height_px) == ("clip.mp4", "video", 96, 64)
    assert info.nominal_fps == pytest.approx(25)
    assert info.duration_s == pytest.approx(10)
    assert info.sha256 == hashlib.sha256(clip.read_bytes()).hexdigest()


def test_a_source_can_be_read_twice(clip):
    source = open_source(clip)
    first = times(source)
    assert len(first) == 250
    assert times(source) == first
    assert source.truncated is None


def test_variable_frame_rate_keeps_its_own_times(tmp_path):
    given = [0, 40, 80, 200, 210, 500, 540]
    source = open_source(write_clip(tmp_path / "vfr.mp4", times_ms=given))
    assert times(source) == pytest.approx([t / 1000 for t in given])


def test_time_starts_at_the_first_frame(tmp_path):
    source = open_source(write_clip(tmp_path / "late.mkv", times_ms=[700, 740, 780]))
    assert times(source) == pytest.approx([0.0, 0.04, 0.08])


@pytest.mark.parametrize(
    ("matrix", "size", "seen"),
    [
        ((1, 0, 0, 1), (96, 64), [0, 1, 2, 3]),
        ((0, 1, -1, 0), (64, 96), [2, 0, 3, 1]),
        ((-1, 0, 0, -1), (96, 64), [3, 2, 1, 0]),
        ((0, -1, 1, 0), (64, 96), [1, 3, 0, 2]),
        ((-1, 0, 0, 1), (96, 64), [1, 0, 3, 2]),
        ((0, 1, 1, 0), (64, 96), [0, 2, 1, 3]),
    ],
    ids=["upright", "clockwise", "upside down", "counter-clockwise", "mirrored", "mirrored and turned"],
)
def test_turned_clips_come_upright(tmp_path, matrix, size, seen):
    source = open_source(turn(write_clip(tmp_path / "phone.mp4", frames=3), *matrix))
    frame = next(iter(source))
    assert (source.info.width_px, source.info.height_px) == size
    assert frame.rgb.shape == (size[1], size[0], 3)
    assert frame.rgb.flags.c_contiguous
    assert quarters(frame.rgb) == seen


@pytest.mark.parametrize(("degrees", "seen"), [(90, [2, 0, 3, 1]), (180, [3, 2, 1, 0]), (270, [1, 3, 0, 2])])
def test_pictures_are_turned_as_somebody_says(tmp_path, degrees, seen):
    clip = write_clip(tmp_path / "aside.mp4", frames=3)
    source = open_source(clip, rotation_deg=degrees)
    frame = next(iter(source))
    assert frame.rgb.shape == (source.info.height_px, source.info.width_px, 3)
    assert source.info.width_px == (96 if degrees == 180 else 64)
    assert quarters(frame.rgb) == seen
    assert quarters(next(iter(open_source(clip).turned(degrees))).rgb) == seen
    back = open_source(clip, rotation_deg=degrees).turned(360 - degrees)
    assert quarters(next(iter(back)).rgb) == [0, 1, 2, 3]
    assert source.turned(0) is source


def test_they_are_turned_beyond_what_the_file_says(tmp_path):
    tagged = turn(write_clip(tmp_path / "phone.mp4", frames=3), 0, 1, 1, 0)  # mirrored and turned
    frame = next(iter(open_source(tagged, rotation_deg=90)))
    assert quarters(frame.rgb) == [1, 0, 3, 2]


def test_wide_pixels_are_made_square(tmp_path):
    source = open_source(write_clip(tmp_path / "wide.mp4", frames=2, aspect=Fraction(2, 1)))
    assert source.info.width_px == 192
    assert next(iter(source)).rgb.shape == (64, 192, 3)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ten_bit.mp4", {"pix_fmt": "yuv420p10le"}),
        ("odd.mp4", {"size": (97, 65), "pix_fmt": "yuv444p"}),
        ("moving.gif", {"codec": "gif", "pix_fmt": "rgb8"}),
        ("web.webm", {"codec": "libvpx"}),
        ("old.avi", {"codec": "mpeg4"}),
        ("bare.h264", {}),
        ("edit.mov", {"codec": "prores_ks", "pix_fmt": "yuv422p10le"}),
    ],
)
def test_formats(tmp_path, name, options):
    source = open_source(write_clip(tmp_path / name, frames=12, **options))
    frames = list(source)
    assert len(frames) == 12
    assert frames[-1].t == pytest.approx(0.44)
    assert quarters(frames[5].rgb) == [0, 1, 2, 3]
    assert source.truncated is None


@pytest.mark.parametrize(
    ("delays", "shown"),
    [([4, 4, 4], [0, 0.04, 0.08]), ([0, 1, 2], [0, 0.1, 0.2]), ([1, 30, 1], [0, 0.1, 0.4])],
)
def test_a_gif_is_played_as_browsers_do(tmp_path, delays, shown):
    path = write_clip(tmp_path / "moving.gif", frames=3, codec="gif", pix_fmt="rgb8")
    data = path.read_bytes()
    blocks = data.split(b"\x21\xf9\x04")  # before each picture: flags, and hundredths of a second
    blocks[1:] = [b[:1] + d.to_bytes(2, "little") + b[3:] for d, b in zip(delays, blocks[1:], strict=True)]
    path.write_bytes(b"\x21\xf9\x04".join(blocks))
    source = open_source(path)
    assert times(source) == pytest.approx(shown)
    assert times(source.frames_at([shown[2]])) == [shown[2]]


def test_what_shines_through_is_white(tmp_path):
    path = tmp_path / "cut_out.apng"
    with av.open(str(path), "w", format="apng") as out:
        stream = out.add_stream("apng", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "rgba"
        for alpha in (0, 255, 128):
            rgba = np.dstack([picture(), np.full((64, 96), alpha, np.uint8)])
            out.mux(stream.encode(av.VideoFrame.from_ndarray(rgba, format="rgba")))
        out.mux(stream.encode())
    clear, solid, half = (frame.rgb for frame in open_source(path))
    assert (clear == 255).all()
    assert (solid == picture()).all()
    assert np.abs(half.astype(int) - (picture().astype(int) + 255) / 2).max() <= 1


def test_a_clip_that_does_not_say_how_long_it_is(tmp_path):
    path = tmp_path / "unsaid.mkv"
    write_clip(path, frames=100, container={"live": "1"})
    source = open_source(path)
    assert source.info.duration_s == pytest.approx(4, abs=0.05)
    looks = [frame.t for frame in source.sample(3)]
    assert len(looks) >= 3
    assert looks[-1] > 2.5


def test_sound_that_is_longer_than_the_video_makes_the_clip_no_longer(tmp_path):
    path = write_clip(tmp_path / "loud.mkv", frames=50, sound_s=20)
    source = open_source(path)
    assert source.info.duration_s == pytest.approx(2, abs=0.05)
    assert len(times(source)) == 50
    assert source.truncated is None
    assert len(source.sample(3)) >= 3


def test_a_title_that_is_no_utf8(tmp_path):
    path = write_clip(tmp_path / "titled.mkv", frames=3, metadata={"title": "Kuechen"})
    path.write_bytes(path.read_bytes().replace(b"Kuechen", b"K\xfcche\xff\xff"))
    assert len(times(open_source(path))) == 3


def test_frames_are_freed_without_the_garbage_collector(tmp_path):
    path = write_clip(tmp_path / "clip.mp4", frames=30, size=(1280, 720), options={"preset": "ultrafast"})
    gc.collect()
    gc.disable()
    try:
        seen = sum(1 for _ in open_source(path))
        left = sum(isinstance(thing, av.VideoFrame) for thing in gc.get_objects())
    finally:
        gc.enable()
    assert seen == 30
    assert left <= 3


def test_one_frame(tmp_path):
    assert times(open_source(write_clip(tmp_path / "one.mp4", frames=1))) == [0.0]


def test_a_name_that_looks_like_an_address_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_clip(tmp_path / "clip.mp4", frames=2).rename(tmp_path / "http:clip %d.mp4")
    assert len(times(open_source("http:clip %d.mp4"))) == 2


@pytest.mark.parametrize(
    ("options", "first", "last", "count"),
    [
        ({"start": 2.0}, 2.0, 9.96, 200),
        ({"start": 2.01, "end": 3.0}, 2.04, 3.0, 25),
        ({"end": 1.0}, 0.0, 1.0, 26),
        ({"start": 2.0, "slowmo": 4.0}, 0.5, 2.49, 200),
    ],
)
def test_part_and_slow_motion(clip, options, first, last, count):
    source = open_source(clip, **options)
    found = times(source)
    assert (found[0], found[-1], len(found)) == (pytest.approx(first), pytest.approx(last), count)
    assert source.truncated is None


def test_slow_motion_is_taken_out_of_rate_and_length(clip):
    info = open_source(clip, slowmo=4.0).info
    assert info.nominal_fps == pytest.approx(100)
    assert info.duration_s == pytest.approx(2.5)


@pytest.mark.parametrize("gop", [10, 250])
def test_sample_looks_at_all_of_a_clip(tmp_path, gop):
    source = open_source(write_clip(tmp_path / "clip.mp4", frames=200, gop=gop))
    found = [frame.t for frame in source.sample(4)]
    assert 4 <= len(found) <= 5
    assert found == sorted(set(found))
    assert found[-1] > 6


@pytest.mark.parametrize("slowmo", [1.0, 3.0])
def test_single_frames_are_found_again_by_their_times(tmp_path, slowmo):
    path = write_clip(tmp_path / "clip.mp4", times_ms=[33 * i for i in range(700)], gop=50)
    source = open_source(path, slowmo=slowmo)
    every = times(source)
    wanted = [every[i] for i in (650, 0, 3, 120, 121)]
    found = list(source.frames_at([*wanted, every[-1] + 5]))
    assert times(found) == sorted(wanted)
    assert all(frame.rgb.shape == (64, 96, 3) for frame in found)


def moving(path, frames=100, **options):
    """A clip whose every picture is another."""
    shades = [np.full((64, 96, 3), 2 * i + 20, np.uint8) for i in range(frames)]
    for shade, rgb in enumerate(shades):
        rgb[: 8 + shade // 2, :32] = RED
    return write_frames(path, shades, Fraction(25), options.pop("pix_fmt", "yuv420p"), Fraction(1), **options)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("one_key.ts", {}),
        ("one_key.mpg", {"codec": "mpeg2video", "options": {"g": "300", "bf": "2"}}),
        ("moving.apng", {"codec": "apng", "pix_fmt": "rgb24", "options": {}}),
        ("moving.gif", {"codec": "gif", "pix_fmt": "rgb8", "options": {}}),
        ("one_key.mkv", {}),
    ],
)
def test_moments_are_found_wherever_key_frames_are(tmp_path, name, options):
    path = moving(tmp_path / name, **options)
    every = {frame.t: frame.rgb for frame in open_source(path)}
    for t in list(every)[::33]:
        (found,) = open_source(path).frames_at([t])
        assert np.array_equal(found.rgb, every[t])
    later = [t for t in every if t >= 2.5]
    assert times(open_source(path, start=2.5)) == later


def test_a_clip_cut_off_is_read_as_far_as_it_goes(tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (64, 96, 3), np.uint8)
    whole = write_clip(tmp_path / "w.mp4", frames=250, rgb=noise, container={"movflags": "faststart"})
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    source = open_source(cut)
    found = times(source)
    assert 50 < len(found) < 200
    assert source.truncated is not None
    assert "cut.mp4: ends at" in source.truncated
    assert "10.0 s are announced" in source.truncated
    assert "\n" not in source.truncated


def test_damage_in_the_middle_costs_only_its_own_frames(tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (64, 96, 3), np.uint8)
    path = write_clip(tmp_path / "hole.mp4", codec="mjpeg", pix_fmt="yuvj420p", frames=100, rgb=noise)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = bytes(20_000)
    path.write_bytes(data)
    source = open_source(path)
    found = times(source)
    assert 70 < len(found) < 100
    assert found[-1] == pytest.approx(3.96)
    assert source.truncated is not None
    assert "damaged" in source.truncated


def lines_of(error):
    return str(error.value).splitlines()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gone.mp4", None, "no such file"),
        ("empty.mp4", b"", "is empty"),
        ("text.mp4", b"not a video\n" * 200, "is not a video"),
        ("notes.txt", b"not a video\n" * 200, "is not a video"),
        ("list.mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nclip.mp4\n", "is not a video"),
    ],
)
def test_what_is_no_video_is_refused_in_one_line(tmp_path, name, content, says):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OSError, match=says) as error:
        open_source(path)
    assert lines_of(error)[0].startswith(f"{path}: ")
    assert len(lines_of(error)) == 1


def png(side):
    """A picture whose header claims so many pixels on a side, in a hundred bytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")


def y4m(width, height):
    return f"YUV4MPEG2 W{width} H{height} F30:1 Ip A1:1 C420jpeg\nFRAME\n".encode() + b"\x80" * 9999


@pytest.mark.parametrize(
    ("name", "content"),
    [("huge.png", png(50_000)), ("large.png", png(9_000)), ("huge.y4m", y4m(50_000, 50_000))],
    ids=["huge png", "large png", "huge y4m"],
)
def test_a_header_that_claims_a_huge_picture_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as error:
        open_source(path)
    assert len(lines_of(error)) == 1


def test_the_largest_picture_is_8k(tmp_path):
    path = tmp_path / "large.y4m"
    path.write_bytes(y4m(9_000, 9_000))
    with pytest.raises(SourceError, match="9000x9000 pixels are too large; export it at 8192x4320"):
        open_source(path)
    check_size(path, 8192, 4320)


def test_folder_sound_and_lost_index_are_refused(tmp_path, clip):
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clip.read_bytes()[:-2000])  # the index comes last in this file
    for path, says in (
        (tmp_path, "is a folder"),
        (write_sound(tmp_path / "s.mp4"), "no video"),
        (cut, "index"),
    ):
        with pytest.raises(OSError, match=says) as error:
            open_source(path)
        assert len(lines_of(error)) == 1


@pytest.mark.parametrize(
    ("name", "codec", "mark"),
    [
        ("a.mp4", "libx264", b"avc1"),
        ("a.mkv", "libx264", b"MPEG4/ISO/AVC"),
        ("a.avi", "mpeg4", b"FMP4"),
        ("a.mov", "mjpeg", b"jpeg"),
    ],
)
def test_a_kind_of_video_that_nobody_knows_is_refused(tmp_path, name, codec, mark):
    kind = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    path = write_clip(tmp_path / name, frames=3, codec=codec, pix_fmt=kind)
    path.write_bytes(path.read_bytes().replace(mark, b"zz" + mark[2:]))
    with pytest.raises(SourceError, match="its kind of video is unknown or damaged; export") as error:
        open_source(path)
    assert len(lines_of(error)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(OSError, match="device or pipe"):
        open_source(tmp_path / "pipe.mp4")


@pytest.mark.parametrize(
    "options", [{"start": -1.0}, {"start": 3.0, "end": 3.0}, {"slowmo": 0.0}, {"start": 99.0}]
)
def test_impossible_parts_are_refused(clip, options):
    with pytest.raises(OSError, match=r"give .*") as error:
        open_source(clip, **options)
    assert len(lines_of(error)) == 1


def test_a_clip_of_weeks_is_refused(tmp_path):
    clip = write_clip(tmp_path / "weeks.mp4", times_ms=[0, 3_000_000])
    with (
        open_source(clip, slowmo=0.001) as source,
        pytest.raises(SourceError, match=r"lasts 35 days .* export it"),
    ):
        list(source)


def test_frames_far_apart_that_wait_for_later_ones_are_one_time_line(tmp_path):
    """One a second, and decoded up to three before it is shown: no clock started anew."""
    clip = write_clip(tmp_path / "slow.mkv", times_ms=[1000 * i for i in range(40)], options={"bf": "3"})
    source = open_source(clip)
    assert source.info.duration_s == pytest.approx(40, abs=1.1)
    assert [frame.t for frame in source] == list(range(40))
    with pytest.raises(OSError, match="after the end of the clip"):
        open_source(clip, start=55)


def test_pictures_shown_before_the_key_frame_they_follow_are_found(tmp_path):
    clip = write_clip(
        tmp_path / "open.mp4",
        frames=400,
        codec="libx265",
        options={"x265-params": "open-gop=1:keyint=25:min-keyint=25:bframes=4:scenecut=0:log-level=none"},
    )
    times = [frame.t for frame in open_source(clip)]
    for moment in times[290:350:3]:  # more than ten seconds in: each is sought by itself
        assert [frame.t for frame in open_source(clip).frames_at([moment])] == [moment]
        assert next(iter(open_source(clip, start=moment))).t == moment
