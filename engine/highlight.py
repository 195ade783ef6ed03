"""Where a query matches inside a text, and the few lines worth showing of a long one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.analysis import Token, iter_tokens
from engine.fields import BY_NAME, Field
from engine.matching import Leaf, fields_of, leaves, matched
from engine.model import Fragment
from engine.query import Query

READ = 400_000
"""How many code points of a body are read for snippets: a long book. What lies beyond is not shown."""

_ANCHORS = 2_000
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
    return sorted(found for number, leaf in enumerate(wanted) for found in _spans(leaf, number, tokens, field, language))


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
    """A piece of the body that may be shown, and which leaves have how many hits in it."""

    start: int
    end: int
    leaves: frozenset[int]
    hits: int

    def apart(self, other: _Window) -> bool:
        return self.end <= other.start or other.end <= self.start


def snippets(
    body: str, query: Query, language: str | None, size: int = 2, width: int = 200
) -> tuple[Fragment, ...]:
    """Return up to `size` pieces of at most about `width` characters, in the order of the text.

    Those with the most different words of the query come first, then those with the most hits; the
    second is chosen for the words the first lacks. They begin at a sentence where one begins near,
    stay inside one paragraph, and where they cut a sentence, "…" says so. Without any hit the
    beginning of the body is given.
    """
    head = body[:READ]
    found = _found(head, query, language, BY_NAME["body"])
    text = _Text(head, width)
    if not found:
        return tuple(text.fragment(span, ()) for span in islice(text.opening(), 1))
    chosen = _choose(text.windows(found), size)
    marks = _merged(span for span, _ in found)
    return tuple(text.fragment((w.start, w.end), marks) for w in sorted(chosen, key=lambda w: w.start))


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
    """A body cut into paragraphs and sentences."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.width = width
        self.starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
        lines = re.finditer(r"[^\n]*[^\s][^\n]*", text)
        self.paragraphs = [match.start() for match in lines]

    def opening(self) -> Iterator[Span]:
        """Yield where the body begins."""
        for start in self.paragraphs:
            yield self._around(start + len(self._lead(start)))

    def _lead(self, start: int) -> str:
        line = self.text[start : start + self.width]
        return line[: len(line) - len(line.lstrip())]

    def windows(self, found: list[tuple[Span, int]]) -> list[_Window]:
        """Return a window around each hit, up to a bounded number of them."""
        starts = [start for (start, _), _ in found]
        return [self._window(start, found, starts) for start in dict.fromkeys(starts[:_ANCHORS])]

    def _window(self, anchor: int, found: list[tuple[Span, int]], starts: list[int]) -> _Window:
        start, end = self._around(anchor)
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        return _Window(start, end, frozenset(leaf for _, leaf in inside), len(inside))

    def _around(self, anchor: int) -> Span:
        """Return the window that shows `anchor`: from its sentence on, if that begins near enough."""
        start = self.starts[bisect_right(self.starts, anchor) - 1]
        if anchor - start > self.width // 2:
            start = self._word_after(anchor - self.width // 3, anchor)
        return start, self._end(start, anchor)

    def _word_after(self, position: int, limit: int) -> int:
        space = self.text.find(" ", position, limit)
        return space + 1 if space >= 0 else position

    def _end(self, start: int, anchor: int) -> int:
        """Return the last sentence end inside the width, or else the last space, or a hard cut."""
        newline = self.text.find("\n", anchor, start + self.width)
        limit = newline if newline >= 0 else min(start + self.width, len(self.text))
        last = self.starts[bisect_right(self.starts, limit) - 1]
        if limit == len(self.text) or limit == newline or last > anchor:
            return limit if last <= anchor else max(last, limit if limit == newline else last)
        space = self.text.rfind(" ", anchor + 1, limit)
        return space if space >= 0 else limit
