"""When the article was published: what is declared, what the text says, what can be concluded.

declared   by the file, its header or its page
certain    a full date glued to the headline, in a date line or in the dateline
probable   the day in the article's address
inferred   the day of the event, from its weekday and the years the text names
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.model import Certainty, Evidence, Published
from indexer.documents import Draft
from indexer.metadata import dates
from indexer.metadata.mentions import Mention, contradicts, event_date, mentions, named_years

LEAD = 1500
"""The event a text reports is named among the first so many characters of its body."""

SCANNED = 200_000
"""Sentences beyond so many characters of the body are not read for dates."""

APART = timedelta(days=2)
"""Declared and written dates further apart than this contradict each other."""

MAX_CONFLICTS = 5

_URL_DATE = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<m>[01]?\d)[/-](?P<d>[0-3]?\d)(?:[/_-]|$)")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with where it comes from."""

    moment: dates.Moment
    certainty: Certainty
    evidence: Evidence


def publication(draft: Draft, span: tuple[int, int]) -> tuple[Published, tuple[str, ...]]:
    """Return the publication date and the flags that go with it.

    Args:
        draft: after `structure`.
        span: where the body stands in the raw text.

    """
    start, end = span[0], min(span[1], span[0] + SCANNED)
    said = mentions(draft.text, start, end)
    named = named_years(draft.text, start, end) if said else frozenset()
    outright, flags = _outright(draft)
    candidates = [*outright, *_inferred(said, named, start + LEAD)]
    best = candidates[0] if candidates else None
    conflicts = (*_far_apart(outright), *_slips(said, named, best.moment.when.year if best else None))
    return _claim(best, candidates), (*flags, *dict.fromkeys(conflicts))


def _claim(best: _Dated | None, candidates: list[_Dated]) -> Published:
    if best is None:
        return Published()
    agreeing = tuple(c.evidence for c in candidates if c.certainty == best.certainty)
    return Published(best.moment.value, best.certainty, agreeing[:3], best.moment.precision)


def _outright(draft: Draft) -> tuple[list[_Dated], list[str]]:
    """Return the dates that are said to be the article's, best first, and what is wrong with them."""
    found: list[_Dated] = []
    flags: list[str] = []
    for text, certainty, evidence in _sayings(draft):
        try:
            moment = dates.parse(text)
        except dates.ImplausibleDateError:
            flags.append(f"date_implausible: {_quoted(evidence.text)}")
            continue
        if moment is None:
            flags.append(f"date_unreadable: {_quoted(evidence.text)}")
            continue
        if moment.ambiguous:
            flags.append(f"date_ambiguous: {_quoted(evidence.text)}")
        found.append(_Dated(moment, certainty, evidence))
    return found, flags


def _sayings(draft: Draft) -> Iterator[tuple[str, Certainty, Evidence]]:
    declared = draft.page.declared
    if declared.published and declared.published.strip():
        yield declared.published, "declared", Evidence("declared", declared.published.strip()[:200])
    for finding in draft.findings:
        if finding.field == "published":
            yield finding.value, "certain", finding.evidence(draft.text)
    match = _URL_DATE.search(declared.url[:1000]) if declared.url else None
    if match:
        yield f"{match['y']}-{match['m']}-{match['d']}", "probable", Evidence("url", declared.url or "")


def _inferred(said: tuple[Mention, ...], named: frozenset[int], lead: int) -> Iterator[_Dated]:
    """Return the day of the event: the date the text's beginning mentions most."""
    days = [(m, day) for m in said if m.start < lead and (day := event_date(m, named))]
    if not days:
        return
    found = [day for _, day in days]
    chosen = max(dict.fromkeys(found), key=found.count)
    moment = dates.Moment(datetime(chosen.year, chosen.month, chosen.day), "day")  # noqa: DTZ001 - a day has no zone
    for mention, day in days:
        if day == chosen:
            yield _Dated(moment, "inferred", Evidence("event date", mention.text, mention.start, mention.end))


def _far_apart(outright: list[_Dated]) -> Iterator[str]:
    """Flag a date written in the text that is not the declared one."""
    precise = [d for d in outright if d.moment.precision not in ("year", "month") and not d.moment.ambiguous]
    declared = next((d for d in precise if d.certainty == "declared"), None)
    written = next((d for d in precise if d.certainty == "certain"), None)
    if declared and written and abs(_utc(declared.moment) - _utc(written.moment)) > APART:
        yield f"date_conflict: {_quoted(written.evidence.text)}"


def _slips(said: tuple[Mention, ...], named: frozenset[int], published: int | None) -> Iterator[str]:
    wrong = [mention for mention in said if contradicts(mention, named, published)]
    return (f"date_conflict: {_quoted(mention.text)}" for mention in wrong[:MAX_CONFLICTS])


def _utc(moment: dates.Moment) -> datetime:
    return moment.when if moment.when.tzinfo else moment.when.replace(tzinfo=UTC)


def _quoted(words: str) -> str:
    return f"'{' '.join(words[:80].split())}'"
