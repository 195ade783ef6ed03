"""Is this text a translation, from which language, and what says so."""

from __future__ import annotations

from indexer.language.translation.verdict import TranslationSettings, judge, with_pair, without_pair

__all__ = ["TranslationSettings", "judge", "with_pair", "without_pair"]
