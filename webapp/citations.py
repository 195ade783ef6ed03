"""One article as a reference: RIS, BibTeX, or a line of text.

Each holds what is needed to find exactly this text again: its hash, the build and the file.
"""

from __future__ import annotations

import re
import unicodedata

from engine.model import Article
from webapp.text import excerpt, plain, web_address
from webapp.wording import gettext

_SPECIAL = str.maketrans(
    {
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        **{character: f"\\{character}" for character in "{}$&#_%"},
    }
)
_NO_KEY = re.compile(r"[^a-z0-9]+")


def ris(article: Article, build: str) -> str:
    """The record that Zotero and EndNote import."""
    date = article.published.value or ""
    rows = [
        ("TY", "NEWS"),
        ("TI", article.title),
        *(("AU", person) for person in article.byline.people),
        ("T2", article.source.value),
        ("DA", date[:10].replace("-", "/")),
        ("PY", date[:4]),
        ("LA", article.language),
        ("UR", web_address(article.url)),
        ("N1", _trace(article, build)),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def bibtex(article: Article, build: str) -> str:
    """The entry that LaTeX reads; every character with a meaning there is escaped."""
    date = article.published.value or ""
    address = web_address(article.url)
    rows = [
        ("title", f"{{{_tex(article.title)}}}"),
        ("author", " and ".join(f"{{{_tex(person)}}}" for person in article.byline.people)),
        ("journal", _tex(article.source.value or "")),
        ("date", date[:10]),
        ("year", date[:4]),
        ("url", re.sub(r"[{}\\]", "", address) if address else ""),
        ("note", _tex(_trace(article, build))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in rows if value]
    return "\n".join([f"@article{{{_key(article)},", *lines, "}", ""])


def sentence(article: Article, build: str) -> str:
    """The reference as a line to paste."""
    title = _line(article.title) or gettext("(no title)")
    where = web_address(article.url) or plain(article.path)
    when = article.published.value or gettext("undated")
    source = article.source.value or gettext("unknown source")
    said = gettext("{source}, “{title}”, {date}. {where}. {trace}.")
    trace = _trace(article, build, file=False)
    return said.format(source=_line(source), title=title, date=plain(when), where=where, trace=trace)


def _trace(article: Article, build: str, *, file: bool = True) -> str:
    said = f"sha256 {article.sha256}, build {build}"
    return f"{said}, {article.path}" if file else f"Dateline build {build}, sha256 {article.sha256}"


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _tex(text: str) -> str:
    return _line(text).translate(_SPECIAL)


def _key(article: Article) -> str:
    """A key of source, date and the text's hash, in letters and digits that every tool takes."""
    source = unicodedata.normalize("NFKD", excerpt(article.source.value or "unknown", 40)).casefold()
    date = (article.published.value or "undated")[:10]
    parts = (_NO_KEY.sub("", part) for part in (source, date, article.sha256[:8]))
    return "-".join(filter(None, parts))
