"""What passes between the stages of the indexer: frozen dataclasses.

file -> RawDocument -> Page -> Draft (+ findings of each stage) -> engine.model.Article
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from engine.model import Edit, Evidence

Media = Literal["text", "markdown", "html"]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the file, its header, its neighbour or its page says about the article, as written.

    Everything is a claim to be checked by `indexer.metadata`, not yet a fact. `folder` is the name
    of the directory directly under the corpus. `marks` are traces of translation or paywalls found
    in markup, such as `<meta http-equiv="X-Translated-By">`.
    """

    title: str | None = None
    url: str | None = None
    source: str | None = None
    agency: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    place: str | None = None
    folder: str | None = None
    free: bool | None = None
    word_count: int | None = None
    marks: tuple[Evidence, ...] = ()

    def over(self, other: Declared) -> Declared:
        """Fill what is missing here from `other`."""
        names = self.__dataclass_fields__
        missing = {n: getattr(other, n) for n in names if getattr(self, n) in (None, ())}
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as a format reader found it.

    `path` is corpus-relative with `/`; records of a many-document file add `#n`, 1-based.
    `payload` is bytes still to be decoded, or text when the container has decoded it (JSON, CSV).
    `fingerprint` is a SHA-256 of everything read for this document, neighbours included.
    """

    path: str
    payload: bytes | str
    media: Media
    declared: Declared
    fingerprint: str
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be indexed: where, and one sentence why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded document: its text before any change, and what is declared about it.

    For HTML, `text` is the visible text of the page, one block per line, and `edits` remove the
    blocks that are not the article's. For the other media, `edits` is empty.
    """

    path: str
    text: str
    declared: Declared
    fingerprint: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule or finder recognised in the text.

    `field` says what it is evidence for ("agency", "dateline_place", "desk", "section", "published",
    "percent_left", "translated_from", ...; "" for mere furniture), `value` what it says, `kind` how it
    was said ("dateline", "credit", "sign-off", ...). `edit` takes it out of the text, if it goes.
    """

    kind: str
    field: str
    value: str
    start: int
    end: int
    edit: Edit | None = None

    def evidence(self, text: str) -> Evidence:
        """Quote it from the text it was found in."""
        return Evidence(self.kind, text[self.start : self.end], self.start, self.end)


class Line(NamedTuple):
    """A line of text that is still there: `text == raw[start:end]`, stripped, never empty."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A document on its way through cleaning: raw text, edits so far, findings so far.

    Stages take a draft and return a new one through `with_findings`; nobody changes the text.
    """

    page: Page
    edits: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    flags: tuple[str, ...] = ()
    title_start: int | None = None
    title_end: int | None = None

    @property
    def text(self) -> str:
        """The raw text."""
        return self.page.text

    def lines(self) -> tuple[Line, ...]:
        """The lines that no "remove" edit has taken, trimmed; the title line is included.

        A line from which an edit took the beginning or the end is given without that part.
        """
        return live_lines(self.text, self.edits)

    def body_span(self) -> tuple[int, int]:
        """Where the body stands in the raw text: from the first line left after the title to the last.

        An empty span at the end of the text when nothing is left.
        """
        after = self.title_end or 0
        body = [line for line in self.lines() if line.start >= after]
        return (body[0].start, body[-1].end) if body else (len(self.text), len(self.text))

    def with_title(self, start: int, end: int) -> Draft:
        """Return this draft with `raw[start:end]` as its title line."""
        return replace(self, title_start=start, title_end=end)

    def with_findings(self, *findings: Finding) -> Draft:
        """Return this draft with more findings; their edits are added unless they overlap earlier ones."""
        edits = list(self.edits)
        kept: list[Finding] = []
        for finding in findings:
            edit = finding.edit
            if edit is not None and any(e.start < edit.end and edit.start < e.end for e in edits):
                continue
            if edit is not None:
                edits.append(edit)
            kept.append(finding)
        return replace(
            self,
            edits=tuple(sorted(edits, key=lambda e: (e.start, e.end))),
            findings=(*self.findings, *kept),
        )


@lru_cache(maxsize=2)
def live_lines(text: str, edits: tuple[Edit, ...]) -> tuple[Line, ...]:
    """Split `text` into the non-empty lines left after the "remove" edits.

    Text on both sides of an edit inside a line counts as two lines. Most steps ask for the lines of a
    document and few change them, so the last answers are remembered.
    """
    gone = sorted((e.start, e.end) for e in edits if e.kind == "remove")
    lines: list[Line] = []
    position = 0
    for start, end in (*gone, (len(text), len(text))):
        lines += _split(text, position, start)
        position = max(position, end)
    return tuple(lines)


def _split(text: str, start: int, end: int) -> Iterator[Line]:
    for piece in text[start:end].split("\n"):
        stripped = piece.strip()
        if stripped:
            first = start + piece.find(stripped)
            yield Line(first, first + len(stripped), stripped)
        start += len(piece) + 1
