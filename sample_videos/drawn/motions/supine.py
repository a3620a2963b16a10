"""On the back."""

from sample_videos.drawn.motions.common import Motion

MOTIONS: dict[str, Motion] = {}
