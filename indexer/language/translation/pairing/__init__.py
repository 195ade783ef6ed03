"""Originals and translations inside an archive, found by what any translation keeps.

    sign      article -> its anchors in order                        (`signing`)
    pair      all signatures -> pairs of rows:
                propose articles that share rare anchors             (`candidates`, `archive`)
                lay one on the other: offset and scale of positions  (`lines`)
                judge coverage, order, figures                       (`likeness`)
                tell the original, hang translations on it           (`direction`, `chains`)

Articles about one event share anchors as well, but not their order. Nothing here reads a text again:
`evidence` does, for a pair that was found.
"""

from __future__ import annotations

from indexer.language.translation.pairing.chains import Pair, pair
from indexer.language.translation.pairing.direction import UNDATED, UNKNOWN, Facts, shown
from indexer.language.translation.pairing.proof import evidence
from indexer.language.translation.pairing.signing import sign

__all__ = ["UNDATED", "UNKNOWN", "Facts", "Pair", "evidence", "pair", "shown", "sign"]
