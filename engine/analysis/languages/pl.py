"""Polish."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "pl",
    "polish",
    restore="ście iło jąc śmy wać ił ją ów",
    names="mali modi onu",
)
