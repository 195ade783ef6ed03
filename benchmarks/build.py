"""What a build costs, step by step: `python -m benchmarks.build --data DIR [--sizes 2000,20000]`.

DIR (or the environment variable DATELINE_DATA) holds `news/`. Articles are taken evenly from all collections
and handed over as files of plain text; beyond their number, the rest is generated (`benchmarks.corpus`).
Each size is built in a process of its own, by one worker, into the embedded engine:

    documents  reading, cleaning, describing, signing each article alone
    grouping   the look at the whole archive; its share of the build counts signing too
    writing    settling and writing the articles, and making the index visible
    update     the same again with `CHANGED` documents that have a sentence more

Prints a table, writes `benchmarks/results/build.json` and `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import corpus, report
from benchmarks.worker import cpu_seconds, peak_memory
from engine.model import Article
from engine.whoosh import open_engine
from indexer.archive.signature import sign
from indexer.build import BuildSettings, build
from indexer.documents import Declared, Failure, RawDocument
from indexer.pipeline import Pipeline, PipelineSettings
from indexer.report import Report

SIZES = (2_000, 20_000)
CHANGED = 100
SAMPLE = 1_000
"""Articles signed once more, to tell what of the work on a document signing is."""

ADDED = "\n\nThe office could not be reached about letter {}."
"""Different each time, or it would be learned as a template line."""

Figures = dict[str, float]


# --- the documents ---------------------------------------------------------------------------


def documents(data: Path, count: int) -> list[RawDocument]:
    """Return so many files of plain text: news evenly from all collections, then generated articles."""
    collections = sorted((data / "news").glob("*.jsonl.gz"))
    lengths = [sum(1 for _ in _rows(path)) for path in collections]
    share = min(1.0, count / max(1, sum(lengths)))
    taken = (
        _evenly(_rows(path), length, round(share * length))
        for path, length in zip(collections, lengths, strict=True)
    )
    news = ((str(row.get("source") or "Unknown"), row) for row in chain.from_iterable(taken))
    found = [_document(f"{source}/{n}.txt", source, _text(row)) for n, (source, row) in enumerate(news)]
    made = islice(corpus.articles(count), max(0, count - len(found)))
    return [*found[:count], *map(_generated, made)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _evenly(rows: Iterable[dict[str, Any]], length: int, wanted: int) -> Iterator[dict[str, Any]]:
    """Yield so many of the rows, from beginning to end."""
    return (row for n, row in enumerate(rows) if n * wanted // length != (n + 1) * wanted // length)


def _text(row: Mapping[str, Any]) -> str:
    title, text = (row.get("title") or "").strip(), (row.get("text") or "").strip()
    return text if text.startswith(title) else f"{title}\n\n{text}"


def _generated(article: Article) -> RawDocument:
    return _document(f"made/{article.path}", article.source.value or "", article.raw)


def _document(path: str, source: str, text: str) -> RawDocument:
    payload = text.encode("utf-8", "replace")
    claims = Declared(source=source)
    return RawDocument(path, payload, "text", claims, sha256(payload).hexdigest())


def changed(items: Sequence[RawDocument], count: int = CHANGED) -> list[RawDocument]:
    """Return the documents, so many of them, evenly chosen, with a sentence more."""
    step = max(1, len(items) // count)
    chosen = set(range(0, step * count, step))
    return [_longer(item, n) if n in chosen else item for n, item in enumerate(items)]


def _longer(item: RawDocument, number: int) -> RawDocument:
    text = item.payload if isinstance(item.payload, str) else item.payload.decode()
    payload = (text + ADDED.format(number)).encode()
    return replace(item, payload=payload, fingerprint=sha256(payload).hexdigest())


# --- the measurement -------------------------------------------------------------------------


@dataclass
class Clock:
    """CPU seconds at the beginning of each stage of a build."""

    marks: list[float] = field(default_factory=lambda: [cpu_seconds()])

    def stage(self, _name: str) -> None:
        """Note the time."""
        self.marks.append(cpu_seconds())

    def spent(self) -> list[float]:
        """Return what each stage took, the last one until now."""
        ends = [*self.marks[1:], cpu_seconds()]
        return [end - start for start, end in zip(self.marks, ends, strict=True)]


def measure(data: Path, size: int, folder: Path) -> Figures:
    """Build an archive of so many documents, update it, and return what that cost."""
    items = documents(data, size)
    Pipeline(PipelineSettings()).process(items[0])  # what is loaded once is not the work on a document
    before, started = peak_memory(), perf_counter()
    _, spent = _built(folder, items, fresh=True)
    figures = {
        "wall seconds": perf_counter() - started,
        "peak MB": peak_memory(),
        "peak MB before": before,
        "signature bytes": _signature_bytes(folder),
    }
    figures |= _shares(items, spent)
    done, spent = _built(folder, changed(items), fresh=False)
    figures |= {"update seconds": sum(spent), "update changed": done.changed}
    return figures | {"update regrouped": done.regrouped, "update left alone": done.unchanged}


def _built(folder: Path, items: Sequence[RawDocument], *, fresh: bool) -> tuple[Report, list[float]]:
    clock, engine = Clock(), open_engine(folder)
    try:
        settings = BuildSettings(stage=clock.stage, scratch=folder.parent)
        done = build(engine, items, PipelineSettings(), settings, fresh=fresh)
    finally:
        engine.close()
    return done, clock.spent()


def _shares(items: Sequence[RawDocument], spent: Sequence[float]) -> Figures:
    """Tell the figures of a build from the seconds of its stages."""
    count, (processing, relating, writing) = len(items), spent
    signing, words = _signing(items) * count, sum(len(item.payload.split()) for item in items) / count
    return {
        "documents per second": count / processing,
        "signed per second": count / signing,
        "related per second": count / relating,
        "written per second": count / writing,
        "build per second": count / sum(spent),
        "words": words,
        "build per second, each 320 words": count / sum(spent) * words / 320,
        "grouping share": (signing + relating) / sum(spent),
    }


def _signing(items: Sequence[RawDocument]) -> float:
    """Return the CPU seconds of signing one article."""
    pipeline = Pipeline(PipelineSettings())
    sample = (pipeline.process(item) for item in items[:: max(1, len(items) // SAMPLE)])
    articles = [article for article in sample if not isinstance(article, Failure)]
    start = cpu_seconds()
    for article in articles:
        sign(article).dump()
    return (cpu_seconds() - start) / len(articles)


def _signature_bytes(folder: Path) -> float:
    engine = open_engine(folder)
    try:
        sizes = [len(entry.signature) for entry in engine.entries()]
    finally:
        engine.close()
    return sum(sizes) / len(sizes)


# --- the report ------------------------------------------------------------------------------

LINES = (
    ("words of a document", "words", "{:,.0f}"),
    ("documents read, described and signed per CPU second", "documents per second", "{:,.0f}"),
    ("… of that, articles signed per CPU second", "signed per second", "{:,.0f}"),
    ("articles grouped per CPU second", "related per second", "{:,.0f}"),
    ("articles settled and written per CPU second", "written per second", "{:,.0f}"),
    ("whole build, documents per CPU second", "build per second", "{:,.0f}"),
    ("… counting 320 words as one", "build per second, each 320 words", "{:,.0f}"),
    ("share of signing and grouping in the build", "grouping share", "{:.0%}"),
    ("bytes of a signature in the index", "signature bytes", "{:,.0f}"),
    ("most memory, MB", "peak MB", "{:,.0f}"),
    ("most memory before the build (documents and rules), MB", "peak MB before", "{:,.0f}"),
    (f"update of {CHANGED} documents, CPU s", "update seconds", "{:,.1f}"),
    ("… articles written again because their groups changed", "update regrouped", "{:,.0f}"),
    ("… articles left alone", "update left alone", "{:,.0f}"),
)


def table(figures: Mapping[str, float], sizes: Sequence[int]) -> str:
    """Show the figures."""
    body = [
        [label, *(shape.format(figures[f"{size}.{name}"]) for size in sizes)] for label, name, shape in LINES
    ]
    head = ("one process", *(f"{size:,} documents" for size in sizes))
    about = (
        "News of all collections as plain text, through the whole build into the embedded engine. Memory is"
        " measured with all documents held, which a build from files does not do."
    )
    return "\n\n".join(("## The whole build", about, report.markdown(head, body)))


def run(data: Path, sizes: Sequence[int]) -> Figures:
    """Measure each size in a process of its own."""
    figures: Figures = {}
    for size in sizes:
        command = [sys.executable, "-m", "benchmarks.build", "--data", str(data), "--one", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=report.ROOT)
        figures |= {f"{size}.{name}": value for name, value in json.loads(done.stdout).items()}
    return figures


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("DATELINE_DATA"))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--one", type=int, help="measure this size in this process and print its figures")
    given = parser.parse_args()
    if given.data is None:
        parser.error("name the folder of the data by --data or DATELINE_DATA")
    folder = Path(given.data)
    data = folder / "data" if (folder / "data").is_dir() else folder
    if given.one:
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps(measure(data, given.one, Path(place) / "index")))
        return
    _publish(run(data, sizes := [int(size) for size in given.sizes.split(",")]), sizes)


def _publish(figures: Figures, sizes: Sequence[int]) -> None:
    text = table(figures, sizes)
    print(text)
    report.save("build", figures, text, "python -m benchmarks.build")
    report.write()
    below = report.misses("build", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()
