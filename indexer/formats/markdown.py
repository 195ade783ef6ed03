"""Markdown: the text stays as it is, and an edit takes out each mark a reader would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Literal

from engine.model import Edit
from indexer.documents import Declared
from indexer.formats import header
from indexer.formats.base import Item, Layout, Source, whole

VERSION = "markdown-1"

Kind = Literal["remove", "repair"]

_TITLE = re.compile(r"\s*# +([^\n]{1,500}?)(?: +#+)?(?:\n|\Z)")
_LINE = re.compile(r"^(?:#{1,6} +|(?:> ?)+|!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)$|[=*-]{3,}$)", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|(?<!\w)__)(?=[^\s*_])([^\n*_]{0,500}[^\s*_])\1(?!(?<=_)\w)")
_LINK = re.compile(r"!?\[([^\]\[\n]{0,500})\]\([^()\n]{0,2000}\)")


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read one Markdown file."""
    return whole(stream, source, "markdown")


def lay_out(text: str) -> Layout:
    """Take the header off, find the title, and mark what is only markup."""
    about, body = header.split(text)
    if title := _TITLE.match(body):
        about = about.over(Declared(title=title[1]))
    return Layout(body, about, tuple(_edits(body)))


def _edits(text: str) -> Iterator[Edit]:
    """Yield the edits in order; a mark inside another (an image on its own line) is part of that."""
    position = 0
    for start, end, kind in sorted(_marks(text), key=lambda mark: (mark[0], -mark[1])):
        if start >= position:
            position = end
            yield Edit(start, end, "", kind, "markdown.mark", "markdown mark", VERSION)


def _marks(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Find the marks; one inside a line counts as a repair, because the line goes on behind it."""
    for match in _LINE.finditer(text):
        yield *match.span(), "remove"
    for pattern in (_LINK, _STRONG):
        for match in pattern.finditer(text):
            inner = match.span(match.lastindex or 0)
            yield match.start(), inner[0], "repair"
            yield inner[1], match.end(), "repair"
