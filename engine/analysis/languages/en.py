"""English."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language("en", "english", clitics="s d m ll re ve")
