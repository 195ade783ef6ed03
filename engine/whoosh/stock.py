"""The parts of Whoosh 2.7.4 this engine stands on, imported in one place.

Whoosh was written before Python warned about unknown escapes in plain strings and `is` with a
literal, so its first import would print a screenful, or fail where warnings are errors. Modules
that Whoosh itself imports late are named here too.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.base import Automata, Codec, PerDocumentReader, Segment, TermsReader
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Existence, Format, Frequency
    from whoosh.index import TOC, EmptyIndexError, FileIndex
    from whoosh.matching import LeafMatcher
    from whoosh.reading import TermInfo, TermNotFound

__all__ = [
    "TOC",
    "Automata",
    "Codec",
    "EmptyIndexError",
    "Existence",
    "FieldType",
    "FileIndex",
    "FileStorage",
    "Format",
    "Frequency",
    "LeafMatcher",
    "PerDocumentReader",
    "Schema",
    "Segment",
    "TermInfo",
    "TermNotFound",
    "TermsReader",
]
