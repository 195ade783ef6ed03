"""The engine on a cluster beside the embedded one: `python -m benchmarks.cluster [--documents N]`.

The same generated articles go into both, then both answer the same questions in turn, from this process.
Without `--url`, three nodes are started on this machine (`tests/cluster/cluster_nodes.py`). With `--data DIR`
(or the environment variable DATELINE_DATA), the rankings of both are compared on the test collections.

Times are wall time, since the work is done in other processes: measure on a machine that does nothing else.
Prints a table, writes `benchmarks/results/cluster-N.json` and `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus, judged, relevance, report, thirdparty
from benchmarks.peers.dateline import request
from benchmarks.queries import KINDS, Asker
from engine.model import SearchRequest
from engine.opensearch import open_engine as open_cluster
from engine.parser import Limits, parse
from engine.protocol import SearchEngine
from engine.whoosh import open_engine

EMBEDDED, CLUSTER = "embedded", "cluster"
NAME = "dateline-bench"
COLLECTIONS = ("cranfield", "cacm", "nfcorpus_test_original")
FIRST = 10

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured."""

    documents: int
    url: str
    questions: int = 20
    repeats: int = 3
    data: Path | None = None
    seed: int = 1


@contextmanager
def three_nodes() -> Iterator[str]:
    """Start three nodes as the tests do, with more memory and a compiler that takes pains."""
    sys.path.insert(0, str(report.ROOT / "tests" / "cluster"))
    import cluster_nodes

    cluster_nodes.MEMORY = ("-Xms1g", "-Xmx1g", "-XX:MaxDirectMemorySize=256m", "-XX:+UseSerialGC")
    nodes = cluster_nodes.Nodes()
    try:
        nodes.wait()
        yield nodes.urls
    finally:
        nodes.stop()


# --- measuring ---------------------------------------------------------------------------------


def build(engine: SearchEngine, plan: Plan) -> float:
    """Index the articles; return how many a second."""
    made = list(corpus.articles(plan.documents, plan.seed))
    started = time.perf_counter()
    with engine.writer(fresh=True) as writer:
        for article in made:
            writer.put(article)
    return plan.documents / (time.perf_counter() - started)


def size_on_cluster(url: str) -> int:
    """Return the bytes of one copy of all shards."""
    address = (
        f"{url.split(',', maxsplit=1)[0]}/_cat/indices/{NAME}.2*?format=json&bytes=b&h=index,pri.store.size"
    )
    with urllib.request.urlopen(address) as response:  # noqa: S310 - the address is the operator's
        rows = json.load(response)
    return max(int(row["pri.store.size"]) for row in rows)


def size_on_disk(folder: Path) -> int:
    """Return the bytes of the current build."""
    builds = [path for path in (folder / "builds").iterdir() if not path.name.startswith(".")]
    return sum(path.stat().st_size for path in max(builds).rglob("*") if path.is_file())


def times(engines: Mapping[str, SearchEngine], plan: Plan) -> Figures:
    """Ask both engines all questions, with facets; return medians and 95th percentiles in ms."""
    asker = Asker(corpus.articles(min(plan.documents, 20_000), plan.seed))
    figures: Figures = {}
    for kind in KINDS:
        questions = [request(question, "facets") for question in asker.ask(kind, plan.questions)]
        for name, engine in engines.items():
            engine.search(questions[0])
            taken = []
            for question in questions:
                for _ in range(plan.repeats):
                    started = time.perf_counter()
                    engine.search(question)
                    taken.append((time.perf_counter() - started) * 1000)
            figures[f"{name}.{kind}.p50"] = statistics.median(taken)
            figures[f"{name}.{kind}.p95"] = statistics.quantiles(taken, n=20)[-1]
    return figures


def same_totals(engines: Mapping[str, SearchEngine], plan: Plan) -> float:
    """Return the share of questions with the same total and the same facets on both engines."""
    asker = Asker(corpus.articles(min(plan.documents, 20_000), plan.seed), seed=2)
    asked = [request(question, "facets") for kind in KINDS for question in asker.ask(kind, 5)]
    agreeing = 0
    for one in asked:
        results = [engine.search(one) for engine in engines.values()]
        agreeing += len({(result.total, result.facets) for result in results}) == 1
    return agreeing / len(asked)


def overlap(engines: Mapping[str, SearchEngine], data: Path) -> Figures:
    """Return, for each test collection, the share of the first ten answers that both engines give."""
    figures: Figures = {}
    for name in COLLECTIONS:
        collection = judged.load(data / "ir" / name)
        for engine in engines.values():
            relevance.fill(engine, collection)
        rankings = {
            system: {query: first_ten(engine, text) for query, text in collection.queries.items()}
            for system, engine in engines.items()
        }
        first, second = rankings.values()
        shares = [len(set(first[query]) & set(second[query])) / max(len(first[query]), 1) for query in first]
        figures[f"overlap.{name}"] = statistics.fmean(shares)
        for system, ranking in rankings.items():
            gains = [judged.ndcg(found, collection.relevant[query]) for query, found in ranking.items()]
            figures[f"{system}.{name}.ndcg10"] = statistics.fmean(gains)
    return figures


def first_ten(engine: SearchEngine, text: str) -> list[str]:
    """Search for any of the words of a text."""
    words = " ".join(re.findall(r"\w+", text.lower()))
    query = parse(words, "any", Limits(characters=1 << 20, clauses=1 << 12)).query
    found = engine.search(SearchRequest(query, limit=FIRST, snippets=False))
    return [hit.article.id for hit in found.hits]


def run(plan: Plan, folder: Path) -> Figures:
    """Measure everything."""
    engines: dict[str, SearchEngine] = {
        EMBEDDED: open_engine(folder),
        CLUSTER: open_cluster(f"{plan.url.rstrip('/')}/{NAME}", os.environ),
    }
    figures = {f"{name}.articles per second": build(engine, plan) for name, engine in engines.items()}
    figures[f"{EMBEDDED}.bytes per article"] = size_on_disk(folder) / plan.documents
    figures[f"{CLUSTER}.bytes per article"] = size_on_cluster(plan.url) / plan.documents
    figures["same totals and facets"] = same_totals(engines, plan)
    figures |= times(engines, plan)
    print(json.dumps(figures), file=sys.stderr, flush=True)  # the comparison of rankings takes a while
    if plan.data:
        figures |= overlap(engines, plan.data)
    for engine in engines.values():
        engine.close()
    return figures


# --- showing -----------------------------------------------------------------------------------


_SAID = (
    "Wall time of one client, median / 95th percentile; every question with facets, `page` with all of them"
    " and ten snippets. Nodes, client and embedded engine share one machine; each shard has one replica."
    " Questions with equal totals and facets on both: {:.0%}."
)


def table(figures: Figures, documents: int) -> str:
    """Return the tables of a run."""
    rows = [
        (name, *(f"{figures[f'{engine}.{name}']:,.0f}" for engine in (EMBEDDED, CLUSTER)))
        for name in ("articles per second", "bytes per article")
    ]
    rows += [
        (f"{kind}, ms", *(_pair(figures, f"{engine}.{kind}") for engine in (EMBEDDED, CLUSTER)))
        for kind in KINDS
    ]
    parts = [
        f"## A cluster of three nodes, {documents:,} articles",
        _SAID.format(figures["same totals and facets"]),
        report.markdown(("", EMBEDDED, CLUSTER), rows),
    ]
    if f"overlap.{COLLECTIONS[0]}" in figures:
        parts += ["First ten answers on the test collections:", report.markdown(*_ranking(figures))]
    return "\n\n".join(parts)


def _pair(figures: Figures, name: str) -> str:
    return f"{figures[f'{name}.p50']:.1f} / {figures[f'{name}.p95']:.1f}"


def _ranking(figures: Figures) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    names = COLLECTIONS
    rows = [("in common", *(f"{figures[f'overlap.{name}']:.3f}" for name in names))]
    rows += [
        (f"nDCG@10, {engine}", *(f"{figures[f'{engine}.{name}.ndcg10']:.4f}" for name in names))
        for engine in (EMBEDDED, CLUSTER)
    ]
    return ("", *names), rows


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--url", default=os.environ.get("OPENSEARCH_URL"))
    thirdparty.add_argument(parser, needed=False)
    given = parser.parse_args()
    with ExitStack() as stack:
        url = given.url or stack.enter_context(three_nodes())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-bench-")))
        figures = run(Plan(given.documents, url, given.questions, data=given.data), folder)
    text = table(figures, given.documents)
    print(text)
    name = f"cluster-{given.documents}"
    report.save(name, figures, text, f"python -m benchmarks.cluster --documents {given.documents}")
    report.write()
    below = report.misses(name, figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()
