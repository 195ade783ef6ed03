"""A furniture rule and how it meets a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from indexer.cleaning.guard import reads_as_prose

Zone = Literal["head", "tail", "any"]
Scope = Literal["line", "prefix", "suffix"]
Action = Literal["drop", "strip", "extract", "flag"]

MAX_LINE = 2000
"""Whole-line rules never look at a line longer than this, in characters."""

WINDOW = 300
"""How far into a line, from its beginning or end, prefix and suffix rules look."""

HINTED = 140
"""A suffix has its hint within so many characters of the end."""

_DECORATION = " .,:;!?¡¿…|/\\»«›‹<>→←↑↓↗▲▼►▶·•*+#_=~-–—[](){}\"'،؛؟:：。、，！？【】「」"
_SPELLING = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00ad": None, "\u200b": None})


def fold(line: str) -> str:
    """Reduce a line to what phrases are compared by: no case, even spacing, no decoration around."""
    return " ".join(line.translate(_SPELLING).casefold().split()).strip(_DECORATION)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a pack. Exactly one of `pattern` and `phrases` (folded) says what it matches."""

    id: str
    category: str
    version: str
    language: str
    zone: Zone
    scope: Scope
    action: Action
    label: str
    pattern: re.Pattern[str] | None = None
    phrases: frozenset[str] = frozenset()
    field: str = ""
    value: str = ""
    lower: bool = False
    max_words: int = 12
    hints: tuple[str, ...] = ()
    guard: bool = False
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    def match(self, line: str) -> Match | None:
        """Find the rule's furniture in a trimmed line, or nothing."""
        if self.pattern is None:
            return self.on_phrase(line) if fold(line) in self.phrases else None
        if self.scope == "line" and (len(line) > MAX_LINE or line.count(" ") >= self.max_words):
            return None
        if self.hints and not self.hinted((line[-HINTED:] if self.scope == "suffix" else line).lower()):
            return None
        found = _search(self.pattern, self.scope, line)
        if found is None or (self.guard and reads_as_prose(found[0])):
            return None
        named = found.groupdict().get("value")
        return Match(self, *_reach(found, self.scope), self._value(named or found[0].strip()))

    def hinted(self, lowered: str) -> bool:
        """Whether there is any use in trying the pattern on a line, given in lower case."""
        for hint in self.hints:  # a loop: twice as fast as any() here, and every line of every text passes
            if hint in lowered:
                return True
        return not self.hints

    def on_phrase(self, line: str) -> Match:
        """Match the whole line, which is known to be one of the phrases."""
        return Match(self, 0, len(line), self._value(line.strip(_DECORATION)))

    def _value(self, seen: str) -> str:
        value = self.value or seen
        return value.lower() if self.lower else value


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule found its furniture: offsets in the line, and what it says there."""

    rule: Rule
    start: int
    end: int
    value: str


class Finder(Protocol):
    """What finds furniture in a line."""

    def find(self, line: str) -> Match | None:
        """Return what it finds in a trimmed line."""


def _search(pattern: re.Pattern[str], scope: Scope, line: str) -> re.Match[str] | None:
    if scope == "line":
        return pattern.fullmatch(line)
    if scope == "prefix":
        return pattern.match(line, 0, WINDOW)
    return pattern.search(line, max(0, len(line) - WINDOW))


def _reach(found: re.Match[str], scope: Scope) -> tuple[int, int]:
    """Widen a match at one end of a line over the white space that set it off."""
    start, end, line = found.start(), found.end(), found.string
    if scope == "prefix":
        while end < len(line) and line[end].isspace():
            end += 1
    if scope == "suffix":
        while start > 0 and line[start - 1].isspace():
            start -= 1
    return start, end
