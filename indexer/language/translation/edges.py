"""The lines around the edges of a body, where credits, labels and notices stand."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.documents import Line

INSIDE = 3
OUTSIDE = 6
REACH = 4000
"""Characters: as far as lines are looked for, however many of them are empty."""
LONGEST = 300
"""Of a longer line only the beginning and the end are read, as two lines."""


def edge_lines(text: str, start: int, end: int) -> tuple[Line, ...]:
    """Return the first and last three lines of the body `text[start:end]` and up to six before and after it.

    Lines of the raw text, removed ones too: a credit is often taken out as page furniture.
    """
    around = (
        *_backward(text, start, 0, OUTSIDE),
        *_forward(text, start, end, INSIDE),
        *_backward(text, end, start, INSIDE),
        *_forward(text, end, len(text), OUTSIDE),
    )
    pieces = {piece for first, last in around for piece in _pieces(first, last)}
    lines = (_trimmed(text, first, last) for first, last in sorted(pieces))
    return tuple(line for line in lines if line.text)


def _forward(text: str, position: int, stop: int, wanted: int) -> Iterator[tuple[int, int]]:
    reach = min(position + REACH, stop)
    while position < reach and wanted:
        newline = text.find("\n", position, stop)
        end = stop if newline < 0 else newline
        if text[position : min(end, position + LONGEST)].strip():
            wanted -= 1
            yield position, end
        position = end + 1


def _backward(text: str, position: int, stop: int, wanted: int) -> Iterator[tuple[int, int]]:
    reach = max(position - REACH, stop)
    while position > reach and wanted:
        start = max(text.rfind("\n", stop, position) + 1, stop)
        if text[max(start, position - LONGEST) : position].strip():
            wanted -= 1
            yield start, position
        position = start - 1


def _pieces(start: int, end: int) -> tuple[tuple[int, int], ...]:
    if end - start <= LONGEST:
        return ((start, end),)
    return (start, start + LONGEST), (end - LONGEST, end)


def _trimmed(text: str, start: int, end: int) -> Line:
    piece = text[start:end]
    stripped = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    return Line(first, first + len(stripped), stripped)
