"""Spanish."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "es",
    "spanish",
    restore="íamos dría drían bría brían uía uían",
    names="hamas lagos madrid quito",
)
