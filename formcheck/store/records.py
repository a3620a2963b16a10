"""What the store takes and gives: plain frozen records, no database behind them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from formcheck.types.frame import Turn

#: ``ok``, ``not_judgeable`` and ``failed`` are final.
Status = Literal["queued", "running", "ok", "not_judgeable", "failed"]
FINAL: tuple[Status, ...] = ("ok", "not_judgeable", "failed")


@dataclass(frozen=True, slots=True)
class JobRequest:
    """One video that shall be judged.

    Attributes
    ----------
    path : where the video lies; with its queue, what the job is known by.
    name : as people know it; only ever shown.
    key : digest of everything that decides the result: the video's bytes, exercise, model, options, version.
    folder : where its results go.
    exercise : id, path of a TOML file, or "auto".
    side, view, rotation_deg, slowmo : as `formcheck.apps.analysis.Options` has them.
    careful : whether to look more often than the other videos are looked at; None is as them.
    sha256, size_bytes, duration_s : of the video; None where not known.
    person : whose it is, if that is known.
    """

    path: str
    name: str
    key: str
    folder: str
    exercise: str = "auto"
    side: str | None = None
    view: str | None = None
    rotation_deg: Turn | None = None
    slowmo: float | None = None
    careful: bool | None = None
    sha256: str | None = None
    size_bytes: int | None = None
    duration_s: float | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A video to be judged and how far it is.

    Attributes
    ----------
    id : 32 hex digits.
    queue : whose jobs these are: one batch folder's, or the web service's.
    reason : why it is not judgeable or failed; None otherwise.
    progress : 0..1 of a running job; None if it is not known.
    attempts : how often it was begun.
    session : id of the stored session; None unless ``ok`` (or ``not_judgeable`` with something seen).
    seconds : what judging it took.
    """

    id: str
    queue: str
    request: JobRequest
    status: Status
    reason: str | None
    progress: float | None
    attempts: int
    created: datetime
    started: datetime | None
    finished: datetime | None
    seconds: float | None
    session: int | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A stored session in numbers, as lists and trends need it; the whole of it is `Store.session`.

    ``origin`` tells a judged video from a live session. ``when`` it was recorded, as far as known, else
    judged. ``range_unit`` and the medians are those of counted repetitions; None where there are none.
    """

    id: int
    origin: Literal["video", "live"]
    when: datetime
    name: str
    person: str | None
    exercise: str
    exercise_name: str
    kind: str
    view: str
    score: int | None
    coverage: float
    attempts: int
    reps: int
    good_reps: int
    hold_s: float | None
    clean_hold_s: float | None
    cadence_spm: float | None
    folder: str | None
