"""Site furniture out, broken spacing mended; everything as edits that can be shown and undone.

`furniture` applies the rule packs in `packs/` before the structure of the article is known; `repair`
mends the body afterwards.
"""

from __future__ import annotations

from indexer.cleaning.loading import CleaningSettings, PackError, Packs, load_packs
from indexer.cleaning.removal import furniture
from indexer.cleaning.repairs import repair

__all__ = ["CleaningSettings", "PackError", "Packs", "furniture", "load_packs", "repair"]
