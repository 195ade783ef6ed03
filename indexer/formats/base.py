"""What every format shares: the settings, the errors, and the source a reader reads from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader

from engine.model import Edit
from indexer.documents import Declared, Failure, Media, RawDocument
from indexer.errors import CorpusError
from indexer.formats.keys import KEYS


class DocumentError(Exception):
    """One document can not be indexed; the message is one clause that says why."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How to read a corpus.

    `fields` are pairs (our name, your key), as in `text = "contenu"`; a key may be a path into the
    record (`fields.bodyText`). `max_document` bounds the bytes of one document, line or record: it
    is what keeps memory bounded whatever the corpus holds.
    """

    fields: tuple[tuple[str, str], ...] = ()
    max_document: int = 10_000_000

    def __post_init__(self) -> None:
        unknown = [ours for ours, _ in self.fields if ours not in KEYS]
        if unknown:
            raise CorpusError(f"[fields] maps {unknown[0]!r}, which is not one of {', '.join(KEYS)}")

    def too_large(self, what: str) -> str:
        """Return the sentence for a document beyond the limit."""
        return f"{what} is larger than {self.max_document / 1e6:g} MB"


Item = RawDocument | Failure


@dataclass(frozen=True, slots=True)
class Source:
    """The file a reader reads: its name in reports, and what its folder and sidecar declare."""

    path: str
    declared: Declared
    settings: ReadSettings

    def document(
        self,
        payload: bytes | str,
        media: Media,
        declared: Declared | None = None,
        *,
        ordinal: int | None = None,
        charset: str | None = None,
    ) -> RawDocument:
        """Make the document of this file, or with `ordinal` one of its records."""
        known = declared.over(self.declared) if declared else self.declared
        return RawDocument(
            path=self._at(ordinal),
            payload=payload,
            media=media,
            declared=known,
            fingerprint=fingerprint(payload, media, known, charset),
            charset=charset,
        )

    def failure(self, reason: str, ordinal: int | None = None) -> Failure:
        """Make the report row of this file, or with `ordinal` of one of its records."""
        return Failure(self._at(ordinal), reason)

    def _at(self, ordinal: int | None) -> str:
        return self.path if ordinal is None else f"{self.path}#{ordinal}"


Reader = Callable[[BufferedReader, Source], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """An input format: the endings of its files, and the function that reads one."""

    name: str
    extensions: tuple[str, ...]
    read: Reader


@dataclass(frozen=True, slots=True)
class Layout:
    """A decoded document laid out: its text, and what was found around and inside it."""

    text: str
    declared: Declared = field(default_factory=Declared)
    edits: tuple[Edit, ...] = ()
    flags: tuple[str, ...] = ()


def fingerprint(payload: bytes | str, media: Media, declared: Declared, charset: str | None) -> str:
    """Hash everything later stages can see of a document; a changed sidecar or mapping changes it too."""
    data = payload.encode("utf-8", "surrogatepass") if isinstance(payload, str) else payload
    about = repr((type(payload).__name__, media, charset, declared)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"%d\n%b%b" % (len(data), data, about)).hexdigest()


def whole(stream: BufferedReader, source: Source, media: Media) -> Iterator[Item]:
    """Read a file that is one document."""
    data = stream.read(source.settings.max_document + 1)
    if len(data) > source.settings.max_document:
        yield source.failure(source.settings.too_large("the file"))
    else:
        yield source.document(data, media)
