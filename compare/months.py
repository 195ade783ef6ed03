"""Names of months in the languages news is written in, folded; in the case that dates take."""

from __future__ import annotations

from functools import cache

from compare.sounds import folded

_NAMES = """
    january february march april may june july august september october november december
    januar februar marz april mai juni juli august september oktober november dezember
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
    januari februari maart april mei juni juli augustus september oktober november december
    januari februari mars april maj juni juli augusti september oktober november december
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
    ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
    ianvara fevrala marta aprela maa iuna iula avgusta sentabra oktabra noabra dekabra
    sicna lutogo berezna kvitna travna cervna lipna serpna veresna zovtna listopada grudna
    ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
    ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta
        marraskuuta joulukuuta
    januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
    ianouariou fevrouariou martiou apriliou maiou iouniou iouliou avgoustou septemvriou oktovriou noemvriou
        dekemvriou
    januari februari maret april mei juni juli agustus september oktober november desember
    يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
    jan feb mar apr _ jun jul aug sep oct nov dec
    _ _ _ _ _ _ _ _ sept _ _ _
"""
_COLUMNS = 12


@cache
def _months() -> dict[str, int]:
    return {name: i % _COLUMNS + 1 for i, name in enumerate(_NAMES.split()) if name != "_"}


def month(word: str) -> int | None:
    """Return which month (1-12) a word names in any of the languages."""
    return _months().get(folded(word))
