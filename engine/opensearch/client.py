"""The way to the cluster: one method for every request, and every failure as one sentence.

Requests that can be repeated without harm are repeated while nodes come and go. Nothing of a request, its
headers or its credentials goes into a message.
"""

from __future__ import annotations

import ssl
import time
from typing import Any
from urllib.parse import quote

from opensearchpy import (
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    NotFoundError,
    OpenSearch,
    SSLError,
    TransportError,
)
from opensearchpy import (
    ConnectionError as NoConnectionError,
)

from engine.errors import EngineError, IndexUnavailableError, IndexWriteError, OperatorError, QueryLimitError
from engine.opensearch.settings import PREFIX, ClusterSettings

_PASSING = frozenset({429, 502, 503, 504})
"""Answers that may be different a moment later."""

SHORTEST, LONGEST = 0.1, 2.0
"""Seconds before a request is tried again: doubled each time, to the longest at most."""

_TOO_LARGE = ("too_many_clauses", "maxClauseCount", "maximum nested depth", "too_complex_to_determinize")
_FULL = ("disk usage exceeded", "flood-stage", "read-only / allow delete", "create-index blocked")


class AbsentError(OperatorError):
    """What was asked for is not there (404)."""


class RefusedError(OperatorError):
    """The cluster refused a request because of its state (400, 409); `kind` is its name for the reason."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"The cluster refused what Dateline asked of it ({kind}); is it OpenSearch 2.19 or later?"
        )
        self.kind = kind


class TooBusyError(IndexUnavailableError):
    """The cluster has more to do than it takes on (429)."""


class Cluster:
    """A cluster to speak to; nothing is sent before the first `ask`. Safe to share between threads."""

    def __init__(self, settings: ClusterSettings) -> None:
        self.settings = settings
        secure = settings.hosts[0].startswith("https:")
        self._client = OpenSearch(
            hosts=list(settings.hosts),
            http_auth=(settings.user, settings.password) if settings.user else None,
            ssl_context=ssl.create_default_context(cafile=settings.authority) if secure else None,
            max_retries=0,
            timeout=30,
            pool_maxsize=16,
        )

    def ask(  # noqa: PLR0913 - the last three have one right value almost everywhere
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        patience: float = 5.0,
        busy: float | None = None,
        timeout: float = 15.0,
    ) -> Any:
        """Send a request and return the answer's JSON.

        Args:
            method: the HTTP method.
            path: path and query, every part escaped (`part`).
            body: JSON value, or lines of JSON as text.
            patience: seconds in which passing failures are tried again.
            busy: the same for a cluster that is too busy, if not as long.
            timeout: seconds one answer may take.

        Raises AbsentError for 404, RefusedError for 400 and 409, TooBusyError for 429, else an EngineError.

        """
        started = time.monotonic()
        pause = SHORTEST
        while True:
            try:
                return self._send(method, path, body, timeout)
            except TransportError as error:
                wait = patience if busy is None or error.status_code != 429 else busy
                if not _passes(error) or time.monotonic() + pause > started + wait:
                    raise self._said(error) from error
            time.sleep(pause)
            pause = min(2 * pause, LONGEST)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _send(self, method: str, path: str, body: Any, timeout: float) -> Any:
        lines = isinstance(body, str)
        return self._client.transport.perform_request(
            method,
            path,
            params={"request_timeout": timeout},
            body=body,
            headers={"content-type": "application/x-ndjson" if lines else "application/json"},
        )

    def _said(self, error: TransportError) -> Exception:
        """Say what a failure means for whoever has to mend it."""
        if isinstance(error, NotFoundError):
            return AbsentError(
                f"The cluster {self.settings} has lost what Dateline keeps there; build the index again."
            )
        if error.status_code in (400, 409):
            return _refused(error)
        busy = error.status_code == 429 and not is_full(str(error.info))
        kind = TooBusyError if busy else IndexUnavailableError
        return kind(f"The cluster {self.settings} {_complaint(error)}")


def part(text: str) -> str:
    """Escape a part of a path."""
    return quote(text, safe="")


def is_full(reason: str) -> bool:
    """Whether the cluster refuses to write because a disk is full."""
    return any(sign in reason for sign in _FULL)


def full(name: str) -> EngineError:
    """Return the error of a cluster whose disks are full."""
    return IndexWriteError(
        f"The disks of the cluster are full, so “{name}” can not be written;"
        " the build before is untouched: make room, then build again."
    )


def _passes(error: TransportError) -> bool:
    if isinstance(error, SSLError) or is_full(str(error.info)):
        return False
    return isinstance(error, NoConnectionError) or error.status_code in _PASSING


def _refused(error: TransportError) -> Exception:
    reason = str(error.info)
    if any(sign in reason for sign in _TOO_LARGE):
        return QueryLimitError(
            "The query has more words, or nests them deeper, than the cluster allows; make it simpler.",
            "clauses",
        )
    return RefusedError(str(error.error))


def _complaint(error: TransportError) -> str:  # noqa: PLR0911 - one for each thing to mend
    if isinstance(error, SSLError):
        return (
            "shows a certificate that is not trusted;"
            f" name the file of the authority that signed it in {PREFIX}_CA."
        )
    if isinstance(error, AuthenticationException):
        return f"refuses this user name and password; check {PREFIX}_USER and {PREFIX}_PASSWORD."
    if is_full(str(error.info)):
        return "refuses to write because its disks are full; make room, then try again."
    if isinstance(error, AuthorizationException):
        return f"does not permit this to {PREFIX}_USER; give the user the rights named in docs/cluster.md."
    if isinstance(error, ConnectionTimeout):
        return "takes too long to answer; try again, or look at its load."
    if isinstance(error, NoConnectionError):
        return "can not be reached; start it, or correct the address."
    if error.status_code == 429:
        return "is too busy to answer; try again in a moment."
    return f"can not answer now (HTTP {error.status_code}); look at its health and its logs."
