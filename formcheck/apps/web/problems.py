"""What is wrong with a request, in words: the one form of all answers that are errors."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse

from formcheck.codec.schema import first_mistake
from formcheck.errors import FormcheckError
from formcheck.types.text import one_line

_SECONDS = "Seconds after which to try again."


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


class RefusedError(HTTPException):
    """A request that is not granted.

    Parameters
    ----------
    again_s : when it may be asked again, seconds.
    close : whether the connection ends with it: the rest of its body is not wanted.
    """

    def __init__(self, status: int, why: str, *, again_s: int | None = None, close: bool = False) -> None:
        headers = {"retry-after": str(again_s)} if again_s is not None else {}
        super().__init__(status, why, headers | ({"connection": "close"} if close else {}))


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How the OpenAPI document tells of these answers."""
    documented: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        documented[status] = {"model": Problem, "description": HTTPStatus(status).phrase}
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            documented[status]["headers"] = {
                "Retry-After": {"description": _SECONDS, "schema": {"type": "integer"}}
            }
    return documented


def tell_problems(app: FastAPI) -> None:
    """Let the app answer to bad input and to a store that fails in the one form."""

    @app.exception_handler(RequestValidationError)
    def _bad(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"detail": first_mistake(error.errors(), 1)}, 422)

    @app.exception_handler(FormcheckError)
    def _failed(_: Request, error: FormcheckError) -> JSONResponse:
        return JSONResponse({"detail": one_line(error)}, 503)
