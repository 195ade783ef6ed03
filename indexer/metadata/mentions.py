"""Dates inside sentences: `Tuesday, November 14`, and the years a text names.

A weekday with a day and a month fits one year in five or six, so that a text which also names its
years tells which year is meant; a weekday that fits no year shows a slip somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from indexer.metadata.dates import FIRST_YEAR
from indexer.metadata.months import month, weekday

AHEAD = 2
"""An event is placed at most so many years after the newest year its text names. On dated news
three in four of such conclusions are right; within four years it would be less than half."""

LIMIT = 500
"""No more years and no more mentions are read from one text."""

_NAME = r"[^\W\d_]{3,14}"
_WEEKDAY = r"(?<!\w)(?P<weekday>[^\W\d_]{5,14}(?:-feira)?),?\s(?:the\s|le\s|den\s|dem\s)?"
"""In sentences only names in full are weekdays: `Sun` and `Mon` are words as well."""

_DAY = re.compile(r"(?<![\w.,:/$€£-])\d{1,2}(?![\d%:/])")
_YEAR_SAID = r"(?:,?\s(?:de\s|del\s)?(?P<year>\d{4})(?!\d))?"
_FORMS = (
    (  # Tuesday, November 14
        re.compile(rf"{_WEEKDAY}(?P<month>{_NAME})\.?\s$"),
        re.compile(rf"(?:st|nd|rd|th)?(?!\w|[.,]\d){_YEAR_SAID}"),
    ),
    (  # mardi 14 novembre
        re.compile(rf"{_WEEKDAY}$"),
        re.compile(rf"(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?(?P<month>{_NAME}){_YEAR_SAID}"),
    ),
)
"""What stands before and behind the number of the day."""

_YEAR = re.compile(r"(?<![\w.,$€£/-])(?:19|20)\d\d(?![\w%]|[.,/:-]\d)")
_AHEAD_OF = re.compile(
    r"\b(?:by|until|till|before|through|beyond|towards?|for|d[’']ici|jusqu[’']en|avant|pour|bis|vor|hasta|para|antes\sde"
    r"|até|entro|fino\sal)\s(?:the\s)?(?:end\sof\s|early\s|late\s|mid-?)?(?:[^\W\d_]{3,10}\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A weekday with a date, as written at `start:end`; `year` is None when none is said."""

    start: int
    end: int
    text: str
    weekday: int
    month: int
    day: int
    year: int | None

    def in_year(self, year: int) -> date | None:
        """Return the date in that year if it falls on this weekday."""
        try:
            found = date(year, self.month, self.day)
        except ValueError:
            return None
        return found if found.weekday() == self.weekday else None

    def among(self, years: Iterable[int]) -> list[date]:
        """Return the dates on which this weekday and date meet in `years`."""
        return [found for year in sorted(set(years)) if (found := self.in_year(year))]


def mentions(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Find the weekdays with a date in `text[start:end]`."""
    days = _DAY.finditer(text, start, end)
    found = filter(None, (_mention(text, max(start, day.start() - 40), day) for day in days))
    return tuple(islice(found, LIMIT))


def named_years(text: str, start: int, end: int) -> frozenset[int]:
    """Return the years that `text[start:end]` names, except as a term ahead (`by 2030`)."""
    return frozenset(islice(_years(text, start, end), LIMIT))


def event_date(mention: Mention, named: frozenset[int]) -> date | None:
    """Return the date a mention means, given the years its text names; None when it can not be told.

    It is the one date from the newest named year on that falls on the weekday said.
    """
    if not named:
        return None
    newest = max(named)
    if mention.year is not None:
        return mention.in_year(mention.year) if mention.year >= newest else None
    found = mention.among(range(newest, newest + AHEAD + 1))
    return found[0] if len(found) == 1 else None


def contradicts(mention: Mention, named: frozenset[int], published: int | None) -> bool:
    """Tell whether a mention's weekday is wrong in its year, or in every year that may be meant."""
    if mention.year is not None:
        return mention.in_year(mention.year) is None
    if published is None:
        return False
    return not mention.among({*named, published - 1, published, published + 1})


def _mention(text: str, start: int, number: re.Match[str]) -> Mention | None:
    """Return the mention whose day is `number`, looking back as far as `start`."""
    window = text[start : number.start()]
    for before, behind in _FORMS:
        left, right = before.search(window), behind.match(text, number.end())
        if left and right:
            said = left.groupdict() | right.groupdict()
            week, in_year, day = weekday(said["weekday"]), month(said["month"]), int(number[0])
            year = int(said["year"]) if said["year"] else None
            if week is not None and in_year and 1 <= day <= 31 and (year or FIRST_YEAR) >= FIRST_YEAR:
                first = start + left.start()
                return Mention(first, right.end(), text[first : right.end()], week, in_year, day, year)
    return None


def _years(text: str, start: int, end: int) -> Iterator[int]:
    for match in _YEAR.finditer(text, start, end):
        if not _AHEAD_OF.search(text[max(start, match.start() - 40) : match.start()]):
            yield int(match[0])
