"""Packs made side by side: the process of the writer gathers articles, others invert and write them.

    writer    stored lines of a batch  ──>  worker    articles, postings, one pack
              ...                      <──            done, or what went wrong

Articles travel as the lines they are stored as, which are a third of their size in memory. Batches do not
depend on the number of workers, so neither does the index. A worker leaves Ctrl-C to the writer, and ends
when the writer does, even by `kill -9`; what it leaves behind is swept by the next build.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from engine.model import Article
from engine.whoosh.build import build
from engine.whoosh.packing import from_line, stored_line

_MOST = 4
"""More workers wait for the one who feeds them, and each needs some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch on its way: stored lines and signatures."""

    path: Path
    lines: Sequence[tuple[bytes, str]]
    dictionary: bytes

    def run(self) -> None:
        """Write the pack."""
        build(self.path, [from_line(line, signature) for line, signature in self.lines], self.dictionary)


class Builders:
    """Makes packs in `jobs` processes, or in this one if that is 1; at most one batch for each waits."""

    def __init__(self, jobs: int) -> None:
        self._jobs = min(jobs, _MOST)
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[_Task, Future[None]]] = deque()

    def build(self, path: Path, articles: Sequence[Article], dictionary: bytes) -> None:
        """Write a pack, now or soon; raises what went wrong with it or with an earlier one."""
        if self._jobs == 1:
            build(path, articles, dictionary)
            return
        if len(self._waiting) == self._jobs:
            self._await()
        lines = [(stored_line(article), article.signature) for article in articles]
        task = _Task(path, lines, dictionary)
        if self._pool is None:
            # Fresh processes: a fork of this one would have its locks and not its threads.
            self._pool = ProcessPoolExecutor(self._jobs, get_context("spawn"), _prepare)
        self._waiting.append((task, self._pool.submit(_Task.run, task)))

    def _await(self) -> None:
        """Wait for the oldest batch; should its worker have died, make its pack here."""
        task, future = self._waiting.popleft()
        try:
            future.result()
        except BrokenProcessPool:
            self._pool = None
            task.run()

    def finish(self) -> None:
        """Wait for all packs."""
        while self._waiting:
            self._await()
        self.abandon()

    def abandon(self) -> None:
        """Stop the workers at once."""
        self._waiting.clear()
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):  # noqa: SLF001 - no other way before 3.14
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)


def _prepare() -> None:
    """Leave Ctrl-C to the writer, and follow it when it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    writer = parent_process()
    if writer is not None:
        threading.Thread(target=_follow, args=(writer.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
