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
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.columns import NumericColumn, VarBytesColumn
    from whoosh.fields import COLUMN, NUMERIC, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Existence, Format, Frequency
    from whoosh.index import EmptyIndexError, FileIndex
    from whoosh.matching import AndNotMatcher, ListMatcher, NullMatcher, WrappingMatcher
    from whoosh.query import (
        And,
        AndNot,
        Every,
        FuzzyTerm,
        Not,
        NullQuery,
        NumericRange,
        Phrase,
        Prefix,
        Query,
        Term,
    )
    from whoosh.query.compound import DefaultOr
    from whoosh.query.wrappers import WrappingQuery
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.scoring import BM25F
    from whoosh.searching import Searcher

__all__ = [
    "BM25F",
    "COLUMN",
    "NUMERIC",
    "And",
    "AndNot",
    "AndNotMatcher",
    "DefaultOr",
    "EmptyIndexError",
    "Every",
    "Existence",
    "FieldType",
    "FileIndex",
    "FileStorage",
    "Format",
    "Frequency",
    "FuzzyTerm",
    "ListMatcher",
    "Not",
    "NullMatcher",
    "NullQuery",
    "NumericColumn",
    "NumericRange",
    "Phrase",
    "Prefix",
    "Query",
    "Schema",
    "Searcher",
    "SegmentReader",
    "Term",
    "TermNotFound",
    "VarBytesColumn",
    "W3Codec",
    "WrappingMatcher",
    "WrappingQuery",
]
