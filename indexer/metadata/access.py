"""Whether the article is whole: paywall notices, marks of a cut, and what the page declares."""

from __future__ import annotations

import re

from engine.model import Access, Evidence
from indexer.documents import Draft, Finding

MUCH_SHORTER = 0.6
"""A text of an article that is not free, with fewer than so much of its declared words, is cut."""

_CUT_MARK = re.compile(
    r"(?P<mark>(?:(?:…|\.\.\.)\s?)?(?:\[\s?\+\s?\d{1,7}\s(?:chars|characters)\s?\]|[\[(](?:…|\.\.\.)[\])]))$"
)
_ELLIPSIS = re.compile(r"(?<=[\w,;])(?<!etc) ?(?P<mark>…|\.\.\.)$")
_SENTENCE_WORDS = 8
"""A bare ellipsis is a cut only behind a sentence of some length: `Loading…` is none."""

_SENTENCE_END = re.compile(r"[.!?…。؟।:][\"'”’»)\]]*$|[\"”»]$")


def access_of(draft: Draft, span: tuple[int, int], words: int) -> Access:
    """Return whether the text was cut.

    Args:
        draft: after `structure`.
        span: where the body stands in the raw text.
        words: how many words the body has.

    """
    text = draft.text
    notices = [f for f in draft.findings if f.field in ("percent_left", "truncated")]
    reasons = [finding.evidence(text) for finding in notices] + _cut_marks(text, span)
    cut = bool(reasons)
    if draft.page.declared.free is False:
        reasons.append(Evidence("declared", "not free"))
        cut = cut or _stops_short(draft, span, words)
    return Access(cut, _percent_left(notices), tuple(dict.fromkeys(reasons)))


def _cut_marks(text: str, span: tuple[int, int]) -> list[Evidence]:
    """Return the mark a feed or crawler left where it cut the text."""
    start = max(span[0], span[1] - 200)
    tail = text[start : span[1]].rstrip()
    last = tail.rpartition("\n")[2]
    match = _CUT_MARK.search(last) or (_ELLIPSIS.search(last) if last.count(" ") >= _SENTENCE_WORDS else None)
    if match is None:
        return []
    at = start + len(tail) - len(last)
    return [Evidence("cut mark", match["mark"], at + match.start("mark"), at + match.end("mark"))]


def _stops_short(draft: Draft, span: tuple[int, int], words: int) -> bool:
    declared = draft.page.declared.word_count
    shorter = declared is not None and declared >= 50 and words < MUCH_SHORTER * declared
    last = draft.text[max(span[0], span[1] - 10) : span[1]].rstrip()
    return shorter or not _SENTENCE_END.search(last)


def _percent_left(notices: list[Finding]) -> int | None:
    for finding in notices:
        number = re.match(r"\s*(\d{1,3})(?:[.,٫]\d+)?", finding.value)
        if finding.field == "percent_left" and number and int(number[1]) <= 100:
            return min(100, round(float(re.sub("[,٫]", ".", number[0]))))
    return None
