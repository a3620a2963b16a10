"""Where both legs are in their strides, and when each foot comes down and leaves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sample_videos.drawn.rig import Array, Side
from sample_videos.drawn.timeline import Timeline, smooth

#: Seconds from standing to moving.
START_S = 0.8


@dataclass(frozen=True)
class Strides:
    """Strides of two legs over time.

    Attributes
    ----------
    t : (T,) seconds.
    phase : (T,) strides since the left foot first landed.
    late : (T,) share of a stride by which the right foot lands later than half-way.
    duty : (T,) share of a stride that a foot is down; below one half there is flight.
    moving : (T,) 0 standing, 1 in full motion.
    stride_s : seconds of a stride, two steps.
    speed : (T,) metres a second of the belt.
    """

    t: Array
    phase: Array
    late: Array
    duty: Array
    moving: Array
    stride_s: float
    speed: Array

    def since(self, side: Side) -> Array:
        """(T,) strides since this foot first landed; whole numbers are its contacts."""
        return self.phase if side == "left" else self.phase - 0.5 - self.late

    def swing_share(self, side: Side) -> Array:
        """(T,) 0 at toe-off, 1 at the next contact; from -1 at contact to 0 while the foot is down."""
        own = self.since(side) % 1.0
        return np.where(own < self.duty, own / self.duty - 1.0, (own - self.duty) / (1.0 - self.duty))

    def contacts(self, side: Side) -> list[tuple[float, float]]:
        """Seconds at which this foot comes down and leaves, in full motion."""
        since = self.since(side)
        whole = np.arange(np.ceil(since[0]), np.floor(since[-1]))
        down, off = np.interp(whole, since, self.t), np.interp(whole, since - self.duty, self.t)
        full = np.min([np.interp(at, self.t, self.moving) for at in (down, off)], axis=0) > 1 - 1e-6
        return [(float(a), float(b)) for a, b in zip(down[full], off[full], strict=True)]


def strides(clock: Timeline, duty: ArrayLike, travel: ArrayLike, late: ArrayLike = 0.0) -> Strides:
    """The strides of a script at its cadence: starts from standing and comes back to it.

    A foot is down for ``duty`` of a stride and is carried back by ``travel`` metres meanwhile.
    """
    moving = smooth((clock.t - clock.script.lead_s) / START_S)
    moving = moving - smooth((clock.t - clock.end_s + START_S) / START_S)
    assert clock.script.cadence_spm  # `play` has filled it in
    stride_s = 120.0 / clock.script.cadence_spm
    phase = (clock.t - clock.script.lead_s) / stride_s
    duty, late = (np.broadcast_to(np.asarray(x, float), phase.shape) for x in (duty, late))
    return Strides(clock.t, phase, late, duty, moving, stride_s, moving * travel / (duty * stride_s))
