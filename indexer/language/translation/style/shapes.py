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
READ = 8 * MAX_TOKENS
"""Of a longer text, the beginning is read, in tokens and characters: it shows as much."""

_TOKENS = re.compile(
    r"n't\b|'(?:s|re|ve|ll|d|m)\b|[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:/]\d+)*%?|[^\w\s]", re.IGNORECASE
)
_EVEN = str.maketrans(dict(zip("“”„«»‘’–—\xa0\u202f…", '"""""\'\'--  .', strict=True)))
_PUNCTUATION = tuple(".,;:!?()\"-'")
_ENDS = frozenset(".!?")
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
    if style(language) is None:
        return []
    even = unicodedata.normalize("NFKC", text[:READ]).translate(_EVEN).replace("n't", " n't")
    found = []
    begins = True
    for mark in _TOKENS.findall(even)[:MAX_TOKENS]:
        inside, first = _shape(mark, language)
        found.append(first if begins else inside)
        begins = mark in _ENDS
    return [shape for shape in found if shape]


@lru_cache(maxsize=1 << 16)
def _shape(mark: str, language: str) -> tuple[str, str]:
    """Return the shape of a token inside a sentence, and at its beginning."""
    kept = style(language)
    lower = mark.lower()
    if kept is None or lower in kept.words:
        return lower, lower
    if mark[0].isalpha():
        return _word(mark, kept, begins=False), _word(mark, kept, begins=True)
    shape = _number(mark) if mark[0].isdigit() else mark if mark in _PUNCTUATION else ""
    return shape, shape


def _word(word: str, kept: Style, *, begins: bool) -> str:
    named = word[0].isupper() and not begins
    if named and not kept.nouns:
        return _NAMES[word.isupper()]
    suffix = _suffix(word.lower(), kept)
    return suffix or ("w-" if "-" in word else _NAMES[word.isupper()] if named else "w")


def _suffix(lower: str, kept: Style) -> str | None:
    for suffix, name in kept.suffixes.items():
        if lower.endswith(suffix) and len(lower) >= len(suffix) + _STEM:
            return name
    return None


def _number(token: str) -> str:
    if _YEAR.match(token):
        return "#y"
    return next((shape for shape in ("#%", "#.", "#,") if shape[1] in token), "#")
