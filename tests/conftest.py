"""Who runs which tests: those in a browser need one, and say so when there is none."""

from __future__ import annotations

import os

import chromium
import pytest
from hypothesis import settings

settings.register_profile("dateline", deadline=None)  # no test asserts how long something takes
settings.load_profile("dateline")

REQUIRED = "DATELINE_BROWSER"
"""Set this variable, as `.ci/run` does, and a missing browser is a failure."""

WITHOUT = f"browser tests left out: {chromium.NONE_FOUND}"


def pytest_configure() -> None:
    if os.environ.get(REQUIRED) and not chromium.find():
        raise pytest.UsageError(f"{REQUIRED} is set, but {WITHOUT}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium.find():
        return
    left_out = [item for item in items if "browser" in item.keywords]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if "browser" not in item.keywords]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not chromium.find():
        terminalreporter.write_line(WITHOUT)
