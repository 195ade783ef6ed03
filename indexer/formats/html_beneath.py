"""What stands beneath the headline of a page: its date and its authors, where no markup names them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from indexer.documents import Declared
from indexer.metadata import bylines, dates, people

REACH = 1_500
"""Characters of markup behind a headline that are looked at."""

MAX_LINE = 120
"""A line of date and authors is not longer."""

_HEADLINES = 3
_HEADLINE_END = re.compile(r"</h1\s*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"<(?:/?(?:p|div|li|ul|h\d|time|section|header|main|article|aside|address)|br|hr)\b", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_BETWEEN = re.compile(r"\s+[|·•–—]\s+|\s+-\s+")


def beneath(markup: str) -> Declared:
    """Return the date and the authors that stand as lines of their own under a headline."""
    published: str | None = None
    authors: tuple[str, ...] = ()
    for line in _lines(markup):
        pieces = _BETWEEN.split(line)
        day = next(filter(_is_date, pieces), None)
        named = [names for piece in pieces if (names := bylines.signed(piece))]
        if day and not named:
            named = [people.names(piece) for piece in pieces if people.are_names(piece)]
        published = published or day
        authors = authors or tuple(name for names in named for name in names)
    return Declared(published=published, authors=authors)


def _lines(markup: str) -> Iterator[str]:
    """Yield the short lines behind each headline, as a browser would break them."""
    for count, end in enumerate(_HEADLINE_END.finditer(markup)):
        if count == _HEADLINES:
            return
        after = _HIDDEN.sub("<", markup[end.end() : end.end() + REACH])
        text = html.unescape(_TAG.sub("", _BLOCK.sub(r"\n\g<0>", after)))
        lines = (" ".join(line.split()) for line in text.split("\n"))
        yield from (line for line in lines if line and len(line) <= MAX_LINE)


def _is_date(text: str) -> bool:
    try:
        moment = dates.parse(text)
    except dates.ImplausibleDateError:
        return False
    return moment is not None and moment.precision not in ("year", "month")
