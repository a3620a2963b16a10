"""The history as pages and data: the same trend that the command tells."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.outputs import sessions
from tests.unit.web.service import serving
from tests.unit.web.stand_ins import app

START = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


def keep(store, made, n, person=None, days=0):
    source = replace(made.source, sha256=f"{n:064d}", name=f"clip{n}.mp4")
    when = START + timedelta(days=days)
    return store.add_session(replace(made, source=source), origin="video", person=person, when=when)


def held(seconds):
    plank = sessions.plank()
    return replace(plank, summary=replace(plank.summary, hold_s=seconds))


@pytest.fixture
def site(tmp_path):
    made = app(tmp_path)
    with serving(made) as service:
        yield service, made.state.site.store


def get(service, path):
    status, headers, body = service.ask(path)
    return status, headers, body.decode()


def test_an_empty_history_says_so(site):
    service, _ = site
    status, _, text = get(service, "/history")
    assert status == 200
    assert "Nothing yet" in text
    assert get(service, "/api/history?exercise=plank")[0] == 404


def test_a_change_is_reported_drawn_and_given_as_data(site):
    service, store = site
    for n, seconds in enumerate((40.0, 41.0, 60.0)):
        keep(store, held(seconds), n, "Ada", days=n)
    status, _, text = get(service, "/history?exercise=plank&person=Ada")
    assert status == 200
    assert "Held: more than at first, 60.0 s now and 40.5 s then" in text
    assert 'src="/api/history/plank/hold_s.svg?person=Ada"' in text

    status, headers, drawing = get(service, "/api/history/plank/hold_s.svg?person=Ada")
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert drawing.startswith("<svg ")

    found = json.loads(get(service, "/api/history?exercise=plank&person=Ada")[2])
    series = {s["id"]: s for s in found["series"]}
    assert (series["hold_s"]["clear"], series["hold_s"]["delta"]) == (True, 19.5)
    assert [p["value"] for p in series["hold_s"]["points"]] == [40.0, 41.0, 60.0]
    assert not series["score"]["clear"]


def test_no_change_is_reported_as_such(site):
    service, store = site
    for n in range(2):
        keep(store, held(40.0), n, days=n)
    assert "Nothing has changed beyond what measuring alone gives." in get(service, "/history")[2]


def test_one_session_has_not_changed(site):
    service, store = site
    keep(store, held(40.0), 1)
    text = get(service, "/history")[2]
    assert "Only once so far" in text
    assert "What has changed" not in text


def test_several_people_make_no_trend(site):
    service, store = site
    for n, person in enumerate(("Ada", "Bob", None)):
        keep(store, held(40.0 + 20 * n), n, person, days=n)
    assert "several people (Ada, Bob): choose one" in get(service, "/history")[2]
    assert json.loads(get(service, "/api/history?exercise=plank")[2])["series"] == []
    assert get(service, "/api/history/plank/hold_s.svg")[0] == 404
    assert get(service, "/api/history/plank/hold_s.svg?person=Bob")[0] == 200


def test_a_session_that_is_forgotten_is_gone_from_the_drawing(site):
    service, store = site
    ids = [keep(store, held(40.0 + n), n, days=n) for n in range(3)]
    before = get(service, "/api/history/plank/hold_s.svg")[2]
    store.forget(ids[0])
    after = get(service, "/api/history/plank/hold_s.svg")[2]
    assert "of 3 sessions" in before
    assert "of 2 sessions" in after


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/history", 422),
        ("/api/history?exercise=unknown_thing", 404),
        (f"/api/history?exercise={'x' * 500}", 422),
        ("/api/history/plank/nothing.svg", 404),
        ("/api/history/plank/..%2f..%2fsecret.svg", 404),
        ("/api/history/plank/hold_s.svg?person=%00", 404),
    ],
)
def test_what_is_not_there_is_refused(site, path, status):
    service, store = site
    keep(store, held(40.0), 1)
    answer, _, text = get(service, path)
    assert answer == status
    assert "detail" in json.loads(text)


def test_names_are_escaped(site):
    service, store = site
    person = "<b>&'\"/?"
    for n in range(2):
        keep(store, held(40.0), n, person, days=n)
    text = get(service, "/history?person=%3Cb%3E%26%27%22%2F%3F")[2]
    assert "<b>&" not in text
    assert "hold_s.svg?person=%3Cb%3E%26%27%22%2F%3F" in text
