"""Videos sent to the service: judged once, shown, deleted, and nothing left of them."""

import errno
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from formcheck.apps.analysis import Options
from formcheck.apps.batch.job_request import JobRules
from formcheck.apps.jobs.task import JobOutcome
from formcheck.apps.web import app as app_module
from formcheck.apps.web.kinds import kind
from formcheck.codec.session import session_from_json, session_to_json
from formcheck.errors import FormcheckError
from formcheck.messages import sentence
from formcheck.outputs.session_file import write_session
from formcheck.pose.looks import USUAL, looks_of
from formcheck.types import Advice, Reason
from tests.unit.outputs import sessions
from tests.unit.web.judges import (
    CLIP,
    RESULTS,
    SECRET,
    Judges,
    NoLengths,
    bad,
    client_of,
    holding,
    random_clip,
)
from tests.unit.web.service import PATIENCE_S, hear, nothing_logged, say, wait_for
from tests.unit.web.stand_ins import Recorder, pose

LIVE = "20261123-101112-0123abcd-squat"


@pytest.fixture(autouse=True)
def _no_lengths(monkeypatch):
    monkeypatch.setattr(app_module, "Lengths", NoLengths)


def test_a_video_is_judged_and_only_its_results_stay(tmp_path, caplog):
    with nothing_logged(caplog), client_of(tmp_path, workers=Judges()) as client:
        video = client.sent("my clip.mp4", exercise="squat", side="left", person="Ada")
        found = client.judged(video)
        assert (found["status"], found["outcome"], found["name"]) == ("done", "ok", "my clip.mp4")
        assert (found["person"], found["exercise"], found["score"]) == ("Ada", "squat", 82)
        assert "counted" in found["told"]
        assert client.get("/api/videos").json() == [found]
        (row,) = client.get("/api/sessions").json()
        assert (row["name"], row["origin"], row["person"]) == ("my clip.mp4", "video", "Ada")
        (task,) = client.site.judging._workers.tasks
        assert (task.exercise, task.options.side, task.name) == ("squat", "left", "my clip.mp4")
        wait_for(lambda: not list((tmp_path / "uploads").iterdir()))
    assert holding(tmp_path, SECRET) == []


def test_what_is_said_of_a_video_reaches_its_judge_and_is_shown(tmp_path):
    with client_of(tmp_path, workers=Judges(), rules=JobRules(Options(), "model")) as client:
        said = {"view": "side", "rotate": "270", "slowmo": "2.5", "careful": "true"}
        found = client.judged(client.sent(**said))
        assert {name: found[name] for name in said} == {
            "view": "side",
            "rotate": 270,
            "slowmo": 2.5,
            "careful": True,
        }
        (task,) = client.site.judging._workers.tasks
        options = task.options
        assert (options.view, options.rotation_deg, options.slowmo) == ("side", 270, 2.5)
        assert options.looks == looks_of(careful=True)
        page = client.get(f"/videos/{found['id']}").text
        assert (
            "As you said: up is on the right, 2.5 times slower than life, looked at more carefully." in page
        )


def test_a_video_of_which_nothing_is_said_is_read_as_it_is(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client:
        upright, silent = client.sent(rotate="0"), client.sent(rotate="", slowmo="")
        assert "As you said: up is at the top." in client.get(f"/videos/{upright}").text
        assert "As you said" not in client.get(f"/videos/{silent}").text
        assert client.get(f"/api/videos/{silent}").json()["rotate"] is None


@pytest.mark.parametrize(("looks", "offered"), [(USUAL, True), (looks_of("full"), False)])
def test_careful_looks_are_offered_where_they_can_be_had(tmp_path, looks, offered):
    with client_of(tmp_path, workers=Judges(), rules=JobRules(Options(looks=looks), "model")) as client:
        page = client.get("/upload").text
        assert ('name="rotate"' in page, 'name="slowmo"' in page) == (True, True)
        assert ('name="careful"' in page) is offered


def advised(tip):
    """A judge whose sessions hold that advice."""

    def judge(task):
        squat = replace(sessions.squat(task.name), capture=(tip,))
        return JobOutcome(task.id, "ok", None, session_from_json(session_to_json(squat)), 0.1)

    return judge


@pytest.mark.parametrize(
    ("tip", "offers"),
    [
        (Advice("picture_perhaps_turned", Reason("picture_perhaps_turned")), True),
        (Advice("slow_motion", Reason("steps_slow", factor=4.0)), True),
        (Advice("low_contrast", Reason("sides_confused")), False),
    ],
)
def test_advice_on_how_a_video_was_read_leads_to_where_that_is_chosen(tmp_path, tip, offers):
    with client_of(tmp_path, workers=Judges(advised(tip))) as client:
        found = client.judged(client.sent())
        page = client.get(f"/videos/{found['id']}").text
        assert sentence(tip.advice) in page
        assert ("for an upload choose it under More" in page, "/upload#more" in page) == (offers, offers)
        assert 'id="more"' in client.get("/upload").text


def test_a_gif_is_a_gif_though_it_begins_like_a_transport_stream():
    assert [kind(b"GIF87a" + bytes(10)), kind(b"GIF89a" + bytes(10)), kind(b"G" + bytes(15))] == [
        "gif",
        "gif",
        "ts",
    ]


def test_every_result_can_be_fetched(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client:
        video = client.sent()
        client.judged(video)
        address = f"/api/videos/{video}"
        parts = {"report": "report.html", "annotated": "annotated.mp4", "thumbnail": "thumbnail.jpg"}
        for part, name in {**parts, "evidence/knees_in.jpg": "evidence/knees_in.jpg"}.items():
            assert client.get(f"{address}/{part}").content == RESULTS[name]
        assert client.get(f"{address}/session").json()["exercise"]["id"] == "squat"
        report = client.get(f"{address}/report").headers
        assert report["x-frame-options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in report["content-security-policy"]
        assert client.get(f"{address}/session").headers["x-frame-options"] == "DENY"
        part = client.get(f"{address}/annotated", headers={"range": "bytes=256-511"})
        assert (part.status_code, part.content) == (206, bytes(range(256)))
        assert part.headers["content-range"] == "bytes 256-511/2048"


def test_a_failed_video_leaves_its_reason_and_no_bytes(tmp_path):
    with client_of(tmp_path, workers=Judges(bad)) as client:
        found = client.judged(client.sent())
        assert (found["status"], found["outcome"]) == ("failed", "failed")
        assert found["reason"] == "no picture can be decoded"
        wait_for(lambda: client.files() == [])
        assert client.get(f"/api/videos/{found['id']}/report").status_code == 404


def test_videos_stay_if_that_is_wanted_until_they_are_deleted(tmp_path):
    for _ in range(2):  # the sweep of a second start leaves them as well
        with client_of(tmp_path, workers=Judges(), keep_uploads=True) as client:
            video = client.sent(content=random_clip())
            client.judged(video)
    with client_of(tmp_path, workers=Judges(), keep_uploads=True) as client:
        assert len(list((tmp_path / "uploads").iterdir())) == 2
        assert client.delete(f"/api/videos/{video}").status_code == 204
        assert len(list((tmp_path / "uploads").iterdir())) == 1


def test_what_another_store_knows_stays_and_is_named(tmp_path, caplog):
    given = {"workers": Judges(), "keep_uploads": True}
    with client_of(tmp_path, **given) as client:
        videos = [client.sent(content=random_clip()) for _ in range(2)]
        for video in videos:
            client.judged(video)
        there = client.files()
    (tmp_path / "formcheck.sqlite").rename(tmp_path / "formcheck.sqlite-away")
    with client_of(tmp_path, **given) as client:  # a new store
        assert client.files() == there
        own = client.sent(content=random_clip())
        client.judged(own)
    for name in there:
        assert (tmp_path / name).is_file()
    caplog.clear()
    with client_of(tmp_path, workers=Judges()) as client:  # one with a job of its own, and nothing is kept
        assert set(there) <= set(client.files())
        assert len(list((tmp_path / "uploads").iterdir())) == 2
        assert len(list((tmp_path / "videos").iterdir())) == 3
        (line,) = (r.getMessage() for r in caplog.records if "no job of this store" in r.getMessage())
    assert all(Path(name).name in line for name in there if name.startswith("uploads"))
    (tmp_path / "formcheck.sqlite-away").replace(tmp_path / "formcheck.sqlite")
    with client_of(tmp_path, workers=Judges(), keep_uploads=True) as client:
        assert all(client.get(f"/api/videos/{video}/report").status_code == 200 for video in videos)


def test_a_damaged_video_is_passed_over_and_deleted_as_damage(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client:
        first, second = (client.sent(content=random_clip()) for _ in range(2))
        for video in (first, second):
            client.judged(video)
    with closing(sqlite3.connect(tmp_path / "formcheck.sqlite")) as raw:
        raw.execute("UPDATE jobs SET folder = x'ff', status = 'moon' WHERE id = ?", (first,))
        raw.commit()
    with client_of(tmp_path, workers=Judges()) as client:
        assert [video["id"] for video in client.get("/api/videos").json()] == [second]
        assert client.get("/videos").status_code == 200
        assert client.get(f"/api/videos/{first}").status_code == 404
        assert "job 1: cannot be read" in client.post("/data/check").text
        assert "Deleted: job 1" in client.post("/data/drop").text
        assert "Everything can be read" in client.post("/data/check").text
        assert len(client.get("/api/sessions").json()) == 2


def test_a_deleted_video_is_gone(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client:
        video = client.sent(person="Ada")
        client.judged(video)
        assert client.delete(f"/api/videos/{video}").status_code == 204
        assert client.files() == []
        for path in (f"/api/videos/{video}", f"/api/videos/{video}/report"):
            assert client.get(path).status_code == 404
        assert client.delete(f"/api/videos/{video}").status_code == 404
        assert client.get("/api/videos").json() == client.get("/api/sessions").json() == []
        assert client.site.store.people() == []


def test_videos_that_wait_or_are_judged_can_be_deleted(tmp_path):
    judges = Judges(held=True)
    with client_of(tmp_path, workers=judges) as client:
        videos = [client.sent(content=random_clip()) for _ in range(3)]
        wait_for(lambda: [client.status(v) for v in videos] == ["running", "running", "queued"])
        wait_for(lambda: client.get(f"/api/videos/{videos[0]}").json()["progress"] == 0.25)
        late = Path(judges.tasks[0].folder)
        for video in (videos[0], videos[2]):
            assert client.delete(f"/api/videos/{video}").status_code == 204
        wait_for(lambda: judges.cancelled == [videos[0]])
        late.mkdir(parents=True)  # a worker that is just being ended still writes
        (late / "annotated.mp4").write_bytes(b"a picture")
        wait_for(lambda: not late.exists())
        assert len(list((tmp_path / "uploads").iterdir())) == 1
        judges.go.set()
        assert client.judged(videos[1])["outcome"] == "ok"
        assert len(client.get("/api/videos").json()) == 1


def test_forty_at_once_lose_none(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client, ThreadPoolExecutor(40) as senders:
        videos = list(senders.map(lambda n: client.sent(f"{n}.mp4", random_clip(50_000)), range(40)))
        assert len(set(videos)) == 40
        assert all(client.judged(video)["outcome"] == "ok" for video in videos)
        assert {v["name"] for v in client.get("/api/videos?limit=100").json()} == {
            f"{n}.mp4" for n in range(40)
        }


def test_a_restart_goes_on_with_what_was_begun(tmp_path):
    held = Judges(held=True)
    with client_of(tmp_path, workers=held) as client:
        videos = [client.sent(f"{n}.mp4", random_clip()) for n in range(4)]
        wait_for(lambda: client.status(videos[1]) == "running")
    assert held.closed
    (tmp_path / "work" / f"{'0' * 32}.mp4").write_bytes(SECRET)  # of an upload that was cut off
    with client_of(tmp_path, workers=Judges()) as client:
        assert [client.judged(video)["outcome"] for video in videos] == ["ok"] * 4
        assert len(list((tmp_path / "videos").iterdir())) == 4
    assert holding(tmp_path, SECRET) == []


def test_a_failure_of_the_store_does_not_end_judging(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("formcheck.apps.web.judging._PAUSE_S", 0.0)
    with client_of(tmp_path, workers=Judges()) as client:
        failures = iter([FormcheckError("the store cannot be used: disk I/O error"), RuntimeError("ours")])
        claim = client.site.store.claim

        def failing(queue):
            error = next(failures, None)
            if error is not None:
                raise error
            return claim(queue)

        monkeypatch.setattr(client.site.store, "claim", failing)
        assert client.judged(client.sent())["outcome"] == "ok"
    found = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert len(found) == 2
    assert "disk I/O error" in found[0]


def test_a_full_disk_gets_the_reason_and_leaves_nothing(tmp_path, monkeypatch):
    with client_of(tmp_path, workers=Judges()) as client:
        full = OSError(errno.ENOSPC, "No space left on device")
        monkeypatch.setattr("formcheck.apps.web.uploads._Reader._keep", _raising(full))
        answer = client.upload()
        assert (answer.status_code, "the disk of this computer is full" in answer.text) == (507, True)
        assert client.files() == []


def _raising(error):
    def raising(*_):
        raise error

    return raising


def _serve(folder):
    """A service in a process of its own, whose workers are processes; its client."""
    code = Path(__file__).with_name("serve_stand_in.py")
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, str(code), str(folder)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    port = int(process.stdout.readline())
    return process, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S, trust_env=False)


def test_killed_in_the_middle_it_finishes_after_a_restart(tmp_path):
    first, client = _serve(tmp_path)
    try:
        for n in range(6):
            answer = client.post("/api/videos", files={"file": (f"{n}.mp4", random_clip())})
            assert answer.status_code == 202
        journal = tmp_path / "journal"
        wait_for(lambda: journal.exists() and len(journal.read_text().split()) >= 2)
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
    second, client = _serve(tmp_path)
    try:
        wait_for(lambda: all(v["outcome"] == "ok" for v in client.get("/api/videos").json()))
        assert len(client.get("/api/videos").json()) == 6
        assert len(client.get("/api/sessions").json()) == 6
        wait_for(lambda: not list((tmp_path / "uploads").iterdir()))
    finally:
        second.terminate()
        second.wait()
        second.stdout.close()
        client.close()
    noted = journal.read_text().split()
    assert set(noted) == {f"{n}.mp4" for n in range(6)}
    assert len(noted) <= 7  # the one that was judged when it was killed, once more at most


def test_folders_of_an_older_service_are_closed_to_others(tmp_path):
    names = ("uploads", "videos", "work", "live")
    for name in names:
        (tmp_path / name).mkdir(mode=0o755)
    with client_of(tmp_path, workers=Judges()):
        assert [(tmp_path / name).stat().st_mode & 0o777 for name in names] == [0o700] * 4


def test_what_is_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(app_module, "Lengths", lambda: NoLengths(901.0))
    with client_of(tmp_path, workers=Judges()) as client:
        answer = client.upload()
        assert answer.status_code == 422
        assert answer.json()["detail"] == "longer than 15 minutes; cut out what shall be judged"
        assert client.files() == []


@pytest.mark.parametrize(
    ("limits", "status", "says"),
    [
        ({"queued": 1}, 429, "1 videos are waiting"),
        ({"videos": 2}, 507, "2 videos are kept already; delete some"),
        ({"uploads_per_minute": 3}, 429, "more than 3 videos a minute"),
        ({"uploads": 0}, 429, "0 videos are being sent already, 0 of them by you"),
        ({"free_bytes": 10**18}, 507, "the disk of this computer is full"),
    ],
)
def test_there_is_an_end_to_what_is_taken(tmp_path, limits, status, says):
    judges = Judges(held=True)
    with client_of(tmp_path, workers=judges, **limits) as client:
        answers, taken = [], 0
        for _ in range(5):
            answers.append(client.upload(content=random_clip()))
            taken = sum(a.status_code == 202 for a in answers)
            wait_for(lambda taken=taken: len(judges.tasks) >= min(taken, judges.size))
        assert answers[-1].status_code == status
        assert says in answers[-1].json()["detail"]
        assert status == 507 or int(answers[-1].headers["retry-after"]) > 0
        assert len(list((tmp_path / "uploads").iterdir())) == taken < 5


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"exercise": "/etc/passwd.toml"}, "exercise: no such exercise"),
        ({"side": "up"}, "side: "),
        ({"view": "top"}, "view: Input should be 'side', 'front' or 'back'"),
        ({"rotate": "45"}, "rotate: Input should be 0, 90, 180 or 270"),
        ({"rotate": "9" * 5000}, "rotate: longer than"),
        ({"rotate": "left"}, "rotate: "),
        ({"slowmo": "0"}, "slowmo: Input should be greater than or equal to 0.1"),
        ({"slowmo": "101"}, "slowmo: "),
        ({"slowmo": "nan"}, "slowmo: "),
        ({"slowmo": "slowly"}, "slowmo: Input should be a valid number"),
        ({"careful": "very"}, "careful: Input should be a valid boolean"),
        ({"careful": "true"}, "careful: the models for it are not on this computer; leave it out"),
        ({"person": "x" * 81}, "person: "),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(tmp_path, fields, says):
    with client_of(tmp_path, workers=Judges()) as client:
        answer = client.upload(**fields)
        assert answer.status_code == 422
        assert answer.json()["detail"].startswith(says)
        assert client.files() == []


def test_empty_fields_are_as_good_as_none(tmp_path):
    with client_of(tmp_path, workers=Judges(held=True)) as client:
        video = client.sent(exercise="", side="", person=" \t ")
        found = client.get(f"/api/videos/{video}").json()
        assert (found["exercise"], found["person"]) == ("auto", None)


class Writing(Recorder):
    """Writes a session as well."""

    def finish(self, takes):
        write_session(sessions.squat(), self.folder)
        (self.folder / "report.html").write_text("<h1>a report</h1>")
        return self.added


def test_live_sessions_are_kept_in_the_store_and_deleted_with_their_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.unit.web.stand_ins.Recorder", Writing)
    with client_of(tmp_path, workers=Judges()) as client:
        with client.service.live(reps=1) as ws:
            hear(ws)
            say(ws, pose(1.0))
            hear(ws)
        wait_for(lambda: client.get("/api/sessions").json())
        (row,) = client.get("/api/sessions").json()
        assert row["origin"] == "live"
        assert client.get(row["page"], follow_redirects=True).text == "<h1>a report</h1>"
        assert client.delete(f"/api/sessions/{row['id']}").status_code == 204
        assert client.get("/api/sessions").json() == []
        assert list((tmp_path / "live").iterdir()) == []
        assert client.delete(f"/api/sessions/{row['id']}").status_code == 404


def test_sessions_of_an_older_formcheck_are_taken_in_once(tmp_path):
    write_session(sessions.squat(), tmp_path / "live" / LIVE)
    (tmp_path / "live" / LIVE / "report.html").write_text("<h1>a report</h1>")
    found = []
    for _ in range(2):
        with client_of(tmp_path, workers=Judges()) as client:
            found.append(client.get("/api/sessions").json())
    assert found[0] == found[1]
    assert [row["when"][:10] for row in found[0]] == ["2026-11-23"]


def test_deleting_the_session_of_a_video_deletes_the_video_however_often_it_was_sent(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client:
        for _ in range(2):
            client.judged(client.sent(content=CLIP))
        (row,) = client.get("/api/sessions").json()
        assert client.delete(f"/api/sessions/{row['id']}").status_code == 204
        assert client.get("/api/videos").json() == []
        assert client.files() == []


def test_history_is_shown_in_numbers_and_drawn(tmp_path):
    with client_of(tmp_path, workers=Judges()) as client:
        for person in ("Ada", "Ada", "Bob"):
            client.judged(client.sent(content=random_clip(), person=person))
        found = client.get("/api/history?exercise=squat&person=Ada").json()
        assert (found["exercise"], found["sessions"]) == ("squat", 2)
        metric = found["series"][0]["id"]
        drawn = client.get(f"/api/history/squat/{metric}.svg?person=Ada")
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
        assert drawn.text.startswith("<svg")
        assert client.get("/api/history?exercise=squat").json()["sessions"] == 3
        for path in ("?exercise=plank", "?exercise=squat&person=Eve", "/squat/none.svg", "/plank/score.svg"):
            assert client.get(f"/api/history{path}").status_code == 404
