"""The one look at the whole archive: near copies, template lines, copies again, translations, stories.

Template lines are counted in groups of copies, or a story that an agency sent to all would be taken for one;
and copies are sought again in texts whose templates are gone, or two articles would be alike by what stands
around them. Everything here follows from the signatures in reading order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.model import Article, Copies, Story
from indexer.archive.columns import Columns, Numbers, column
from indexer.archive.family import Families
from indexer.archive.rows import Rows
from indexer.archive.settle import Facts, Held, Partner, known_by
from indexer.cleaning import templates
from indexer.grouping import copies, stories
from indexer.language.translation import pairing


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
    columns = Columns.of(rows)
    bodies = column(rows, "first", copies.DTYPE)
    groups = copies.group(bodies, columns.words, lambda n: rows.article(n).body)
    held = _held(rows, columns, groups)
    _sign_anew(rows, columns, held)
    if any(held):
        bodies = column(rows, "copies", copies.DTYPE)
        groups = copies.group(bodies, columns.left, lambda n: rows.bare(n, held[n]).body)
    del bodies
    pairs = _pairs(rows, columns, groups)
    events = _events(rows, columns, groups, pairs)
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


# --- templates -------------------------------------------------------------------------------


def _held(rows: Rows, columns: Columns, groups: Numbers) -> Sequence[Held]:
    """Learn the template lines of each source and return those that stand in each row."""
    lines = column(rows, "lines", templates.LINE)
    learned = templates.learn(columns.source, groups, lines)
    return [_standing(lines[n], learned.of(source)) for n, source in enumerate(columns.source.tolist())]


def _standing(lines: NDArray[np.void], learned: Held) -> Held:
    if not learned:
        return {}
    return {found.line: found for found in templates.held(lines, learned).values()}


def _sign_anew(rows: Rows, columns: Columns, held: Sequence[Held]) -> None:
    """Make the signatures of rows that were signed with other template lines taken out, or none."""
    for number, found in enumerate(held):
        hashes = tuple(sorted(found))
        if columns.templates[number] != hashes:
            anew = rows.signature(number).without_templates(rows.bare(number, found), hashes)
            rows.sign(number, anew)
            columns.left[number] = anew.left


# --- who belongs together --------------------------------------------------------------------


def _pairs(rows: Rows, columns: Columns, groups: Numbers) -> Sequence[pairing.Pair]:
    facts = pairing.Facts(
        language=columns.language,
        day=columns.days(pairing.UNDATED),
        shows=columns.shows,
        source=columns.from_language,
        copies=groups,
    )
    return pairing.pair(column(rows, "anchors", np.uint32), facts)


def _by_row(pairs: Sequence[pairing.Pair]) -> Mapping[int, pairing.Pair]:
    """Find pairs by the translation, and those of which no side is known to be it by either side."""
    both = {pair.original: pair for pair in reversed(pairs) if not pair.resolved}
    return both | {pair.translation: pair for pair in pairs}


def _events(rows: Rows, columns: Columns, groups: Numbers, pairs: Sequence[pairing.Pair]) -> Numbers:
    joined = [(pair.original, pair.translation) for pair in pairs]
    terms = column(rows, "story", np.uint32)
    return stories.group(terms, columns.days(stories.UNDATED), groups, joined, columns.language)
