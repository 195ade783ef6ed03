"""Figures that differ between articles on one event: 110 kilometres here, 112 km there.

Careful by design: two figures are set side by side only when they have the same unit (or count the same
noun), the words around them agree, at least one name among these, and neither article also has the figure of
the other. Years, dates, ages, stretches of time, ranges and phone numbers are no figures here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.figures_wording import COUNTABLE, MULTIPLES, NO_UNITS, NUMERAL_WORDS, ROUGHLY, SIGNS, UNITS
from compare.months import month
from engine.analysis import fold, stem, tokenize
from engine.model import Article

READ = 100_000
"""So many characters of a body are read."""

AROUND = 7
"""How many tokens before and behind a figure are compared."""

REACH = 90
"""How many characters they stand in at most."""

COMMON = 3
"""How many of them two figures must share, one name among them."""

SHARE = 0.33
"""The share of the smaller surrounding that must be common."""

CLOSE = 1.05
"""Distances and losses as near as this are of one thing if a name beside them is the same."""

FACTOR = 5.0
"""Figures further apart than this count different things."""

ROUNDING = 0.1
"""By this share a rough figure may differ from another without contradiction."""

_SHORTEST = 4
_YEARS = range(1800, 2101)
_MOST = 400
_NUMBER = re.compile(
    r"(?<![\w.,:/+–-])(?P<sign>[$€£]\s?)?(?P<digits>\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+|\d{1,12})"
    r"(?:(?P<point>[.,])(?P<rest>\d{1,2}))?(?![\d:/–-]|[.,]\d)(?P<percent>\s?%)?"
)
_BEHIND = re.compile(
    r"[ \u00a0\u202f]?(?:d[’'])?(%|p(?:our|er|or)[ \u00a0](?:cent|ciento|cento)\b|[^\W\d_]+(?:-[^\W\d_]+)*)"
)
_BREAK = re.compile(r"[.!?…؟](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: `body[start:end] == text`; `sentence` is where it stands.

    `unit` is one of the known units, or the stem of the noun behind the number with its language.
    """

    value: float
    unit: str
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    around: frozenset[str]
    names: frozenset[str]
    rough: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as one article gives it."""

    article: str
    source: str | None
    published: str | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures of one thing that differ; the smallest first."""

    unit: str
    readings: tuple[Reading, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The different values."""
        return tuple(sorted({reading.figure.value for reading in self.readings}))


# --- the figures of one article --------------------------------------------------------------


def figures(article: Article) -> tuple[Figure, ...]:
    """Return the figures of the article's body that have a unit or count something, in reading order."""
    body = article.body[:READ]
    found = list(_numbers(body, article.language))[:_MOST]
    return tuple(_figure(body, article.language, one) for one in found)


_Number = tuple[float, str, int, int]
"""Value, unit, start, end."""


def _numbers(body: str, language: str | None) -> Iterator[_Number]:
    found = [*_digits(body, language), *_words(body, language)]
    yield from sorted(found, key=lambda one: one[2])


def _digits(body: str, language: str | None) -> Iterator[_Number]:
    for match in _NUMBER.finditer(body):
        value = _value(match, language)
        if value is not None:
            sign = (match["sign"] or "").strip()
            known = "percent" if match["percent"] else SIGNS.get(sign)
            if one := _with_unit(body, language, value, match.span(), known):
                yield one


def _value(match: re.Match[str], language: str | None) -> float | None:
    """Read a number by the habits of the language; None when it breaks them, or is a year."""
    digits, point = match["digits"], match["point"]
    separator = re.sub(r"\d", "", digits)[:1]
    if separator in (".", ",") and (separator == ",") != (language == "en"):
        return None
    if point and (point == ".") != (language == "en"):
        return None
    whole = re.sub(r"\D", "", digits)
    return float(f"{whole}.{match['rest']}" if match["rest"] else whole)


def _words(body: str, language: str | None) -> Iterator[_Number]:
    """Find numerals written as words."""
    pattern = _NUMERAL.get(language or "")
    for match in pattern.finditer(body) if pattern else ():
        value = 2.0 + NUMERAL_WORDS[language or ""].index(match[0].lower())
        if one := _with_unit(body, language, value, match.span(), None):
            yield one


_NUMERAL = {
    language: re.compile(
        r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?![\w-])",
        re.IGNORECASE,
    )
    for language, words in NUMERAL_WORDS.items()
}


def _with_unit(
    body: str, language: str | None, value: float, span: tuple[int, int], known: str | None
) -> _Number | None:
    """Read on behind a number: a multiple, then what it counts."""
    start, end = span
    word = _BEHIND.match(body, end)
    if word and (times := MULTIPLES.get(fold(word[1]))):
        value, end = value * times, word.end()
        word = _BEHIND.match(body, end)
        if word and fold(word[1]) == "de":
            word = _BEHIND.match(body, word.end())
    if known:
        return value, known, start, end
    unit = _unit(word[1], language) if word else None
    if unit and "/" in unit and value in _YEARS and body[start:end].isdecimal():
        return None
    return (value, unit, start, word.end()) if word and unit else None


def _unit(word: str, language: str | None) -> str | None:
    """Return the unit a word names, or the stem of a noun that can be counted."""
    folded = fold(word)
    if folded in UNITS or " " in word or "\u00a0" in word:
        return UNITS.get(folded, "percent")
    is_name = word[0].isupper() and language != "de"
    if is_name or len(word) < _SHORTEST or folded in NO_UNITS or month(word):
        return None
    return f"{language}/{stem(folded, language)}"


def _figure(body: str, language: str | None, one: _Number) -> Figure:
    value, unit, start, end = one
    first, last = _sentence(body, start, end)
    before = _near(body, max(first, start - REACH), start)[-AROUND:]
    behind = _near(body, end, min(last, end + REACH))[:AROUND]
    names = frozenset(term for term, at in (*before, *behind) if body[at].isupper() and at > first)
    others = {term for term, _ in (*before, *behind) if len(term) >= _SHORTEST} - names
    around = names | {stem(other, language) for other in others}
    sentence = body[first:last].strip()
    rough = _rough(body, start)
    return Figure(value, unit, body[start:end], start, end, sentence, first, around, names, rough)


def _near(body: str, start: int, end: int) -> list[tuple[str, int]]:
    """Return the terms of a part of the body, with their offsets; numbers and cut words are left out."""
    cut = body[start - 1 : start + 1].isalnum()
    tokens = tokenize(body[start:end])
    return [(one.text, start + one.start) for one in tokens[cut:] if not one.text[0].isdigit()]


def _rough(body: str, start: int) -> bool:
    """Whether one of the two words before a number makes it a rough one."""
    return any(fold(word) in ROUGHLY for word in body[max(0, start - 30) : start].split()[-2:])


def _sentence(body: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a figure begins and ends."""
    first = max(0, start - 400)
    before = [match.end() for match in _BREAK.finditer(body, first, start)]
    behind = _BREAK.search(body, end, end + 400)
    begin = before[-1] if before else first
    while begin < start and body[begin].isspace():
        begin += 1
    return begin, behind.end() if behind else min(len(body), end + 400)


# --- what differs ----------------------------------------------------------------------------


def differences(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """Return the figures of which the articles give different values, by unit and value."""
    read = [_readings(article) for article in articles]
    given = {(one.article, one.figure.unit, one.figure.value) for some in read for one in some}
    by_unit: defaultdict[str, list[Reading]] = defaultdict(list)
    for some in read:
        for one in some:
            by_unit[one.figure.unit].append(one)
    found = [group for same in by_unit.values() for group in _groups(same, given)]
    return tuple(sorted(found, key=lambda one: (one.unit, one.values)))


def _readings(article: Article) -> list[Reading]:
    """Return the figures of an article that have no other of their unit in the sentence."""
    source, published = article.source.value, article.published.value
    found = figures(article)
    different = {(one.sentence_start, one.unit, one.value) for one in found}
    values = Counter((start, unit) for start, unit, _ in different)
    alone = [one for one in found if values[one.sentence_start, one.unit] == 1]
    return [Reading(article.id, source, published, figure) for figure in alone]


_Given = set[tuple[str, str, float]]


def _groups(readings: list[Reading], given: _Given) -> Iterator[Difference]:
    """Put together what differs from something, with what agrees with it."""
    root = list(range(len(readings)))
    differing: set[int] = set()
    for a, b in combinations(range(len(readings)), 2):
        if _same_thing(readings[a], readings[b]):
            equal = readings[a].figure.value == readings[b].figure.value
            if equal or _differ(readings[a], readings[b], given):
                _join(root, a, b)
                differing |= set() if equal else {a, b}
    groups: defaultdict[int, list[Reading]] = defaultdict(list)
    for number, reading in enumerate(readings):
        groups[_find(root, number)].append(reading)
    for first in sorted({_find(root, number) for number in differing}):
        group = sorted(groups[first], key=lambda one: (one.figure.value, one.article, one.figure.start))
        yield Difference(group[0].figure.unit, tuple(group))


def _same_thing(one: Reading, other: Reading) -> bool:
    """Whether the words around two figures of different articles say that they count one thing."""
    if one.article == other.article:
        return False
    common = one.figure.around & other.figure.around
    names = one.figure.names & other.figure.names
    if names and one.figure.unit in COUNTABLE and _close(one.figure.value, other.figure.value):
        return True
    smaller = min(len(one.figure.around), len(other.figure.around))
    return len(common) >= COMMON and bool(names) and len(common) >= SHARE * smaller


def _close(one: float, other: float) -> bool:
    return min(one, other) * CLOSE >= max(one, other)


def _differ(one: Reading, other: Reading, given: _Given) -> bool:
    """Whether two figures of one thing contradict each other."""
    a, b = sorted((one.figure.value, other.figure.value))
    unit = one.figure.unit
    crossed = {(one.article, unit, other.figure.value), (other.article, unit, one.figure.value)}
    rounded = (one.figure.rough or other.figure.rough) and b - a <= ROUNDING * b
    return not crossed & given and not rounded and a > 0 and b / a <= FACTOR


def _find(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = number = root[root[number]]
    return number


def _join(root: list[int], a: int, b: int) -> None:
    a, b = _find(root, a), _find(root, b)
    root[max(a, b)] = min(a, b)
