"""Longer twins: a text that ends where a copy of it goes on was cut, even if its page does not say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from compare.overlap import KEPT, Table, Words, overlap
from engine.model import Access, Article, Evidence

KIND = "longer_twin"

TAIL = 8
"""Words of the end that must stand in the longer text in this order."""

LOOSE = 4
"""So many last words may differ: a word cut in two, the mark of the cut."""

LEAST_LEFT = 40
"""Fewer words more are a closing line, not a rest held back."""

LEAST_SHARE = 0.15
"""The rest must be this much of the longer text."""


class Twin(NamedTuple):
    """What a longer copy shows: the evidence, and which percentage of the whole text was held back."""

    evidence: Evidence
    percent: int

    @classmethod
    def of(cls, text: str, percent: int) -> Twin:
        """Make one from the words of its evidence."""
        return cls(Evidence(KIND, text), percent)


def twin(member: Article, group: Iterable[Article]) -> Twin | None:
    """Return what the longest copy of `group` shows that goes on where `member` ends, if there is one.

    The member itself may be in the group; of two copies of equal length the first counts.
    """
    own = Words.of(member.body)
    longer = [a for a in group if a.id != member.id and a.words > member.words and not a.access.truncated]
    for article in sorted(longer, key=lambda a: -a.words):
        table = Table.of(article.body)
        left = _left(own.words, table.text.words)
        if left and overlap(table, own).text >= KEPT:
            of = article.source.value or article.path
            percent = round(100 * left / len(table.text.words))
            return Twin.of(f"{of} goes on for {left} more words", percent)
    return None


def _left(short: list[str], long: list[str]) -> int:
    """Return how many words of the long text follow the end of the short one, 0 when too few."""
    searched = f" {' '.join(long)} "
    for loose in range(LOOSE):
        tail = short[-TAIL - loose : len(short) - loose]
        if len(tail) < TAIL:
            break
        _, found, rest = searched.rpartition(f" {' '.join(tail)} ")
        left = len(rest.split()) - loose
        if found:
            return left if left >= max(LEAST_LEFT, LEAST_SHARE * len(long)) else 0
    return 0


def with_twin(access: Access, evidence: Evidence, percent: int) -> Access:
    """Add what a longer twin shows to what is known of an article's access.

    The page's own percentage stands; else the twin's is taken, and its evidence says so. The evidence comes
    last, or first when nothing else says that the text was cut: so `without_twin` can undo it exactly.
    """
    known = without_twin(access)
    if known.percent_left is None:
        evidence = replace(evidence, text=evidence.text + _share(percent))
    reasons = (*known.reasons, evidence) if known.truncated else (evidence, *known.reasons)
    return Access(truncated=True, percent_left=_or(known.percent_left, percent), reasons=reasons)


def without_twin(access: Access) -> Access:
    """Return what was known before `with_twin`, or `access` itself."""
    twins = [reason for reason in access.reasons if reason.kind == KIND]
    if not twins:
        return access
    reasons = tuple(reason for reason in access.reasons if reason.kind != KIND)
    percent = access.percent_left
    if percent is not None and twins[0].text.endswith(_share(percent)):
        percent = None
    was_cut = bool(reasons) and access.reasons[0].kind != KIND
    return Access(truncated=was_cut, percent_left=percent, reasons=reasons)


def _share(percent: int) -> str:
    return f", {percent} % of its text"


def _or(known: int | None, percent: int) -> int:
    return percent if known is None else known
