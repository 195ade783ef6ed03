"""Which browser the tests and the pictures of the documentation use."""

from __future__ import annotations

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
"""Debian's name first; what is found first on the path is used."""
NONE_FOUND = f"none of {', '.join(BROWSERS)} is on the path (apt-get install chromium)"


def find() -> str | None:
    """The browser's path, None when there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)
