"""Site furniture out, broken spacing mended; everything as edits that can be shown and undone.

`furniture` applies the rule packs in `packs/` before the structure of the article is known; `repair`
mends the body afterwards.
"""

from __future__ import annotations

from indexer.cleaning.keeping import Keep, kept_texts, restore
from indexer.cleaning.lengths import word_count
from indexer.cleaning.loading import CleaningSettings, PackError, Packs, load_packs
from indexer.cleaning.removal import furniture
from indexer.cleaning.repairs import repair

__all__ = [
    "CleaningSettings",
    "Keep",
    "PackError",
    "Packs",
    "furniture",
    "kept_texts",
    "load_packs",
    "repair",
    "restore",
    "word_count",
]
