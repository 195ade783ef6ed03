"""Headers that keep hostile archive text harmless even where escaping should fail one day."""

from __future__ import annotations

from flask import Flask, Response, request

from webapp.settings import WebSettings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # queries must not reach the sites an analyst follows a link to
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(app: Flask, settings: WebSettings) -> None:
    """Send the headers with every answer, errors included; let the sites in the settings read the API."""

    @app.after_request
    def _add_headers(response: Response) -> Response:
        if settings.origins and request.path.startswith("/api/"):
            _share(response, settings.origins)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _share(response: Response, origins: tuple[str, ...]) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in origins:
        response.access_control_allow_origin = origin
        response.access_control_allow_headers = ["Authorization", "X-API-Key"]  # type: ignore[assignment]
        response.access_control_expose_headers = ["Link", "Retry-After", "X-Request-ID"]  # type: ignore[assignment]
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
