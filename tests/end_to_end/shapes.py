"""A sagging plank in clips of every shape that phones record, and what must come of it."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np

from formcheck.engine.body.restore import restored
from formcheck.outputs.evidence import evidence_picture
from formcheck.outputs.session_file import read_session
from formcheck.pose.store import load_poses
from formcheck.types import Pose, PoseSequence
from tests.clips import turn, write_frames
from tests.end_to_end.clips import SAMPLES

SAMPLE = SAMPLES / "plank_sag.mp4"
#: The landmarker's poses of the sample, saved once.
POSES = Path(__file__).parents[1] / "golden" / "plank_sag.npz"
#: These pictures of the sample show the sag; as few as will do, for those of 2160p are large.
PICTURES = range(300, 336, 4)
FPS = Fraction(15, 2)
#: How much of the picture's width and height the sample takes, so that every shape leaves room around it.
SHARE = 0.9
_GREY = 118


@dataclass(frozen=True)
class Clip:
    """A shape: what a player shows, and how the file holds it.

    ``shown`` is the upright size in square pixels; ``aspect`` squeezes or widens the pixels of the file, and
    ``degrees`` is the turn (clockwise) that the file asks of a player.
    """

    shown: tuple[int, int]
    degrees: int = 0
    aspect: Fraction = Fraction(1)
    pix_fmt: str = "yuv420p"

    def write(self, path: Path) -> Path:
        write_frames(path, [self._held(rgb) for rgb in scenes(self.shown)], FPS, self.pix_fmt, self.aspect)
        return turn(path, *_MATRICES[self.degrees]) if self.degrees else path

    def _held(self, rgb: np.ndarray) -> np.ndarray:
        turned = np.rot90(rgb, self.degrees // 90)
        size = (round(turned.shape[1] / self.aspect), turned.shape[0])
        return np.ascontiguousarray(cv2.resize(turned, size, interpolation=cv2.INTER_AREA))


_MATRICES = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}

CLIPS = {
    "240p": Clip((426, 240)),
    "1080p": Clip((1920, 1080)),
    "1080p_tall": Clip((1080, 1920)),
    "1440p": Clip((2560, 1440)),
    "2160p": Clip((3840, 2160)),
    "odd": Clip((1921, 1081), pix_fmt="yuv444p"),
    "turned_90": Clip((1080, 1920), 90),
    "turned_180": Clip((1920, 1080), 180),
    "turned_270": Clip((1080, 1920), 270),
    "wide_pixels": Clip((1920, 1080), aspect=Fraction(4, 3)),
    "narrow_pixels": Clip((640, 480), aspect=Fraction(8, 9)),
    "wide_pixels_turned": Clip((1080, 1920), 90, Fraction(4, 3)),
}


@cache
def _sample() -> list[np.ndarray]:
    with av.open(str(SAMPLE)) as container:
        frames = enumerate(container.decode(video=0))
        return [frame.to_ndarray(format="rgb24") for i, frame in frames if i in PICTURES]


@cache
def _known() -> list[Pose]:
    return [pose for i, pose in enumerate(restored(load_poses(POSES))) if i in PICTURES]


def scenes(size: tuple[int, int]) -> list[np.ndarray]:
    """The pictures of the sample in the middle of a canvas of this width and height."""
    return [_scene(rgb, size) for rgb in _sample()]


def _scene(rgb: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    scale, x, y = _place(size)
    width, height = round(640 * scale), round(480 * scale)
    canvas = np.full((size[1], size[0], 3), _GREY, np.uint8)
    canvas[y : y + height, x : x + width] = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_LINEAR)
    return canvas


def _place(size: tuple[int, int]) -> tuple[float, int, int]:
    """How much larger the sample is in a canvas, and where its corner is."""
    scale = SHARE * min(size[0] / 640, size[1] / 480)
    return scale, round((size[0] - 640 * scale) / 2), round((size[1] - 480 * scale) / 2)


def true_poses(size: tuple[int, int]) -> list[Pose]:
    """Where the body is in the pictures of `scenes`."""
    scale, x, y = _place(size)
    return [
        Pose(float(i / FPS), known.image * scale + (x, y), known.world, known.visibility)
        for i, known in enumerate(_known())
    ]


def check_results(folder: Path, clip: Clip, *, video: bool, thumbnail: bool) -> None:
    """The sag was found, and every picture of it is upright, unstretched, and of the right moment."""
    session = read_session(folder / "session.json")
    (fault,) = session.faults
    assert fault.id == "hip_sag"
    assert (session.source.width_px, session.source.height_px) == clip.shown
    pictures = scenes(_smaller(clip.shown))
    worst = round(float(fault.worst.t_s * FPS))
    pose = true_poses(clip.shown)[worst]

    assert fault.evidence is not None
    shown = _read(folder / fault.evidence)
    expected = evidence_picture(_scene(_sample()[worst], clip.shown), pose, fault)
    assert np.abs(np.subtract(shown.shape, expected.shape)).max() <= 16
    assert alike(shown, expected) > 0.9
    assert (folder / "thumbnail.jpg").is_file() == thumbnail
    if thumbnail:
        small = _read(folder / "thumbnail.jpg")
        assert max(small.shape) == min(480, max(clip.shown))
        assert _aspect_off(small, clip) < 0.01
        assert alike(small, pictures[worst]) > 0.95
    assert (folder / "annotated.mp4").is_file() == video
    if video:
        _check_video(folder / "annotated.mp4", clip, pictures)


def _smaller(size: tuple[int, int]) -> tuple[int, int]:
    """Large enough to tell pictures apart."""
    scale = min(1.0, 480 / max(size))
    return round(size[0] * scale), round(size[1] * scale)


def _check_video(path: Path, clip: Clip, pictures: list[np.ndarray]) -> None:
    with av.open(str(path)) as container:
        drawn = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    height, width = drawn[0].shape[:2]
    assert len(drawn) >= len(pictures)
    assert (width % 2, height % 2) == (0, 0)
    assert max(clip.shown) - 1 <= max(width, height) or max(width, height) == 1280
    assert _aspect_off(drawn[0], clip) < 0.01
    for shown, picture in zip(drawn, pictures, strict=False):
        whole, middle = alike(shown, picture), alike(_middle(shown, clip), _middle(picture, clip))
        assert max(whole, middle) > 0.75  # counter and cue lie on the sample, or beside it


def _middle(rgb: np.ndarray, clip: Clip) -> np.ndarray:
    """The sample in a picture that may have become smaller."""
    larger = rgb.shape[1] / clip.shown[0]
    scale, x, y = _place(clip.shown)
    left, top, right, bottom = (round(v * larger) for v in (x, y, x + 640 * scale, y + 480 * scale))
    return rgb[top:bottom, left:right]


def check_landmarks(poses: PoseSequence, clip: Clip) -> None:
    """The landmarks lie on the body, to a few hundredths of its height."""
    assert (poses.width_px, poses.height_px) == clip.shown
    assert len(poses) == len(PICTURES)
    truth = np.stack([pose.image for pose in true_poses(clip.shown)])
    off = np.linalg.norm(poses.image - truth, axis=2)
    length = np.linalg.norm(truth[:, 11] - truth[:, 27], axis=1)  # shoulder to ankle
    assert np.median(off / length[:, None]) < 0.03


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of two pictures made equally small: about 1 if they show the same."""
    size = (one.shape[1] * 240 // max(one.shape), one.shape[0] * 240 // max(one.shape))
    small = [cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(float) for rgb in (one, other)]
    return float(np.corrcoef(*(rgb.ravel() for rgb in small))[0, 1])


def _aspect_off(rgb: np.ndarray, clip: Clip) -> float:
    return abs(rgb.shape[1] / rgb.shape[0] / (clip.shown[0] / clip.shown[1]) - 1)


def _read(path: Path) -> np.ndarray:
    return np.asarray(cv2.imread(str(path)))[..., ::-1]
