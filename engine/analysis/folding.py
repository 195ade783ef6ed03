"""Folding a word: what a reader takes for the same word becomes the same term.

Compatibility forms, case, accents, Arabic vowel signs and letter variants, digits of any script,
invisible characters inside a word. What is a letter of its own stays: Cyrillic й and ї, the vowel
signs of Indic scripts, Japanese が.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

_INVISIBLE = (
    0xAD,
    0x180E,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
)
"""Soft hyphen, joiners, direction marks: they may stand inside a word and mean nothing."""

_MARKS = [c for c in range(0x300, 0x1E95B) if unicodedata.category(chr(c)).startswith("M")]

_ACCENTS = (
    *range(0x300, 0x370),  # Latin, Greek, Cyrillic
    *range(0x483, 0x48A),
    *range(0x591, 0x5C8),  # Hebrew points
    *range(0x610, 0x61B),  # Arabic vowel signs, Koranic marks
    *range(0x64B, 0x660),
    0x670,
    *range(0x6D6, 0x6EE),
    *range(0x1AB0, 0x1B00),
    *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100),
    *range(0xFE00, 0xFE10),  # variation selectors
    *range(0xFE20, 0xFE30),
)

_LATIN = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
}
_ARABIC = {"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك"}
_IGNORED = "ʹʺʻʼʽʾʿˈ׳״ـ"
_KEPT = frozenset("йїў")


def _bare(char: str) -> str:
    """Return `char` without its accents."""
    parts = unicodedata.normalize("NFD", char)
    return char if char in _KEPT else "".join(c for c in parts if ord(c) not in _ACCENTS)


def _table() -> dict[int, str]:
    """Build the character table; letters with accents all stand below U+2000."""
    letters = range(0x80, 0x2000)
    table = {c: bare for c in letters if (bare := _bare(chr(c))) != chr(c)}
    table |= dict.fromkeys(chain(_ACCENTS, _INVISIBLE), "")
    digits = (c for c in range(0x660, 0x1FC00) if chr(c).isdecimal())
    table |= {c: str(unicodedata.decimal(chr(c))) for c in digits}
    table |= {ord(c): to for c, to in (_LATIN | _ARABIC).items()}
    return table | dict.fromkeys(map(ord, _IGNORED), "")


_TABLE = _table()

MARKS = "".join(map(chr, (*_MARKS, *_INVISIBLE)))
"""Characters that continue a word without being letters."""


_NOISE = re.compile(rf"[^\w{MARKS}.]|_")


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Fold one word. The result is stable: folding it again changes nothing."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return _NOISE.sub("", unicodedata.normalize("NFC", composed.translate(_TABLE)))
