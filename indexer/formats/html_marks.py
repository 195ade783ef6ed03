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
SIBLING = "markup: other language version"
PLUGIN = "markup: translation plugin"

MAX_QUOTE = 300
"""Characters of markup quoted as evidence."""

MAX_CODE = 20
MAX_SIBLINGS = 12
"""Characters of a language code, and other languages of a page that are noted."""

_MT_LANGUAGE = re.compile(r"-x-mtfrom-", re.IGNORECASE)
_MT_CLASS = re.compile(r"^translated-(?:ltr|rtl)$", re.IGNORECASE)
_MT_META = re.compile(r"^x-translated-(?:by|to)$", re.IGNORECASE)
_SAME_PAGE = {"alternate", "machine-translated-from"}
_PLUGINS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        ("WPML", r"plugins/sitepress-multilingual-cms/|\AWPML\b"),
        ("Polylang", r"plugins/polylang(?:-pro)?/"),
        ("TranslatePress", r"plugins/translatepress-[a-z]{1,20}/"),
        ("Weglot", r"plugins/weglot/|//cdn\.weglot\.com/"),
        ("GTranslate", r"plugins/gtranslate/|//cdn\.gtranslate\.net/"),
        ("Transposh", r"plugins/transposh-[a-z-]{1,40}/"),
    )
}
"""Plugins that make a site multilingual, by what their files are called; some translate by machine, all may
serve the original, so that they prove no more than that there can be siblings."""


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


def sibling_marks(soup: BeautifulSoup, language: str | None) -> Iterator[Evidence]:
    """Find links to this page in other languages than its own; which came first they do not say."""
    own = _primary(language)
    links = soup.find_all("link", hreflang=True)
    linked = [str(tag["hreflang"]) for tag in links if _relations(tag) & _SAME_PAGE == {"alternate"}]
    others = [code for code in dict.fromkeys(linked) if _primary(code) not in (own, "x")]
    for code in others[:MAX_SIBLINGS]:
        yield Evidence(SIBLING, f'<link rel="alternate" hreflang="{code[:MAX_CODE]}">')


def plugin_marks(soup: BeautifulSoup) -> Iterator[Evidence]:
    """Find the plugins that make the site multilingual, in the addresses of their files."""
    named = [tag["content"] for tag in soup.find_all("meta", attrs={"name": "generator", "content": True})]
    loaded = [tag.get("src") or tag.get("href") or "" for tag in soup.find_all(["script", "link"])]
    addresses = [str(value)[:MAX_QUOTE] for value in (*named, *loaded)]
    for name, pattern in _PLUGINS.items():
        if found := next((match for address in addresses if (match := pattern.search(address))), None):
            yield Evidence(PLUGIN, f"{name}: {found[0]}")


def _relations(tag: Tag) -> set[str]:
    return {str(relation).casefold() for relation in tag.get_attribute_list("rel")}


def _primary(code: str | None) -> str:
    return re.split("[-_]", (code or "").strip().casefold(), maxsplit=1)[0]


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
