"""The annotated video of clips of every size, drawn from poses that are already there."""

import av
import pytest

from formcheck.apps.looking import silent
from formcheck.apps.second_pass import Pictures, draw_video
from formcheck.engine.parts import whole
from formcheck.exercises import find_exercise
from formcheck.sources.video import open_source
from formcheck.types import Model, Pose, PoseSequence
from tests.clips import write_clip

MODEL = Model("none", "0" * 64)
FAST = {"preset": "ultrafast"}
SIZES = [(320, 240), (1278, 720), (1920, 1080), (1080, 1920), (2560, 1440), (3840, 2160), (1922, 1078)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_clip_of_any_size_is_drawn(tmp_path, width, height):
    clip = write_clip(tmp_path / "clip.mp4", frames=3, size=(width, height), options=FAST)
    with open_source(clip) as source:
        poses = PoseSequence.from_poses((Pose.nobody(f.t) for f in source), source.info, MODEL)
        parts = (whole(poses, find_exercise("squat")),)
        path = draw_video(source, poses, parts, Pictures(), tmp_path / "annotated.mp4", silent)
    with av.open(path) as made:
        frames = list(made.decode(video=0))
    assert len(frames) == 3
    drawn = frames[0]
    assert max(drawn.width, drawn.height) == min(max(width, height), 1280)
    assert drawn.width / drawn.height == pytest.approx(width / height, rel=0.01)
