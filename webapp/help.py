"""The query language by example; each row is a search that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.fields import NONE
from engine.model import SearchResult
from webapp.wording import gettext, message

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("kidal peacekeepers", message("both words, in any form")),
    ('"mission is not complete"', message("this phrase; straight or curly quotation marks")),
    ('"army kidal"~5', message("these words in this order, at most five apart")),
    ("kidal OR gao", message("either word")),
    ("kidal -wagner", message("the first without the second; NOT wagner says the same")),
    ("(kidal OR gao) army", message("parentheses group")),
    ("peace*", message("words that begin like this")),
    ("goita~", message("spellings one letter away")),
    ("title:kidal", message("in the headline; also author: and place:")),
    ("source:monde", message("one source; -source: leaves one out")),
    ("agency:reuters", message("text from a wire agency")),
    ("lang:fr", message("one language, by its code")),
    ("date:2023-11", message("a year, month or day")),
    ("date:2023-11-01..2023-11-15", message("a span; also before:2023-11-14 and after:2023-11-14")),
    ("is:translated", message("translated texts, probable ones included")),
    ("is:truncated", message("cut short, by a paywall or the crawler")),
    ('in:removed "sign up"', message("in the text that was removed")),
    ("*", message("every article")),
)

_ONE_WORD = re.compile(r"\w+")


def examples() -> tuple[tuple[str, str], ...]:
    """Each example with what it finds, in the language of this request."""
    return tuple((query, gettext(meaning)) for query, meaning in EXAMPLES)


def queries_for(result: SearchResult) -> tuple[str, ...]:
    """Queries that find something in this archive, from an answer that counted facets over all of it."""
    return tuple(_queries({f.field: {v.value: v.count for v in f.values} for f in result.facets}))


def _queries(counts: dict[str, dict[str, int]]) -> Iterator[str]:
    common = {field: _by_size(values) for field, values in counts.items()}
    yield from (f"date:{month}" for month in common.get("month", [])[:1])
    yield from (f"lang:{code}" for code in common.get("lang", [])[1:2])
    yield from (f"agency:{name}" for name in common.get("agency", [])[:1] if _ONE_WORD.fullmatch(name))
    if {"translated", "probable"} & counts.get("translated", {}).keys():
        yield "is:translated"
    if "truncated" in counts.get("access", {}):
        yield "is:truncated"


def _by_size(values: dict[str, int]) -> list[str]:
    return sorted((value for value in values if value != NONE), key=lambda value: (-values[value], value))
