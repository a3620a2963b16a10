"""What a person sees on the picture: skeleton, counter, range meter, cue. Live and video output share it."""

from formcheck.draw.overlay import Overlay

__all__ = ["Overlay"]
