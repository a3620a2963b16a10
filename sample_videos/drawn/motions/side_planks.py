"""Side planks."""

from sample_videos.drawn.motions.common import Motion

MOTIONS: dict[str, Motion] = {}
