"""Records with named fields become documents; what the names mean stands in `keys.py`."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indexer.documents import Declared, Media
from indexer.formats.base import Item, ReadSettings, Source
from indexer.formats.keys import KEYS, normal
from indexer.metadata import dates

MAX_VALUE = 2000
"""Characters of a declared value; nobody has a longer title or name."""

MAX_LISTED = 12
"""Fields named in the report when a record has no text."""

_KINDS = {list: "an array", str: "a string", bool: "true or false", type(None): "null"}
_NOTHING = frozenset({"", "nan", "nat", "none", "null", "n/a", "inf", "-inf"})
_INNER = ("name", "rendered", "main", "text", "plaintext", "content", "headline", "value", "@value", "$date")
"""Keys under which an object holds its plain value, best first."""

_TAGS = "html|head|body|div|p|article|section|main|h[1-6]|figure|ul|span|img"
_MARKUP = re.compile(rf"\s*<(?:!--|!doctype|/?(?:{_TAGS})\b)", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def record(source: Source, data: object, ordinal: int | None) -> Item:
    """Make a document of one record, or the report row that says why it is none."""
    if not isinstance(data, dict):
        return source.failure(f"the record is {_KINDS.get(type(data), 'a number')}, not an object", ordinal)
    found = candidates(data, source.settings)
    for name in ("text", "html"):
        for value in found[name]:
            if text := body_text(value):
                media: Media = "html" if name == "html" or looks_like_html(text) else "text"
                return source.document(text, media, declared(found), ordinal=ordinal)
    return source.failure(_no_text(data, found), ordinal)


def candidates(data: Mapping[Any, Any], settings: ReadSettings) -> dict[str, list[Any]]:
    """Return for each of our fields the values this record has for it, best first."""
    theirs = {normal(str(key)): value for key, value in data.items()}
    found = {ours: [theirs[name] for name in names if name in theirs] for ours, names in KEYS.items()}
    for ours, key in settings.fields:
        found[ours].insert(0, _at(data, key))
    return found


def declared(found: Mapping[str, Iterable[Any]]) -> Declared:
    """Turn candidate values into what is declared about an article."""
    sources = [text for value in found["source"] if (text := string(value))]
    addresses = [text for text in sources if _WEB.match(text)]  # trafilatura calls the URL "source"
    return Declared(
        title=_first(found["title"]),
        url=_first((*found["url"], *addresses)),
        source=next((text for text in sources if text not in addresses), None),
        agency=_first(found["agency"]),
        published=next((text for value in found["published"] if (text := moment(value))), None),
        authors=next((names for value in found["authors"] if (names := people(value))), ()),
        language=_first(found["language"]),
        section=_first(found["section"]),
        place=_first(found["place"]),
        free=next((truth(value) for value in found["free"]), None),
        word_count=next((count(value) for value in found["word_count"]), None),
    )


def body_text(value: object) -> str:
    """Return the text in a value: a string, a list of paragraphs, or a tree of them (Fundus)."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, dict) and not {"sections", "summary", "paragraphs"} & value.keys():
        value = next((value[key] for key in _INNER if key in value), None)
    return "\n\n".join(_strings(value))


def _strings(value: object) -> Iterator[str]:
    """Walk nested lists and objects in reading order, without recursion."""
    stack = [value]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            if top.strip():
                yield top.strip()
        elif isinstance(top, list | dict):
            stack.extend(reversed(top if isinstance(top, list) else list(top.values())))


def looks_like_html(text: str) -> bool:
    """Whether a text field in truth holds markup."""
    return bool(_MARKUP.match(text)) and "</" in text


def string(value: object, depth: int = 4) -> str | None:
    """Return one value as a short line: text, a number, or the name in `{"name": ...}`; else None."""
    if isinstance(value, bool) or depth == 0:
        return None
    if isinstance(value, str | int | float):
        line = " ".join(html.unescape(clean(str(value)[:MAX_VALUE])).split())
        return None if line.casefold() in _NOTHING else line
    if isinstance(value, dict):
        value = [value[key] for key in _INNER if key in value]
    if isinstance(value, list):
        return next((text for item in value[:MAX_LISTED] if (text := string(item, depth - 1))), None)
    return None


def people(value: object) -> tuple[str, ...]:
    """Return the names in a list, in a string that spells a list, or in a string, as written."""
    if isinstance(value, str):
        value = _spelled_list(value)
    items = value if isinstance(value, list) else [value]
    names = (string(item) for item in items[:100])
    return tuple(dict.fromkeys(name for name in names if name and not _WEB.match(name)))


def _spelled_list(value: str) -> object:
    """Read `['A. Writer', 'B. Writer']`, as spreadsheets written by programs have it."""
    if value.startswith("[") and value.endswith("]") and len(value) <= MAX_VALUE:
        try:
            return ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return value
    return [part.strip() for part in value[:MAX_VALUE].split(";")]


def moment(value: object) -> str | None:
    """Return a date as written; a number is a clock that counts since 1970."""
    text = string(value)
    if isinstance(value, dict) and text:
        value = next(iter(value.values()), None)
    clock = dates.since_1970(value) if isinstance(value, int | float) and text else None
    return clock.value if clock else text


def truth(value: object) -> bool | None:
    """Read a yes or no that may be spelled."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get((string(value) or "").casefold())


def count(value: object) -> int | None:
    """Read a count that may be spelled."""
    text = string(value) or ""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def clean(text: str) -> str:
    """Replace lone surrogates, which JSON can smuggle in and no output can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _first(values: Iterable[Any]) -> str | None:
    return next((text for value in values if (text := string(value))), None)


def _at(data: Mapping[Any, Any], key: str) -> Any:
    """Look a user's key up: as it is, normalised, or as a path into the record."""
    if key in data:
        return data[key]
    theirs = {normal(str(name)): value for name, value in data.items()}
    if normal(key) in theirs:
        return theirs[normal(key)]
    head, _, rest = key.partition(".")
    inner = data.get(head)
    return _at(inner, rest) if rest and isinstance(inner, dict) else None


def _no_text(data: Mapping[Any, Any], found: Mapping[str, list[Any]]) -> str:
    if any(value is not None for name in ("text", "html") for value in found[name]):
        return "the text of the record is empty"
    names = [clean(str(key))[:40] for key in data]
    listed = ", ".join(names[:MAX_LISTED]) + (", …" if len(names) > MAX_LISTED else "")
    return f"no text field; fields present: {listed or 'none'}; map one in dateline.toml"
