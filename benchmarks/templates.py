"""How well template lines are learned: real boilerplate lines put around clean news, then taken out again.

Up to 20 sources of BBC articles; each has ten lines of its own, the first four above the text, six below,
each in 10 to 100 % of its articles. A tenth of the articles also stand in another source, a twentieth come
twice in their own.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.model import Article
from indexer.cleaning import templates
from indexer.ragged import Ragged

SIZES = (10, 20, 50, 100)
"""Articles per source."""

DRAWS = 5
SOURCES = 20
HEAD, COMMON, RARE = 4, 6, 4
SHARES = (1.0, 1.0, 0.6, 0.3, 0.1)
SYNDICATED, REPEATED = 0.1, 0.05

_CALLS = re.compile(
    r"subscri|abonn|newsletter|cookie|rights|advert|share|read more|comment|suscri|assina", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Made:
    """An article of a source: its lines, and which of them the site has put there; `of` is the original."""

    of: int
    lines: tuple[tuple[str, bool], ...]

    @property
    def article(self) -> Article:
        """The article as the indexer would have it without rules."""
        return _article("\n".join(line for line, _ in self.lines))


def measure(data: Path) -> Iterator[tuple[str, float]]:
    """Yield the figures by the number of articles per source.

    precision: of the lines taken; known: the site's lines that were learned; recall: those taken out, for
    an article of which more than 30 % would go is kept whole; body lost: share of the words of the text.
    """
    texts, common, rare = _texts(data), *_lines(data)
    for size in SIZES:
        counts: Counter[str] = Counter()
        for draw in range(DRAWS):
            chance = random.Random(draw)  # noqa: S311 -- repeatable, not secret
            counts += _run(_archive(texts, common, rare, size, chance))
        site = counts["right"] + counts["missed"]
        yield f"templates.{size}.precision", counts["right"] / (counts["right"] + counts["wrong"])
        yield f"templates.{size}.known", counts["known"] / site
        yield f"templates.{size}.recall", counts["right"] / site
        yield f"templates.{size}.body lost", counts["lost"] / counts["words"]


def learnable(data: Path, phrases: Sequence[str], size: int = 10, holding: int = 3) -> list[bool]:
    """Tell which lines are learned when they stand below so many articles of a source of such a size."""
    texts = ["\n".join(text) for text in _texts(data)[:size]]
    below = [templates.sign(_article(phrase)) for phrase in phrases]
    above = [templates.sign(_article(text)) for text in texts]
    rows = [text + line * (n < holding) for line in below for n, text in enumerate(above)]
    sources, originals = np.divmod(np.arange(len(rows)), max(1, len(texts)))
    learned = templates.learn(sources, originals, Ragged.of(rows, templates.LINE))
    lines = [np.frombuffer(line, templates.LINE)["line"] for line in below]
    return [bool(len(line)) and int(line[-1]) in learned.of(i) for i, line in enumerate(lines)]


def _article(text: str) -> Article:
    return Article("", "", text, text, 0, len(text), "")


def _texts(data: Path) -> list[tuple[str, ...]]:
    found = (
        tuple(filter(str.strip, row["text"].split("\n")))
        for row in _rows(data / "news" / "bbc_2005.jsonl.gz")
        if row["text"]
    )
    return list(dict.fromkeys(found))


def _lines(data: Path) -> tuple[list[str], list[str]]:
    """Return boilerplate lines seen on several sites, and calls seen on one."""
    rows = list(_rows(data / "cleaning" / "phrases_by_domain_count_dev.jsonl.gz"))
    short = [(" ".join(row["text"].split()), int(row["domains"])) for row in rows]
    short = [(text, domains) for text, domains in short if text and len(text.split()) <= 30]
    calls = (
        text for text, domains in short if domains == 1 and len(text.split()) >= 4 and _CALLS.search(text)
    )
    return [text for text, domains in short if domains > 1], list(calls)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _archive(
    texts: Sequence[tuple[str, ...]], common: list[str], rare: list[str], size: int, chance: random.Random
) -> list[list[Made]]:
    order = chance.sample(range(len(texts)), len(texts))
    count = min(SOURCES, len(order) // size)
    sources = [_source(texts, order[i * size : (i + 1) * size], common, rare, chance) for i in range(count)]
    firsts = [list(source) for source in sources]
    for i, source in enumerate(sources):
        following = firsts[(i + 1) % count][: int(size * SYNDICATED)]
        source.extend(Made(made.of, tuple(line for line in made.lines if not line[1])) for made in following)
        source.extend(firsts[i][: max(1, int(size * REPEATED))])
    return sources


def _source(
    texts: Sequence[tuple[str, ...]],
    numbers: Sequence[int],
    common: list[str],
    rare: list[str],
    chance: random.Random,
) -> list[Made]:
    lines = [
        (line, chance.choice(SHARES)) for line in chance.sample(common, COMMON) + chance.sample(rare, RARE)
    ]

    def some(chosen: Sequence[tuple[str, float]]) -> tuple[tuple[str, bool], ...]:
        return tuple((line, True) for line, share in chosen if chance.random() < share)

    return [
        Made(n, (*some(lines[:HEAD]), *((line, False) for line in texts[n]), *some(lines[HEAD:])))
        for n in numbers
    ]


def _run(sources: Sequence[Sequence[Made]]) -> Counter[str]:
    """Learn from the sources and count what is taken out of their articles."""
    rows = [(number, made) for number, source in enumerate(sources) for made in source]
    signs = Ragged.of([templates.sign(made.article) for _, made in rows], templates.LINE)
    numbers, originals = (
        np.array(column) for column in zip(*((n, made.of) for n, made in rows), strict=True)
    )
    learned = templates.learn(numbers, originals, signs)
    counts: Counter[str] = Counter()
    for (number, made), lines in zip(rows, signs, strict=True):
        found = learned.of(number)
        known = templates.held(lines, found)
        gone = known if templates.edits(made.article, found) else {}
        for i, (line, site) in enumerate(made.lines):
            counts.update(_counted(line, site=site, known=i in known, gone=i in gone))
    return counts


def _counted(line: str, *, site: bool, known: bool, gone: bool) -> dict[str, int]:
    """Count one line: the site's is known or not, taken or missed; one of the text is lost or not."""
    words = len(line.split())
    if site:
        return {"known": known, "right": gone, "missed": not gone}
    return {"words": words, "wrong": gone, "lost": words * gone}
