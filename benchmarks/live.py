"""What a live session costs: from the frame's time stamp to the event, and memory over the minutes.

A sample clip plays again and again in real time, newest frame only, as `formcheck live --headless` would see
it. The landmarker's own time is measured in the same run, so that the ratio holds on any machine.
"""

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console

from formcheck.apps.live.loop import Loop
from formcheck.exercises import find_exercise
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.pose import models
from formcheck.pose.estimator import Estimator
from formcheck.sources.live import open_live
from formcheck.types import Frame, Pose
from formcheck.types.live_update import LiveUpdate

CLIP = Path("sample_videos/squat_side_clean.mp4")
#: p50 at most the landmarker's own time and this, p95 at most twice that time and this. Seconds.
P50_S, P95_S = 0.015, 0.030
#: The last third may hold this much more memory than the first.
GROWTH = 1.03
_SAMPLE_S = 5.0


class Timed:
    """A landmarker that notes how long it took."""

    def __init__(self, inner: Estimator) -> None:
        self._inner, self.model = inner, inner.model
        self.took: list[float] = []

    def estimate(self, frame: Frame) -> Pose:
        """As the landmarker."""
        began = time.perf_counter()
        pose = self._inner.estimate(frame)
        self.took.append(time.perf_counter() - began)
        return pose


@dataclass
class Watch:
    """Latency of every update, and memory now and then."""

    now: Callable[[], float]
    until_s: float
    latency: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    rss_mb: list[tuple[float, float]] = field(default_factory=list)

    def __call__(self, update: LiveUpdate) -> None:
        """Take note; ends the run when its time is over."""
        now = self.now()
        self.latency.append(now - update.t)
        self.at.append(now)
        if not self.rss_mb or now - self.rss_mb[-1][0] >= _SAMPLE_S:
            self.rss_mb.append((now, rss_mb()))
        if now > self.until_s:
            raise StopIteration


def rss_mb() -> float:
    """Memory of this process now; NaN where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Play, measure, tell; exit code 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    minutes = parser.parse_args().minutes
    task = Task(find_exercise("squat"), sets=10_000, reps=10, rest_s=5.0)
    with (
        open_live(str(CLIP), loop=None) as source,
        models.load("full").estimator() as inner,
    ):
        size = (source.info.width_px, source.info.height_px)
        session, estimator = LiveSession(Workout((task,)), size, countdown_s=0), Timed(inner)
        watch = Watch(source.now, 60.0 * minutes)
        with suppress(StopIteration):
            Loop(source, estimator, session, watch=watch).run()
        return tell(watch, np.array(estimator.took), source.dropped, session)


def tell(watch: Watch, took: np.ndarray, dropped: int, session: LiveSession) -> int:
    """Print the figures; 1 where a limit is broken."""
    say = Console(highlight=False).print
    latency, at = np.array(watch.latency), np.array(watch.at)
    half = np.median(took)
    p50, p95 = np.percentile(latency, [50, 95])
    say(f"{len(latency)} frames in {at[-1] / 60:.1f} min, {dropped} dropped, {len(session.sets)} sets")
    say(f"landmarker   p50 {1e3 * half:.1f} ms, p95 {1e3 * np.percentile(took, 95):.1f} ms")
    say(f"frame to event p50 {1e3 * p50:.1f} ms (at most {1e3 * (half + P50_S):.1f})")
    say(f"frame to event p95 {1e3 * p95:.1f} ms (at most {1e3 * (2 * half + P95_S):.1f})")
    thirds = [latency[(at >= a * at[-1] / 3) & (at < (a + 1) * at[-1] / 3)] for a in range(3)]
    say("p50 by thirds  " + ", ".join(f"{1e3 * np.median(x):.1f} ms" for x in thirds))
    t, mb = np.array(watch.rss_mb).T
    first, last = mb[t < t[-1] / 3].mean(), mb[t >= 2 * t[-1] / 3].mean()
    say(f"memory  first third {first:.0f} MB, last third {last:.0f} MB, ratio {last / first:.3f}")
    broken = p50 > half + P50_S or p95 > 2 * half + P95_S or last / first > GROWTH
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
