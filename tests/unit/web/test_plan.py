"""The plan and the data of a person over HTTP: pages without scripts, the API, bad input, nothing left."""

import json

import pytest

from formcheck.apps.web import app as app_module
from formcheck.plan import rules
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


def test_the_plan_follows_what_is_told(client):
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
def test_bad_input_is_told_and_kept_nowhere(client, path, body):
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
