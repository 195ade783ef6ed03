"""The visible text of a page, one block per line.

The parser gives up on nesting deeper than 256 and would lose what follows; such pages are read by a plain
scan over the tags instead, so that no word is lost.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

_HIDDEN = "head script style template noscript svg math iframe object canvas audio video datalist noframes"
HIDDEN = frozenset(_HIDDEN.split())
"""Elements whose content no reader sees."""

_NO_TEXT = (*sorted(HIDDEN), "select", etree.Comment, etree.ProcessingInstruction)
"""Left out of tidy markup; the options of a select also take some parsers quadratic time."""

_RAW = frozenset({"script", "style", "title"})
"""Elements that end only at their own end tag; the plain scan hides no others, lest one is never closed."""

_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark nobr q rb rp rt ruby s"
    " samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(_INLINE.split())
"""Elements that do not break a line; every other visible one does."""

_UNBROKEN = INLINE | HIDDEN

MAX_ATTRIBUTES = 3000
LONG_TAG = 6000
RESCANS = 10
"""What a tag may hold, how long it may be unchecked, and how often a page may be read for the check."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)
_WHOLE_TAG = re.compile(f"<[a-z](?:{_ATTRIBUTE})*+", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_TAG = re.compile(r"/?([a-z][a-z0-9:-]{0,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the visible text: `text == page.text[start:end]`.

    `tag` is "h1" inside one, "a" when the whole line is links, else "".
    """

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Visible:
    """What a reader of the page sees.

    `tidy` is its markup with every element closed, none nested deeply, and what is not seen left out; None
    when the page could not be parsed and only its tags were taken out.
    """

    text: str
    blocks: tuple[Block, ...]
    tidy: str | None


def visible(markup: str, *, parse: bool = True) -> Visible:
    """Return the visible text of a page; `parse=False` spares the parser what is `overloaded`."""
    root = _parse(markup) if parse else None
    lines = _Lines()
    if root is None:
        _scan(markup, lines)
    else:
        _walk(root, lines)
    return _laid(lines.done(), None if root is None else _tidy(root))


def overloaded(markup: str) -> bool:
    """Whether a tag has so many attributes that a parser, whose time grows with their square, would hang.

    A long tag is searched inside too: in a script it may only look like one, and hide the real one.
    """
    position, budget = 0, RESCANS * len(markup)
    while budget >= 0:
        tags = _WHOLE_TAG.finditer(markup, position)
        tag = next((tag for tag in tags if tag.end() - tag.start() > LONG_TAG), None)
        if tag is None:
            return False
        if len(list(islice(_ONE_ATTRIBUTE.finditer(tag[0]), MAX_ATTRIBUTES))) == MAX_ATTRIBUTES:
            return True
        position = tag.start() + 1
        budget -= len(tag[0])
    return True


def _laid(lines: list[tuple[str, str]], tidy: str | None) -> Visible:
    blocks = []
    position = 0
    for text, tag in lines:
        blocks.append(Block(position, position + len(text), text, tag))
        position += len(text) + 1
    return Visible("\n".join(block.text for block in blocks), tuple(blocks), tidy)


def _parse(markup: str) -> etree._Element | None:
    """Parse the page; None when the parser could not take all of it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None
    cut = any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return None if cut else root


def _tidy(root: etree._Element) -> str:
    etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    return etree.tostring(root, encoding="unicode", method="html")


class _Lines:
    """Gathers text into lines as a browser would, white space collapsed."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, str]] = []
        self._pieces: list[str] = []
        self._tag = ""
        self._links = 0
        self._unlinked = False
        self._preformatted = 0

    def add(self, text: str) -> None:
        """Go on with the current line; inside `<pre>`, newlines count."""
        self._unlinked = self._unlinked or (not self._links and not text.isspace())
        if not self._preformatted:
            self._pieces.append(text)
            return
        for i, line in enumerate(text.split("\n")):
            if i:
                self._break()
            self._pieces.append(line)

    def open(self, tag: str) -> None:
        """Note the start of an element."""
        self._links += tag == "a"
        if tag not in _UNBROKEN:
            self._break()
            self._tag = "h1" if tag == "h1" else self._tag
            self._preformatted += tag == "pre"

    def close(self, tag: str) -> None:
        """Note the end of an element."""
        self._links -= tag == "a" and self._links > 0
        if tag not in _UNBROKEN:
            self._break()
            self._tag = "" if tag == "h1" else self._tag
            self._preformatted -= tag == "pre" and self._preformatted > 0

    def done(self) -> list[tuple[str, str]]:
        """Return the lines, each with its tag."""
        self._break()
        return self._lines

    def _break(self) -> None:
        if self._pieces:
            text = _SPACE.sub(" ", "".join(self._pieces)).strip()
            self._pieces.clear()
            if text:
                self._lines.append((text, self._tag or ("" if self._unlinked else "a")))
        self._unlinked = False


def _walk(root: etree._Element, lines: _Lines) -> None:
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            lines.open(tag)
            if tag in HIDDEN:
                walker.skip_subtree()
            elif element.text:
                lines.add(element.text)
        else:
            if event == "end":
                lines.close(tag)
            if element.tail:
                lines.add(element.tail)


def _scan(markup: str, lines: _Lines) -> None:
    """Take the tags out without building a tree; time is linear whatever the markup."""
    for tag, closing, text in _tags(markup):
        (lines.close if closing else lines.open)(tag)
        lines.add(html.unescape(text))


def _tags(markup: str) -> Iterator[tuple[str, bool, str]]:
    """Yield (tag, whether it closes, text behind it), without scripts and styles."""
    raw = ""
    for piece in f"span>{markup}".split("<"):
        tag, closing, text = _tag(piece)
        if raw:
            raw = "" if closing and tag == raw else raw
        elif tag in _RAW and not closing:
            raw = tag
        if not raw:
            yield tag, closing, text


def _tag(piece: str) -> tuple[str, bool, str]:
    """Take apart what follows a `<`; where no tag begins, the `<` is text."""
    if piece.startswith("!"):
        return "span", False, piece.partition("-->" if piece.startswith("!--") else ">")[2]
    match = _TAG.match(piece)
    if not match:
        return "span", False, f"<{piece}"
    return match[1].lower(), piece.startswith("/"), piece.partition(">")[2]
