"""Portuguese."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "pt",
    "portuguese",
    restore="ência ável ções ção ão",
    names="hamas india lagos liberia mali milei modi nato paris quito rome togo",
)
