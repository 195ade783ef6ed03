"""The title: a line of the text that is one, or else words to show instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.documents import Line
from indexer.metadata import dates

MAX_WORDS = 30
"""A headline has no more words; the longest lines of this kind are first sentences without a stop."""

MAX_QUESTION = 16
"""A line with more words that asks or exclaims is a first sentence."""

MAX_DECLARED = 300
"""A declared title is cut to so many characters."""

DERIVED_LENGTH = 120
"""Where a first sentence that stands in for a title is cut."""

SAME = 0.75
"""Two titles are the same when they share so many of their words."""

_WRAPPED = range(40, 101)
"""How long the lines of a paragraph are that was broken into lines; bylines and dates are shorter."""

_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"#{1,6}\s+|[*_]{2,10}\s*|[*_](?=\S)")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$")
_STOP = re.compile(r"[.;:,…。।۔][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…。]+[\"'”’»)\]]*$")
_NO_TITLE = re.compile(r"[-*•–—]\s|\d{1,3}[.)]\s|.*[>›»|]\s.*[>›»|]\s|\(|(?:by|par|por|von)\s", re.IGNORECASE)
_FIRST_SENTENCE = re.compile(r".+?[.!?…。](?=[\"'”’»)\]]*(?:\s|$))[\"'”’»)\]]*|.+", re.DOTALL)
_DATE_END = re.compile(r"(?:\d|\d\s?[AaPp]\.?[Mm]\.?|\d\s?\(?[A-Z]{1,4}\)?)$")
_DATE_START = re.compile(r"(?<![^\W_])[^\W_]|(?<=[^\W\d_])\d|(?<=[^\W\d_])[A-ZÀ-Þ](?=[^\W\d_])")
_SHORT_WEEKDAY = re.compile(r"[A-Z][a-z]{2,3},\s")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """Where the title stands, and where a date glued to it does; offsets of the raw text."""

    start: int
    end: int
    date: tuple[int, int] | None = None


def find(lines: Sequence[Line], text: str, declared: str | None) -> TitleLine | None:
    """Return the title if the first of `lines` is one.

    A declared title decides: the line either is that title, or the text has no title line. Without
    one, the line must look like a headline and not like the first sentence of the body.
    """
    if len(lines) < 2:
        return None
    line = lines[0]
    marks = _MARKS.match(line.text)
    start = line.start + (marks.end() if marks else 0)
    said = line.text[start - line.start :]
    date = glued_date(said)
    title = said[:date].rstrip(" |·•–—-") if date is not None else said.rstrip("*_ ") if marks else said
    accepted = same_title(title, declared) if declared else _is_headline(title, lines, text)
    if not accepted:
        return None
    return TitleLine(start, start + len(title), (start + date, line.end) if date is not None else None)


def glued_date(line: str) -> int | None:
    """Return where a date that was glued to the end of a headline begins.

    A date that may belong to the headline itself (`The attack of 14 November 2023`) is left alone.
    """
    if not _DATE_END.search(line[-8:]):
        return None
    first = max(0, len(line) - dates.MAX_LENGTH // 2)
    for candidate in _DATE_START.finditer(line, first):
        at = candidate.start()
        if at >= 10 and _is_glued(line, at) and is_date(line[at:]):
            return at
    return None


def _is_glued(line: str, at: int) -> bool:
    before, date = line[at - 1], line[at:]
    divided = line[:at].rstrip().endswith(("|", "·", "•"))
    glued = not before.isspace() and before not in "([/-–—."
    return glued or divided or bool(_SHORT_WEEKDAY.match(date)) or bool(re.search(r"\d:\d\d", date))


def is_date(text: str) -> bool:
    """Tell whether `text` is a date, at least to the day, and nothing else."""
    try:
        moment = dates.parse(text)
    except dates.ImplausibleDateError:
        return False
    return moment is not None and moment.precision not in ("year", "month") and not text.isdecimal()


def same_title(line: str, declared: str) -> bool:
    """Tell whether a line is the declared title, give or take a site name or a word."""
    a, b = _WORD.findall(line[:MAX_DECLARED].casefold()), _WORD.findall(declared[:MAX_DECLARED].casefold())
    if not a or len(line) > MAX_DECLARED:
        return False
    if a == b:
        return True
    around = len(a) >= 3 and a in (b[: len(a)], b[-len(a) :]) and len(b) - len(a) <= 6
    alike = len(set(a) & set(b)) >= SAME * len(set(a) | set(b))
    return (around or alike) and not _STOP.search(line)


def _is_headline(title: str, lines: Sequence[Line], text: str) -> bool:
    words = len(_WORD.findall(title[:1000]))
    return (
        2 <= words <= (MAX_WORDS if not title.endswith(("?", "!")) else MAX_QUESTION)
        and len(title) <= MAX_DECLARED
        and not (_STOP.search(title) and not _ABBREVIATION.search(title))
        and not _NO_TITLE.match(title)
        and not (title[0].islower() and not title[1:2].isupper())
        and not _goes_on(lines, text)
    )


def _goes_on(lines: Sequence[Line], text: str) -> bool:
    """Tell whether the first line is the beginning of a paragraph broken into lines."""
    pairs = [(a, b) for a, b in pairwise(lines[:9]) if text.count("\n", a.end, b.start) <= 1]
    if not pairs or pairs[0][0] is not lines[0]:
        return False
    broken = [not _SENTENCE_END.search(a.text[-4:]) and len(a.text) in _WRAPPED for a, _ in pairs[1:]]
    return pairs[0][1].text[0].islower() or sum(broken) >= max(2, len(broken) / 2)


def derive(body: str) -> str:
    """Return the first sentence of the body, cut at a word, to stand in for a title."""
    start = " ".join(body[: 4 * DERIVED_LENGTH].split())
    sentence = _FIRST_SENTENCE.match(start)
    return shorten(sentence[0], DERIVED_LENGTH) if sentence else ""


def shorten(text: str, limit: int) -> str:
    """Cut `text` at a word so that it is not much longer than `limit`; `…` marks the cut."""
    text = " ".join(text[: 4 * limit].split())
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", limit // 2, limit + 1)
    return text[: cut if cut > 0 else limit].rstrip(" ,;:–—-") + "…"
