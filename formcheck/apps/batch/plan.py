"""What a run has before it: how much, how long, and how long one clip may take at most."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from formcheck.files.folders import clip_name
from formcheck.outputs import words
from formcheck.store.records import FINAL, Job, JobRequest

#: Seconds of work per second of video where nothing was measured yet: `full` at 30 frames per second on one
#: core of 2024.
ASSUMED = 0.8
#: Seconds that a clip costs however short it is: opening, report, pictures.
EACH_S = 1.0
#: A clip may take a minute, for its start on a busy machine, and twenty times its own length.
LEAST_S, TIMES = 60.0, 20.0
#: Allowed where a file does not say how long it is: enough for a clip of ten minutes.
UNKNOWN_S = LEAST_S + TIMES * 600
#: Nothing may take longer than that: a file may lie about its length.
MOST_S = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """A run before it begins; ``work_s`` is what one worker would need for what is to do.

    ``aside`` clips of these go to folders with a hash in their names, as those named after them are taken.
    """

    jobs: int
    video_s: float
    done: int
    unsure: int
    work_s: float
    workers: int
    aside: int = 0

    @property
    def todo(self) -> int:
        """How many clips are to be judged."""
        return self.jobs - self.done

    def line(self) -> str:
        """The plan in one line."""
        length = words.duration(self.video_s) if self.video_s < 100 else f"{self.video_s / 60:.0f} min"
        parts = [f"{words.count(self.jobs, 'clip')}, {length} of video"]
        if self.done:
            unsure = f", {self.unsure} of them of an unknown exercise" if self.unsure else ""
            parts.append(f"{self.done} done before{unsure}")
        if self.aside:
            parts.append(f"{self.aside} of a name that is taken, so its folder gets a short hash")
        parts.append(f"{self.todo} to do with {words.count(self.workers, 'worker')}")
        return "; ".join([*parts, f"about {about(self.work_s / self.workers)}"])


def plan(jobs: Sequence[Job], unsure: int, workers: int) -> BatchPlan:
    """The plan for these jobs; how quick this machine is comes from those that are done."""
    return BatchPlan(
        jobs=len(jobs),
        video_s=sum(job.request.duration_s or 0 for job in jobs),
        done=sum(job.status in FINAL for job in jobs),
        unsure=unsure,
        work_s=pace(jobs) * sum(weight(job.request) for job in jobs if job.status not in FINAL),
        workers=workers,
        aside=sum(job.status not in FINAL and _aside(job.request) for job in jobs),
    )


def _aside(request: JobRequest) -> bool:
    return Path(request.folder).name != clip_name(request.path)


def pace(jobs: Collection[Job]) -> float:
    """Seconds of work for one of `weight`: as the jobs that went well took, else as assumed."""
    measured = [job for job in jobs if job.status == "ok" and job.seconds]
    if not measured:
        return ASSUMED
    return sum(job.seconds or 0 for job in measured) / sum(weight(job.request) for job in measured)


def weight(request: JobRequest) -> float:
    """How much work a clip is, in seconds of video."""
    return EACH_S + (request.duration_s or 0)


def longest_s(request: JobRequest) -> float:
    """How long judging a clip may take unless the user says."""
    if request.duration_s is None:
        return UNKNOWN_S
    return min(MOST_S, LEAST_S + TIMES * request.duration_s)


def about(seconds: float) -> str:
    """A rough time: "20 s", "3 min", "2.5 h"."""
    if seconds < 55:
        return f"{max(5, 5 * round(seconds / 5))} s"
    return f"{max(1, round(seconds / 60))} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
