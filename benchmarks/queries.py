"""Questions to ask of an index, drawn from its own articles: the classes every peer is measured in.

rare, medium, common    one word that .005-.05, .1-1, 5-50 % of the articles have
and, or                 two or three words, common and medium
phrase                  two or three words that two articles in a thousand have together
prefix                  the first four letters of a medium word
fuzzy                   a medium word of six letters or more, one edit away
filter, range, date     a common word: of one source; of one year; the newest first
page                    a common and a medium word with all facets and ten snippets

The words of a question stand in one article, so there is something to find. No word is used twice, so every
question is new to every engine.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from benchmarks.corpus import FUNCTION_WORDS
from engine.model import Article

BANDS = {"rare": (5e-5, 5e-4), "medium": (1e-3, 1e-2), "common": (0.05, 0.5)}
SHAPES: dict[str, tuple[tuple[str, ...], ...]] = {
    "rare": (("rare",),),
    "medium": (("medium",),),
    "common": (("common",),),
    "and": (("common", "medium"), ("common", "common"), ("common", "common", "medium")),
    "or": (("common", "medium"), ("common", "common"), ("common", "medium", "medium")),
    "phrase": ((),),
    "prefix": (("medium",),),
    "fuzzy": (("medium",),),
    "filter": (("common",),),
    "range": (("common",),),
    "date": (("common",),),
    "page": (("common", "medium"),),
}
KINDS = tuple(SHAPES)
_SAMPLE = 20_000
_WORD = re.compile(r"[a-z]{3,}")
_PAIRS_OF = 2000
_TRIES = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `source`, `start` and `end` (ISO days) only where the kind needs them."""

    kind: str
    words: tuple[str, ...]
    source: str = ""
    start: str = ""
    end: str = ""

    def line(self) -> str:
        """Write it as a line for another process."""
        return "\t".join((self.kind, " ".join(self.words), self.source, self.start, self.end))

    @classmethod
    def read(cls, line: str) -> Question:
        """Undo `line`."""
        kind, words, source, start, end = line.split("\t")
        return cls(kind, tuple(words.split(" ")), source, start, end)


class Asker:
    """Draws questions from a sample of articles, each word at most once."""

    def __init__(self, articles: Iterable[Article], seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- repeatable, not secret
        sample = list(islice(articles, _SAMPLE))
        texts = [_WORD.findall(article.body.lower()) for article in sample]
        having = Counter(word for text in texts for word in set(text))
        self._texts = texts
        self._bands = {
            band: {word for word, n in having.items() if low <= n / len(sample) < high}
            for band, (low, high) in BANDS.items()
        }
        self._pairs = Counter(pair for text in texts[:_PAIRS_OF] for pair in pairwise(text))
        self._recurring = max(2, min(len(texts), _PAIRS_OF) // 500)
        self._used = set(FUNCTION_WORDS)
        self._sources = sorted({article.source.value or "" for article in sample})
        self._years = sorted({(article.published.value or "")[:4] for article in sample} - {""})

    def ask(self, kind: str, count: int) -> list[Question]:
        """Return up to `count` questions; fewer when the articles have not enough words."""
        return list(islice(self._questions(kind), count))

    def _questions(self, kind: str) -> Iterator[Question]:
        shapes = SHAPES[kind]
        made = 0
        for _ in range(_TRIES):
            text = self._random.choice(self._texts)
            words = self._phrase(text) if kind == "phrase" else self._words(text, shapes[made % len(shapes)])
            if words and not (kind == "fuzzy" and len(words[0]) < 6):
                made += 1
                self._used.update(words)
                yield self._question(kind, words)

    def _question(self, kind: str, words: tuple[str, ...]) -> Question:
        if kind == "prefix":
            return Question(kind, (words[0][:4],))
        if kind == "filter":
            return Question(kind, words, source=self._random.choice(self._sources))
        if kind == "range":
            year = self._random.choice(self._years)
            return Question(kind, words, start=f"{year}-01-01", end=f"{year}-12-31")
        return Question(kind, words)

    def _words(self, text: list[str], bands: tuple[str, ...]) -> tuple[str, ...]:
        """Take an unused word of each band from a text; () when it has not enough."""
        words: list[str] = []
        for band in bands:
            found = sorted((self._bands[band] & set(text)) - self._used - set(words))
            if not found:
                return ()
            words.append(self._random.choice(found))
        return tuple(words)

    def _phrase(self, text: list[str]) -> tuple[str, ...]:
        """Take two or three unused words that follow each other again and again, or ()."""
        length = self._random.choice((2, 3))
        start = self._random.randrange(max(1, len(text) - length))
        words = tuple(text[start : start + length])
        usual = all(self._pairs[pair] >= self._recurring for pair in pairwise(words))
        return words if usual and len(set(words)) == length and not self._used & set(words) else ()
