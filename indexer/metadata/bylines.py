"""Byline lines: `By Jane Doe and João da Silva`, `Par Jean Dupont avec AFP`, `Von Eva Klein, dpa`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.metadata.agencies import Agencies, Agency
from indexer.metadata.people import are_names, names
from indexer.metadata.wording import any_of

MAX_LENGTH = 120
"""A byline is not longer."""

_STAFF = re.compile(rf"(?:[\w&.’'-]{{1,24}} ){{0,5}}(?:{any_of('staff')})", re.IGNORECASE)
_BY = re.compile(rf"(?:{any_of('byline')})\s?:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BylineLine:
    """The people and the agency that a byline names; neither when it is the outlet's staff."""

    names: tuple[str, ...]
    agency: Agency | None = None


def read(line: str, agencies: Agencies, language: str | None = None) -> BylineLine | None:
    """Return what `line` says when it is a byline and nothing else."""
    match = _BY.match(line) if len(line) <= MAX_LENGTH else None
    if match is None:
        return None
    if _STAFF.fullmatch(line, match.end()):
        return BylineLine(())
    said = _agency_at_end(agencies).sub(r", \1", line[match.end() :])
    pieces = names(said)
    known = {piece: agencies.resolve(piece, "alone", language) for piece in pieces}
    people = tuple(piece for piece, agency in known.items() if agency is None)
    agency = next(filter(None, known.values()), None)
    if not agency and not are_names(said):
        return None
    return BylineLine(people, agency) if all(map(are_names, people)) else None


@cache
def _agency_at_end(agencies: Agencies) -> re.Pattern[str]:
    """Find the agency in `By Jane Doe The Associated Press`."""
    return re.compile(rf"(?<=[^\s,;&/|-])\s+({agencies.names('alone', solo=True)})$")


def signed(line: str) -> tuple[str, ...]:
    """Return the people in `By Jane Doe and João da Silva`; nobody when it is staff or says anything else."""
    match = _BY.match(line) if len(line) <= MAX_LENGTH else None
    if match is None or _STAFF.fullmatch(line, match.end()) or not are_names(line[match.end() :]):
        return ()
    return names(line[match.end() :])


def authors(declared: tuple[str, ...]) -> tuple[str, ...]:
    """Tidy declared authors: one by one, no `By`, no addresses, no repeats, at most 50."""
    tidy = (_BY.sub("", " ".join(name[:200].split()), count=1).strip(" ,;|-") for name in declared[:50])
    single = (one for name in tidy for one in (names(name) if are_names(name) else (name,)))
    return tuple(dict.fromkeys(name for name in single if name and "://" not in name and "@" not in name))
