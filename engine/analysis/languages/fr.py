"""French."""

from __future__ import annotations

from engine.analysis.languages.base import Language

LANGUAGE = Language(
    "fr",
    "french",
    elisions="c d j l m n s t qu jusqu lorsqu presqu puisqu quelqu quoiqu",
    restore="ités ées ité ée",
    names="cuba gaza mali modi",
)
