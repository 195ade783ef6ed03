"""One peer in a process of its own: `python -m benchmarks.worker build|serve PEER FOLDER CORPUS`.

`build` indexes the corpus and prints what it cost. `serve` opens the index and answers each line

    ask <tab> repeats <tab> question

with one line of JSON: the CPU milliseconds of the first run and the median of the repeated ones, and the
number of matches; `{}` when the peer can not answer; `{"rss": MB}` to an empty line.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

from benchmarks import corpus
from benchmarks.peers import Ask, Peer, make
from benchmarks.queries import Question
from engine.model import Article

_BATCH = 1000


def build(peer: Peer, articles: Iterator[Article]) -> dict[str, float]:
    """Index articles; return CPU and wall seconds without those spent reading, and the peak memory."""
    started, wall = cpu_seconds(), time.perf_counter()
    reading = waiting = 0.0
    while True:
        before, clock = time.thread_time(), time.perf_counter()
        batch = list(islice(articles, _BATCH))
        reading += time.thread_time() - before
        waiting += time.perf_counter() - clock
        if not batch:
            break
        peer.add(batch)
    peer.finish()
    return {
        "cpu": cpu_seconds() - started - reading,
        "wall": time.perf_counter() - wall - waiting,
        "rss": peak_memory(),
    }


def answer(peer: Peer, line: str) -> dict[str, float]:
    """Ask a question once, and again; see the module."""
    if not line:
        return {"rss": peak_memory()}
    ask, repeats, question = line.split("\t", 2)
    first, matches = _timed(peer, Question.read(question), cast("Ask", ask))
    if matches is None:
        return {}
    again = [_timed(peer, Question.read(question), cast("Ask", ask))[0] for _ in range(int(repeats))]
    return {"first": first, "again": statistics.median(again or [first]), "matches": matches}


def _timed(peer: Peer, question: Question, ask: Ask) -> tuple[float, int | None]:
    before = time.process_time()
    matches = peer.search(question, ask)
    return (time.process_time() - before) * 1000, matches


def cpu_seconds() -> float:
    """Return the CPU seconds of this process, its threads and its finished children."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in usage)


def peak_memory() -> float:
    """Return the most memory this process has held, in MB, mapped files included."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except OSError:  # not Linux; there the figure may include the parent's
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(mode: str, name: str, folder: str, texts: str) -> None:
    """Build or serve."""
    peer = make(name, Path(folder))
    if mode == "build":
        _reply(build(peer, corpus.load(Path(texts))))
        return
    peer.open()
    _reply({})
    for line in sys.stdin:
        _reply(answer(peer, line.rstrip("\n")))


def _reply(content: dict[str, Any]) -> None:
    print(json.dumps(content), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
