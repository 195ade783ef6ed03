"""What the whole archive is compared by: a few hundred bytes for each article, kept with its entry.

An update reads the signatures of unchanged documents from the index, so that looking at an archive as a
whole needs no text but that of the few articles whose place in it changes.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.dates import days
from engine.model import Access, Article, Evidence, Translated
from indexer.cleaning import templates
from indexer.grouping import copies, stories

UNDATED = -1
"""The day of an article without a date to the day."""


@dataclass(frozen=True, slots=True)
class Own:
    """What an article says of itself where the archive may say otherwise: so that it can be settled anew."""

    access: Access
    translated: Translated

    @classmethod
    def of(cls, article: Article) -> Own:
        """Take it from an article that is not settled yet."""
        return cls(article.access, article.translated)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Own:
        """Undo `dataclasses.asdict` and JSON."""
        access, translated = data["access"], data["translated"]
        access["reasons"] = tuple(Evidence(**item) for item in access["reasons"])
        translated["evidence"] = tuple(Evidence(**item) for item in translated["evidence"])
        return cls(Access(**access), Translated(**translated))


@dataclass(frozen=True, slots=True)
class Signature:
    """One article as the whole archive sees it.

    - `words`, and how many are `left` without template lines; `day` (since 1970-01-01, UNDATED); `agency`
      (a certain one); `verdict` and `from_language` (its own evidence of being a translation).
    - `lines`: its lines as templates are learned from them; `first`: its body before templates were taken
      out, as copies are found by.
    - `copies`, `story`: its body without templates, as each component reads it.
    - `templates`: the hashes of the template lines taken out; `facts`: a digest of what was settled; `own`:
      what that overruled, None when nothing.
    """

    words: int
    left: int
    day: int
    agency: str | None
    verdict: str
    from_language: str | None
    lines: bytes
    first: bytes
    copies: bytes
    story: bytes
    templates: tuple[int, ...] = ()
    facts: str = ""
    own: Own | None = None

    def without_templates(self, article: Article, held: tuple[int, ...]) -> Signature:
        """Return this signature for `article`, out of which the template lines `held` are taken."""
        return replace(
            self,
            left=article.words,
            copies=copies.sign(article.body),
            story=stories.sign(article),
            templates=held,
        )

    def dump(self) -> str:
        """Return it as text without spaces."""
        about = {
            "words": self.words,
            "left": self.left,
            "day": self.day,
            "agency": self.agency,
            "verdict": self.verdict,
            "from": self.from_language,
            "templates": self.templates,
            "facts": self.facts,
            "own": asdict(self.own) if self.own else None,
        }
        head = json.dumps({name: value for name, value in about.items() if value not in (None, ())})
        copied = b"" if self.copies == self.first else self.copies
        blobs = (head.encode(), self.lines, self.first, copied, self.story)
        return ".".join(b64encode(blob).decode() for blob in blobs)

    @classmethod
    def load(cls, text: str) -> Signature:
        """Undo `dump`."""
        head, lines, first, copied, story = (b64decode(part) for part in text.split("."))
        about = json.loads(head)
        own = about.get("own")
        return cls(
            words=about["words"],
            left=about["left"],
            day=about["day"],
            agency=about.get("agency"),
            verdict=about["verdict"],
            from_language=about.get("from"),
            templates=tuple(about.get("templates", ())),
            facts=about["facts"],
            own=Own.from_dict(own) if own else None,
            lines=lines,
            first=first,
            copies=copied or first,
            story=story,
        )


def sign(article: Article) -> Signature:
    """Return the signature of an article as the pipeline made it, before the archive is looked at."""
    body = copies.sign(article.body)
    return Signature(
        words=article.words,
        left=article.words,
        day=day_of(article.published.value),
        agency=article.agency.value if article.agency.certainty == "certain" else None,
        verdict=article.translated.verdict,
        from_language=article.translated.from_language,
        lines=templates.sign(article),
        first=body,
        copies=body,
        story=stories.sign(article),
    )


def day_of(published: str | None) -> int:
    """Return the day of an ISO date as days since 1970-01-01; UNDATED when it names no day."""
    length = len("2023-11-14")
    if published is None or len(published) < length:
        return UNDATED
    return days(published[:length])[0].toordinal() - _EPOCH


_EPOCH = 719_163
"""`date(1970, 1, 1).toordinal()`"""
