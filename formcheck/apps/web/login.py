"""The page on which a browser gives the access token."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from formcheck.apps.web.access import COOKIE, LOGIN
from formcheck.apps.web.clients import client_of
from formcheck.apps.web.site import Here, render

router = APIRouter(include_in_schema=False)
_MONTH_S = 30 * 86400


@router.get(LOGIN)
def login(next: Annotated[str, Query(max_length=500)] = "/") -> HTMLResponse:  # noqa: A002
    """Where a browser gives the token."""
    return render("login", error=None, next=_inside(next))


@router.post(LOGIN)
def sign_in(
    request: Request,
    site: Here,
    token: Annotated[str, Form(max_length=500)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",  # noqa: A002
) -> Response:
    """Take the token; the browser keeps a cookie for a month."""
    client = client_of(request)
    wait = site.key.wait_s(client)
    if not site.key.fits(token.strip(), client):
        return _wrong(wait, _inside(next))
    answer = RedirectResponse(_inside(next), 303)
    secure = request.scope["scheme"] == "https"  # the whole address need not be text
    answer.set_cookie(COOKIE, site.key.cookie, _MONTH_S, httponly=True, samesite="strict", secure=secure)
    return answer


def _wrong(wait_s: int, next: str) -> HTMLResponse:  # noqa: A002
    if not wait_s:
        error = "That is not the token. Copy it from where formcheck was started."
        return render("login", 403, error=error, next=next)
    page = render("login", 429, error="Too many wrong tokens. Try again in a minute.", next=next)
    page.headers["retry-after"] = str(wait_s)
    return page


def _inside(address: str) -> str:
    """A page of this service; whatever might lead elsewhere leads home."""
    plain = address.isprintable() and "\\" not in address and address.startswith("/")
    if not plain or address.startswith("//"):
        return "/"
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else "/"
