"""Datelines: the place, date and agency in front of the first sentence.

BAMAKO (Reuters) -     PARIS, Nov 14 (AFP) -     MADRID, 14 nov (EFE).-     APA – Bamako (Mali) –
Paris, AFP -           MOSCOW, November 14. /TASS/.       (ANSA) - ROMA, 14 NOV -
KIDAL, Mali —          CLEVELAND, Feb 26 -             GAO (the outlet's own name) —
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.metadata.agencies import Agencies, Agency
from indexer.metadata.months import month

MAX_LENGTH = 160
"""A dateline ends within so many characters of the line."""

MAX_HEAD = 70
"""Place and date together are not longer."""

_DASH = "[-–—―−]"
_WORD = r"[^\W\d_]{3,14}"
_DATE_AT_END = re.compile(
    rf"(?:^|[\s.,]+)(?P<date>(?:(?P<a>{_WORD})\.?\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:\.|er)?\s(?:de\s)?(?P<b>{_WORD})\.?)"
    r"(?:,?\s(?:de\s)?(?P<year>\d{4}))?)[.,]?\s*$"
)
_PLACE = re.compile(r"[^\W\d_][^\d?!;:\"“”<>@#]{1,60}")
_PARTICLE = re.compile(r"a[mnu]|and|aux|d[aeiou]?s?|del|den|der|el?|l[ae]s?|o[fn]|sur|the|upon|y")
_WORDS = re.compile(r"[^\W\d_][\w'’.]*")
_OWN_END = re.compile(rf"\s?\)\s?{_DASH}{{1,2}}\s+")

_SHORT_CITIES = frozenset("ABA AYR BAR FES FEZ GAO GOA HUE JOS LOD PAU QOM ROM TAL ULM VAN WAU ZUG".split())  # noqa: SIM905
"""Cities of three letters; other short words in capitals are names of something else."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the beginning of a line says; `end` is where the sentence starts, all offsets in the line."""

    end: int
    agency: Agency | None = None
    place: str | None = None
    date: tuple[int, int] | None = None
    """Where a full date (with its year) stands."""


def read(
    line: str, agencies: Agencies, language: str | None = None, outlet: str | None = None
) -> Dateline | None:
    """Return the dateline that `line` begins with, if it does; `outlet` is who published it, if known."""
    start = line[:MAX_LENGTH]
    if outlet and (own := _own(start, outlet)):
        return own
    for form, pattern in _patterns(agencies):
        match = pattern.search(start)
        found = match and _read(match, form, agencies, language)
        if found:
            return found
    return None


@cache
def _patterns(agencies: Agencies) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile, for each form, what stands after place and date (`leading`: the whole dateline)."""

    def named(*forms: str) -> str:
        return f"(?P<agency>{agencies.names(*forms)})"

    patterns = {
        "leading": rf"^\(?{named('leading')}\)?\s?{_DASH}\s?(?P<head>[^–—\n]{{2,{MAX_HEAD}}}?)"
        rf"(?P<end>\s?{_DASH}|:)\s+",
        "parenthesis": rf"\s?[(\[]\s?{named()}(?:/[\w.-]{{1,12}}){{0,2}}\s?[)\]]\.?"
        rf"(?P<end>\s?(?:{_DASH}{{1,2}}|:)|(?=\s|$))\s*",
        "comma": rf",\s{named('comma')}(?P<end>\s?{_DASH}{{1,2}})\s+",
        "slashes": rf"\s?/{named('slashes')}/(?P<end>\.?)\s*(?:{_DASH}\s)?",
        "trailing": rf"\s{_DASH}\s{named('trailing')}(?P<end>\.)\s+",
        "": rf"(?P<agency>)(?P<end>\s?{_DASH}{{1,2}})\s+",
    }
    return tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in patterns.items())


def _read(match: re.Match[str], form: str, agencies: Agencies, language: str | None) -> Dateline | None:
    at = match.start("head") if form == "leading" else 0
    head = match["head"] if form == "leading" else match.string[: match.start()]
    date = _date(head)
    place = (head[: date.start()] if date else head).strip(" ,")
    if len(head) > MAX_HEAD or (place and not _is_place(place)):
        return None
    full_date = (at + date.start("date"), at + date.end("date")) if date and date["year"] else None
    if not form:
        return (
            Dateline(match.end(), None, _place_name(place), full_date)
            if _needs_no_agency(place, date)
            else None
        )
    agency = agencies.resolve(match["agency"], form, language)
    alone = match.end() == len(match.string) and head
    if agency is None or (form == "parenthesis" and not (match["end"] or date or alone)):
        return None
    return Dateline(match.end(), agency, _place_name(place), full_date)


def _own(start: str, outlet: str) -> Dateline | None:
    """Read a dateline of the outlet's own correspondent: its name stands where an agency's would."""
    named = re.search(rf"\s\(\s?{re.escape(outlet)}(?=\s?\))", start, re.IGNORECASE)
    end = named and _OWN_END.match(start, named.end())
    if named is None or end is None:
        return None
    head = start[: named.start()]
    date = _date(head)
    place = (head[: date.start()] if date else head).strip(" ,")
    if not place or not _is_place(place):
        return None
    full_date = date.span("date") if date and date["year"] else None
    return Dateline(end.end(), None, _place_name(place), full_date)


def _needs_no_agency(place: str, date: re.Match[str] | None) -> bool:
    """Accept `CLEVELAND, Feb 26 -` and `KIDAL, Mali —`; a lone word in capitals may be anything."""
    city, _, region = place.partition(", ")
    region_follows = region[:1].isupper() and not region.isupper()
    return (
        city.isupper()
        and (len(city) >= 4 or city in _SHORT_CITIES)
        and city.count(" ") <= 2
        and "(" not in place
        and bool(date or region_follows)
    )


def _date(head: str) -> re.Match[str] | None:
    found = _DATE_AT_END.search(head)
    return found if found and month(found["a"] or found["b"]) else None


def _is_place(text: str) -> bool:
    """Tell a place from the beginning of a sentence: a few words, none of them in lower case."""
    words = _WORDS.findall(text)
    return bool(_PLACE.fullmatch(text)) and len(words) <= 7 and not any(map(_is_common, words))


def _is_common(word: str) -> bool:
    return word[0].islower() and not _PARTICLE.fullmatch(word.strip(".'’"))


def _place_name(text: str) -> str | None:
    """Write a place as elsewhere: `PORT-AU-PRINCE, Haiti` becomes `Port-au-Prince, Haiti`."""
    if not text:
        return None
    return _WORDS.sub(_capitalised, " ".join(text.split()))


def _capitalised(match: re.Match[str]) -> str:
    word = match[0]
    if not word.isupper() or "." in word[:-1] or len(word) < 2:
        return word
    lower = word.lower()
    return lower if match.start() and _PARTICLE.fullmatch(lower) else word[0] + lower[1:]
