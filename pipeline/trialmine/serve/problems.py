"""Errors as RFC 9457 tells them: every answer that is no success is application/problem+json."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from trialmine.errors import InputError, OutputError, TrialmineError

MEDIA_TYPE = "application/problem+json"
_MOST_ERRORS = 20
_log = logging.getLogger(__name__)


class Fault(BaseModel):
    """One thing that is wrong with a request, and where."""

    where: str
    message: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field(default_factory=list)


class Busy(HTTPException):
    """All places are taken; the client is told when to come again."""

    def __init__(self, seconds: int = 2) -> None:
        super().__init__(503, "Every place is taken just now. Try again in a moment.", {"Retry-After": str(seconds)})


def problem(
    status: int, detail: str, *, errors: list[Fault] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer that tells an error."""
    title = HTTPStatus(status).phrase
    told = Problem(title=title, status=status, detail=detail, errors=errors or []).model_dump()
    # ASCII, because what a client sent may hold half of a surrogate pair
    return Response(json.dumps(told).encode("ascii"), status, headers, MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for the OpenAPI description; the ones that every route may give are always among them."""
    return {status: {"description": HTTPStatus(status).phrase} for status in sorted({400, 403, 405, *statuses})}


def install(app: FastAPI) -> None:
    """Tell every error of the app as a problem."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(TrialmineError, _ours)
    app.add_exception_handler(Exception, _unforeseen)


async def _http(_: Request, error: Exception) -> Response:
    told = cast("HTTPException", error)
    return problem(told.status_code, str(told.detail), headers=told.headers)


async def _invalid(_: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error).errors()
    # what was sent is not sent back: it may be large, and is not ours to repeat
    faults = [Fault(where=".".join(map(str, e["loc"])), message=str(e["msg"])) for e in found[:_MOST_ERRORS]]
    return problem(422, "The request is not of the form that this address takes.", errors=faults)


async def _ours(_: Request, error: Exception) -> Response:
    status = 422 if isinstance(error, InputError) else 507 if isinstance(error, OutputError) else 409
    return problem(status, str(error))


async def _unforeseen(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(500, "The server met a fault of its own; its log has the details.")
