"""Dates as the pages write them: the day first, then what more is known."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.model import Published
from webapp.wording import gettext, weekday


def when(published: Published) -> tuple[str, str]:
    """The date, and a note: weekday and time, or what is not known.

    `2023-11-14T20:31:20Z` gives ("2023-11-14", "Tue 20:31Z"); `2023-11` gives ("2023-11", "day unknown").
    """
    value = published.value
    if not value:
        return gettext("undated"), ""
    if len(value) < 10:
        return value, gettext("day unknown") if len(value) == 7 else gettext("month unknown")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value[:10], ""
    return value[:10], f"{weekday(moment)} {_clock(moment)}" if len(value) > 10 else weekday(moment)


def instant(value: str) -> str:
    """A full time to the minute, for people: `2023-11-14 20:31Z`."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{moment:%Y-%m-%d} {_clock(moment)}".strip() if len(value) > 10 else value


def _clock(moment: datetime) -> str:
    zone = moment.utcoffset()
    if zone is None:
        return f"{moment:%H:%M}"
    return f"{moment:%H:%M}Z" if zone == timedelta(0) else f"{moment:%H:%M}{moment:%z}"
