"""The one look at the whole archive: near copies, template lines, copies again, translations, stories.

Template lines are counted in groups of copies, or a story that an agency sent to all would be taken for one;
and copies are sought again in texts whose templates are gone, or two articles would be alike by what stands
around them. Everything here follows from the signatures in reading order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.model import Copies, Story
from indexer.archive.rows import Rows
from indexer.archive.settle import Facts
from indexer.archive.signature import Signature
from indexer.cleaning import templates
from indexer.cleaning.templates import Template
from indexer.grouping import copies, stories
from indexer.ragged import Ragged

Numbers = NDArray[np.int64]
Held = Sequence[Mapping[int, Template]]
"""The template lines that stand in each row, by their hash."""


def relate(rows: Rows) -> Iterator[Facts]:
    """Yield the facts of each row, in order.

    Rows whose template lines are not those their signature was made without are signed anew on the way.
    """
    bodies = _part(rows, "first", copies.DTYPE)
    groups = copies.group(bodies, _column(rows, "words"), lambda n: rows.article(n).body)
    held = _held(rows, groups)
    _sign_anew(rows, held)
    if any(held):
        bodies = _part(rows, "copies", copies.DTYPE)
        groups = copies.group(bodies, _column(rows, "left"), lambda n: rows.bare(n, held[n]).body)
    events = _events(rows, groups)
    yield from _facts(rows, held, groups, events)


# --- columns ---------------------------------------------------------------------------------


def _signatures(rows: Rows) -> Iterator[Signature]:
    return (rows.signature(n) for n in range(len(rows)))


def _part(rows: Rows, name: str, dtype: DTypeLike) -> Ragged:
    return Ragged.of((getattr(signature, name) for signature in _signatures(rows)), dtype)


def _column(rows: Rows, name: str) -> Numbers:
    return np.fromiter((getattr(signature, name) for signature in _signatures(rows)), np.int64, len(rows))


def _numbers(values: Sequence[str | None]) -> Numbers:
    """Number values as they come, -1 for None."""
    known: dict[str | None, int] = {None: -1}
    return np.array([known.setdefault(value, len(known) - 1) for value in values], np.int64)


# --- templates -------------------------------------------------------------------------------


def _held(rows: Rows, groups: Numbers) -> Held:
    """Learn the template lines of each source and return those that stand in each row."""
    lines = _part(rows, "lines", templates.LINE)
    sources = _numbers([row.source for row in rows])
    learned = templates.learn(sources, groups, lines)
    return [_standing(lines[n], learned.of(int(source))) for n, source in enumerate(sources)]


def _standing(lines: NDArray[np.void], learned: Mapping[int, Template]) -> Mapping[int, Template]:
    if not learned:
        return {}
    return {found.line: found for found in templates.held(lines, learned).values()}


def _sign_anew(rows: Rows, held: Held) -> None:
    """Make the signatures of rows that were signed with other template lines taken out, or none."""
    for number, found in enumerate(held):
        signature, hashes = rows.signature(number), tuple(sorted(found))
        if signature.templates != hashes:
            rows.sign(number, signature.without_templates(rows.bare(number, found), hashes))


# --- who belongs together --------------------------------------------------------------------


def _events(rows: Rows, groups: Numbers) -> Numbers:
    languages = _numbers([row.language for row in rows])
    return stories.group(_part(rows, "story", np.uint32), _column(rows, "day"), groups, (), languages)


def _facts(rows: Rows, held: Held, groups: Numbers, events: Numbers) -> Iterator[Facts]:
    group_sizes, event_sizes = np.bincount(groups), np.bincount(events)
    for number, (group, event) in enumerate(zip(groups.tolist(), events.tolist(), strict=True)):
        yield Facts(
            copies=Copies(_key("c", rows[group].id), int(group_sizes[group])),
            story=Story(_key("s", rows[event].id), int(event_sizes[event])),
            templates=held[number],
        )


def _key(kind: str, article_id: str) -> str:
    """Name a group after its first member: short enough for an address, the same in every build."""
    name = article_id.encode("utf-8", "surrogatepass")
    return kind + hashlib.blake2b(name, digest_size=6).hexdigest()
