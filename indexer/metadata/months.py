"""Names of months and weekdays in the languages dates are read in (`months.toml`)."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files


def fold(word: str) -> str:
    """Bring a word to the form names are compared in: no case, no accents, no final dot."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip(".").replace(" ", "_")


def month(word: str) -> int | None:
    """Return which month (1-12) a word names, in any of the languages."""
    return _numbers("months").get(fold(word))


def weekday(word: str) -> int | None:
    """Return which weekday (Monday is 0) a word names, in any of the languages."""
    return _numbers("weekdays").get(fold(word))


@cache
def _numbers(table: str) -> dict[str, int]:
    data = tomllib.loads(files(__package__).joinpath("months.toml").read_text(encoding="utf-8"))
    first = {"months": 1, "weekdays": 0}[table]
    return {
        fold(name): number
        for names in data[table].values()
        for number, alternatives in enumerate(names, first)
        for name in alternatives.split()
    }
