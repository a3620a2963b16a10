"""Bridges: on the back, feet planted."""

from sample_videos.drawn.motions.common import Motion

MOTIONS: dict[str, Motion] = {}
