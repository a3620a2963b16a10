"""High dynamic range, as phones film it, looks as the same scene filmed without it."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorPrimaries, ColorTrc

from formcheck.sources.video import open_source
from tests.clips import picture

#: Linear light of BT.709 in the primaries of BT.2020 (ITU-R BT.2087).
WIDE = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
#: Where the white of a sheet of paper lies in high dynamic range, cd/m² (ITU-R BT.2408).
PAPER = 203.0


def pq(light: np.ndarray) -> np.ndarray:
    """SMPTE ST 2084: cd/m² to 0..1."""
    y = (light / 10_000) ** (2610 / 16384)
    return ((3424 / 4096 + 2413 / 128 * y) / (1 + 2392 / 128 * y)) ** (2523 / 32)


def hlg(light: np.ndarray) -> np.ndarray:
    """ARIB STD-B67 for a screen of 1000 cd/m²: what that screen would have to be sent, 0..1."""
    shown = light / 1000
    luminance = shown @ [0.2627, 0.6780, 0.0593]
    scene = shown * np.maximum(luminance, 1e-6)[..., None] ** (1 / 1.2 - 1)
    bright = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-6)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


CURVES = {ColorTrc.SMPTE2084: pq, ColorTrc.ARIB_STD_B67: hlg}


def write_hdr(path: Path, rgb: np.ndarray, curve: ColorTrc, encode: Callable[..., np.ndarray]) -> Path:
    """Ten bits of HEVC, as a phone writes it; paper white is the picture's white."""
    light = (rgb / 255) ** 2.4 @ WIDE.T * PAPER
    codes = np.clip(encode(light), 0, 1)
    frame = av.VideoFrame.from_ndarray(np.round(codes * 65535).astype(np.uint16), format="rgb48le")
    ten = frame.reformat(format="yuv420p10le", dst_colorspace="BT2020", dst_color_range="MPEG")
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx265", rate=25, options={"x265-params": "log-level=none:qp=4"})
        stream.width, stream.height, stream.pix_fmt, stream.codec_tag = (
            ten.width,
            ten.height,
            "yuv420p10le",
            "hvc1",
        )
        context = stream.codec_context
        context.color_trc, context.color_primaries = curve, ColorPrimaries.BT2020
        context.colorspace, context.color_range = 9, 1
        for i in range(3):
            ten.pts, ten.time_base = i, Fraction(1, 25)
            out.mux(stream.encode(ten))
        out.mux(stream.encode())
    return path


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_high_dynamic_range_looks_as_the_scene_without_it(tmp_path, curve):
    greys = np.repeat(np.arange(8, 248, 8, dtype=np.uint8)[None, :, None], 3, axis=2).repeat(32, axis=0)
    given = np.concatenate([picture(240, 96), greys.repeat(8, axis=1)])
    frames = list(open_source(write_hdr(tmp_path / "phone.mov", given, curve, CURVES[curve])))
    assert len(frames) == 3
    off = np.abs(frames[1].rgb.astype(int) - given)
    assert off[100:].max() <= 4  # greys, from black to white
    assert np.percentile(off, 98) <= 32  # full colours are brought into the smaller gamut; edges blur
