"""The server under the app: what it lets through, and what it keeps to itself."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from formcheck import ends

#: A little more than any message that the app accepts: it can say so, rather than the line go dead.
_MESSAGE_BYTES = 600 * 1024


class _Server(uvicorn.Server):
    """Ends in peace for every signal that asks for it, and not for Ctrl-C and SIGTERM alone."""

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


def make_server(app: ASGIApp, certificate: Path | None = None, key: Path | None = None) -> uvicorn.Server:
    """A server that is not listening yet.

    Raises
    ------
    OSError
        If the certificate or its key cannot be used.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses of sockets hold tokens
        server_header=False,
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
    return _Server(config)
