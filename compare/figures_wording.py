"""Words for numbers and units: closed lists, folded (`engine.analysis.fold`)."""

from __future__ import annotations

from engine.analysis import fold


def _words(*lists: str) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in words.split())


_NUMERALS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen "
    "eighteen nineteen twenty",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf vingt",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete "
    "dieciocho diecinueve veinte",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
}

NUMERAL_WORDS: dict[str, tuple[str, ...]] = {
    language: tuple(words.split()) for language, words in _NUMERALS.items()
}
"""Language -> the numerals from two to twenty, in order; "one" is an article too often."""

MULTIPLES: dict[str, int] = {
    fold(word): value
    for value, words in {
        1_000: "thousand thousands mille mil tausend mila тысяч тысячи ألف آلاف",
        1_000_000: "million millions millón millones Million Millionen milhão milhões milione "
        "milioni миллион "
        "миллиона миллионов مليون",
        1_000_000_000: "billion billions milliard milliards Milliarde Milliarden bilhão bilhões "
        "miliardo miliardi "
        "миллиард миллиарда миллиардов مليار",
    }.items()
    for word in words.split()
}
"""What a number is multiplied by when this word follows it."""

UNITS: dict[str, str] = {
    fold(word): unit
    for unit, words in {
        "km": "km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros "
        "chilometro chilometri quilômetro quilômetros quilómetros Kilometern км километр "
        "километра километров "
        "كيلومتر كيلومترا كيلومترات",
        "m": "metre metres meter meters mètre mètres metro metros metri Metern метр метра метров",
        "miles": "mile miles milles millas Meilen milhas miglia миль",
        "hectares": "hectare hectares hectárea hectáreas Hektar ettari гектаров",
        "tonnes": "tonne tonnes ton tons tonelada toneladas Tonne Tonnen tonnellata tonnellate тонн тонны طن",
        "kg": "kg kilo kilos kilogram kilograms kilogrammes kilogramos Kilogramm chili кг килограммов",
        "percent": "% percent pct pour-cent Prozent процент процента процентов",
        "dollars": "dollar dollars dólar dólares Dollars dollari долларов доллара доллар دولار دولارا",
        "euros": "euro euros Euros евро يورو",
        "pounds": "pound pounds livres libras Pfund sterline",
        "people": "people persons person personnes personas Menschen Personen pessoas persone "
        "человек شخص شخصا",
        "dead": "dead deaths killed morts tués décès muertos fallecidos Tote Toten Todesopfer "
        "mortos morti vittime "
        "погибших погибли убитых قتيل قتيلا قتلى",
        "injured": "injured wounded blessés heridos Verletzte Verletzten Verwundete feridos feriti раненых "
        "пострадавших جريح جريحا جرحى",
        "soldiers": "soldier soldiers soldats soldados Soldaten soldati солдат جندي جنديا",
    }.items()
    for word in words.split()
}
"""Folded word -> unit, the same for all languages."""

COUNTABLE = frozenset({"km", "m", "miles", "hectares", "tonnes", "dead", "injured"})
"""Units in which two nearly equal figures are hardly a coincidence."""

SIGNS: dict[str, str] = {"$": "dollars", "€": "euros", "£": "pounds"}
"""Signs that may stand before a number."""

NO_UNITS = _words(
    "of the a an and or in on at to from by for with than more less most least per years year old "
    "ago days day",
    "weeks week months month hours hour minutes minute seconds second times percentage points am "
    "pm since when",
    "after before under about three because later late other others two four",
    "de des du la le les et ou en à au aux par pour ans an années année jours jour semaines mois "
    "heures heure fois",
    "y o del las los el por año años día días semanas meses horas hora minutos minuto segundos veces desde",
    "und oder der die das dem im am zu von bis uhr jahre jahren jahr tage tagen wochen monate "
    "monat stunden mal",
    "minuten sekunden sind wurde waren",
    "e do da dos das anos ano dias dia semanas meses horas vezes anni anno giorni mesi ore volte "
    "minuti secondi",
    "года год году лет дней месяцев часов минут раз",
    "عاما سنة سنوات يوما أيام شهرا ساعة دقيقة",
)
"""Words behind a number that are not what it counts, and stretches of time, which seldom mean one thing."""

ROUGHLY = _words(
    "about around some nearly almost roughly approximately over than least most up",
    "environ près quelque presque plus moins",
    "unos unas cerca casi más menos alrededor",
    "rund etwa fast knapp gut über ungefähr mehr weniger",
    "cerca quase mais menos circa quasi più oltre",
    "около почти более менее نحو حوالي أكثر قرابة",
)
"""Words before a number that make it a rough one."""
