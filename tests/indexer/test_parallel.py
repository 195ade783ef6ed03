from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator

import pytest

from indexer import parallel
from indexer.parallel import StreamingPool


def square(n: int) -> int:
    if n < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def pool(jobs: int, weight: int = 1) -> StreamingPool[int, int]:
    return StreamingPool(square, on_death=lambda n: n, weigh=lambda _n: weight, jobs=jobs)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(pool(jobs).map(range(200))) == [n * n for n in range(200)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_in_nothing_out(jobs: int) -> None:
    assert list(pool(jobs).map([])) == []


def test_only_a_window_of_items_is_read_ahead() -> None:
    read = 0

    def items() -> Iterator[int]:
        nonlocal read
        for n in range(10_000):
            read += 1
            yield n

    results = pool(2).map(items())
    next(results)
    assert read <= parallel.BATCH_ITEMS * (parallel.WINDOW * 2 + 1)
    results.close()


def test_heavy_items_make_small_batches() -> None:
    heavy = pool(2, weight=parallel.BATCH_WEIGHT)
    assert [len(batch) for batch in heavy._batches(range(5))] == [1] * 5


def test_an_item_that_kills_its_worker_is_named_and_the_rest_goes_on() -> None:
    items = [*range(40), -7, *range(40, 120)]
    assert list(pool(2).map(items)) == [n * n if n >= 0 else n for n in items]


def interrupted(n: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return n


def test_an_interrupt_is_left_to_the_owner_of_the_pool() -> None:
    workers = StreamingPool(interrupted, on_death=lambda _n: -1, weigh=lambda _n: 1, jobs=2)
    assert list(workers.map(range(100))) == list(range(100))


def slow_after_the_first(n: int) -> int:
    time.sleep(n * 3600)
    return n


def test_closing_stops_the_workers_in_the_middle_of_their_work() -> None:
    heavy = StreamingPool(slow_after_the_first, lambda n: n, lambda _n: parallel.BATCH_WEIGHT, jobs=2)
    results = heavy.map(range(10))
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []
