"""What each copy of a text is to the earliest one: its role, how much it kept, what differs, whose it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.diff import Change, diff
from compare.lineage import lineage
from engine.analysis.folding import fold
from engine.model import Article, Claim
from webapp import labels
from webapp.article_view import split
from webapp.wording import gettext, ngettext


@dataclass(frozen=True, slots=True)
class Carried:
    """A copy of a text, and the earliest one, which it is compared to.

    `kept` is the share of the earliest copy's text in percent, None for that one itself. `agency` is the
    copy's own claim, or else what the other copies say; `known_by` says which words show it.
    """

    article: Article
    first: Article
    role: str
    kept: int | None
    agency: Claim
    known_by: str

    @property
    def share(self) -> str:
        """How much of the earliest copy's text this one has, in words."""
        return gettext("earliest copy") if self.kept is None else gettext("{kept}%").format(kept=self.kept)

    @property
    def differs(self) -> str:
        """What differs from the earliest copy; worked out when asked, for it takes reading both."""
        return "" if self.kept is None else differs(self.first, self.article)


def carried(copies: Sequence[Article]) -> tuple[Carried, ...]:
    """Describe the copies of one text, which come the earliest first, beside the first of them."""
    if len(copies) == 1:
        (alone,) = copies
        return (Carried(alone, alone, "only", None, alone.agency, known_by(alone.agency)),)
    found = lineage(copies)
    first = next((a for a in copies if a.id == found.earliest.value), max(copies, key=lambda a: a.words))
    return tuple(
        Carried(
            article,
            first,
            one.role,
            None if article is first else round(100 * one.kept),
            *_agency(article, found.agency),
        )
        for article, one in zip(copies, found.copies, strict=True)
    )


def _agency(article: Article, of_all: Claim) -> tuple[Claim, str]:
    if article.agency.value or not of_all.value:
        return article.agency, known_by(article.agency)
    return Claim(of_all.value, "inferred"), gettext("other copies of this text; no credit")


def known_by(claim: Claim) -> str:
    """Name the kinds of words that a claim rests on."""
    kinds = dict.fromkeys(labels.evidence(item.kind) for item in claim.evidence)
    return ", ".join(kinds) or (labels.certainty(claim.certainty) if claim.value else "")


# --- what differs -------------------------------------------------------------------------------------


def differs(first: Article, copy: Article) -> str:
    """Say in a few words what a copy has not as the earliest one has it."""
    changes = diff(first, copy).changes
    end = _cut_from(changes)
    said = [*_headline(first, copy), *_tail(first, changes, end), *_counts(changes[:end])]
    text = ", ".join([*said, *_counts([c for c in changes[end:] if c.kind == "added"])])
    return text[:1].upper() + text[1:] if text else gettext("Identical")


def _headline(first: Article, copy: Article) -> Iterator[str]:
    if first.title_derived or copy.title_derived or fold(first.title) == fold(copy.title):
        return
    yield gettext("another headline")


def _cut_from(changes: Sequence[Change]) -> int:
    """Return the first of the changes behind which the copy has nothing of the text any more."""
    last = max((n for n, c in enumerate(changes) if c.kind in ("kept", "changed")), default=-1)
    cut = any(change.kind == "cut" for change in changes[last + 1 :])
    return last + 1 if cut and last >= 0 else len(changes)


def _tail(first: Article, changes: Sequence[Change], end: int) -> Iterator[str]:
    place = changes[end - 1].left if 0 < end < len(changes) else None
    if place is not None:
        number = sum(start <= place[0] for start, _ in split(first.body))
        inside = _goes_on(first.body, place[1])
        yield (gettext("cut in ¶{number}") if inside else gettext("cut after ¶{number}")).format(
            number=number
        )


def _goes_on(body: str, end: int) -> bool:
    return bool(body[end:].partition("\n")[0].strip())


def _counts(changes: Sequence[Change]) -> Iterator[str]:
    kinds = Counter(change.kind for change in changes)
    if count := kinds["changed"]:
        yield ngettext("{n} sentence changed", "{n} sentences changed", count).format(n=count)
    if count := kinds["cut"]:
        yield ngettext("{n} sentence left out", "{n} sentences left out", count).format(n=count)
    if count := kinds["added"]:
        yield ngettext("{n} sentence added", "{n} sentences added", count).format(n=count)
