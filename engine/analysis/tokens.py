"""Splitting text into tokens, in time linear in the text.

Kept together: acronyms with dots (U.N. -> un), numbers (10,000 -> 10000; 3,5 -> 3.5), apostrophes
inside a name (N'Djamena -> ndjamena). Dropped: possessives and other clitics (Mali's -> mali) and
elided articles before a vowel (l'armée -> armee). Everything else that is no letter, mark or digit
splits: hyphens, underscores, the dots of example.com, of dates and of addresses. Scripts written
without spaces become overlapping pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.analysis.folding import MARKS, fold
from engine.analysis.languages import LANGUAGES

MAX_TERM = 64
"""Longest term kept, in code points; what is longer is cut."""

_ELISIONS = {word for language in LANGUAGES.values() for word in language.elisions.split()}
_CLITICS = {word for language in LANGUAGES.values() for word in language.clitics.split()}

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece"  # Thai, Lao
    "\u1000-\u103f\u1050-\u109f\u1780-\u17d3"  # Burmese, Khmer
    "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"  # Korean
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
)
"""Characters of the scripts that are written without spaces, for use in a character class."""

APOSTROPHES = "'’‘‛ʼʻ＇´`"
LETTER = rf"[^\W_{APOSTROPHES}{UNSPACED}]"
"""A letter or digit of a script that is written with spaces."""

_WORD = rf"{LETTER}++(?:[{MARKS}]++{LETTER}*+)*+"
_INITIAL = rf"[^\W\d_{APOSTROPHES}{UNSPACED}][{MARKS}]{{0,4}}+"
_END = rf"(?![\w{MARKS}])"

_COMMON = r"[A-Za-zÀ-ÖØ-öø-ʸЀ-ҁ]++(?=[\s,;:!?\"”)\]-]|\.\s|\Z)"
"""A word that nothing can continue, tried first: nine tokens of ten, at a tenth of the price."""

_TOKEN = re.compile(
    rf"(?=\w)(?:{_COMMON}"
    rf"|(?P<unspaced>[{UNSPACED}][{UNSPACED}{MARKS}]*+)"
    r"|(?P<number>(?<!\d[.,])"
    r"(?:\d{1,3}(?:[.,'’٬]\d{3})++(?!\d)(?:[.,٫]\d++)?+|\d++[.,٫]\d++)"
    rf"(?![.,]\d)(?:{_WORD})?+)"
    rf"|(?P<acronym>(?:(?:{_INITIAL}\.){{2,8}}+(?:{_INITIAL}{_END})?+|{_INITIAL}\.{_INITIAL}{_END})"
    rf"(?:[{APOSTROPHES}][sS]{_END})?+)"
    rf"|{_WORD}(?P<joined>(?:[{APOSTROPHES}]{_WORD})++)?+)"
)
_SYLLABLE = re.compile(rf"(?:[\u1100-\u115f][\u1160-\u11ff]{{0,2}}+|.)[{MARKS}\uff9e\uff9f]{{0,8}}+")
_PART = re.compile(_WORD)
_GROUPING = re.compile(r"[.,'’٬](?=\d{3}(?!\d))")
_DECIMAL = str.maketrans(",٫", "..")
_VOWELS = frozenset("aeiouyh")


_Span = tuple[str, int, int]


class Token(NamedTuple):
    """A folded, unstemmed term and where it stands: `text[start:end]`, the `position`-th token."""

    text: str
    start: int
    end: int
    position: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text`; offsets are its code points, positions count from 0 without gaps."""
    return list(iter_tokens(text))


def iter_tokens(text: str) -> Iterator[Token]:
    """Yield what `tokenize` returns, one by one."""
    return chosen_tokens(text, term_of)


def chosen_tokens(text: str, choose: Callable[[str], str | None]) -> Iterator[Token]:
    """Yield some of the tokens of `text`, at the positions they have among all.

    `choose` is asked for plain words as they are written, and returns the term, "" for a word that has
    none, None for one that is not wanted. Tokens of other kinds are always yielded.
    """
    position = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            chosen = choose(match[0])
            if chosen:
                yield Token(chosen, *match.span(), position)
            position += chosen != ""
            continue
        for term, start, end in _SPLIT[kind](match[0], match.start()):
            if term:
                yield Token(term, start, end, position)
                position += 1


def term_of(raw: str) -> str:
    """Fold a plain word; of an absurdly long one only the beginning is read."""
    return fold(raw[: 4 * MAX_TERM])[:MAX_TERM]


def _unspaced(raw: str, start: int) -> Iterator[_Span]:
    """Give a run of characters as pairs, a lone one as it is."""
    units = ((fold(unit[0]), start + unit.start(), start + unit.end()) for unit in _SYLLABLE.finditer(raw))
    before = next(units)
    alone = True
    for unit in units:
        yield before[0] + unit[0], before[1], unit[2]
        before, alone = unit, False
    if alone:
        yield before


def _number(raw: str, start: int) -> Iterator[_Span]:
    """Write a number without separators between thousands and with a decimal point."""
    head = raw[: 4 * MAX_TERM]
    yield term_of(_GROUPING.sub("", head).translate(_DECIMAL)), start, start + len(raw)


def _acronym(raw: str, start: int) -> Iterator[_Span]:
    """Write an acronym without its dots and without a possessive."""
    letters = raw[:-2] if raw[-2] in APOSTROPHES else raw
    yield term_of(letters.replace(".", "")), start, start + len(letters)


def _joined(raw: str, start: int) -> Iterator[_Span]:
    """Drop elided articles and clitics, and close up what an apostrophe still divides."""
    parts = list(_PART.finditer(raw[: 4 * MAX_TERM]))
    words = [fold(part[0]) for part in parts]
    first, last = 0, len(parts) - 1
    while first < last and words[last] in _CLITICS:
        last -= 1
    while first < last and words[first] in _ELISIONS and words[first + 1][:1] in _VOWELS:
        first += 1
    term = "".join(words[first : last + 1])[:MAX_TERM]
    yield term, start + parts[first].start(), start + parts[last].end()


_SPLIT: dict[str, Callable[[str, int], Iterator[_Span]]] = {
    "unspaced": _unspaced,
    "number": _number,
    "acronym": _acronym,
    "joined": _joined,
}
