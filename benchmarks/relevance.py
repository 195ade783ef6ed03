"""How well the first answers answer: `python -m benchmarks.relevance --data DIR [--variants]`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are `ir/NAME/` for
each of COLLECTIONS, see `benchmarks/judged.py`. Our engine gets the documents as articles and each query
as words of which any will do; beside it stands BM25 as Lucene does it. `--variants` adds the steps from
Whoosh's ranking to ours. Prints tables, writes `benchmarks/results/relevance.json` and
`docs/performance.md`.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import fmean

from benchmarks import report, thirdparty
from benchmarks.bm25 import VARIANTS, Fields, Lucene
from benchmarks.judged import DEPTH, Collection, Document, average_precision, load, ndcg
from engine.model import Article, SearchRequest
from engine.parser import Limits, parse
from engine.protocol import SearchEngine
from engine.whoosh import open_engine

COLLECTIONS = ("cranfield", "cacm", "npl_vaswani", "nfcorpus_test_original")
_UNLIMITED = Limits(characters=1 << 20, clauses=1 << 12)

Search = Callable[[str], list[str]]
"""A query -> ids, the best first."""


def measure(collection: Collection, search: Search) -> tuple[float, float]:
    """Return nDCG@10 and mean average precision."""
    rankings = {name: search(text) for name, text in collection.queries.items()}
    judged = [(ranking, collection.relevant[name]) for name, ranking in rankings.items()]
    return fmean(ndcg(*pair) for pair in judged), fmean(average_precision(*pair) for pair in judged)


def fill(engine: SearchEngine, collection: Collection) -> None:
    """Index the documents as articles."""
    with engine.writer(fresh=True) as writer:
        for document in collection.documents:
            writer.put(article(document))


def article(document: Document) -> Article:
    """Dress a document as an English article."""
    raw = f"{document.title}\n{document.text}"
    start = len(document.title) + 1
    return Article(
        document.id, document.id, raw, document.text, start, len(raw), document.title, language="en"
    )


def ask(engine: SearchEngine, text: str) -> list[str]:
    """Search for any of the words of a text."""
    words = " ".join(re.findall(r"\w+", text.lower()))
    query = parse(words, "any", _UNLIMITED).query
    found = engine.search(SearchRequest(query, limit=DEPTH, snippets=False))
    return [hit.article.id for hit in found.hits]


def systems(collection: Collection, folder: Path, *, variants: bool) -> Iterator[tuple[str, Search]]:
    """Yield what is compared on a collection."""
    yield "Lucene-style BM25", Lucene(collection.documents).search
    engine = open_engine(folder / collection.name)
    fill(engine, collection)
    yield "Dateline", partial(ask, engine)
    engine.close()
    if variants:
        fields = Fields(collection.documents)
        for name, variant in VARIANTS.items():
            yield name, partial(fields.search, variant=variant)


def run(data: Path, names: tuple[str, ...], *, variants: bool) -> dict[str, float]:
    """Measure all; return metrics `SYSTEM.COLLECTION.ndcg10` and `.map`."""
    figures = {}
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        for name in names:
            collection = load(data / "ir" / name)
            for system, search in systems(collection, Path(folder), variants=variants):
                figures[f"{system}.{name}.ndcg10"], figures[f"{system}.{name}.map"] = measure(
                    collection, search
                )
    return figures


def table(figures: Mapping[str, float], names: tuple[str, ...]) -> str:
    """Return the table of a run."""
    rows = [
        (
            system,
            *(f"{figures[f'{system}.{n}.ndcg10']:.4f} / {figures[f'{system}.{n}.map']:.4f}" for n in names),
        )
        for system in _systems(figures, names)
    ]
    text = (
        "Any of the words of each query; nDCG@10 / MAP. Lucene-style: k1 1.2, b 0.75, Porter, its stop words."
        " Dateline is the engine; rows below it are ways to rank, computed by `benchmarks/bm25.py`."
    )
    return "\n\n".join(("## Relevance", text, report.markdown(("", *names), rows)))


def _systems(figures: Mapping[str, float], names: tuple[str, ...]) -> list[str]:
    end = f".{names[0]}.map"
    return [name.removesuffix(end) for name in figures if name.endswith(end)]


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    parser.add_argument("--variants", action="store_true")
    given = parser.parse_args()
    figures = run(given.data, COLLECTIONS, variants=given.variants)
    text = table(figures, COLLECTIONS)
    print(text)
    command = "python -m benchmarks.relevance" + (" --variants" if given.variants else "")
    report.save("relevance", figures, text, command)
    report.write()
    below = report.misses("relevance", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()
