"""How one text travelled: who had it first, whose it is, who carries it, what each copy kept.

"First" means first in this archive, never first in the world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from compare.overlap import Table, Words, overlap
from engine.model import Article, Certainty, Claim, Evidence

Role = Literal["only", "original", "copy", "longer twin", "truncated"]

CLEARLY_LONGER = 1.15
"""A whole text with this many times the words of a cut one is its longer twin."""

_SURE: tuple[Certainty, ...] = ("declared", "certain", "probable", "inferred", "unknown")


@dataclass(frozen=True, slots=True)
class Member:
    """What roles are told from: no text is needed.

    `published` is ISO 8601 or None, `words` those of the body, `truncated` what `Access` says after longer
    twins were looked for, `agency` how sure the article's agency is.
    """

    id: str
    published: str | None
    words: int
    truncated: bool
    agency: Certainty = "unknown"

    @classmethod
    def of(cls, article: Article) -> Member:
        """Take from an article what its role is told from."""
        claim = article.agency
        return cls(
            article.id, article.published.value, article.words, article.access.truncated, claim.certainty
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """One member of a group: its role, why, and how much of the earliest text it kept (0 to 1)."""

    id: str
    role: Role
    kept: float
    reasons: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """A group of copies. `earliest` claims an article's id, `agency` an agency; both say why."""

    earliest: Claim
    agency: Claim
    outlets: tuple[str, ...]
    copies: tuple[Copy, ...]


def roles(members: Sequence[Member]) -> dict[str, Role]:
    """Return the role of each member of a group, in reading order.

    A text that was cut is "truncated" even when it is the earliest; of the whole ones the earliest dated is
    the "original", if no cut one is earlier. The longest other whole text is the "longer twin" when a cut
    one is clearly shorter. The rest are "copy"; an article without company is "only".
    """
    if len(members) == 1:
        return {members[0].id: "only"}
    found: dict[str, Role] = {m.id: "truncated" if m.truncated else "copy" for m in members}
    first = earliest(members)
    if first is not None and not first.truncated:
        found[first.id] = "original"
    whole = [m for m in members if found[m.id] == "copy"]
    shortest = min((m.words for m in members if m.truncated), default=None)
    if whole and shortest is not None:
        longest = max(whole, key=lambda m: m.words)
        if longest.words >= CLEARLY_LONGER * shortest:
            found[longest.id] = "longer twin"
    return found


def earliest(members: Sequence[Member]) -> Member | None:
    """Return the earliest dated member, None when none is dated.

    A date without an hour counts as its first instant. Of equal dates the better known agency wins (it
    stands nearer to the wire), then the longer text, then reading order.
    """
    dated = [member for member in members if member.published]
    return min(dated, key=lambda m: (m.published, _SURE.index(m.agency), -m.words), default=None)


def lineage(group: Sequence[Article]) -> Lineage:
    """Return how the text of a group (in reading order, not empty) travelled."""
    members = [Member.of(article) for article in group]
    first = earliest(members)
    parts = roles(members)
    source = next((a for a in group if first and a.id == first.id), max(group, key=lambda a: a.words))
    table = Table.of(source.body)
    return Lineage(
        _claim_earliest(source, members) if first else Claim(),
        _agency(group),
        tuple(dict.fromkeys(a.source.value for a in group if a.source.value)),
        tuple(_copy(article, parts[article.id], table, source) for article in group),
    )


def _claim_earliest(source: Article, members: Sequence[Member]) -> Claim:
    """Claim the earliest copy: certain only when every other member is dated, and later for sure."""
    own = source.published
    others = [m.published for m in members if m.id != source.id]
    sure = own.certainty in ("declared", "certain") and all(
        _later(value, own.value or "") for value in others
    )
    undated = sum(value is None for value in others)
    note = (Evidence("undated", f"{undated} of {len(members)} copies have no date"),) if undated else ()
    return Claim(source.id, "certain" if sure else "probable", (*own.evidence, *note))


def _later(value: str | None, first: str) -> bool:
    """Tell whether a date is later whatever hour either leaves open."""
    if value is None:
        return False
    known = min(len(value), len(first))
    return value[:known] > first[:known]


def _agency(group: Iterable[Article]) -> Claim:
    """Return the agency most members name, the surest of the claims that do, with all their evidence."""
    claims = [article.agency for article in group if article.agency.value]
    if not claims:
        return Claim()
    votes = Counter(claim.value for claim in claims)
    value = min(votes, key=lambda name: (-votes[name], min(_rank(c) for c in claims if c.value == name)))
    backing = sorted((claim for claim in claims if claim.value == value), key=_rank)
    evidence = dict.fromkeys(item for claim in backing for item in claim.evidence)
    return Claim(value, backing[0].certainty, tuple(evidence))


def _rank(claim: Claim) -> int:
    return _SURE.index(claim.certainty)


def _copy(article: Article, role: Role, table: Table, source: Article) -> Copy:
    kept = 1.0 if article.id == source.id else overlap(table, Words.of(article.body)).table
    return Copy(article.id, role, kept, _reasons(article, role))


def _reasons(article: Article, role: Role) -> tuple[Evidence, ...]:
    """Return why a member has its role."""
    if role == "truncated":
        return article.access.reasons
    if role == "original":
        return article.published.evidence or (Evidence("date", article.published.value or ""),)
    if role == "longer twin":
        return (Evidence("length", f"{article.words} words"),)
    return ()
