"""Errors as people and programs need them: a page with a way on, or `application/problem+json`."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, default_exceptions

from engine.errors import (
    CallerError,
    EngineError,
    OperatorError,
    StaleCursorError,
    UserError,
)
from webapp.params import ParamError
from webapp.schema import ErrorOut, Problem
from webapp.wording import MACHINE_PATHS, gettext, message

_TITLES = {
    400: message("This request can not be understood"),
    401: message("An API key is needed"),
    404: message("There is nothing at this address"),
    405: message("This address does not take that kind of request"),
    410: message("This page belongs to an earlier build"),
    413: message("This request is too large"),
    414: message("This address is too long"),
    429: message("Too many requests"),
    500: message("Something went wrong here"),
    503: message("The archive can not be searched just now"),
}
_FAILED = message("This request failed")
_DETAILS = {
    404: message("There is no such address here; check it for a slip, or search for what you want."),
    405: message("Ask for this address with one of the methods that the Allow header names."),
    413: message("The body of a request can not be that large; searches are asked for with GET."),
    500: message("The server failed at this request, which is a fault of the program; it has been logged."),
}
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")
_WAYS = {
    404: message(
        "The article may have left the archive in a later build, or the address was cut when it was copied."
    ),
    410: message("The index has been rebuilt since. Search again from the first page."),
    500: message("Other pages are not affected."),
}


def handle_errors(app: Flask) -> None:
    """Turn every exception into an answer."""
    app.register_error_handler(ParamError, _param_error)
    app.register_error_handler(EngineError, _engine_error)
    app.register_error_handler(HTTPException, _http_error)


def _param_error(error: ParamError) -> tuple[Response, int]:
    return answer(_problem(400, str(error), error.errors))


def _engine_error(error: EngineError) -> tuple[Response, int]:
    errors = [("q", str(error))] if isinstance(error, UserError) else []
    return answer(_problem(status_of(error), str(error), errors))


def _http_error(error: HTTPException) -> tuple[Response, int] | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    response, status = answer(_problem(code, _said(error)))
    response.headers.extend((k, v) for k, v in error.get_headers() if k in _KEPT)
    return response, status


def _said(error: HTTPException) -> str:
    """Our sentence for this error; Werkzeug's only where we have none."""
    stock = default_exceptions[error.code].description if error.code in default_exceptions else None
    if error.description and error.description != stock:
        return error.description
    ours = _DETAILS.get(error.code or 500)
    return gettext(ours) if ours else error.description or error.name


def status_of(error: EngineError) -> int:
    """The HTTP status that says who can mend this error."""
    if isinstance(error, StaleCursorError):
        return 410
    if isinstance(error, UserError | CallerError):
        return 400
    return 503 if isinstance(error, OperatorError) else 500


def _problem(status: int, detail: str, errors: Iterable[tuple[str, str]] = ()) -> Problem:
    return Problem(
        title=gettext(_TITLES.get(status, _FAILED)),
        status=status,
        detail=detail,
        instance=request.path,
        errors=[ErrorOut(param=param, detail=sentence) for param, sentence in errors],
    )


def answer(problem: Problem) -> tuple[Response, int]:
    """Show a problem as JSON to programs and as a page to people."""
    if request.path.startswith(MACHINE_PATHS):
        response = Response(problem.model_dump_json(), mimetype="application/problem+json")
    else:
        way = gettext(_WAYS[problem.status]) if problem.status in _WAYS else ""
        response = Response(render_template("error.html", problem=problem, way=way), mimetype="text/html")
    if problem.status == 503:
        response.headers["Retry-After"] = "30"
    return response, problem.status
