"""Three extractors, asked for the lines of the article in a page.

They get `Visible.tidy`, where every element is closed: there they are faster, and hostile markup has lost
its teeth. Whatever a library still does, the answer is then no line at all, and the page is kept whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import readability
import trafilatura
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from indexer.formats.html_blocks import visible

log = logging.getLogger(__name__)


def precise(markup: str) -> list[str]:
    """Ask trafilatura for what is surely the article."""
    return _lines(lambda: trafilatura.extract(markup, favor_precision=True, include_comments=False))


def generous(markup: str) -> list[str]:
    """Ask trafilatura for what is probably the article."""
    return _lines(lambda: trafilatura.extract(markup, fast=True, include_comments=False))


def rescue(markup: str) -> list[str]:
    """Ask readability, which weighs whole regions of a page and so seldom loses part of one."""
    return _lines(lambda: visible(readability.Document(markup).summary(html_partial=True)).text)


def witness(markup: str) -> list[str]:
    """Ask resiliparse, which takes in too much but costs a tenth of the others.

    Its parser copies elements that stay open again and again, as the standard wants, until memory is full;
    tidy markup has none.
    """
    lines = _lines(
        lambda: extract_plain_text(
            HTMLTree.parse(markup),
            main_content=True,
            links=False,
            alt_texts=False,
            form_fields=False,
            noscript=False,
            comments=False,
        )
    )
    return list(dict.fromkeys(lines))


def _lines(extract: Callable[[], str | None]) -> list[str]:
    try:
        text = extract() or ""
    except Exception:
        log.debug("extraction failed", exc_info=True)
        return []
    return [cell.strip() for line in text.split("\n") for cell in _cells(line)]


def _cells(line: str) -> list[str]:
    """Split a table row of an extract into its cells, which are blocks of the page."""
    cells = line.split("|") if line.startswith("|") else [line]
    return [cell for cell in cells if cell.strip() and cell.strip("- ")]
