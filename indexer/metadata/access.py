"""Whether the article is whole: paywall notices, marks of a cut, and what the page declares."""

from __future__ import annotations

import re

from engine.model import Access, Evidence
from indexer.documents import Draft, Finding

MUCH_SHORTER = 0.6
"""A text of an article that is not free, with fewer than so much of its declared words, is cut."""

FAR_SHORTER = 0.4
"""So is one of an article of which nothing is declared but its length, when that is considerable."""

CONSIDERABLE = 150
"""Fewer declared words prove nothing by themselves."""

SHORT_POST = 40
"""Texts with fewer words may end with an ellipsis and yet be whole."""

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
    reasons = [finding.evidence(text) for finding in notices] + _cut_marks(text, span, words)
    reasons += _missing_words(draft, words)
    cut = bool(reasons)
    if draft.page.declared.free is False:
        reasons.append(Evidence("declared", "not free"))
        cut = cut or not _SENTENCE_END.search(text[max(span[0], span[1] - 10) : span[1]].rstrip())
    return Access(cut, _percent_left(notices), tuple(dict.fromkeys(reasons)))


def _cut_marks(text: str, span: tuple[int, int], words: int) -> list[Evidence]:
    """Return the mark a feed or crawler left where it cut the text."""
    start = max(span[0], span[1] - 200)
    tail = text[start : span[1]].rstrip()
    last = tail.rpartition("\n")[2]
    long_enough = words >= SHORT_POST and last.count(" ") >= _SENTENCE_WORDS
    match = _CUT_MARK.search(last) or (_ELLIPSIS.search(last) if long_enough else None)
    if match is None:
        return []
    at = start + len(tail) - len(last)
    return [Evidence("cut mark", match["mark"], at + match.start("mark"), at + match.end("mark"))]


def _missing_words(draft: Draft, words: int) -> list[Evidence]:
    """Return how much shorter the text is than the page declares, if that is telling."""
    page = draft.page.declared
    if page.word_count is None or page.free:
        return []
    share, least = (MUCH_SHORTER, 50) if page.free is False else (FAR_SHORTER, CONSIDERABLE)
    if page.word_count < least or words >= share * page.word_count:
        return []
    return [Evidence("word count", f"{words} of {page.word_count} declared words")]


def _percent_left(notices: list[Finding]) -> int | None:
    for finding in notices:
        number = re.match(r"\s*(\d{1,3})(?:[.,٫]\d+)?", finding.value)
        if finding.field == "percent_left" and number and int(number[1]) <= 100:
            return min(100, round(float(re.sub("[,٫]", ".", number[0]))))
    return None
