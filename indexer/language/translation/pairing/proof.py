"""What shows that two articles are a pair: anchors in the same order, quoted from the text."""

from __future__ import annotations

from collections.abc import Sequence

from compare import anchors
from compare.sidebyside import Shared, shared_anchors
from engine.model import Article, Evidence
from indexer.language.translation.pairing.chains import Pair

FOUND, SIBLING, ANCHOR = "original found", "translation pair", "aligned anchor"
QUOTED = 3
"""Anchors that are quoted."""
_TELLING = ("link", "image", "date", "number", "name", "sound", "word")


def evidence(article: Article, other: Article, pair: Pair) -> tuple[Evidence, ...]:
    """Quote what shows that `article` and `other` are a pair, at offsets of the article's raw text.

    The first says what was found and stands outside the text: `original found`, or `translation pair` when
    nothing tells which of the two is the original.
    """
    shared = shared_anchors(anchors.of(article), anchors.of(other))
    quoted = [
        Evidence(ANCHOR, article.raw[start:end], start, end)
        for start, end in (s.first for s in _best(shared))
    ]
    words = ", ".join(f"{_quote(article, s.first)} = {_quote(other, s.second)}" for s in _best(shared))
    said = f"{other.title}: {len(shared)} anchors in the same order" + (f" ({words})" if words else "")
    if pair.resolved:
        return Evidence(FOUND, f"{said}; known from: {', '.join(pair.direction)}"), *quoted
    return Evidence(SIBLING, f"{said}; which is the original is not known"), *quoted


def _best(shared: Sequence[Shared]) -> list[Shared]:
    """The most telling kinds, the longest first, then in reading order."""
    ranked = sorted(shared, key=lambda s: (_TELLING.index(s.kind), s.first[0] - s.first[1], s.number))
    return sorted(ranked[:QUOTED], key=lambda s: s.number)


def _quote(article: Article, span: tuple[int, int]) -> str:
    return article.raw[span[0] : span[1]]
