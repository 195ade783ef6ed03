"""Czech."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "cs",
    "czech",
    restore="ách ého ému ích ího ími ých ými ám ím ům ým",
)
