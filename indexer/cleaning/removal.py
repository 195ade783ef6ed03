"""Finding site furniture by rule, and keeping the whole text when the rules would take too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.edits import ordered
from engine.model import Edit
from indexer.cleaning.lengths import word_count
from indexer.cleaning.loading import Packs
from indexer.cleaning.matching import Matcher
from indexer.cleaning.rules import Match
from indexer.documents import Draft, Finding, Line, live_lines

MAX_REMOVED_SHARE = 0.30
"""Rules that would take more of the words than this take nothing: the document is quarantined."""

QUARANTINED = "quarantined"
"""The flag of such a document."""

KEPT_FIELDS = frozenset({"percent_left", "truncated", "translated_from"})
"""What rules say about the article is kept even when nothing is taken out."""

MAX_DROPPED = 200_000
"""A longer block that a page has dropped is not searched for notices."""

HEAD_LINES = 4
"""The head ends with the fourth line that stays."""

TAIL_LINES = 5
"""The tail begins with the fifth last line that stays."""

_WRAPPED_SHARE = 0.2
_WRAPPED_LENGTH = 40
_NEWLINE = 2
_LAST_WORDS = 2
_STOPS = '.!?…:;”"»'


def furniture(draft: Draft, packs: Packs) -> Draft:
    """Return the draft with what the rules found: edits that take lines out, findings that name them."""
    lines = draft.lines()
    matches = _find(lines, packs)
    findings = [_finding(lines[i], matches[i]) for i in sorted(matches)]
    edits = [finding.edit for finding in findings if finding.edit]
    findings += _dropped(draft, packs)
    if _share(draft.text, edits, lines) > MAX_REMOVED_SHARE:
        kept = (replace(finding, edit=None) for finding in findings if finding.field in KEPT_FIELDS)
        return replace(draft, findings=(*draft.findings, *kept), flags=(*draft.flags, QUARANTINED))
    return replace(draft, edits=ordered((*draft.edits, *edits)), findings=(*draft.findings, *findings))


def _dropped(draft: Draft, packs: Packs) -> Iterator[Finding]:
    """Yield what notices in blocks the page has dropped already say about the article.

    Only patterns are believed there: a menu is full of words that are true of other articles. That the
    text was cut needs the page to say as well that it is not free.
    """
    for edit in draft.page.edits:
        dropped = draft.text[edit.start : edit.end] if edit.kind == "remove" else ""
        for line in live_lines(dropped, ()) if len(dropped) <= MAX_DROPPED else ():
            match = packs.anywhere.find(line.text)
            if match and match.rule.pattern and match.rule.field in KEPT_FIELDS:
                if match.rule.field == "truncated" and draft.page.declared.free is not False:
                    continue
                place = line._replace(start=edit.start + line.start, end=edit.start + line.end)
                yield replace(_finding(place, match), edit=None)


def _find(lines: Sequence[Line], packs: Packs) -> dict[int, Match]:
    """Map the index of a line to what was found in it."""
    prose = continuations(lines)
    texts = ["" if i in prose else line.text for i, line in enumerate(lines)]
    found = {i: match for i, text in enumerate(texts) if (match := packs.anywhere.find(text))}
    _peel(texts, range(len(texts)), packs.head, HEAD_LINES, found)
    first = next((i for i in range(len(texts)) if i not in found), len(texts))
    _peel(texts, range(len(texts) - 1, first, -1), packs.tail, TAIL_LINES, found)
    return found


def continuations(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that go on from the line before, in a text broken at a fixed width.

    There the last word of a paragraph can stand alone and look like a button (`... two dlrs a` /
    `share.`). Other texts have none: their lines are whole blocks.
    """
    pairs = [(i, a, b) for i, (a, b) in enumerate(pairwise(lines), 1) if b.start - a.end <= _NEWLINE]
    onward = frozenset(i for i, a, _ in pairs if len(a.text) >= _WRAPPED_LENGTH and a.text[-1] not in _STOPS)
    lower = sum(1 for i, _, b in pairs if i in onward and b.text[0].islower())
    if lower >= _WRAPPED_SHARE * len(lines):
        return onward
    return frozenset(i for i in onward if _ends_a_sentence(lines[i].text) or _goes_on(lines, i))


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Tell the rest of a name (`Amari Shipping / International / said on`): the next line begins small."""
    if i + 1 == len(lines):
        return False
    return lines[i + 1].start - lines[i].end <= _NEWLINE and lines[i + 1].text[0].islower()


def _ends_a_sentence(text: str) -> bool:
    return text[-1] == "." and text[-2:] != ".." and text.count(" ") < _LAST_WORDS


def _peel(
    texts: Sequence[str], order: Iterable[int], matcher: Matcher, limit: int, found: dict[int, Match]
) -> None:
    """Try `matcher` from the edge inwards until `limit` lines have stayed; what goes does not count."""
    for i in order:
        if i not in found and (match := matcher.find(texts[i])):
            found[i] = match
        limit -= not _takes_all(texts[i], found.get(i))
        if limit == 0:
            return


def _takes_all(text: str, match: Match | None) -> bool:
    return match is not None and match.rule.action != "flag" and match.end - match.start == len(text)


def _finding(line: Line, match: Match) -> Finding:
    rule = match.rule
    start, end = line.start + match.start, line.start + match.end
    edit = Edit(
        start,
        end,
        "",
        kind="remove",
        rule=rule.id,
        label=rule.label,
        pack_version=rule.version,
        evidence=line.text[match.start : match.end].strip(),
        confidence=0.9 if rule.guard else 1.0,
    )
    value = match.value if rule.field else ""
    return Finding(rule.category, rule.field, value, start, end, None if rule.action == "flag" else edit)


def _share(text: str, edits: Sequence[Edit], lines: Sequence[Line]) -> float:
    """How much of the words standing in `lines` the edits take."""
    if not edits:
        return 0.0
    taken = sum(word_count(text[edit.start : edit.end]) for edit in edits)
    return taken / sum(word_count(line.text) for line in lines)
