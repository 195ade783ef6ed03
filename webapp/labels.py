"""How values and codes are called on the pages."""

from __future__ import annotations

from engine.fields import BY_NAME, NONE
from engine.model import Translated
from webapp.wording import gettext, message

LANGUAGES = {
    "af": message("Afrikaans"),
    "am": message("Amharic"),
    "ar": message("Arabic"),
    "bg": message("Bulgarian"),
    "bn": message("Bengali"),
    "ca": message("Catalan"),
    "cs": message("Czech"),
    "cy": message("Welsh"),
    "da": message("Danish"),
    "de": message("German"),
    "el": message("Greek"),
    "en": message("English"),
    "es": message("Spanish"),
    "et": message("Estonian"),
    "eu": message("Basque"),
    "fa": message("Persian"),
    "fi": message("Finnish"),
    "fr": message("French"),
    "ga": message("Irish"),
    "gu": message("Gujarati"),
    "ha": message("Hausa"),
    "he": message("Hebrew"),
    "hi": message("Hindi"),
    "hr": message("Croatian"),
    "hu": message("Hungarian"),
    "hy": message("Armenian"),
    "id": message("Indonesian"),
    "it": message("Italian"),
    "ja": message("Japanese"),
    "kn": message("Kannada"),
    "ko": message("Korean"),
    "lt": message("Lithuanian"),
    "lv": message("Latvian"),
    "mk": message("Macedonian"),
    "ml": message("Malayalam"),
    "mr": message("Marathi"),
    "ne": message("Nepali"),
    "nl": message("Dutch"),
    "no": message("Norwegian"),
    "pa": message("Punjabi"),
    "pl": message("Polish"),
    "ps": message("Pashto"),
    "pt": message("Portuguese"),
    "ro": message("Romanian"),
    "ru": message("Russian"),
    "sk": message("Slovak"),
    "sl": message("Slovene"),
    "so": message("Somali"),
    "sq": message("Albanian"),
    "sr": message("Serbian"),
    "sv": message("Swedish"),
    "sw": message("Swahili"),
    "ta": message("Tamil"),
    "te": message("Telugu"),
    "th": message("Thai"),
    "tl": message("Tagalog"),
    "tr": message("Turkish"),
    "uk": message("Ukrainian"),
    "ur": message("Urdu"),
    "vi": message("Vietnamese"),
    "yi": message("Yiddish"),
    "yo": message("Yoruba"),
    "zh": message("Chinese"),
    "zh-cn": message("Chinese (simplified)"),
    "zh-tw": message("Chinese (traditional)"),
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_VALUES = {
    "translated": {
        "translated": message("translated"),
        "probable": message("probably"),
        "none": message("no sign"),
        "unknown": message("too short to tell"),
    },
    "access": {"complete": message("complete"), "truncated": message("truncated or paywalled")},
}
_FLAGS = {
    "date_ambiguous": message("Date that can be read in two ways"),
    "date_conflict": message("Dates that contradict each other"),
    "date_implausible": message("Date that can not be right"),
    "date_unreadable": message("Date that could not be read"),
    "encoding_replaced": message("Characters lost in decoding"),
    "extraction_failed": message("Article not found in its page"),
    "mojibake": message("Text decoded twice or wrongly"),
    "quarantined": message("Too much to remove, so all was kept"),
}
_ROLES = {
    "only": message("only one with this text"),
    "original": message("original"),
    "copy": message("copy"),
    "truncated": message("copy, cut short"),
    "longer twin": message("longer copy"),
}
_EVIDENCE = {
    "style": message("how it reads"),
    "original found": message("its original is in the archive"),
    "translation pair": message("its counterpart is in the archive"),
    "aligned anchor": message("stands at the same place in both"),
    "text alone": message("judged by its text alone"),
    "feed label": message("label of the feed"),
}
_OURS = frozenset({"style", "original found", "translation pair", "text alone", "undated", "length"})
_NONE = message("none")
_MISSING = {"source": message("unknown"), "agency": message("none found"), "lang": message("unknown")}
_SORTS = {
    "relevance": message("Relevance"),
    "-date": message("Newest first"),
    "date": message("Oldest first"),
}
_GROUPINGS = {
    "none": message("Every article"),
    "copies": message("Without copies"),
    "story": message("By story"),
}
_HEADINGS = (
    message("Source"), message("Wire agency"), message("Language"), message("Translation"),
    message("Access"), message("Year"), message("Month"), message("Day"), message("Copies"),
    message("Story"),
)  # fmt: skip
"""What `engine.fields` calls the facets, and the groups that can be selected."""
_CERTAINTIES = (
    message("declared"), message("certain"), message("probable"), message("inferred"), message("unknown"),
)  # fmt: skip
_PRECISIONS = {
    "year": message("to the year"),
    "month": message("to the month"),
    "day": message("to the day"),
    "minute": message("to the minute"),
    "second": message("to the second"),
}
_MORE_EVIDENCE = (
    message("declared"), message("event date"), message("folder"), message("full name"), message("length"),
    message("self-reference"), message("translation credit"), message("word count"), message("cut mark"),
    message("agency credit"), message("byline"), message("credit"), message("date line"),
    message("dateline"), message("desk slug"), message("sign-off"), message("spaced guillemets"),
    message("low quotation mark"), message("glued closing quote"), message("space before %"),
    message("point in thousands"), message("time with h"), message("ex-Twitter"),
    message("formerly Twitter"), message("full-width punctuation"), message("space before a comma"),
    message("space before colon"), message("paywall wording"), message("machine translation markup"),
    message("declared original"), message("translation plugin"), message("paywall notice"),
)  # fmt: skip
"""Kinds of evidence that are called as the indexer calls them."""
_UNITS = {
    "year": (
        message("Year"),
        message("articles a year"),
        message("Years as a table"),
        message("no year known"),
    ),
    "month": (
        message("Month"),
        message("articles a month"),
        message("Months as a table"),
        message("no month known"),
    ),
    "day": (message("Day"), message("articles a day"), message("Days as a table"), message("no day known")),
}


def language(code: str | None) -> str:
    """The name of a language, or its code when we have none."""
    return gettext(LANGUAGES[code]) if code in LANGUAGES else code or gettext("unknown")


def direction(code: str | None) -> str:
    """The `dir` attribute for a text: "auto" lets the browser see when the language is not known."""
    if not code:
        return "auto"
    return "rtl" if code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def value(field: str, raw: str) -> str:
    """What a facet value is called."""
    if field in _VALUES:
        return gettext(_VALUES[field][raw]) if raw in _VALUES[field] else raw
    if raw == NONE:
        return gettext(_MISSING.get(field, _NONE))
    return language(raw) if field == "lang" else raw


def flag(raw: str) -> tuple[str, str]:
    """What a flag means, and the words it quotes (`date_conflict: 'Friday, November 12'`), if any."""
    name, _, quoted = raw.partition(": ")
    said = gettext(_FLAGS[name]) if name in _FLAGS else name.replace("_", " ").capitalize()
    return said, quoted.removeprefix("'").removesuffix("'")


def heading(field: str) -> str:
    """What a facet is called, or a group that can be selected."""
    return gettext(BY_NAME[field].label if field in BY_NAME else field.capitalize())


def role(name: str) -> str:
    """What an article is in its group of copies."""
    return gettext(_ROLES[name]) if name in _ROLES else name


def evidence(kind: str) -> str:
    """What a kind of evidence is called."""
    return gettext(_EVIDENCE.get(kind, kind.replace("_", " ")))


def judged(said: str) -> str:
    """What the text alone was judged to be (`translated fr`), in words."""
    verdict, _, origin = said.partition(" ")
    words = value("translated", verdict)
    if not origin:
        return words
    return gettext("{verdict}, from {language}").format(verdict=words, language=language(origin))


def ours(kind: str) -> bool:
    """Whether evidence of this kind is told in our words, where others quote the text."""
    return kind in _OURS


def sorts() -> tuple[tuple[str, str], ...]:
    """The orders of a list of hits, with what they are called."""
    return tuple((name, gettext(said)) for name, said in _SORTS.items())


def sort(name: str) -> str:
    """What an order is called."""
    return gettext(_SORTS[name])


def grouping(name: str) -> str:
    """What a way to list the hits is called."""
    return gettext(_GROUPINGS[name])


def translation(translated: Translated) -> str:
    """The sentence of the translation badge; empty when there is nothing to say."""
    if translated.verdict not in ("translated", "probable"):
        return ""
    if not translated.from_language:
        return gettext("Translated")
    return gettext("Translated from {language}").format(language=language(translated.from_language))


def certainty(name: str) -> str:
    """How sure a claim is."""
    return gettext(name)


def precision(name: str) -> str:
    """How exactly a date is known."""
    return gettext(_PRECISIONS[name])


def unit(name: str) -> str:
    """What one bar of a chart over time is."""
    return gettext(_UNITS[name][0])


def per_unit(name: str) -> str:
    """What the height of a bar counts."""
    return gettext(_UNITS[name][1])


def unit_table(name: str) -> str:
    """What the table beside the bars is called."""
    return gettext(_UNITS[name][2])


def no_unit(name: str) -> str:
    """What articles are called that no bar can count."""
    return gettext(_UNITS[name][3])
