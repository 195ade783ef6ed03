"""Hungarian."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "hu",
    "hungarian",
    restore="ként ért ján ját nál nél ló ól ró zó",
)
