"""Description: everything that can be claimed about an article, with certainty and evidence."""

from __future__ import annotations

from engine.edits import apply
from engine.model import Byline
from indexer.cleaning.lengths import word_count
from indexer.documents import Draft
from indexer.metadata.access import access_of
from indexer.metadata.agencies import Agencies, load_agencies
from indexer.metadata.attribution import agency_claim, source_claim
from indexer.metadata.bylines import authors
from indexer.metadata.model import Metadata
from indexer.metadata.published import publication
from indexer.metadata.titles import MAX_DECLARED, derive, shorten

MAX_SECTION = 100


def describe(draft: Draft, body: str, agencies: Agencies | None = None) -> Metadata:
    """Say what the article is.

    Args:
        draft: after furniture, `structure` and repairs.
        body: the text with the edits applied.
        agencies: the news agencies to know; those of `agencies.toml` when None.

    """
    declared = draft.page.declared
    span = draft.body_span()
    title, derived = _title(draft, body)
    published, flags = publication(draft, span)
    return Metadata(
        title=title,
        title_derived=derived,
        url=declared.url,
        section=_section(draft),
        source=source_claim(declared),
        agency=agency_claim(draft, span, agencies or load_agencies()),
        published=published,
        dateline_place=_first(draft, "dateline_place") or declared.place,
        byline=_byline(draft),
        access=access_of(draft, span, word_count(body)),
        flags=flags,
    )


def _title(draft: Draft, body: str) -> tuple[str, bool]:
    """Return the title, and whether it had to be derived from the first sentence."""
    if draft.title_start is not None and draft.title_end is not None:
        title = apply(draft.text, draft.edits, draft.title_start, draft.title_end)
        return " ".join(title.split()), False
    declared = shorten(draft.page.declared.title or "", MAX_DECLARED)
    return (declared, False) if declared else (derive(body), True)


def _section(draft: Draft) -> str | None:
    section = draft.page.declared.section or _first(draft, "section") or ""
    return shorten(section, MAX_SECTION) or None


def _byline(draft: Draft) -> Byline:
    return Byline(
        authors=authors(draft.page.declared.authors) or _all(draft, "author"),
        reporting=_all(draft, "reporting"),
        writing=_all(draft, "writing"),
        editing=_all(draft, "editing"),
        desk=_first(draft, "desk"),
    )


def _all(draft: Draft, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in draft.findings if f.field == field and f.value))


def _first(draft: Draft, field: str) -> str | None:
    return next(iter(_all(draft, field)), None)
