"""Where a query matches inside a text, and the few lines worth showing of a long one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from engine.analysis import chosen_tokens, term_of
from engine.fields import BY_NAME, Field
from engine.matching import Leaf, fields_of, leaves, matched, word_test
from engine.model import Fragment
from engine.query import Query

READ = 100_000
"""How many code points of a body are read for snippets: a booklet. What lies beyond is not shown."""

_ANCHORS = 2_000
_BLOCK = 2_000
_LINE = re.compile(r"\S[^\n]*")

_ABBREVIATIONS = (
    *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
    *("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Rev", "Hon", "Gen", "Col", "Lt", "Capt", "Sgt", "Maj", "Adm"),
    *("Gov", "Sen", "Rep", "Mme", "Mlle", "Mgr", "Hr", "Nr", "Dra", "Sra", "Srta", "vs", "approx", "ca"),
)
_NO_ABBREVIATION = "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS)
_SENTENCE_END = re.compile(
    r"[.!?…。！？\n](?:(?<=\n)\n*|(?<=[。！？])\s*|(?<=[.!?…])(?=['\"”’»)\]\s])(?<![.\s][^\W\d_]\.)"
    rf"{_NO_ABBREVIATION}['\"”’»)\]]{{0,3}}\s+)"
)
"""The end of a sentence; the dot of an initial or of an abbreviation ends none."""

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
    return Highlighter(query).hits(text, language, field)


def snippets(
    body: str, query: Query, language: str | None, size: int = 2, width: int = 200
) -> tuple[Fragment, ...]:
    """Return up to `size` pieces of a body; see `Highlighter.snippets`."""
    return Highlighter(query).snippets(body, language, size, width)


class Highlighter:
    """Shows where one query matches, in any number of texts.

    Whether a word as it is written may be part of a match is found out once for each language. Of a text
    only those words are looked at closely that may.
    """

    def __init__(self, query: Query) -> None:
        self._leaves = tuple(dict.fromkeys(leaves(query)))
        self._words: dict[tuple[str, str | None], _Words] = {}

    def hits(self, text: str, language: str | None, field: str) -> tuple[Span, ...]:
        """Return where the query matches, as `hits` does."""
        return _merged(span for span, _ in self._found(text, language, field))

    def snippets(
        self, body: str, language: str | None, size: int = 2, width: int = 200
    ) -> tuple[Fragment, ...]:
        """Return up to `size` pieces of about `width` characters at most, in the order of the text.

        Pieces with the most different words of the query come first, then those with the most hits; the
        second is chosen for the words the first lacks. A piece begins at a sentence if one begins near,
        and stays inside one paragraph; where it cuts a sentence, "…" says so. Without any hit the
        beginning of the body is given.
        """
        text = _Text(body[:READ], width)
        found = self._found(text.text, language, "body")
        if not found:
            first = _LINE.search(text.text)
            return (text.fragment(*text.around(first.start()), ()),) if first else ()
        chosen = sorted(_choose(_windows(text, found), size), key=attrgetter("start"))
        marks = _merged(span for span, _ in found)
        return tuple(text.fragment(window.start, window.end, marks) for window in chosen)

    def _found(self, text: str, language: str | None, field: str) -> list[tuple[Span, int]]:
        """Return the spans of all hits in text order, each with the number of the leaf it belongs to."""
        key = (field, language)
        if key not in self._words:
            self._words[key] = _Words(self._leaves, BY_NAME[field], language)
        return self._words[key].found(text)


class _Words:
    """The words that may be part of a match in one field and language."""

    def __init__(self, wanted: Sequence[Leaf], field: Field, language: str | None) -> None:
        self._field = field
        self._language = language
        self._leaves = [leaf for leaf in wanted if field in fields_of(leaf)]
        self._tests = [word_test(leaf, field, language) for leaf in self._leaves]
        self._known: dict[str, str | None] = {}

    def found(self, text: str) -> list[tuple[Span, int]]:
        """Return the spans of all hits in text order, each with the number of the leaf it belongs to."""
        if not self._leaves:
            return []
        tokens = list(chosen_tokens(text, self._choose))
        return sorted(
            ((tokens[index].start, tokens[index].end), number)
            for number, leaf in enumerate(self._leaves)
            for index in matched(leaf, tokens, self._field, self._language)
        )

    def _choose(self, word: str) -> str | None:
        """Return the term of a word that may be part of a match, as `chosen_tokens` wants it."""
        try:
            return self._known[word]
        except KeyError:
            term = term_of(word)
            chosen = term if not term or any(test(term) for test in self._tests) else None
            self._known[word] = chosen
            return chosen


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


def _windows(text: _Text, found: Sequence[tuple[Span, int]]) -> list[_Window]:
    """Return the pieces around the hits, each piece once."""
    starts = [start for (start, _), _ in found]
    windows = []
    for start, end in dict.fromkeys(text.around(anchor) for anchor in dict.fromkeys(starts[:_ANCHORS])):
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        windows.append(_Window(start, end, frozenset(leaf for _, leaf in inside), len(inside)))
    return windows


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
    """A body; where its sentences begin is found out block by block, where it is asked for."""

    def __init__(self, text: str, width: int) -> None:
        self.text = text
        self.width = width
        self._sentences: dict[int, list[int]] = {}

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
        """Return where the sentence at a place begins, or a place too far away to matter."""
        block = place // _BLOCK
        for near in (block, block - 1):
            starts = self._sentences_in(near)
            if starts and starts[0] <= place:
                return starts[bisect_right(starts, place) - 1]
        return max(0, (block - 1) * _BLOCK)

    def _sentences_in(self, block: int) -> list[int]:
        """Return where sentences begin in a block of the text."""
        if block not in self._sentences:
            low, high = block * _BLOCK, (block + 1) * _BLOCK
            ends = _SENTENCE_END.finditer(self.text, max(0, low - self.width), high + self.width)
            starts = [end.end() for end in ends if low <= end.end() < high]
            self._sentences[block] = [0, *starts] if block == 0 else starts
        return self._sentences[block]

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
        return sum(1 for _ in _LINE.finditer(self.text, 0, place + 1))
