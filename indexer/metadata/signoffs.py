"""Sign-offs: the agency's name or the desk's initials that close a text.

MD/ac/lb/as/APA      kt-sd-mk-lal/pvh/rox/bp      (PAP)      mbu/dpa      Source: AFP      /ritzau/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.metadata.agencies import Agencies, Agency
from indexer.metadata.wording import any_of

MAX_LENGTH = 60
"""A sign-off is not longer."""

_LABEL = rf"(?:{any_of('source')})\s?:\s?"
_OPEN = r"[(\[/–—-]{0,2}\s?(?:©\s?(?:\d{4}\s)?)?"
_INITIALS = re.compile(r"[^\W\d_]{2,4}(?:-[^\W\d_]{2,4})*")
_SLUG = re.compile(r"(?<!\S)[^\W\d_]{2,4}(?:[-/][^\W\d_]{2,8}){1,12}$")
_SENTENCE_END = tuple(".!?…”\"»’')。؟")
_WORDS = re.compile(
    r"an?d?|all|an?y|a[st]|be|both|but|by|day|do|down|end|for|go|hers?|he|him|his|i[fnst]|its|low|my|new|no|not|now"
    r"|o[fnr]|off|old|one|our|out|own|she|so|some|that|the|them|they|this|to|top|two|up|us|was|we|who|why|win|with"
    r"|yes|you|your",
    re.IGNORECASE,
)
"""Common words; initials may be among them, but not half of a desk's."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """What the end of a line says; offsets are those of the line."""

    start: int
    end: int
    agency: Agency | None = None
    desk: str | None = None


def read(line: str, agencies: Agencies, language: str | None = None) -> SignOff | None:
    """Return the sign-off that `line` is, or ends with after a finished sentence."""
    if len(line) <= MAX_LENGTH:
        found = _slug(line, agencies, language) or _named(line, agencies, language)
        if found:
            return found
    return _suffix(line, agencies, language)


@cache
def _patterns(agencies: Agencies) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = agencies.names("alone", solo=True)
    several = rf"(?P<agency>{name})(?:(?:\s?[/,]\s?|\s(?:and|und|et|y|e)\s)[\w.-]{{2,20}}){{0,4}}"
    whole = re.compile(rf"[(\[]?(?:{_LABEL})?{_OPEN}{several}\s?[)\]/]?[.…]{{0,3}}", re.IGNORECASE)
    ending = re.compile(
        rf"\s?(?:[–—-]{{1,2}}\s?(?P<agency>{name})|\((?P<named>{name})\)|{_LABEL}(?P<source>{name}))\.?$"
    )
    return whole, ending


def _named(line: str, agencies: Agencies, language: str | None) -> SignOff | None:
    match = _patterns(agencies)[0].fullmatch(line)
    agency = match and agencies.resolve(match["agency"], "alone", language)
    return SignOff(0, len(line), agency) if agency else None


def _slug(text: str, agencies: Agencies, language: str | None) -> SignOff | None:
    """Read initials divided by slashes and dashes, with or without the agency among them."""
    groups = text.split("/")
    known = [agencies.resolve(group, "initials", language) for group in groups]
    initials = [group for group, agency in zip(groups, known, strict=True) if not agency]
    if len(groups) < 2 or not initials or not all(map(_INITIALS.fullmatch, initials)):
        return None
    agency = next(filter(None, known), None)
    if agency is None and not _is_desk(text):
        return None
    return SignOff(0, len(text), agency, "/".join(initials))


def _is_desk(text: str) -> bool:
    """Tell a desk's initials from `his/her/its` and `AI/ML/NLP`, when no agency vouches for them."""
    groups = re.split("[-/]", text)
    words = sum(bool(_WORDS.fullmatch(group)) for group in groups)
    return len(groups) >= 3 and words * 2 < len(groups) and not text.isupper()


def _suffix(line: str, agencies: Agencies, language: str | None) -> SignOff | None:
    offset = max(0, len(line) - MAX_LENGTH)
    tail = line[offset:]
    match = _patterns(agencies)[1].search(tail)
    name = match and (match["agency"] or match["named"] or match["source"])
    agency = agencies.resolve(name, "alone", language) if name else None
    found = (
        SignOff(match.start(), len(tail), agency)
        if match and agency
        else _slug_at_end(tail, agencies, language)
    )
    if found is None:
        return None
    before = tail[: found.start].rstrip()
    if not before.endswith(_SENTENCE_END):
        return None
    return SignOff(offset + len(before), len(line), found.agency, found.desk)


def _slug_at_end(tail: str, agencies: Agencies, language: str | None) -> SignOff | None:
    match = _SLUG.search(tail)
    slug = match and _slug(match[0], agencies, language)
    return SignOff(match.start(), len(tail), slug.agency, slug.desk) if match and slug else None
