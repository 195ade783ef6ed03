"""What the story page shows: who published when and from whom, quotations, figures, two copies compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from compare.diff import Change, Diff, diff
from compare.figures import Difference, Reading, differences
from compare.quotes_variants import Quotation, Use, Wording, variants
from engine.analysis.tokens import iter_tokens
from engine.model import Article
from webapp.stories import Story
from webapp.text import visible

QUOTATIONS = 20
FIGURES = 20
"""Quotations and figures listed."""

SENTENCES = 400
"""Sentences of a comparison that are shown."""

OWN = Markup("<b>{}</b>")
ONLY = Markup('<span class="only">{}</span>')

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Version:
    """A wording of a quotation, its own words marked in `html`, and who prints it, the earliest first."""

    text: str
    html: Markup
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation with its versions."""

    speaker: str | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a figure, and the sentences that give it."""

    text: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences side by side; None where one text has none."""

    left: Markup | None
    right: Markup | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles side by side, with what only one of them has marked."""

    left: Article
    right: Article
    counts: Diff
    pairs: tuple[Pair, ...]

    @property
    def same(self) -> int:
        """The share of sentences that both have, changed ones half, in percent."""
        all_ = len(self.counts.changes)
        kept = self.counts.count("kept") + self.counts.count("changed") / 2
        return round(100 * kept / all_) if all_ else 100


def said(story: Story) -> tuple[Said, ...]:
    """List what several articles of a story quote, what is worded in most ways first."""
    found = sorted(variants(story.articles), key=lambda quotation: -len(quotation.wordings))
    return tuple(Said(one.speaker, tuple(_versions(one))) for one in found[:QUOTATIONS])


def _versions(quotation: Quotation) -> Iterator[Version]:
    languages = [wording.uses[0].language for wording in quotation.wordings]
    for wording in quotation.wordings:
        language = wording.uses[0].language
        others = [w for w in quotation.wordings if w is not wording and w.uses[0].language == language]
        spans = _own_words(wording, others) if others and len(languages) > 1 else ()
        yield Version(wording.text, with_marks(wording.text, spans, OWN), wording.uses)


def _own_words(wording: Wording, others: Sequence[Wording]) -> tuple[Span, ...]:
    """Return the words that not all other wordings have."""
    common = set.intersection(*({token.text for token in iter_tokens(other.text)} for other in others))
    return tuple((t.start, t.end) for t in iter_tokens(wording.text) if t.text not in common)


def disputed(story: Story) -> tuple[tuple[Difference, tuple[Value, ...]], ...]:
    """List the figures of a story that differ, value by value."""
    found = differences(story.articles)[:FIGURES]
    return tuple((one, tuple(_values(one.readings))) for one in found)


def _values(readings: Sequence[Reading]) -> Iterator[Value]:
    for _, same in groupby(readings, key=lambda reading: reading.figure.value):
        group = tuple(same)
        yield Value(group[0].figure.text, group)


def compared(left: Article, right: Article) -> Comparison:
    """Set two articles side by side, sentence by sentence."""
    found = diff(left, right)
    pairs = tuple(_pair(change, left.body, right.body) for change in found.changes[:SENTENCES])
    return Comparison(left, right, found, pairs)


def _pair(change: Change, left: str, right: str) -> Pair:
    whole = change.kind in ("cut", "added")
    return Pair(
        _side(left, change.left, change.left_words, whole=whole),
        _side(right, change.right, change.right_words, whole=whole),
    )


def _side(body: str, place: Span | None, words: Sequence[Span], *, whole: bool) -> Markup | None:
    if place is None:
        return None
    start, end = place
    spans = [place] if whole else words
    return with_marks(body[start:end], [(a - start, b - start) for a, b in spans], ONLY)


def with_marks(text: str, spans: Sequence[Span], mark: Markup) -> Markup:
    """Escape a text and put spans of it into `mark`; neighbours with only a space between become one."""
    parts: list[Markup] = []
    position = 0
    for start, end in _joined(text, spans):
        parts += (visible(text[position:start]), mark.format(visible(text[start:end])))
        position = end
    return Markup("").join((*parts, visible(text[position:])))


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
