"""Is this text a translation, from which language, and what says so."""

from __future__ import annotations

from indexer.language.translation.verdict import TranslationSettings, judge

__all__ = ["TranslationSettings", "judge"]
