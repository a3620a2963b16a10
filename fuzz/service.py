"""The web service within this process: requests and sockets as its server would hand them over (ASGI)."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote_to_bytes

from fastapi import FastAPI

from formcheck.apps.web import app as app_module
from formcheck.apps.web.limits import Limits
from formcheck.pose import models
from formcheck.pose.mediapipe import Bundle
from fuzz.ending import ImproperError, raised
from tests.unit.web.judges import Judges, NoLengths, bad

HOST = "127.0.0.1:8000"
#: How long an answer may take, seconds; the worker's watch ends what never waits.
_PATIENCE_S = 20.0
#: What is said before any message: that the socket is open, and hello.
_GREETING = 2
#: So long nothing more is said: all was answered, seconds.
_QUIET_S = 0.15
_ADDRESS = {"client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8000), "root_path": ""}


@cache
def _bundle() -> Bundle:
    return models.load("full")


@asynccontextmanager
async def serving(folder: Path, token: str | None = None) -> AsyncIterator[FastAPI]:
    """The service over a folder, from its start to its end; what it logs as an error is improper.

    Its engine and pose model are real; uploaded videos are not judged, for they are met as files.
    """
    log = _Log()
    with patch.object(app_module, "Lengths", NoLengths), log.listening():
        limits = Limits(per_second=10**6, uploads_per_minute=10**6, body_idle_s=2.0)
        app = app_module.create_app(
            folder, _bundle(), vendor=folder / "nothing", limits=limits, workers=Judges(bad), token=token
        )
        try:
            async with app.router.lifespan_context(app):
                yield app
        except ImproperError:
            raise
        except Exception as error:
            raise raised(error) from error
    if log.lines:
        raise ImproperError("traceback", f"logged: {log.lines[0]}")


class _Log(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        trace = f" {record.exc_info[1]!r}" if record.exc_info else ""
        self.lines.append(f"{record.name}: {record.getMessage()}{trace}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to everything meanwhile."""
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)


def _scope(kind: str, path: str, query: str, headers: list[list[str]]) -> dict[str, Any]:
    raw = path.encode("latin-1", "replace")
    known = [
        (name.lower().encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in headers
    ]
    return {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
        "raw_path": raw,
        "query_string": query.encode("latin-1", "replace"),
        "headers": known if any(name == b"host" for name, _ in known) else [(b"host", HOST.encode()), *known],
        **_ADDRESS,
    }


async def ask(app: FastAPI, request: Mapping[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to one request.

    Parameters
    ----------
    request : ``method``, ``path``, ``query``, ``headers`` and ``body``, the latter in Latin-1.
    """
    scope = _scope("http", request["path"], request["query"], request["headers"])
    scope |= {"method": request["method"], "scheme": "http"}
    parts: list[Any] = []
    given = [
        {"type": "http.request", "body": request["body"].encode("latin-1", "replace"), "more_body": False}
    ]

    async def receive() -> dict[str, Any]:
        if given:
            return given.pop()
        await asyncio.sleep(_PATIENCE_S)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        parts.append(message)

    try:
        await asyncio.wait_for(app(scope, receive, send), _PATIENCE_S)
    except TimeoutError:
        raise ImproperError("hang", f"{request['method']} {request['path'][:80]}: no answer") from None
    except Exception as error:
        raise raised(error) from error
    if not parts:
        raise ImproperError("message", f"{request['method']} {request['path'][:80]}: no answer")
    headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in parts[0]["headers"]}
    return parts[0]["status"], headers, b"".join(part.get("body", b"") for part in parts[1:])


async def talk(app: FastAPI, query: str, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the service sends over one live socket that is given these messages and then lost."""
    scope = _scope("websocket", "/api/live", query, []) | {"scheme": "ws", "subprotocols": []}
    inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    inbox.put_nowait({"type": "websocket.connect"})
    said: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        said.append(message)

    async def feed() -> None:
        for i, message in enumerate(messages):
            inbox.put_nowait({"type": "websocket.receive", **message})
            if i % 20 == 0:
                await _settled(said)
        await _settled(said, _GREETING if messages else 0)
        inbox.put_nowait({"type": "websocket.disconnect", "code": 1001})

    feeding = asyncio.create_task(feed())
    try:
        await asyncio.wait_for(app(scope, inbox.get, send), 2 * _PATIENCE_S)
    except TimeoutError:
        raise ImproperError("hang", f"socket {query[:80]}: no end") from None
    except Exception as error:
        raise raised(error) from error
    finally:
        feeding.cancel()
        with suppress(asyncio.CancelledError):
            await feeding
    return said


async def _settled(said: list[dict[str, Any]], known: int = 0) -> None:
    """Until nothing more is said; a machine that is busy has time to say more than is known."""
    before, waited = -1, 0.0
    while before < len(said) or (len(said) <= known and waited < _PATIENCE_S / 2):
        before, waited = len(said), waited + _QUIET_S
        await asyncio.sleep(_QUIET_S)
