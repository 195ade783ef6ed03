"""What the whole archive is compared by: about a kilobyte for each article, kept with its entry.

An update reads the signatures of unchanged documents from the index, so that looking at an archive as a
whole needs no text but that of the few articles whose place in it changes.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.dates import days
from engine.model import Access, Article, Certainty, Evidence, Translated
from indexer.cleaning import templates
from indexer.grouping import copies, stories
from indexer.grouping.twins import Twin
from indexer.language.translation import pairing


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
class About:
    """What the archive asks of an article besides its text; `shows` is `pairing.shown`."""

    published: str | None
    words: int
    truncated: bool
    agency: Certainty
    shows: int
    from_language: str | None

    @property
    def day(self) -> int | None:
        """The day of publication as days since 1970-01-01; None when no day is known."""
        length = len("2023-11-14")
        value = self.published or ""
        return days(value[:length])[0].toordinal() - _EPOCH if len(value) >= length else None


@dataclass(frozen=True, slots=True)
class Compared:
    """What the texts of longer copies showed; `key` says which texts those were and of which article."""

    key: str
    twin: Twin | None


@dataclass(frozen=True, slots=True)
class Signature:
    """One article as the whole archive sees it.

    - `about`: what it says of itself.
    - `lines`: its lines as templates are learned from them; `first`: its body before templates were taken
      out, as copies are found by.
    - `left` counts its words without templates; `copies`, `story`, `anchors`: that text as each component
      reads it; `templates`: the hashes of the lines taken out.
    - `compared`: what longer copies showed, so that they need not be read again.
    - `facts`: a digest of what was settled; `own`: what that overruled, None when nothing.
    """

    about: About
    lines: bytes
    first: bytes
    left: int
    copies: bytes
    story: bytes
    anchors: bytes
    templates: tuple[int, ...] = ()
    compared: Compared | None = None
    facts: str = ""
    own: Own | None = None

    def without_templates(self, article: Article, held: tuple[int, ...]) -> Signature:
        """Return this signature for `article`, out of which the template lines `held` are taken."""
        return replace(
            self,
            left=article.words,
            copies=copies.sign(article.body),
            story=stories.sign(article),
            anchors=pairing.sign(article),
            templates=held,
        )

    def dump(self) -> str:
        """Return it as text without spaces: parts in base64 with points between, JSON first."""
        head = {
            "about": asdict(self.about),
            "left": self.left,
            "templates": self.templates,
            "compared": _twin(self.compared),
            "facts": self.facts,
            "own": self.own and asdict(self.own),
        }
        copied = b"" if self.copies == self.first else self.copies
        text = json.dumps({name: value for name, value in head.items() if value}, separators=(",", ":"))
        parts = (text.encode(), self.lines, self.first, copied, self.story, self.anchors)
        return ".".join(b64encode(part).decode() for part in parts)

    @classmethod
    def load(cls, text: str) -> Signature:
        """Undo `dump`."""
        head, lines, first, copied, story, anchors = (b64decode(part) for part in text.split("."))
        about = json.loads(head)
        return cls(
            about=About(**about["about"]),
            lines=lines,
            first=first,
            left=about.get("left", 0),
            copies=copied or first,
            story=story,
            anchors=anchors,
            templates=tuple(about.get("templates", ())),
            compared=_compared(about.get("compared")),
            facts=about.get("facts", ""),
            own=Own.from_dict(about["own"]) if "own" in about else None,
        )


def _twin(compared: Compared | None) -> list[Any] | None:
    if compared is None:
        return None
    return [compared.key, compared.twin and [compared.twin.evidence.text, compared.twin.percent]]


def _compared(data: list[Any] | None) -> Compared | None:
    if data is None:
        return None
    key, found = data
    return Compared(key, Twin.of(*found) if found else None)


def sign(article: Article) -> Signature:
    """Return the signature of an article as the pipeline made it, before the archive is looked at."""
    body = copies.sign(article.body)
    return Signature(
        about=About(
            article.published.value,
            article.words,
            article.access.truncated,
            article.agency.certainty,
            pairing.shown(article),
            article.translated.from_language,
        ),
        lines=templates.sign(article),
        first=body,
        left=article.words,
        copies=body,
        story=stories.sign(article),
        anchors=pairing.sign(article),
    )


_EPOCH = 719_163
"""`date(1970, 1, 1).toordinal()`"""
