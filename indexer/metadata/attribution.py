"""Who published the article, and which agency wrote it.

A source is only ever declared or read from the address: a wire text is printed by many, and the
wording of a paywall proves nothing. An agency is certain when it signs the text, and probable when
the text speaks of it as its own (`told AFP`, `AFP saw`); being quoted (`according to Reuters`) makes
it neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from urllib.parse import urlsplit

from engine.model import Claim, Evidence
from indexer.documents import Declared, Draft
from indexer.metadata.agencies import Agencies, Agency
from indexer.metadata.wording import any_of

SCANNED = 200_000
"""Sentences beyond so many characters of the body are not read for self-references."""

MAX_REFERENCES = 50
MAX_SOURCE = 200
ENOUGH = 2
"""So many signs (self-references, or one and a desk slug) make an agency probable."""

_BEFORE = re.compile(rf"\b(?:{any_of('self_before')})$", re.IGNORECASE)
_AFTER = re.compile(rf"(?:{any_of('self_after')})", re.IGNORECASE)
_NOT_SELF = re.compile(any_of("not_self"), re.IGNORECASE)


def source_claim(declared: Declared) -> Claim:
    """Return who published the article, from what the file, the address or the folder says."""
    if declared.source and declared.source.strip():
        said = " ".join(declared.source[:MAX_SOURCE].split())
        return Claim(_host(said) or said, "declared", (Evidence("declared", said),))
    host = _host(declared.url or "")
    if host:
        return Claim(host, "certain", (Evidence("url", declared.url or ""),))
    if declared.folder:
        return Claim(declared.folder, "declared", (Evidence("folder", declared.folder),))
    return Claim()


def _host(address: str) -> str | None:
    """Return the host of an address or of a bare `www.example.org`."""
    if "://" not in address and not re.fullmatch(r"www\.[\w.-]{3,200}", address):
        return None
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|amp)\.(?=.+\.)", "", host) if host else None


def agency_claim(draft: Draft, span: tuple[int, int], agencies: Agencies) -> Claim:
    """Return the agency that wrote the article.

    Args:
        draft: after `structure`.
        span: where the body stands in the raw text.
        agencies: the agencies to know.

    """
    return (
        _signed(draft, agencies)
        or _declared(draft.page.declared, agencies)
        or _self_referring(draft, span, agencies)
    )


def _signed(draft: Draft, agencies: Agencies) -> Claim | None:
    signs = [finding for finding in draft.findings if finding.field == "agency"]
    if not signs:
        return None
    name = signs[0].value
    evidence = [finding.evidence(draft.text) for finding in signs if finding.value == name]
    evidence += [f.evidence(draft.text) for f in draft.findings if f.edit and f.kind == "credit"]
    return Claim(name, "certain", (*dict.fromkeys(evidence), *_spelled_out(name, agencies)))


def _spelled_out(name: str, agencies: Agencies) -> Iterator[Evidence]:
    """Say which agency is meant when several share the name."""
    for agency in agencies.rows:
        shared = (len(agencies.by_name[spelling.casefold()]) > 1 for spelling in agency.spellings)
        if agency.name == name and any(shared):
            yield Evidence("full name", agency.full_name or name)


def _declared(declared: Declared, agencies: Agencies) -> Claim | None:
    """Return the agency the file names, outright or as its source or author."""
    if declared.agency and declared.agency.strip():
        said = " ".join(declared.agency[:MAX_SOURCE].split())
        known = agencies.resolve(said, language=declared.language)
        return Claim(known.name if known else said, "declared", (Evidence("declared", said),))
    for said in (declared.source or "", *declared.authors[:20]):
        known = agencies.resolve(said[:MAX_SOURCE], "alone", declared.language)
        if known:
            return Claim(known.name, "declared", (Evidence("declared", said),))
    return None


def _self_referring(draft: Draft, span: tuple[int, int], agencies: Agencies) -> Claim:
    start, end = span[0], min(span[1], span[0] + SCANNED)
    found = list(islice(_references(draft, start, end, agencies), MAX_REFERENCES))
    desk = [f.evidence(draft.text) for f in draft.findings if f.kind == "desk slug" and f.edit]
    counts = Counter(agency.name for agency, _ in found).most_common(2)
    if not counts or counts[0][1] + len(desk) < ENOUGH or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return Claim()
    name = counts[0][0]
    return Claim(name, "probable", (*(e for agency, e in found if agency.name == name), *desk))


def _references(draft: Draft, start: int, end: int, agencies: Agencies) -> Iterator[tuple[Agency, Evidence]]:
    """Find where the text speaks of an agency as its own."""
    text = draft.text
    for match in islice(_names(agencies).finditer(text, start, end), 20 * MAX_REFERENCES):
        window = text[max(start, match.start() - 60) : match.start()]
        before = _BEFORE.search(window)
        after = _AFTER.match(text, match.end(), min(end, match.end() + 60))
        agency = agencies.resolve(match[0], language=draft.page.declared.language)
        if agency is None or not (before or after) or _is_foreign(draft, match):
            continue
        first = match.start() - (len(window) - before.start() if before else 0)
        last = after.end() if after else match.end()
        yield agency, Evidence("self-reference", text[first:last], first, last)


@cache
def _names(agencies: Agencies) -> re.Pattern[str]:
    names = agencies.names(solo=True)
    initials = "".join(sorted({name.lstrip("\\")[0] for name in names.split("|")}))
    return re.compile(rf"(?<!\w)(?=[{re.escape(initials)}])(?:{names})(?!\w)")


def _is_foreign(draft: Draft, name: re.Match[str]) -> bool:
    """Tell whether the agency is spoken of as another, or outside the body."""
    removed = any(e.start <= name.start() < e.end for e in draft.edits if e.kind == "remove")
    return removed or bool(_NOT_SELF.match(draft.text, name.end()))
