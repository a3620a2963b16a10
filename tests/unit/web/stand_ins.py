"""A guide, a recorder and an estimator that do what a script says: the web knows no other kind."""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from formcheck.apps.web.app import create_app
from formcheck.apps.web.limits import Limits
from formcheck.apps.web.live_session import LiveFactories
from formcheck.pose.mediapipe import Bundle
from formcheck.types.live_update import LiveUpdate
from formcheck.types.pose import Model, Pose

MODEL = Model("full", "f" * 64)
BUNDLE = Bundle(MODEL, b"a model")
HOST = "http://127.0.0.1:8000"


def update(pose, **given):
    """A frame in which all is quiet."""
    quiet = LiveUpdate(
        t=pose.t,
        state="exercising",
        pose=pose,
        exercise="Squat",
        kind="reps",
        set_n=1,
        sets=1,
        goal_reps=10,
        goal_s=None,
        per_side=False,
        reps=0,
        attempts=0,
        left=None,
        right=None,
        hold_s=None,
        cadence_spm=None,
        phase=None,
        progress=float("nan"),
        tempo=None,
        faults=(),
        cue=None,
        instruction=None,
        seconds_left=None,
        why_not=None,
        say=None,
        summary=None,
        next=None,
        events=(),
    )
    return replace(quiet, **given)


class Guide:
    """Counts a repetition with every pose; ends at ``reps``."""

    def __init__(self, task, size, model):
        self.task, self.sizes, self.commands, self.poses = task, [size], [], []
        self.takes = []

    def step(self, pose):
        self.poses.append(pose)
        reps = len(self.poses)
        over = self.task.reps is not None and reps >= self.task.reps
        return update(pose, reps=reps, state="finished" if over else "exercising")

    def resize(self, size):
        self.sizes.append(size)

    def command(self, command):
        self.commands.append(command)

    def finish(self):
        return update(self.poses[-1]) if self.poses else None


class Recorder:
    """Writes a report as soon as one pose was seen."""

    def __init__(self, folder, source, model):
        self.folder, self.source, self.model, self.added = folder, source, model, []

    def add(self, pose, given):
        self.added.append((pose, given))

    def finish(self, takes):
        self.folder.mkdir(parents=True)
        (self.folder / "report.html").write_text("<h1>a report</h1>")
        return self.added


class Estimator:
    """Finds one body in the middle of every picture."""

    model = MODEL

    def estimate(self, frame):
        height, width = frame.rgb.shape[:2]
        image = np.full((33, 2), (width / 2, height / 2))
        return Pose(frame.t, image.astype(np.float32), np.zeros((33, 3)), np.ones(33))

    def close(self):
        pass


@dataclass
class Team:
    """The factories, and what they made."""

    guides: list = field(default_factory=list)
    recorders: list = field(default_factory=list)

    def factories(self, guide=Guide):
        def sent(kind, known):
            def make(*args):
                known.append(kind(*args))
                return known[-1]

            return make

        return LiveFactories(sent(guide, self.guides), sent(Recorder, self.recorders), Estimator, MODEL)


def app(folder, team=None, guide=Guide, workers=None, token=None, keep_uploads=False, rules=None, **limits):
    factories = (team or Team()).factories(guide)
    return create_app(
        folder,
        BUNDLE,
        rules=rules,
        factories=factories,
        vendor=folder / "nothing",
        limits=Limits(**{"per_second": 100_000, **limits}),
        workers=workers,
        token=token,
        keep_uploads=keep_uploads,
    )


def pose(t, **given):
    body = {"image": [[100.0, 200.0]] * 33, "visibility": [0.9] * 33, "world": [[0.0, 0.1, 0.2]] * 33}
    return {"t": t, "width": 640, "height": 480, **body, **given}


def jpeg(width=64, height=48):
    good, data = cv2.imencode(".jpg", np.full((height, width, 3), 90, np.uint8))
    assert good
    return bytes(data)
