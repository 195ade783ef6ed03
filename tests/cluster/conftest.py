"""A real cluster for this folder: the one named by OPENSEARCH_URL, or three nodes started here.

Without either, or when the folder is not named (`pytest tests/cluster`, as `make test` does), its tests are
left out and one line says so; with DATELINE_CLUSTER=required that is a failure.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cluster_nodes import NoClusterError, Nodes, ask, find_java, libraries
from hypothesis import settings

from engine.opensearch import OpenSearchEngine, open_engine
from engine.protocol import SearchEngine

settings.register_profile("cluster", max_examples=40)
settings.load_profile("cluster")  # a build takes a second here, not a millisecond

FOLDER = Path(__file__).parent
NUMBERS = itertools.count()


class Names:
    """Names on one cluster, so that no test meets the index of another."""

    def __init__(self, urls: str) -> None:
        self.first = urls.split(",", maxsplit=1)[0]

    def open(self, name: str) -> OpenSearchEngine:
        return open_engine(f"{self.first}/{name}", {"DATELINE_ENGINE_SHARDS": "2"})

    def name(self) -> str:
        """Give a name that no index has."""
        return f"t{os.getpid()}-{next(NUMBERS)}"

    def fresh(self) -> OpenSearchEngine:
        """Give an engine that has no index yet."""
        return self.open(self.name())

    def wipe(self) -> None:
        """Remove everything the tests have written."""
        rows = ask(f"{self.first}/_cat/indices/t{os.getpid()}-*?format=json&h=index")
        if rows:
            ask(f"{self.first}/{','.join(row['index'] for row in rows)}", "DELETE")


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """Three nodes of our own."""
    started = Nodes()
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Names:
    """The cluster of the contract suite."""
    given = os.environ.get("OPENSEARCH_URL")
    return Names(given or request.getfixturevalue("nodes").urls)


@pytest.fixture
def engine(cluster: Names) -> Iterator[SearchEngine]:
    """An engine without an index, as `tests/contract` asks for it."""
    made = cluster.fresh()
    yield made
    made.close()
    cluster.wipe()


@pytest.fixture(scope="session")
def make(cluster: Names) -> Callable[[Path], SearchEngine]:
    """A way to make engines, as `tests/contract` asks for it."""
    return lambda _path: cluster.fresh()


@pytest.fixture(scope="session")
def make_other(cluster: Names) -> Callable[[Path], SearchEngine]:
    """Engines to compare with the reference, one after the other; each begins with a rebuild."""
    return lambda _path: cluster.open(f"t{os.getpid()}-compared")


def _missing(config: pytest.Config) -> str | None:
    """Say why these tests can not run here."""
    if not any("cluster" in argument for argument in config.args):
        return "name the folder to run it, `pytest tests/cluster`"
    if os.environ.get("OPENSEARCH_URL"):
        return None
    try:
        libraries(find_java()[1])
    except NoClusterError as error:
        return f"{error}; set OPENSEARCH_URL, or install Java 21 and Maven"
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave this folder out where there is no cluster."""
    ours = [item for item in items if FOLDER in item.path.parents]
    reason = _missing(config) if ours else None
    if reason is None:
        return
    if os.environ.get("DATELINE_CLUSTER") == "required" and "name the folder" not in reason:
        raise pytest.UsageError(f"tests/cluster can not run: {reason}")
    config.stash[LEFT_OUT] = f"tests/cluster left out: {reason}"
    config.hook.pytest_deselected(items=ours)
    items[:] = [item for item in items if item not in ours]


LEFT_OUT = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say it in one line."""
    if LEFT_OUT in config.stash:
        terminalreporter.write_line(config.stash[LEFT_OUT])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Leaving everything out is no failure."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and LEFT_OUT in session.config.stash:
        session.exitstatus = pytest.ExitCode.OK
