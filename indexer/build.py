"""Build or update an index: read the corpus, process what is new, look at the whole, hand it to a writer.

A rebuild is an update of nothing: both walk the whole corpus in the same order with the same code, and
both look at all of it (`indexer.archive`), so an updated index holds exactly what a rebuilt one would. The
writer makes the result visible at once when everything is done; an interruption leaves the former index as
it was.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from engine.model import Article, Entry, IndexInfo
from indexer.archive import Entries, Processed, Relations, Rows, Spool, relate, settle
from indexer.documents import Failure, RawDocument
from indexer.errors import NothingToIndexError
from indexer.identity import IdRegister
from indexer.parallel import StreamingPool
from indexer.pipeline import Pipeline, PipelineSettings, digest
from indexer.report import Report

Item = RawDocument | Failure
Outcome = Processed | Entry | Failure


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
    """How to build.

    - `jobs`: worker processes.
    - `progress`: told how many documents are read so far.
    - `stage`: told what begins when all are read.
    - `scratch`: the folder of the working file, which holds about as much as the corpus; None lets the
      system choose.
    """

    jobs: int = 1
    progress: Callable[[int], None] = lambda _done: None
    stage: Callable[[str], None] = lambda _name: None
    scratch: Path | None = None


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
        settings: processes, progress, and room to work in.
        fresh: True rebuilds from nothing; False processes only what changed.

    Raises:
        NothingToIndexError: not one document could be indexed.
        ScratchError: the working file could not be written.

    """
    report = Report()
    started = time.perf_counter()
    try:
        with archive.writer(fresh=fresh) as sink, Spool(settings.scratch) as spool:
            known = Entries(() if fresh else archive.entries(), spool)
            rows = Rows(archive.get, spool, pipeline.cleaning.keep)
            _read(documents, known, pipeline, settings, rows, report)
            _drop(known, rows, sink, report)
            settings.stage(f"grouping {len(rows):,} articles")
            relations = relate(rows)
            settings.stage(f"writing {len(rows):,} articles")
            for number in range(len(rows)):
                _write(relations, number, known, sink, report)
            report.seconds = time.perf_counter() - started
            _require_change(archive, report, known)
            sink.describe(json.dumps(report.as_dict(), ensure_ascii=False))
    except _UnchangedError:
        pass
    return report


def _require_change(archive: Archive, report: Report, known: Mapping[str, Entry]) -> None:
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


def _read(  # noqa: PLR0913, PLR0917 - what a walk needs; it is called once
    documents: Iterable[Item],
    known: Mapping[str, Entry],
    pipeline: PipelineSettings,
    settings: BuildSettings,
    rows: Rows,
    report: Report,
) -> None:
    """Process what is new, give every document its id, and lay out all of them in reading order."""
    ids = IdRegister()
    with closing(_outcomes(documents, known, pipeline, settings.jobs)) as outcomes:
        for done, outcome in enumerate(outcomes, 1):
            if isinstance(outcome, Failure):
                report.fail(outcome)
            elif isinstance(outcome, Entry):
                rows.keep(outcome, ids.assign(outcome.path, outcome.url))
            else:
                rows.add(outcome, ids.assign(outcome.path, outcome.url))
            settings.progress(done)


def _drop(known: Mapping[str, Entry], rows: Rows, sink: Sink, report: Report) -> None:
    """Delete what is gone: paths that are not there any more, ids nobody has any more."""
    ids, paths = {row.id for row in rows}, {row.path for row in rows}
    for entry in known.values():
        report.deleted += entry.path not in paths
        if entry.id not in ids:
            sink.delete(entry.id)


def _write(relations: Relations, number: int, known: Mapping[str, Entry], sink: Sink, report: Report) -> None:
    """Write the article of a row, unless it stands in the index as it should."""
    rows, facts = relations.rows, relations.facts(number)
    row, signature = rows[number], rows.signature(number)
    if row.former == row.id and signature.facts == facts.digest():
        report.unchanged += 1
        report.add(rows.entry(number))
        return
    article = settle(relations.article(number), signature, facts, relations.article)
    sink.put(article)
    report.add(Entry.of(article))
    if row.former == row.id:
        report.regrouped += 1
    elif row.path in known:
        report.changed += 1
    else:
        report.added += 1


def _outcomes(
    documents: Iterable[Item], known: Mapping[str, Entry], pipeline: PipelineSettings, jobs: int
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


def _known_or_new(item: Item, known: Mapping[str, Entry]) -> Item | Entry:
    entry = known.get(item.path)
    if isinstance(item, RawDocument) and entry is not None and entry.fingerprint == item.fingerprint:
        return entry
    return item


@cache
def _pipeline(settings: PipelineSettings) -> Pipeline:
    """Load the rule packs once per worker process."""
    return Pipeline(settings)


def _work(settings: PipelineSettings, item: Item | Entry) -> Outcome:
    if not isinstance(item, RawDocument):
        return item
    outcome = _pipeline(settings).process(item)
    return outcome if isinstance(outcome, Failure) else Processed.of(outcome)


def _died(item: Item | Entry) -> Outcome:
    return Failure(item.path, "the worker process died on this document, probably for lack of memory")


def _weight(item: Item | Entry) -> int:
    return len(item.payload) if isinstance(item, RawDocument) else 0
