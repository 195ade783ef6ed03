"""What a text file says about itself before it begins.

Either a block of `Key: value` lines and then a blank line, where every key is one `keys.py` knows (any
other first line is taken to be the article), or a front matter block between two `---` lines, of which
the same keys are read. The header is no part of the text.
"""

from __future__ import annotations

import re

from indexer.documents import Declared
from indexer.formats.base import ReadSettings
from indexer.formats.keys import BODY, field_of
from indexer.formats.records import candidates, declared

MAX_HEADER = 20_000
"""Characters a header may take; what has no end before that is the article."""

_PAIR = re.compile(r"([^\W\d_][\w -]{0,30}?)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*- +(.*)")
_FENCE = "---\n"


def split(text: str) -> tuple[Declared, str]:
    """Return what the header of a text declares, and the text without it."""
    head = text[:MAX_HEADER]
    if head.startswith(_FENCE):
        end = head.find("\n---\n", len(_FENCE) - 1)
        if end >= 0:
            return _declared(_front_matter(head[len(_FENCE) : end])), text[end + len("\n---\n") :].lstrip(
                "\n"
            )
    lines = _pairs(head.partition("\n\n")[0] if "\n\n" in head or head == text else "")
    if not lines:
        return Declared(), text
    return _declared(lines), text.partition("\n\n")[2].lstrip("\n")


def _pairs(block: str) -> dict[str, str]:
    """Read a block in which every line is a known key and its value; else nothing."""
    pairs: dict[str, str] = {}
    for line in block.split("\n"):
        match = _PAIR.fullmatch(line)
        if not match or field_of(match[1]) in (None, *BODY):
            return {}
        pairs[match[1]] = match[2] or ""
    return pairs


def _front_matter(block: str) -> dict[str, str | list[str]]:
    """Read the simple part of YAML: `key: value` and `key:` followed by `- item` lines."""
    found: dict[str, str | list[str]] = {}
    items: list[str] = []
    for line in block.split("\n"):
        if pair := _PAIR.fullmatch(line):
            items = []
            found[pair[1]] = _unquoted(pair[2] or "") or items
        elif item := _ITEM.fullmatch(line):
            items.append(_unquoted(item[1]))
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _declared(pairs: dict[str, str] | dict[str, str | list[str]]) -> Declared:
    return declared(candidates(pairs, ReadSettings()))
