"""Connections that only wait, clients that take too much, headers that make no sense: the service goes on."""

import logging
import socket
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.apps.web import app as app_module
from formcheck.apps.web.log import OneLine, Sparing
from formcheck.apps.web.server import make_server
from tests.unit.web.judges import HEAD, Judges, NoLengths, client_of
from tests.unit.web.service import PATIENCE_S, hear, nothing_logged, wait_for

FORM = "Content-Type: application/x-www-form-urlencoded"
TOKEN = "a long and secret token"
#: So many connections where their number matters; so many seconds of patience where it matters that they end.
FEW, SHORT_S = 6, 0.4


@pytest.fixture(autouse=True)
def _no_lengths(monkeypatch):
    monkeypatch.setattr(app_module, "Lengths", NoLengths)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A service that loses patience soon, and has room for few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module, "Lengths", NoLengths)
        limits = {"connections_each": FEW, "requests_each": FEW - 1, "quiet_s": SHORT_S, "unread_s": SHORT_S}
        bodies = {"body_idle_s": SHORT_S, "body_per_s": 10**6}
        folder = tmp_path_factory.mktemp("doors")
        with client_of(folder, workers=Judges(), **limits, **bodies) as client:
            yield client


def call(client, text=b"", address="127.0.0.1"):
    """A connection over which this was sent; an answer is not read."""
    line = socket.create_connection(("127.0.0.1", client.service.port), PATIENCE_S, (address, 0))
    line.sendall(text)
    return line


def rest(line):
    """All that comes until the other side ends it."""
    text = b""
    with line, suppress(ConnectionResetError):
        while data := line.recv(1 << 16):
            text += data
    return text


def head(client, path="/videos", method="GET", *more):
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {client.service.host}", *more, "", ""]).encode()


@pytest.mark.parametrize(
    "sent", [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: "]
)
def test_a_head_that_never_ends_is_ended(client, sent, caplog):
    with nothing_logged(caplog):
        assert rest(call(client, sent)) == b""


def test_after_an_answer_as_well(client):
    text = rest(call(client, head(client) + b"GET / HT"))
    assert (text.count(b"HTTP/1.1 200 OK"), text.count(b"HTTP/1.1")) == (1, 1)


def test_half_sent_requests_take_no_place_from_whole_ones(tmp_path, caplog):
    limits = {"connections": 3 * FEW, "connections_each": FEW, "quiet_s": 3600.0}
    with ExitStack() as stack, client_of(tmp_path, workers=Judges(), **limits) as client:
        for address in ["127.0.0.1"] * 5 * FEW + [f"127.0.0.{n}" for n in range(2, 5) for _ in range(FEW)]:
            stack.enter_context(call(client, b"GET / HTTP/1.1\r\nX: ", address))
        with nothing_logged(caplog):
            assert all(client.get("/api/videos").status_code == 200 for _ in range(3))
            with client.service.live() as ws:
                assert "hello" in hear(ws)


def test_who_has_all_places_in_use_gets_no_more_and_others_do(tmp_path):
    limits = {"connections_each": FEW, "body_idle_s": 3600.0}
    with client_of(tmp_path, workers=Judges(), **limits) as client, ExitStack() as stack:
        waiting = head(client, "/login", "POST", FORM, "Content-Length: 9") + b"token="
        for _ in range(FEW):
            stack.enter_context(call(client, waiting))
        doors = client.service.server._doors
        wait_for(lambda: sum(line.busy for line in doors._lines.values()) == FEW)
        assert rest(call(client, head(client))) == b""
        other = head(client, "/videos", "GET", "Connection: close")
        assert b" 200 OK" in rest(call(client, other, "127.0.0.2"))


def test_requests_at_once_are_counted_by_client(client, caplog):
    with ExitStack() as stack, nothing_logged(caplog):
        for _ in range(FEW - 1):
            hear(stack.enter_context(client.service.live()))
        answer = client.get("/api/videos")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
        assert "too many requests at once" in answer.json()["detail"]
    wait_for(lambda: client.get("/api/videos").status_code == 200)


def test_who_reads_nothing_of_a_large_answer_loses_the_connection(client, caplog):
    video = client.sent()
    client.judged(video)
    (results,) = (client.data / "videos").iterdir()
    (results / "annotated.mp4").write_bytes(bytes(50_000_000))
    doors = client.service.server._doors
    with nothing_logged(caplog), call(client, head(client, f"/api/videos/{video}/annotated")):
        wait_for(lambda: any(line.busy for line in doors._lines.values()))
        wait_for(lambda: not any(line.busy for line in doors._lines.values()))
    assert len(client.get(f"/api/videos/{video}/annotated").content) == 50_000_000
    assert client.delete(f"/api/videos/{video}").status_code == 204


def test_who_reads_slowly_gets_the_whole_of_an_answer_that_was_sent_at_once(client, monkeypatch):
    """The pose model of a phone with a bad connection: it takes longer than a connection may idle."""
    site = client.service.app.state.site
    model = replace(site.bundle, data=bytes(8_000_000))
    monkeypatch.setitem(client.service.app.state._state, "site", replace(site, bundle=model))
    got = 0
    with call(client, head(client, site.model, "GET", "Connection: close")) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)  # else most of it waits on its side
        while data := line.recv(400_000, socket.MSG_WAITALL):
            got += len(data)
            time.sleep(SHORT_S / 4)
    assert got > len(model.data)


def test_uploads_that_trickle_are_ended_however_many(client, caplog):
    """Each brings a byte now and then, so that none is ever silent for long."""
    form = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n' + HEAD
    kind = "Content-Type: multipart/form-data; boundary=XX"
    begun = [
        (f"Content-Length: {10**6}", form, b"x"),
        ("Transfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(form), form), b"1\r\nx\r\n"),
    ]
    ended = []

    def trickle(length, first, byte):
        with call(client, head(client, "/api/videos", "POST", kind, length) + first) as line:
            line.settimeout(SHORT_S / 8)
            for _ in range(1000):
                with suppress(TimeoutError):
                    ended.append(line.recv(1 << 16) + rest(line))
                    return
                with suppress(OSError):
                    line.sendall(byte)

    with nothing_logged(caplog):
        threads = [threading.Thread(target=trickle, args=begun[n % 2]) for n in range(FEW - 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
    assert [b" 408 " in text and b"too slow" in text for text in ended] == [True] * (FEW - 1)
    wait_for(lambda: client.files() == [])


def asked(client, **headers):
    return client.get("/api/videos", headers={"authorization": "Bearer wrong"} | headers).status_code


@pytest.mark.parametrize(("proxies", "last"), [((), 429), (("127.0.0.1",), 401)])
def test_only_a_proxy_that_was_named_tells_who_asks(tmp_path, proxies, last):
    limits = {"logins_per_minute": 2}
    with client_of(tmp_path, proxies, workers=Judges(), token=TOKEN, **limits) as client:
        found = [asked(client, **{"x-forwarded-for": f"10.0.0.{n}"}) for n in range(4)]
        assert found == [401, 401, last, last] if last == 401 else found[-1] == last
        assert asked(client, **{"x-forwarded-for": "10.0.0.9"} if proxies else {}) == last


def test_a_proxy_is_the_same_over_a_socket_of_ipv6():
    doors = make_server(lambda *_: None, proxies=["10.0.0.1", "::1"])._doors
    assert [doors.house(ip) for ip in ("10.0.0.1", "::ffff:10.0.0.1", "::1")] == [None] * 3
    assert "::ffff:10.0.0.1" in doors._app.trusted_hosts
    assert "::ffff:10.0.0.2" not in doors._app.trusted_hosts


# fmt: off
NASTY = [
    "http://[", "http://]", "http://[::g]", "//[", "[", "\xff" * 40, "9" * 5000, "bytes=-", "²", "", ";;==",
    "bytes=0-0," * 300, "bytes=" + "9" * 5000 + "-", 'formcheck="\\777"', "chunked, x", "*;q=nan", "a@b:x",
    'multipart/form-data; boundary="\\', "multipart/form-data; boundary*=utf-8''%ff%",
]
HEADERS = [
    "Origin", "Host", "Cookie", "Content-Length", "Range", "If-Range", "Accept-Language", "Accept", "Expect",
    "Content-Type", "Authorization", "Transfer-Encoding", "X-Forwarded-For", "Upgrade", "Sec-WebSocket-Key",
]
# fmt: on
PATHS = ["/", "/api/videos", "/login", "/assets/static/style.css", "/api/live?exercise=squat", "/data/import"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "DELETE", "HEAD"]),
    path=st.sampled_from(PATHS),
    headers=st.dictionaries(
        st.sampled_from(HEADERS),
        st.sampled_from(NASTY) | st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
        min_size=1,
        max_size=3,
    ),
)
def test_no_header_is_an_error_of_ours(client, caplog, method, path, headers):
    given = {"Host": client.service.host, "Connection": "close"} | headers
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
    with nothing_logged(caplog):
        text = rest(call(client, "\r\n".join(lines).encode("latin-1")))
    assert text == b"" or text.split(b" ", 2)[1] < b"500", text


@pytest.mark.parametrize("origin", ["http://[", "http://]", "http://[::g]", "//[", "http://a]b"])
def test_an_origin_that_is_none_is_a_foreign_one(client, origin):
    assert client.delete("/api/videos/x", headers={"origin": origin}).status_code == 403


def record(text, line=1, error=None):
    about = (type(error), error, None) if error else None
    return logging.LogRecord("x", logging.WARNING, "module.py", line, text, None, about)


def test_the_log_is_spared_what_was_logged_often():
    now = [0.0]
    found, spare = [], Sparing(3, lambda: now[0])
    for n in range(100):
        entry = record(f"rubbish {n}")
        if spare.filter(entry):
            found.append(entry.getMessage())
    assert found == ["rubbish 0", "rubbish 1", "rubbish 2 (more like it are not told this minute)"]
    assert spare.filter(record("something else", line=2))
    now[0] = 61.0
    entry = record("rubbish")
    assert spare.filter(entry)
    assert entry.getMessage() == "rubbish (97 like it were not told)"


def test_a_record_is_one_line_without_a_trace():
    line = OneLine().format(record("it\nfailed", error=ValueError("so\nand so")))
    assert line == "formcheck: it failed (ValueError: so and so)"
