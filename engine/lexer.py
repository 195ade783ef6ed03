"""Cutting a query into lexemes, each with its column. Nothing is refused here but an open quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.errors import QuerySyntaxError

Kind = Literal["open", "close", "minus", "operator", "phrase", "word", "OR", "AND", "NOT", "end"]

_QUOTES = dict.fromkeys("“”„‟«»‹›＂「」『』〝〞〟", '"')
_WIDE = dict(zip("（）：＊～－−", "():*~--", strict=True))
_PLAIN = str.maketrans(_QUOTES | _WIDE)
"""One character for one, so that columns stay those of what was typed."""

_LEXEME = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<open>\()"
    r"|(?P<close>\))"
    r"|(?P<minus>-(?=[^\s)-]))"
    r'|(?P<phrase>"(?P<inside>[^"]*)"(?:~(?P<slop>[0-9]+))?)'
    r'|(?P<lone>"(?=\s|\Z))'
    r'|(?P<quote>")'
    r"|(?P<operator>(?P<name>[A-Za-z]+):(?=[^\s):]))"
    r"|(?P<word>[^\s()]+)"
)

_BARE = re.compile(r'[^\s()"][^\s()]*')


WILDCARD = re.compile(r"(?!.*_)\w+(?:[?*]+\w+)+\*?(?=[?.,;:!]*\Z)")
"""A word with signs inside it for letters that are not known; at its end `?` is punctuation."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query. `text` is an operator's name, a phrase's inside, a word as typed."""

    kind: Kind
    text: str
    column: int
    slop: int | None = None


def lexemes(text: str) -> list[Lexeme]:
    """Cut a query; the last lexeme is always of kind "end". White space is left out.

    All kinds of quotes and full-width signs count as the plain ones. A quote inside a word (12")
    or between spaces is punctuation; one that opens a phrase must be closed.
    """
    return [*_scan(text.translate(_PLAIN)), Lexeme("end", "", len(text) + 1)]


def _scan(text: str) -> Iterator[Lexeme]:
    position = 0
    while match := _LEXEME.match(text, position):
        lexeme = _lexeme(match)
        position = match.end()
        if lexeme is None:
            continue
        yield lexeme
        if lexeme.kind == "operator":
            value = _value(text, position)
            position += len(value.text) if value else 0
            if value:
                yield value


def _value(text: str, position: int) -> Lexeme | None:
    """Return what follows an operator when it is a bare word, whatever signs it begins with."""
    match = _BARE.match(text, position)
    return Lexeme("word", match[0], position + 1) if match else None


def _lexeme(match: re.Match[str]) -> Lexeme | None:
    column = match.start() + 1
    kind = match.lastgroup
    if match["quote"]:
        raise QuerySyntaxError(
            f"The quote at column {column} is never closed; close it, or leave it out.", column
        )
    if match["phrase"]:
        return Lexeme("phrase", match["inside"], column, int(match["slop"][:9]) if match["slop"] else None)
    if match["operator"]:
        return Lexeme("operator", match["name"], column)
    if match["word"] in ("OR", "AND", "NOT"):
        return Lexeme(match["word"], match[0], column)  # type: ignore[arg-type]  # narrowed by the test
    if kind in ("space", "lone"):
        return None
    return Lexeme(kind, match[0], column)  # type: ignore[arg-type]  # the groups left are kinds
