import html
import re
from dataclasses import replace

import numpy as np
import pytest

from formcheck.outputs import plots, words
from formcheck.outputs.html import report_html, write_report
from formcheck.outputs.verdict import fine, hidden, verdict
from formcheck.types import Check, Trace, Worst
from formcheck.types.reason import said
from formcheck.types.session import ScoreParts
from tests.unit.outputs import sessions
from tests.unit.outputs.reading import parse, read


def test_well_formed_and_self_contained(any_session):
    page = report_html(any_session, sessions.CREATED, {"trunk_fold": b"\xff\xd8jpeg"})
    seen = parse(page)
    assert len(seen.ids) == len(set(seen.ids))
    assert "script" not in seen.tags
    assert "link" not in seen.tags
    assert not re.search(r"https?:|//\w|@import|url\((?!#)", page)
    sources = [v for _, name, v in seen.attrs if name in {"src", "href", "xlink:href"}]
    assert all(v.startswith(("data:image/jpeg;base64,", "#")) for v in sources)
    assert all(v[1:] in seen.ids for v in sources if v.startswith("#"))
    assert seen.tags.count("h1") == 1


def test_every_fault_with_its_number_and_limit():
    text = read(sessions.squat())
    for fault in sessions.squat().faults:
        assert fault.cue in text
        assert fault.why in text
    assert "43° should be at most 38°" in text
    assert "Seen in 2 of 6 attempts, at 0:16–0:18, 0:20–0:22. Worst at 0:17." in text
    assert text.count("matters for your safety") == 1


def test_summary_and_verdict():
    text = read(sessions.squat())
    assert "5 of 6 attempts were full repetitions; 3 of them were done well." in text
    assert "6 of 8 checks visible" in text
    assert "no: stopped short of the full range" in text
    assert "draft" in text
    assert "nothing went to the internet" in text
    assert "Not a medical device" in text
    for reason in sessions.NEVER:
        assert reason in text


@pytest.mark.parametrize(("confidence", "word"), [(0.92, "sure"), (0.7, "likely"), (0.4, "hint")])
def test_a_fault_says_how_sure_it_is(confidence, word):
    squat = sessions.squat()
    unsure = replace(squat, faults=(replace(squat.faults[0], confidence=confidence),))
    assert f"Clear fault · {word}" in read(unsure)
    assert f"· {word}" not in read(squat)


def test_a_score_says_what_it_is_made_of():
    for session, parts in (
        (sessions.squat(), "form 70, range 95, tempo 90; 6 of 8 checks visible"),
        (sessions.plank(), "form 70, kept 95, steadiness 90; "),
    ):
        made_of = replace(session.summary, score_parts=ScoreParts(70, 95, 90), score_range=(66, 84))
        assert f"66 to 84 as far as the camera errs; {parts}" in read(replace(session, summary=made_of))


def test_what_could_not_be_judged_is_said_with_its_reason():
    text = read(sessions.unjudged())
    assert "Nothing about the form could be judged: needs a view from the side; this one is front." in text
    assert "no score" in text


def test_a_hold_in_seconds():
    assert "You held the position for 46.2 s, 38.9 s of it without a clear fault." in read(sessions.plank())


def test_a_clip_of_two_exercises():
    text = read(sessions.mixed())
    assert "Squat 0:00–0:24 5 of 6 attempts 82" in text
    assert "Plank 0:30–1:20 46.2 s held 74 Lift your hips" in text


def test_nothing_at_all():
    text = read(sessions.nothing())
    assert "No repetition was found in this clip." in text
    assert "Could not be seen in this clip." in text


def test_hostile_names_stay_text():
    page = report_html(sessions.hostile(), sessions.CREATED)
    assert "<script" not in page.lower()
    assert html.escape("<script>alert('x')</script>", quote=True).replace("&#x27;", "&#39;") in page
    assert "<b>3" not in page


def test_evidence_is_embedded_with_words_for_it():
    page = report_html(sessions.squat(), sessions.CREATED, {"trunk_fold": b"jpeg"})
    assert 'src="data:image/jpeg;base64,anBlZw=="' in page
    assert "Measured 43°, should be at most 38°." in page


def test_the_same_session_gives_the_same_page(tmp_path):
    first = write_report(sessions.squat(), tmp_path / "a", sessions.CREATED).read_bytes()
    assert first == write_report(sessions.squat(), tmp_path / "b", sessions.CREATED).read_bytes()


def test_a_long_clip_stays_small():
    t = np.arange(0, 3600, 1 / 60)
    value = np.sin(t)
    value[1000:4000] = np.nan
    value[100_000] = 7.0
    thin_t, thin_value = plots.thin(t, value)
    assert len(thin_t) <= 660
    assert np.nanmax(thin_value) == 7.0
    assert np.isnan(thin_value).any()
    assert np.all(np.diff(thin_t) > 0)
    assert len(plots.plot(Trace("a", "A", "deg", t, value))) < 60_000


@pytest.mark.parametrize("n", [0, 1, 2])
def test_plots_of_almost_nothing(n):
    assert plots.plot(Trace("a", "A", "deg", np.arange(n) / 30, np.full(n, 3.0))).startswith("<svg")


def test_the_verdict_is_a_sentence(any_session):
    found = verdict(any_session)
    assert not found[0].islower()
    assert found.endswith(".")
    assert ".." not in found


@pytest.mark.parametrize(
    ("value", "limit", "unit", "expected"),
    [
        (43.26, 38, "deg", "43°, should be at most 38°"),
        (-18.4, -14, "deg", "−18°, should be at least −14°"),
        (38.3, 38, "deg", "38.3°, should be at most 38.0°"),
        (0.301, 0.26, "S", "30 %, should be at most 26 % of trunk length"),
        (0.262, 0.26, "S", "26.2 %, should be at most 26.0 % of trunk length"),
        (0.3, 0.5, "s", "0.3 s for the quicker half; warned below 0.5 s"),
        (0.48, 0.5, "s", "0.48 s for the quicker half; warned below 0.50 s"),
        (-0.2, 0, "deg", "−0.2°, should be at least 0.0°"),
        (3, 2, "1", "3.00, should be at most 2.00"),
    ],
)
def test_a_value_against_its_limit(value, limit, unit, expected):
    assert words.judged_line(value, limit, unit, "warn") == expected
    assert expected.endswith(words.judged(value, limit, unit, "warn")[1])


def test_the_wanted_range():
    assert words.wanted(-2, 16, "deg") == "−2° to 16°"
    assert words.wanted(None, 0.26, "S") == "at most 26 %"
    assert words.wanted(-0.05, None, "S") == "at least −5 %"
    assert words.wanted(None, None, "deg") == "–"


def test_a_fault_of_tempo_has_no_picture():
    squat = sessions.squat()
    quick = replace(squat.faults[0], id="too_fast", worst=Worst(0.3, "s", 0.5, 2.0))
    page = report_html(replace(squat, faults=(quick,)), sessions.CREATED, {"too_fast": b"jpeg"})
    assert "data:image" not in page
    assert "for the quicker half; a clear fault below 0.5 s" in page


def test_what_is_fine_or_hidden_is_reported_once_and_not_beside_its_fault():
    checks = [
        Check("lean_back", "ok", None, 1.0, "Lean", "lean"),
        Check("lean_forward", "error", None, 1.0, "Lean", "lean"),
        Check("tilt_low", "ok", None, 1.0, "Tilt", "tilt"),
        Check("tilt_high", "ok", None, 1.0, "Tilt", "tilt"),
        Check("sway_left", "not_assessable", said("why"), 0.0, "Sway", "sway"),
        Check("sway_right", "not_assessable", said("why"), 0.0, "Sway", "sway"),
    ]
    assert fine(checks) == ["Tilt"]
    assert hidden(checks) == [("Why", ["Sway"])]


def test_warnings_are_small_things_and_a_clear_fault_comes_first():
    squat = sessions.squat()
    error, warning = squat.faults
    other = replace(warning, id="heels_up", cue="Heels down")
    assert verdict(squat).endswith("Work on this first: “Chest up”.")
    assert verdict(replace(squat, faults=(warning,))).endswith("One small thing: “Look straight ahead”.")
    assert verdict(replace(squat, faults=(warning, other))).endswith(
        "Small things to watch: “Look straight ahead”, “Heels down”."
    )
    assert error.level == "error"


@pytest.mark.parametrize(
    ("attempts", "reps", "expected"),
    [
        (2, 2, "Both attempts were full repetitions"),
        (3, 3, "All 3 attempts were full repetitions"),
        (2, 0, "Neither attempt was a full repetition."),
        (1, 0, "The one attempt was not a full repetition."),
        (3, 0, "None of the 3 attempts was a full repetition."),
    ],
)
def test_how_many_attempts(attempts, reps, expected):
    squat = sessions.squat()
    summary = replace(squat.summary, attempts=attempts, reps=reps, good_reps=reps)
    assert verdict(replace(squat, summary=summary)).startswith(expected)


def test_charts_have_short_titles_and_lengths_in_percent():
    t = np.arange(30) / 30
    traces = (
        Trace("cycle", "Bend of the knee; 0 straight.", "deg", t, t * 90),
        Trace("heel", "Whether the heels stay down", "S", t, t),
    )
    page = report_html(replace(sessions.squat(), traces=traces), sessions.CREATED)
    assert "<figcaption>Bend of the knee <span" in page
    assert "in % of trunk length" in page
    assert ">100</text>" in plots.plot(traces[1])


def test_times():
    assert [words.clock(s) for s in (0, 7.99, 61, 3723, float("nan"))] == [
        "0:00",
        "0:07",
        "1:01",
        "1:02:03",
        "–",
    ]
    assert [words.duration(s) for s in (4.23, 16.58, 42, 99.97, 120, 200)] == [
        "4.2 s", "16.6 s", "42 s", "1 min 40 s", "2 min", "3 min 20 s",
    ]  # fmt: skip
    assert words.moments([(60 * i, 60 * i + 9) for i in range(9)], most=3).endswith("and 7 more times")
