"""What the metadata stage says about one article."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.model import Access, Byline, Claim, Published


@dataclass(frozen=True, slots=True)
class Metadata:
    """The claims about an article, each with its certainty and the words it rests on.

    `flags` are short warnings for the reader, `name` or `name: 'quoted words'`.
    """

    title: str
    title_derived: bool = False
    url: str | None = None
    section: str | None = None
    source: Claim = field(default_factory=Claim)
    agency: Claim = field(default_factory=Claim)
    published: Published = field(default_factory=Published)
    dateline_place: str | None = None
    byline: Byline = field(default_factory=Byline)
    access: Access = field(default_factory=Access)
    flags: tuple[str, ...] = ()
