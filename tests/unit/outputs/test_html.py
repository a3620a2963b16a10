import html
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from formcheck.outputs import plots, words
from formcheck.outputs.html import report_html, write_report
from formcheck.outputs.verdict import verdict
from formcheck.types import Trace
from tests.unit.outputs import sessions

VOID = {"meta", "img", "br", "path", "use", "link", "hr"}


class Checker(HTMLParser):
    """Tags close in order; ids are unique; collects text, tags and attributes."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.tags, self.attrs, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attrs += [(tag, name, value) for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.text.append(data)


def parse(page):
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert not checker.open
    return checker


def read(session, **kwargs):
    return " ".join(" ".join(parse(report_html(session, sessions.CREATED, **kwargs)).text).split())


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
    assert "nothing was uploaded" in text
    assert "Not a medical device" in text
    for reason in sessions.NEVER:
        assert reason in text


def test_what_could_not_be_judged_is_said_with_its_reason():
    text = read(sessions.unjudged())
    assert "Nothing about the form could be judged: needs a view from the side; this one is front." in text
    assert "no score" in text


def test_holds_and_gait():
    assert "You held the position for 46 s, 39 s of it without a clear fault." in read(sessions.plank())
    text = read(sessions.running())
    assert "172 steps a minute" in text
    assert "17.3°" in text
    assert "11.1° early, 16.4° late , a clear change." in text
    assert "no clear change (0.27 trunk lengths early" in text


def test_a_clip_of_two_exercises():
    text = read(sessions.mixed())
    assert "Squat 0:00–0:24 5 of 6 attempts 82" in text
    assert "Plank 0:30–1:20 46 s held 74 Lift your hips" in text


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


@pytest.mark.parametrize("name", sessions.ALL)
def test_the_verdict_is_a_sentence(name):
    told = verdict(sessions.ALL[name]())
    assert not told[0].islower()
    assert told.endswith(".")
    assert ".." not in told


@pytest.mark.parametrize(
    ("value", "limit", "unit", "told"),
    [
        (43.26, 38, "deg", ("43°", "at most 38°")),
        (-18.4, -14, "deg", ("−18°", "at least −14°")),
        (38.3, 38, "deg", ("38.3°", "at most 38.0°")),
        (0.301, 0.26, "S", ("0.30 trunk lengths", "at most 0.26 trunk lengths")),
        (-0.2, 0, "deg", ("−0.2°", "at least 0.0°")),
        (3, 2, "1", ("3.00", "at most 2.00")),
    ],
)
def test_a_value_against_its_limit(value, limit, unit, told):
    assert words.against(value, limit, unit) == told


def test_times():
    assert [words.clock(s) for s in (0, 7.99, 61, 3723, float("nan"))] == [
        "0:00",
        "0:07",
        "1:01",
        "1:02:03",
        "–",
    ]
    assert [words.duration(s) for s in (4.23, 42, 120, 200)] == ["4.2 s", "42 s", "2 min", "3 min 20 s"]
    assert words.moments([(60 * i, 60 * i + 9) for i in range(9)], most=3).endswith("and 7 more times")
