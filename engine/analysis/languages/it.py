"""Italian."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "it",
    "italian",
    elisions="c d gl l m n s t v un all coll dall dell nell sull bell quell quest sant tutt mezz dev",
    names="angola cuba gambia liberia lima mali modi nato",
)
