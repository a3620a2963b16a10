"""Uploads that mean harm: refused in words or without effect, and nothing of them stays."""

import re
import shutil
import socket
import struct
from fractions import Fraction

import av
import numpy as np
import pytest
from sqlalchemy import text as sql

from formcheck.apps.jobs.local import LocalWorkers
from formcheck.apps.web import app as app_module
from tests.clips import write_clip
from tests.unit.web.judges import CLIP, HEAD, RESULTS, Client, Judges, NoLengths, client_of
from tests.unit.web.service import PATIENCE_S, nothing_logged, serving, wait_for
from tests.unit.web.stand_ins import app

MOST = 100_000
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>.mp4"
NAMES = {
    "../../../etc/passwd.mp4": "../../../etc/passwd.mp4",
    "..\\..\\windows.mp4": "..\\..\\windows.mp4",
    "/etc/cron.d/job": "/etc/cron.d/job",
    "a" * 3000: "a" * 200,
    "": None,
    "con.mp4\x00.txt": "con.mp4.txt",
    "tab\tand  space.mp4": "taband space.mp4",
    "\u202egpj.exe\u200b": "gpj.exe",
    SCRIPT: SCRIPT,
    "übung 深蹲.mp4": "übung 深蹲.mp4",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def client(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module, "Lengths", NoLengths)
        service = app(
            data,
            workers=Judges(),
            upload_bytes=MOST,
            body_idle_s=0.5,
            uploads_per_minute=10**6,
        )
        with serving(service) as running, Client(running) as client:
            yield client


def form(*parts, boundary="XX", end=True):
    """A multipart body of (headers, content)."""
    body = b"".join(
        f"--{boundary}\r\n{headers}\r\n\r\n".encode() + content + b"\r\n" for headers, content in parts
    )
    return body + (f"--{boundary}--\r\n".encode() if end else b"")


def part(name="file", filename="clip.mp4"):
    file = "" if filename is None else f'; filename="{filename}"'
    return f'Content-Disposition: form-data; name="{name}"{file}'


def raw(client, head, chunks=(), path="/api/videos", method="POST"):
    """Status and text of the answer to bytes sent as they are; stops sending once it is answered."""
    host, port = client.base_url.host, client.base_url.port
    sent = 0
    with socket.create_connection((host, port), PATIENCE_S) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{head}\r\n\r\n".encode())
        try:
            for chunk in chunks:
                line.sendall(chunk)
                sent += len(chunk)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = b""
        try:
            while data := line.recv(65536):
                answer += data
                if b"\r\n\r\n{" in answer and answer.endswith(b"}"):
                    break
        except ConnectionResetError:
            pass
    status = int(answer.split(b" ", 2)[1]) if answer else None
    return status, answer.decode("utf-8", "replace"), sent


def posted(client, body, kind="multipart/form-data; boundary=XX"):
    return client.post("/api/videos", content=body, headers={"content-type": kind})


BAD = {
    "no form": (415, b"{}", "application/json"),
    "no boundary": (415, form((part(), CLIP)), "multipart/form-data"),
    "a boundary without end": (400, form((part(), CLIP)), f"multipart/form-data; boundary={'x' * 300}"),
    "rubbish": (400, b"rubbish" * 100, None),
    "nothing": (400, b"", None),
    "cut off": (400, form((part(), CLIP), end=False), None),
    "no file": (422, form((part("exercise", None), b"squat")), None),
    "a file as text": (422, form((part("file", None), CLIP)), None),
    "two files": (422, form((part(), CLIP), (part(), CLIP)), None),
    "a file under another name": (422, form((part("video"), CLIP)), None),
    "an empty file": (422, form((part(), b"")), None),
    "some bytes": (415, form((part(), HEAD[:9])), None),
    "a huge field": (422, form((part("exercise", None), b"x" * 60_000), (part(), CLIP)), None),
    "a huge field after it": (422, form((part(), CLIP), (part("person", None), b"x" * 60_000)), None),
    "many fields of one name": (422, form(*[(part("x", None), b"x")] * 99, (part(), CLIP)), None),
    "many fields": (422, form(*((part(f"f{n}", None), b"x") for n in range(99)), (part(), CLIP)), None),
    "huge headers": (400, form((part() + "\r\nX-More: " + "x" * 9000, CLIP)), None),
    "many headers": (400, form((part() + "\r\nX: y" * 99, CLIP)), None),
    "a program": (415, form((part(), b"\x7fELF" + bytes(100))), None),
    "a page": (415, form((part(), b"<html><script>alert(1)</script></html>")), None),
    "a picture": (415, form((part(), b"\x89PNG\r\n\x1a\n" + bytes(100))), None),
    "a play list": (415, form((part("file", "x.m3u8"), b"#EXTM3U\n/etc/passwd\n" * 9)), None),
    "a concat script": (415, form((part(), b"ffconcat version 1.0\nfile /etc/passwd\n")), None),
    "a zip": (415, form((part(), b"PK\3\4" + bytes(100))), None),
    "too large": (413, form((part(), HEAD + bytes(MOST))), None),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_video_in_a_form_is_refused_in_words(client, data, name, caplog):
    status, body, kind = BAD[name]
    with nothing_logged(caplog):
        answer = posted(client, body, kind or "multipart/form-data; boundary=XX")
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])
    assert str(data) not in answer.text
    assert client.files() == []
    assert client.get("/api/videos").json() == []


def test_two_gigabytes_are_refused_before_one_byte_is_read(client):
    head = "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: 2000000000"
    status, text, _ = raw(client, head)
    assert status == 413
    assert "more than 0.166 MB" in text
    assert client.files() == []


@pytest.mark.parametrize("length", ["99999999999999999999999999", "-1", "1e9", "0x10", "5, 6"])
def test_lengths_that_make_no_sense_do_no_harm(client, length):
    status, _, _ = raw(client, f"Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: {length}")
    assert status in {400, 413}


def endless(client, largest):
    """Chunks for ever; looks at the disk between them."""
    yield b"%x\r\n%s\r\n" % (len(HEAD_OF_FORM), HEAD_OF_FORM)
    while True:
        yield b"10000\r\n" + bytes(65536) + b"\r\n"
        work = client.data / "work"
        largest.append(sum(p.stat().st_size for p in work.iterdir() if p.exists()))
        if len(largest) > 2000:
            raise AssertionError("nobody ended it")


HEAD_OF_FORM = f"--XX\r\n{part()}\r\n\r\n".encode() + CLIP


def test_endless_chunks_end_and_the_disk_never_holds_more_than_the_limit(client):
    largest = []
    head = "Content-Type: multipart/form-data; boundary=XX\r\nTransfer-Encoding: chunked"
    status, _, _ = raw(client, head, endless(client, largest))
    assert status in {413, None}  # None: the line was cut while it still sent
    assert max(largest) <= MOST
    wait_for(lambda: client.files() == [])


def test_an_endless_line_of_a_chunk_is_refused(client):
    head = "Content-Type: multipart/form-data; boundary=XX\r\nTransfer-Encoding: chunked"
    status, _, _ = raw(client, head, [b"1" * 65536] * 20)
    assert status in {400, None}
    wait_for(lambda: client.files() == [])


def test_who_stops_sending_gets_the_reason_and_leaves_nothing(client):
    head = f"Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: {len(HEAD_OF_FORM) + 999}"
    status, text, _ = raw(client, head, [HEAD_OF_FORM])
    assert (status, "too slow" in text) == (408, True)
    assert client.files() == []


def test_a_lost_connection_leaves_nothing(client, caplog):
    head = f"Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: {len(HEAD_OF_FORM) + 999}"
    with nothing_logged(caplog), socket.create_connection((client.base_url.host, client.base_url.port)) as s:
        s.sendall(f"POST /api/videos HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode() + HEAD_OF_FORM)
        wait_for(lambda: client.files() != [])
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
    wait_for(lambda: client.files() == [])


def test_other_bodies_are_bounded_as_well(client):
    for path, method in (("/login", "POST"), ("/api/videos/x", "DELETE")):
        status, _, _ = raw(client, "Content-Length: 200000", path=path, method=method)
        assert status == 413


@pytest.mark.parametrize("name", NAMES)
def test_names_are_only_ever_shown(client, data, name):
    answer = posted(client, form((part(filename=name.replace('"', '\\"')), CLIP)))
    video = answer.json()["id"]
    assert client.judged(video)["name"] == (NAMES[name] or "video")
    (folder,) = {path.split("/")[1] for path in client.files() if path.startswith("videos/")}
    assert len(folder) == 32
    assert not {p.name for p in data.parent.iterdir()} & {"passwd.mp4", "etc"}
    for page in ("/videos", f"/videos/{video}", "/sessions", "/", "/history"):
        text = client.get(page, follow_redirects=True).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert client.delete(f"/api/videos/{video}").status_code == 204
    assert client.files() == []


OUTSIDE = [
    "..",
    "%2e%2e",
    "..%2f..%2fsecret",
    "....//....//secret",
    "0" * 31,
    "0" * 32,
    "0" * 32 + "%00",
    "0" * 32 + "%0a",
    "/etc/passwd",
    "<script>",
    "A" * 32,
]


@pytest.mark.parametrize(
    "rest", ["", "/report", "/evidence/..%2f..%2f..%2fsecret.jpg", "/evidence/a/../b.jpg"]
)
@pytest.mark.parametrize("video", OUTSIDE)
def test_no_address_leads_out_of_the_folder(client, video, rest):
    (client.data.parent / "secret").write_text("a secret")
    (client.data / "secret.jpg").write_text("a secret")
    for method in ("GET", "DELETE"):
        status, text, _ = raw(client, "Connection: close", path=f"/api/videos/{video}{rest}", method=method)
        assert 400 <= status < 500
        assert "a secret" not in text
        assert "<script>" not in text
    (client.data / "secret.jpg").unlink()


def test_links_among_the_results_are_not_followed(client):
    secret = client.data / "secret.jpg"
    secret.write_text("a secret")
    video = client.sent()
    client.judged(video)
    task = client.site.judging._workers.tasks[-1]
    results = client.data / "videos" / task.folder.rsplit("/", 1)[1]
    (results / "report.html").unlink()
    (results / "report.html").symlink_to(secret)
    (results / "evidence" / "knees_in.jpg").unlink()
    (results / "evidence").rmdir()
    (results / "evidence").symlink_to(client.data)
    assert client.get(f"/api/videos/{video}/thumbnail").content == RESULTS["thumbnail.jpg"]
    for part_ in ("report", "evidence/secret.jpg"):
        assert client.get(f"/api/videos/{video}/{part_}").status_code == 404
    assert client.delete(f"/api/videos/{video}").status_code == 204
    assert secret.exists()
    secret.unlink()


def test_a_store_that_names_other_folders_gives_nothing_of_them(client, tmp_path):
    (tmp_path / "report.html").write_text("a secret")
    video = client.sent()
    client.judged(video)
    task = client.site.judging._workers.tasks[-1]
    change = sql("UPDATE jobs SET folder = :folder, path = '/etc/passwd' WHERE id = :id")
    with client.site.store._writing.begin() as db:
        db.execute(change, {"folder": str(tmp_path), "id": video})
    assert client.get(f"/api/videos/{video}/report").status_code == 404
    assert client.delete(f"/api/videos/{video}").status_code == 204
    assert (tmp_path / "report.html").exists()
    shutil.rmtree(client.data / "videos" / task.folder.rsplit("/", 1)[1])


def bomb(path):
    """Some megabytes of pictures as large as is allowed: ten gigabytes when they are decoded."""
    grey = np.full((4096, 8192, 3), 128, np.uint8)
    first = write_clip(path.with_name("first.mkv"), frames=1, size=(8192, 4096), codec="ffv1", rgb=grey)
    with av.open(str(first)) as given, av.open(str(path), "w") as out:
        stream = out.add_stream_from_template(given.streams.video[0])
        (data,) = (bytes(packet) for packet in given.demux(video=0) if packet.size)
        for i in range(100):
            packet = av.Packet(data)
            packet.stream, packet.is_keyframe, packet.time_base = stream, True, Fraction(1, 25)
            packet.pts = packet.dts = i
            out.mux(packet)
    return path.read_bytes()


def huge(path):
    """A header that claims pictures of 50,000 x 50,000."""
    data = write_clip(path, frames=2, size=(64, 48), codec="rawvideo", pix_fmt="bgr24").read_bytes()
    return re.sub(rb"\x40\0\0\0(\x30\0\0\0|\xd0\xff\xff\xff)", struct.pack("<II", 50_000, 50_000), data)


def test_bombs_fail_in_their_worker_and_the_service_goes_on(tmp_path):
    small, large = bomb(tmp_path / "bomb.mkv"), huge(tmp_path / "huge.avi")
    assert len(small) < 20_000_000
    with client_of(tmp_path / "data", workers=LocalWorkers(1, memory_mb=450), judge_s=8.0) as client:
        videos = [client.sent("bomb.mkv", small), client.sent("huge.avi", large), client.sent("x.mp4", CLIP)]
        found = [client.judged(video) for video in videos]
        assert [v["status"] for v in found] == ["failed"] * 3
        assert re.match("took (more than 450 MB of memory|longer than 8 s)", found[0]["reason"])
        assert "no picture can be decoded" in found[1]["reason"]
        assert "is not a video" in found[2]["reason"]
        assert not any(str(tmp_path) in v["reason"] for v in found)
        wait_for(lambda: client.files() == [])
