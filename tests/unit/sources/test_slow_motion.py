"""Files of phones that play more slowly than life: with the tag of Android, those of Apple, and none."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sources.slow_motion import LEAST, MOST, capture_fps, tagged_slowmo
from formcheck.sources.video import open_source
from tests.clips import write_clip

APPLE = "com.apple.quicktime.full-frame-rate-playback-intent"


def written(path, captured=None, fps=30, seconds=4, **tags):
    """A clip that plays at ``fps`` and says that it was captured at another rate."""
    if captured is not None:
        tags["com.android.capture.fps"] = str(captured)
    times = [round(1000 * i / fps) for i in range(seconds * fps)]
    return write_clip(path, times_ms=times, metadata=tags, container={"movflags": "use_metadata_tags"})


def as_float(path):
    """The tag as Android writes it: four bytes of a float (type 23) where FFmpeg writes letters."""
    data = bytearray(path.read_bytes())
    at = data.index(b"data\0\0\0\1\0\0\0\x00240.") + 4
    struct.pack_into(">If", data, at, 23, 0.0)
    struct.pack_into(">f", data, at + 8, 240.0)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("captured", "factor"), [(120, 4), (240, 8), (119.88, 4)])
def test_what_the_phone_says_is_taken_out_of_all_times(tmp_path, captured, factor):
    path = written(tmp_path / "clip.mp4", captured)
    source = open_source(path)
    assert source.info.tagged_slowmo == factor
    assert source.info.nominal_fps == pytest.approx(30 * factor, rel=0.02)
    assert source.info.duration_s == pytest.approx(4 / factor, rel=0.02)
    given = [frame.t for frame in open_source(path, slowmo=factor)]
    assert [frame.t for frame in source] == given


def test_the_tag_is_read_as_android_writes_it(tmp_path):
    path = as_float(written(tmp_path / "clip.mp4", "240.", fps=30))
    assert open_source(path).info.tagged_slowmo == 8


@pytest.mark.parametrize("asked", [1.0, 2.0])
def test_who_says_a_factor_overrules_the_tag(tmp_path, asked):
    source = open_source(written(tmp_path / "clip.mp4", 240), slowmo=asked)
    assert source.info.tagged_slowmo is None
    assert source.info.duration_s == pytest.approx(4 / asked, rel=0.02)


@pytest.mark.parametrize(
    ("captured", "fps"),
    [
        (None, 30),
        (30, 30),
        (60, 30),  # in the dark a phone that films at 60 takes every picture twice as long
        (240, 240),  # plays at full rate: in real time
        (960, 30),  # a burst within a clip that plays in real time otherwise
        (1, 30),  # time lapse
        ("nan", 30),
        ("-240", 30),
        ("fast", 30),
    ],
)
def test_a_tag_that_says_nothing_sure_changes_no_time(tmp_path, captured, fps):
    source = open_source(written(tmp_path / "clip.mp4", captured, fps=fps, seconds=1))
    assert source.info.tagged_slowmo is None
    assert source.info.duration_s == pytest.approx(1.0, rel=0.05)


@pytest.mark.parametrize("intent", ["0", "1"])
def test_the_tags_of_an_iphone_say_no_rate_and_its_originals_have_times_of_life(tmp_path, intent):
    source = open_source(written(tmp_path / "clip.mov", fps=240, seconds=1, **{APPLE: intent}))
    assert source.info.tagged_slowmo is None
    assert source.info.duration_s == pytest.approx(1.0, rel=0.05)


def test_an_edit_list_that_slows_the_player_down_leaves_times_of_life(tmp_path):
    path = written(tmp_path / "clip.mov", fps=120, seconds=1)
    data = bytearray(path.read_bytes())
    at = data.index(b"elst") + 4 + 8  # duration and start of the only edit, then its rate
    struct.pack_into(">I", data, at + 8, 1 << 14)  # a quarter
    path.write_bytes(data)
    plain = written(tmp_path / "plain.mov", fps=120, seconds=1)
    found, wanted = ([frame.t for frame in open_source(p)] for p in (path, plain))
    np.testing.assert_allclose(found, wanted)


@given(st.floats(1, 1000), st.floats(1, 1000))
def test_a_factor_is_never_beyond_what_phones_do(captured, played):
    factor = tagged_slowmo(captured, played)
    if factor is not None:
        assert LEAST <= factor <= MOST
        assert factor == pytest.approx(captured / played, rel=0.053)


@given(st.text())
def test_any_text_for_a_tag_is_read_or_left(text):
    fps = capture_fps({"com.android.capture.fps": text})
    assert fps is None or 0 < fps < float("inf")
