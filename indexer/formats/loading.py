"""One document becomes a page: decoded, its newlines made uniform, laid out by its media.

A pure function of the document, so that it can run in any worker process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.documents import Declared, Media, Page, RawDocument
from indexer.formats import html, markdown, plain
from indexer.formats.base import DocumentError, Layout
from indexer.formats.decode import MOJIBAKE, REPLACED, Decoded, decode, is_mojibake
from indexer.formats.records import clean

_LAYOUTS: dict[Media, Callable[[str], Layout]] = {
    "text": plain.lay_out,
    "markdown": markdown.lay_out,
    "html": html.lay_out,
}


def load(document: RawDocument) -> Page:
    """Decode and lay out a document.

    What stands beside the text (record, sidecar, folder) goes before what stands in it.

    Raises:
        DocumentError: there is nothing to index: it is empty or no text.

    """
    decoded = _decoded(document)
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError("there is no text in it")
    layout = _lay_out(document, text)
    if not layout.text.strip():
        raise DocumentError("there is no text in it besides header or markup")
    mojibake = (MOJIBAKE,) if is_mojibake(layout.text) else ()
    return Page(
        path=document.path,
        text=layout.text,
        declared=_both(document.declared, layout.declared),
        fingerprint=document.fingerprint,
        edits=layout.edits,
        flags=(*decoded.flags, *mojibake, *layout.flags),
    )


def _decoded(document: RawDocument) -> Decoded:
    if isinstance(document.payload, bytes):
        return decode(document.payload, document.charset, is_html=document.media == "html")
    text = clean(document.payload)
    return Decoded(text, (REPLACED,) if "\ufffd" in text else ())


def _lay_out(document: RawDocument, text: str) -> Layout:
    """Lay the text out; a record has fields for what a file says in its header."""
    if isinstance(document.payload, str) and document.media == "text":
        return Layout(text)
    return _LAYOUTS[document.media](text)


def _both(beside: Declared, inside: Declared) -> Declared:
    return replace(beside.over(inside), marks=(*beside.marks, *inside.marks))
