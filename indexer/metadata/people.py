"""Names of people in credits and bylines."""

from __future__ import annotations

import re

MAX_NAME = 60
"""Names are not longer, in characters."""

_BETWEEN = re.compile(r"\s*(?:[,;&/]|\b(?:and|et|und|y|e|i|och|og|en)\b|(?:^|(?<=\s))و(?=\s))\s*")
_PARTICLE = re.compile(
    r"a[lp]|bint?|d[aeiou]|das|del|della|de[nr]|dos|el|ibn|l[ae]|te[nr]|van|von|y|zu", re.IGNORECASE
)
_WORDS = re.compile(r"[^\s,;&/]+")
_NOT_IN_NAMES = re.compile(r"[\d:!?\"“”()\[\]@<>#_=]|\.\s*$")
_PLACE = re.compile(r"\s+(?:in|à|en|em|aus|a)\s+[^\W\d_].*$")


def names(text: str) -> tuple[str, ...]:
    """Split `A, B and C in Paris` into the names, without places."""
    pieces = (_PLACE.sub("", piece).strip(" .-–—") for piece in _BETWEEN.split(text.strip()) if piece)
    return tuple(dict.fromkeys(piece for piece in pieces if piece and len(piece) <= MAX_NAME))


def are_names(text: str) -> bool:
    """Tell whether `text` is nothing but full names: `Jane Doe and João da Silva`."""
    found = names(text)
    return bool(found) and not _NOT_IN_NAMES.search(text) and all(map(_is_full_name, found))


def _is_full_name(name: str) -> bool:
    words = _WORDS.findall(name)
    return 2 <= len(words) <= 5 and all(not w[0].islower() or _PARTICLE.fullmatch(w) for w in words)
