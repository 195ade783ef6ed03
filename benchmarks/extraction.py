"""How well the body of a page is found: the article-extraction benchmark, ours beside its peers.

Scored as that benchmark scores: shingles of four words, counted per page, so that long pages weigh no
more than short ones; precision and recall are means over the pages.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import justext
import readability
import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from engine.model import Article
from indexer.documents import Declared, Page, RawDocument
from indexer.formats import load
from indexer.formats.html_blocks import visible
from indexer.identity import canonical_url
from indexer.pipeline import Pipeline, PipelineSettings

PAGES = Path(__file__).resolve().parent.parent / "tests" / "indexer" / "pages.toml"
"""Pages written for the project, with their title, day and authors."""

FOLDER = Path("html") / "article-extraction-benchmark"
SHINGLE = 4
PASSES = 2
OURS, BASE = "Dateline", "trafilatura, precision"

_WORDS = re.compile(r"\w+")

Extract = Callable[[str], str]
Counts = tuple[float, float, float]
"""Shingles found rightly, found wrongly, and missed."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A page, and what it is: its address and the text of its article."""

    markup: str
    url: str
    body: str


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of a set of pages."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pages(data: Path) -> Iterator[Truth]:
    """Read the benchmark's pages."""
    folder = data / FOLDER
    for name, row in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
        with gzip.open(folder / "html" / f"{name}.html.gz", "rt", encoding="utf-8") as markup:
            yield Truth(markup.read(), row["url"], row["articleBody"])


# --- scoring ---------------------------------------------------------------------------------


def score(pairs: Sequence[tuple[str, str]]) -> Score:
    """Score pairs (true text, found text)."""
    counts = [compare(true, found) for true, found in pairs]
    precision = [right / (right + wrong) for right, wrong, _ in counts if right + wrong]
    recall = [right / (right + missed) for right, _, missed in counts if right + missed]
    return Score(fmean(precision or [0.0]), fmean(recall or [0.0]))


def compare(true: str, found: str) -> Counts:
    """Count the shingles of one page."""
    expected, seen = shingles(true), shingles(found)
    right = (expected & seen).total()
    return right, seen.total() - right, expected.total() - right


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words; the whole text when it has fewer."""
    words = _WORDS.findall(text)
    starts = range(max(1, len(words) - SHINGLE + 1)) if words else ()
    return Counter(tuple(words[i : i + SHINGLE]) for i in starts)


# --- the systems -----------------------------------------------------------------------------


def _precise(markup: str) -> str:
    return trafilatura.extract(markup, favor_precision=True, include_comments=False) or ""


def _default(markup: str) -> str:
    return trafilatura.extract(markup, include_comments=False) or ""


def _readability(markup: str) -> str:
    """Its answer is markup; we read that as a browser would show it."""
    return visible(readability.Document(markup).summary(html_partial=True)).text


def _resiliparse(markup: str) -> str:
    """With the options that give its best figures here."""
    tree = HTMLTree.parse(markup)
    return str(
        extract_plain_text(
            tree, main_content=True, links=False, alt_texts=False, form_fields=False, comments=False
        )
    )


def _justext(markup: str) -> str:
    paragraphs = justext.justext(markup, justext.get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


PEERS: Mapping[str, Extract] = {
    BASE: _precise,
    "trafilatura, default": _default,
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "justext, English": _justext,
}


def layout(markup: str) -> Page:
    """Read a page: its text, what is not the article's as edits, and its metadata."""
    return load(RawDocument("page.html", markup, "html", Declared(), ""))


def read(markup: str) -> Article:
    """Bring a page through our whole pipeline."""
    return _PIPELINE.article(layout(markup))


_PIPELINE = Pipeline(PipelineSettings())


# --- the run ---------------------------------------------------------------------------------


def measure(data: Path) -> Iterator[tuple[str, float]]:
    """Yield the figures of all systems on all pages, then those of what we read besides the body."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    truths = list(pages(data))
    articles = [read(truth.markup) for truth in truths]
    base = milliseconds(truths, _precise)
    yield from _figures(OURS, truths, [article.body for article in articles])
    yield from _times(OURS, milliseconds(truths, layout), base)
    for name, extract in PEERS.items():
        yield from _figures(name, truths, [extract(truth.markup) for truth in truths])
        yield from _times(name, base if name == BASE else milliseconds(truths, extract), base)
    yield "html.pipeline.ms", milliseconds(truths, read)
    yield from _metadata(truths, articles)


def milliseconds(truths: Sequence[Truth], work: Callable[[str], object]) -> float:
    """Return CPU milliseconds per page, the better of a few passes."""
    return min(_pass(truths, work) for _ in range(PASSES)) * 1000 / len(truths)


def _pass(truths: Sequence[Truth], work: Callable[[str], object]) -> float:
    start = time.process_time()
    for truth in truths:
        work(truth.markup)
    return time.process_time() - start


def _figures(name: str, truths: Sequence[Truth], found: Sequence[str]) -> Iterator[tuple[str, float]]:
    scored = score([(truth.body, text) for truth, text in zip(truths, found, strict=True)])
    yield f"html.{name}.f1", scored.f1
    yield f"html.{name}.precision", scored.precision
    yield f"html.{name}.recall", scored.recall


def _times(name: str, taken: float, base: float) -> Iterator[tuple[str, float]]:
    yield f"html.{name}.ms", taken
    yield f"html.{name}.times", taken / base


def fields() -> Iterator[tuple[str, float]]:
    """Yield how often title, day and set of authors are exact, ours and trafilatura's, on our own pages."""
    rows = tomllib.loads(PAGES.read_text(encoding="utf-8"))["page"]
    yield "fields.pages", len(rows)
    for name, about in ((OURS, _about), (BASE.partition(",")[0], _about_by_trafilatura)):
        found = [about(row["markup"]) for row in rows]
        true = [(row["title"], row["published"], _people(row["authors"])) for row in rows]
        for i, field in enumerate(("title", "date", "authors")):
            yield f"fields.{name}.{field}", fmean(a[i] == b[i] for a, b in zip(found, true, strict=True))


def _about(markup: str) -> tuple[str, str, frozenset[str]]:
    article = read(markup)
    return article.title, (article.published.value or "")[:10], _people(article.byline.people)


def _about_by_trafilatura(markup: str) -> tuple[str, str, frozenset[str]]:
    found = trafilatura.extract_metadata(markup)
    return found.title or "", found.date or "", _people((found.author or "").split(";"))


def _people(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names if name.strip())


def _metadata(truths: Sequence[Truth], articles: Sequence[Article]) -> Iterator[tuple[str, float]]:
    """Yield on how many pages a field was read; of the address it is known whether it is right."""
    same = [canonical_url(truth.url) == article.url for truth, article in zip(truths, articles, strict=True)]
    yield "metadata.url right", fmean(same)
    yield "metadata.title", fmean(not article.title_derived for article in articles)
    yield "metadata.published", fmean(article.published.value is not None for article in articles)
    yield "metadata.authors", fmean(bool(article.byline.people) for article in articles)
    yield "metadata.source", fmean(article.source.value is not None for article in articles)
    yield "metadata.language", fmean(article.language is not None for article in articles)
