"""Connections: only so many in all and from each client, and none that only waits.

uvicorn waits for ever for the head of a request, and asyncio lets in whoever comes until the process has no
files left. Here the listening socket itself counts whom it lets in, so that it holds before TLS as well.
"""

import logging
import math
import socket
import time
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formcheck.apps.web.clients import house
from formcheck.apps.web.limits import Limits
from formcheck.types.text import error_line

#: Bytes of an answer that are handed on at once, and that the system takes for a client before it asks again.
_PART, _AHEAD = 64 * 1024, 32 * 1024
log = logging.getLogger("formcheck.web")


class Line(socket.socket):
    """A connection that came in.

    Attributes
    ----------
    peer, house : whence it comes; None for a house that is not counted.
    busy : requests and sockets that are going on over it.
    until : when it is ended, by the clock of its doors, unless something happens before.
    latest : when it is ended though its client reads on, however slowly.
    """

    def __init__(self, caller: socket.socket, peer: tuple[str, int], doors: "Doors") -> None:
        super().__init__(fileno=caller.detach())
        self.peer, self.house, self.busy, self.until = peer, doors.house(peer[0]), 0, 0.0
        self.latest = 0.0
        self._doors = doors
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # else what goes out is heard of by the megabyte
            with suppress(OSError):
                self.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _AHEAD)

    def send(self, *given: Any) -> int:
        """As its parent; asyncio calls it whenever the client has read so far that there is room again."""
        sent = super().send(*given)
        self._doors.went_out(self)
        return sent

    def sendmsg(self, *given: Any) -> int:
        """As its parent; what asyncio calls from Python 3.12 on."""
        sent = super().sendmsg(*given)
        self._doors.went_out(self)
        return sent

    def close(self) -> None:
        """As its parent; asyncio calls it when the connection is over."""
        self._doors.left(self)
        super().close()


class _Door(socket.socket):
    """A listening socket that lets in only whom its doors take."""

    def __init__(self, listening: socket.socket, doors: "Doors") -> None:
        super().__init__(fileno=listening.dup().detach())
        self._doors = doors

    def accept(self) -> tuple[socket.socket, Any]:
        caller, peer = super().accept()
        line = Line(caller, peer[:2], self._doors)
        if not self._doors.enter(line):
            line.close()
            raise ConnectionAbortedError  # asyncio's word for a caller that is gone
        return line, peer


class Doors:
    """All connections of one server, and the outermost middleware of its app.

    Parameters
    ----------
    app : what is behind.
    limits : how many connections, and how long each may be idle.
    most : connections in all.
    proxies : addresses behind which many clients are; their connections are not counted by client.
    clock : seconds that rise; tests give their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        most: int,
        proxies: Container[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._limits, self._most = app, limits, most
        self._proxies, self._clock = proxies, clock
        self._lines: dict[tuple[str, int], Line] = {}

    def door(self, listening: socket.socket) -> socket.socket:
        """A copy of a listening socket that lets in only whom there is room for."""
        return _Door(listening, self)

    def house(self, address: str) -> str | None:
        """Under whose name an address is counted; None for a proxy's."""
        return None if address in self._proxies else house(address)

    def enter(self, line: Line) -> bool:
        """Take a connection in. Where it is full, the one goes that has asked nothing for the longest."""
        mine = [known for known in self._lines.values() if known.house == line.house]
        each = self._most if line.house is None else self._limits.connections_each
        if not self._room(mine, each) or not self._room(list(self._lines.values()), self._most):
            return False
        line.until = line.latest = self._clock() + self._limits.quiet_s
        self._lines[line.peer] = line
        return True

    def left(self, line: Line) -> None:
        """A connection is over."""
        if self._lines.get(line.peer) is line:
            del self._lines[line.peer]

    def went_out(self, line: Line) -> None:
        """Something was taken of what is sent over a connection: its client is there, if perhaps slow."""
        patience = self._limits.unread_s if line.busy else self._limits.quiet_s
        line.until = max(line.until, min(line.latest, self._clock() + patience))

    def sweep(self) -> None:
        """End the connections whose time is over."""
        now = self._clock()
        for line in [line for line in self._lines.values() if line.until < now]:
            self._end(line)

    def _room(self, lines: list[Line], most: int) -> bool:
        if len(lines) < most:
            return True
        idle = [line for line in lines if not line.busy]
        if idle:
            self._end(min(idle, key=lambda line: line.until))
        return bool(idle)

    def _end(self, line: Line) -> None:
        self.left(line)
        with suppress(OSError):  # the event loop sees that it is over, and closes it
            line.shutdown(socket.SHUT_RDWR)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; meanwhile the connection is not idle."""
        line = self._lines.get(scope["client"]) if scope.get("client") else None
        if line is None:
            return await self._app(scope, receive, send)
        until = math.inf if scope["type"] == "websocket" else self._clock() + self._limits.exchange_s
        line.busy, line.until, line.latest = line.busy + 1, until, until
        try:
            await self._app(scope, receive, self._sent_in_time(line, until, send))
        except Exception as error:  # a page says so already; what is left is one line for whoever runs this
            log.error("%s %s: %s", scope.get("method", "socket"), scope["path"], error_line(error))
        finally:
            line.busy -= 1
            if not line.busy:
                line.until = self._clock() + self._limits.quiet_s

    def _sent_in_time(self, line: Line, until: float, send: Send) -> Send:
        """Whoever does not read what is sent to him loses the connection."""

        async def sending(message: Message) -> None:
            for part in _parts(message):
                line.until = min(until, self._clock() + self._limits.unread_s)
                await send(part)  # waits until most of what went before is out
            line.until = until

        return sending


def _parts(message: Message) -> Iterator[Message]:
    """A message in pieces, so that little of a large answer waits here for a client who reads slowly."""
    if message["type"] != "http.response.body":
        yield message
        return
    body = message.get("body", b"")
    last = max(0, len(body) - 1) // _PART * _PART
    for at in range(0, last, _PART):
        yield {**message, "body": body[at : at + _PART], "more_body": True}
    yield {**message, "body": body[last:]}
