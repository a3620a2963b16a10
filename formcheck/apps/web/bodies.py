"""No body is larger, slower or longer silent than its limit, whatever its headers say."""

import asyncio

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formcheck.apps.web.limits import Limits
from formcheck.apps.web.problems import RefusedError

#: Where videos come in.
UPLOADS = "/api/videos"
#: Where exports come back in.
IMPORTS = ("/api/person/data", "/data/import")


class BodyLimit:
    """Middleware that counts what comes in.

    Parameters
    ----------
    app : what is guarded.
    limits : how much may come, and how slowly.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what announces too much, else pass on and count."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        most = self._most(scope)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > most:
            answer = JSONResponse({"detail": _too_much(most)}, 413, {"connection": "close"})
            return await answer(scope, receive, send)
        return await self._app(scope, self._counted(receive, most), send)

    def _most(self, scope: Scope) -> int:
        if scope["method"] != "POST":
            return self._limits.body_bytes
        files = {UPLOADS: self._limits.upload_bytes} | dict.fromkeys(IMPORTS, self._limits.import_bytes)
        return self._limits.body_bytes + files.get(scope["path"], 0)

    def _counted(self, receive: Receive, most: int) -> Receive:
        came, over = 0, False
        began = asyncio.get_running_loop().time()

        async def counted() -> Message:
            nonlocal came, over
            if over:  # whoever waits on for the client to leave may do so
                return await receive()
            message = await self._in_time(receive, began + self._longest_s(came))
            came += len(message.get("body", b""))
            over = not message.get("more_body", False)
            if came > most:
                raise RefusedError(413, _too_much(most), close=True)
            return message

        return counted

    def _longest_s(self, came: int) -> float:
        """How long a body may have taken of which so much came: who trickles holds no place for an hour."""
        limits = self._limits
        return min(limits.body_s, limits.body_idle_s + came / limits.body_per_s)

    async def _in_time(self, receive: Receive, end: float) -> Message:
        left = end - asyncio.get_running_loop().time()
        try:
            return await asyncio.wait_for(receive(), max(0.0, min(self._limits.body_idle_s, left)))
        except TimeoutError:
            why = "the upload was too slow, or stopped; try again"
            raise RefusedError(408, why, close=True) from None


def _too_much(most: int) -> str:
    return f"more than {most / 1e6:.3g} MB; send less"
