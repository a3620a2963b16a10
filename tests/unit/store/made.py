"""What the store's tests put in, and what other processes do to a store."""

import os
import signal
from dataclasses import replace
from functools import cache
from pathlib import Path

from formcheck.outputs.session_file import read_session
from formcheck.store import Job, JobRequest, Store, open_store
from formcheck.types import Section, Session

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("*.json"))
QUEUE = "batch"
#: What turns a store back into one of version 0003.
BACK_TO_0003 = (
    *(f"ALTER TABLE jobs DROP COLUMN {name}" for name in ("rotation_deg", "slowmo", "careful")),
    "UPDATE alembic_version SET version_num = '0003'",
)


@cache
def golden(name: str) -> Session:
    """A real session: squat_side_shallow, plank_sag, running_head_forward ..."""
    return read_session(next(path for path in GOLDEN if path.stem == name))


def joined(*sessions: Session) -> Session:
    """One session of a clip that holds them all, the first at the top."""
    names = ("exercise", "view", "summary", "result", "faults", "checks")
    parts = [Section(10.0 * i, 10.0 * i + 9, *(getattr(s, n) for n in names)) for i, s in enumerate(sessions)]
    return replace(sessions[0], sections=tuple(parts))


def request(name: str, **others: object) -> JobRequest:
    """A video that lies in /videos."""
    found = {"path": f"/videos/{name}", "key": "first", "folder": f"/results/{name}"}
    return JobRequest(name=name, **(found | others))


def put(store: Store, *names: str, queue: str = QUEUE, **others: object) -> list[Job]:
    """Videos of these names, queued."""
    return store.enqueue(queue, [request(name, **others) for name in names])


def done(store: Store, name: str, session: Session, **others: object) -> Job:
    """A video of that name, judged."""
    (job,) = put(store, name, **others)
    return store.finish(job.id, "ok", session=session)


def open_twice(place: str) -> dict[str, int]:
    """Open a store, let go of it, and open it again."""
    open_store(place).close()
    with open_store(place) as store:
        return dict(store.counts(QUEUE))


def claim_all(place: str) -> list[str]:
    """Names of the jobs that this process got."""
    with open_store(place) as store:
        return claimed(store)


def claimed(store: Store) -> list[str]:
    """Names of the jobs that were left."""
    names = []
    while job := store.claim(QUEUE):
        names.append(job.request.name)
    return names


def claim_and_die(place: str) -> None:
    """Begin a job and be killed, with the store open."""
    open_store(place).claim(QUEUE)
    os.kill(os.getpid(), signal.SIGKILL)
