"""The archive looked at as a whole, after each document was looked at alone.

    workers            articles and their signatures          signature.py
    build              rows in reading order, texts spooled    rows.py, entries.py, spool.py
    relate             signatures -> facts of each row         relate.py, columns.py, family.py
    settle             article + facts -> the article written  settle.py

A rebuild and an update do the same: an update reads the signatures of unchanged articles from the index,
looks at everything, and writes the articles whose facts came out differently.
"""

from indexer.archive.entries import Entries
from indexer.archive.relate import Relations, relate
from indexer.archive.rows import Processed, Rows
from indexer.archive.settle import settle
from indexer.archive.spool import Spool

__all__ = ["Entries", "Processed", "Relations", "Rows", "Spool", "relate", "settle"]
