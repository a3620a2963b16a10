"""Building a `.task` bundle out of two networks: always the same bytes from the same parts.

The landmark networks that are freely packaged lack the note that says how pictures are to be scaled, without
which MediaPipe refuses them; `annotated` puts it in front of the network and leaves every byte as it is.
"""

import io
import zipfile

from formcheck.pose.flatbuffer import Reader, Table, write

#: Names of the two networks inside a bundle.
DETECTOR = "pose_detector.tflite"
LANDMARKS = "pose_landmarks_detector.tflite"

_OUTPUTS = ("landmarks", "presence", "segmentation", "heatmap", "world landmarks")
_METADATA = "TFLITE_METADATA"

# Slots of TFLite's Model table, and of its Metadata and Buffer tables.
_VERSION, _BUFFERS, _METADATA_LIST, _MODEL_SLOTS = 0, 4, 6, 8
_NAME, _BUFFER = 0, 1
_DATA = 0


def landmark_metadata() -> bytes:
    """The note for MediaPipe: an RGB picture divided by 255 goes in, five arrays come out."""
    # Slots and union tags are those of TFLite's metadata_schema.fbs.
    scale: Table = {0: 1, 1: {0: (0.0,), 1: (255.0,)}}
    rgb: Table = {0: 2, 1: {0: 1}}
    picture: Table = {0: "image", 3: rgb, 4: (scale,)}
    graph: Table = {2: (picture,), 3: tuple({0: name} for name in _OUTPUTS)}
    return write({0: "BlazePose landmarks", 3: (graph,), 7: "1.0.0"}, b"M001")


def annotated(network: bytes) -> bytes:
    """The landmark network with its note; the network's own bytes follow unchanged.

    Raises
    ------
    ValueError
        If ``network`` is no TFLite model.
    """
    if network[4:8] != b"TFL3":
        raise ValueError("not a TFLite model")
    old = Reader(network)
    buffers = old.items(_BUFFERS)
    root: Table = {_VERSION: old.number(_VERSION)}
    for slot in range(1, _MODEL_SLOTS):
        target = old.target(slot)
        if target is not None:
            root[slot] = target
    root[_BUFFERS] = (*buffers, {_DATA: landmark_metadata()})
    root[_METADATA_LIST] = (*old.items(_METADATA_LIST), {_NAME: _METADATA, _BUFFER: len(buffers)})
    return write(root, b"TFL3", network)


def build(detector: bytes, landmarks: bytes) -> bytes:
    """The bundle: an uncompressed archive with fixed names, order and dates.

    Parameters
    ----------
    detector : the network that finds people, which already carries its note.
    landmarks : the network that finds the 33 points, as packaged.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in ((DETECTOR, detector), (LANDMARKS, annotated(landmarks))):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # otherwise it tells Windows from the rest
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()
