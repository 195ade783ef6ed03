"""The shape of a language; see the package for what the parts mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What the analysis must know about one language."""

    code: str
    snowball: str
    elisions: str = ""
    clitics: str = ""
    restore: tuple[tuple[str, str], ...] = ()

    def unfold(self, term: str) -> str:
        """Give the ending of a folded term back the accents the stemmer knows it by."""
        for folded, written in self.restore:
            if term.endswith(folded):
                return term.removesuffix(folded) + written
        return term
