"""A text without its topic: function words and punctuation stay, every other word becomes a shape.

`The minister said on Monday that 12 houses were destroyed.` is `the w said on Xx that # -s were -ed .`
What is left shows how somebody writes and hardly what about, so that a model of it can be used on texts
about other things. The method is that of Volansky, Ordan and Wintner, "On the features of translationese"
(2015), with suffix classes instead of parts of speech.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

MAX_TOKENS = 1000
"""Of a longer text, the beginning is read: it shows as much."""

_TOKENS = re.compile(
    r"\d+(?:[.,:/]\d+)*%?|n't\b|'(?:s|re|ve|ll|d|m)\b|[^\W\d_]+?(?=n't\b)|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]",
    re.IGNORECASE,
)
_EVEN = str.maketrans(dict(zip("“”„«»‘’–—\xa0\u202f…", '"""""\'\'--  .', strict=True)))
_PUNCTUATION = tuple(".,;:!?()\"-'")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_NUMBERS = ("#", "#y", "#%", "#.", "#,")
_NAMES = ("Xx", "XX")
_PLAIN = ("w", "w-")
_STEM = 3
"""A suffix is seen only behind so many letters."""


@dataclass(frozen=True, slots=True)
class Style:
    """What is kept of a language: its function words, and the suffixes that make classes (suffix -> class).

    `nouns` says that capitals mark nouns too, so that a suffix tells more than the capital.
    """

    words: frozenset[str]
    suffixes: Mapping[str, str]
    nouns: bool

    @property
    def shapes(self) -> tuple[str, ...]:
        """Every shape a token can have, in a fixed order."""
        classes = sorted(set(self.suffixes.values()))
        return (*_PUNCTUATION, *_NUMBERS, *_NAMES, *_PLAIN, *classes, *sorted(self.words))


@cache
def style(language: str) -> Style | None:
    """Return what is kept of a language (ISO 639-1); None when there is no list for it."""
    text = Path(__file__).with_name("shapes.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text).get(language)
    if row is None:
        return None
    return Style(frozenset(" ".join(row["words"]).split()), row["suffixes"], row["nouns"])


def shapes(text: str, language: str) -> list[str]:
    """Return the shapes of the first `MAX_TOKENS` tokens of a text in a language that has a style."""
    kept = style(language)
    if kept is None:
        return []
    even = unicodedata.normalize("NFKC", text).translate(_EVEN)
    found = []
    begins = True
    for match in _TOKENS.finditer(even):
        mark = match.group()
        shape = _shape(mark, language, begins)
        if shape:
            found.append(shape)
        if len(found) >= MAX_TOKENS:
            break
        begins = mark in ".!?"
    return found


@lru_cache(maxsize=1 << 16)
def _shape(token: str, language: str, begins: bool) -> str:  # noqa: FBT001 - positional for the cache
    kept = style(language)
    lower = token.lower()
    if kept is None or lower in kept.words:
        return lower
    if token[0].isdigit():
        return _number(token)
    if not token[0].isalpha():
        return token if token in _PUNCTUATION else ""
    if token[0].isupper() and not begins and not kept.nouns:
        return _NAMES[token.isupper()]
    return _suffix(lower, kept) or ("w-" if "-" in token else _word(token, begins=begins))


def _word(token: str, *, begins: bool) -> str:
    return "w" if begins or not token[0].isupper() else _NAMES[token.isupper()]


def _suffix(lower: str, kept: Style) -> str | None:
    for suffix, name in kept.suffixes.items():
        if lower.endswith(suffix) and len(lower) >= len(suffix) + _STEM:
            return name
    return None


def _number(token: str) -> str:
    if _YEAR.match(token):
        return "#y"
    return next((shape for shape in ("#%", "#.", "#,") if shape[1] in token), "#")
