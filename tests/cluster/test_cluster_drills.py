"""What happens when nodes die, disks fill up and clusters are busy: the build before goes on answering.

DATELINE_DRILLS=20 repeats the drills that depend on the moment.
"""

import os
import threading
import time

import pytest
from builders import article
from cluster_nodes import Nodes, ask

from engine.errors import (
    EngineError,
    IndexIncompatibleError,
    IndexLockedError,
    IndexMissingError,
    IndexUnavailableError,
    IndexWriteError,
)
from engine.model import SearchRequest
from engine.opensearch import lock, open_engine
from engine.query import All, Term

EVERYTHING = SearchRequest(All(), limit=0)
ROUNDS = range(int(os.environ.get("DATELINE_DRILLS", "1")))


def articles(count, word="army"):
    return [article(f"n{i:04}", body=f"The {word} said it. " * 20) for i in range(count)]


def build(engine, some, *, fresh=True):
    with engine.writer(fresh=fresh) as writer:
        for one in some:
            writer.put(one)


def ids(engine):
    return [entry.id for entry in engine.entries()]


@pytest.fixture
def archive(nodes):
    """An engine on all nodes, with 200 articles."""
    nodes.wait()
    made = open_engine(f"{nodes.urls}/drill", {"DATELINE_ENGINE_SHARDS": "2"})
    build(made, articles(200))
    yield made
    made.close()
    for row in ask(f"{nodes.url(1)}/_cat/indices/drill*?format=json&h=index"):
        ask(f"{nodes.url(1)}/{row['index']}", "DELETE")


class Readers:
    """Threads that search all the time, and what they saw that should not be."""

    def __init__(self, engine, totals):
        self.problems, self.answers, self._stop = [], 0, threading.Event()
        self._engine, self._totals = engine, totals
        self._threads = [threading.Thread(target=self._ask) for _ in range(2)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self):
        while not self._stop.is_set():
            try:
                result = self._engine.search(EVERYTHING)
            except EngineError as error:
                self.problems.append(str(error))
                return
            self.answers += 1
            if result.total not in self._totals and not result.partial:
                self.problems.append(f"saw {result.total} articles")


# --- nodes that die ----------------------------------------------------------------------------


@pytest.mark.parametrize("round_", ROUNDS)
@pytest.mark.parametrize("victim", ["data node", "elected manager"])
def test_a_node_dies_in_the_middle_of_a_rebuild(nodes, archive, victim, round_):
    manager = nodes.manager()
    number = manager if victim == "elected manager" else next(n for n in (1, 2, 3) if n != manager)
    some, told = articles(700, "rebels"), False
    with Readers(archive, {200, 700}) as readers:
        try:
            with archive.writer(fresh=True) as writer:
                for place, one in enumerate(some):
                    if place == 400 + round_:
                        nodes.kill(number)
                    writer.put(one)
        except (IndexWriteError, IndexUnavailableError, IndexLockedError) as error:
            told = "build" in str(error) or "cluster" in str(error)
        before_or_after = ids(archive)
    assert readers.problems == []
    assert readers.answers > 0
    assert before_or_after == [one.id for one in (articles(200) if told else some)]
    nodes.start(number)
    nodes.wait()
    build(archive, some)
    assert ids(archive) == [one.id for one in some]
    assert archive.search(SearchRequest(Term("rebels"), limit=0)).total == 700
    assert archive.check() == ()


def test_a_node_that_stops_for_a_while_delays_answers_and_spoils_none(nodes, archive):
    number = next(n for n in (1, 2, 3) if n != nodes.manager())
    nodes.pause(number, stopped=True)
    waking = threading.Timer(3, lambda: nodes.pause(number, stopped=False))
    waking.start()
    started = time.monotonic()
    totals = {archive.search(EVERYTHING).total for _ in range(5)}
    waking.join()
    assert totals == {200}
    assert time.monotonic() - started < 60


# --- clusters that take no more ----------------------------------------------------------------


def until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.5)


@pytest.fixture(scope="module")
def small():
    """A node that takes little at a time, whose disk may be called full."""
    node = Nodes(1, settings=("indexing_pressure.memory.limit=256kb",))
    try:
        node.wait()
        yield node
    finally:
        node.stop()


@pytest.fixture
def small_archive(small):
    made = open_engine(f"{small.url()}/small", {"DATELINE_ENGINE_SHARDS": "1"})
    yield made
    made.close()


def test_a_cluster_that_takes_little_at_a_time_gets_little_at_a_time(small, small_archive):
    build(small_archive, articles(1200))
    assert ids(small_archive) == [one.id for one in articles(1200)]
    stats = ask(f"{small.url()}/_nodes/stats/indexing_pressure")["nodes"].popitem()[1]
    assert stats["indexing_pressure"]["memory"]["total"]["coordinating_rejections"] > 0


def watermarks(node, value):
    disk = "cluster.routing.allocation.disk.watermark"
    settings = {f"{disk}.{name}": value for name in ("low", "high", "flood_stage")}
    ask(f"{node.url()}/_cluster/settings", "PUT", {"transient": settings})


def is_blocked(node):
    settings = ask(f"{node.url()}/small.*/_settings?flat_settings=true&expand_wildcards=all")
    found = [one["settings"].get("index.blocks.read_only_allow_delete") for one in settings.values()]
    return "true" in found


def lift_blocks(node):
    """Do at once what a cluster does by itself some time after there is room again."""
    settings = {"cluster.blocks.create_index": None}
    ask(f"{node.url()}/_cluster/settings", "PUT", {"transient": settings, "persistent": settings})
    ask(f"{node.url()}/_all/_settings", "PUT", {"index.blocks.read_only_allow_delete": None})


def fill_up(node, engine):
    with engine.writer(fresh=True) as writer:
        watermarks(node, "999tb")
        until(lambda: is_blocked(node))
        for one in articles(600, "rebels"):
            writer.put(one)


def test_a_full_disk_is_said_and_the_build_before_answers(small, small_archive, monkeypatch):
    build(small_archive, articles(200))
    with pytest.raises(EngineError, match="disks"):
        fill_up(small, small_archive)
    assert small_archive.search(EVERYTHING).total == 200
    with pytest.raises(EngineError, match="disks"):
        build(small_archive, articles(3))
    watermarks(small, None)
    lift_blocks(small)
    monkeypatch.setattr(lock, "STALE", -1)  # the full disk did not even let the lock go
    build(small_archive, articles(250))
    assert small_archive.search(EVERYTHING).total == 250


# --- writers that die or sleep -----------------------------------------------------------------


def test_the_lock_of_a_dead_build_is_taken_over_and_the_sleeper_publishes_nothing(cluster, monkeypatch):
    monkeypatch.setattr(lock, "BEAT", 3600)
    name = cluster.name()
    first, second = cluster.open(name), cluster.open(name)

    def sleep_through():
        with first.writer(fresh=True) as writer:
            writer.put(article("sleeper"))
            with pytest.raises(IndexLockedError, match="wait until it ends"):
                build(second, articles(1))
            monkeypatch.setattr(lock, "STALE", -1)
            build(second, articles(5))

    with pytest.raises((IndexLockedError, IndexWriteError), match="again"):
        sleep_through()
    assert second.search(EVERYTHING).total == 5
    build(first, articles(2), fresh=False)
    assert first.search(EVERYTHING).total == 5
    cluster.wipe()


def indexes(cluster, name):
    rows = ask(f"{cluster.first}/_cat/indices/{name}.*?format=json&h=index&expand_wildcards=all")
    return sorted(row["index"] for row in rows if not row["index"].endswith(".state"))


def interrupted(engine):
    with engine.writer(fresh=True) as writer:
        writer.put(article("a"))
        raise KeyboardInterrupt


def test_a_failed_build_leaves_nothing_and_leftovers_are_swept(cluster):
    name = cluster.name()
    engine = cluster.open(name)
    with pytest.raises(KeyboardInterrupt):
        interrupted(engine)
    assert indexes(cluster, name) == []
    leftover = f"{name}.20200101t000000z-abcdef"
    ask(f"{cluster.first}/{leftover}", "PUT", {})
    for _ in range(3):
        build(engine, articles(1))
    assert len(indexes(cluster, name)) == 2  # the current one and the one before
    assert leftover not in indexes(cluster, name)
    cluster.wipe()


# --- what is not ours --------------------------------------------------------------------------


def test_an_index_of_an_older_version_must_be_rebuilt(cluster):
    name = cluster.name()
    engine = cluster.open(name)
    build(engine, articles(3))
    (index,) = indexes(cluster, name)
    meta = ask(f"{cluster.first}/{index}/_mapping")[index]["mappings"]["_meta"]
    ask(f"{cluster.first}/{index}/_mapping", "PUT", {"_meta": {**meta, "schema": "0123456789abcdef"}})
    later = cluster.open(name)
    for call in (later.info, later.check, lambda: later.search(EVERYTHING), lambda: later.get("n0000")):
        with pytest.raises(IndexIncompatibleError, match="rebuild"):
            call()
    with pytest.raises(IndexIncompatibleError):
        build(later, articles(1), fresh=False)
    build(later, articles(4))
    assert later.search(EVERYTHING).total == 4
    cluster.wipe()


def test_an_index_of_another_program_is_left_alone(cluster):
    name = cluster.name()
    ask(f"{cluster.first}/{name}", "PUT", {})
    engine = cluster.open(name)
    with pytest.raises(IndexIncompatibleError, match="another name"):
        engine.info()
    with pytest.raises(IndexIncompatibleError, match="another name"):
        build(engine, articles(1))
    cluster.wipe()
    with pytest.raises(IndexMissingError):
        engine.info()
