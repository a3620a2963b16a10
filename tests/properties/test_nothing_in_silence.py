"""Nothing is dropped in silence: of a clip in which nothing counts it is said why, in a sentence."""

from functools import cache
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from formcheck.apps.cli.summary import print_summary
from formcheck.apps.finished import Analysis
from formcheck.codec.session import session_to_dict
from formcheck.engine.recording import judge_recording
from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.types.landmark import COUNT
from sample_videos.drawn import EXERCISES
from tests.exercises.asides import ASIDES, aside
from tests.exercises.comings import filmed
from tests.exercises.cutting import Scene, empty, film
from tests.exercises.takes import dropped, remade, scaled, slowed
from tests.figures import figure

COUNTED = [e.id for e in catalog().values() if e.id in EXERCISES and any(c.is_excursion for c in e.cycle)]
#: What says why nothing counts: what was passed over; of a clip whose exercise is not known, that it is not.
WHY = {"passed_over", "exercise_unknown", "exercise_unsure"}


@cache
def drawn(exercise, view="side"):
    return figure(exercise, view=view, reps=2, fps=12.0, noise=0.004, sway=1.0)


def moving(poses, share):
    """The same movement, so much smaller."""
    rows = {name: getattr(poses, name) for name in ("image", "world")}
    return remade(poses, **{name: x[:1] + share * (x - x[:1]) for name, x in rows.items()})


def elsewhere(poses, by, down):
    """The person so much smaller, and farther down, in shares of the picture, which stays as it is."""
    return remade(poses, image=poses.image * by + [0, down * poses.height_px])


def seen(poses, rng, landmarks, frames):
    """Shares of landmarks and of frames that are well seen."""
    hidden = (rng.random(len(poses)) > frames)[:, None] & (rng.random(COUNT) > landmarks)
    return remade(poses, visibility=np.where(hidden, 0.05, poses.visibility))


def astray(poses, rng):
    """Whatever a model may see in a picture without anybody."""
    size = np.array([poses.width_px, poses.height_px])
    return remade(poses, image=rng.random(poses.image.shape) * size, world=rng.normal(size=poses.world.shape))


def beside(poses, exercise, rng):
    """Who only talks, or stretches, or drinks."""
    return filmed(drawn(exercise), aside(rng.choice(sorted(ASIDES)), 12.0, rng), rng)


def with_title(poses, exercise, rng):
    """Hardly any movement, before or after a picture without anybody."""
    shots = [moving(poses, 0.1), empty(poses, 1.0)]
    return film(Scene(exercise, "side", 0), shots if rng.random() < 0.5 else shots[::-1])


#: Of poses, their exercise and a generator: clips in which often nothing counts.
KINDS = {
    "nothing moves": lambda p, x, rng: moving(p, 0.0),
    "too little": lambda p, x, rng: moving(p, rng.uniform(0.05, 0.3)),
    "too little, much of it hidden": lambda p, x, rng: seen(moving(p, 0.1), rng, 0.3, 0.5),
    "another posture": lambda p, x, rng: drawn(rng.choice(COUNTED)).poses,
    "beside it": beside,
    "another view": lambda p, x, rng: drawn(x, rng.choice(["front", "back", "oblique"])).poses,
    "small": lambda p, x, rng: elsewhere(p, rng.uniform(0.0, 0.2), 0.3),
    "few pixels": lambda p, x, rng: scaled(p, rng.uniform(0.02, 0.2)),
    "outside": lambda p, x, rng: elsewhere(p, 1.0, rng.uniform(0.3, 2.0)),
    "hidden": lambda p, x, rng: seen(p, rng, rng.uniform(0, 0.6), rng.uniform(0, 0.5)),
    "invisible": lambda p, x, rng: seen(p, rng, 0.0, 0.0),
    "astray": lambda p, x, rng: astray(p, rng),
    "cut": lambda p, x, rng: remade(p, shot=(p.t // rng.uniform(0.05, 1.0)).astype(np.int32)),
    "with a title": with_title,
    "slow": lambda p, x, rng: slowed(p, rng.uniform(5, 100)),
    "fast": lambda p, x, rng: slowed(p, rng.uniform(0.05, 0.2)),
    "few frames": lambda p, x, rng: p.rows(slice(None, None, int(rng.integers(6, 40)))),
    "short": lambda p, x, rng: p.between(0.0, rng.uniform(0.1, 1.5)),
    "from the middle": lambda p, x, rng: p.between(1.8, rng.uniform(2.0, 3.0)),
    "one frame": lambda p, x, rng: p.rows(slice(0, 1)),
    "on its side": lambda p, x, rng: p.turned(int(rng.choice([90, 180, 270]))),
    "mostly nobody": lambda p, x, rng: dropped(p, *sorted([(0.0, rng.uniform(1, 3)), (3.5, np.inf)])),
    "hardly anybody": lambda p, x, rng: dropped(p, (rng.uniform(0.05, 1), np.inf)),
}  # fmt: skip
#: Kinds of which nothing can count, whatever is drawn.
EMPTY = ("nothing moves", "invisible", "short", "one frame", "hardly anybody")


def asked(kind, exercise, seed, named):
    poses = KINDS[kind](drawn(exercise).poses, exercise, np.random.default_rng(seed))
    return judge_recording(poses, exercise if named else "auto")


def reasons(session):
    """Why nothing counts, as session.json and the terminal have it."""
    out = StringIO()
    print_summary(Analysis(session, Path("x"), (), None), Console(file=out, width=1000))
    said = [sentence(tip.advice) for tip in session.capture if tip.advice.code in WHY]
    written = [tip["advice"] for tip in session_to_dict(session)["capture"]]
    return [why for why in said if why in out.getvalue() and why in written]


def counts(session):
    s = session.summary
    return bool(s.attempts or s.hold_s or session.gait)


CLIPS = (st.sampled_from(COUNTED), st.integers(0, 2**32 - 1))


@pytest.mark.parametrize("kind", KINDS)
@given(*CLIPS)
@settings(max_examples=4, deadline=None)
def test_of_a_named_exercise_without_attempts_it_is_said_why(kind, exercise, seed):
    session = asked(kind, exercise, seed, named=True)
    assert counts(session) or reasons(session)
    assert not (kind in EMPTY and counts(session))


@given(st.sampled_from(sorted(KINDS)), *CLIPS)
@settings(max_examples=25, deadline=None)
def test_of_a_clip_in_which_nothing_is_recognised_it_is_said(kind, exercise, seed):
    session = asked(kind, exercise, seed, named=False)
    assert counts(session) or reasons(session)
