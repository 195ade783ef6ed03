"""Every engine, by name. A new engine is finished when this folder is green with its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.memory import MemoryEngine
from engine.protocol import SearchEngine
from engine.whoosh import open_engine

ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "memory": lambda _: MemoryEngine(),
    "whoosh": open_engine,
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine without an index, once for each row of ENGINES."""
    made = ENGINES[request.param](tmp_path / "index")
    yield made
    made.close()


@pytest.fixture(scope="session", params=ENGINES)
def make(request: pytest.FixtureRequest) -> Callable[[Path], SearchEngine]:
    """Give a way to make engines, for tests that keep one open, once for each row of ENGINES."""
    return ENGINES[request.param]


@pytest.fixture(scope="session", params=[name for name in ENGINES if name != "memory"])
def make_other(request: pytest.FixtureRequest) -> Callable[[Path], SearchEngine]:
    """Give a way to make engines that are compared with the reference."""
    return ENGINES[request.param]
