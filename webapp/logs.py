"""One line for each request: its id, what was asked, the status and the time; never the query.

What an analyst searches for is nobody's business, so neither queries nor keys are written anywhere.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import TextIO

import structlog
from flask import Flask, Response, g, request

from webapp.settings import WebSettings
from webapp.site import site

NAME = "webapp"
_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)
_SAFE_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)


def configure(stream: TextIO) -> None:
    """Write the log to `stream`: for people when it is a terminal, else one JSON object on each line."""
    people = stream.isatty()
    renderer = structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *(() if people else (structlog.processors.format_exc_info,)),
                renderer,
            ],
        )
    )
    logger = logging.getLogger(NAME)
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)


def observe(app: Flask, settings: WebSettings) -> None:
    """Give every request an id, and when it is answered a line in the log and a place in the metrics."""
    log = structlog.wrap_logger(
        logging.getLogger(NAME),
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()
        g.request_id = request_id(settings)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def _end(response: Response) -> Response:
        page, status = request.endpoint or "unknown", response.status_code
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        site().metrics.count(page, status, seconds)
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if log.isEnabledFor(logging.INFO):
            asked = {"method": request.method, "page": page, "path": request.path[:200]}
            log.info(
                "answered", status=status, ms=round(seconds * 1000, 1), client=request.remote_addr, **asked
            )
        return response


def request_id(settings: WebSettings) -> str:
    """The id a believed proxy gave the request, or a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.proxies else ""
    return given if _SAFE_ID.fullmatch(given) else secrets.token_hex(8)
