"""Articles for tests: say what matters, the rest is a plain article of an invented paper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from engine.edits import body_of
from engine.model import (
    Access,
    Article,
    Byline,
    Claim,
    Copies,
    Edit,
    Evidence,
    Precision,
    Published,
    Story,
    Translated,
    Verdict,
)

_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


def article(
    id: str = "a",  # noqa: A002 - the name of the field
    title: str = "Army takes the town",
    body: str = "The army said on Tuesday it had taken the town.",
    *,
    language: str | None = "en",
    source: str | None = "Sahel Courier",
    agency: str | None = None,
    published: str | None = "2023-11-14",
    place: str | None = None,
    authors: Sequence[str] = (),
    translated: Verdict = "none",
    truncated: bool = False,
    removed: Sequence[str] = (),
    copies: str | None = None,
    story: str | None = None,
    path: str | None = None,
    url: str | None = None,
) -> Article:
    """Build an article whose raw text, edits and body agree.

    `removed` are lines that stood between title and body and were taken out. `copies` and `story`
    are ids of groups.
    """
    raw = f"{title}\n{''.join(line + chr(10) for line in removed)}{body}"
    made = Article(
        id=id,
        path=path or f"{id}.txt",
        raw=raw,
        body=body,
        body_start=len(title) + 1,
        body_end=len(raw),
        title=title,
        url=url,
        words=len(body.split()),
        language=language,
        source=_claim(source),
        agency=_claim(agency),
        published=_published(published),
        dateline_place=place,
        byline=Byline(authors=tuple(authors)),
        access=Access(truncated=truncated),
        translated=Translated(verdict=translated),
        edits=_edits(len(title) + 1, removed),
        copies=Copies(copies, 2, "copy") if copies else None,
        story=Story(story, 2) if story else None,
        sha256=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        fingerprint=f"made for {id}",
    )
    assert body_of(made) == body
    return made


def _claim(value: str | None) -> Claim:
    return Claim(value, "declared", (Evidence("header", value),)) if value else Claim()


def _published(value: str | None) -> Published:
    if not value:
        return Published()
    return Published(value, "declared", (Evidence("header", value),), _PRECISIONS.get(len(value), "second"))


def _edits(start: int, removed: Sequence[str]) -> tuple[Edit, ...]:
    edits = []
    for line in removed:
        end = start + len(line) + 1
        edits.append(Edit(start, end, "", "remove", "furniture.line", "Furniture", "test/1", line))
        start = end
    return tuple(edits)
