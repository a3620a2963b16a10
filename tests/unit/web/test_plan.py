"""The plan and the data of a person over HTTP: pages without scripts, the API, bad input, nothing left."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from formcheck.apps.web import app as app_module
from formcheck.plan import rules
from tests.unit.outputs import sessions
from tests.unit.web.judges import Judges, NoLengths, client_of

START = {"pain": "none", "place": "indoors", "equipment": ["mat", "wall"], "days": 3}


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setattr(app_module, "Lengths", NoLengths)
    with client_of(tmp_path, workers=Judges()) as client:
        yield client


def test_three_answers_lead_to_the_first_guided_set(client):
    """By plain forms, without any script."""
    page = client.get("/plan")
    assert all(line in page.text for line in rules().safety)
    assert page.text.count("<fieldset>") == 3
    answer = client.post("/plan/start", data=START)
    assert (answer.status_code, answer.headers["location"]) == (303, "/live?plan=1")
    page = client.get("/plan")
    assert "Superman" in page.text
    assert "Short trial" in page.text
    assert "This week 0 of 3 days" in client.get("/").text


def test_the_plan_follows_what_is_reported(client):
    plan = client.post("/api/plan/start", json=START).json()
    first = plan["items"][0]
    assert (first["exercise"], first["kind"], first["reps"]) == ("superman", "trial", 5)
    done = {"exercise": "superman", "sets": [5], "good": 10, "pain": "none"}
    plan = client.post("/api/plan/done", json=done).json()
    assert [slot["exercise"] for slot in plan["programme"]] == ["superman"]
    plan = client.post("/api/plan/pain", json={"exercise": "superman", "pain": "pain"}).json()
    assert plan["programme"] == []
    assert plan["warn"]
    plan = client.post("/api/plan/pain", json={"pain": "numb"}).json()
    assert (plan["state"], plan["items"]) == ("stopped", [])
    assert "see a doctor" in client.get("/plan").text
    assert client.get("/api/plan").json() == plan
    assert client.post("/plan/undo").status_code == 303
    assert client.get("/api/plan").json()["state"] == "training"
    assert client.get("/api/plan", params={"person": "Ana"}).json()["state"] == "new"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("start", START | {"pain": "no"}),
        ("start", START | {"days": 0}),
        ("start", START | {"equipment": ["sofa"]}),
        ("pain", {"exercise": "nothing", "pain": "none"}),
        ("pain", {}),
        ("done", {"exercise": "superman", "sets": []}),
        ("done", {"exercise": "superman", "sets": [-1]}),
        ("done", {"exercise": "superman", "sets": [10**9]}),
        ("done", {"exercise": "../x", "sets": [8]}),
    ],
)
def test_bad_input_is_reported_and_kept_nowhere(client, path, body):
    answer = client.post(f"/api/plan/{path}", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    page = client.post(f"/plan/{path}", data=body)
    assert page.status_code == 422
    assert "Nothing was kept" in page.text
    assert client.site.store.entries() == []


def test_all_of_it_goes_out_comes_in_and_goes(client):
    client.post("/api/plan/start", json=START)
    client.judged(client.sent())
    client.judged(client.sent(person="Ana"))
    exported = client.get("/api/person/data")
    assert "attachment" in exported.headers["content-disposition"]
    assert (len(exported.json()["sessions"]), len(exported.json()["entries"])) == (1, 1)
    assert "1 session and 1 answer" in client.get("/data").text
    assert client.post("/data/delete").status_code == 303
    assert "Nothing is kept" in client.get("/data").text
    assert [session["person"] for session in client.get("/api/sessions").json()] == ["Ana"]
    back = client.post("/api/person/data", files={"file": ("x.json", exported.content)})
    assert (back.status_code, back.json()) == (201, {"sessions": 1, "entries": 1})
    assert client.get("/api/plan").json()["state"] == "training"
    assert client.delete("/api/person/data").status_code == 204
    assert client.get("/api/plan").json()["state"] == "new"


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b"\xff\xfe", json.dumps({"schema": "x"}).encode()])
def test_what_is_no_export_is_refused(client, content):
    assert client.post("/api/person/data", files={"file": ("x.json", content)}).status_code == 400
    page = client.post("/data/import", files={"file": ("x.json", content)})
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    assert client.post("/api/person/data").status_code == 422


@pytest.fixture
def damaged(client):
    """Three sessions and two answers, one of each damaged."""
    client.post("/api/plan/start", json=START)
    client.post("/api/plan/pain", json={"pain": "none"})
    for n in range(3):
        found = sessions.squat()
        found = replace(found, source=replace(found.source, sha256=f"{n:064d}"))
        client.site.store.add_session(found, origin="video", when=datetime.now(UTC))
    with client.site.store._engine.begin() as db:
        db.execute(text("UPDATE sessions SET text = '{', happened = happened WHERE id = 2"))
        db.execute(text("UPDATE sessions SET score = 'abc' WHERE id = 3"))
        db.execute(text("UPDATE entries SET text = '' WHERE id = 2"))
    return client


def test_damage_blocks_no_page(damaged):
    for path in ("/history", "/history?exercise=squat", "/plan"):
        page = damaged.get(path)
        assert page.status_code == 200
        assert "Passed over: session 2: cannot be read (not JSON" in page.text
        assert "Passed over: session 3: cannot be read (score:" in page.text
    assert "Passed over: entry 2" in page.text
    for path in ("/", "/sessions", "/data", "/api/sessions", "/api/plan", "/api/history?exercise=squat"):
        assert damaged.get(path).status_code == 200
    found = damaged.get("/api/person/data").json()
    assert [len(found[name]) for name in ("sessions", "entries", "passed_over")] == [1, 1, 3]


def test_damage_is_looked_for_and_deleted(damaged):
    assert damaged.delete("/api/sessions/2").status_code == 204
    page = damaged.post("/data/check").text
    assert "<li>session 3: cannot be read (score: Input should be a valid integer" in page
    assert "<li>entry 2: cannot be read (not JSON" in page
    assert "Deleted: session 3, entry 2." in damaged.post("/data/drop").text
    assert "Everything can be read." in damaged.post("/data/check").text
    assert "1 session and 1 answer" in damaged.get("/data").text


def test_everything_goes_damaged_or_not(damaged):
    assert damaged.post("/data/delete").status_code == 303
    assert "Nothing is kept" in damaged.get("/data").text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("when",), "0001-01-01T00:00:00Z"),
        (("when",), "9999-12-31T23:59:59Z"),
        (("session", "source", "name"), "\ud800"),
        (("session", "summary", "reps"), 2**63),
        (("session", "summary", "reps"), 10**400),
        (("session", "source", "duration_s"), float("inf")),
        (("session", "later"), [[[[0] * 3] * 3] * 3]),
    ],
    ids=range(7),
)
def test_a_hostile_export_is_one_line(client, path, value):
    client.judged(client.sent())
    found = client.get("/api/person/data").json()
    inner = found["sessions"][0]
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    answer = client.post("/api/person/data", files={"file": ("x.json", json.dumps(found).encode())})
    if path[-1] == "later":
        assert answer.status_code == 201
        return
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("the file: not a whole export (session 1: ")
    assert client.get("/history").status_code == client.get("/plan").status_code == 200
