"""Who may ask, how much and how often: size limits, API key, rate limit.

The rate limit is the generic cell rate algorithm: of each client one number is kept, the time when all it
was granted will be used up. It holds for one process.
"""

from __future__ import annotations

import hmac
import ipaddress
import threading
import time
from collections.abc import Callable
from math import ceil

from flask import Flask, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import RequestURITooLarge, TooManyRequests, Unauthorized

from webapp.params import ParamError
from webapp.settings import WebSettings

BURST = 10.0
"""Seconds of its rate a client may use at once."""
CLIENTS = 10_000
"""How many clients are remembered."""
FREE = ("static", "api.healthz", "api.readyz", "api.metrics")
"""What is never counted: parts of pages, and what watches the server."""
KEYED = ("/api/", "/metrics")


class RateLimit:
    """At most `per_minute` requests of one client, evenly, with short bursts."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60 / per_minute
        self._tolerance = max(BURST, self._interval)
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, client: str) -> float:
        """Count a request; return 0, or the seconds after which it would be let through."""
        now = self._clock()
        with self._lock:
            until = max(self._until.pop(client, now), now) + self._interval
            early = until - self._tolerance - now
            self._until[client] = until if early <= 0 else until - self._interval
            if len(self._until) > CLIENTS:
                del self._until[next(iter(self._until))]
        return max(early, 0.0)


def client_of(address: str | None) -> str:
    """Who counts as one client: an IPv4 address, or the /64 network an IPv6 address stands in."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if ip.version == 4:
        return str(ip)
    return str(ipaddress.ip_network((ip, 64), strict=False).network_address)


def guard(app: Flask, settings: WebSettings) -> None:
    """Refuse what is too large, has no key where one is needed, or comes too often."""
    app.config["MAX_CONTENT_LENGTH"] = settings.body_length
    limit = RateLimit(settings.rate) if settings.rate else None

    @app.before_request
    def _check() -> None:
        _refuse_oversized(settings)
        if limit and request.endpoint not in FREE:
            _refuse_frequent(limit)
        if settings.api_keys and request.path.startswith(KEYED) and request.method != "OPTIONS":
            _refuse_keyless(settings.api_keys)


def _refuse_oversized(settings: WebSettings) -> None:
    if len(request.full_path) > settings.url_length:
        raise RequestURITooLarge(f"The address is longer than the limit of {settings.url_length} characters.")
    if sum(map(len, request.args.listvalues())) > settings.parameters:
        raise ParamError([("", f"There are more than {settings.parameters} parameters; drop some.")])


def _refuse_frequent(limit: RateLimit) -> None:
    seconds = ceil(limit.wait(client_of(request.remote_addr)))
    if seconds:
        raise TooManyRequests(f"Too many requests from your address; wait {seconds} s.", retry_after=seconds)


def _refuse_keyless(keys: tuple[str, ...]) -> None:
    """Compare with every key in constant time; the key given is neither shown nor logged."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else request.headers.get("X-API-Key", "")
    if not any([hmac.compare_digest(given.encode(), key.encode()) for key in keys]):  # noqa: C419 - every key
        said = "This address needs an API key: send the header “Authorization: Bearer KEY”."
        raise Unauthorized(said, www_authenticate=WWWAuthenticate("bearer", {"realm": "Dateline"}))
