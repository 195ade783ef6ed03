"""Dates as the integers YYYYMMDDhhmmss, so that every engine compares and sorts them alike.

The clock shown is the one compared: an offset from UTC is not applied, as the facets year, month
and day show the date as published.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date as Day  # noqa: N812 - `date` is what every argument here is called

UNDATED = 0

_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?)?)?", re.ASCII
)
_DAYS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FIRST = ("0000", "01", "01", "00", "00", "00")
_LAST = ("9999", "99", "99", "99", "99", "99")


def days(date: str) -> tuple[Day, Day]:
    """Return the first and the last day of a year, a month or a day; ValueError when it does not exist."""
    found = _DAYS.fullmatch(date)
    if not found:
        raise ValueError(f"{date!r} is no year, month or day")
    year, month, day = (int(part) if part else None for part in found.groups())
    first = Day(year or 0, 1 if month is None else month, 1 if day is None else day)
    last_month = 12 if month is None else first.month
    last_day = monthrange(first.year, last_month)[1] if day is None else first.day
    return first, Day(first.year, last_month, last_day)


def first_moment(date: str | None) -> int:
    """Return the first moment of an ISO date cut to any precision; `UNDATED` when there is none."""
    return _number(date, _FIRST)


def last_moment(date: str | None) -> int:
    """Return a number no moment of an ISO date exceeds; `UNDATED` when there is none."""
    return _number(date, _LAST)


def _number(date: str | None, filling: tuple[str, ...]) -> int:
    found = _DATE.match(date or "")
    if not found:
        return UNDATED
    return int("".join(part or filler for part, filler in zip(found.groups(), filling, strict=True)))


def in_range(moment: int, start: str | None, end: str | None) -> bool:
    """Whether a moment lies from `start` to `end`, both whole and inclusive; undated never does."""
    return (
        moment != UNDATED
        and (start is None or moment >= first_moment(start))
        and (end is None or moment <= last_moment(end))
    )
