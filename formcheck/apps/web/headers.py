"""What keeps other sites out and everything in: checks of host and origin, and headers on every answer."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing is loaded from, or sent to, anywhere but this server. Wasm needs its own word to be compiled.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: A report holds its own style and pictures, and no script; pages of this service show it in a frame.
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
REPORT_HEADERS = {"content-security-policy": REPORT_POLICY, "x-frame-options": "SAMEORIGIN"}
#: A drawing brings its own style and nothing else.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

_ALWAYS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all, forms of our own pages would come from "null"
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_SAFE = {"GET", "HEAD", "OPTIONS"}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Guard:
    """Middleware around the whole service.

    Parameters
    ----------
    app : what is guarded.
    hosts : names under which the service may be asked for.
    addresses : whether any address in numbers will do as well. A foreign page that points its own name at
        this machine (DNS rebinding) always comes under a name.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK, *, addresses: bool = False) -> None:
        self._app, self._hosts, self._addresses = app, frozenset(hosts), addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse strangers, else pass on and add the headers."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        why = self._refusal(scope)
        if why and scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008, "reason": why})
        if why:
            return await JSONResponse({"detail": why}, 403)(scope, receive, _with_headers(send))
        return await self._app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._known(host):
            return "this service does not answer to that name"
        origin = headers.get("origin")
        asks = scope["type"] == "http" and scope["method"] in _SAFE
        if origin is not None and not asks and _place(origin) != host.lower():
            return "pages of other sites may not use this service"
        return None

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._hosts or (self._addresses and _is_address(name))


def _place(origin: str) -> str | None:
    """Host and port of an origin; None for what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
