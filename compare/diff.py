"""What one copy has and another has not: sentence by sentence, and word by word within a changed one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from compare.alignment import aligned
from compare.shingles import words_and_spans
from engine.model import Article

Span = tuple[int, int]
Kind = Literal["kept", "changed", "cut", "added"]

READ = 200_000
"""Code points of each text that are compared."""

LONGEST = 2_000
"""A sentence of more code points is compared in pieces."""

SIMILAR = 0.5
"""Two sentences that share this much of their words are one sentence, changed."""

WINDOW = 8
"""So many sentences of the right text are looked at for one of the left that was changed."""

_END = re.compile(r"(?<![.!?…؟।])[.!?…؟।]++[\"'”’»)\]]*+\s|[。！？]++[」』”’]*+|\n")
_PIECE = re.compile(rf"(?s).{{1,{LONGEST}}}")


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence: kept in both, changed, cut (only in the left text) or added (only in the right one).

    `left` and `right` are its place in the bodies, in code points, None where it is missing. Of a changed
    sentence `left_words` and `right_words` are the words that the other version has not.
    """

    kind: Kind
    left: Span | None = None
    right: Span | None = None
    left_words: tuple[Span, ...] = ()
    right_words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """All sentences of two texts in reading order; `partial` when a text is longer than READ."""

    changes: tuple[Change, ...]
    partial: bool = False

    def count(self, kind: Kind) -> int:
        """Return how many sentences were kept, changed, cut or added."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def diff(left: Article, right: Article) -> Diff:
    """Compare the bodies of two articles; case and punctuation alone make no change."""
    return diff_texts(left.body, right.body)


def diff_texts(left: str, right: str) -> Diff:
    """Compare two texts."""
    ours, theirs = list(_sentences(left[:READ])), list(_sentences(right[:READ]))
    pairs = aligned([s.words for s in ours], [s.words for s in theirs])
    changes: list[Change] = []
    at_left = at_right = 0
    for one, other in (*pairs, (len(ours), len(theirs))):
        changes += _between(ours[at_left:one], theirs[at_right:other])
        if one < len(ours):
            changes.append(Change("kept", _place(ours[one]), _place(theirs[other])))
        at_left, at_right = one + 1, other + 1
    return Diff(tuple(changes), partial=max(len(left), len(right)) > READ)


def _sentences(text: str) -> Iterator[_Sentence]:
    position = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        for piece in _PIECE.finditer(text, position, end):
            found = words_and_spans(piece[0])
            if found:
                start = piece.start()
                spans = tuple((start + first, start + last) for _, first, last in found)
                trimmed = start + len(piece[0].rstrip())
                first = start + len(piece[0]) - len(piece[0].lstrip())
                yield _Sentence(first, trimmed, tuple(word for word, _, _ in found), spans)
        position = end


def _place(sentence: _Sentence) -> Span:
    return sentence.start, sentence.end


def _between(ours: list[_Sentence], theirs: list[_Sentence]) -> list[Change]:
    """Return what happened between two sentences that were kept."""
    changes: list[Change] = []
    done = 0
    for sentence in ours:
        twin = _most_similar(sentence, theirs[done : done + WINDOW])
        if twin is None:
            changes.append(Change("cut", left=_place(sentence)))
            continue
        changes += (Change("added", right=_place(s)) for s in theirs[done : done + twin])
        changes.append(_changed(sentence, theirs[done + twin]))
        done += twin + 1
    changes += (Change("added", right=_place(s)) for s in theirs[done:])
    return changes


def _most_similar(sentence: _Sentence, others: list[_Sentence]) -> int | None:
    words = Counter(sentence.words)
    best, most = None, SIMILAR
    for place, other in enumerate(others):
        shared = (words & Counter(other.words)).total()
        similarity = 2 * shared / (len(sentence.words) + len(other.words))
        if similarity > most:
            best, most = place, similarity
    return best


def _changed(left: _Sentence, right: _Sentence) -> Change:
    pairs = aligned(left.words, right.words)
    ours, theirs = {one for one, _ in pairs}, {other for _, other in pairs}
    return Change(
        "changed",
        _place(left),
        _place(right),
        tuple(span for place, span in enumerate(left.spans) if place not in ours),
        tuple(span for place, span in enumerate(right.spans) if place not in theirs),
    )
