import json
import re
import shutil
import socket
import subprocess
import sys

import pytest

from formcheck.apps.web.cards import cards
from formcheck.apps.web.jpeg import decode, jpeg_size
from formcheck.errors import FormcheckError
from formcheck.exercises import catalog
from formcheck.outputs.session_file import write_session
from formcheck.pose import browser as assets
from tests.unit.outputs import sessions
from tests.unit.web.service import nothing_logged, serving
from tests.unit.web.stand_ins import app, jpeg

ID = "20261123-101112-0123abcd-squat"
OTHER = "20261124-101112-0123abcd-plank_hold"
PAGES = ["/", "/live", "/sessions", "/live/exercises", "/api/sessions", "/openapi.json"]
PARTS = ["/assets/static/live.js", "/assets/static/formcheck.css", "/assets/model/full.task?v=1"]
BAD_IDS = [
    "..",
    "../live",
    "..%2f..%2fetc",
    "%2e%2e%2f",
    f"{ID}%2f..%2f..",
    f"{ID}%00",
    "x" * 5000,
    "<script>",
    f"{ID}%0a",
    "20261123-101112-0123abcd-../../secret",
]


@pytest.fixture
def data(tmp_path):
    for name in (ID, OTHER):
        place = tmp_path / "live" / name
        place.mkdir(parents=True)
        (place / "report.html").write_text("<style>b{}</style><b>report</b>")
    write_session(sessions.squat(), tmp_path / "live" / ID)
    (tmp_path / "live" / OTHER / "session.json").write_text("{ half")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "report.html").write_text("a secret")
    return tmp_path


@pytest.fixture
def service(data):
    with serving(app(data)) as running:
        yield running


@pytest.mark.parametrize("path", [*PAGES, *PARTS, "/nothing", f"/sessions/{ID}", "/live/pictures/squat.svg"])
def test_every_answer_keeps_everything_in(service, path):
    status, headers, _ = service.ask(path)
    assert status == (404 if path == "/nothing" else 200)
    policy = headers["content-security-policy"]
    assert policy.startswith(("default-src 'self'", "default-src 'none'"))
    assert "http" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/live", "/sessions", f"/sessions/{ID}x"])
def test_pages_hold_no_inline_script_or_style_and_name_no_other_host(service, path):
    _, headers, body = service.ask(path)
    page = body.decode()
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]* src=\"/assets/)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"(src|href)=\"(https?:)?//", page)


def test_a_saved_session_is_listed_and_shown(service):
    (listed,) = json.loads(service.ask("/api/sessions")[2])  # half of one is passed over
    assert (listed["exercise_name"], listed["origin"]) == ("Squat", "live")
    assert listed["when"].startswith("2026-11-23T")
    assert "counted" in service.ask("/sessions")[2].decode()
    status, headers, _ = service.ask(listed["page"])
    assert (status, headers["location"]) == (307, f"/sessions/{ID}")
    status, headers, body = service.ask(f"/sessions/{ID}")
    assert (status, body) == (200, b"<style>b{}</style><b>report</b>")
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize("session", BAD_IDS)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_ids_never_lead_out_of_the_folder(service, data, session, method, caplog):
    path = "/sessions/" if method == "GET" else "/api/sessions/"
    with nothing_logged(caplog):
        status, _, body = service.ask(path + session, method)
    assert 400 <= status < 500
    assert b"a secret" not in body
    assert b"<script>" not in body.replace(b"<script type", b"")
    assert (data / "secret" / "report.html").is_file()
    assert len(list((data / "live").iterdir())) == 2


def number(service):
    (listed,) = json.loads(service.ask("/api/sessions")[2])
    return listed["id"]


def test_a_link_in_the_folder_is_not_followed(service, data):
    address = f"/api/sessions/{number(service)}"
    shutil.rmtree(data / "live" / ID)
    (data / "live" / ID).symlink_to(data / "secret")
    assert service.ask(f"/sessions/{ID}")[0] == 404
    assert service.ask(address, "DELETE")[0] == 204  # of the store; what the link leads to stays
    assert (data / "secret" / "report.html").is_file()


def test_a_session_is_deleted_once(service, data):
    address = f"/api/sessions/{number(service)}"
    assert service.ask(address, "DELETE")[0] == 204
    assert not (data / "live" / ID).exists()
    assert service.ask(address, "DELETE")[0] == 404


def test_other_sites_cannot_delete(service, data):
    address = f"/api/sessions/{number(service)}"
    assert service.ask(address, "DELETE", Origin="https://evil.example")[0] == 403
    assert (data / "live" / ID).is_dir()
    assert service.ask(address, "DELETE", Origin=f"http://{service.host}")[0] == 204


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.7:8000", "[::", ""])
def test_it_answers_to_no_other_name(service, host):
    assert service.ask("/", Host=host)[0] in {400, 403}


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_it_answers_to_its_own(service, host):
    assert service.ask("/", Host=host)[0] == 200


def test_the_page_learns_of_every_exercise_and_gets_its_picture(service):
    found = json.loads(service.ask("/live/exercises")[2])
    assert [e["id"] for e in found["exercises"]] == list(catalog())
    assert all(e["setup"] and e["about"] for e in found["exercises"])
    assert found["vendor"] is None  # so the page sends pictures
    assert len(found["figure"]["bones"]) > 10
    for card in cards():
        status, headers, body = service.ask(card["picture"])
        assert (status, headers["content-type"]) == (200, "image/svg+xml")
        assert b"<script" not in body
    assert service.ask("/live/pictures/no_such.svg")[0] == 404


def test_the_model_is_served_whole_and_may_be_kept(service):
    address = json.loads(service.ask("/live/exercises")[2])["model"]
    status, headers, body = service.ask(address)
    assert (status, body) == (200, b"a model")
    assert "immutable" in headers["cache-control"]
    assert service.ask("/assets/model/other.task")[0] == 404


def test_a_jpeg_tells_its_size_before_it_is_decoded():
    assert jpeg_size(jpeg(321, 123)) == (321, 123)
    assert decode(jpeg(321, 123), (321, 123)).shape == (123, 321, 3)
    assert decode(jpeg(321, 123), (123, 321)) is None
    assert jpeg_size(jpeg()[2:]) is None
    assert jpeg_size(b"\xff\xd8\xff" + b"\xff" * 1000) is None


def test_assets_are_whole_only_byte_for_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "FILES", {"a.js": "2" * 64})
    (tmp_path / "a.js").write_text("something else")
    assert not assets.are_whole(tmp_path)


def test_without_npm_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv(assets.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FormcheckError, match=r"npm: not found; install Node\.js"):
        assets.fetch()


def test_a_taken_port_is_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = "import typer; from formcheck.apps.cli.serve import serve; typer.run(serve)"
        done = subprocess.run(
            [sys.executable, "-c", code, "--port", str(port), "--data", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode != 0
    assert f"127.0.0.1:{port}: the port is taken" in done.stderr
    assert not list(tmp_path.iterdir())
