"""WARC, as web archives and crawlers write it: the pages among the responses.

Records are numbered over all responses, resources and conversions (WET text), pages or not; images, style
sheets, redirects and error pages are no documents and pass without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from io import BufferedReader
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from indexer.documents import Declared, Media
from indexer.formats.base import Item, Source
from indexer.formats.opening import HEAD, head_of

_KINDS = frozenset({"response", "resource", "conversion"})
_MEDIA: dict[str, Media] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
}


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read the pages of a web archive, a record at a time."""
    ordinal = 0
    if not head_of(stream).startswith(b"WARC/"):
        yield source.failure("no WARC record at its beginning")
        return
    try:
        for entry in ArchiveIterator(_Greedy(stream)):
            if entry.rec_type in _KINDS:
                ordinal += 1
                yield from _page(entry, source, ordinal)
    except ArchiveLoadFailed as error:
        yield source.failure(f"not readable as WARC after record {ordinal}: {str(error).strip()}")


class _Greedy:
    """Gives warcio what is there, so that a truncated file loses no complete record."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)
        self._position += len(data)
        return data

    def tell(self) -> int:
        return self._position


def _page(entry: Any, source: Source, ordinal: int) -> Iterator[Item]:
    media, charset = _content_type(entry)
    if media is None or not _found(entry):
        return
    limit = source.settings.max_document
    data = entry.content_stream().read(limit + 1)
    if len(data) > limit:
        yield source.failure(source.settings.too_large("the page"), ordinal)
    elif _is_cut(entry):
        yield source.failure("the record is cut off", ordinal)
    else:
        about = Declared(url=(entry.rec_headers.get_header("WARC-Target-URI") or "").strip("<>") or None)
        yield source.document(data, media, about, ordinal=ordinal, charset=charset)


def _is_cut(entry: Any) -> bool:
    """Whether the file ended before the record did; what is left of it, such as chunk ends, is skipped."""
    while entry.raw_stream.read(HEAD):
        pass
    return getattr(entry.raw_stream, "limit", 0) > 0


def _content_type(entry: Any) -> tuple[Media | None, str | None]:
    headers = entry.http_headers or entry.rec_headers
    message = Message()
    message["Content-Type"] = headers.get_header("Content-Type") or "text/html"
    return _MEDIA.get(message.get_content_type()), message.get_content_charset()


def _found(entry: Any) -> bool:
    """Whether the server had the page: other answers are about the page, not the page."""
    return entry.http_headers is None or entry.http_headers.get_statuscode().startswith("2")
