"""On the back, folding at the hips."""

from sample_videos.drawn.motions.common import Motion

MOTIONS: dict[str, Motion] = {}
