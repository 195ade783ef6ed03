"""Catalan."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "ca",
    "catalan",
    elisions="d l m n s t",
    restore="ància ança iós ió",
)
