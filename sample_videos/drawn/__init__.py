"""A drawn human figure: its motion, its exact truth, and the pictures of it.

`motion` gives landmarks and truth and never paints; the painter is imported only where pixels are wanted.
"""

from sample_videos.drawn.figure import Drawn, motion, play
from sample_videos.drawn.motions import EXERCISES
from sample_videos.drawn.timeline import Script, Span

__all__ = ["EXERCISES", "Drawn", "Script", "Span", "motion", "play"]
