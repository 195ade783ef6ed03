"""One analysis for index, query and highlighter: text -> tokens -> stems.

`tokenize` folds (Goïta and GOITA are `goita`) and splits without knowing the language, because a
query has none. `stem_term` is what a token looks like in a stemmed field, `stem_variants` what a
query word may look like there: one form for each language of the index.
"""

from __future__ import annotations

from engine.analysis.folding import fold
from engine.analysis.stemming import signature, stem, stem_term, stem_variants
from engine.analysis.tokens import MAX_TERM, Token, chosen_tokens, iter_tokens, term_of, tokenize

__all__ = [
    "MAX_TERM",
    "Token",
    "chosen_tokens",
    "fold",
    "iter_tokens",
    "signature",
    "stem",
    "stem_term",
    "stem_variants",
    "term_of",
    "tokenize",
]
