"""What an article is about, in at most 192 bytes: the terms it is compared by, with their weights.

A *name* is a token written with a capital wherever it stands, at least once inside a sentence (or twice at
the beginning of one), or a number. It counts for more than a word and is the same in every language; a word
is a stem of its language. How rare a term is in the archive is not known here and weighs in later.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from engine.analysis import fold, iter_tokens, stem_term
from engine.model import Article
from indexer.cleaning.lexicon import NARRATIVE, STARTERS
from indexer.language.words import DISTINCTIVE

TERMS = 48
"""How many terms an article is remembered by."""

READ = 5000
"""How many characters of the body are read: what happened is told at the beginning."""

NAME = 2.0
"""How much more a name weighs than a word."""

TITLE, LEAD = 2, 1
"""How often more a term counts that stands in the title, or among the first `LEAD_TOKENS` of the body."""

LEAD_TOKENS = 60

WEIGHT_BITS = 4
"""An item of a signature is a hash of 28 bits and, below it, a weight of 4."""

WEIGHT_STEP = 0.5
"""What one step of a weight stands for."""

_MOST = (1 << WEIGHT_BITS) - 1
_COMMON = frozenset(map(fold, NARRATIVE | STARTERS | frozenset().union(*DISTINCTIVE.values())))
_BOUNDARY = frozenset('.!?…:;\n"“”„»«‹›•*|()[]–—')


@dataclass(slots=True)
class _Use:
    """How a term is used in one article."""

    count: int = 0
    seen: int = 0
    capitals: int = 0
    inside: int = 0

    def is_name(self, term: str) -> bool:
        """Tell a name (or a number) from a word."""
        if term[0].isdigit():
            return len(term) > 1
        return self.capitals > 0 and self.seen == self.capitals and (self.inside > 0 or self.capitals > 1)


def sign(article: Article) -> bytes:
    """Return the terms of an article, the weightiest first: `TERMS` unsigned numbers of 32 bits at most."""
    weights = {_hash(term): weight for term, weight in _weigh(article)}
    chosen = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS]
    steps = ((hashed, min(_MOST, round(weight / WEIGHT_STEP))) for hashed, weight in chosen)
    return np.array([hashed << WEIGHT_BITS | step for hashed, step in steps], "<u4").tobytes()


def _weigh(article: Article) -> Iterator[tuple[str, float]]:
    """Yield each term as it is compared, with its weight in this article."""
    for term, use in _uses(article).items():
        weight = 1 + math.log(use.count)
        if use.is_name(term):
            yield term, weight * NAME
        elif len(term) > 3 and not term[0].isdigit():
            yield stem_term(term, article.language), weight


def _uses(article: Article) -> dict[str, _Use]:
    uses: defaultdict[str, _Use] = defaultdict(_Use)
    if not article.title_derived:
        _read(article.title, TITLE, 0, uses)
    _read(article.body[:READ], 0, LEAD, uses)
    return uses


def _read(text: str, more: int, lead: int, uses: defaultdict[str, _Use]) -> None:
    """Count the terms of a text. Titles, where every word may have a capital, decide nothing about names."""
    for term, start, _, position in iter_tokens(text):
        if term in _COMMON:
            continue
        use = uses[term]
        use.count += 1 + more + (lead if position < LEAD_TOKENS else 0)
        if not more:
            use.seen += 1
            if text[start].isupper():
                use.capitals += 1
                use.inside += _stands_inside(text, start)


def _stands_inside(text: str, start: int) -> bool:
    """Whether a token stands inside a sentence."""
    before = text[max(0, start - 3) : start].rstrip(" \u00a0'’‘")
    return bool(before) and before[-1] not in _BOUNDARY if start else False


def _hash(term: str) -> int:
    return crc32(term.encode()) >> WEIGHT_BITS
