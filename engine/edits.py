"""Applying and undoing edits: `body = raw + edits`, exactly, both ways.

An edit replaces `raw[start:end]`. Edits do not overlap and are kept sorted. A `TextMap` carries
offsets between raw text and edited text so that evidence, hits and removed spans can all be shown
in either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.model import Article, Edit


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort edits by place and check that none overlaps another; raises ValueError if one does."""
    result = tuple(sorted(edits, key=lambda e: (e.start, e.end)))
    for before, after in pairwise(result):
        if after.start < before.end:
            raise ValueError(f"edits overlap at {after.start}: {before.rule} and {after.rule}")
    return result


def apply(raw: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """Return `raw[start:end]` with the edits that lie inside it applied.

    Args:
        raw: the decoded text.
        edits: sorted, not overlapping (see `ordered`).
        start: first code point of the part wanted.
        end: one past its last; None for the end of the text.

    """
    end = len(raw) if end is None else end
    parts: list[str] = []
    position = start
    for edit in edits:
        if edit.start < start or edit.end > end:
            continue
        parts += (raw[position : edit.start], edit.replacement)
        position = edit.end
    parts.append(raw[position:end])
    return "".join(parts)


def invert(body: str, raw: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """Undo `apply`: give back `raw[start:end]` from the edited text and the removed pieces."""
    end = len(raw) if end is None else end
    parts: list[str] = []
    in_raw, in_body = start, 0
    for edit in edits:
        if edit.start < start or edit.end > end:
            continue
        kept = edit.start - in_raw
        parts += (body[in_body : in_body + kept], raw[edit.start : edit.end])
        in_body += kept + len(edit.replacement)
        in_raw = edit.end
    parts.append(body[in_body:])
    return "".join(parts)


def body_of(article: Article) -> str:
    """Compute the body an article must have."""
    return apply(article.raw, article.edits, article.body_start, article.body_end)


@dataclass(frozen=True, slots=True)
class TextMap:
    """Offsets of the raw text and of the edited text, side by side.

    `raw` and `edited` hold the starts of the kept pieces, `lengths` how long each is.
    """

    raw: tuple[int, ...]
    edited: tuple[int, ...]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, edits: Sequence[Edit], start: int, end: int) -> TextMap:
        """Map `raw[start:end]` as `apply` would edit it."""
        raw, edited, lengths = [], [], []
        in_raw, in_body = start, 0
        for edit in edits:
            if edit.start < start or edit.end > end:
                continue
            raw.append(in_raw)
            edited.append(in_body)
            lengths.append(edit.start - in_raw)
            in_body += edit.start - in_raw + len(edit.replacement)
            in_raw = edit.end
        return cls((*raw, in_raw), (*edited, in_body), (*lengths, end - in_raw))

    def to_edited(self, offset: int) -> int:
        """Where raw `offset` stands in the edited text (the nearest place if it was removed)."""
        i = max(bisect_right(self.raw, offset) - 1, 0)
        return self.edited[i] + max(0, min(offset - self.raw[i], self.lengths[i]))
