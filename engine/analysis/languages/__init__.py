"""What each language asks of the analysis. To add one, add a module here and a name to the tuple.

A language is its ISO 639-1 code, the name of its Snowball stemmer and, where they matter,

- `elisions`: what an apostrophe glues to the front of a word (l'armée), dropped by the tokeniser;
- `clitics`: what it glues to the end (Mali's), dropped too;
- `restore`: endings whose accents the stemmer needs. Terms are folded (informacao), Snowball
  knows only -ção; a term that ends like one of these without accents gets it back for stemming.

- `names`: places and people the stemmer takes for forms of a common word (French Gaza and gaz).

All are lists with spaces between. Elisions and clitics of all languages apply to every text: a
query has no language.
"""

from __future__ import annotations

from engine.analysis.languages import (
    ar,
    ca,
    cs,
    da,
    de,
    el,
    en,
    es,
    et,
    eu,
    fa,
    fi,
    fr,
    ga,
    hi,
    hu,
    hy,
    id,  # noqa: A004  # the code of Indonesian
    it,
    lt,
    ne,
    nl,
    no,
    pl,
    pt,
    ro,
    ru,
    sr,
    sv,
    ta,
    tr,
)
from engine.analysis.languages.base import Language

__all__ = ["LANGUAGES", "Language", "find"]

_MODULES = (
    *(ar, ca, cs, da, de, el, en, es, et, eu, fa, fi, fr, ga, hi, hu),
    *(hy, id, it, lt, ne, nl, no, pl, pt, ro, ru, sr, sv, ta, tr),
)

LANGUAGES: dict[str, Language] = {module.LANGUAGE.code: module.LANGUAGE for module in _MODULES}


def find(code: str | None) -> Language | None:
    """Return the language of a code, with or without region (`pt-BR`); None when it is not stemmed."""
    return LANGUAGES.get((code or "").partition("-")[0].lower())
