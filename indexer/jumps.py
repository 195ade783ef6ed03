"""Rules that suddenly take much more out of a source than they did before.

A site changed its layout, a new rule is too greedy, or a template was learned wrongly: somebody should look.
Jumps are reported and nothing else: what an index holds follows from its corpus and its settings alone, never
from the builds before it. `dateline restore` and the settings undo what should not have gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FACTOR = 5.0
"""A rule jumps when it takes so many times as much from an article as before."""

MIN_ARTICLES = 20
"""Smaller sources, and smaller additions to one, tell nothing."""

MIN_HITS = 10
"""Nor do fewer removals."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Jump:
    """A rule in a source: how many removals an article had before, and how many it has now."""

    source: str
    rule: str
    label: str
    before: float
    now: float


def jumps(before: Iterable[Row], now: Iterable[Row]) -> tuple[Jump, ...]:
    """Compare two lists of sources, as build reports hold them; return the jumps, steepest first.

    Where articles were added, only these are compared with the ones before: in a large source they would
    drown. A rule that took nothing counts as if it had taken one line.
    """
    known = {row["source"]: row for row in before if row["articles"] >= MIN_ARTICLES}
    found = [jump for row in now if row["source"] in known for jump in _of_source(known[row["source"]], row)]
    return tuple(sorted(found, key=lambda jump: (-jump.now / jump.before, jump.source, jump.rule)))


def _of_source(before: Row, now: Row) -> Iterator[Jump]:
    counts = {row["rule"]: row["count"] for row in before["removed"]}
    added = now["articles"] - before["articles"]
    for row in now["removed"]:
        former = counts.get(row["rule"], 0)
        count, articles = (
            (row["count"] - former, added) if added >= MIN_ARTICLES else (row["count"], now["articles"])
        )
        usual = max(1, former) / before["articles"]
        rate = count / max(1, articles)
        if count >= MIN_HITS and rate >= FACTOR * usual:
            yield Jump(now["source"], row["rule"], row["label"], usual, rate)
