"""The query language by example; each row is a search that runs."""

from __future__ import annotations

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("kidal peacekeepers", "both words, in any form"),
    ('"mission is not complete"', "this phrase; straight or curly quotation marks"),
    ('"army kidal"~5', "these words in this order, at most five apart"),
    ("kidal OR gao", "either word"),
    ("kidal -wagner", "the first without the second; NOT wagner says the same"),
    ("(kidal OR gao) army", "parentheses group"),
    ("peace*", "words that begin like this"),
    ("goita~", "spellings one letter away"),
    ("title:kidal", "in the headline; also author: and place:"),
    ("source:monde", "one source; -source: leaves one out"),
    ("agency:reuters", "text from a wire agency"),
    ("lang:fr", "one language, by its code"),
    ("date:2023-11", "a year, month or day"),
    ("date:2023-11-01..2023-11-15", "a span; also before:2023-11-14 and after:2023-11-14"),
    ("is:translated", "translated texts, probable ones included"),
    ("is:truncated", "cut short, by a paywall or the crawler"),
    ('in:removed "sign up"', "in the text that was removed"),
    ("*", "every article"),
)
