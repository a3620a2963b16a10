"""The access token: nobody gets in without, and who has it gets everywhere."""

import os
import re

import pytest
import typer
from click.testing import CliRunner
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from formcheck.apps.cli import serve as serve_cli
from formcheck.apps.cli.access import token_asked
from formcheck.apps.web import app as app_module
from formcheck.apps.web.access import Key
from formcheck.apps.web.clients import house
from formcheck.apps.web.login import _inside
from formcheck.apps.web.rates import Rate
from formcheck.errors import FormcheckError
from tests.unit.web.judges import Judges, NoLengths, client_of
from tests.unit.web.service import PATIENCE_S, hear

TOKEN = "a long and secret token"
BEARER = {"authorization": f"Bearer {TOKEN}"}
CLOSED = [
    "/api/videos",
    "/api/sessions",
    "/openapi.json",
    "/live/exercises",
    "/assets/model/full.task",
    "/nothing",
]
PAGES = ["/", "/live", "/upload", "/videos", "/sessions", "/history"]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module, "Lengths", NoLengths)
        folder = tmp_path_factory.mktemp("access")
        with client_of(folder, workers=Judges(), token=TOKEN, logins_per_minute=10**6) as client:
            yield client


@pytest.fixture(autouse=True)
def _signed_out(client):
    client.cookies.clear()


@pytest.mark.parametrize("path", CLOSED)
def test_without_the_token_nothing_is_shown(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert list(answer.json()) == ["detail"]
    assert client.get(path, headers=BEARER).status_code != 401


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "HEAD", "OPTIONS"])
def test_nothing_can_be_done_without_it(client, method):
    assert client.request(method, "/api/videos").status_code == 401
    assert client.upload().status_code == 401
    assert client.files() == []


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_is_led_to_the_page_that_asks_for_it_and_back(client, path):
    answer = client.get(path, headers={"accept": "text/html,*/*"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path}")
    page = client.get(answer.headers["location"])
    assert (page.status_code, f'value="{path}"' in page.text) == (200, True)
    back = client.post("/login", data={"token": f" {TOKEN}\n", "next": path})
    assert (back.status_code, back.headers["location"]) == (303, path)
    assert client.get(path).status_code == 200


def test_the_cookie_is_for_this_site_and_no_script_and_does_not_hold_the_token(client):
    cookie = client.post("/login", data={"token": TOKEN}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    client.cookies.clear()
    other = client.get("/", headers={"cookie": cookie.split(";")[0][:-1] + "0"})
    assert other.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": TOKEN},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer ü".encode()},
        {"cookie": "formcheck="},
        {"cookie": f"formcheck={TOKEN}"},
        {"cookie": "formcheck=ü; ;;=".encode()},
    ],
)
def test_what_is_not_the_token_does_not_open(client, headers):
    assert client.get("/api/videos", headers=headers).status_code == 401


def test_a_wrong_token_gets_the_reason(client):
    answer = client.post("/login", data={"token": "wrong", "next": "/videos"})
    assert answer.status_code == 403
    assert "That is not the token" in answer.text
    assert "set-cookie" not in answer.headers


def test_guessing_is_slowed_down(tmp_path, monkeypatch):
    monkeypatch.setattr(app_module, "Lengths", NoLengths)
    with client_of(tmp_path, workers=Judges(), token=TOKEN, logins_per_minute=3) as client:
        for _ in range(3):
            assert client.post("/login", data={"token": "guess"}).status_code == 403
        answer = client.post("/login", data={"token": "guess"})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        assert client.get("/api/videos", headers={"authorization": "Bearer guess"}).status_code == 429
        assert client.get("/api/videos", headers=BEARER).status_code == 200  # who guesses locks nobody out
        assert client.post("/login", data={"token": TOKEN}).status_code == 303


def test_the_socket_needs_it_as_well(client):
    address = f"ws://{client.service.host}/api/live?exercise=squat"
    with pytest.raises(InvalidStatus) as refused, connect(address, open_timeout=PATIENCE_S):
        pass
    assert refused.value.response.status_code == 403
    cookie = client.post("/login", data={"token": TOKEN}).headers["set-cookie"].split(";")[0]
    for headers in (BEARER, {"cookie": cookie}):
        with connect(address, additional_headers=headers, open_timeout=PATIENCE_S) as ws:
            assert "hello" in hear(ws)


def test_other_sites_can_neither_send_nor_delete_nor_sign_in(client):
    origin = {"origin": "https://evil.example"}
    assert client.post("/login", data={"token": TOKEN}, headers=origin).status_code == 403
    assert client.delete("/api/sessions/1", headers=BEARER | origin).status_code == 403
    files = {"file": ("x.mp4", b"x")}
    assert client.post("/api/videos", files=files, headers=BEARER | origin).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:x",
        "",
        "/\n/x",
        "/\t/evil",
    ],
)
def test_signing_in_leads_nowhere_else(address):
    assert _inside(address) == "/"
    assert _inside("/videos?page=2") == "/videos?page=2"


def test_a_key_counts_wrong_tries_by_client_and_forgets_them():
    now = [0.0]
    key = Key(TOKEN, Rate(2, lambda: now[0]))
    for _ in range(2):
        assert not key.fits("wrong", "a")
    assert key.wait_s("a") == 61
    assert key.wait_s("b") == 0
    now[0] = 59.0
    assert key.wait_s("a") == 2
    now[0] = 60.0
    assert key.wait_s("a") == 0


def test_who_counts_as_one_client():
    assert house("192.168.1.7") == house("::ffff:192.168.1.7") == "192.168.1.7"
    assert house("2001:db8:0:1::5") == house("2001:db8:0:1:ffff::9") != house("2001:db8:0:2::5")
    assert house("fe80::1%eth0") == house("fe80::2%eth1")
    assert len(house("x" * 10_000)) == 64


def test_clients_beyond_count_are_forgotten(monkeypatch):
    monkeypatch.setattr("formcheck.apps.web.rates._CLIENTS", 3)
    rate = Rate(1, lambda: 0.0)
    for client in "abcdef":
        rate.count(client)
    assert len(rate._times) == 3
    assert rate.wait_s("f") > 0


@pytest.fixture
def command(monkeypatch):
    monkeypatch.delenv("FORMCHECK_TOKEN", raising=False)
    app = typer.Typer()
    app.command()(serve_cli.serve)
    return lambda *words, **env: CliRunner().invoke(typer.main.get_command(app), words, env=env)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--host", "0.0.0.0"), "0.0.0.0 can be reached from other machines; give a token, or --token auto"),
        (("--host", "192.168.1.7"), "give a token"),
        (("--token", "short"), "5 characters can be guessed; give 12 or more"),
        (("--token", ""), "0 characters can be guessed"),
        (("--token", " " * 20), "begins or ends with a space"),
        (("--token", f"{TOKEN}\n"), "begins or ends with a space or line break"),
        (("--token", "ein langer Schlüssel"), "holds characters that cannot be sent"),
        (("--token", "a token\x1b[2J with more"), "holds characters that cannot be sent"),
        (("--proxy", "127.0.0.1"), "give a token"),
        (("--proxy", "nginx", "--token", TOKEN), "nginx: no address in numbers"),
    ],
)
def test_a_token_is_needed_beyond_this_machine_and_must_be_long(command, words, says):
    done = command(*words)
    assert done.exit_code == 2
    assert says in re.sub(r"[\s│]+", " ", done.output)


def test_what_the_service_and_its_workers_write_is_for_nobody_else(command, monkeypatch):
    masks = []

    def begun(*_):
        masks.append(os.umask(0o022))
        raise FormcheckError("enough")

    monkeypatch.setattr(serve_cli, "_folder", begun)
    before = os.umask(0o022)
    try:
        command("--port", "0")
    finally:
        os.umask(before)
    assert masks == [0o077]


def test_the_token_may_come_from_the_environment_or_be_made(monkeypatch):
    assert token_asked(None, "127.0.0.1") is None
    assert token_asked(TOKEN, "0.0.0.0") == TOKEN
    made = {token_asked("auto", "0.0.0.0") for _ in range(3)}
    assert len(made) == 3
    assert all(len(token) > 20 for token in made)
