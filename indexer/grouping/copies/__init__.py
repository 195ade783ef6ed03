"""Near copies: the same text up to edits, cuts, added lines and crawls on other days, in any language.

`sign` once for each document, `group` once for the archive.
"""

from indexer.grouping.copies.groups import group
from indexer.grouping.copies.signatures import DTYPE, sign

__all__ = ["DTYPE", "group", "sign"]
