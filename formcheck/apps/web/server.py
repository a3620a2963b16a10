"""The server under the app: what it lets through, and what it keeps to itself."""

from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

#: A little more than any message that the app accepts: it can say so, rather than the line go dead.
_MESSAGE_BYTES = 600 * 1024


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
    return uvicorn.Server(config)
