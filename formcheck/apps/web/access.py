"""The access token: needed where others can reach the service. Programs send it, browsers sign in once."""

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from formcheck.apps.web.clients import client_of
from formcheck.apps.web.rates import Rate

COOKIE = "formcheck"
LOGIN, _OPEN = "/login", "/assets/static/"
_MISSING = "the access token is missing or wrong; send it as 'Authorization: Bearer TOKEN'"
_TIRED = "too many wrong tokens; try again in a minute"


class Key:
    """The token of a service, and how often each client may try to guess it.

    The right one always opens: who guesses must not lock out those who share his address. What guards a token
    is its length.

    Parameters
    ----------
    token : what is asked for; None lets everybody in.
    tries : how many wrong ones a minute are borne from one client; more have to wait.
    """

    def __init__(self, token: str | None, tries: Rate) -> None:
        self._token, self._tries = token.encode() if token else None, tries
        self.cookie = hmac.new(self._token or secrets.token_bytes(), b"cookie", hashlib.sha256).hexdigest()

    def wait_s(self, client: str) -> int:
        """Seconds that a client has to wait that guessed too often; 0 for none."""
        return self._tries.wait_s(client)

    def fits(self, token: str, client: str) -> bool:
        """Whether this is the token; a wrong one takes as long as a right one, and is counted."""
        if self._token is None or hmac.compare_digest(token.encode(), self._token):
            return True
        self._tries.count(client)
        return False

    def admits(self, headers: Headers, client: str) -> bool:
        """Whether a request brings the token, or the cookie that stands for it."""
        if self._token is None:
            return True
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self.fits(token.strip(), client)
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.cookie.encode())


class Access:
    """Middleware that lets in whoever has the key; all others may sign in."""

    def __init__(self, app: ASGIApp, key: Key) -> None:
        self._app, self._key = app, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or ask for the token."""
        if scope["type"] == "lifespan" or scope["path"] == LOGIN or scope["path"].startswith(_OPEN):
            return await self._app(scope, receive, send)
        headers, client = Headers(scope=scope), client_of(HTTPConnection(scope))
        if self._key.admits(headers, client):
            return await self._app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008, "reason": "sign in first"})
        return await _ask(scope, headers, self._key.wait_s(client))(scope, receive, send)


def _ask(scope: Scope, headers: Headers, wait_s: int) -> Response:
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        return RedirectResponse(f"{LOGIN}?next={quote(scope['path'])}", 303)
    if wait_s:
        return JSONResponse({"detail": _TIRED}, 429, {"retry-after": str(wait_s)})
    return JSONResponse({"detail": _MISSING}, 401, {"www-authenticate": "Bearer"})
