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
    restore: str = ""
    names: str = ""
