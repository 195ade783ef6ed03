"""HTML: the text is what a reader of the page sees; edits take out what is not the article.

`html_blocks` lays the page out, `html_body` finds the article in it, `html_meta` reads what it declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BufferedReader

from engine.model import Edit
from indexer.formats.base import Item, Layout, Source, whole
from indexer.formats.html_blocks import Block, overloaded, visible
from indexer.formats.html_body import MAX_BLOCKS, extract_body, kept, likeness
from indexer.formats.html_meta import declared_in

VERSION = "html-1"
UNEXTRACTED = "extraction_failed"

_PAGE = re.compile(r"<(?:html|head|body|title|meta|nav|aside|footer)\b", re.IGNORECASE)


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read one HTML file."""
    return whole(stream, source, "html")


def lay_out(markup: str) -> Layout:
    """Lay a page out. A fragment, as records hold it, is all article; so is a page nothing is found in."""
    if overloaded(markup):
        return Layout(visible(markup, parse=False).text, flags=(UNEXTRACTED,))
    page = visible(markup)
    if not _PAGE.search(markup):
        return Layout(page.text)
    about = declared_in(markup)
    body = extract_body(markup, about.url) if page.parsed and len(page.blocks) <= MAX_BLOCKS else []
    article = kept([block.text for block in page.blocks], body)
    if not any(article):
        return Layout(page.text, about, flags=(UNEXTRACTED,))
    _keep_headline(page.blocks, article, about.title)
    return Layout(page.text, about, tuple(_removals(page.blocks, article, len(page.text))))


def _keep_headline(blocks: Sequence[Block], article: list[bool], title: str | None) -> None:
    """Put the headline before the article back, when the extract left it out."""
    first = article.index(True)
    scored = ((_headline_score(blocks[i], title), i) for i in range(first + 1))
    score, place = max(scored)
    if score >= 1:
        article[place] = True


def _headline_score(block: Block, title: str | None) -> float:
    """Score 1 or more for a headline: an h1 with half the title's words, or what is nearly the title."""
    alike = likeness(block.text, title or block.text)
    if block.tag == "h1":
        return alike * 2
    return alike + 0.2 if title else 0.0


def _removals(blocks: Sequence[Block], article: Sequence[bool], length: int) -> Iterator[Edit]:
    """Yield one edit for each run of blocks that are not the article's."""
    start: int | None = None
    for block, keep in zip(blocks, article, strict=True):
        if keep and start is not None:
            yield _removal(start, block.start)
            start = None
        elif not keep and start is None:
            start = block.start
    if start is not None:
        yield _removal(start, length)


def _removal(start: int, end: int) -> Edit:
    return Edit(start, end, "", "remove", "html.block", "page furniture", VERSION)
