"""Function words that one language has and its neighbours have not."""

from __future__ import annotations

DISTINCTIVE: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "de": "der das und nicht mit ist auf für eine einen einer dem von werden auch sich wurde nach über "
        "aus bei haben wird dass sind wie zu im hat vom zum zur",
        "en": "the and with from which are were been their would this that will has his not "
        "said about its than who but when after they",
        "es": "el los las del más pero sus según también fue muy hay sin esta cuando hasta donde",
        "fr": "les des du une dans pour avec qui sont était été cette ces aux leur leurs selon après dont "
        "nous vous elle ils ont",
        "it": "il gli della delle dello degli che sono nel nella anche più alla dal dalla dell nell è",
        "nl": "het een voor niet zijn naar aan ook wordt maar heeft deze dit werd bij van",
        "pt": "os dos pelo pela não foi são muito uma com seus suas também até já ao aos",
    }.items()
}
