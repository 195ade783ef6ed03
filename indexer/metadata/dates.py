"""Reading dates as people, feeds and machines write them.

`parse` takes a text that is a date and nothing else, and never guesses from part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from engine.model import Precision
from indexer.metadata.months import month, weekday

FIRST_YEAR, LAST_YEAR = 1600, 2100
"""Before the first newspaper, and beyond any archive: such a date is a mistake."""

MAX_LENGTH = 80
"""No date is written longer; longer texts are not read."""

_FORMATS: dict[Precision, str] = {
    "year": "%Y",
    "month": "%Y-%m",
    "day": "%Y-%m-%d",
    "minute": "%Y-%m-%dT%H:%M",
    "second": "%Y-%m-%dT%H:%M:%S",
}

_HOURS_FROM_UTC = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EAT": 3, "SAST": 2, "JST": 9, "KST": 9, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "ET": None, "CST": None, "IST": None, "BST": None, "WAT": 1, "CAT": 2,
    "MEZ": 1, "MESZ": 2, "UHR": None,
}  # fmt: skip
"""Zone names after a clock. None: the name is used for several zones, or for none."""

_LABEL = re.compile(
    r"(?:(?:first\s)?published|posted|created|date|publié(?:e|\sle)?|publicado|publicada|veröffentlicht|erschienen|stand"
    r"|pubblicato|gepubliceerd|опубликовано|نشر(?:\sفي)?|تاريخ\sالنشر)"
    r"\s?(?:on|at|am|le|el|em|il|op)?\s?:?\s+",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:(?<=\d)T|[\s,|]+(?:(?:at|à|um|às|alle|ore|a\slas|-|–)\s)?|^)"
    r"(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d\d)(?:\s?:\s?(?P<second>\d\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"\s?(?P<half>[ap]\.?m\b\.?)?"
    r"\s?\(?(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?(?!\d)|[A-Z]{2,4}\b|Uhr\b)?\)?,?",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_]{2,14}"
_MONTH = rf"(?P<month>{_WORD}(?:\sال{_WORD})?)(?:\s?/\s?{_WORD}(?:\sال{_WORD})?)?\.?"
_WEEKDAY = rf"(?:(?P<weekday>{_WORD}(?:-feira)?)\.?,?\s(?:the\s|le\s|den\s|el\s)?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?"
_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?:[-/.](?P<number>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?",
        r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)",
        rf"{_WEEKDAY}{_DAY}[\s-]?(?:de\s|of\s)?{_MONTH},?[\s-]?(?:de\s|del\s)?(?P<year>\d{{4}})",
        rf"{_WEEKDAY}{_MONTH}\s?{_DAY},?\s(?P<year>\d{{4}})",
        rf"{_MONTH},?\s(?:de\s)?(?P<year>\d{{4}})",
    )
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z)?")
_EPOCH = re.compile(r"([1-9]\d{8,9}|[1-9]\d{12}|[1-9]\d{15})(?:\.\d{1,9})?")
_EPOCH_UNITS = (1, 1_000, 1_000_000)
_FIRST_SECOND, _LAST_SECOND = 10**8, 10**11
_CJK = str.maketrans({"年": "-", "月": "-", "日": None})


class ImplausibleDateError(ValueError):
    """The text reads as a date that can not be: 30 February, or a year no archive holds."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date read from a text.

    `when` is aware (in UTC) exactly when the text gives its time zone. `ambiguous` marks 03/04/2023,
    read with the day first.
    """

    when: datetime
    precision: Precision
    ambiguous: bool = False

    @property
    def value(self) -> str:
        """ISO 8601, cut to the precision; with `Z` when the time zone is known."""
        text = self.when.strftime(_FORMATS[self.precision])
        return text + "Z" if self.when.tzinfo and self.precision in ("minute", "second") else text


def parse(text: str) -> Moment | None:
    """Read `text`, which is to be a date as a whole; None when it is not.

    Raises:
        ImplausibleDateError: it has the shape of a date that can not be.

    """
    text = " ".join(text[: MAX_LENGTH + 1].translate(_CJK).split())
    if not text or len(text) > MAX_LENGTH or not any(c.isdigit() for c in text):
        return None
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    try:
        moment = _compact(text) or _epoch(text) or _written(text)
    except (ValueError, OverflowError) as error:
        raise ImplausibleDateError(f"no such date: {text!r}") from error
    if moment is not None and not FIRST_YEAR <= moment.when.year <= LAST_YEAR:
        raise ImplausibleDateError(f"no archive reaches to {text!r}")
    return moment


def _compact(text: str) -> Moment | None:
    """Read 20231114, 20231114T203120Z and 20231114203120."""
    match = _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, in_year, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    precision: Precision = "second" if match[6] else "minute" if match[4] else "day"
    zone = UTC if match[7] else None
    return Moment(datetime(year, in_year, day, hour, minute, second, tzinfo=zone), precision)


def since_1970(number: float) -> Moment | None:
    """Read seconds, milliseconds or microseconds since 1970, told by size; None for another number.

    Numbers of the first three years are taken for something else.
    """
    for unit in _EPOCH_UNITS:
        if _FIRST_SECOND * unit <= number < _LAST_SECOND * unit:
            return Moment(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(number // unit)), "second")
    return None


def _epoch(text: str) -> Moment | None:
    match = _EPOCH.fullmatch(text)
    return since_1970(int(match[1])) if match else None


def _written(text: str) -> Moment | None:
    clock = _CLOCK.search(text)
    if clock is None:
        return _day(text)
    rest = f"{text[: clock.start()].rstrip()} {text[clock.end() :].lstrip()}"
    day = _day(rest.strip(" ,|-–·"))
    return day and (_at(day, clock) if day.precision == "day" else None)


def _day(text: str) -> Moment | None:
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        moment = match and _from_match(match.groupdict())
        if moment:
            return moment
    return None


def _from_match(parts: dict[str, str | None]) -> Moment | None:
    name, number, day = parts.get("month"), parts.get("number"), parts.get("day")
    if parts.get("weekday") and weekday(parts["weekday"] or "") is None:
        return None
    in_year = month(name) if name else int(number) if number else 1
    if in_year is None:
        return None
    precision: Precision = "day" if day else "month" if name or number else "year"
    year = _full_year(parts["year"] or "")
    if parts.get("mark"):
        return _numeric(year, in_year, int(day or 1), dotted=parts["mark"] == ".")
    return Moment(datetime(year, in_year, int(day or 1)), precision)  # noqa: DTZ001 - no zone is said


def _numeric(year: int, second: int, first: int, *, dotted: bool) -> Moment:
    """Day first, as most of the world writes; month first where only that is possible."""
    if second > 12 >= first:
        first, second = second, first
    ambiguous = first <= 12 and first != second and not dotted
    return Moment(datetime(year, second, first), "day", ambiguous=ambiguous)  # noqa: DTZ001 - no zone is said


def _full_year(digits: str) -> int:
    """Read two digits as POSIX does: 69-99 are the twentieth century."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= 69 else 2000)


def _at(day: Moment, clock: re.Match[str]) -> Moment:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    when = day.when.replace(hour=hour, minute=int(clock["minute"]), second=min(int(clock["second"] or 0), 59))
    zone = _zone(clock["zone"] or "")
    if zone is not None:
        when = when.replace(tzinfo=zone).astimezone(UTC)
    return replace(day, when=when, precision="second" if clock["second"] else "minute")


def _zone(name: str) -> timezone | None:
    name = name.upper()
    hours = _HOURS_FROM_UTC.get(name)
    if hours is not None:
        return timezone(timedelta(hours=hours))
    sign, _, digits = re.sub(r"^(?:UTC|GMT)|:", "", name).partition("-" if "-" in name else "+")
    if sign or not digits:
        return None
    minutes = int(digits) * 60 if len(digits) <= 2 else int(digits[:-2]) * 60 + int(digits[-2:])
    return timezone(timedelta(minutes=-minutes if "-" in name else minutes))
