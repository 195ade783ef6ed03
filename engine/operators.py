"""The operators of the query language that are more than the name of a field: dates and `is:`."""

from __future__ import annotations

from datetime import date, timedelta

from engine.dates import days
from engine.errors import QuerySyntaxError
from engine.fields import BY_OPERATOR
from engine.query import DateRange, Value

STATES: dict[str, Value] = {
    "translated": Value("translated", ("translated", "probable")),
    "truncated": Value("access", ("truncated",)),
}
"""What `is:` knows."""

DATES = ("date", "before", "after")

NAMES = frozenset({*BY_OPERATOR, *DATES, "is", "in"})
"""Every operator."""


def state(text: str, column: int) -> Value:
    """Read the value of `is:`."""
    found = STATES.get(text.lower())
    if found is None:
        known = " and ".join(f"is:{name}" for name in STATES)
        raise QuerySyntaxError(f"“is:{text}” at column {column} is not known; there are {known}.", column)
    return found


def dates(operator: str, text: str, column: int) -> DateRange:
    """Read the value of `date:`, `before:` or `after:`.

    `before:` ends before the date begins, `after:` begins when it has ended: both leave the date
    itself out, whether it is a day, a month or a year.
    """
    if operator == "before":
        return DateRange(None, _neighbour(text, -1, column))
    if operator == "after":
        return DateRange(_neighbour(text, 1, column), None)
    start, dots, end = text.partition("..")
    if not dots:
        end = start
    first, last = (_days(bound, column) if bound else None for bound in (start, end))
    if first and last and first[0] > last[1]:
        raise QuerySyntaxError(f"The range “{text}” at column {column} ends before it begins.", column)
    return DateRange(start or None, end or None)


def _days(text: str, column: int) -> tuple[date, date]:
    try:
        return days(text)
    except ValueError:
        problem = f"“{text}” at column {column} is no date; write 2023, 2023-11 or 2023-11-14."
        raise QuerySyntaxError(problem, column) from None


def _neighbour(text: str, step: int, column: int) -> str:
    """Return the year, month or day before (-1) or after (1) the one written."""
    first, last = _days(text, column)
    try:
        day = (first if step < 0 else last) + timedelta(days=step)
    except OverflowError:
        raise QuerySyntaxError(
            f"“{text}” at column {column} is at the end of the calendar.", column
        ) from None
    return day.isoformat()[: len(text)]
