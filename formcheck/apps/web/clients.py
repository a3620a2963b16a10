"""Who counts as one client, and how many requests each may have going."""

import ipaddress
from collections import Counter
from functools import lru_cache

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOUSE_BITS = 64
_BUSY = "too many requests at once from your address; wait a little"
_SOON_S = 5


@lru_cache(1024)
def house(address: str) -> str:
    """Who counts as one client: an address; of IPv6 its network, as one household has all of it."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, _HOUSE_BITS), strict=False))


def client_of(connection: HTTPConnection) -> str:
    """Who asks."""
    return house(connection.client.host) if connection.client else ""


class Crowd:
    """Middleware that lets each client have only so many requests and sockets going.

    Parameters
    ----------
    app : what is guarded.
    each : how many.
    """

    def __init__(self, app: ASGIApp, each: int) -> None:
        self._app, self._each = app, each
        self._going: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say that it is too much."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        client = client_of(HTTPConnection(scope))
        if self._going[client] >= self._each:
            if scope["type"] == "websocket":
                return await send({"type": "websocket.close", "code": 1013, "reason": _BUSY})
            headers = {"retry-after": str(_SOON_S), "connection": "close"}
            return await JSONResponse({"detail": _BUSY}, 429, headers)(scope, receive, send)
        self._going[client] += 1
        try:
            return await self._app(scope, receive, send)
        finally:
            self._going[client] -= 1
            if not self._going[client]:
                del self._going[client]
