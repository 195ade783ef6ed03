"""Which alphabet a text is written in, and which languages use it.

The alphabet is certain where n-grams only guess: a Greek headline is Greek. Letters are counted; the
commonest script wins, except that a little kana makes Han characters Japanese, and that Chinese,
Japanese and Korean words have few letters and so count more than Latin ones beside them.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BMP = 0x10000


@dataclass(frozen=True, slots=True)
class Script:
    """An alphabet: its blocks (first and last code point) and the languages told apart in it.

    No languages: Latin, or a script of which we can not tell the languages apart. `fewest` is how
    many letters make a text long enough to name its language.
    """

    name: str
    blocks: tuple[tuple[int, int], ...]
    languages: tuple[str, ...] = ()
    fewest: int = 6


LATIN = Script("Latin", ((0x41, 0x5A), (0x61, 0x7A), (0xAA, 0x24F), (0x1E00, 0x1EFF), (0xFF21, 0xFF5A)))
HAN = Script("Han", ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)), ("zh-cn", "zh-tw", "ja"), 4)
KANA = Script("Kana", ((0x3040, 0x30FF), (0xFF66, 0xFF9F)), ("ja",), 2)
HANGUL = Script("Hangul", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3)), ("ko",), 3)
UNKNOWN = Script("unknown", (), fewest=1)

SCRIPTS = (
    UNKNOWN,
    LATIN,
    HAN,
    KANA,
    HANGUL,
    Script("Cyrillic", ((0x400, 0x52F),), ("bg", "mk", "ru", "uk")),
    Script(
        "Arabic",
        ((0x620, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
        ("ar", "fa", "ur"),
    ),
    Script("Devanagari", ((0x900, 0x97F),), ("hi", "mr", "ne")),
    Script("Greek", ((0x370, 0x3FF), (0x1F00, 0x1FFF)), ("el",), 4),
    Script("Hebrew", ((0x5D0, 0x5F4), (0xFB1D, 0xFB4F)), ("he",), 4),
    Script("Bengali", ((0x980, 0x9FF),), ("bn",), 4),
    Script("Gurmukhi", ((0xA00, 0xA7F),), ("pa",), 4),
    Script("Gujarati", ((0xA80, 0xAFF),), ("gu",), 4),
    Script("Tamil", ((0xB80, 0xBFF),), ("ta",), 4),
    Script("Telugu", ((0xC00, 0xC7F),), ("te",), 4),
    Script("Kannada", ((0xC80, 0xCFF),), ("kn",), 4),
    Script("Malayalam", ((0xD00, 0xD7F),), ("ml",), 4),
    Script("Thai", ((0xE00, 0xE7F),), ("th",), 4),
    # Not among langdetect's profiles, but one news language each.
    Script("Armenian", ((0x530, 0x58F),), ("hy",), 4),
    Script("Odia", ((0xB00, 0xB7F),), ("or",), 4),
    Script("Sinhala", ((0xD80, 0xDFF),), ("si",), 4),
    Script("Lao", ((0xE80, 0xEFF),), ("lo",), 4),
    Script("Burmese", ((0x1000, 0x109F),), ("my",), 4),
    Script("Georgian", ((0x10A0, 0x10FF),), ("ka",), 4),
    Script("Khmer", ((0x1780, 0x17FF),), ("km",), 4),
)


def of(text: str) -> tuple[Script, int]:
    """Return the script of `text` and how many of its letters are in it."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    counts = np.bincount(_table()[codes[codes < _BMP]], minlength=len(SCRIPTS) + 1)[1:].tolist()
    found = dict(zip(SCRIPTS, counts, strict=True))
    east_asian = found[HAN] + found[KANA]
    if east_asian * 3 > found[LATIN] and east_asian >= max(counts[4:]):
        return (KANA if found[KANA] * 8 > east_asian else HAN), east_asian
    if found[HANGUL] * 3 > found[LATIN] and found[HANGUL] >= max(counts[4:]):
        return HANGUL, found[HANGUL]
    script = max(SCRIPTS, key=found.__getitem__)
    return script, found[script]


@functools.cache
def _table() -> NDArray[np.uint8]:
    """Per code point: 0 for what is no letter, else 1 + the index of its script."""
    numbers = np.zeros(_BMP, dtype=np.uint8)
    for code in range(0x41, _BMP):
        numbers[code] = chr(code).isalpha()
    for i, script in enumerate(SCRIPTS):
        for first, last in script.blocks:
            block = numbers[first : last + 1]
            block[block > 0] = i + 1
    return numbers
