"""How values and codes are called on the pages."""

from __future__ import annotations

from engine.fields import BY_NAME, NONE
from engine.model import Translated

LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "kn": "Kannada", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "ml": "Malayalam", "mr": "Marathi", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovene", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "yi": "Yiddish", "yo": "Yoruba", "zh": "Chinese",
    "zh-cn": "Chinese (simplified)", "zh-tw": "Chinese (traditional)",
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_VALUES = {
    "translated": {
        "translated": "translated", "probable": "probably", "none": "no sign", "unknown": "too short to tell",
    },
    "access": {"complete": "complete", "truncated": "truncated or paywalled"},
}  # fmt: skip
_FLAGS = {
    "date_ambiguous": "Date that can be read in two ways",
    "date_conflict": "Dates that contradict each other",
    "date_implausible": "Date that can not be right",
    "date_unreadable": "Date that could not be read",
    "encoding_replaced": "Characters lost in decoding",
    "extraction_failed": "Article not found in its page",
    "mojibake": "Text decoded twice or wrongly",
    "quarantined": "Too much to remove, so all was kept",
}
_ROLES = {
    "only": "only one with this text",
    "original": "original",
    "copy": "copy",
    "truncated": "copy, cut short",
    "longer twin": "longer copy",
}
_EVIDENCE = {
    "style": "how it reads",
    "original found": "its original is in the archive",
    "translation pair": "its counterpart is in the archive",
    "aligned anchor": "stands at the same place in both",
    "text alone": "judged by its text alone",
    "feed label": "label of the feed",
}
_OURS = frozenset({"style", "original found", "translation pair", "text alone", "undated", "length"})
_MISSING = {"source": "unknown", "agency": "none found", "lang": "unknown"}
_SORTS = {"relevance": "Relevance", "-date": "Newest first", "date": "Oldest first"}
_GROUPINGS = {"none": "Every article", "copies": "Without copies", "story": "By story"}
SORTS = tuple(_SORTS.items())


def language(code: str | None) -> str:
    """The English name of a language, or its code when we have none."""
    return LANGUAGES.get(code or "", code or "unknown")


def direction(code: str | None) -> str:
    """The `dir` attribute for a text: "auto" lets the browser see when the language is not known."""
    if not code:
        return "auto"
    return "rtl" if code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def value(field: str, raw: str) -> str:
    """What a facet value is called."""
    if field in _VALUES:
        return _VALUES[field].get(raw, raw)
    if raw == NONE:
        return _MISSING.get(field, "none")
    return language(raw) if field == "lang" else raw


def flag(raw: str) -> tuple[str, str]:
    """What a flag means, and the words it quotes (`date_conflict: 'Friday, November 12'`), if any."""
    name, _, quoted = raw.partition(": ")
    return _FLAGS.get(name, name.replace("_", " ").capitalize()), quoted.removeprefix("'").removesuffix("'")


def heading(field: str) -> str:
    """What a facet is called, or a group that can be selected."""
    return BY_NAME[field].label if field in BY_NAME else field.capitalize()


def role(name: str) -> str:
    """What an article is in its group of copies."""
    return _ROLES.get(name, name)


def evidence(kind: str) -> str:
    """What a kind of evidence is called."""
    return _EVIDENCE.get(kind, kind.replace("_", " "))


def judged(said: str) -> str:
    """What the text alone was judged to be (`translated fr`), in words."""
    verdict, _, origin = said.partition(" ")
    words = value("translated", verdict)
    return f"{words}, from {language(origin)}" if origin else words


def ours(kind: str) -> bool:
    """Whether evidence of this kind is told in our words, where others quote the text."""
    return kind in _OURS


def sort(name: str) -> str:
    """What an order is called."""
    return _SORTS.get(name, name)


def grouping(name: str) -> str:
    """What a way to list the hits is called."""
    return _GROUPINGS[name]


def translation(translated: Translated) -> str:
    """The sentence of the translation badge; empty when there is nothing to say."""
    if translated.verdict not in ("translated", "probable"):
        return ""
    origin = f" from {language(translated.from_language)}" if translated.from_language else ""
    return f"Translated{origin}"
