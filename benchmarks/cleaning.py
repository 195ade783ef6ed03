"""How well pages and texts are cleaned: `python -m benchmarks.cleaning --data DIR`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are
`html/article-extraction-benchmark/`, `cleaning/dirty_clean_pages_dev.jsonl.gz`,
`cleaning/phrases_by_domain_count_dev.jsonl.gz` and clean news under `news/`. Prints tables, writes
`benchmarks/results/cleaning.json` and `docs/quality.md`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import extraction, report, templates, thirdparty
from engine.edits import apply, invert
from indexer import cleaning
from indexer.documents import Declared, Draft, Page
from indexer.pipeline import Pipeline, PipelineSettings

NEWS = ("bbc_2005", "reuters21578", "masakhanews")
PROSE = 12
"""Words from which a removed line that ends like a sentence counts as prose."""

SPEED = 2_000_000
"""Characters of news on which speed is measured."""

NEUTRAL = (
    "The old ferry crossed the bay at noon with eleven passengers on board.",
    "Nobody on the island had seen such a calm sea since the previous summer.",
    "Two fishermen repaired their nets on the quay and waited for the evening tide.",
    "The harbour master wrote the names of the boats into a large blue book.",
    "Children ran along the beach, and their dog barked at every passing gull.",
    "In the afternoon a light wind rose and moved the flags above the market.",
)
"""Sentences that no rule takes; a phrase is put above and below them."""

ADVERSARIAL = Path(__file__).resolve().parent.parent / "tests" / "indexer" / "adversarial.toml"
"""Sentences from articles about paywalls, cookies and newsletters, by language."""

_CALL = re.compile(
    r"(?:you can )?(?:follow|find|join|like|subscribe)\b.{0,200}"
    r"\b(?:facebook|twitter|instagram|youtube|telegram|whatsapp|newsletter)\b|(?:watch|listen|read more):",
    re.IGNORECASE,
)
"""Calls to follow, to subscribe, to watch: they end like sentences, and are the site's all the same."""

Row = dict[str, Any]
Figures = Iterator[tuple[str, float]]

PACKS = cleaning.load_packs(cleaning.CleaningSettings())
PIPELINE = Pipeline(PipelineSettings())


def rows(path: Path) -> Iterator[Row]:
    """Read gzipped JSON Lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def cleaned(text: str) -> Draft:
    """Apply the rule packs to a text of which nothing else is known."""
    return cleaning.furniture(draft(text), PACKS)


def draft(text: str) -> Draft:
    """Begin a document."""
    return Draft(page(text))


def page(text: str) -> Page:
    """Dress a text as a page that declares nothing."""
    return Page("benchmark.txt", text, Declared(), "")


# --- lines of real pages ---------------------------------------------------------------------


def lines(data: Path) -> Figures:
    """Compare the lines that rules take out of whole pages with their labels; "?" counts for nothing."""
    found = {"b": 0, "c": 0}
    every = {"b": 0, "c": 0}
    pages = quarantined = 0
    for row in rows(data / "cleaning" / "dirty_clean_pages_dev.jsonl.gz"):
        result = cleaned("\n".join(" ".join(text.split()) for _, text in row["lines"]))
        gone = _taken(result)
        for number, (label, _) in enumerate(row["lines"]):
            if label in every:
                every[label] += 1
                found[label] += number in gone
        pages += 1
        quarantined += "quarantined" in result.flags
    yield "lines.precision", found["b"] / max(1, sum(found.values()))
    yield "lines.recall", found["b"] / every["b"]
    yield "lines.content lost", found["c"] / every["c"]
    yield "lines.quarantined", quarantined / pages


def _taken(result: Draft) -> set[int]:
    """Return the numbers of the lines of which nothing is left."""
    text = result.text
    left = {text.count("\n", 0, line.start) for line in result.lines()}
    return {number for number, line in enumerate(text.split("\n")) if line.strip()} - left


# --- clean news ------------------------------------------------------------------------------


def news(data: Path) -> Iterator[tuple[str, str]]:
    """Yield (collection, text) of news that nobody has to clean."""
    for name in NEWS:
        for row in rows(data / "news" / f"{name}.jsonl.gz"):
            if row.get("text"):
                yield name, row["text"]


def false_removals(data: Path) -> Figures:
    """Count what rules take out of clean news: in all, calls to follow or subscribe, prose."""
    words: Counter[str] = Counter()
    removed: Counter[tuple[str, str]] = Counter()
    for name, text in news(data):
        words[name] += len(text.split())
        for edit in cleaned(text).edits:
            line = text[edit.start : edit.end].strip()
            kind = "calls" if _CALL.match(line) else "prose-like" if _is_prose(line) else "other"
            removed.update([(name, "removed"), (name, kind)])
    for name in NEWS:
        yield f"news.{name}.words", words[name]
        for kind in ("removed", "calls", "prose-like"):
            yield f"news.{name}.{kind} per million", removed[name, kind] * 1e6 / words[name]


def _is_prose(line: str) -> bool:
    return len(line.split()) >= PROSE and line.rstrip("\"'”’»)")[-1:] in ".!?…।"


# --- boilerplate phrases ---------------------------------------------------------------------


def phrases(data: Path) -> Figures:
    """Weigh real boilerplate lines by the sites that show them: what is taken of all, and of known kinds.

    By rules, put above or below a text; by rules or as a credit, below it, as the whole pipeline reads it; by
    these or learned, standing in three articles of ten.
    """
    rows_ = list(rows(data / "cleaning" / "phrases_by_domain_count_dev.jsonl.gz"))
    texts = [" ".join(row["text"].split()) for row in rows_]
    learned = templates.learnable(data, texts)
    counts: Counter[str] = Counter()
    for row, text, known in zip(rows_, texts, learned, strict=True):
        by_rule = _is_taken(text)
        by_pipeline = by_rule or _is_read(text)
        how = {"": True, "taken": by_rule, "or read": by_pipeline, "or learned": by_pipeline or known}
        for kind in ("all", "known") if row.get("category") else ("all",):
            counts.update({f"{kind} {name}": row["domains"] * true for name, true in how.items()})
    yield "phrases.coverage", counts["all taken"] / counts["all "]
    yield "phrases.coverage of known kinds", counts["known taken"] / counts["known "]
    yield "phrases.coverage of known kinds, with credits", counts["known or read"] / counts["known "]
    yield "phrases.coverage of known kinds, with learned lines", counts["known or learned"] / counts["known "]


def _is_read(phrase: str) -> bool:
    """Tell whether the whole pipeline takes a line below a text for a credit, a sign-off or furniture."""
    text = "\n\n".join(("A calm day in the harbour", *NEUTRAL, phrase))
    return all(line.start < len(text) - len(phrase) for line in PIPELINE.draft(page(text)).lines())


def _is_taken(phrase: str) -> bool:
    above, below = "\n".join((phrase, *NEUTRAL)), "\n".join((*NEUTRAL, phrase))
    return 0 in _taken(cleaned(above)) or len(NEUTRAL) in _taken(cleaned(below))


# --- articles about furniture ----------------------------------------------------------------


def adversarial(_data: Path) -> Figures:
    """Count the sentences about furniture that stay wherever they stand in an article."""
    sentences = [
        one for group in tomllib.loads(ADVERSARIAL.read_text(encoding="utf-8")).values() for one in group
    ]
    yield "adversarial.sentences", len(sentences)
    yield "adversarial.kept", sum(map(_stays, sentences)) / len(sentences)


def _stays(sentence: str) -> bool:
    half = len(NEUTRAL) // 2
    orders = ((sentence, *NEUTRAL), (*NEUTRAL[:half], sentence, *NEUTRAL[half:]), (*NEUTRAL, sentence))
    return not any(cleaned("\n\n".join(lines)).edits for lines in orders)


def fields(_data: Path) -> Figures:
    """Compare title, day and authors with the truth, on pages written for the project."""
    yield from extraction.fields()


# --- undoing, and speed ----------------------------------------------------------------------


def undone(data: Path) -> Figures:
    """Bring every document through reading and cleaning; undo the edits and compare."""
    exact = total = 0
    for document in _documents(data):
        result = PIPELINE.draft(document)
        body = apply(result.text, result.edits)
        exact += invert(body, result.text, result.edits) == result.text
        total += 1
    yield "undone.documents", total
    yield "undone.exact", exact / total


def _documents(data: Path) -> Iterator[Page]:
    yield from (extraction.layout(truth.markup) for truth in extraction.pages(data))
    for row in rows(data / "cleaning" / "dirty_clean_pages_dev.jsonl.gz"):
        yield page("\n".join(text for _, text in row["lines"]))
    yield from (page(text) for _, text in news(data))


def speed(data: Path) -> Figures:
    """Measure rules and repairs on news, in megabytes of UTF-8 per CPU second."""
    texts = _first(SPEED, (text for _, text in news(data)))
    size = sum(len(text.encode()) for text in texts)
    start = time.process_time()
    for text in texts:
        cleaning.repair(cleaned(text))
    yield "speed.megabytes per second", size / 1e6 / (time.process_time() - start)


def _first(characters: int, texts: Iterable[str]) -> list[str]:
    chosen: list[str] = []
    for text in texts:
        if characters <= 0:
            break
        characters -= len(text)
        chosen.append(text)
    return chosen


# --- the report ------------------------------------------------------------------------------


def table(figures: Mapping[str, float]) -> str:
    """Show the figures."""
    parts = ("## Pages", _pages(figures), "## Texts", _texts(figures), "## Learned lines", _learned(figures))
    return "\n\n".join(parts)


def _pages(figures: Mapping[str, float]) -> str:
    columns = ("f1", "precision", "recall", "ms", "times")
    names = (extraction.OURS, *extraction.PEERS)
    body = [
        [name, *(_shown(column, figures[f"html.{name}.{column}"]) for column in columns)] for name in names
    ]
    head = ("", "F1", "precision", "recall", "ms per page", "× trafilatura")
    fields = [name for name in figures if name.startswith("metadata.")]
    read = ", ".join(f"{name.removeprefix('metadata.')} {figures[name]:.3f}" for name in fields)
    about = (
        "The article-extraction benchmark: 181 news pages, shingles of four words. Our text is the body as it"
        " is indexed; our time, as that of the others, is for reading the page: body, metadata and the record"
        f" of what was dropped. The whole pipeline takes {figures['html.pipeline.ms']:.1f} ms per page."
    )
    below = f"Share of these pages on which a field is read: {read}. Only for the address is the truth known."
    return "\n\n".join((about, report.markdown(head, body), below, _fields(figures)))


def _fields(figures: Mapping[str, float]) -> str:
    names = ("title", "date", "authors")
    systems = (extraction.OURS, "trafilatura")
    body = [[system, *(f"{figures[f'fields.{system}.{name}']:.3f}" for name in names)] for system in systems]
    about = (
        f"Exact title, day and set of authors on {figures['fields.pages']:.0f} pages in as many markups,"
        " written for the project (`tests/indexer/pages.toml`). The reader was mended until it read them all:"
        " they hold what was reached, and say little about pages never seen."
    )
    return "\n\n".join((about, report.markdown(("", *names), body)))


def _learned(figures: Mapping[str, float]) -> str:
    names = ("precision", "known", "recall", "body lost")
    body = [
        [
            str(size),
            *(f"{figures[f'templates.{size}.{name}']:.{6 if 'lost' in name else 4}f}" for name in names),
        ]
        for size in templates.SIZES
    ]
    head = ("articles per source", "precision", "lines learned", "lines taken", "share of text lost")
    about = (
        "Ten real boilerplate lines around the clean articles of each of up to 20 sources, in 10 to 100 % of"
        " them; a tenth of the articles also stand in another source, a twentieth come twice. No rules here."
        " A line in fewer than three articles can not be learned; articles of which more than 30 % would go"
        " are kept whole."
    )
    return "\n\n".join((about, report.markdown(head, body)))


def _shown(column: str, value: float) -> str:
    return f"{value:.1f}" if column == "ms" else f"{value:.2f}" if column == "times" else f"{value:.4f}"


def _texts(figures: Mapping[str, float]) -> str:
    shares = [
        ("boilerplate lines of 600 pages: precision of what rules take", "lines.precision"),
        ("the same: recall by rules alone", "lines.recall"),
        ("the same: content lines lost", "lines.content lost"),
        ("the same: pages kept whole because rules would take too much", "lines.quarantined"),
        ("boilerplate lines weighted by sites: taken by rules", "phrases.coverage"),
        ("the same, of known kinds", "phrases.coverage of known kinds"),
        ("the same, or read as credits", "phrases.coverage of known kinds, with credits"),
        ("the same, or learned from 3 articles of 10", "phrases.coverage of known kinds, with learned lines"),
        (f"{figures['adversarial.sentences']:.0f} sentences about such things: kept", "adversarial.kept"),
        (f"edits undone exactly, {figures['undone.documents']:.0f} documents", "undone.exact"),
    ]
    body = [[text, f"{figures[name]:.4f}"] for text, name in shares]
    for name in NEWS:
        size = f"clean news, {name}, {figures[f'news.{name}.words'] / 1e6:.2f} million words"
        body.append(
            [f"{size}: lines taken per million", f"{figures[f'news.{name}.removed per million']:.2f}"]
        )
        body.append(
            [f"{size}: of them calls to follow or watch", f"{figures[f'news.{name}.calls per million']:.2f}"]
        )
        body.append([f"{size}: of them like prose", f"{figures[f'news.{name}.prose-like per million']:.2f}"])
    body.append(["rules and repairs, MB per CPU second", f"{figures['speed.megabytes per second']:.2f}"])
    return report.markdown(("", "figure"), body)


def run(data: Path) -> dict[str, float]:
    """Measure everything."""
    parts = (
        extraction.measure,
        fields,
        lines,
        false_removals,
        phrases,
        adversarial,
        templates.measure,
        undone,
        speed,
    )
    return {name: value for part in parts for name, value in part(data)}


def main() -> None:
    """Run and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    given = parser.parse_args().data
    figures = run(given)
    text = table(figures)
    print(text)
    report.save("cleaning", figures, text, "python -m benchmarks.cleaning")
    report.write("quality")
    below = report.misses("cleaning", figures)
    sys.exit("\n".join(["Below the floors:", *below]) if below else 0)


if __name__ == "__main__":
    main()
