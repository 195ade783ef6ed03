"""What the tests of the command share."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
"""Runs `dateline ARGUMENT ...` in this process; `stdout` and `stderr` apart."""
