"""Meeting a line with many rules at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.cleaning.rules import MAX_LINE, WINDOW, Finder, Match, Rule, fold


@dataclass(frozen=True, slots=True)
class Matcher:
    """The rules of one zone: a lookup for the phrases, then the patterns in order.

    `gate` is the whole-line patterns as one; hardly a line of prose passes it, so hardly one costs more.
    Patterns with hints stand outside it, those for long lines first. `rows` is asked last, about lines that
    are no furniture as a whole.
    """

    phrases: dict[str, Rule]
    lines: tuple[Rule, ...]
    hinted: tuple[Rule, ...]
    edges: tuple[Rule, ...]
    gate: re.Pattern[str]
    rows: Finder | None = None

    @classmethod
    def of(cls, rules: Iterable[Rule], rows: Finder | None = None) -> Matcher:
        """Arrange rules; of two with the same phrase the first counts."""
        rules = tuple(rules)
        phrases = {phrase: rule for rule in reversed(rules) for phrase in rule.phrases}
        whole = [rule for rule in rules if rule.pattern and rule.scope == "line"]
        lines = tuple(rule for rule in whole if not rule.hints)
        hinted = sorted((rule for rule in whole if rule.hints), key=lambda rule: -rule.max_words)
        edges = tuple(rule for rule in rules if rule.scope != "line")
        return cls(phrases, lines, tuple(hinted), edges, _any_of(lines), rows)

    def find(self, line: str) -> Match | None:
        """Return what the first rule finds in a trimmed line."""
        if len(line) <= WINDOW and (phrase := self.phrases.get(fold(line))):
            return phrase.on_phrase(line)
        for rule in self._worth_trying(line):
            if match := rule.match(line):
                return match
        return self.rows.find(line) if self.rows else None

    def _worth_trying(self, line: str) -> list[Rule]:
        if len(line) > MAX_LINE:
            return list(self.edges)
        rules = list(self.lines) if self.gate.fullmatch(line) else []
        words, lowered = line.count(" "), line.lower()
        for rule in self.hinted:
            if words >= rule.max_words:
                break
            if rule.hinted(lowered):
                rules.append(rule)
        rules += self.edges
        return rules


def _any_of(rules: Iterable[Rule]) -> re.Pattern[str]:
    """Compile one pattern that matches whatever one of the rules does; without any, nothing."""
    sources = [rule.pattern.pattern.replace("(?P<value>", "(?:") for rule in rules if rule.pattern]
    return re.compile("|".join(sources) or r"(?!)", re.IGNORECASE)
