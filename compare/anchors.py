"""Anchors: what a text and its translation have in common whatever the languages.

Numbers without their notation, days of a month, the beginnings of folded names and of long words, the
consonant skeletons of names for other scripts, links and images. Each has a key, equal in both texts,
and a span.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from compare.months import month
from compare.pinyin import syllable
from compare.sounds import folded, skeleton
from engine.model import Article

Kind = Literal["number", "date", "link", "image", "name", "sound", "word"]

READ = 100_000
"""Characters of a text that are read."""
PREFIX = 5
"""Letters of a name or word that survive its inflection."""
LONG = 6
"""Letters from which a word without a capital may have a cognate."""
SKELETON = 5
"""Consonants of a skeleton that count: endings differ."""

_URL = r"https?://[^\s<>\"'()\[\]]{1,300}"
_NUMBER = r"\d+(?:[.,'’\u00a0\u202f ]\d{3}(?!\d)|[.,:/٫٬]\d+)*"
_HAN_NUMBER = "[〇零一二三四五六七八九十百千]{2,}"
_FOREIGN_NAME = (
    "[阿埃艾爱安昂奥巴拜班邦包保鲍贝本比彼毕别宾波伯博勃布查察达戴丹当道德登邓迪狄蒂丁东杜多厄恩尔法凡范菲费芬丰弗佛夫福"
    "富盖甘冈高戈格根贡古瓜圭哈海罕汉豪赫黑亨洪胡华霍基吉季济加贾简江杰金津久卡凯坎康考柯科克肯孔库夸昆拉莱赖兰朗劳勒雷"
    "里理利丽莉廉良列林琳龙隆卢鲁路吕伦罗洛马玛迈麦曼芒毛茅梅门蒙孟米密明缪莫默姆慕穆纳娜南内尼宁纽农努诺欧帕派潘庞佩彭"
    "皮平珀普奇齐恰强乔切琴琼丘让热日荣茹瑞若萨塞赛桑瑟森沙珊尚绍舍申圣施什史士斯丝思苏孙索塔泰坦汤唐陶特腾提田廷通图土"
    "托陀瓦万汪旺威韦维魏温文翁沃乌武西希锡夏香肖歇谢辛欣雪逊亚延扬耶叶伊因英尤于约扎泽曾詹章哲珍芝朱卓兹宗佐]{2,8}"
)
_SURNAMES = (
    "[王李张刘陈杨黄赵吴周徐孙朱胡郭林何郑梁谢宋唐许韩冯邓曹彭曾肖蔡潘袁董余苏吕魏蒋丁沈姚卢姜崔钟谭汪范石廖贾夏韦"
    "白邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵万钱严覃武戴莫习]"
)
_LETTER = "[^\\W\\d_぀-ヿ㐀-鿿]"
_MARK = "\\u0300-\\u036f\\u0591-\\u05c7\\u064b-\\u065f\\u0670\\u0900-\\u109f"
_COMMON = (
    f"(?P<url>{_URL})|(?P<tag>[@#][A-Za-z_]\\w{{2,40}})|(?P<day>\\d{{1,2}}月\\d{{1,2}}日)|(?P<number>{_NUMBER})"
    f"|(?P<han>{_HAN_NUMBER})"
    f"|(?P<word>{_LETTER}(?:{_LETTER}|[{_MARK}]){{2,40}})|(?P<kana>[ァ-ヺー]{{2,40}})"
)
_TOKEN = re.compile(_COMMON)
_SPLIT = re.compile(f"({re.sub('[?]P<[a-z]+>', '?:', _COMMON)})")
_CHINESE = re.compile(
    f"{_COMMON}|(?P<foreign>{_FOREIGN_NAME})|(?P<place>[一-鿿]{{2}}(?=[市省县区]))"
    f"|(?P<person>{_SURNAMES}[一-鿿]{{2}})"
)
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN, _HIRAGANA = re.compile("[㐀-鿿]"), re.compile("[ぁ-ゖ]")
_SAMPLE = 4000
_IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_APART = 5
"""Characters between a day and its month."""
_FEWEST = 3
"""Consonants without which a skeleton says nothing."""
_ARTICLE = re.compile("^[وفبكل]?(?:ال|لل)(?=...)")


class Anchor(NamedTuple):
    """`text[start:end]` stands for `key`, whatever the language of the text."""

    kind: Kind
    key: str
    start: int
    end: int


def of(article: Article, read: int = READ) -> tuple[Anchor, ...]:
    """Return the anchors of an article's body, at offsets of its raw text; what was removed has none."""
    return find(visible(article), article.body_start, min(article.body_end, article.body_start + read))


def visible(article: Article) -> str:
    """Return the raw text up to the end of the body, with line breaks for what was removed."""
    parts: list[str] = []
    position = 0
    for edit in article.edits:
        first, last = max(edit.start, position), min(edit.end, article.body_end)
        if edit.kind == "remove" and first < last:
            parts += (article.raw[position:first], "\n" * (last - first))
            position = last
    return "".join((*parts, article.raw[position : article.body_end]))


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Anchor, ...]:
    """Return the anchors of `text[start:end]` in order; of a very long text only the beginning is read."""
    stop = min(len(text) if end is None else end, start + READ)
    return tuple(_anchors(text, start, stop))


def _anchors(text: str, start: int, end: int) -> Iterator[Anchor]:
    """Yield anchors; a number beside the name of a month is a day as well."""
    before: tuple[str, int | str, int, int] | None = None
    for kind, written, first in _tokens(text, start, end):
        last = first + len(written)
        keys, now = _read(kind, written)
        for form, key in keys:
            yield Anchor(form, key, first, last)
        if now and before and before[0] != now[0] and first - before[3] <= _APART:
            found = dict((before[:2], now))
            yield Anchor("date", f"@{found['month']}-{found['number']}", before[2], last)
        before = (*now, first, last) if now else None


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[str, str, int]]:
    """Yield the kind of each token, how it is written, where it is; no kind where the writing says it.

    Chinese names are looked for where there are Chinese characters and no Japanese ones. Other texts are
    split at once: that takes half as long as a match for each token.
    """
    sample = text[start : start + _SAMPLE]
    if _HAN.search(sample) and not _HIRAGANA.search(sample):
        for match in _CHINESE.finditer(text, start, end):
            yield match.lastgroup or "", match[0], match.start()
        return
    for number, piece in enumerate(_SPLIT.split(text[start:end])):
        if number % 2:
            yield "", piece, start
        start += len(piece)


@lru_cache(maxsize=1 << 16)
def _read(kind: str, written: str) -> tuple[tuple[tuple[Kind, str], ...], tuple[str, int | str] | None]:
    """Return the keys of a token, and what of a date it may be."""
    if not kind:
        match = _TOKEN.fullmatch(written)
        kind = (match.lastgroup if match else None) or "word"
    return tuple(_READERS[kind](written)), _calendar(kind, written)


def _calendar(kind: str, written: str) -> tuple[str, int | str] | None:
    if kind == "number" and len(written) <= 2:
        return "number", int(written)
    number = month(written) if kind == "word" else None
    return ("month", number) if number else None


def _link(written: str) -> Iterator[tuple[Kind, str]]:
    address = written.partition("://")[2].removeprefix("www.").rstrip("/.,;:!?").casefold()
    image = address.endswith(_IMAGES)
    yield ("image", address.rpartition("/")[2]) if image else ("link", address)


def _tag(written: str) -> Iterator[tuple[Kind, str]]:
    yield "link", written.casefold()


def _day(written: str) -> Iterator[tuple[Kind, str]]:
    month_number, day = (int(part) for part in re.findall(r"\d+", written))
    yield "date", f"@{month_number}-{day}"
    yield from _number(str(day))


def _number(written: str) -> Iterator[tuple[Kind, str]]:
    """Years stay; of other numbers the digits count: `1,400,000`, `1.4 million` and `140万` have the same."""
    digits = "".join(str(unicodedata.digit(c)) for c in written if c.isdigit())
    if written.isdecimal() and len(digits) == 4 and digits[:2] in ("18", "19", "20"):
        yield "number", f"#{digits}"
    elif len(digits := digits.strip("0")) > 1:
        yield "number", f"#{digits[:12]}"


def _han_number(written: str) -> Iterator[tuple[Kind, str]]:
    if not any(c in _HAN_UNITS for c in written):
        return _number("".join(str(_HAN_DIGITS[c]) for c in written))
    total, digit = 0, 0
    for c in written:
        if c in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[c]
            digit = 0
        else:
            digit = _HAN_DIGITS[c]
    return _number(str(total + digit))


def _word(written: str) -> Iterator[tuple[Kind, str]]:
    if written[0].isupper():
        yield "name", folded(written)[:PREFIX]
        yield from _sound(written)
    elif not written[0].islower():
        yield from _sound(_ARTICLE.sub("", written))
    elif len(written) >= LONG:
        yield "word", folded(written)[:PREFIX]


def _sound(written: str) -> Iterator[tuple[Kind, str]]:
    if len(sound := skeleton(written)[:SKELETON]) >= _FEWEST:
        yield "sound", f"~{sound}"


def _romanised(written: str) -> Iterator[tuple[Kind, str]]:
    read = "".join(map(syllable, written))
    if len(read) >= PREFIX:
        yield "name", read[:PREFIX]


def _person(written: str) -> Iterator[tuple[Kind, str]]:
    return _romanised(written[1:])


_READERS = {
    "url": _link,
    "tag": _tag,
    "day": _day,
    "number": _number,
    "han": _han_number,
    "word": _word,
    "kana": _sound,
    "foreign": _sound,
    "place": _romanised,
    "person": _person,
}
