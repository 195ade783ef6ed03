"""A real cluster for this folder: the one named by OPENSEARCH_URL, or three nodes started here.

Without either, the folder's tests are left out and one line says so; DATELINE_CLUSTER=required makes that a failure.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cluster_nodes import NoClusterError, Nodes, ask, find_java, libraries

from engine.opensearch import OpenSearchEngine, open_engine
from engine.protocol import SearchEngine

FOLDER = Path(__file__).parent
NUMBERS = itertools.count()


class Contract:
    """Names on one cluster, so that no test meets the index of another."""

    def __init__(self, urls: str) -> None:
        self.urls = urls

    def open(self, name: str, **environment: str) -> OpenSearchEngine:
        return open_engine(
            f"{self.urls.split(',')[0]}/{name}", {"DATELINE_ENGINE_SHARDS": "2", **environment}
        )

    def fresh(self) -> OpenSearchEngine:
        """Give an engine that has no index yet."""
        return self.open(f"t{os.getpid()}-{next(NUMBERS)}")

    def wipe(self) -> None:
        """Remove everything the tests have written."""
        rows = ask(f"{self.urls.split(',')[0]}/_cat/indices/t{os.getpid()}-*?format=json&h=index")
        for row in rows:
            ask(f"{self.urls.split(',')[0]}/{row['index']}", "DELETE")


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
def cluster(request: pytest.FixtureRequest) -> Contract:
    """The cluster of the contract suite."""
    given = os.environ.get("OPENSEARCH_URL")
    return Contract(given or request.getfixturevalue("nodes").urls)


@pytest.fixture
def engine(cluster: Contract) -> Iterator[SearchEngine]:
    """An engine without an index, as `tests/contract` asks for it."""
    made = cluster.fresh()
    yield made
    made.close()
    cluster.wipe()


@pytest.fixture(scope="session")
def make(cluster: Contract) -> Callable[[Path], SearchEngine]:
    """A way to make engines, as `tests/contract` asks for it."""
    return lambda _path: cluster.fresh()


@pytest.fixture(scope="session")
def make_other(cluster: Contract) -> Callable[[Path], SearchEngine]:
    """Engines to compare with the reference, one after the other; each begins with a rebuild."""
    return lambda _path: cluster.open(f"t{os.getpid()}-compared")


def _missing() -> str | None:
    """Say why no cluster can be had."""
    if os.environ.get("OPENSEARCH_URL"):
        return None
    try:
        find_java()
        libraries("3.8.0.0")
    except NoClusterError as error:
        return str(error)
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave this folder out where there is no cluster."""
    ours = [item for item in items if FOLDER in item.path.parents]
    reason = _missing() if ours else None
    if reason is None:
        return
    sentence = f"tests/cluster left out: {reason}; set OPENSEARCH_URL, or install Java 21 and Maven"
    if os.environ.get("DATELINE_CLUSTER") == "required":
        raise pytest.UsageError(sentence)
    config.stash[LEFT_OUT] = sentence
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
