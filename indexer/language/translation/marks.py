"""What a page says outright: markup, credits, feed labels; and desk credits, which speak against.

Each mark proves what it proves and no more: a link to the same page in another language shows that
there is a sibling, not which of the two came first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.model import Evidence
from indexer.language.translation import credits as credit_lines
from indexer.language.translation.evidence import Ceiling, Reading, Weighted

SAID, LABELLED, SIBLING, DESK = 6.0, 3.0, 0.5, -2.0


@dataclass(frozen=True, slots=True)
class Markup:
    """A trace in the markup: what it is called, how to recognise it, what it weighs."""

    kind: str
    pattern: re.Pattern[str]
    weight: float
    ceiling: Ceiling


_CODE = r"(?P<code>[a-z]{2})(?![a-z])"
MARKUP = (
    Markup("machine translation markup", re.compile(rf"(?i)\bx-mtfrom-{_CODE}"), SAID, "translated"),
    Markup(
        "machine translation markup",
        re.compile(rf"(?i)machine-translated-from(?:.{{0,200}}?hreflang\W{{1,2}}{_CODE})?"),
        SAID,
        "translated",
    ),
    Markup(
        "machine translation markup",
        re.compile(r"(?i)machine translation|x-translated-(?:by|to)\b|\btranslated-(?:ltr|rtl)\b"),
        SAID,
        "translated",
    ),
    Markup(
        "declared original",
        re.compile(rf"(?is)translationOfWork(?:.{{0,400}}?inLanguage\W{{1,5}}{_CODE})?"),
        SAID,
        "translated",
    ),
    Markup("declared translator", re.compile(r"(?i)\btranslator\b"), SAID, "translated"),
    Markup(
        "translation plugin",
        re.compile(r"(?i)\b(?:wpml|polylang|translatepress|trp-language|weglot|gtranslate|transposh)"),
        SIBLING,
        "none",
    ),
    Markup("other language version", re.compile(r"(?i)hreflang|\balternate\b"), SIBLING, "none"),
)
"""The first that fits a mark counts."""

_MARK_READ = 2000


def witness(reading: Reading) -> Iterator[Weighted]:
    """Yield what the page says about itself; nothing may be translated from its own language."""
    every = (*_markup(reading), *_credits(reading), *_labels(reading))
    yield from (item for item in every if item.language is None or item.language != reading.language)
    yield from _desk(reading)


def _markup(reading: Reading) -> Iterator[Weighted]:
    for mark in reading.draft.page.declared.marks:
        words = f"{mark.kind} {mark.text}"[:_MARK_READ]
        for markup in MARKUP:
            if found := markup.pattern.search(words):
                evidence = Evidence(markup.kind, mark.text, mark.start, mark.end)
                code = found.groupdict().get("code")
                yield Weighted(evidence, markup.kind, markup.weight, markup.ceiling, code and code.lower())
                break


def _credits(reading: Reading) -> Iterator[Weighted]:
    authors = reading.draft.page.declared.authors
    for i, credit in credit_lines.find(authors):
        yield _credit(Evidence("translation credit", authors[i]), credit.language)
    for i, credit in credit_lines.find([line.text for line in reading.edges]):
        start = reading.edges[i].start
        quoted = reading.quote("translation credit", start + credit.start, start + credit.end)
        yield _credit(quoted, credit.language)


def _credit(evidence: Evidence, language: str | None) -> Weighted:
    return Weighted(evidence, "credit", SAID, "translated", language)


def _labels(reading: Reading) -> Iterator[Weighted]:
    """Yield what cleaning recognised, such as the label of a feed of foreign headlines; not credits again."""
    for finding in reading.draft.findings:
        if finding.field == "translated_from" and finding.kind != "translation credit":
            code = finding.value.strip().lower()
            language = code if re.fullmatch("[a-z]{2}", code) else None
            quoted = reading.quote("feed label", finding.start, finding.end)
            yield Weighted(quoted, "label", LABELLED, "probable", language)


def _desk(reading: Reading) -> Iterator[Weighted]:
    """An English desk that reports and edits writes its own text."""
    desk = next((f for f in reading.draft.findings if f.field in ("reporting", "editing")), None)
    if desk and reading.language == "en":
        yield Weighted(reading.quote("desk credit", desk.start, desk.end), "desk credit", DESK, "none")
