"""How sure a fault is: what speaks for it, by hand, and what follows from it."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.count.hold import with_clean_s
from formcheck.engine.judge.judged_span import JudgedSpan
from formcheck.engine.judge.measurement import TOO_UNSURE, Measurement
from formcheck.engine.judge.sure import (
    FAR,
    LEAST,
    LEAST_SAFETY,
    LIKELY,
    NEAR,
    USUAL_COUNT,
    WEIGHTS,
    Broken,
    settled,
)
from formcheck.exercises.tables import Limit
from formcheck.types.result import Finding, Hold

LIMIT = Limit(warn=10.0, error=20.0, say="Say it", why="It was wrong.")


def found(value, *, safety=False, span=(0.0, 1.0)):
    verdict = "error" if value > 20 else "warn" if value > 10 else "ok"
    spans = (span,) if verdict != "ok" else ()
    return Measurement(
        Finding("it", value, "deg", 20.0 if verdict == "error" else 10.0, verdict, 1.0),
        limit(safety),
        spans=spans,
        error_spans=spans if verdict == "error" else (),
        share=1.0,
    )


def limit(safety):
    return LIMIT.model_copy(update={"safety": safety})


def test_beyond_is_how_much_worse_than_a_warning():
    assert found(14.0).beyond == 4.0
    assert found(7.0).beyond == -3.0
    assert replace(found(4.0), sign=-1.0).beyond == 6.0
    assert np.isnan(replace(found(4.0), finding=replace(found(4.0).finding, value=None)).beyond)


def test_what_speaks_for_a_fault():
    facts = Broken([found(5.0), found(16.0), found(22.0), found(28.0)], 6.0, 0.26, 0.6).facts
    assert facts["beyond"] == pytest.approx(np.log(NEAR + 12.0 / 6.0))
    assert facts["often"] == 0.75
    assert facts["doubt"] == pytest.approx(np.log(2))
    assert facts["counted"] == 0.6
    assert Broken([found(99.0)], 6.0, 0.1).facts["beyond"] == np.log(NEAR + FAR)


def test_what_nobody_knows_says_nothing():
    facts = Broken([found(16.0)], 0.0, float("nan")).facts
    assert facts["beyond"] == facts["doubt"] == 0.0
    assert facts["counted"] == USUAL_COUNT


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Broken([found(12.0)], 6.0, 0.1), Broken([found(19.0)], 6.0, 0.1)),
        (
            Broken([found(15.0), found(5.0), found(5.0)], 6.0, 0.1),
            Broken([found(15.0), found(5.0)], 6.0, 0.1),
        ),
        (Broken([found(15.0)], 6.0, 0.3), Broken([found(15.0)], 6.0, 0.1)),
        (Broken([found(15.0)], 6.0, 0.1, 0.4), Broken([found(15.0)], 6.0, 0.1, 0.9)),
    ],
)
def test_a_fault_is_surer_the_more_speaks_for_it(less, more):
    assert 0.0 < less.confidence < more.confidence < 1.0
    assert set(less.facts) == set(WEIGHTS)


@pytest.mark.parametrize(("safety", "least"), [(False, LEAST), (True, LEAST_SAFETY)])
def test_an_error_that_is_not_sure_enough_is_a_warning(safety, least):
    span = JudgedSpan(0.0, 1.0, (found(25.0, safety=safety), found(5.0)), 1.0, 1.0)
    (kept,), (milder,) = (settled([span], {"it": p}) for p in (least + 0.01, least - 0.01))
    assert kept == span
    assert [m.finding.verdict for m in milder.measurements] == ["warn", "ok"]
    assert milder.measurements[0].finding.limit == 10.0
    assert milder.measurements[0].spans == ((0.0, 1.0),)
    assert milder.grade.points > kept.grade.points


def test_what_is_unlikely_is_no_fault_and_says_why():
    span = JudgedSpan(0.0, 1.0, (found(25.0), found(5.0)), 1.0, 1.0)
    (unlikely,), (likely,) = (settled([span], {"it": p}) for p in (LIKELY - 0.01, LIKELY + 0.01))
    gone = unlikely.measurements[0]
    assert gone.finding.verdict == "not_assessable"
    assert gone.finding.reason == TOO_UNSURE
    assert gone.spans == gone.error_spans == ()
    assert likely.measurements[0].finding.verdict == "warn"
    assert unlikely.grade.form == 1.0


def test_a_hold_is_clean_where_its_blocks_have_no_error():
    hold = Hold("both", 10.0, 20.0, 10.0, 10.0, 0)
    blocks = [
        JudgedSpan(10.0, 15.0, (found(25.0, span=(11.0, 13.0)),), 1.0, 1.0),
        JudgedSpan(30.0, 35.0, (found(25.0, span=(30.0, 33.0)),), 1.0, 1.0),
    ]
    assert with_clean_s(hold, blocks).clean_s == 8.0
    assert with_clean_s(hold, settled(blocks, {"it": 0.0})).clean_s == 10.0
