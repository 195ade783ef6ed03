"""How long a text is, fair to scripts that put no spaces between words."""

from __future__ import annotations

import re

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""

_LETTERS_PER_WORD = 2


def word_count(text: str) -> int:
    """Count the words of a text; two letters of a script without spaces count as a word."""
    letters, spaced = 0, text
    if _UNSPACED.search(text):
        spaced, letters = _UNSPACED.subn(" ", text)
    return len(spaced.split()) + -(-letters // _LETTERS_PER_WORD)
