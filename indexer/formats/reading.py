"""From a corpus to a stream of documents: walk, open, recognise, read; a bad file becomes a report row."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path, PurePath, PurePosixPath

from indexer.documents import Declared, Failure
from indexer.formats import csv_, html, json_, jsonl, markdown, plain, warc
from indexer.formats.base import Format, Item, ReadSettings, Source
from indexer.formats.decode import is_binary
from indexer.formats.opening import broken_gzip, head_of, opened
from indexer.formats.records import candidates, declared
from indexer.formats.walk import PACKED, Found, printable, walk

FORMATS: tuple[Format, ...] = (
    Format("plain text", ("txt", "text"), plain.read),
    Format("Markdown", ("md", "markdown"), markdown.read),
    Format("HTML", ("html", "htm", "xhtml", "shtml"), html.read),
    Format("JSON", ("json",), json_.read),
    Format("JSON Lines", ("jsonl", "ndjson", "jl", "jsonlines"), jsonl.read),
    Format("CSV", ("csv", "tsv", "tab"), csv_.read),
    Format("WARC", ("warc", "wet"), warc.read),
)
"""One row per input format. Every one may be compressed (`.gz`)."""

_BY_EXTENSION = {extension: row for row in FORMATS for extension in row.extensions}

MAX_SIDECAR = 1_000_000
"""Bytes read of a metadata file."""


def read(corpus: Path, settings: ReadSettings | None = None) -> Iterator[Item]:
    """Stream the documents of a corpus (a folder or one file), in an order that only its names decide.

    What can not be read is a `Failure` in its place; the others go on.

    Raises:
        CorpusError: the corpus does not exist or can not be opened.

    """
    return _items(walk(corpus), settings or ReadSettings())


def _items(found: Iterator[Found | Failure], settings: ReadSettings) -> Iterator[Item]:
    for item in found:
        if isinstance(item, Failure):
            yield item
        else:
            yield from _file(item, settings)


def _file(found: Found, settings: ReadSettings) -> Iterator[Item]:
    about = Declared(folder=found.folder)
    if found.sidecar:
        try:
            about = replace(_sidecar(found.sidecar, settings), folder=found.folder)
        except (OSError, ValueError, RecursionError) as error:
            name = PurePosixPath(found.path).with_name(printable(found.sidecar.name))
            yield Failure(str(name), f"this metadata was not used: {error}")
    source = Source(found.path, about, settings)
    empty = True
    for item in _read(found, source):
        empty = False
        yield item
    if empty:
        yield source.failure("no article in it")


def _sidecar(file: Path, settings: ReadSettings) -> Declared:
    with file.open("rb") as stream:
        data = json.loads(stream.read(MAX_SIDECAR))
    if not isinstance(data, dict):
        raise ValueError("it holds no object")  # noqa: TRY004 - json.loads raises ValueError too
    return declared(candidates(data, settings))


def _read(found: Found, source: Source) -> Iterator[Item]:
    """Open a file and read it as what it is; whatever is wrong with it ends as a row."""
    try:
        with opened(found.file) as stream:
            yield from _recognised(found.file.name, stream, source)
    except (EOFError, zlib.error) as error:
        yield source.failure(broken_gzip(error))
    except OSError as error:
        yield source.failure(error.strerror.lower() if error.strerror else broken_gzip(error))


def _recognised(name: str, stream: BufferedReader, source: Source) -> Iterator[Item]:
    head = head_of(stream)
    extension = PurePath(name.lower().removesuffix(PACKED)).suffix.removeprefix(".")
    if not head:
        yield source.failure("the file is empty")
    elif extension in _BY_EXTENSION:
        yield from _BY_EXTENSION[extension].read(stream, source)
    elif is_binary(head):
        yield source.failure("binary file, not text")
    else:
        yield from (html if _is_page(head) else plain).read(stream, source)


def _is_page(head: bytes) -> bool:
    """Whether a file of unknown extension is HTML (web mirrors keep `.php`, `.asp` or nothing)."""
    start = head[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in head.lower()
