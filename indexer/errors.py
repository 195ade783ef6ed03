"""What stops a build as a whole. A single bad document stops nothing; it becomes a `Failure`."""

from __future__ import annotations


class CorpusError(Exception):
    """The corpus can not be read as asked: it does not exist, or its settings name an unknown field."""


class NothingToIndexError(Exception):
    """The corpus holds no document that can be indexed; the former index stays."""


class ScratchError(Exception):
    """The working file of a build can not be written; the former index stays."""
