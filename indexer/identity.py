"""Stable ids: an article is its canonical URL, or else its place in the corpus.

When several documents claim one URL (two crawls of a page), the first in reading order gets it and
the others are known by their path, so that none is lost and the same corpus always gives the same ids.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MAX_ID = 1000
"""Longer URLs make poor ids; such documents are known by their path."""

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "at_medium", "at_campaign", "xtor")


def canonical_url(url: str | None) -> str | None:
    """Return the URL without fragment, tracking parameters and default port; None when it is not http(s)."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname + (f":{port}" if port not in (None, 80, 443) else "")
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k)]
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", urlencode(query), ""))


def _is_tracking(name: str) -> bool:
    return name.lower().startswith(_TRACKING)


class IdRegister:
    """Hands out ids in reading order."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def assign(self, path: str, url: str | None) -> str:
        """Return the id of the document at `path` with canonical `url`."""
        claim = url if url and len(url) <= MAX_ID and url not in self._taken else path
        self._taken.add(claim)
        return claim
