"""What the whole archive is compared by: about a kilobyte for each article, kept with its entry.

An update reads the signatures of unchanged documents from the index, so that looking at an archive as a
whole needs no text but that of the few articles whose place in it changes.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from engine.dates import days
from engine.model import Access, Article, Certainty, Evidence, Translated
from indexer.cleaning import templates
from indexer.grouping import copies, stories
from indexer.grouping.twins import Twin
from indexer.language.translation import pairing

Part = Literal["lines", "first", "copies", "story", "anchors"]

_PLACES: dict[Part, int] = {"lines": 1, "first": 2, "copies": 3, "story": 4, "anchors": 5}
"""Where each part stands in a dumped signature, behind the JSON."""


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
        first, lines, body, copied, story, anchors = (b64decode(part) for part in text.split("."))
        head = Head.of(first)
        return cls(
            about=head.about,
            lines=lines,
            first=body,
            left=head.left,
            copies=copied or body,
            story=story,
            anchors=anchors,
            templates=head.templates,
            compared=head.compared,
            facts=head.facts,
            own=head.own,
        )


@dataclass(frozen=True, slots=True)
class Head:
    """What a signature holds besides the parts that components compare; see `Signature`."""

    about: About
    left: int
    templates: tuple[int, ...]
    compared: Compared | None
    facts: str
    own: Own | None

    @classmethod
    def of(cls, data: bytes) -> Head:
        """Read it from the JSON a dumped signature begins with."""
        head = json.loads(data)
        return cls(
            about=About(**head["about"]),
            left=head.get("left", 0),
            templates=tuple(head.get("templates", ())),
            compared=_compared(head.get("compared")),
            facts=head.get("facts", ""),
            own=Own.from_dict(head["own"]) if "own" in head else None,
        )

    @classmethod
    def load(cls, dumped: bytes) -> Head:
        """Read it from a dumped signature; the parts are not looked at."""
        return cls.of(b64decode(dumped.partition(b".")[0]))


def part(dumped: bytes, name: Part) -> bytes:
    """Return one part of a dumped signature; the others are not looked at."""
    parts = dumped.split(b".")
    return b64decode(parts[_PLACES[name]] or (parts[_PLACES["first"]] if name == "copies" else b""))


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
