"""What a page declares about its article: head, JSON-LD, first headline and time.

BeautifulSoup reads only a cut of the page: the head, and from the body the few elements named here. A
whole-page soup costs thirteen times as much and gives nothing more.
"""

from __future__ import annotations

import json
import logging
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup

from indexer.documents import Declared
from indexer.formats.base import ReadSettings
from indexer.formats.html_beneath import beneath
from indexer.formats.html_marks import markup_marks, plugin_marks, schema_marks, sibling_marks
from indexer.formats.records import candidates, declared, string

log = logging.getLogger(__name__)

MAX_HEAD = 300_000
MAX_SCRIPT = 300_000
MAX_ELEMENT = 3_000
MAX_NODES = 2_000
"""Bounds of what is read: characters of head, script and other elements, nodes of JSON-LD."""

MIN_HEADLINE = 15
"""Characters of an h1 that may stand for the title; a shorter one may be the site's name."""

_PER_KIND = {"h1": 3, "time": 3, "script": 12}
"""How many elements of each kind are cut from the body."""

_HEAD_END = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<(h1|time)\b|<(script)\b[^>]{0,200}ld\+json", re.IGNORECASE)
_LD_JSON = re.compile(r"ld\+json", re.IGNORECASE)
_ARTICLE = re.compile(r"Article|Posting|Report|Story", re.IGNORECASE)
_WRAPPING = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*\Z")

_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "url": ("og:url",),
    "source": ("og:site_name", "application-name", "dc.publisher"),
    "published": (
        "article:published_time",
        "datepublished",
        "parsely-pub-date",
        "date",
        "dc.date",
        "pubdate",
    ),
    "authors": ("author", "parsely-author", "article:author", "dc.creator"),
    "language": ("content-language", "og:locale"),
    "section": ("article:section", "parsely-section"),
}
"""Names of `<meta>` elements by field, best first."""

_TIERS = {"free": True, "locked": False}
"""What `article:content_tier` says about access; "metered" says nothing about this copy."""


def declared_in(markup: str) -> Declared:
    """Return what a page declares; nothing when its head can not be read."""
    try:
        soup = BeautifulSoup(_cut(markup), "lxml")
    except Exception:  # parsers fail on hostile markup in ways of their own
        log.debug("the head of a page could not be read", exc_info=True)
        return Declared()
    about = _Head(soup).declared()
    return about if about.published and about.authors else about.over(beneath(markup))


class _Head:
    """The readable part of a page, looked through once."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._meta = _meta(soup)
        self._articles = [node for node in _schema_nodes(soup) if _is_article(node)]

    def declared(self) -> Declared:
        about = declared(self._candidates())
        marks = (
            *markup_marks(self._soup),
            *schema_marks(self._articles),
            *sibling_marks(self._soup, about.language),
            *plugin_marks(self._soup),
        )
        return replace(about, title=_without_site(about.title, self._headline), marks=marks)

    def _candidates(self) -> dict[str, list[Any]]:
        best = max(self._articles, key=_completeness, default={})
        found = candidates(best | {"author": _people(best.get("author"))}, ReadSettings())
        for field, names in _META.items():
            several = [self._meta.get(name, []) for name in names]
            found[field] += (
                several if field == "authors" else [one for contents in several for one in contents]
            )
        found["title"] += [self._headline, *self._texts("title")]
        found["url"][:0] = [self._attribute("link[rel~='canonical' i][href]", "href")]
        found["language"][:0] = [self._attribute("html[lang]", "lang")]
        found["published"] += [self._attribute("time[datetime]", "datetime")]
        found["free"] += [_TIERS.get(tier) for tier in self._meta.get("article:content_tier", ())]
        return found

    @cached_property
    def _headline(self) -> str | None:
        """Return the h1 of the article: the longest that the page's title repeats, else the first."""
        titles = " ".join([*self._meta.get("og:title", ()), *self._texts("title")])
        headlines = self._texts("h1")
        repeated = [text for text in headlines if text in titles]
        return max(repeated or headlines[:1], key=len, default=None)

    def _texts(self, name: str) -> list[str]:
        tags = self._soup.find_all(name, limit=_PER_KIND["h1"])
        for line_break in (line_break for tag in tags for line_break in tag.find_all("br")):
            line_break.replace_with(" ")
        return [text for tag in tags if (text := string(tag.get_text()))]

    def _attribute(self, selector: str, attribute: str) -> str | None:
        tag = self._soup.select_one(selector)
        return string(tag[attribute]) if tag else None


def _without_site(title: str | None, headline: str | None) -> str | None:
    """Prefer the page's headline to a title that adds the site's name to it, or that was cut."""
    if not title or not headline or len(headline) < MIN_HEADLINE:
        return title
    return headline if headline in title or headline.startswith(title.rstrip(".… ")) else title


def _cut(markup: str) -> str:
    """Cut out the head and the elements of the body that say something about the article."""
    match = _HEAD_END.search(markup, 0, MAX_HEAD)
    end = match.start() if match else min(len(markup), MAX_HEAD)
    return f"{markup[:end]}</head><body>{''.join(_elements(markup, end))}</body>"


def _elements(markup: str, start: int) -> Iterator[str]:
    left = dict(_PER_KIND)
    for match in _ELEMENT.finditer(markup, start):
        kind = (match[1] or match[2]).lower()
        if left[kind]:
            left[kind] -= 1
            limit = match.start() + (MAX_SCRIPT if kind == "script" else MAX_ELEMENT)
            end = markup.find(f"</{kind}", match.end(), limit)
            if end >= 0:
                yield f"{markup[match.start() : end]}</{kind}>"


def _meta(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Return the contents of `<meta>` elements by name or property, in lower case."""
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if content := tag.get("content"):
            found.setdefault(str(name).lower(), []).append(str(content))
    return found


def _schema_nodes(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Yield the objects of all JSON-LD, outer ones first."""
    waiting: deque[Any] = deque(_schema(tag.string or "") for tag in soup.find_all("script", type=_LD_JSON))
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(node)


def _schema(script: str) -> Any:
    try:
        return json.loads(_WRAPPING.sub("", script[:MAX_SCRIPT]), strict=False)
    except (ValueError, RecursionError):
        return None


def _is_article(node: dict[str, Any]) -> bool:
    return bool(_ARTICLE.search(str(node.get("@type", ""))[:200]))


def _people(authors: Any) -> list[Any]:
    """Leave out organisations: an outlet that signs its articles is their source, not their author."""
    listed = authors if isinstance(authors, list) else [authors]
    return [one for one in listed if not (isinstance(one, dict) and "Organization" in str(one.get("@type")))]


def _completeness(node: dict[str, Any]) -> int:
    return bool(node.get("headline")) + bool(node.get("datePublished"))
