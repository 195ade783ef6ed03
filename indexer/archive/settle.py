"""What the archive as a whole says of one article, and the article with it.

Facts name other articles by where they are; the words they rest on (the anchors of a translation, the line at
which a longer copy goes on) are looked up when an article is settled, so that an update reads only the texts
of what has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.model import Article, Copies, Story
from indexer.archive.signature import Own, Signature
from indexer.cleaning.templates import Template


@dataclass(frozen=True, slots=True)
class Other:
    """Another article of the archive: its row, its id, and the digest of its text."""

    row: int
    id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article only from the others.

    - `copies`, `story`: its groups, itself alone at least.
    - `templates`: the lines its source puts around every article, by the hash they have in its signature.
    - `longer`: a copy of it that goes on where it ends; `original`: what it is a translation of.
    """

    copies: Copies
    story: Story
    templates: Mapping[int, Template] = field(default_factory=dict)
    longer: Other | None = None
    original: Other | None = None

    def digest(self) -> str:
        """Identify everything that decides how the article is settled."""
        others = [other and (other.id, other.sha256) for other in (self.longer, self.original)]
        lines = sorted((line, found.least, found.anywhere) for line, found in self.templates.items())
        state = repr((self.copies, self.story, lines, others))
        return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def settle(article: Article, signature: Signature, facts: Facts) -> Article:
    """Return the article with its facts, and with the signature to keep.

    Args:
        article: without its template lines, otherwise as the pipeline made it.
        signature: its signature.
        facts: what the archive says of it.

    """
    settled = article
    own = Own.of(article)
    kept = replace(signature, facts=facts.digest(), own=own if Own.of(settled) != own else None)
    return replace(settled, copies=facts.copies, story=facts.story, signature=kept.dump())
