"""The articles of a build in reading order: what is new is spooled, what is unchanged stays in the index."""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern

from engine.model import Article, Entry
from indexer.archive import entries
from indexer.archive.signature import Head, Own, Part, Signature, part, sign
from indexer.archive.spool import Spool
from indexer.cleaning import Keep, kept_texts, templates
from indexer.cleaning.templates import Template


@dataclass(frozen=True, slots=True)
class Processed:
    """An article as a worker hands it over: packed, with what the build asks of it before it is unpacked."""

    path: str
    url: str | None
    source: str | None
    language: str | None
    fingerprint: str
    packed: bytes
    signature: str

    @classmethod
    def of(cls, article: Article) -> Processed:
        """Pack and sign an article."""
        return cls(
            article.path,
            article.url,
            article.source.value,
            article.language,
            article.fingerprint,
            zlib.compress(pickle.dumps(article), 1),
            sign(article).dump(),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the build; `former` is its id in the index it is unchanged in, None when it is new."""

    id: str
    path: str
    source: str | None
    language: str | None
    fingerprint: str
    former: str | None


class Rows:
    """The rows, with what is too large for memory in a working file.

    Args:
        fetch: returns an article of the former index by its id.
        spool: the working file.
        keep: lines the archive's owner wants kept, templates or not.

    """

    def __init__(
        self, fetch: Callable[[str], Article | None], spool: Spool, keep: Sequence[Keep] = ()
    ) -> None:
        self._fetch = fetch
        self._keep = keep
        self._spool = spool
        self._rows: list[Row] = []
        self._packed, self._signed = array("q"), array("q")

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Row:
        return self._rows[number]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def add(self, new: Processed, article_id: str) -> None:
        """Add a new or changed article under the id it was given."""
        about = (new.path, new.source, new.language, new.fingerprint, None)
        self._append(article_id, *about, new.packed, new.signature)

    def keep(self, entry: Entry, article_id: str) -> None:
        """Add an unchanged article, which may have got another id."""
        line = entries.packed(replace(entry, signature=""))
        former = article_id if entry.id == article_id else entry.id  # one string, not two equal ones
        about = (entry.path, entry.source, entry.language, entry.fingerprint, former)
        self._append(article_id, *about, line, entry.signature)

    def _append(  # noqa: PLR0913, PLR0917 - the columns of a row, named once
        self,
        article_id: str,
        path: str,
        source: str | None,
        language: str | None,
        fingerprint: str,
        former: str | None,
        packed: bytes,
        signature: str,
    ) -> None:
        source, language = source and intern(source), language and intern(language)
        self._rows.append(Row(article_id, path, source, language, fingerprint, former))
        self._packed.append(self._spool.put(packed))
        self._signed.append(self._spool.put(signature.encode()))

    def signature(self, number: int) -> Signature:
        """Return the signature of a row."""
        return Signature.load(self._dumped(number).decode())

    def head(self, number: int) -> Head:
        """Return what the signature of a row holds besides its parts, which are not read."""
        return Head.load(self._dumped(number))

    def part(self, number: int, name: Part) -> bytes:
        """Return one part of the signature of a row; the others are not read."""
        return part(self._dumped(number), name)

    def sign(self, number: int, signature: Signature) -> None:
        """Give a row another signature."""
        self._signed[number] = self._spool.put(signature.dump().encode())

    def entry(self, number: int) -> Entry:
        """Return the entry an unchanged article has in the former index."""
        entry = entries.unpacked(self._spool.get(self._packed[number]))
        return replace(entry, signature=self._dumped(number).decode())

    def article(self, number: int) -> Article:
        """Return the article as the pipeline made it, before anything was settled."""
        row = self._rows[number]
        if row.former is None:
            packed = self._spool.get(self._packed[number])
            article: Article = pickle.loads(zlib.decompress(packed))  # noqa: S301 - our own file
        else:
            article = unsettled(self._former(row.former), self.head(number).own)
        return replace(article, id=row.id)

    def bare(self, number: int, found: Mapping[int, Template]) -> Article:
        """Return the article without the template lines found in it."""
        article = self.article(number)
        if not found:
            return article
        return templates.without(article, found, kept_texts(self._keep, article.source.value, article.path))

    def _dumped(self, number: int) -> bytes:
        return self._spool.get(self._signed[number])

    def _former(self, article_id: str) -> Article:
        article = self._fetch(article_id)
        if article is None:
            raise LookupError(f"{article_id!r} is listed in the index but not in it")
        return article


def unsettled(article: Article, own: Own | None) -> Article:
    """Return a settled article as it was before: without what the archive as a whole says of it.

    `own` is what it said of itself where the archive said otherwise, None where nothing was overruled.
    """
    plain = replace(templates.without(article, {}), copies=None, story=None)
    return plain if own is None else replace(plain, access=own.access, translated=own.translated)
