"""Portuguese."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "pt",
    "portuguese",
    restore="ência ável ções ção ão",
)
