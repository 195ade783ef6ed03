"""Corpus text on a page: escaped, cut to a bearable length, hits marked, no control characters.

Archive text is hostile. Everything shown passes through `plain` (attributes, titles, lists) or
`visible` (running text, where a bidirectional override is made visible instead of obeyed).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from engine.model import Fragment

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_BIDI = "\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[{_CONTROLS}{_BIDI}]")
_CONTROL = re.compile(f"[{_CONTROLS}]")
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
_OVERRIDE = re.compile(f"[{_BIDI}]")

_SPACES = dict.fromkeys((*range(9, 14), 32, 133, 160, *range(8192, 8203), 8239, 12288), "␣")

SNIPPET_LENGTH = 400


def plain(text: object) -> str:
    """Drop control characters, lone surrogates and bidirectional overrides."""
    return _HIDDEN.sub("", str(text))


def encodable(value: object) -> object:
    """What a template prints, without the NUL and the lone surrogates that no page can carry."""
    return type(value)(_UNPRINTABLE.sub("\ufffd", value)) if isinstance(value, str) else value


def visible(text: str) -> Markup:
    """Escape running text; a bidirectional override is shown by its code point."""
    safe = str(escape(_CONTROL.sub("", text)))
    return Markup(_OVERRIDE.sub(lambda m: f'<code class="ctl">U+{ord(m[0]):04X}</code>', safe))  # noqa: S704 - escaped above


def marked(fragment: Fragment, limit: int = SNIPPET_LENGTH) -> Markup:
    """Show a fragment with `<mark>` around its hits, cut to about `limit` characters."""
    fragment = clipped(fragment, limit)
    parts: list[Markup] = []
    position = 0
    for start, end in fragment.hits:
        parts += (visible(fragment.text[position:start]), _mark(fragment.text[start:end]))
        position = end
    parts.append(visible(fragment.text[position:]))
    return Markup("").join(parts)


def _mark(text: str) -> Markup:
    return Markup("<mark>{}</mark>").format(visible(text))


def clipped(fragment: Fragment, limit: int) -> Fragment:
    """Cut an overlong fragment to `limit` characters around its first hit."""
    text = fragment.text
    if len(text) <= limit:
        return fragment
    first = fragment.hits[0][0] if fragment.hits else 0
    start = max(0, min(first - limit // 4, len(text) - limit))
    end = start + limit
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    hits = tuple((s + shift, min(e, end) + shift) for s, e in fragment.hits if start <= s < end)
    return Fragment(before + text[start:end] + after, hits, fragment.paragraph)


def excerpt(text: str, limit: int = 200) -> str:
    """One line of `plain` text, cut in the middle when it is long."""
    line = " ".join(plain(text[: limit * 50]).split())
    return line if len(line) <= limit else f"{line[: limit * 2 // 3]} … {line[-limit // 4 :]}"


def spelled(text: str, limit: int = 200) -> str:
    """An excerpt in which white space alone, which no one could see, is drawn: ␣ and ⏎."""
    if text and not text.strip():
        return text[:limit].replace("\n", "⏎").translate(_SPACES)
    return excerpt(text, limit)


def web_address(url: str | None) -> str | None:
    """The address if it is safe to link (http or https, with a host), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return plain(url) if parts.scheme in ("http", "https") and parts.netloc else None
