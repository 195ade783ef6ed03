"""In which language a text is, where it changes, and (`translation`) whether it is a translation."""

from __future__ import annotations

from indexer.language.declared import language_code, settle
from indexer.language.identify import Identification, identify
from indexer.language.paragraphs import foreign_paragraphs

__all__ = ["Identification", "foreign_paragraphs", "identify", "language_code", "settle"]
