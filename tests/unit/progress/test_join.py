"""Clips of one run joined: which clip is believed about what."""

from dataclasses import replace

import pytest

from formcheck.errors import FormcheckError
from formcheck.messages import sentence
from formcheck.progress.join import join
from formcheck.types.gait import Gait, GaitDrift, Metric
from formcheck.types.reason import Reason, said
from formcheck.types.result import GaitResult
from formcheck.types.session import Advice, Check, Condition, Session
from tests.unit.outputs import sessions

FAULT = sessions.running().faults[0]


def fault(name, level="warn", safety=False, spans=((1.0, 2.0),)):
    return replace(FAULT, id=name, level=level, safety=safety, spans=spans)


def clip(name, view="side", said=None, faults=(), spm=170.0, **gait) -> Session:
    """A clip whose checks said this: {id: verdict or (verdict, seen)}."""
    found = {i: v if isinstance(v, tuple) else (v, 0.9) for i, v in (said or {}).items()}
    s = sessions.running()
    return replace(
        s,
        source=sessions.source(name, sha256=None),
        view=replace(s.view, name=view),
        summary=replace(s.summary, score=len(name), coverage=0.1),
        result=GaitResult(Gait(spm, 50, strides=20, **gait), s.mean_stride),
        checks=tuple(Check(i, v, None, seen) for i, (v, seen) in found.items()),
        faults=tuple(faults),
        capture=(),
        conditions=(Condition("view", "ok", Reason("clip_people", n=len(name))),),
    )


UNSEEN = "not_assessable"
SIDE = clip(
    "side.mp4", "side", {"lean": "ok", "overstride": "error", "pelvis": UNSEEN}, [fault("overstride")]
)
REAR = clip("rear.mp4", "back", {"lean": UNSEEN, "pelvis": "warn", "sway": UNSEEN}, [fault("pelvis")])


def verdicts(session):
    return {c.id: c.verdict for c in session.checks}


# --- what it holds ---------------------------------------------------------------------------------------


def test_each_view_adds_what_it_shows():
    joined = join([REAR, SIDE])
    assert verdicts(joined) == {"lean": "ok", "overstride": "error", "pelvis": "warn", "sway": UNSEEN}
    assert joined.summary.coverage == 3 / 4


def test_the_clip_that_assessed_most_leads():
    joined = join([REAR, SIDE])
    assert (joined.source, joined.view, joined.conditions) == (SIDE.source, SIDE.view, SIDE.conditions)
    assert (joined.summary.score, joined.traces) == (SIDE.summary.score, SIDE.traces)


def test_every_clip_is_recorded_as_it_was_in_the_given_order():
    joined = join([REAR, SIDE])
    assert [c.source for c in joined.clips] == [REAR.source, SIDE.source]
    assert [c.summary for c in joined.clips] == [REAR.summary, SIDE.summary]
    assert [c.conditions for c in joined.clips] == [REAR.conditions, SIDE.conditions]
    assert [c.cadence_spm for c in joined.clips] == [170.0, 170.0]


def test_faults_keep_their_clip_and_its_clock():
    joined = join([REAR, SIDE])
    assert [(f.id, f.clip, f.spans) for f in joined.faults] == [
        ("pelvis", "rear.mp4", ((1.0, 2.0),)),
        ("overstride", "side.mp4", ((1.0, 2.0),)),
    ]


def test_faults_are_sorted_as_those_of_one_clip():
    said = dict.fromkeys("abcd", "warn")
    a = clip("a", "side", {"a": "warn", "b": "warn"}, [fault("a"), fault("b", safety=True)])
    b = clip(
        "b", "back", {"c": "error", "d": "error"}, [fault("c", "error"), fault("d", "error", safety=True)]
    )
    assert [f.id for f in join([a, b]).faults] == ["d", "c", "b", "a"]
    assert verdicts(join([a, b])).keys() == said.keys()


@pytest.mark.parametrize(
    ("first", "second", "believed"),
    [
        (("side", "ok"), ("back", "error"), "error"),
        (("side", "warn"), ("side", "ok"), "warn"),
        (("oblique", "error"), ("side", "ok"), "ok"),
        (("oblique", "ok"), ("side", "error"), "error"),
        (("oblique", "ok"), ("oblique", "error"), "error"),
        (("oblique", "warn"), ("side", UNSEEN), "warn"),
        (("side", UNSEEN), ("back", UNSEEN), UNSEEN),
    ],
)
def test_who_is_believed(first, second, believed):
    clips = [
        clip(name, view, {"head": verdict}, [fault("head")] if verdict in ("warn", "error") else [])
        for name, (view, verdict) in (("a", first), ("b", second))
    ]
    for given in (clips, clips[::-1]):
        joined = join(given)
        assert verdicts(joined) == {"head": believed}
        assert len(joined.faults) == (believed in ("warn", "error"))


def test_of_two_that_agree_the_one_that_saw_more_tells_the_fault():
    a = clip("a", "side", {"head": ("warn", 0.5)}, [fault("head", spans=((1.0, 2.0),))])
    b = clip("b", "side", {"head": ("warn", 0.8)}, [fault("head", spans=((7.0, 8.0),))])
    (found,) = join([a, b]).faults
    assert (found.clip, found.spans) == ("b", ((7.0, 8.0),))


def test_numbers_of_the_run():
    few, many = (Metric(x, "deg", "ok", n) for x, n in ((8.0, 20), (9.0, 40)))
    unseen, wrong = Metric(None, "deg", UNSEEN, 0), Metric(7.0, "deg", "warn", 25)
    a = clip("a", said={"x": "ok"}, metrics={"lean": few, "elbow": unseen, "head": many})
    b = clip("b", metrics={"lean": many, "elbow": few, "head": wrong, "drop": few}, spm=172.0)
    run = join([a, b]).gait
    assert run.metrics == {"lean": many, "elbow": few, "head": wrong, "drop": few}
    assert (run.cadence_spm, run.steps, run.strides) == (170.0, 100, 40)


def test_a_clear_drift_is_not_hidden():
    calm, clear = GaitDrift(8.0, 8.1, 0.1, 0.5, False), GaitDrift(8.0, 12.0, 4.0, 0.5, True)
    a = clip("a", said={"x": "ok"}, drift={"lean": calm, "head": clear})
    b = clip("b", drift={"lean": clear, "head": calm, "drop": calm})
    assert join([a, b]).gait.drift == {"lean": clear, "head": clear, "drop": calm}


def test_advice_that_the_other_clip_answers_is_dropped():
    back = Advice("turn_to_back", said("Film from behind."))
    tips = (back, Advice("come_closer", said("Film from nearer by.")))
    side, rear = replace(SIDE, capture=tips), replace(REAR, capture=(Advice("turn_to_front", said("Turn.")),))
    assert [(a.id, sentence(a.advice)) for a in join([side, rear]).capture] == [
        ("come_closer", "side.mp4: Film from nearer by."),
        ("turn_to_front", "rear.mp4: Turn."),
    ]


# --- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [[], [SIDE]])
def test_one_clip_is_not_joined(given):
    with pytest.raises(FormcheckError, match="two or more"):
        join(given)


def test_the_same_clip_twice_is_refused():
    twice = [replace(s, source=replace(s.source, sha256="ab" * 32)) for s in (SIDE, REAR)]
    with pytest.raises(FormcheckError, match="same clip twice"):
        join(twice)
    with pytest.raises(FormcheckError, match="one name"):
        join([SIDE, SIDE])


def test_only_runs_are_joined():
    with pytest.raises(FormcheckError, match=r"Running, Squat"):
        join([SIDE, sessions.squat()])
    with pytest.raises(FormcheckError, match="only clips of one run"):
        join(
            [
                sessions.squat("a.mp4"),
                replace(sessions.squat("b.mp4"), source=sessions.source("b", sha256="c")),
            ]
        )


@pytest.mark.parametrize("spm", [178.4, 162.0, None])
def test_one_speed_is_joined(spm):
    assert join([SIDE, clip("b", "back", spm=spm)]).gait.cadence_spm == 170.0


@pytest.mark.parametrize("spm", [178.6, 161.8])
def test_two_speeds_are_refused(spm):
    with pytest.raises(FormcheckError, match="one run at one speed"):
        join([SIDE, clip("b", "back", spm=spm)])
