"""How a name sounds, in any script: its consonants in a few classes, roughly as translators write it.

`Johnson`, `Джонсон`, `جونسون` and `ジョンソン` have the skeleton `SNSN`. Vowels and h say little across
scripts and are left out; p b f v w, l r, m n and all hisses are one class each.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from compare.pinyin import syllable

_CLASSES = {
    letter: name
    for name, letters in {"P": "bpfvw", "T": "td", "K": "kgqc", "S": "szj", "N": "mn", "R": "lr"}.items()
    for letter in letters
}
_LATIN = {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "e", "œ": "e", "ı": "i"}
_CYRILLIC = dict(
    zip(
        "абвгґдеєёжзиіїйјклљмнњопрстћуўфхцчџшщъыьэюяђ",
        [
            "a",
            "b",
            "v",
            "g",
            "g",
            "d",
            "e",
            "e",
            "e",
            "j",
            "z",
            "i",
            "i",
            "i",
            "i",
            "i",
            "k",
            "l",
            "l",
            "m",
            "n",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "c",
            "u",
            "u",
            "f",
            "h",
            "c",
            "c",
            "c",
            "s",
            "s",
            "_",
            "i",
            "_",
            "e",
            "u",
            "a",
            "d",
        ],
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "t",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "i",
            "f",
            "h",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_ROMAN = {ord(k): v.replace("_", "") for k, v in (_LATIN | _CYRILLIC | _GREEK).items()}
_HISSING = str.maketrans(dict.fromkeys("цчџћçčćšśşșžźż", "s"))
_SPELT = (
    (re.compile("дж|t?sch|tch|dzh|d[zj]|[csz]h|c[sz]|t[sz]|c(?=[eiy])"), "s"),
    (re.compile("^x|q(?!u)"), "s"),
    (re.compile("x"), "ks"),
    (re.compile("ph"), "f"),
)
_SPOKEN = ((re.compile("w(?![aeiouy])"), ""), (re.compile("ng(?![aeiouylr])"), "n"))
_REPEATED = re.compile(r"(.)\1+")
_NAME = re.compile(
    r"(?:LETTER|SYLLABLE|CHARACTER|CHOSEONG|JUNGSEONG|JONGSEONG) "
    r"(?:(?:SMALL|CAPITAL|FINAL|FARSI|SARA|VOCALIC|TTEH|HAMZA ON) )*([BCDFGHJKLMNPQRSTVWXYZ]*)([AEIOU]?)"
)
_NAMED = {
    "HANGUL CHOSEONG IEUNG": "",
    "HANGUL JONGSEONG IEUNG": "n",
    "ARABIC LETTER WAW": "w",
    "ARABIC LETTER YEH": "i",
    "ARABIC LETTER FARSI YEH": "i",
    "ARABIC LETTER ALEF MAKSURA": "",
    "HEBREW LETTER VAV": "w",
    "HEBREW LETTER YOD": "i",
    "HEBREW LETTER HE": "",
    "HEBREW LETTER AYIN": "a",
    "KATAKANA LETTER TI": "s",
    "KATAKANA LETTER TU": "s",
    "KATAKANA LETTER HU": "f",
}
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=1 << 15)
def folded(word: str) -> str:
    """Bring a word to lower case without accents, Cyrillic and Greek letters romanised."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_ROMAN))
    return "".join(c for c in plain.translate(_ROMAN) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """Return the consonant classes of a word, without repeats; a vowel it begins with is an `a`."""
    letters = unicodedata.normalize("NFKC", word).casefold().translate(_HISSING)
    romanised = "".join(map(_sound, _replaced(letters, _SPELT)))
    spoken = _replaced(romanised, _SPOKEN)
    classes = "".join(_CLASSES.get(c, "") for c in spoken)
    return ("a" if spoken[:1] in _VOWELS else "") + _REPEATED.sub(r"\1", classes)


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


@cache
def _sound(letter: str) -> str:
    """Romanise one letter of any script: by table, by reading, or by what Unicode calls it."""
    if letter.isascii():
        return letter
    if (code := ord(letter)) in _ROMAN:
        return _ROMAN[code]
    if spoken := syllable(letter):
        return _replaced(spoken, ((re.compile("[zcs]h|[cqx]"), "s"),))
    name = unicodedata.name(letter, "")
    base = unicodedata.normalize("NFD", letter)
    if len(base) > 1 and not name.startswith(("KATAKANA", "HIRAGANA")):
        return "".join(map(_sound, base))
    return _from_name(name)


def _from_name(name: str) -> str:
    if name in _NAMED:
        return _NAMED[name]
    found = _NAME.search(name)
    return _SPELT[0][0].sub("s", found[1].lower()) + found[2].lower() if found else ""
