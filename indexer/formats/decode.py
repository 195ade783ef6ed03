"""Bytes become text: which encoding, what could not be decoded, what is no text at all.

Cheap certainty first: a byte order mark, then strict UTF-8, then what the page or server declares,
and only then a guess by BeautifulSoup's UnicodeDammit. No document is lost to its encoding: what can
not be decoded becomes U+FFFD, and the document is flagged.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from bs4.dammit import UnicodeDammit
from ftfy.badness import is_bad

from indexer.formats.base import DocumentError

REPLACED = "encoding_replaced"
MOJIBAKE = "mojibake"

SAMPLE = 1 << 16
"""Bytes looked at to guess an encoding."""

MOJIBAKE_SAMPLE = 4000
"""Characters looked at to make sure of mojibake, from the first suspicious place on."""

_SUSPECT = re.compile(
    "[\x80-\x9fÂ-ôΓРСвр](?:"
    "(?<=[\x80-\x9f])"  # what is left of Windows quotes and dashes read as Latin-1
    "|(?<=[Â-ôΓ])[\xa0-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸžŽ]"  # UTF-8 read as a Western encoding
    "|(?<=[РСвр])[\xa0-\xbfЂЃѓЄЇІіїєџњќћ’“”•–—™])"  # or as Windows Cyrillic
)
"""A cheap look for places worth the full check, which costs a hundred times as much."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
"""Bytes that stand in no text; ESC does, in ISO-2022."""

_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3", b"\x7fELF")

_SUPERSETS = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
"""Labels the web uses for a larger encoding (WHATWG Encoding Standard)."""

_NOT_CHARSETS = frozenset(
    {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs"}
)
"""Codecs Python accepts but no page may choose: slow, dangerous or no encoding of text."""

_ALPHABETS: dict[str, tuple[str, ...]] = {
    "windows-1252": (
        *("àâæçéèêëîïôœùûüÿ", "áéíóúüñªº", "äöüß", "àáâãçéêíóôõúü"),
        *("àèéìîòù", "åäöæøé", "áðéíóúýþæö"),
    ),
    "windows-1250": (
        *("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž"),
        *("áéíóöőúüű", "ăâîşţșț", "čćđšž"),
    ),
    "windows-1254": ("çğıöşüâîû",),
    "iso8859-2": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű"),
}
"""Non-ASCII letters by language. A guesser can not tell the Latin encodings apart in a short text; the
letters of one language all being in one alphabet can."""

_NOT_LATIN = re.compile(
    r"cp(?:125[13568]|866|874|932|936|949|950)|koi8|big5|gb|hz|euc|shift_jis|iso2022|iso8859-(?:5|6|7|8|11)|johab|tis"
)
"""Encodings of other scripts that a guess may name; old DOS and Macintosh ones are hardly ever right."""

_RUN = re.compile(rb"[\x80-\xff]+")

_TYPOGRAPHY = frozenset("\xa0«»‹›“”„‘’‚–—…•·€£§°©®™¡¿")
"""Characters beyond ASCII that say nothing about the language."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text and what happened to it."""

    text: str
    flags: tuple[str, ...] = ()


def decode(data: bytes, charset: str | None = None, *, is_html: bool = False) -> Decoded:
    """Decode a document; `charset` is what its server declared.

    Raises:
        DocumentError: the bytes are not text.

    """
    encoding = _certain(data)
    if encoding is None:
        if is_binary(data):
            raise DocumentError("binary file, not text")
        encoding = encoding_of(data, charset, is_html=is_html)
    text = data.decode(encoding, "replace")
    return Decoded(text, (REPLACED,) if "\ufffd" in text else ())


def encoding_of(data: bytes, charset: str | None = None, *, is_html: bool = False) -> str:
    """Name the encoding of text that may end in the middle of a character."""
    if certain := _certain(data):
        return certain
    if b"\x1b" not in data and _mostly_utf8(data):
        return "utf-8"
    if declared := _known(charset):
        return declared
    return _guess(data[:SAMPLE], is_html=is_html)


def wide_bom(data: bytes) -> str | None:
    """Name the encoding of data that begins with a UTF-16 or UTF-32 byte order mark."""
    encoding = _bom(data)
    return None if encoding == "utf-8-sig" else encoding


def is_binary(data: bytes) -> bool:
    """Whether these bytes are something else than text, in whatever encoding."""
    if data.startswith(_MAGIC):
        return True
    control = len(data) - len(data.translate(None, _CONTROL))
    return control * 100 > len(data) and _certain(data) is None


def is_mojibake(text: str) -> bool:
    """Whether the text shows, at its first suspicious place, that it was once decoded wrongly."""
    suspect = _SUSPECT.search(text)
    if not suspect:
        return False
    start = max(0, suspect.start() - 10)
    return bool(is_bad(text[start : start + MOJIBAKE_SAMPLE]))


def _certain(data: bytes) -> str | None:
    return _bom(data) or _wide_without_bom(data[:4096])


def _bom(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)


def _wide_without_bom(sample: bytes) -> str | None:
    """Recognise UTF-16 by its zeros: nearly every second byte of text in Western scripts, none beside."""
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if max(zeros) * 4 < len(sample) or min(zeros) * 50 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _mostly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with at most a few damaged characters."""
    try:
        codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003 - not final: the end may be cut
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
        return damaged * 10 <= beyond_ascii - damaged
    return True


@lru_cache(256)
def _known(charset: str | None) -> str | None:
    """Return Python's name for a declared charset, None when it is unknown or must not be used."""
    try:
        info = codecs.lookup((charset or "").strip("\"' "))
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(info.name, info.name)
    usable = getattr(info, "_is_text_encoding", True) and name not in _NOT_CHARSETS
    return name if usable else None


def _guess(sample: bytes, *, is_html: bool) -> str:
    dammit = UnicodeDammit(_whole_words(sample), is_html=is_html, exclude_encodings=list(_NOT_CHARSETS))
    if dammit.declared_html_encoding and (declared := _known(dammit.declared_html_encoding)):
        return declared
    guess = _known(dammit.original_encoding) or ""
    return guess if _NOT_LATIN.match(guess) and _in_runs(sample) else _latin(sample)


def _in_runs(sample: bytes) -> bool:
    """Whether bytes beyond ASCII come in rows, as in other scripts; in the Latin script they stand alone."""
    runs = _RUN.findall(sample)
    return b"\x1b" in sample or sum(len(run) for run in runs if len(run) > 2) * 3 > sum(map(len, runs))


def _whole_words(sample: bytes) -> bytes:
    """Cut the sample at white space, so that it does not end inside a character."""
    cut = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample[:cut] if cut > len(sample) // 2 else sample


def _latin(sample: bytes) -> str:
    """Choose the Latin encoding in which most characters beyond ASCII are letters of one language."""

    def fit(encoding: str) -> float:
        text = sample.decode(encoding, "replace").lower()
        foreign = [c for c in text if c > "\x7f" and c not in _TYPOGRAPHY]
        return max(sum(map(alphabet.count, foreign)) for alphabet in _ALPHABETS[encoding]) / (
            len(foreign) or 1
        )

    return max(_ALPHABETS, key=fit)
