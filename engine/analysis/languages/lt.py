"""Lithuanian."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "lt",
    "lithuanian",
    restore="ėjome čiai ėjęs škai čio čių ėja ėje ėjo ėme ėse ėti ėtų ųjų",
)
