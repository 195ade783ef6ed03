"""The embedded engine: an index directory, a writer at a time, any number of searching threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.checks import check as check_request
from engine.errors import EngineError, IndexDamagedError, IndexMissingError
from engine.model import Article, Entry, IndexInfo, SearchRequest, SearchResult
from engine.protocol import Writer
from engine.whoosh import generations, publish, schema, search, verify
from engine.whoosh.limits import Limits
from engine.whoosh.lock import WriteLock
from engine.whoosh.snapshot import Snapshot
from engine.whoosh.write import GenerationWriter

_LETS_GO_FIRST = os.name == "nt"
"""Where a folder can not be renamed while files in it are open."""

_Mark = tuple[int, int, int] | None
"""What a stat of the pointer file tells; changes whenever the pointer does."""


class WhooshEngine:
    """A `SearchEngine` on a directory. Each call is answered by the generation current at its start."""

    def __init__(self, root: Path, limits: Limits, jobs: int = 1) -> None:
        self._root = root
        self._jobs = jobs
        self._limits = limits
        self._snapshot: Snapshot | None = None
        self._mark: _Mark = None
        self._opening = threading.Lock()

    # --- writing --------------------------------------------------------------------------

    @contextmanager
    def writer(self, *, fresh: bool) -> Iterator[Writer]:
        """See `SearchEngine.writer`."""
        self._refuse_others()
        with publish.saying_why(self._root):
            self._root.mkdir(parents=True, exist_ok=True)
            lock = WriteLock(self._root / "LOCK")
        try:
            written = yield from self._write(fresh=fresh)
        finally:
            lock.release()
        self._open_current(written)

    def _refuse_others(self) -> None:
        """Raise if the directory belongs to another program; a damaged index may be written anew."""
        with suppress(IndexDamagedError):
            generations.pointer(self._root)

    def _write(self, *, fresh: bool) -> Generator[Writer, None, Snapshot | None]:
        """Lend a writer; return what it wrote, open and published."""
        before = None if fresh else self._generation()
        with publish.saying_why(self._root):
            draft = publish.begin(self._root)
        writer = None
        try:
            with publish.saying_why(self._root):
                writer = GenerationWriter(draft, before, self._jobs)
            yield writer
            with publish.saying_why(self._root):
                generation, index = writer.finish()
                if _LETS_GO_FIRST:
                    del index
                    publish.publish(draft, generation)
                    return None
                return Snapshot(publish.publish(draft, generation), index)
        except BaseException:
            if writer:
                writer.abandon()
            publish.abandon(draft)
            raise

    def _generation(self) -> generations.Generation | None:
        try:
            return generations.current(self._root, schema.digest())
        except IndexMissingError:
            return None

    # --- reading --------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResult:
        """See `SearchEngine.search`."""
        with self._using() as snapshot:
            check_request(request)
            return search.search(snapshot, request, self._limits)

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """See `SearchEngine.scan`."""
        with self._using():
            check_request(request)
        return self._scan(request)

    def _scan(self, request: SearchRequest) -> Iterator[Article]:
        with self._using() as snapshot:
            yield from search.scan(snapshot, request, self._limits)

    def complete(self, start: str, limit: int = 8) -> tuple[str, ...]:
        """See `SearchEngine.complete`."""
        try:
            with self._using() as snapshot:
                return search.complete(snapshot, start, limit)
        except IndexMissingError:
            return ()

    def get(self, key: str) -> Article | None:
        """See `SearchEngine.get`."""
        try:
            with self._using() as snapshot:
                return snapshot.get(key)
        except IndexMissingError:
            return None

    def entries(self) -> Iterator[Entry]:
        """See `SearchEngine.entries`."""
        try:
            with self._using() as snapshot:
                return snapshot.entries()
        except IndexMissingError:
            return iter(())

    def info(self) -> IndexInfo:
        """See `SearchEngine.info`."""
        with self._using() as snapshot:
            return snapshot.info()

    def check(self) -> tuple[str, ...]:
        """See `SearchEngine.check`."""
        try:
            with self._using() as snapshot:
                return tuple(verify.check(snapshot))
        except IndexDamagedError as error:
            return (str(error),)

    def close(self) -> None:
        """See `SearchEngine.close`."""
        with self._opening:
            self._replace(None, None)

    # --- which generation -----------------------------------------------------------------

    @contextmanager
    def _using(self) -> Iterator[Snapshot]:
        """Hold the current generation open for one call."""
        snapshot = self._hold()
        try:
            with _blaming(snapshot.generation):
                yield snapshot
        finally:
            snapshot.release()

    def _hold(self) -> Snapshot:
        """Return the current generation, held; while one thread opens a new one, the others use the old."""
        while True:
            stale = self._mark is None or self._stat() != self._mark
            if stale and self._opening.acquire(blocking=self._snapshot is None):
                try:
                    self._follow_pointer()
                finally:
                    self._opening.release()
            snapshot = self._snapshot
            if snapshot is not None and snapshot.hold():
                return snapshot

    def _open_current(self, written: Snapshot | None) -> None:
        """Make sure that the next call of this engine sees what was just published."""
        with self._opening:
            self._follow_pointer(written)

    def _follow_pointer(self, written: Snapshot | None = None) -> None:
        """Open what the pointer names, unless it is what was just written; if it moves on, so do we."""
        while (mark := self._stat()) != self._mark or mark is None:
            try:
                if written and self._is_current(written):
                    snapshot, written = written, None
                else:
                    snapshot = self._open()
            except IndexDamagedError:
                if self._stat() == mark:
                    raise
            else:
                self._replace(snapshot, mark)

    def _open(self) -> Snapshot:
        generation = generations.current(self._root, schema.digest())
        with _blaming(generation):
            return Snapshot(generation)

    def _is_current(self, written: Snapshot) -> bool:
        found = generations.pointer(self._root)
        return found is not None and found[0] == written.build

    def _replace(self, snapshot: Snapshot | None, mark: _Mark) -> None:
        before, self._snapshot, self._mark = self._snapshot, snapshot, mark
        if before is not None:
            before.release()

    def _stat(self) -> _Mark:
        try:
            status = (self._root / "CURRENT").stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size


@contextmanager
def _blaming(generation: generations.Generation) -> Iterator[None]:
    """Find out whether damaged files are behind an error: anything may come out of reading them."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        try:
            generations.accuse(generation)
        except IndexDamagedError as damage:
            raise damage from error
        raise
