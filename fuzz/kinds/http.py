"""Requests: methods, addresses, headers, forms and JSON, before the service's door and behind it."""

import asyncio
import io
import json
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from formcheck.apps.person import take_in
from fuzz import service
from fuzz.ending import Ending, ImproperError, check_line
from fuzz.inputs import Input, Kind
from fuzz.kinds import export
from fuzz.mutate import BYTES, NUMBERS, TEXTS, TREES, dump, hostile
from fuzz.wire import ADDRESSES, HEADERS, QUERIES, TOKEN, VALUES, VIDEO

Request = dict[str, Any]
_FORM = "multipart/form-data; boundary=XX"
_URLENCODED = "application/x-www-form-urlencoded"
_NO_ROOM, _NOT_NOW = 507, 503
_AFTER = ("/sessions", "/history", "/history/squat", "/plan", "/data", "/api/plan", "/api/person/data")
_PLAIN: Request = {"method": "GET", "path": "/", "query": "", "headers": [], "body": ""}
_CLIP = "\0\0\0\x18ftypisom" + "x" * 40
_END = "--XX--\r\n"
_JSON = "application/json"


def part(name: str, value: str, filename: str | None = None) -> str:
    """One field of a form."""
    file = "" if filename is None else f'; filename="{filename}"'
    return f'--XX\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{value}\r\n'


_FORMS = (
    (
        "/api/videos",
        _FORM,
        f"{part('file', _CLIP, 'clip.mp4')}{part('exercise', 'squat')}{_END}",
    ),
    ("/api/plan/start", _JSON, '{"pain": "none", "place": "indoors", "equipment": ["mat"], "days": 3}'),
    ("/api/plan/done", _JSON, '{"exercise": "superman", "sets": [{"reps": 9, "good": 9}], "pain": "none"}'),
    ("/api/plan/pain", _JSON, '{"exercise": "superman", "pain": "none"}'),
    ("/login", _URLENCODED, "token=a+long+secret&next=/videos"),
    ("/data/delete", _URLENCODED, ""),
    ("/plan/start", _URLENCODED, "pain=none&place=indoors&days=3"),
)


def _export(rng: Random) -> tuple[str, str, str]:
    data = dump(export.KIND.base(rng)).decode("latin-1")
    return rng.choice(("/api/person/data", "/data/import")), _FORM, part("file", data, "me.json") + _END


def _base(rng: Random) -> Request:
    request = {**_PLAIN, "path": rng.choice(ADDRESSES), "query": rng.choice(QUERIES), "headers": []}
    which = rng.randrange(8)
    posted = None if which > 4 else rng.choice(_FORMS) if which else _export(rng)
    if posted:
        request |= {"method": "POST", "path": posted[0], "query": "", "body": posted[2]}
        request["headers"] = [["Content-Type", posted[1]], ["Content-Length", str(len(posted[2]))]]
    elif which == 5 or rng.random() < 0.1:
        request |= {
            "method": "DELETE",
            "path": rng.choice((f"/api/videos/{VIDEO}", "/api/sessions/1", "/api/person/data")),
        }
    locked = rng.random() < 0.4
    if locked and rng.random() < 0.7:
        request["headers"].append(["Authorization", f"Bearer {TOKEN}"])
    return {**request, "locked": locked}


def _header(request: Request, rng: Random) -> Request:
    request = deepcopy(request)
    name, value = rng.choice(HEADERS), rng.choice((*VALUES, *(t for t in TEXTS if t.isascii())))
    if name == "Host" and rng.random() < 0.7:
        name = "Origin"
    request["headers"] = [pair for pair in request["headers"] if pair[0] != name or rng.random() < 0.2]
    request["headers"].append([name, re.sub(r"[\r\n\0]", "", value)])
    return request


def _address(request: Request, rng: Random) -> Request:
    """A part of the path becomes another."""
    parts = request["path"].split("/")
    others = (
        *TEXTS,
        *map(str, NUMBERS),
        "..",
        "%2e%2e",
        "..%2f..",
        "%00",
        "%ff%fe",
        "%ed%a0%80",
        "squat",
        "a" * 3000,
        "1",
        "unknown",
    )
    chosen = rng.choice(others)
    parts[rng.randrange(len(parts))] = (
        chosen if chosen.startswith("%") else quote(chosen.encode("utf-8", "surrogatepass"))
    )
    return {**request, "path": "/" + "/".join(parts).lstrip("/")}


def _query(request: Request, rng: Random) -> Request:
    name = rng.choice(
        ("person", "exercise", "limit", "offset", "since", "next", "metric", "", "side", "sets", "a" * 500)
    )
    value = quote(str(rng.choice((*TEXTS, *NUMBERS))).encode("utf-8", "surrogatepass"))
    raw = rng.choice(
        (f"{name}={value}", f"{name}={value}", "%", "&&&=", "person=%ed%a0%80", "a=" * 2000, "\xff")
    )
    return {**request, "query": "&".join(p for p in (request["query"], raw) if p)}


def _method(request: Request, rng: Random) -> Request:
    return {
        **request,
        "method": rng.choice(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW")),
    }


def _body(request: Request, rng: Random) -> Request:
    """Another JSON, alone or in a form, or another text."""
    body = request["body"]
    found = re.search(r"\{.*\}", body, re.DOTALL)
    try:
        other = json.loads(found[0]) if found else None
    except (ValueError, RecursionError):  # changed before
        other = None
    if found and other is not None:
        other = dump(rng.choice(TREES)(other, rng)).decode("latin-1")
        body = body[: found.start()] + other + body[found.end() :]
    else:
        word = dump(hostile(rng)).decode("latin-1")
        body = rng.choice((word, body * 2, "a=" + "&a=" * 2000, body.replace("XX", "YY", 1), "\x80" * 99))
    return _sized({**request, "body": body}, rng)


def _field(request: Request, rng: Random) -> Request:
    """A field of a form more, first."""
    name = rng.choice(("file", "exercise", "side", "person", "token", "", *TEXTS))
    text = rng.choice((*TEXTS, *map(str, NUMBERS)))
    more = (
        part(name, text, rng.choice((None, "a.mp4", *TEXTS)))
        .encode("utf-8", "surrogatepass")
        .decode("latin-1")
    )
    if "--XX" not in request["body"]:
        more = (
            f"{quote(name.encode('utf-8', 'surrogatepass'))}={quote(text.encode('utf-8', 'surrogatepass'))}&"
        )
    return _sized({**request, "body": more + request["body"]}, rng)


def _bytes(request: Request, rng: Random) -> Request:
    body = rng.choice(BYTES)(request["body"].encode("latin-1", "replace"), rng)
    return _sized({**request, "body": body.decode("latin-1")}, rng)


def _sized(request: Request, rng: Random) -> Request:
    """The length that the header tells is mostly that of the body."""
    if rng.random() < 0.1:
        return request
    headers = [[n, str(len(request["body"])) if n == "Content-Length" else v] for n, v in request["headers"]]
    return {**request, "headers": headers}


def _write(request: Request) -> tuple[str, bytes]:
    return ".json", json.dumps(request, indent=1).encode()


def _meet(given: Input, folder: Path) -> Ending:
    return asyncio.run(_asked(json.loads(given.data), folder))


async def _asked(request: Mapping[str, Any], folder: Path) -> Ending:
    rng = Random(0)
    async with service.serving(folder / "data", TOKEN if request["locked"] else None) as app:
        data = io.BytesIO(json.dumps(export.KIND.base(rng)).encode())
        take_in(app.state.site.store, data, "the export")
        ending = _judged(request, *await service.ask(app, request))
        for path in _AFTER:
            after = {**_PLAIN, "path": path, "headers": [["Authorization", f"Bearer {TOKEN}"]]}
            _judged(after, *await service.ask(app, after))
    return ending


def _judged(request: Mapping[str, Any], status: int, headers: Mapping[str, str], body: bytes) -> Ending:
    what = f"{request['method']} {request['path'][:60]!r}: {status}"
    if status >= 500 and status not in (_NO_ROOM, _NOT_NOW):
        raise ImproperError("traceback", f"{what} {body[:200]!r}")
    if status < 400:
        return Ending("judged", what)
    if request["method"] != "HEAD" and "application/json" in headers.get("content-type", ""):
        check_line(json.loads(body)["detail"])
    elif request["method"] != "HEAD" and not body:
        raise ImproperError("message", f"{what}, and no word")
    return Ending("refused", what)


KIND = Kind(
    "http",
    _base,
    (_header, _header, _address, _query, _method, _body, _body, _field, _bytes),
    _write,
    _meet,
    plain=True,
)
