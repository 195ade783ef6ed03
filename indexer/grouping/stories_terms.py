"""What an article is about, in at most 192 bytes: the terms it is compared by, with their weights.

A *name* is a word written with a capital wherever it stands, at least once inside a sentence (or twice at
the beginning of one), or a number. It counts for more than a word and is the same in every language; a word
is a stem of its language. How rare a term is in the archive is not known here and weighs in later.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

import numpy as np

from engine.analysis import fold, iter_tokens, stem_term
from engine.model import Article
from indexer.cleaning.lexicon import NARRATIVE, STARTERS
from indexer.language.words import DISTINCTIVE

TERMS = 48
"""How many terms an article is remembered by."""

READ = 3000
"""How many characters of the body are read: what happened is told at the beginning."""

LEAD = 400
"""How many of them count twice; a word of the title counts three times."""

NAME = 1.5
"""How much more a name weighs than a word."""

WEIGHT_BITS = 4
"""An item of a signature is a hash of 28 bits and, below it, a weight of 4."""

WEIGHT_STEP = 0.5
"""What one step of a weight stands for."""

_MOST = (1 << WEIGHT_BITS) - 1
_LONGEST = 64
_COMMON = frozenset(map(fold, NARRATIVE | STARTERS | frozenset().union(*DISTINCTIVE.values())))

_WORD = re.compile(r"\d[\d.,]*\d|[^\W\d_][^\W_]+")
_INSIDE = re.compile(r"(?<=[\w,] )[^\W\d_][^\W_]+")
_OTHER_SCRIPT = re.compile(r"[\u0900-\u1dff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U000323af]")
"""Scripts whose words only the tokenizer can tell; `_WORD` does for the others, in a tenth of the time."""


def sign(article: Article) -> bytes:
    """Return the terms of an article, the weightiest first: `TERMS` unsigned numbers of 32 bits at most."""
    weights = dict(_weigh(article))
    chosen = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    steps = ((hashed, min(_MOST, round(weight / WEIGHT_STEP))) for hashed, weight in chosen)
    return np.array([hashed << WEIGHT_BITS | step for hashed, step in steps], "<u4").tobytes()


def _weigh(article: Article) -> Iterator[tuple[int, float]]:
    """Yield the hash of each term with its weight in this article."""
    body = article.body[:READ]
    written = Counter(_words(body))
    names = _names(written, body)
    for term, count in _counts(article, body, written).items():
        weight = 1 + math.log(count)
        if term in names or term[0].isdigit():
            yield _hash(term), weight * NAME
        elif len(term) > 3 or not term.isascii():
            yield _stem_hash(term, article.language), weight


def _names(written: Counter[str], body: str) -> set[str]:
    """Return the terms always written with a capital, inside a sentence or at least twice."""
    inside = set(_INSIDE.findall(body))
    small = {_term(word) for word in written if not word[0].isupper()}
    large = {_term(word) for word, n in written.items() if word[0].isupper() and (n > 1 or word in inside)}
    return large - small


def _counts(article: Article, body: str, written: Counter[str]) -> dict[str, int]:
    """Count the terms; the more for standing in the title or at the beginning."""
    title = "" if article.title_derived else article.title
    counts: defaultdict[str, int] = defaultdict(int)
    for words, weight in ((written, 1), (Counter(_words(body[:LEAD])), 1), (Counter(_words(title)), 3)):
        for word, count in words.items():
            counts[_term(word)] += count * weight
    return {term: count for term, count in counts.items() if term and term not in _COMMON}


def _words(text: str) -> list[str]:
    """Return the words of a text as written."""
    if _OTHER_SCRIPT.search(text):
        return [text[token.start : token.end] for token in iter_tokens(text)]
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    """Fold a word; write a number without separators."""
    folded = fold(word[:_LONGEST])
    return folded.replace(".", "").replace(",", "") if folded[:1].isdigit() else folded


@lru_cache(maxsize=1 << 16)
def _hash(term: str) -> int:
    return crc32(term.encode("utf-8", "surrogatepass")) >> WEIGHT_BITS


@lru_cache(maxsize=1 << 16)
def _stem_hash(term: str, language: str | None) -> int:
    return _hash(stem_term(term, language))
