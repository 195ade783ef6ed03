"""Reading: files of any supported format become documents, documents become pages of text.

`read` walks a corpus and yields documents still to be decoded; `load` decodes one, in any process.
"""

from indexer.formats.base import DocumentError, ReadSettings
from indexer.formats.loading import load
from indexer.formats.reading import FORMATS, read

__all__ = ["FORMATS", "DocumentError", "ReadSettings", "load", "read"]
