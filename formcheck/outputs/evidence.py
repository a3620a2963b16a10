"""Pictures of single moments: the one that proves a fault, and the small one that stands for the clip."""

import re
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import palette, text
from formcheck.draw.skeleton import HIDDEN, draw_skeleton
from formcheck.errors import OutputError
from formcheck.files.writing import write_bytes
from formcheck.outputs import words
from formcheck.types import ActiveFault, Fault, Pose

Pixels = NDArray[np.uint8]

MAX_PX, THUMBNAIL_PX = 640, 480
_ENLARGE = 2.0  # a small person is shown larger, but not as a mosaic


def evidence_path(fault_id: str) -> str:
    """Where a fault's picture lies beside the report, as `Fault.evidence` has it."""
    return f"evidence/{re.sub(r'[^A-Za-z0-9_-]+', '_', fault_id) or 'fault'}.jpg"


def evidence_picture(rgb: Pixels, pose: Pose, fault: Fault, max_px: int = MAX_PX) -> Pixels:
    """Cut the person out generously, mark the fault's limbs, write value and limit beneath.

    Parameters
    ----------
    rgb, pose : the frame nearest to ``fault.worst.t_s`` and the person in it.
    fault : what to mark and to write.
    max_px : longest side of the cut; the strip with words comes below it.
    """
    x0, y0, x1, y1 = _around(pose, rgb.shape[1], rgb.shape[0])
    scale = min(max_px / max(x1 - x0, y1 - y0), _ENLARGE)
    size = (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    out = np.asarray(cv2.resize(rgb[y0:y1, x0:x1], size, interpolation=how), np.uint8)
    corner = np.array([x0, y0], np.float32)
    moved = Pose(pose.t, (pose.image - corner) * scale, pose.world, pose.visibility)
    marked = ActiveFault(fault.id, fault.cue, fault.level, fault.joints)
    draw_skeleton(out, moved, (marked,), unit=max(size) / 150)
    return np.concatenate([out, _strip(fault, size[0])])


def evidence_jpeg(rgb: Pixels, pose: Pose, fault: Fault, max_px: int = MAX_PX) -> bytes:
    """The picture as the bytes of a JPEG file."""
    return _packed(evidence_picture(rgb, pose, fault, max_px), evidence_path(fault.id))


def thumbnail_jpeg(rgb: Pixels, pose: Pose, max_px: int = THUMBNAIL_PX) -> bytes:
    """The whole picture made small, the person's limbs drawn, as the bytes of a JPEG file."""
    scale = min(1.0, max_px / max(rgb.shape[:2]))
    size = (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale)))
    out = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    draw_skeleton(
        out, Pose(pose.t, pose.image * scale, pose.world, pose.visibility), (), unit=max(size) / 180
    )
    return _packed(out, "thumbnail.jpg")


def _packed(picture: Pixels, name: str) -> bytes:
    good, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])
    if not good:
        raise OutputError(f"{name}: the picture could not be packed; report this")
    return bytes(data)


def write_evidence(folder: Path, fault_id: str, jpeg: bytes) -> str:
    """Write ``folder/evidence/ID.jpg``; gives the path for `Fault.evidence`."""
    name = evidence_path(fault_id)
    write_bytes(folder / name, jpeg)
    return name


def _around(pose: Pose, width: int, height: int) -> tuple[int, int, int, int]:
    """A box around the person with room to spare; the whole picture if nobody is seen."""
    seen = np.isfinite(pose.image).all(axis=1) & (np.nan_to_num(pose.visibility) >= HIDDEN)
    inside = seen & (pose.image >= 0).all(axis=1) & (pose.image <= [width, height]).all(axis=1)
    if not inside.any():
        return 0, 0, width, height
    low, high = pose.image[inside].min(axis=0), pose.image[inside].max(axis=0)
    size = float((high - low).max())
    middle = (low + high) / 2
    half = np.maximum((high - low) / 2 + 0.16 * size, 0.45 * size)  # neither a pillar nor a ribbon
    half = np.maximum(half, 0.1 * min(width, height))
    x0, y0 = np.floor(np.maximum(middle - half, 0)).astype(int)
    x1, y1 = np.ceil(np.minimum(middle + half, [width, height])).astype(int)
    return int(x0), int(y0), max(int(x1), int(x0) + 1), max(int(y1), int(y0) + 1)


def _strip(fault: Fault, width: int) -> Pixels:
    px = max(14, round(width / 19))
    worst = fault.worst
    line = words.judged_line(worst.value, worst.limit, worst.unit, fault.level)
    head = text.fit(fault.cue, px, width - 2 * px, 9)
    foot = text.fit(line, round(0.8 * px), width - 2 * px, 8, bold=False)
    pad = round(0.6 * px)
    strip = np.empty((head.shape[0] + foot.shape[0] + 2 * pad, width, 3), np.uint8)
    strip[:] = palette.INK
    strip[:, : max(4, px // 3)] = palette.of_level(fault.level)
    text.stamp(strip, head, px, pad, palette.PAPER)
    text.stamp(strip, foot, px, pad + head.shape[0], palette.DIM)
    return strip
