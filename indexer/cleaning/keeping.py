"""Text an archive's owner wants kept: whatever rule took it out, it stays in the body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.model import Edit
from indexer.documents import Draft, live_lines


@dataclass(frozen=True, slots=True)
class Keep:
    """A line, or the removed part of one, that stays: everywhere, for one source, or in one document."""

    text: str
    source: str | None = None
    path: str | None = None

    def concerns(self, source: str | None, path: str) -> bool:
        """Whether this holds for a document."""
        same = self.source is None or self.source.casefold() == (source or "").casefold()
        return same and self.path in (None, path)


def kept_texts(keeps: Iterable[Keep], source: str | None, path: str) -> frozenset[str]:
    """Return the texts that stay in a document."""
    return frozenset(even(keep.text) for keep in keeps if keep.concerns(source, path))


def restore(draft: Draft, texts: frozenset[str]) -> Draft:
    """Undo the removals of `texts`; one that took more lines is cut around those that stay."""
    if not texts:
        return draft
    edits = tuple(piece for edit in draft.edits for piece in _without(edit, draft.text, texts))
    gone = set(draft.edits) - set(edits)
    findings = tuple(replace(f, edit=None) if f.edit in gone else f for f in draft.findings)
    return replace(draft, edits=edits, findings=findings)


def _without(edit: Edit, text: str, texts: frozenset[str]) -> Iterator[Edit]:
    """Yield what is left of an edit when the lines in `texts` are cut out of it."""
    if edit.kind != "remove":
        yield edit
        return
    start = edit.start
    for line in live_lines(text[edit.start : edit.end], ()):
        if even(line.text) in texts:
            first, last = edit.start + line.start, edit.start + line.end
            yield from _part(edit, text, start, first)
            start = last
    yield from _part(edit, text, start, edit.end) if start > edit.start else (edit,)


def _part(edit: Edit, text: str, start: int, end: int) -> Iterator[Edit]:
    if text[start:end].strip():
        yield replace(edit, start=start, end=end)


def even(text: str) -> str:
    """Return a text with even spacing, as lines to keep are compared by."""
    return " ".join(text.split())
