"""Template lines learned per source: what stands in article after article was put there by the site.

Signs are taken of each article alone (`sign`), templates are learned from all of them (`learn`), and what
was learned is taken out of an article again (`without`). Articles are counted as clusters of copies, for
otherwise a text that a source published three times would be a template.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from textwrap import shorten
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.edits import apply, ordered
from engine.model import Article, Edit
from indexer.cleaning.guard import reads_as_prose
from indexer.cleaning.keeping import even
from indexer.cleaning.lengths import word_count
from indexer.cleaning.removal import (
    HEAD_LINES,
    MAX_REMOVED_SHARE,
    QUARANTINED,
    TAIL_LINES,
    continuations,
)
from indexer.cleaning.rules import MAX_LINE, fold
from indexer.documents import Line, live_lines
from indexer.ragged import Ragged

PREFIX = "template."
"""How the rule of a learned line begins; its number follows in hexadecimal."""

PACK = "learned"
"""The `pack_version` of such an edit."""

KEPT_WHOLE = f"{QUARANTINED}: learned template lines"
"""The flag of an article of which templates would take too much."""

LINE = np.dtype([("line", "<u8"), ("variant", "<u2")])
"""A line of an article: its masked text hashed, 0 for one that is no template; what was masked, hashed."""

MIN_CLUSTERS = 3
"""A template stands in so many different articles of its source, at least."""

MIN_SHARE = 0.03
"""And in this share of them: among very many articles, some lines are alike by chance."""

COMMON_SHARE = 0.30
"""Lines in this share of a source's articles are templates wherever they stand, and may vary each time."""

PROSE_CLUSTERS = 4
PROSE_SHARE = 0.10
"""What reads like a sentence of an article must be that frequent."""

MAX_WORDS = 40
"""A longer line is text."""

MAX_LINES = 256
"""Of a longer article, the lines in the middle are not looked at."""

_STEPS = (3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
_NAME, _NUMBER = "…", "#"
_PLAIN_WORDS = 3
_LABEL = 60
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[.!?:]\W*\Z")


@dataclass(frozen=True, slots=True)
class Template:
    """A learned line: in how many clusters of its source, and whether it goes wherever it stands."""

    line: int
    clusters: int
    anywhere: bool

    @property
    def rule(self) -> str:
        """The id its edits carry."""
        return f"{PREFIX}{self.line & 0xFFFFFFFFFF:010x}"

    @property
    def least(self) -> int:
        """A round number of clusters, so that one more article does not change all the others."""
        return _STEPS[bisect_right(_STEPS, self.clusters) - 1]


@dataclass(frozen=True, slots=True)
class Templates:
    """The learned lines of an archive, by the number of their source."""

    by_source: Mapping[int, Mapping[int, Template]]

    def of(self, source: int) -> Mapping[int, Template]:
        """Return the learned lines of a source, by hash."""
        return self.by_source.get(source, {})

    def __len__(self) -> int:
        return sum(len(found) for found in self.by_source.values())


# --- signs -----------------------------------------------------------------------------------


def sign(article: Article) -> bytes:
    """Return the lines of an article's body as `LINE` items, as they were before templates were taken out."""
    return _signs(_lines(article)).tobytes()


def masked(line: str) -> str:
    """Return a line with its names as … and its numbers as #, so that lines alike count as one.

    Names are masked only in a line that has enough other words: else all headlines were one.
    """
    words = line.split()
    shapes = [
        _shape(word, begins=not i or bool(_SENTENCE.search(words[i - 1]))) for i, word in enumerate(words)
    ]
    plain = sum(shape not in (_NAME, _NUMBER) for shape in shapes)
    if plain < max(_PLAIN_WORDS, shapes.count(_NAME)):
        shapes = [fold(word) if shape == _NAME else shape for word, shape in zip(words, shapes, strict=True)]
    if not plain:
        return fold(line)
    return fold(" ".join(a for a, b in zip(shapes, [*shapes[1:], ""], strict=True) if not a == b == _NAME))


def _shape(word: str, *, begins: bool) -> str:
    if _DIGIT.search(word):
        return _NUMBER
    bare = word.lstrip("\"'“”‘’«»([@#")
    return _NAME if bare[:1].isupper() and not begins else word


def _signs(lines: Sequence[Line]) -> NDArray[Any]:
    onward = continuations(lines)
    signs = [(0, 0) if i in onward else _sign(line.text) for i, line in enumerate(lines)]
    return np.array(signs, LINE)


def _sign(line: str) -> tuple[int, int]:
    """Return the number of a line, odd when it reads as prose, and of what varies in it."""
    if len(line) > MAX_LINE or word_count(line) > MAX_WORDS:
        return 0, 0
    whole, prose = fold(line), reads_as_prose(line)
    text = whole if prose else masked(line)
    if not text:
        return 0, 0
    number = int.from_bytes(blake2b(_bytes(text), digest_size=8).digest(), "little")
    return number & ~1 | prose, zlib.crc32(_bytes(whole)) & 0xFFFF


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _lines(article: Article) -> tuple[Line, ...]:
    """Return the lines of the body as it was before templates were taken out of it."""
    lines = _within(article, _others(article))
    return lines if len(lines) <= MAX_LINES else (*lines[: MAX_LINES // 2], *lines[-MAX_LINES // 2 :])


def _within(article: Article, edits: tuple[Edit, ...]) -> tuple[Line, ...]:
    """Return the lines that edits leave between the ends of the body as it was before templates."""
    learned = [edit for edit in article.edits if _is_learned(edit)]
    start = min([article.body_start, *(edit.start for edit in learned)])
    end = max([article.body_end, *(edit.end for edit in learned)])
    lines = live_lines(article.raw, edits)
    return tuple(line for line in lines if start <= line.start and line.end <= end)


def _others(article: Article) -> tuple[Edit, ...]:
    return tuple(edit for edit in article.edits if not _is_learned(edit))


def _is_learned(edit: Edit) -> bool:
    return edit.rule.startswith(PREFIX)


# --- learning --------------------------------------------------------------------------------


def learn(sources: NDArray[Any], clusters: NDArray[Any], lines: Ragged) -> Templates:
    """Return the template lines of every source.

    A template stands at the head or the tail of several different articles of one source, or anywhere in
    so many that it can be nothing else; a line in which something changes each time must be as frequent.
    Head and tail are counted in lines that do not repeat, so that a long menu is all head.

    Args:
        sources: the number of each row's source, -1 when it is unknown.
        clusters: the number of each row's group of copies.
        lines: the signs of each row (`sign`), of type `LINE`.

    """
    owners = lines.owners()
    here = np.flatnonzero((lines.values["line"] != 0) & (sources[owners] >= 0))
    source, line, cluster = sources[owners[here]], lines.values["line"][here], clusters[owners[here]]
    group, firsts = _grouped(source, line)
    source, line = source[firsts], line[firsts]
    size, every = _sizes(sources, clusters)[source], _distinct(group, cluster, len(firsts))
    needed = _needed(line, size)
    repeats = np.zeros(len(owners), bool)
    repeats[here] = (every >= needed)[group]
    edge = np.flatnonzero(_edges(repeats, lines)[here])
    variants = _distinct(group, lines.values["variant"][here], len(firsts))
    steady = (_distinct(group[edge], cluster[edge], len(firsts)) >= needed) & (2 * variants <= every)
    anywhere = every >= np.maximum(needed, COMMON_SHARE * size)
    anywhere &= ~_prose(line)
    found = np.flatnonzero(anywhere | steady)
    return _by_source(*(part[found].tolist() for part in (source, line, every, anywhere)))


def _by_source(sources: list[int], lines: list[int], clusters: list[int], anywhere: list[bool]) -> Templates:
    by_source: dict[int, dict[int, Template]] = {}
    for source, template in zip(sources, map(Template, lines, clusters, anywhere), strict=True):
        by_source.setdefault(source, {})[template.line] = template
    return Templates(by_source)


def _needed(line: NDArray[Any], size: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return in how many clusters, in a source of such a size, each line must stand."""
    prose = _prose(line)
    share = np.where(prose, PROSE_SHARE, MIN_SHARE) * size
    needed: NDArray[np.float64] = np.maximum(np.where(prose, PROSE_CLUSTERS, MIN_CLUSTERS), share)
    return needed


def _prose(line: NDArray[Any]) -> NDArray[np.bool_]:
    odd: NDArray[np.bool_] = line % 2 == 1
    return odd


def _sizes(sources: NDArray[Any], clusters: NDArray[Any]) -> NDArray[np.int64]:
    """Count the clusters of each source."""
    known = np.flatnonzero(sources >= 0)
    return _distinct(sources[known], clusters[known], int(sources.max(initial=-1)) + 1)


def _grouped(source: NDArray[Any], line: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the pairs (source, line); return the number of each item and the first item of each number."""
    order = np.lexsort((line, source))
    new = _changes(source[order]) | _changes(line[order])
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(new) - 1
    return numbers, order[new]


def _distinct(group: NDArray[Any], values: NDArray[Any], groups: int) -> NDArray[np.int64]:
    """Count the different values in each of so many groups."""
    order = np.lexsort((values, group))
    group, values = group[order], values[order]
    return np.bincount(group[_changes(group) | _changes(values)], minlength=groups)


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark the items that differ from the one before; the first does."""
    return np.concatenate((np.ones(min(1, len(values)), bool), values[1:] != values[:-1]))


def _edges(repeats: NDArray[np.bool_], lines: Ragged) -> NDArray[np.bool_]:
    """Mark the lines with fewer than so many lines of text before or behind them in their article."""
    text = np.concatenate(([0], np.cumsum(~repeats)))
    before = text[:-1] - np.repeat(text[lines.starts[:-1]], lines.lengths)
    behind = np.repeat(text[lines.starts[1:]], lines.lengths) - text[1:]
    edge: NDArray[np.bool_] = (before < HEAD_LINES) | (behind < TAIL_LINES)
    return edge


# --- taking out ------------------------------------------------------------------------------


def held(lines: NDArray[Any], found: Mapping[int, Template]) -> dict[int, Template]:
    """Return the templates of its source that an article holds, by the number of the line in its signs."""
    templates = [found.get(line) for line in lines["line"].tolist()]
    gone: dict[int, Template] = {}
    for order, limit in ((range(len(templates)), HEAD_LINES), (range(len(templates))[::-1], TAIL_LINES)):
        stay = 0
        for i in order:
            template = templates[i]
            if template and (template.anywhere or stay < limit):
                gone[i] = template
            else:
                stay += 1
    return gone


def edits(
    article: Article, found: Mapping[int, Template], kept: frozenset[str] = frozenset()
) -> tuple[Edit, ...]:
    """Return the edits that take the templates of its source out of an article.

    None when they would take too much of it.

    Args:
        article: with its other edits; templates taken out of it before count as text.
        found: the templates of its source (`Templates.of`).
        kept: lines that stay (`kept_texts`).

    """
    chosen = _chosen(article, found, kept)
    return () if _too_much(article, chosen) else _edits(article, chosen)


def without(article: Article, found: Mapping[int, Template], kept: frozenset[str] = frozenset()) -> Article:
    """Return an article as its source's templates leave it: edits, body, words, and a flag if kept whole."""
    chosen = _chosen(article, found, kept)
    whole = _too_much(article, chosen)
    made = ordered((*_others(article), *(() if whole else _edits(article, chosen))))
    flags = tuple(flag for flag in article.flags if flag != KEPT_WHOLE) + (KEPT_WHOLE,) * whole
    if made == article.edits:
        return replace(article, flags=flags)
    left = _within(article, made)
    start, end = left[0].start, left[-1].end
    body = apply(article.raw, made, start, end)
    words = word_count(body)
    return replace(article, edits=made, body=body, body_start=start, body_end=end, words=words, flags=flags)


def _chosen(
    article: Article, found: Mapping[int, Template], kept: frozenset[str]
) -> list[tuple[Line, Template]]:
    """Pair the lines that go with the templates they are."""
    if not found:
        return []
    lines = _lines(article)
    chosen = [(lines[i], template) for i, template in sorted(held(_signs(lines), found).items())]
    return [(line, template) for line, template in chosen if even(line.text) not in kept]


def _too_much(article: Article, chosen: Sequence[tuple[Line, Template]]) -> bool:
    taken = sum(word_count(line.text) for line, _ in chosen)
    every = sum(word_count(line.text) for line in _within(article, _others(article))) if taken else 0
    return taken > MAX_REMOVED_SHARE * every


def _edits(article: Article, chosen: Sequence[tuple[Line, Template]]) -> tuple[Edit, ...]:
    """Take each line out around what was repaired in it; one in which letters were mended stays."""
    repairs = [edit for edit in article.edits if edit.kind == "repair"]
    made: list[Edit] = []
    for line, template in chosen:
        inside = [edit for edit in repairs if line.start <= edit.start and edit.end <= line.end]
        if any(word_count(edit.replacement) for edit in inside):
            continue
        cuts = (line.start, *(cut for edit in inside for cut in (edit.start, edit.end)), line.end)
        pieces = zip(cuts[::2], cuts[1::2], strict=True)
        made += [_edit(line, template, start, end) for start, end in pieces if start < end]
    return tuple(made)


def _edit(line: Line, template: Template, start: int, end: int) -> Edit:
    return Edit(
        start,
        end,
        "",
        kind="remove",
        rule=template.rule,
        label=f"learned line: {shorten(masked(line.text), _LABEL)}",
        pack_version=PACK,
        evidence=f"in at least {template.least:,} articles of this source",
        confidence=0.9,
    )
