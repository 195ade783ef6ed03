"""Romanian."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "ro",
    "romanian",
    restore="ându ției ând scă ște ția ție ră ți ză",
)
