"""What a translation forgets to translate: quotation marks, numbers and wording of another language.

Each kind was measured on originals (benchmarks/language.py): a hard one is found in at most one of a
thousand. A weak one is a habit of hasty typing too, and decides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.language.translation.evidence import Reading, Weighted
from indexer.language.words import DISTINCTIVE

HARD, WEAK = 3.0, 0.5

LOST_SPACES = 2
"""So many sentences or words run together mean that the site lost spaces everywhere, at tags and line
ends. Then a quotation mark glued to a word or turned round tells of the site, not of a translator."""

_UNIT = (
    r"(?:(?:million|billion|trillion|percent|per cent|euros?|km|kilomet(?:er|re)s?|met(?:er|re)s?|miles|"
    r"hectares|degrees|points|tons|tonnes)\b|%)"
)
_COUNTED = (
    r"(?:people|euros?|inhabitants|soldiers|tons|tonnes|men|women|children|cases|deaths|residents|"
    r"employees|students|workers|members|votes|square|homes|refugees|troops|jobs|kilomet(?:er|re)s)"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_AFTER_QUOTE = (
    "(?:and|but|or|he|she|it|they|we|who|which|that|the|in|of|to|for|by|at|on|with|as|is|was|are|were|"
    "said|says|added|adds|explained|explains|called|declared|assured|insisted|stressed|according|while|after)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of residue.

    `into` are the languages in which it is out of place, `source` the language it comes from when
    there is only one. The pattern is tried when the text has one of the strings `needs`. `spacing`
    marks kinds that lost spaces imitate.
    """

    kind: str
    family: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    into: tuple[str, ...] = ("en",)
    source: str | None = None
    hard: bool = True
    spacing: bool = False


_ROMANCE = ("es", "fr", "it", "pt")
_SPACES = " \xa0\u202f"

QUOTATION_MARKS = (
    Rule(
        "spaced guillemets",
        "quotation marks",
        re.compile(r"«[ \xa0\u202f][^«»\n]{1,300}»"),
        ("«",),
        source="fr",
    ),
    Rule("guillemets", "quotation marks", re.compile(r"«[^\s«»][^«»\n]{1,300}»"), ("«",)),
    Rule(
        "low quotation mark",
        "quotation marks",
        re.compile(r"„[^\s„“”\"][^„“”\"\n]{0,300}[“”\"]"),
        ("„",),
        into=("en", *_ROMANCE),
    ),
    Rule("reversed quote", "quotation marks", re.compile(r"(?<=\w) “[.,;:)]"), ("“",), spacing=True),
    Rule(
        "glued closing quote",
        "quotation marks",
        re.compile(rf"(?<=\w)”{_AFTER_QUOTE}\b"),
        ("”",),
        spacing=True,
    ),
)
NUMBERS = (
    Rule("decimal comma", "numbers", re.compile(rf"(?<![\w.,$£€-])\d{{1,3}},\d{{1,2}} ?{_UNIT}"), (",",)),
    Rule(
        "space before %",
        "numbers",
        re.compile(r"(?<![\w.,/–-])\d{1,3}(?:[.,]\d+)?[ \xa0\u202f]%(?![\w}])"),
        tuple(f"{space}%" for space in _SPACES),
    ),
    Rule(
        "point in thousands",
        "numbers",
        re.compile(rf"(?<![\w.,$£€-])\d{{1,3}}\.\d{{3}} {_COUNTED}\b"),
        (".",),
    ),
    Rule("day with a point", "numbers", re.compile(rf"(?<=[a-z] )(?:[12]?\d|3[01])\. {_MONTH}\b"), (". ",)),
    Rule(
        "time with h", "numbers", re.compile(r"(?<![\w.,-])(?:1?\d|2[0-3]) ?h ?[0-5]\d(?![\w.,]\w)"), ("h",)
    ),
)
WORDING = (
    Rule(
        "ex-Twitter", "wording", re.compile(r"\(ex-Twitter\)|\bX, ex-Twitter\b"), ("ex-Twitter",), source="fr"
    ),
    Rule(
        "formerly Twitter",
        "wording",
        re.compile(r"\(formerly Twitter\)"),
        ("(formerly Twitter)",),
        into=("de", "nl", *_ROMANCE),
        source="en",
    ),
)
PUNCTUATION = (
    Rule(
        "full-width punctuation",
        "punctuation",
        re.compile(r"(?<=[a-z])[，；：。、](?= ?[A-Za-z]{2}[^\u3040-\u9fff]{10})"),
        tuple("，；：。、"),
        into=("en", "de", "nl", *_ROMANCE),
    ),
    Rule(
        "space before a comma",
        "spacing",
        re.compile(r"(?<=\w)[ \xa0\u202f],(?=\s)"),
        tuple(f"{space}," for space in _SPACES),
        hard=False,
        spacing=True,
    ),
    Rule(
        "space before colon",
        "spacing",
        re.compile(r"(?<=[^\W\d_])[ \xa0\u202f][;:!?](?=\s)"),
        tuple(f"{space}{mark}" for space in _SPACES for mark in ";:!?"),
        into=("en", "es", "it", "de", "nl"),
        source="fr",
        hard=False,
        spacing=True,
    ),
)
PAYWALL = Rule(
    "paywall wording",
    "paywall",
    re.compile(r"(?i)\bof this article (?:left|remaining) to (?:be )?read\b.{0,40}\breserved for\b"),
    ("of this article",),
    source="fr",
)
"""`La suite est réservée aux abonnés`, word by word; the English edition of that paper says it otherwise."""

_NUMERIC = re.compile(r"\d(?:,\d\d? ?[a-z%]|\.\d{3} |[ \xa0\u202f]%|\. [A-Z]| ?h ?[0-5])")
"""What all kinds of `NUMBERS` have in common: looked for once, because few texts have it."""
_LOST = re.compile(
    r"[^\W\d_]{2}[.!?]”?[A-Z][^\W\d_]|\w[.,]”[A-Z]|\w“\w|[a-z]{2}[,;:][a-z]{3}|[a-z]{3}(?:The|And|In)\b"
)
_LAST_WORD = re.compile(r"[\w'’-]+\Z")


def witness(reading: Reading) -> Iterator[Weighted]:
    """Yield the residue in the body, and that in the lines around it where a paywall speaks."""
    yield from _by_rules(reading)
    yield from _foreign_words(reading)
    if reading.language in PAYWALL.into:
        for line in reading.edges:
            yield from (
                _weigh(reading, PAYWALL, line.start + i, line.start + j)
                for i, j in _spans(PAYWALL, line.text)
            )


def _by_rules(reading: Reading) -> Iterator[Weighted]:
    numbers = NUMBERS if _NUMERIC.search(reading.body) else ()
    lost: bool | None = None
    for rule in (*QUOTATION_MARKS, *numbers, *WORDING, *PUNCTUATION):
        if reading.language not in rule.into:
            continue
        for start, end in _spans(rule, reading.body):
            if rule.spacing and lost is None:
                lost = _lost_spaces(reading.body)
            if not (rule.spacing and lost):
                yield _weigh(reading, rule, reading.start + start, reading.start + end)


def _spans(rule: Rule, text: str) -> Iterator[tuple[int, int]]:
    if any(needed in text for needed in rule.needs):
        yield from (match.span() for match in rule.pattern.finditer(text))


def _weigh(reading: Reading, rule: Rule, start: int, end: int) -> Weighted:
    evidence = reading.quote(rule.kind, *(_with_words(reading, start, end) if rule.spacing else (start, end)))
    if rule.hard:
        return Weighted(evidence, rule.family, HARD, "probable", rule.source)
    return Weighted(evidence, rule.family, WEAK, "none", rule.source)


def _with_words(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in the word before, so that a quotation of a few marks can be read."""
    word = _LAST_WORD.search(reading.draft.text[max(start - 40, reading.start) : start])
    return start - (len(word.group()) if word else 0), end


def _lost_spaces(body: str) -> bool:
    found = _LOST.finditer(body)
    return all(next(found, None) for _ in range(LOST_SPACES))


# --- words left untranslated -----------------------------------------------------------------

_QUOTED = re.compile(
    r"“[^“”\n]{1,600}”|\"[^\"\n]{1,600}\"|«[^«»\n]{1,600}»|„[^“”\n]{1,600}[“”]|\([^()\n]{1,300}\)"
)
_NEAR = 120
"""Characters on either side of a run in which the article's own language has to be the stronger one."""


def _foreign_words(reading: Reading) -> Iterator[Weighted]:
    """Yield runs of two or more function words of another language.

    Only inside sentences of the article's own language: a quotation, a title or a whole passage in
    another language is not something a translator forgot.
    """
    own = DISTINCTIVE.get(reading.language or "")
    if own is None:
        return
    present = set(reading.body.split())
    for language, words in DISTINCTIVE.items():
        if words is not own and len(words & present) > 1:
            rule = _RUNS[language]
            for start, end in _outside_quotes(reading.body, rule.pattern):
                if _among(own, words, reading.body[max(start - _NEAR, 0) : end + _NEAR]):
                    yield _weigh(reading, rule, reading.start + start, reading.start + end)


def _among(own: frozenset[str], foreign: frozenset[str], near: str) -> bool:
    """Whether more function words of the own language than of the foreign one stand here."""
    words = near.lower().split()
    return sum(word in own for word in words) > sum(word in foreign for word in words)


def _outside_quotes(body: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    found = [match.span() for match in pattern.finditer(body) if len(set(match.group().split())) > 1]
    quoted = [match.span() for match in _QUOTED.finditer(body)] if found else []
    starts = [start for start, _ in quoted]
    for start, end in found:
        i = bisect_right(starts, start) - 1
        if i < 0 or quoted[i][1] < end:
            yield start, end


def _run(language: str) -> Rule:
    word = "(?:" + "|".join(sorted(DISTINCTIVE[language])) + ")"
    pattern = re.compile(rf"(?<=[a-z,] ){word}(?: {word})+(?= [^\W\d_A-Z])")
    return Rule("untranslated words", "untranslated words", pattern, (), source=language)


_RUNS = {language: _run(language) for language in DISTINCTIVE}
