"""Load on the pages, beside a plain Flask page on stock Whoosh: `make bench-web`.

Generated articles are indexed and served by waitress in as many processes as the machine is to use; so
many clients, each with one connection, then ask for pages of one kind after the other, each query once, and
at last for all kinds mixed. Everything stays on the loopback address. Times are those of the wall, so other
work on the machine counts; the processor time of the servers is given beside them, in which it hardly does.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, request
from markupsafe import escape
from waitress import serve

from benchmarks import corpus, report
from benchmarks.engine import percentile
from benchmarks.peers.stock import Stock
from benchmarks.queries import Asker, Question
from engine.whoosh import open_engine
from webapp import create_app

STOCK_MOST = 5_000
"""Stock Whoosh indexes 400 articles a second; its page is measured at so many at most."""
PATIENCE = 60
FORK = multiprocessing.get_context("fork")

Kinds = dict[str, list[str]]
Figures = dict[str, float]


@dataclass(slots=True)
class Tally:
    """What the clients saw."""

    times: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0
    cpu: float = 0.0


# --- the servers -----------------------------------------------------------------------------------


@contextmanager
def serving(make: Callable[[], Any], processes: int) -> Iterator[tuple[int, list[int]]]:
    """Serve an app in so many processes on one socket; gives the port and the processes."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        servers = [FORK.Process(target=_serve, args=(make, listener), daemon=True) for _ in range(processes)]
        for server in servers:
            server.start()
        try:
            yield listener.getsockname()[1], [server.pid or 0 for server in servers]
        finally:
            for server in servers:
                server.terminate()
                server.join()


def _serve(make: Callable[[], Any], listener: socket.socket) -> None:
    serve(make(), sockets=[listener], threads=8, _quiet=True)


def stock_page(folder: Path) -> Flask:
    """The page one writes in an afternoon: total, facets and ten hits with their highlights."""
    app = Flask("stock")
    peer, lock = Stock(folder), threading.Lock()  # a searcher of Whoosh must not be shared
    peer.open()

    @app.get("/search")
    def search() -> str:
        words = request.args.get("q", "")
        with lock:
            total = peer.search(Question("page", tuple(words.split())), "facets")
        return f"<!doctype html><title>{escape(words)}</title><p>{total} articles</p>"

    return app


def cpu_of(processes: list[int]) -> float:
    """Processor seconds of these processes so far."""
    ticks = 0
    for pid in processes:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


# --- the clients -----------------------------------------------------------------------------------


def load(port: int, processes: list[int], paths: list[str], clients: int, total: int) -> Tally:
    """Ask for the paths in turn until `total` answers are in."""
    tally, lock = Tally(), threading.Lock()
    asked = iter(path for path, _ in zip(cycle(paths), range(total), strict=False))

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while True:
            with lock:
                path = next(asked, None)
            if path is None:
                return connection.close()
            seconds = fetch(connection, path)
            with lock:
                tally.times.append(seconds or 0.0)
                tally.failed += seconds is None

    before, started = cpu_of(processes), time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds, tally.cpu = time.perf_counter() - started, cpu_of(processes) - before
    return tally


def fetch(connection: http.client.HTTPConnection, path: str) -> float | None:
    """Seconds until the answer was read; None when it was not a good one."""
    started = time.perf_counter()
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return None
    return time.perf_counter() - started if response.status == 200 else None


# --- what is asked ---------------------------------------------------------------------------------


def questions(documents: int, seed: int = 1) -> list[str]:
    """Queries of two words that stand together in an article, no word twice."""
    asker = Asker(corpus.articles(min(documents, 5000), seed), seed)
    return ["+".join(question.words) for question in asker.ask("and", 300)]


def kinds_of_pages(queries: list[str], documents: int) -> Kinds:
    """The addresses of each kind of page."""
    ids = [article.id for article in corpus.articles(min(documents, 300))]
    return {
        "search page": [f"/search?q={q}&per_page=10" for q in queries],
        "filtered by date": [f"/search?q={q}&per_page=10&from=2019&to=2021" for q in queries],
        "divided by source": [f"/search?q={q}&per_page=10&stack=source" for q in queries],
        "article": [f"/article/{quote(i, safe='')}?q={q}" for i, q in zip(ids, cycle(queries), strict=False)],
        "JSON": [f"/api/v1/search?q={q}&per_page=10" for q in queries],
        "home": ["/"],
    }


def measured(name: str, tally: Tally) -> Iterator[tuple[str, float]]:
    """The figures of one kind."""
    ms = [1000 * seconds for seconds in tally.times]
    yield f"{name}.per second", len(ms) / tally.seconds
    for share in (50, 95, 99):
        yield f"{name}.p{share} ms", percentile(ms, share)
    yield f"{name}.cpu ms", 1000 * tally.cpu / len(ms)
    yield f"{name}.errors", tally.failed


COLUMNS = ("per second", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "errors")


def table(names: list[str], figures: Figures, heading: str) -> str:
    """One row for each kind."""
    rows = [[name, *(f"{figures[f'{name}.{column}']:,.1f}" for column in COLUMNS)] for name in names]
    return f"{heading}\n\n" + report.markdown(("page", *COLUMNS), rows)


def run(given: Any, folder: Path) -> tuple[Figures, str]:
    """Index, serve, ask."""
    figures: Figures = {}
    queries = questions(given.documents)
    names = []
    index = folder / "index"
    with closing(open_engine(index)) as engine, engine.writer(fresh=True) as writer:
        for article in corpus.articles(given.documents):
            writer.put(article)
        writer.describe("{}")
    kinds = kinds_of_pages(queries, given.documents)
    with serving(lambda: create_app(open_engine(index)), given.processes) as (port, servers):
        warm(port)
        for name, paths in (*kinds.items(), ("mixed", mixed(kinds))):
            total = given.mixed if name == "mixed" else given.requests
            tally = load(port, servers, paths, given.clients, total)
            figures.update(measured(name, tally))
            names.append(name)
    if given.stock:
        name = f"stock Whoosh, {min(given.documents, STOCK_MOST):,} articles"
        figures.update(measured(name, stock(folder / "stock", queries, given)))
        names.append(name)
    said = (
        f"## Pages under load\n\n{given.documents:,} articles, {given.clients} clients, {given.processes}"
        f" server processes; load average of the machine at the end, ours included: {os.getloadavg()[0]:.0f}."
    )
    return figures, table(names, figures, said)


def mixed(kinds: Kinds) -> list[str]:
    """All kinds in one order that is the same every time."""
    paths = [path for some in kinds.values() for path in some]
    random.Random(1).shuffle(paths)  # noqa: S311 - repeatable, not secret
    return paths


def stock(folder: Path, queries: list[str], given: Any) -> Tally:
    """The same queries on a plain page; it needs seconds for each, so it gets few."""
    peer = Stock(folder)
    peer.add(list(corpus.articles(min(given.documents, STOCK_MOST))))
    peer.finish()
    with serving(lambda: stock_page(folder), given.processes) as (port, servers):
        warm(port)
        return load(port, servers, [f"/search?q={q}" for q in queries], given.clients, given.stock)


def warm(port: int) -> None:
    """Wait until every server answers."""
    for _ in range(40):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            if fetch(connection, "/search?q=the") is None:
                time.sleep(0.1)


def arguments() -> Any:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--requests", type=int, default=600, help="of each kind")
    parser.add_argument("--mixed", type=int, default=1200, help="of all kinds mixed")
    parser.add_argument("--stock", type=int, default=100, help="of the plain page; 0 leaves it out")
    return parser.parse_args()


def main() -> None:
    """Run and report."""
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        figures, shown = run(given, Path(folder))
    print(shown)
    words = "python -m benchmarks.web " + " ".join(sys.argv[1:])
    report.save(f"web-{given.documents}", figures, shown, words.strip())
    report.write()
    below = report.misses("web", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()
