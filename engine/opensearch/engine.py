"""The distributed engine: a name on a cluster, a writer at a time, any number of searching threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from engine.checks import check as check_request
from engine.cursor import window
from engine.errors import IndexMissingError, StaleCursorError
from engine.model import Article, Entry, IndexInfo, SearchRequest, SearchResult
from engine.opensearch import generations, verify, write
from engine.opensearch.answer import Answer, page
from engine.opensearch.client import AbsentError, Cluster, RefusedError, part
from engine.opensearch.compile import compile_request, compile_scan
from engine.opensearch.documents import article_of, document_key, entry_of
from engine.opensearch.generations import Generation
from engine.opensearch.lock import WriteLock
from engine.opensearch.schema import keyword, unescape
from engine.opensearch.settings import ClusterSettings
from engine.opensearch.vocabulary import ClusterVocabulary
from engine.protocol import Writer
from engine.suggest import suggest

T = TypeVar("T")

_FRESH = 1.0
"""Seconds in which a search may still be answered by the generation before."""

_TIMEOUT = "5s"
"""How long each shard may search; what it has found by then is given, and marked as partial."""

_SCANNED = 500
_LISTED = 2000


class OpenSearchEngine:
    """A `SearchEngine` on a cluster."""

    def __init__(self, settings: ClusterSettings) -> None:
        self._cluster = Cluster(settings)
        self._generation: Generation | None = None
        self._looked = float("-inf")
        self._looking = threading.Lock()

    # --- writing --------------------------------------------------------------------------

    @contextmanager
    def writer(self, *, fresh: bool) -> Iterator[Writer]:
        """See `SearchEngine.writer`."""
        generations.refuse_foreign(self._cluster)
        lock = WriteLock(self._cluster)
        try:
            yield from self._write(lock, None if fresh else self._before())
        finally:
            lock.release()

    def _write(self, lock: WriteLock, before: Generation | None) -> Iterator[Writer]:
        draft = write.begin(self._cluster, before)
        writer = write.GenerationWriter(self._cluster, draft)
        try:
            yield writer
            generation = writer.finish()
            verify.require_sound(self._cluster, generation)
            write.publish(self._cluster, generation, writer.report, lock)
        except BaseException:
            writer.abandon()
            with suppress(Exception):  # what can not be removed now is swept by the next build
                generations.remove(self._cluster, draft.index)
            raise
        writer.abandon()
        self._generation, self._looked = generation, time.monotonic()

    def _before(self) -> Generation | None:
        with suppress(IndexMissingError):
            return generations.current(self._cluster)
        return None

    # --- reading --------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        """See `SearchEngine.search`."""
        started = time.perf_counter()
        return self._reading(lambda generation: self._search(generation, request, started))

    def _search(self, generation: Generation, request: SearchRequest, started: float) -> SearchResult:
        check_request(request)
        build, known = generation.manifest.build, generation.manifest.known
        start = window(request.after, request.offset, build)
        body = compile_request(request, known) | page(request, start) | {"timeout": _TIMEOUT}
        answer = Answer(request, start, self._ask(generation, body, anchored="search_after" in body))
        words = ClusterVocabulary(self._cluster, generation.index, known)
        suggestion = suggest(request.query, answer.total, words)
        return answer.result(build, suggestion, (time.perf_counter() - started) * 1000)

    def _ask(self, generation: Generation, body: dict[str, Any], *, anchored: bool) -> Any:
        """Search all shards with the statistics of all, so that a score does not depend on the shard."""
        path = (
            f"/{part(generation.index)}/_search?search_type=dfs_query_then_fetch&preference=dateline"
            "&filter_path=-aggregations.groups.*.buckets"
        )
        try:
            return self._cluster.ask("POST", path, body)
        except RefusedError as error:
            if anchored:
                raise StaleCursorError(
                    "This cursor was not made here; start again from the first page."
                ) from error
            raise

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """See `SearchEngine.scan`."""
        generation = self._reading(lambda generation: generation)
        check_request(request)
        return self._scan(generation, request)

    def _scan(self, generation: Generation, request: SearchRequest) -> Iterator[Article]:
        """Follow a point in time: scores must not change while segments are merged."""
        opened = self._cluster.ask("POST", f"/{part(generation.index)}/_search/point_in_time?keep_alive=5m")
        moment = {"id": opened["pit_id"], "keep_alive": "5m"}
        body = compile_scan(request, generation.manifest.known) | {"size": _SCANNED, "pit": moment}
        try:
            for hit in self._pages("/_search?search_type=dfs_query_then_fetch", body):
                yield article_of(hit["_source"])
        finally:
            with suppress(AbsentError, RefusedError):
                self._cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [moment["id"]]})

    def _pages(self, path: str, body: dict[str, Any]) -> Iterator[Any]:
        """Yield hit after hit, each page from where the last one ended."""
        while True:
            found = self._cluster.ask("POST", f"{path}&allow_partial_search_results=false", body, timeout=120)
            hits = found["hits"]["hits"]
            yield from hits
            if len(hits) < body["size"]:
                return
            body = {**body, "search_after": hits[-1]["sort"]}

    def complete(self, start: str, limit: int = 8) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's
        """See `SearchEngine.complete`: a cluster does not list its words."""
        return ()

    def get(self, key: str) -> Article | None:
        """See `SearchEngine.get`."""
        try:
            return self._reading(lambda generation: self._get(generation, key))
        except IndexMissingError:
            return None

    def _get(self, generation: Generation, key: str) -> Article | None:
        either = [{"ids": {"values": [document_key(key)], "boost": 2.0}}, {"term": {"path": keyword(key)}}]
        body = {"size": 10, "query": {"dis_max": {"queries": either}}, "_source": ["article"]}
        path = f"/{part(generation.index)}/_search?allow_partial_search_results=false"
        found = [article_of(hit["_source"]) for hit in self._cluster.ask("POST", path, body)["hits"]["hits"]]
        by_id = (article for article in found if article.id == key)
        by_path = (article for article in found if article.path == key)
        return next(by_id, None) or next(by_path, None)

    def entries(self) -> Iterator[Entry]:
        """See `SearchEngine.entries`."""
        try:
            generation = self._reading(lambda generation: generation)
        except IndexMissingError:
            return iter(())
        body = {"size": _LISTED, "sort": [{"id": "asc"}], "track_total_hits": False, "_source": ["entry"]}
        path = f"/{part(generation.index)}/_search?preference=dateline"
        return (entry_of(hit["_source"]) for hit in self._pages(path, body))

    def info(self) -> IndexInfo:
        """See `SearchEngine.info`."""
        return self._reading(self._info)

    def _info(self, generation: Generation) -> IndexInfo:
        manifest, state = generation.manifest, generations.state_name(self._cluster.settings.name)
        try:
            found = self._cluster.ask("GET", f"/{part(state)}/_doc/{part(generation.index)}")
            report = unescape(found["_source"]["report"])
        except AbsentError:
            report = "{}"
        return IndexInfo(manifest.build, manifest.created, manifest.articles, manifest.languages, report)

    def check(self) -> tuple[str, ...]:
        """See `SearchEngine.check`."""
        return self._reading(lambda generation: tuple(verify.check(self._cluster, generation)))

    def close(self) -> None:
        """See `SearchEngine.close`."""
        self._cluster.close()

    # --- which generation -----------------------------------------------------------------

    def _reading(self, answer: Callable[[Generation], T]) -> T:
        """Answer from the current generation; once more if it went away before we had noticed."""
        try:
            return answer(self._current())
        except AbsentError:
            self._looked = float("-inf")
            return answer(self._current())

    def _current(self) -> Generation:
        """Return the current generation, looked up at most once a second."""
        with self._looking:
            if self._generation is None or time.monotonic() - self._looked > _FRESH:
                self._generation = None
                self._generation = generations.current(self._cluster)
                self._looked = time.monotonic()
            return self._generation
