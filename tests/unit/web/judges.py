"""Workers that know the result at once, and a sender of videos."""

import os
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from formcheck.apps.jobs.task import JobOutcome
from formcheck.files.folders import publish
from formcheck.outputs.session_file import read_session, write_session
from formcheck.sources.container import sha256
from tests.unit.outputs import sessions
from tests.unit.web.service import PATIENCE_S, serving, wait_for
from tests.unit.web.stand_ins import app

#: What every video here begins with, and what must not be found anywhere when it is judged.
HEAD, SECRET = b"\0\0\0\x18ftypisom", b"only in the uploaded bytes"
CLIP = HEAD + SECRET * 100
#: What a judged video leaves behind.
RESULTS = {
    "report.html": b"<h1>a report</h1>",
    "annotated.mp4": bytes(range(256)) * 8,
    "thumbnail.jpg": b"\xff\xd8small",
    "evidence/knees_in.jpg": b"\xff\xd8worst",
}


def good(task):
    """Nine good squats, with every file."""
    staging = Path(task.work) / task.id
    squat = sessions.squat(task.name)
    source = replace(squat.source, sha256=sha256(Path(task.path)))
    session = read_session(write_session(replace(squat, source=source), staging))
    for name, data in RESULTS.items():
        (staging / name).parent.mkdir(exist_ok=True)
        (staging / name).write_bytes(data)
    publish(staging, Path(task.folder))
    return JobOutcome(task.id, "ok", None, session, 0.1)


def bad(task):
    """Nothing can be read."""
    return JobOutcome(task.id, "failed", "no picture can be decoded", None, 0.1)


def slow(task, tell=None):
    """As `good`, but it takes a while; for worker processes. Notes when it is done."""
    time.sleep(0.3)
    outcome = good(task)
    with (Path(task.work).parent / "journal").open("a") as journal:
        journal.write(f"{task.name}\n")
    return outcome


class Judges:
    """Two at a time, at once; or when `go` is set, where they are held."""

    size = 2

    def __init__(self, judge=good, held=False):
        self.judge, self.go = judge, threading.Event()
        self.tasks, self.cancelled, self.closed = [], [], False
        self._flying = []
        if not held:
            self.go.set()

    def start(self, task, timeout_s):
        self.tasks.append(task)
        self._flying.append(task)

    def finished(self, wait_s):
        if not self.go.wait(min(wait_s, 0.02)):
            return []
        flying, self._flying = self._flying, []
        return [self.judge(task) for task in flying]

    def progress(self):
        return {task.id: 0.25 for task in self._flying}

    def cancel(self, task):
        self.cancelled.append(task)
        self._flying = [t for t in self._flying if t.id != task]

    def close(self):
        self.closed = True


class NoLengths:
    """No file says how long it is."""

    def __init__(self, length_s=None):
        self.length_s = length_s

    def of(self, path):
        return self.length_s

    def close(self):
        pass


class Client(httpx.Client):
    """A client of one service."""

    def __init__(self, service, **given):
        super().__init__(base_url=f"http://{service.host}", timeout=PATIENCE_S, trust_env=False, **given)
        self.data = service.app.state.site.data
        self.site, self.service = service.app.state.site, service

    def upload(self, name="clip.mp4", content=CLIP, **fields):
        """The answer to one video."""
        return self.post("/api/videos", files={"file": (name, content)}, data=fields)

    def sent(self, *args, **fields):
        """The id of a video that was taken."""
        answer = self.upload(*args, **fields)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def status(self, video):
        return self.get(f"/api/videos/{video}").json()["status"]

    def judged(self, video):
        """A video when it is at its end."""
        wait_for(lambda: self.status(video) in {"done", "failed"})
        return self.get(f"/api/videos/{video}").json()

    def files(self):
        """What lies in the data folder, but for the store."""
        known = {"formcheck.sqlite", ".lock"}
        found = (p for p in self.data.rglob("*") if p.is_file())
        return sorted(str(p.relative_to(self.data)) for p in found if p.name.split("-")[0] not in known)


@contextmanager
def client_of(folder, proxies=(), **given):
    """A client of a new service over a folder."""
    with serving(app(folder, **given), proxies) as service, Client(service) as client:
        yield client


def holding(folder, text):
    """The files that hold these bytes."""
    return [p for p in folder.rglob("*") if p.is_file() and text in p.read_bytes()]


def random_clip(size=1000):
    return HEAD + os.urandom(size)
