"""Turkish."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "tr",
    "turkish",
    restore="arının asının asını ından ların anın ında ıyla sına anı arı ayı mış muş",
    names="benin biden gaza otan roma sudan",
)
