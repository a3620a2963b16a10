"""The server under the app: what it lets through, and what it keeps to itself."""

import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from formcheck import ends
from formcheck.apps.web.clients import Crowd
from formcheck.apps.web.doors import Doors
from formcheck.apps.web.limits import DEFAULTS, Limits

#: A little more than any message that the app accepts: it can say so, rather than the line go dead.
_MESSAGE_BYTES = 600 * 1024
#: Ticks of uvicorn's clock, ten a second, between two looks at the connections.
_SWEEP_TICKS = 5


class Server(uvicorn.Server):
    """uvicorn behind doors, which ends in peace for every signal that asks for it."""

    def __init__(self, config: uvicorn.Config, doors: Doors) -> None:
        super().__init__(config)
        self._doors = doors

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup([self._doors.door(listening) for listening in sockets or []])

    async def on_tick(self, counter: int) -> bool:
        """What uvicorn does ten times a second."""
        if counter % _SWEEP_TICKS == 0:
            self._doors.sweep()
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """While it serves; afterwards its parent sends again what came, for the program to hear."""
        with super().capture_signals():
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            more = [n for n in ends.SIGNALS if signal.getsignal(n) not in (signal.SIG_IGN, self.handle_exit)]
            before = {number: signal.signal(number, self.handle_exit) for number in more}
            try:
                yield
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)


def make_server(
    app: ASGIApp,
    certificate: Path | None = None,
    key: Path | None = None,
    *,
    limits: Limits = DEFAULTS,
    proxies: Sequence[str] = (),
) -> Server:
    """A server that is not listening yet; it is run with its sockets.

    Parameters
    ----------
    limits : how many may be connected.
    proxies : addresses of proxies whose word is taken for whom they speak; nobody else's is.

    Raises
    ------
    OSError
        If the certificate or its key cannot be used.
    """
    proxies = [*proxies, *(f"::ffff:{ip}" for ip in proxies if ":" not in ip)]  # what IPv6 calls them
    inner: ASGIApp = Crowd(app, limits.requests_each)
    if proxies:
        inner = ProxyHeadersMiddleware(inner, proxies)  # type: ignore[assignment, arg-type]
    doors = Doors(inner, limits, min(limits.connections, _files() // 2), proxies)
    config = uvicorn.Config(
        doors,
        loop="asyncio:SelectorEventLoop",  # the one that asks the doors' sockets whom to let in
        log_config=None,
        log_level="warning",
        access_log=False,  # addresses of sockets hold tokens
        server_header=False,
        proxy_headers=False,
        http="h11",
        ws="websockets-sansio",
        ws_max_size=_MESSAGE_BYTES,
        ws_max_queue=16,
        ws_per_message_deflate=False,  # a small message must not grow large in here
        h11_max_incomplete_event_size=16 * 1024,
        timeout_graceful_shutdown=5,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    config.load()
    return Server(config, doors)


def _files() -> int:
    """How many files and connections this process may have open: as many as the system allows it at most."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return 512
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return 4096 if soft == resource.RLIM_INFINITY else soft
