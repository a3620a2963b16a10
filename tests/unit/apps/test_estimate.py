"""The first pass over frames whose times no clip has."""

from contextlib import nullcontext
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck.apps.looking import looked_at, silent
from formcheck.errors import SourceError
from formcheck.pose.looks import Schedule, looks_of
from formcheck.types import Frame, Model, Pose, SourceInfo


class FilmSource(list):
    info = SourceInfo("clip.mp4", "video", 64, 48)


class Nobody(nullcontext, SimpleNamespace):
    model = Model("none", "")

    def __enter__(self):
        return self

    def estimate(self, frame):
        return Pose.nobody(frame.t)


def test_frames_that_are_twelve_days_apart_are_refused_in_one_line():
    rgb = np.zeros((48, 64, 3), np.uint8)
    frames = FilmSource(Frame(rgb, t, i) for i, t in enumerate((0.0, 2e6)))
    with pytest.raises(SourceError, match=r"^clip\.mp4: t: spans 2e\+06 s; times must be seconds; convert"):
        looked_at(frames, Nobody, Schedule(looks_of()), silent)
