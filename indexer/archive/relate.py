"""The one look at the whole archive: near copies, template lines, copies again, translations, stories.

Template lines are counted in groups of copies, or a story that an agency sent to all would be taken for one;
and copies are sought again in texts whose templates are gone, or two articles would be alike by what stands
around them. Everything here follows from the signatures in reading order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.model import Article, Copies, Story
from indexer.archive.family import Families
from indexer.archive.rows import Rows
from indexer.archive.settle import Facts, Held, Partner, known_by
from indexer.archive.signature import Signature
from indexer.cleaning import templates
from indexer.grouping import copies, stories
from indexer.language.translation import pairing
from indexer.ragged import Ragged

Numbers = NDArray[np.int64]

UNSAID = 5.0
"""Log-odds a pair needs when nothing says which is the translation: in a small archive, where no name is
rare, two reports of one event may share a few anchors in order.
"""


@dataclass(frozen=True)
class Relations:
    """Who belongs together, by row: groups of copies and stories by their first rows, pairs by either row."""

    rows: Rows
    held: Sequence[Held]
    groups: Numbers
    group_sizes: Numbers
    stories: Numbers
    story_sizes: Numbers
    pairs: Mapping[int, pairing.Pair]
    families: Families

    def facts(self, number: int) -> Facts:
        """Return what is known of a row from the others."""
        group, story = int(self.groups[number]), int(self.stories[number])
        role, compared = self.families.of_row(number)
        return Facts(
            copies=Copies(_key("c", self.rows[group].id), int(self.group_sizes[group]), role),
            story=Story(_key("s", self.rows[story].id), int(self.story_sizes[story])),
            templates=self.held[number],
            compared=compared,
            partner=self._partner(number),
        )

    def article(self, number: int) -> Article:
        """Return the article of a row without its template lines, not settled yet."""
        return self.rows.bare(number, self.held[number])

    def _partner(self, number: int) -> Partner | None:
        pair = self.pairs.get(number)
        if pair is None:
            return None
        other = pair.original if number == pair.translation else pair.translation
        row = self.rows[other]
        text = f"{row.fingerprint} {known_by(self.held[other])}"
        original = pair.resolved and other == pair.original
        return Partner(other, row.id, text, row.language, pair, original)


def relate(rows: Rows) -> Relations:
    """Look at all rows at once.

    Rows whose template lines are not those their signature was made without are signed anew on the way.
    """
    bodies = _part(rows, "first", copies.DTYPE)
    groups = copies.group(bodies, _column(rows, lambda s: s.about.words), lambda n: rows.article(n).body)
    held = _held(rows, groups)
    _sign_anew(rows, held)
    if any(held):
        bodies = _part(rows, "copies", copies.DTYPE)
        groups = copies.group(bodies, _column(rows, lambda s: s.left), lambda n: rows.bare(n, held[n]).body)
    pairs = _pairs(rows, groups)
    events = _events(rows, groups, pairs)
    return Relations(
        rows=rows,
        held=held,
        groups=groups,
        group_sizes=np.bincount(groups),
        stories=events,
        story_sizes=np.bincount(events),
        pairs=_by_row(pairs),
        families=Families.of(rows, held, groups),
    )


def _key(kind: str, article_id: str) -> str:
    """Name a group after its first member: short enough for an address, the same in every build."""
    name = article_id.encode("utf-8", "surrogatepass")
    return kind + hashlib.blake2b(name, digest_size=6).hexdigest()


# --- columns ---------------------------------------------------------------------------------


def _signatures(rows: Rows) -> Iterator[Signature]:
    return (rows.signature(n) for n in range(len(rows)))


def _part(rows: Rows, name: str, dtype: DTypeLike) -> Ragged:
    return Ragged.of((getattr(signature, name) for signature in _signatures(rows)), dtype)


def _column(rows: Rows, value: Callable[[Signature], int]) -> Numbers:
    return np.fromiter((value(signature) for signature in _signatures(rows)), np.int64, len(rows))


def _days(rows: Rows, undated: int) -> Numbers:
    found = (signature.about.day for signature in _signatures(rows))
    return np.fromiter((undated if day is None else day for day in found), np.int64, len(rows))


def _numbers(values: Sequence[str | None], known: dict[str | None, int]) -> Numbers:
    """Number values as they come, -1 for None."""
    return np.array([known.setdefault(value, len(known) - 1) for value in values], np.int64)


def _unknown() -> dict[str | None, int]:
    return {None: -1}


# --- templates -------------------------------------------------------------------------------


def _held(rows: Rows, groups: Numbers) -> Sequence[Held]:
    """Learn the template lines of each source and return those that stand in each row."""
    lines = _part(rows, "lines", templates.LINE)
    sources = _numbers([row.source for row in rows], _unknown())
    learned = templates.learn(sources, groups, lines)
    return [_standing(lines[n], learned.of(int(source))) for n, source in enumerate(sources)]


def _standing(lines: NDArray[np.void], learned: Held) -> Held:
    if not learned:
        return {}
    return {found.line: found for found in templates.held(lines, learned).values()}


def _sign_anew(rows: Rows, held: Sequence[Held]) -> None:
    """Make the signatures of rows that were signed with other template lines taken out, or none."""
    for number, found in enumerate(held):
        signature, hashes = rows.signature(number), tuple(sorted(found))
        if signature.templates != hashes:
            rows.sign(number, signature.without_templates(rows.bare(number, found), hashes))


# --- who belongs together --------------------------------------------------------------------


def _pairs(rows: Rows, groups: Numbers) -> Sequence[pairing.Pair]:
    languages = _unknown()
    facts = pairing.Facts(
        language=_numbers([row.language for row in rows], languages),
        day=_days(rows, pairing.UNDATED),
        shows=_column(rows, lambda s: s.about.shows),
        source=_numbers([s.about.from_language for s in _signatures(rows)], languages),
        copies=groups,
    )
    found = pairing.pair(_part(rows, "anchors", np.uint32), facts)
    return [pair for pair in found if pair.resolved or pair.score >= UNSAID]


def _by_row(pairs: Sequence[pairing.Pair]) -> Mapping[int, pairing.Pair]:
    """Find pairs by the translation, and those of which no side is known to be it by either side."""
    both = {pair.original: pair for pair in reversed(pairs) if not pair.resolved}
    return both | {pair.translation: pair for pair in pairs}


def _events(rows: Rows, groups: Numbers, pairs: Sequence[pairing.Pair]) -> Numbers:
    joined = [(pair.original, pair.translation) for pair in pairs]
    languages = _numbers([row.language for row in rows], _unknown())
    return stories.group(
        _part(rows, "story", np.uint32), _days(rows, stories.UNDATED), groups, joined, languages
    )
