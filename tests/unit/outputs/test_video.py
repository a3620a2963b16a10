import os
import struct
import subprocess
import sys
import textwrap

import av
import numpy as np
import pytest

from formcheck.errors import OutputError
from formcheck.outputs.video import VideoWriter

TIMES = [10.0, 10.04, 10.051, 10.2, 10.5, 10.533]


def picture(width, height, n=0):
    y, x = np.mgrid[:height, :width]
    return np.stack([(x + 9 * n) % 256, y % 256, np.full_like(x, 40 * n % 256)], axis=2).astype(np.uint8)


def write(path, width=64, height=48, times=TIMES):
    with VideoWriter(path, width, height) as video:
        for n, t in enumerate(times):
            video.append(picture(width, height, n), t)
    return path


def frames(path):
    with av.open(path) as container:
        return list(container.decode(video=0))


def atoms(data):
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind.decode()
        at += size


def test_every_picture_keeps_its_time(tmp_path):
    shown = frames(write(tmp_path / "v.mp4"))
    assert [f.time for f in shown] == pytest.approx([t - TIMES[0] for t in TIMES], abs=1e-4)
    assert {f.format.name for f in shown} == {"yuv420p"}


def test_a_browser_can_start_before_all_is_there(tmp_path):
    order = list(atoms(write(tmp_path / "v.mp4").read_bytes()))
    assert order.index("moov") < order.index("mdat")
    with av.open(tmp_path / "v.mp4") as container:
        assert container.streams.video[0].codec_context.name == "h264"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ((63, 47), (62, 46)),
        ((1921, 1081), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((1280, 721), (1280, 720)),
    ],
)
def test_sizes(tmp_path, given, made):
    first = frames(write(tmp_path / "v.mp4", *given, times=[0.0, 0.1]))[0]
    assert (first.width, first.height) == made


def test_colours_survive(tmp_path):
    flat = np.empty((48, 64, 3), np.uint8)
    flat[:] = (200, 60, 30)
    with VideoWriter(tmp_path / "v.mp4", 64, 48) as video:
        video.append(flat, 0.0)
    seen = frames(tmp_path / "v.mp4")[0].to_ndarray(format="rgb24")
    assert np.abs(seen.reshape(-1, 3).mean(axis=0) - (200, 60, 30)).max() < 6


def test_times_that_do_not_rise_are_kept_apart(tmp_path):
    shown = frames(write(tmp_path / "v.mp4", times=[0.0, 0.0, 0.1]))
    assert len(shown) == 3


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x"), PermissionError(13, "the clip")])
def test_an_error_inside_leaves_nothing_and_passes(tmp_path, error):
    def run():
        with VideoWriter(tmp_path / "v.mp4", 64, 48) as video:
            video.append(picture(64, 48), 0.0)
            raise error

    with pytest.raises(type(error)) as caught:
        run()
    assert caught.value is error
    assert not list(tmp_path.iterdir())


def test_no_pictures_no_file(tmp_path):
    with pytest.raises(OutputError, match="no picture"):
        write(tmp_path / "v.mp4", times=[])
    assert not list(tmp_path.iterdir())


def test_wrong_pictures_are_refused(tmp_path):
    with VideoWriter(tmp_path / "v.mp4", 64, 48) as video:
        video.append(picture(64, 48), 0.0)
        with pytest.raises(ValueError, match="expected a picture of 48x64x3, got 64x48x3"):
            video.append(picture(48, 64), 1.0)
        with pytest.raises(ValueError, match="finite"):
            video.append(picture(64, 48), float("nan"))
    assert len(frames(tmp_path / "v.mp4")) == 1


def test_a_path_that_cannot_be(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="a file"):
        write(tmp_path / "out" / "v.mp4")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are POSIX")
@pytest.mark.parametrize("limit", [0, 20_000, 150_000])
def test_a_disk_that_fills_up(tmp_path, limit):
    code = f"""
        import numpy as np, pathlib, resource, signal
        from formcheck.errors import OutputError
        from formcheck.outputs.video import VideoWriter
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
        noise = np.random.default_rng(0).integers(0, 255, (96, 128, 3), np.uint8)
        try:
            with VideoWriter(pathlib.Path({str(tmp_path)!r}) / "v.mp4", 128, 96) as video:
                for n in range(60):
                    video.append(np.roll(noise, n * 7, axis=1) + np.uint8(n), n / 30)
        except OutputError as error:
            print(error)
    """
    env = os.environ | {"PYTHONPATH": os.getcwd()}  # noqa: PTH109
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False, env=env
    )
    assert done.returncode == 0, done.stderr
    assert "cannot write: the file grew larger" in done.stdout
    assert done.stdout.count("\n") == 1
    assert not list(tmp_path.iterdir())
