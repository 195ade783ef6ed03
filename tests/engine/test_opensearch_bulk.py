"""Sending documents to a cluster that refuses, hesitates or is full; the cluster is played by the test."""

import json

import pytest

from engine.errors import IndexLockedError, IndexWriteError
from engine.opensearch import bulk
from engine.opensearch.bulk import Action, Bulk, batches
from engine.opensearch.client import TooBusyError


class Played:
    """A cluster that answers as it is told, and keeps what it took."""

    class settings:  # noqa: N801 - as the real one has it
        name = "press"

    def __init__(self, *answers, largest=10**9):
        self.answers, self.largest = list(answers), largest
        self.kept, self.requests = {}, 0

    def ask(self, _method, _path, body, **_):
        self.requests += 1
        lines = body.splitlines()
        if len(lines) > self.largest:
            raise TooBusyError("too much at once")
        answer = self.answers.pop(0) if self.answers else {}
        items = []
        for about, source in zip(lines[::2], lines[1::2], strict=True):
            key = json.loads(about)["index"]["_id"]
            item = answer.get(key, {"status": 201})
            if item["status"] == 201:
                self.kept[key] = source
            items.append({"index": item})
        return {"errors": bool(answer), "items": items}


def refused(status, kind, reason=""):
    return {"status": status, "error": {"type": kind, "reason": reason}}


def send(cluster, count=4):
    sender = Bulk(cluster, "press.x")
    try:
        sender.send([Action(f"k{i}", i + 1, f'{{"n": {i}}}') for i in range(count)])
        sender.finish()
    finally:
        sender.close()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(bulk.time, "sleep", lambda _seconds: None)


def test_what_is_refused_for_the_moment_is_offered_again_alone():
    busy = refused(429, "rejected_execution_exception")
    cluster = Played({"k1": busy, "k2": busy}, {"k2": refused(503, "unavailable_shards_exception")})
    send(cluster)
    assert sorted(cluster.kept) == ["k0", "k1", "k2", "k3"]
    assert cluster.requests == 3


def test_what_is_too_much_at_once_is_sent_in_halves():
    cluster = Played(largest=4)
    send(cluster, 16)
    assert len(cluster.kept) == 16


def test_a_later_call_that_arrived_before_is_no_failure():
    send(Played({"k1": refused(409, "version_conflict_engine_exception")}))


@pytest.mark.parametrize("status", [403, 429])
def test_a_full_disk_is_said_at_once(status):
    blocked = refused(status, "cluster_block_exception", "disk usage exceeded flood-stage watermark")
    cluster = Played({"k1": blocked})
    with pytest.raises(IndexWriteError, match="full"):
        send(cluster)
    assert cluster.requests == 1


def test_an_article_that_is_never_taken_ends_the_build():
    wrong = refused(400, "strict_dynamic_mapping_exception", "mapping set to strict")
    with pytest.raises(IndexWriteError, match="mapping set to strict"):
        send(Played({"k1": wrong}))


def test_a_draft_that_another_build_removed_is_named():
    with pytest.raises(IndexLockedError, match="again"):
        send(Played({"k0": refused(404, "index_not_found_exception")}))


def test_patience_ends(monkeypatch):
    monkeypatch.setattr(bulk, "_PATIENCE", -1.0)
    with pytest.raises(IndexWriteError, match="kept refusing 4 documents"):
        send(Played(*[{f"k{i}": refused(503, "unavailable_shards_exception") for i in range(4)}] * 9))


def test_requests_have_a_bounded_size_and_calls_a_number():
    actions = [Action(f"k{i}", i, "x" * 100) for i in range(10)]
    assert [len(some) for some in batches(actions, 300)] == [3, 3, 3, 1]
    assert json.loads(actions[3].lines().splitlines()[0])["index"]["version"] == 3
    assert json.loads(Action("k", 7, None).lines())["delete"]["version_type"] == "external_gte"
