"""What witnesses read and what they say.

A witness is a function from a `Reading` to weighted evidence. Marks and residue are witnesses; a
style model or a search for the original is one more function in `verdict.WITNESSES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from engine.model import Evidence
from indexer.documents import Draft, Line
from indexer.language.translation.edges import edge_lines

READ = 200_000
"""Characters of a body that are read: a translation shows long before."""

Ceiling = Literal["none", "probable", "translated"]
"""The most that one kind of evidence may claim when nothing else supports it."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """One piece of evidence.

    `weight` is in log-odds, negative when it speaks against a translation. Evidence of one `family`
    has one cause (a house style, a broken editor) and counts once. `language` is the language it
    says the text was translated from (ISO 639-1), if it says one.
    """

    evidence: Evidence
    family: str
    weight: float
    ceiling: Ceiling
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a witness may look at: a draft, its body `raw[start:end]`, and the body's language.

    `body` is the raw text of the body, before repairs, with everything that was taken out replaced
    by line breaks; offsets into it plus `start` are offsets into the raw text. `edges` are the raw
    lines around its beginning and end, removed ones too.
    """

    draft: Draft
    start: int
    end: int
    language: str | None
    body: str
    edges: tuple[Line, ...]

    @classmethod
    def of(cls, draft: Draft, start: int, end: int, language: str | None) -> Reading:
        """Prepare `raw[start:end]` for reading."""
        body = _visible(draft, start, min(end, start + READ))
        return cls(draft, start, end, language, body, edge_lines(draft.text, start, end))

    def quote(self, kind: str, start: int, end: int) -> Evidence:
        """Quote the raw text between two raw offsets."""
        return Evidence(kind, self.draft.text[start:end], start, end)


Witness = Callable[[Reading], Iterable[Weighted]]


def _visible(draft: Draft, start: int, end: int) -> str:
    parts: list[str] = []
    position = start
    for edit in draft.edits:
        first, last = max(edit.start, position), min(edit.end, end)
        if edit.kind == "remove" and first < last:
            parts += (draft.text[position:first], "\n" * (last - first))
            position = last
    return "".join((*parts, draft.text[position:end]))
