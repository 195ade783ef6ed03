"""Looking at an article with some of its edits undone: the address says which, nothing is changed."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace

from engine.edits import body_of, ordered
from engine.model import Article, Edit

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
MOST = 100
"""Edits put back at once; beyond, the raw text is what one wants."""


def numbers(values: list[str], article: Article) -> tuple[int, ...]:
    """Read which edits to undo, by their numbers on the page; what is no number of an edit is passed over."""
    asked = {int(value) for value in values[:MOST] if _NUMBER.fullmatch(value)}
    return tuple(sorted(n for n in asked if n <= len(article.edits)))


def numbered(article: Article) -> tuple[tuple[int, Edit], ...]:
    """The edits in the order of the text, numbered from 1."""
    return tuple(enumerate(ordered(article.edits), 1))


def without(article: Article, undone: tuple[int, ...]) -> Article:
    """The article with these edits undone; its body grows to hold those that stood around it."""
    if not undone:
        return article
    edits = numbered(article)
    back = [edit for number, edit in edits if number in undone]
    changed = replace(
        article,
        edits=tuple(edit for number, edit in edits if number not in undone),
        body_start=min(article.body_start, *(edit.start for edit in back)),
        body_end=max(article.body_end, *(edit.end for edit in back)),
    )
    return replace(changed, body=body_of(changed))


def commands(article: Article, undone: tuple[int, ...]) -> tuple[str, ...]:
    """What to type to keep these texts for good, one line for each; a repair can only be looked at."""
    return tuple(
        f"dateline restore {shlex.quote(article.id)} {number}"
        for number, edit in numbered(article)
        if number in undone and edit.kind == "remove"
    )
