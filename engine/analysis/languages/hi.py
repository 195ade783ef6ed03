"""Hindi."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language("hi", "hindi")
