"""A process pool that streams: results in order, a bounded number of items in flight.

`concurrent.futures` submits everything it is given at once; a corpus of a million files must not be
read into memory, so only a window of batches is ever waiting. An item whose worker dies (killed for
memory, a crash in a C library) is tried once more alone, and then given to `on_death`.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

BATCH_ITEMS = 32
BATCH_WEIGHT = 1_000_000
"""A batch is full at this many items or this much weight (characters), whichever comes first."""

WINDOW = 3
"""Batches waiting per worker: enough to keep it busy, few enough to bound memory."""


class StreamingPool(Generic[T, R]):
    """Maps `work` over items in `jobs` processes.

    Args:
        work: called in a worker with one item; must be picklable.
        on_death: makes the result for an item that killed its worker.
        weigh: how heavy an item is, in the unit of BATCH_WEIGHT.
        jobs: number of processes; 1 works in this process.

    """

    def __init__(
        self,
        work: Callable[[T], R],
        on_death: Callable[[T], R],
        weigh: Callable[[T], int],
        jobs: int,
    ) -> None:
        self._work = work
        self._on_death = on_death
        self._weigh = weigh
        self._jobs = jobs

    def map(self, items: Iterable[T]) -> Generator[R]:
        """Yield the results in the order of the items; closing the generator stops the workers."""
        if self._jobs <= 1:
            yield from map(self._work, items)
            return
        waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
        pool = _pool(self._jobs)
        try:
            for batch in self._batches(items):
                waiting.append((batch, pool.submit(_run, self._work, batch)))
                if len(waiting) >= WINDOW * self._jobs:
                    pool, results = self._next(pool, waiting)
                    yield from results
            while waiting:
                pool, results = self._next(pool, waiting)
                yield from results
        except BaseException:
            _kill(pool)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _batches(self, items: Iterable[T]) -> Iterator[list[T]]:
        batch: list[T] = []
        weight = 0
        for item in items:
            batch.append(item)
            weight += self._weigh(item)
            if len(batch) >= BATCH_ITEMS or weight >= BATCH_WEIGHT:
                yield batch
                batch, weight = [], 0
        if batch:
            yield batch

    def _next(
        self, pool: ProcessPoolExecutor, waiting: deque[tuple[list[T], Future[list[R]]]]
    ) -> tuple[ProcessPoolExecutor, list[R]]:
        batch, future = waiting.popleft()
        try:
            return pool, future.result()
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
        results = [self._alone(item) for item in batch]
        pool = _pool(self._jobs)
        pending = [items for items, _ in waiting]
        waiting.clear()
        waiting.extend((items, pool.submit(_run, self._work, items)) for items in pending)
        return pool, results

    def _alone(self, item: T) -> R:
        with _pool(1) as pool:
            try:
                return pool.submit(self._work, item).result()
            except BrokenProcessPool:
                return self._on_death(item)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_leave_interrupts_alone)


def _leave_interrupts_alone() -> None:
    """Leave Ctrl-C, which reaches every process, to the one that owns the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _kill(pool: ProcessPoolExecutor) -> None:
    """Stop the workers at once: nobody waits for what they are doing.

    Left alone they would finish all that is waiting, and a second Ctrl-C meanwhile would hang the program.
    """
    for process in list((pool._processes or {}).values()):  # noqa: SLF001 - no other way before Python 3.14
        process.kill()


def _run(work: Callable[[T], R], batch: list[T]) -> list[R]:
    return [work(item) for item in batch]
