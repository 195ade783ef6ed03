"""What the archive as a whole says of one article, and the article with it.

Facts name other articles by where they are; the words a pair rests on are looked up when an article is
settled, so that an update reads only the texts of what has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine.model import Article, Copies, Story
from indexer.archive.signature import Compared, Own, Signature
from indexer.cleaning.templates import Template
from indexer.grouping.twins import with_twin
from indexer.language.translation import pairing, with_pair

Held = Mapping[int, Template]
"""The template lines that stand in an article, by their hash."""


@dataclass(frozen=True, slots=True)
class Partner:
    """The other article of a translation pair: its row, its id, and what its text is known by.

    `original` says that it is the original of the article it is a partner of.
    """

    row: int
    id: str
    text: str
    language: str | None
    pair: pairing.Pair
    original: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article only from the others.

    - `templates`: the lines its source puts around every article.
    - `copies`, `story`: its groups, itself alone at least.
    - `compared`: what longer copies show; `partner`: the same text in another language.
    """

    copies: Copies
    story: Story
    templates: Held = field(default_factory=dict)
    compared: Compared | None = None
    partner: Partner | None = None

    def digest(self) -> str:
        """Identify everything that decides how the article is settled."""
        paired = self.partner and (
            self.partner.id,
            self.partner.text,
            self.partner.original,
            self.partner.pair.direction,
        )
        state = repr((self.copies, self.story, known_by(self.templates), self.compared, paired))
        return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def known_by(held: Held) -> str:
    """Say which template lines an article holds, in words that change as seldom as its text."""
    return repr(sorted((line, found.least, found.anywhere) for line, found in held.items()))


def settle(article: Article, signature: Signature, facts: Facts, other: Callable[[int], Article]) -> Article:
    """Return the article with its facts, and with the signature to keep.

    Args:
        article: without its template lines, otherwise as the pipeline made it.
        signature: its signature.
        facts: what the archive says of it.
        other: returns the article of a row, likewise.

    """
    own = Own.of(article)
    settled = article
    if facts.compared is not None and facts.compared.twin is not None:
        settled = replace(settled, access=with_twin(settled.access, *facts.compared.twin))
    if facts.partner is not None:
        settled = _paired(settled, facts.partner, other(facts.partner.row))
    overruled = own if Own.of(settled) != own else None
    kept = replace(signature, compared=facts.compared, facts=facts.digest(), own=overruled)
    return replace(settled, copies=facts.copies, story=facts.story, signature=kept.dump())


def _paired(article: Article, partner: Partner, other: Article) -> Article:
    """Add what the pair shows; the original of a translation stays as it is."""
    if partner.pair.resolved and not partner.original:
        return article
    found = pairing.evidence(article, other, partner.pair)
    original = (partner.id, partner.language) if partner.original else (None, None)
    return replace(article, translated=with_pair(article.translated, found, *original))
