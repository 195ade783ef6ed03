"""Writing the next generation: a fresh index, or a clone of the present one, changed, sealed and verified."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from engine.errors import EngineError, IndexDamagedError, IndexWriteError
from engine.fields import NONE
from engine.model import Article
from engine.opensearch import schema
from engine.opensearch.bulk import Action, Bulk, batches
from engine.opensearch.client import AbsentError, Cluster, RefusedError, part
from engine.opensearch.documents import document_key, documents
from engine.opensearch.generations import (
    Generation,
    Manifest,
    all_indexes,
    index_name,
    kept_indexes,
    remove,
    state_name,
)
from engine.opensearch.lock import WriteLock

_CHARACTERS = 1 << 20
_ARTICLES = 500
"""How much is analysed at once: what the vectorised tokeniser likes, and a request the cluster likes."""

_REQUEST = 8 << 20
_SEALED = {"index.blocks.write": True, "index.unassigned.node_left.delayed_timeout": None}
"""Nothing is written any more; and a node that is only restarted need not have its shards copied."""

_OPENED = {"index.blocks.write": None, "index.unassigned.node_left.delayed_timeout": "0s"}
"""What an update changes in its copy: it is written to, and a lost shard is copied at once."""

_GREEN = 120.0
"""Seconds the copies of the shards have to be made."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A generation being written."""

    index: str
    build: str
    created: str
    before: Generation | None
    """What it is a copy of."""
    replaces: str | None
    """What it takes the place of."""


class GenerationWriter:
    """A `Writer` into a draft: over nothing, or over a copy of the generation `before`."""

    def __init__(self, cluster: Cluster, draft: Draft) -> None:
        self._cluster = cluster
        self._draft = draft
        self._bulk = Bulk(cluster, draft.index)
        self._calls: dict[str, Article | None] = {}
        self._characters = 0
        self._number = draft.before.manifest.calls if draft.before else 0
        self._touched = Touched()
        self.report = "{}"

    def put(self, article: Article) -> None:
        """See `Writer.put`."""
        self._call(article.id, article, len(article.raw))

    def delete(self, article_id: str) -> None:
        """See `Writer.delete`."""
        self._call(article_id, None, 100)

    def describe(self, report: str) -> None:
        """See `Writer.describe`."""
        self.report = report

    def _call(self, article_id: str, article: Article | None, size: int) -> None:
        self._calls[article_id] = article
        self._characters += size
        if self._characters >= _CHARACTERS or len(self._calls) >= _ARTICLES:
            self._flush()

    def _flush(self) -> None:
        calls, self._calls, self._characters = self._calls, {}, 0
        for some in batches(self._actions(calls), _REQUEST):
            self._bulk.send(some)

    def _actions(self, calls: dict[str, Article | None]) -> Iterator[Action]:
        gone = [document_key(article_id) for article_id, article in calls.items() if article is None]
        for key in gone:
            yield self._action(key, None)
        alive = [article for article in calls.values() if article is not None]
        for document in documents(alive) if alive else ():
            yield self._action(document.key, document.source)

    def _action(self, key: str, source: str | None) -> Action:
        self._number += 1
        self._touched.add(key, alive=source is not None)
        return Action(key, self._number, source)

    def finish(self) -> Generation:
        """Send what is left, seal the draft and verify it; raises IndexDamagedError if it does not agree."""
        self._flush()
        self._bulk.finish()
        path = f"/{part(self._draft.index)}"
        self._cluster.ask("POST", f"{path}/_refresh", patience=60, timeout=300)
        manifest = self._manifest()
        self._await_copies()
        self._cluster.ask("PUT", f"{path}/_mapping", {"_meta": manifest.to_meta()}, patience=20)
        self._cluster.ask("PUT", f"{path}/_settings", _SEALED, patience=20)
        return Generation(self._draft.index, manifest)

    def abandon(self) -> None:
        """Stop sending; nobody will publish this draft."""
        self._bulk.close()

    # --- sealing --------------------------------------------------------------------------

    def _manifest(self) -> Manifest:
        counts: dict[str, Any] = {
            "lang": {"terms": {"field": "lang", "size": 10_000}},
            **{name: {"filter": {"prefix": {name: "="}}} for name in ("copies", "story")},
        }
        found = self._count({"size": 0, "track_total_hits": True, "aggs": counts})
        articles = int(found["hits"]["total"]["value"])
        expected = self._expected()
        if articles != expected:
            raise IndexDamagedError(
                f"The new build is not sound and was dropped: it should hold {expected} articles and has"
                f" {articles}; look at the health of the cluster, then build again."
            )
        languages = {bucket["key"] for bucket in found["aggregations"]["lang"]["buckets"]} - {NONE}
        return Manifest(
            build=self._draft.build,
            created=self._draft.created,
            schema=schema.digest(),
            articles=articles,
            languages=tuple(sorted(map(schema.unescape, languages))),
            groups=tuple(n for n in ("copies", "story") if found["aggregations"][n]["doc_count"]),
            calls=self._number,
            before=self._draft.replaces,
        )

    def _count(self, body: dict[str, Any]) -> Any:
        """Ask the draft, all of it or nothing."""
        path = f"/{part(self._draft.index)}/_search?allow_partial_search_results=false"
        try:
            return self._cluster.ask("POST", path, body, patience=60, timeout=120)
        except EngineError as error:
            raise IndexWriteError(
                "The cluster lost a part of the new build, which was dropped; the build before is untouched:"
                " look at the health of the cluster, then build again."
            ) from error

    def _expected(self) -> int:
        """Return how many articles there must be: those before, less those replaced, with those alive."""
        keys, alive = self._touched.last()
        before = self._draft.before
        if before is None:
            return alive
        known = 0
        for some in (keys[start : start + 1000] for start in range(0, len(keys), 1000)):
            body = {"query": {"ids": {"values": some}}}
            known += int(self._cluster.ask("POST", f"/{part(before.index)}/_count", body)["count"])
        return before.manifest.articles - known + alive

    def _await_copies(self) -> None:
        """Wait until every shard has its copy, on clusters of more than one machine."""
        path = f"/_cluster/health/{part(self._draft.index)}?wait_for_status=green&timeout={_GREEN:.0f}s"
        try:
            found = self._cluster.ask("GET", path, patience=30, timeout=_GREEN + 10)
        except EngineError as error:
            raise _without_copies() from error
        if found["status"] != "green":
            raise _without_copies()


def _without_copies() -> IndexWriteError:
    return IndexWriteError(
        f"The cluster made no copies of the new build within {_GREEN:.0f} seconds, so it was dropped;"
        " the build before is untouched: look at disks and nodes, then build again."
    )


class Touched:
    """The ids of all calls and whether the last one for each was a `put`: 17 bytes a call."""

    def __init__(self) -> None:
        self._keys = bytearray()
        self._alive = bytearray()

    def add(self, key: str, *, alive: bool) -> None:
        """Remember a call."""
        self._keys += bytes.fromhex(key)
        self._alive.append(alive)

    def last(self) -> tuple[list[str], int]:
        """Return every id once, and how many of them are alive."""
        keys = np.frombuffer(bytes(self._keys), ">u8").reshape(-1, 2)[::-1]
        different, last = np.unique(keys, axis=0, return_index=True)
        alive = np.frombuffer(bytes(self._alive), np.uint8)[::-1]
        return [key.tobytes().hex() for key in different], int(alive[last].sum())


# --- beginning and publishing ------------------------------------------------------------------


def begin(cluster: Cluster, before: Generation | None) -> Draft:
    """Create the index of the next generation; the caller holds the lock. Leftovers are swept first."""
    now = datetime.now(UTC)
    build = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    kept = kept_indexes(cluster)
    sweep(cluster, kept)
    created = now.isoformat(timespec="seconds")
    draft = Draft(index_name(cluster.settings.name, build), build, created, before, kept[0])
    ensure_template(cluster)
    if before is None:
        _create(cluster, draft, "", {"number_of_shards": cluster.settings.shards})
    else:
        _create(cluster, draft, f"/{part(before.index)}/_clone", _OPENED)
    return draft


def _create(cluster: Cluster, draft: Draft, source: str, settings: dict[str, Any]) -> None:
    """Create the index of a draft; every shard has its copy before it is written to, if it can have one."""
    path = f"{source}/{part(draft.index)}?wait_for_active_shards=all&timeout=30s&cluster_manager_timeout=60s"
    try:
        cluster.ask("PUT", path, {"settings": settings}, patience=60, timeout=90)
    except RefusedError as error:
        if error.kind != "resource_already_exists_exception":  # a lost answer is not a lost request
            raise


def ensure_template(cluster: Cluster) -> None:
    """Make sure that whatever creates an index of this name, its mapping is ours."""
    name = cluster.settings.name
    path = f"/_index_template/{part(name)}"
    digest = schema.digest()
    try:
        found = cluster.ask("GET", path)["index_templates"][0]["index_template"].get("_meta", {})
    except AbsentError:
        found = {}
    if found.get("schema") != digest:
        body = {
            "index_patterns": [f"{name}.2*"],
            "priority": 500,
            "_meta": {"schema": digest},
            "template": {"settings": schema.settings(), "mappings": schema.mappings()},
        }
        cluster.ask("PUT", path, body, patience=20)


def publish(cluster: Cluster, generation: Generation, report: str, lock: WriteLock) -> None:
    """Make a sealed generation current in one step, then sweep all but the one it replaces."""
    name, manifest = cluster.settings.name, generation.manifest
    path = f"/{part(state_name(name))}/_doc/{part(generation.index)}"
    cluster.ask("PUT", path, {"report": schema.escape(report)}, patience=20)
    actions: list[dict[str, Any]] = [{"add": {"index": generation.index, "alias": name}}]
    if manifest.before:
        actions.insert(0, {"remove": {"index": manifest.before, "alias": name, "must_exist": True}})
    lock.renew()
    try:
        cluster.ask("POST", "/_aliases", {"actions": actions}, patience=30)
    except EngineError:
        if kept_indexes(cluster)[0] != generation.index:  # a lost answer is not a lost request
            raise
    sweep(cluster, (generation.index, manifest.before))


def sweep(cluster: Cluster, kept: tuple[str | None, ...]) -> None:
    """Remove all builds but some, with their reports."""
    for index in all_indexes(cluster):
        if index not in kept:
            remove(cluster, index)
            _forget_report(cluster, index)


def _forget_report(cluster: Cluster, index: str) -> None:
    name = cluster.settings.name
    with suppress(AbsentError):
        cluster.ask("DELETE", f"/{part(state_name(name))}/_doc/{part(index)}")
