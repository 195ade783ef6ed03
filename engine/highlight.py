"""Where a query matches inside a text, and the few lines worth showing of a long one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from engine.analysis import Token, iter_tokens
from engine.fields import BY_NAME, Field
from engine.matching import Leaf, fields_of, leaves, matched
from engine.model import Fragment
from engine.query import Query

READ = 100_000
"""How many code points of a body are read for snippets: a booklet. What lies beyond is not shown."""

_ANCHORS = 2_000
_LINE = re.compile(r"\S[^\n]*")
_SENTENCE_END = re.compile(r"(?<![.\s][^\W\d_])(?:[.!?…]['\"”’»)\]]{0,3}\s+|[。！？]\s*)|\n+")

Span = tuple[int, int]


def hits(text: str, query: Query, language: str | None, field: str) -> tuple[Span, ...]:
    """Return where the query matches in a text of that field: spans in order that do not overlap.

    Of a phrase only whole occurrences count; what stands under `NOT` never does.

    Args:
        text: a title, a body or another value of the field.
        query: the query as parsed.
        language: the language of the article, which decides the stems.
        field: the name of the field in `engine.fields`.

    """
    return _merged(span for span, _ in _found(text, query, language, BY_NAME[field]))


def _found(text: str, query: Query, language: str | None, field: Field) -> list[tuple[Span, int]]:
    """Return the spans of all hits in text order, each with the number of the leaf it belongs to."""
    wanted = [leaf for leaf in dict.fromkeys(leaves(query)) if field in fields_of(leaf)]
    if not wanted:
        return []
    tokens = list(iter_tokens(text))
    return sorted(
        found for number, leaf in enumerate(wanted) for found in _spans(leaf, number, tokens, field, language)
    )


def _spans(
    leaf: Leaf, number: int, tokens: Sequence[Token], field: Field, language: str | None
) -> Iterator[tuple[Span, int]]:
    for index in matched(leaf, tokens, field, language):
        yield (tokens[index].start, tokens[index].end), number


def _merged(spans: Iterator[Span]) -> tuple[Span, ...]:
    """Join spans that overlap, as pairs of Chinese characters do."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


# --- snippets --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Window:
    """A piece of the body that may be shown, which leaves are hit in it and how often."""

    start: int
    end: int
    leaves: frozenset[int]
    hits: int

    def apart(self, other: _Window) -> bool:
        return self.end <= other.start or other.end <= self.start


def snippets(
    body: str, query: Query, language: str | None, size: int = 2, width: int = 200
) -> tuple[Fragment, ...]:
    """Return up to `size` pieces of about `width` characters at most, in the order of the text.

    Pieces with the most different words of the query come first, then those with the most hits; the
    second is chosen for the words the first lacks. A piece begins at a sentence if one begins near,
    and stays inside one paragraph; where it cuts a sentence, "…" says so. Without any hit the
    beginning of the body is given.
    """
    text = _Text(body[:READ], width)
    found = _found(text.text, query, language, BY_NAME["body"])
    if not found:
        return tuple(text.fragment(*text.around(start), ()) for start in text.paragraphs[:1])
    starts = [start for (start, _), _ in found]
    windows = []
    for anchor in dict.fromkeys(starts[:_ANCHORS]):
        start, end = text.around(anchor)
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        windows.append(_Window(start, end, frozenset(leaf for _, leaf in inside), len(inside)))
    marks = _merged(span for span, _ in found)
    chosen = sorted(_choose(windows, size), key=attrgetter("start"))
    return tuple(text.fragment(window.start, window.end, marks) for window in chosen)


def _choose(windows: list[_Window], size: int) -> list[_Window]:
    """Pick the best windows one by one, preferring leaves not shown yet."""
    chosen: list[_Window] = []
    seen: frozenset[int] = frozenset()
    while windows and len(chosen) < size:
        best = max(windows, key=lambda w: (len(w.leaves - seen), len(w.leaves), w.hits, -w.start))
        chosen.append(best)
        seen |= best.leaves
        windows = [window for window in windows if window.apart(best)]
    return chosen


class _Text:
    """A body and where its sentences and paragraphs begin."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.width = width
        self.sentences = [0, *(end.end() for end in _SENTENCE_END.finditer(text))]
        self.paragraphs = [line.start() for line in _LINE.finditer(text)]

    def around(self, anchor: int) -> Span:
        """Return the piece that shows what begins at `anchor`."""
        start = self._sentence_before(anchor)
        if anchor - start > self.width // 2:
            start = self._word_between(anchor - self.width // 3, anchor)
        return start, self._end(start, anchor)

    def _end(self, start: int, anchor: int) -> int:
        """Return where the paragraph ends, or else the last sentence or word that fits."""
        limit = min(start + self.width, len(self.text))
        line = self.text.find("\n", anchor, limit)
        if line >= 0 or limit == len(self.text):
            return line if line >= 0 else limit
        sentence = self._sentence_before(limit)
        if sentence > anchor and sentence - start > self.width // 3:
            return sentence
        space = self.text.rfind(" ", anchor + 1, limit)
        return space if space >= 0 else limit

    def _sentence_before(self, place: int) -> int:
        return self.sentences[bisect_right(self.sentences, place) - 1]

    def _word_between(self, start: int, end: int) -> int:
        space = self.text.find(" ", start, end)
        return space + 1 if space >= 0 else start

    def fragment(self, start: int, end: int, marks: Sequence[Span]) -> Fragment:
        """Return a piece with its hits, without white space around it, "…" where it cuts a sentence."""
        before = "" if start in (0, self._sentence_before(start)) else "…"
        whole = end >= len(self.text) or self.text[end] == "\n" or end == self._sentence_before(end)
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        shift = len(before) - start
        hits = tuple((max(s, start) + shift, min(e, end) + shift) for s, e in marks if s < end and e > start)
        return Fragment(before + self.text[start:end] + ("" if whole else "…"), hits, self._paragraph(start))

    def _paragraph(self, place: int) -> int:
        """Return the number of the paragraph, from 1: lines without text do not count."""
        return bisect_right(self.paragraphs, place)
