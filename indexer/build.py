"""Build or update an index: read the corpus, process what is new, hand it to a writer.

A rebuild is an update of nothing: both walk the whole corpus in the same order with the same code, so
an updated index holds exactly what a rebuilt one would. The writer makes the result visible at once
when everything is done; an interruption leaves the former index as it was.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Protocol

from engine.model import Article, Entry, IndexInfo
from indexer.documents import Failure, RawDocument
from indexer.errors import NothingToIndexError
from indexer.identity import IdRegister
from indexer.parallel import StreamingPool
from indexer.pipeline import Pipeline, PipelineSettings, digest
from indexer.report import Report

Item = RawDocument | Failure
Outcome = Article | Entry | Failure


class Sink(Protocol):
    """Where articles go: the writer of an engine (`engine.protocol.Writer`)."""

    def put(self, article: Article) -> None:
        """Add or replace an article."""

    def delete(self, article_id: str) -> None:
        """Remove an article."""

    def describe(self, report: str) -> None:
        """Attach the report."""


class Archive(Protocol):
    """What a build needs of an engine."""

    def writer(self, *, fresh: bool) -> AbstractContextManager[Sink]:
        """Open the next generation."""

    def entries(self) -> Iterator[Entry]:
        """List what is indexed."""

    def get(self, key: str) -> Article | None:
        """Return an article by id or path."""

    def info(self) -> IndexInfo:
        """Describe what is there, with its report."""


class _UnchangedError(Exception):
    """Leaves the writer's block without a new generation."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How to build: worker processes, and what to tell after each document (done so far)."""

    jobs: int = 1
    progress: Callable[[int], None] = lambda _done: None


def build(
    archive: Archive,
    documents: Iterable[Item],
    pipeline: PipelineSettings,
    settings: BuildSettings,
    *,
    fresh: bool,
) -> Report:
    """Bring the archive in line with `documents` and return the report.

    Args:
        archive: the engine to write to.
        documents: everything in the corpus, in reading order (`formats.read`).
        pipeline: settings of the per-document work.
        settings: processes and progress.
        fresh: True rebuilds from nothing; False processes only what changed.

    Raises:
        NothingToIndexError: not one document could be indexed.

    """
    report = Report()
    started = time.perf_counter()
    known = {} if fresh else {entry.path: entry for entry in archive.entries()}
    try:
        with (
            archive.writer(fresh=fresh) as sink,
            closing(_outcomes(documents, known, pipeline, settings.jobs)) as outcomes,
        ):
            _Run(archive, sink, known, report, settings).over(outcomes)
            report.seconds = time.perf_counter() - started
            _require_change(archive, report, known)
            sink.describe(json.dumps(report.as_dict(), ensure_ascii=False))
    except _UnchangedError:
        pass
    return report


def _require_change(archive: Archive, report: Report, known: dict[str, Entry]) -> None:
    """Leave the writer's block when there is nothing to make visible; other failures are something."""
    if not report.documents:
        raise NothingToIndexError(_nothing(report))
    if known and not report.touched:
        before = json.loads(archive.info().report)
        if before.get("failures") == report.as_dict()["failures"]:
            raise _UnchangedError


def _nothing(report: Report) -> str:
    if not report.failures:
        return "there are no documents; the index was left as it is"
    first = report.failures[0]
    count = len(report.failures)
    return f"none of the {count} documents could be indexed, the first because {first.reason} ({first.path})"


class _Run:
    """One walk over the corpus: assigns ids, writes what changed, drops what is gone."""

    def __init__(
        self, archive: Archive, sink: Sink, known: dict[str, Entry], report: Report, settings: BuildSettings
    ) -> None:
        self._archive = archive
        self._sink = sink
        self._known = known
        self._report = report
        self._progress = settings.progress
        self._ids = IdRegister()
        self._kept: set[str] = set()
        self._paths: set[str] = set()

    def over(self, outcomes: Iterable[Outcome]) -> None:
        """Take every outcome, in reading order."""
        for done, outcome in enumerate(outcomes, 1):
            if isinstance(outcome, Failure):
                self._report.fail(outcome)
            elif isinstance(outcome, Entry):
                self._keep(outcome)
            else:
                self._write(outcome)
            self._progress(done)
        self._drop_the_rest()

    def _drop_the_rest(self) -> None:
        for entry in self._known.values():
            self._report.deleted += entry.path not in self._paths
            if entry.id not in self._kept:
                self._sink.delete(entry.id)

    def _write(self, article: Article) -> None:
        article = replace(article, id=self._assign(article.path, article.url))
        self._sink.put(article)
        self._report.add(Entry.of(article))
        if article.path in self._known:
            self._report.changed += 1
        else:
            self._report.added += 1

    def _keep(self, entry: Entry) -> None:
        """Leave an unchanged document alone, unless its id passed to or from another one."""
        new_id = self._assign(entry.path, entry.url)
        if new_id != entry.id:
            article = self._archive.get(entry.id)
            if article is not None:
                self._sink.put(replace(article, id=new_id))
                self._report.changed += 1
        else:
            self._report.unchanged += 1
        self._report.add(entry)

    def _assign(self, path: str, url: str | None) -> str:
        new_id = self._ids.assign(path, url)
        self._kept.add(new_id)
        self._paths.add(path)
        return new_id


def _outcomes(
    documents: Iterable[Item], known: dict[str, Entry], pipeline: PipelineSettings, jobs: int
) -> Generator[Outcome]:
    """Process what is new or changed in the pool; unchanged documents pass through as entries.

    Fingerprints are joined with the pipeline's digest, so that changed rules count as changed documents.
    """
    salt = digest(pipeline)
    pool = StreamingPool(partial(_work, pipeline), _died, _weight, jobs)
    return pool.map(_known_or_new(_salted(item, salt), known) for item in documents)


def _salted(item: Item, salt: str) -> Item:
    if isinstance(item, Failure):
        return item
    return replace(item, fingerprint=hashlib.sha256(f"{salt} {item.fingerprint}".encode()).hexdigest())


def _known_or_new(item: Item, known: dict[str, Entry]) -> Item | Entry:
    entry = known.get(item.path)
    if isinstance(item, RawDocument) and entry is not None and entry.fingerprint == item.fingerprint:
        return entry
    return item


@cache
def _pipeline(settings: PipelineSettings) -> Pipeline:
    """Load the rule packs once per worker process."""
    return Pipeline(settings)


def _work(settings: PipelineSettings, item: Item | Entry) -> Outcome:
    return _pipeline(settings).process(item) if isinstance(item, RawDocument) else item


def _died(item: Item | Entry) -> Outcome:
    return Failure(item.path, "the worker process died on this document, probably for lack of memory")


def _weight(item: Item | Entry) -> int:
    return len(item.payload) if isinstance(item, RawDocument) else 0
