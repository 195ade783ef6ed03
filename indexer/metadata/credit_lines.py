"""Credits at the end of an agency text: who reported, wrote and edited it, and for whom.

    (Reporting by Jane Doe; additional reporting by A and B; editing by C)
    (Reportage de A et B, édité par C)      With files from The Associated Press
    Associated Press writer Jane Doe contributed to this report.

What the words for these are in each language stands in `wording.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.metadata.agencies import Agencies, Agency
from indexer.metadata.people import are_names, names
from indexer.metadata.wording import any_of

MAX_LENGTH = 600
"""A credit is not longer."""

_ROLES = ("reporting", "writing", "editing")
_ROLE = any_of(*(f"credit_{role}" for role in (*_ROLES, "other")))
_ROLE_OF = {role: re.compile(any_of(f"credit_{role}"), re.IGNORECASE) for role in _ROLES}
_MORE = any_of("credit_more")
_BY = rf"(?:\s(?:{any_of('credit_by')})\b:?|(?<=reportage)|(?<=française))\s+"
_ROLES_BY = rf"(?P<roles>(?:{_ROLE})(?:,?\s(?:and|et|und|y|e)\s(?:{_ROLE}))?){_BY}"
_HEAD = re.compile(rf"(?<!\w){_ROLES_BY}", re.IGNORECASE)
_WHOLE = re.compile(rf"(?:(?:{_MORE})\s)?{_ROLES_BY}", re.IGNORECASE)
_OPENING = re.compile(rf"\(\s*(?:(?:{_MORE})\s)?{_ROLES_BY}", re.IGNORECASE)
_MORE_AT_END = re.compile(rf"[\s,]*\b(?:{_MORE})\s*$", re.IGNORECASE)
_CLAUSE_END = re.compile(r";|(?<=\w\w)\.\s")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says; offsets are those of the line it ends."""

    start: int
    end: int
    people: tuple[tuple[str, str], ...] = ()
    """(role, name) in reading order; roles are those of `engine.model.Byline`."""
    agency: Agency | None = None


def read(line: str, agencies: Agencies, language: str | None = None) -> Credit | None:
    """Return the credit that `line` is, or ends with."""
    start = _start(line)
    if start is None:
        return _contribution(line, agencies, language) if len(line) <= MAX_LENGTH else None
    people = tuple(_people(line[start:].strip("(). ")))
    known = [agencies.resolve(name, "alone", language) for _, name in people]
    persons = tuple(person for person, agency in zip(people, known, strict=True) if agency is None)
    return Credit(start, len(line), persons, next(filter(None, known), None))


def _start(line: str) -> int | None:
    """Return where a credit in parentheses begins, or that the whole line is one without.

    Without parentheses it must be names and nothing else.
    """
    if line.endswith((")", ").")):
        opening = _OPENING.search(line, max(0, len(line) - MAX_LENGTH))
        return opening.start() if opening else None
    bare = len(line) <= MAX_LENGTH and _WHOLE.match(line)
    return 0 if bare and all(are_names(said) for _, said in _clauses(line)) else None


def _contribution(line: str, agencies: Agencies, language: str | None) -> Credit | None:
    match = _contributions(agencies).fullmatch(line)
    name = next(filter(None, match.groups()), "") if match else ""
    agency = agencies.resolve(name, "alone", language)
    return Credit(0, len(line), agency=agency) if agency else None


def _people(text: str) -> Iterator[tuple[str, str]]:
    for roles, said in _clauses(text):
        for role in roles:
            yield from ((role, name) for name in names(said))


def _clauses(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Cut `Reporting by A; writing and editing by B` into (roles, "A"), (roles, "B")."""
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        roles = tuple(role for role, words in _ROLE_OF.items() if words.search(head["roles"]))
        said = _CLAUSE_END.split(text[head.end() : end], maxsplit=1)[0]
        yield roles, _MORE_AT_END.sub("", said).strip(" .;,")


@cache
def _contributions(agencies: Agencies) -> re.Pattern[str]:
    phrase = any_of("contribution").replace("{name}", f"({agencies.names(solo=True)})")
    return re.compile(rf"[(\[—–-]*\s?(?:{phrase})\.?\s?[)\]]*", re.IGNORECASE)
