"""JSON: one record, an array of records, or an object that holds such an array (`{"articles": [...]}`).

The file is read piece by piece and each record is decoded by itself, so an array may be of any length.
A fault inside an array ends it: there is no telling where the next record begins.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from indexer.formats import jsonl
from indexer.formats.base import Item, Source
from indexer.formats.decode import encoding_of
from indexer.formats.opening import HEAD, head_of
from indexer.formats.records import record

_CONTAINER_NAMES = "articles items results data docs documents entries news posts records rows stories hits"
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_UNREAD = "; the rest of the file was not read"
_SPACE = " \t\r\n"


class _TooLargeError(Exception):
    """A record, or what surrounds the records, is beyond the limit."""


def read(stream: BufferedReader, source: Source) -> Iterator[Item]:
    """Read a JSON file; one that holds a record per line is read as JSON Lines."""
    head = head_of(stream)
    if _is_lines(head):
        yield from jsonl.read(stream, source)
        return
    text = _Text(stream, encoding_of(head), source.settings.max_document)
    try:
        for ordinal, value in _values(text):
            yield record(source, value, ordinal)
    except json.JSONDecodeError as error:
        yield source.failure(f"invalid JSON: {error.msg} at {text.place(error)}{_UNREAD}")
    except _TooLargeError:
        yield source.failure(source.settings.too_large("a record") + _UNREAD)
    except (ValueError, RecursionError) as error:
        yield source.failure(f"unreadable JSON: {error}{_UNREAD}")


def _is_lines(head: bytes) -> bool:
    """Whether the first line is a whole object and another begins on the next."""
    line, _, rest = head.lstrip().partition(b"\n")
    if not (line.startswith(b"{") and rest.lstrip().startswith(b"{")):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


class _Text:
    """The text of a stream behind a moving window; what was consumed is forgotten."""

    def __init__(self, stream: BufferedReader, encoding: str, limit: int) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._json = json.JSONDecoder(strict=False)
        self._limit = limit
        self._window = ""
        self._at = 0
        self._ended = False
        self._line = self._column = self._forgotten = 0

    def require_small(self, since: int) -> None:
        """Refuse a record that began at `since` and has grown beyond the limit."""
        if self.position - since > self._limit:
            raise _TooLargeError

    @property
    def position(self) -> int:
        """How many characters were consumed."""
        return self._forgotten + self._at

    def peek(self) -> str:
        """Return the next character that is not white space, "" at the end."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _SPACE + "\ufeff":
                    return self._window[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Consume the expected character."""
        if self.peek() != expected:
            raise self.error(f"Expecting {expected!r}")
        self._at += 1

    def error(self, message: str) -> json.JSONDecodeError:
        """Make the error that something else stands here."""
        return json.JSONDecodeError(message, self._window, self._at)

    def value(self) -> Any:
        """Consume one JSON value."""
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._window, self._at)
                if end < len(self._window) or not self._more():
                    self._at = end
                    return value
            except json.JSONDecodeError:
                if not self._more():
                    raise

    def place(self, error: json.JSONDecodeError) -> str:
        """Say where in the file an error stands."""
        column = error.colno + (self._column if error.lineno == 1 else 0)
        return f"line {self._line + error.lineno}, column {column}"

    def _more(self) -> bool:
        """Read on, at least as much again as is waiting, so that retries stay few; False at the end."""
        if self._ended:
            return False
        self._forget()
        if len(self._window) > self._limit:
            raise _TooLargeError
        wanted = max(HEAD, len(self._window))
        while wanted > 0 and not self._ended:
            data = self._stream.read1(HEAD)
            self._ended = not data
            self._window += (text := self._decoder.decode(data, self._ended))
            wanted -= max(len(text), 1)
        return True

    def _forget(self) -> None:
        used = self._window[: self._at]
        newlines = used.count("\n")
        self._line += newlines
        self._column = len(used) - used.rfind("\n") - 1 + (0 if newlines else self._column)
        self._forgotten += self._at
        self._window = self._window[self._at :]
        self._at = 0


def _values(text: _Text) -> Iterator[tuple[int | None, Any]]:
    """Yield the records of the file with their numbers; None for the only one."""
    if text.peek() == "[":
        yield from enumerate(_array(text), 1)
    elif text.peek() == "{":
        yield from _object(text)
    else:
        yield None, text.value()
    if text.peek():
        raise text.error("Extra data")


def _array(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.peek() == "]":
        return text.take("]")
    while True:
        yield text.value()
        if text.peek() == "]":
            return text.take("]")
        text.take(",")


def _object(text: _Text) -> Iterator[tuple[int | None, Any]]:
    """Read an object member by member: either it holds an array of records, or it is one."""
    members: dict[str, Any] = {}
    ordinal, start = 0, text.position
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        text.take(":")
        if key in _CONTAINERS and text.peek() == "[":
            for value in _array(text):
                ordinal += 1
                yield ordinal, value
        else:
            members[key] = text.value()
            text.require_small(start)
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if not ordinal:
        yield None, members
