"""Repairing the body: wrong decodings, spaces and crossheads; else never a letter or a digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.edits import ordered
from engine.model import Edit
from indexer.cleaning.mojibake import mojibake
from indexer.cleaning.spacing import comma_spaces, edit, no_break_spaces, quote_spaces, sentence_spaces
from indexer.documents import Draft

_CROSSHEAD = re.compile(
    r"[.!?…”](?P<cut>[ \u00a0]?(?P<dash>[-–]) (?P<words>[^\W_][^.!?\n“”]{1,40}?) (?P=dash)[ \u00a0]?)"
    r"(?=[^\W_a-z]|[“”(])"
)
_CROSSHEAD_WORDS = 6


def repair(draft: Draft) -> Draft:
    """Return the draft with its body mended by edits of kind "repair".

    They lie inside the body and neither overlap nor touch an edit that is already there. Wrong decodings
    are mended in the title as well.
    """
    text, (start, end) = draft.text, draft.body_span()
    found = list(mojibake(text, start, end))
    if draft.title_start is not None and draft.title_end is not None:
        found += mojibake(text, draft.title_start, draft.title_end)
    for find in (crossheads, quote_spaces, sentence_spaces, no_break_spaces, comma_spaces):
        found += find(text, start, end)
    taken = ordered(draft.edits)
    return replace(draft, edits=ordered((*taken, *_apart(found, taken))))


def crossheads(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the crossheads run into the text (`it.- UN withdrawal -A convoy`), each to its own line."""
    for match in _CROSSHEAD.finditer(text, start, end):
        words, follows = match["words"], text[match.end()]
        if words[0].isupper() and len(words.split()) <= _CROSSHEAD_WORDS and not follows.islower():
            yield edit(text, *match.span("cut"), f"\n{words}\n", "crosshead on its own line")


def _apart(found: Iterable[Edit], taken: Sequence[Edit]) -> list[Edit]:
    """Return, in order, the edits of `found` that touch neither each other nor one of `taken`."""
    kept: list[Edit] = []
    i = 0
    for new in sorted(found, key=lambda e: (e.start, e.end)):
        while i < len(taken) and taken[i].end < new.start:
            i += 1
        free = i == len(taken) or new.end < taken[i].start
        if free and (not kept or kept[-1].end < new.start):
            kept.append(new)
    return kept
