"""Traces of translation in markup, quoted as they stand.

They are evidence for `indexer.language.translation`, which weighs them; nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from engine.model import Evidence
from indexer.formats.records import string

MACHINE = "markup: machine translation"
TRANSLATION_OF = "markup: translationOfWork"
TRANSLATOR = "markup: translator"

MAX_QUOTE = 300
"""Characters of markup quoted as evidence."""

_MT_LANGUAGE = re.compile(r"-x-mtfrom-", re.IGNORECASE)
_MT_CLASS = re.compile(r"^translated-(?:ltr|rtl)$", re.IGNORECASE)
_MT_META = re.compile(r"^x-translated-(?:by|to)$", re.IGNORECASE)


def markup_marks(soup: BeautifulSoup) -> Iterator[Evidence]:
    """Find the marks that translation proxies and browsers leave in a page."""
    tags = [
        *soup.find_all("html", attrs={"lang": _MT_LANGUAGE}),
        *soup.find_all("html", attrs={"class": _MT_CLASS}),
        *soup.find_all("meta", attrs={"http-equiv": _MT_META}),
        *soup.find_all("link", attrs={"rel": "machine-translated-from"}),
    ]
    for quote in dict.fromkeys(_start_tag(tag) for tag in tags):
        yield Evidence(MACHINE, quote)


def schema_marks(articles: Iterable[Mapping[str, Any]]) -> Iterator[Evidence]:
    """Find what JSON-LD articles say about their translation."""
    for article in articles:
        for key, kind in (("translator", TRANSLATOR), ("translationOfWork", TRANSLATION_OF)):
            if text := string(_named(article.get(key))):
                yield Evidence(kind, f"{key}: {text[:MAX_QUOTE]}")


def _named(value: object) -> object:
    """Take the title or address of a work that has no name."""
    if isinstance(value, dict):
        return next((value[key] for key in ("name", "headline", "url", "@id") if value.get(key)), None)
    return value


def _start_tag(tag: Tag) -> str:
    attributes = "".join(f' {k}="{" ".join(v) if isinstance(v, list) else v}"' for k, v in tag.attrs.items())
    return f"<{tag.name}{attributes}>"[:MAX_QUOTE]
