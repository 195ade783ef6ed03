"""Rows of furniture: several buttons, links or calls that run on in one line.

    Terms of Use | Privacy Policy | Contact        Sign in Subscribe        MenuSections

Such a line is taken when all of it is furniture that a rule knows. No two sites have the same row, so no
list of whole lines would do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from indexer.cleaning.guard import reads_as_prose
from indexer.cleaning.rules import Finder, Match, Rule, fold

MAX_ROW = 600
"""A row is not longer, in characters."""

MAX_PHRASE = 9
"""Nor is a phrase in it, in words."""

MAX_STRANGE = 3
"""Words that no rule knows, in a row with dividers: most sites have a page of their own invention."""

ENOUGH = 3
"""A row is believed from so many points: a divider or a phrase one, a phrase of several words two."""

_DIVIDER = re.compile(r"\s*(?:[|•·»«/‖▪●⋅,]|(?:&gt;)|(?<=\s)[-–—>](?=\s))+\s*|(?<=[.!?])\s+")
_GLUED = re.compile(r"(?<=[a-zß-öø-ÿ)])(?=[A-ZÀ-Þ])")
_FILLERS = frozenset({"and", "&", "or", "et", "und", "y", "e", "©"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads rows with all rules, whatever their zone: what is next to them vouches for them.

    `parts` finds the rule for a part that stands between dividers.
    """

    parts: Finder
    phrases: Mapping[str, Rule]
    words: frozenset[str]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, rules: Iterable[Rule], parts: Finder) -> Rows:
        """Take the phrases of the rules apart into words.

        Sections are left out: side by side, without a divider, they are a headline (`More features`).
        """
        rules = [rule for rule in rules if rule.category != "section"]
        phrases = {" ".join(_words(phrase)): rule for rule in reversed(rules) for phrase in rule.phrases}
        words = [phrase.split() for phrase in phrases]
        return cls(parts, phrases, frozenset(chain(*words)), frozenset(" ".join(ws[:2]) for ws in words))

    def find(self, line: str) -> Match | None:
        """Return the row that a trimmed line is, under the rule of its most telling part."""
        if len(line) > MAX_ROW or not self._may_begin(line):
            return None
        parts = [part for part in _DIVIDER.split(line) if part]
        found: list[Match] = []
        strange = 0
        for part in parts:
            match = self.parts.find(part) if len(parts) > 1 else None
            matches, unknown = ([match], 0) if match else self._phrases(part)
            found += matches
            strange += unknown
            if strange > MAX_STRANGE:
                return None
        marked = len(parts) > 1 or _GLUED.search(line) is not None
        return _whole(found, line) if _believable(found, strange, line, marked=marked) else None

    def _may_begin(self, line: str) -> bool:
        """Tell whether the first two words begin a phrase; cheap, for every line of every text passes."""
        first, _, rest = line.partition(" ")
        second = rest.partition(" ")[0]
        one = fold(first)
        if one in self.beginnings or f"{one} {fold(second)}" in self.beginnings:
            return True
        return _GLUED.search(first) is not None or _GLUED.search(second) is not None

    def _phrases(self, part: str) -> tuple[list[Match], int]:
        """Cut a part without dividers into phrases, the longest first; count the words left over."""
        words = [word for raw in part.split() for word in self._unglued(raw)]
        found: list[Match] = []
        start = strange = 0
        while start < len(words) and strange <= MAX_STRANGE:
            if longest := self._longest(words, start):
                start, match = longest
                found.append(match)
            else:
                strange += words[start] not in _FILLERS
                start += 1
        return found, strange

    def _longest(self, words: list[str], start: int) -> tuple[int, Match] | None:
        for end in range(min(len(words), start + MAX_PHRASE), start, -1):
            phrase = " ".join(words[start:end])
            if rule := self.phrases.get(phrase):
                return end, rule.on_phrase(phrase)
        return None

    def _unglued(self, raw: str) -> Iterator[str]:
        """Yield a word folded, or the words it was glued of (`PolicyTerms`), if it is none itself."""
        whole = fold(raw)
        pieces = [whole] if whole in self.words else [fold(piece) for piece in _GLUED.split(raw)]
        return (piece for piece in pieces if piece)


def _words(phrase: str) -> Iterator[str]:
    return (word for raw in phrase.split() if (word := fold(raw)))


def _points(match: Match) -> int:
    return 1 + (match.rule.zone == "any" and " " in match.value)


def _believable(found: list[Match], strange: int, line: str, *, marked: bool) -> bool:
    """Tell whether so many pieces make a row; in a marked one, each strange word needs as many again."""
    if not found or (not marked and (len(found) == 1 or strange)):
        return False
    if sum(map(_points, found)) + marked < ENOUGH * (1 + strange):
        return False
    return not (any(match.rule.guard for match in found) and reads_as_prose(line))


def _whole(found: list[Match], line: str) -> Match:
    """Name the row after the part that says something about the article, or else its first."""
    telling = [match for match in found if match.rule.field and match.rule.category != "section"]
    sections = [match for match in found if match.rule.category == "section" and match.rule.field]
    main = (telling or (sections[-1:] if len(sections) == len(found) else found))[0]
    return Match(main.rule, 0, len(line), main.value)
