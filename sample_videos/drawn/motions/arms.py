"""Exercises that the arms count."""

from sample_videos.drawn.motions.common import Motion

MOTIONS: dict[str, Motion] = {}
