"""HTML: the text is what a reader of the page sees; edits take out what is not the article.

`html_blocks` lays the page out, `html_body` finds the article in it, `html_meta` reads what it declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BufferedReader
from itertools import groupby

from engine.model import Edit
from indexer.formats.base import Item, Layout, Source, whole
from indexer.formats.html_align import likeness
from indexer.formats.html_blocks import Block, overloaded, visible
from indexer.formats.html_body import article_blocks
from indexer.formats.html_meta import declared_in

VERSION = "html-2"
UNEXTRACTED = "extraction_failed"

LINK_LIST = 3
"""Lines of nothing but links that make a list of other articles."""

OPENING = 4
"""Lines in which a headline may stand twice."""

REPEATED = 0.75
"""Share of common words that makes a line the title again."""

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
    article = article_blocks(page)
    if not any(article):
        return Layout(page.text, about, flags=(UNEXTRACTED,))
    _drop_link_lists(page.blocks, article)
    _keep_headline(page.blocks, article, about.title)
    _drop_repeats(page.blocks, article, about.title)
    return Layout(page.text, about, tuple(_removals(page.blocks, article, len(page.text))))


def _drop_link_lists(blocks: Sequence[Block], article: list[bool]) -> None:
    """Take out runs of lines that are nothing but links, which lead to other articles; never all there is."""
    held = [i for i, keep in enumerate(article) if keep]
    runs = [(linked, list(run)) for linked, run in groupby(held, lambda i: blocks[i].tag == "a")]
    if len(runs) > 1:
        for i in (i for linked, run in runs if linked and len(run) >= LINK_LIST for i in run):
            article[i] = False


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


def _drop_repeats(blocks: Sequence[Block], article: list[bool], title: str | None) -> None:
    """Take out what says the title again under the first line."""
    held = [i for i, keep in enumerate(article) if keep][:OPENING]
    for i in held[1:]:
        article[i] = not title or likeness(blocks[i].text, title) < REPEATED


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
