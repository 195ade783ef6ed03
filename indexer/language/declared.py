"""A declared language, weighed against the text itself.

Pages and records declare languages carelessly (a template's `lang="en"` on a French site), so a
declaration only helps: it tips the scales between close languages, it stands when the text is too short
or too odd to tell, or a table of figures, and it is all there is for languages without a profile
(Yoruba, Hausa, Tigrinya).
"""

from __future__ import annotations

import re

from indexer.language.identify import identify
from indexer.language.profiles import profiles

_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*")

_READ = 2000
_LETTERS_PER_DIGIT = 5
"""Fewer letters than this for each digit make a table; prose has twenty and more."""

# ISO 639-2/3 to 639-1, for what news crawlers write.
_TWO_LETTERS = {
    "amh": "am", "ara": "ar", "ben": "bn", "bul": "bg", "ces": "cs", "chi": "zh", "cze": "cs", "dan": "da",
    "deu": "de", "dut": "nl", "ell": "el", "eng": "en", "fas": "fa", "fin": "fi", "fra": "fr", "fre": "fr",
    "ger": "de", "gre": "el", "hau": "ha", "heb": "he", "hin": "hi", "hrv": "hr", "hun": "hu", "ibo": "ig",
    "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "lin": "ln", "lug": "lg", "nld": "nl", "nor": "no",
    "orm": "om", "per": "fa", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "run": "rn", "rus": "ru",
    "slk": "sk", "slv": "sl", "sna": "sn", "som": "so", "spa": "es", "srp": "sr", "swa": "sw", "swe": "sv",
    "tir": "ti", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "xho": "xh", "yor": "yo", "zho": "zh",
}  # fmt: skip


def language_code(declared: str | None) -> str | None:
    """Return the ISO 639-1 code (639-3 where there is none) of a language tag: `en-GB` and `eng` are `en`."""
    tag = _TAG.fullmatch(declared or "")
    if tag is None:
        return None
    code = tag[1].lower()
    return _TWO_LETTERS.get(code, code)


def _is_table(text: str) -> bool:
    """Tables of results (`Shr 45 cts vs 58 cts`) have the words of no language."""
    head = text[:_READ]
    digits = sum(character.isdigit() for character in head)
    letters = sum(character.isalpha() for character in head)
    return digits * _LETTERS_PER_DIGIT > letters


def settle(text: str, declared: str | None) -> str | None:
    """Return the language of `text`, with what was declared as a hint; None when nothing tells."""
    code = language_code(declared)
    if code is None:
        return identify(text).language
    if _is_table(text) or code not in {known.partition("-")[0] for known in profiles().languages}:
        return code
    return identify(text, {code: 1.0}).language or code
