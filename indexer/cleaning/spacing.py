"""Finding lost and superfluous spaces: glued sentences, glued quotation marks, no-break spaces, commas.

Every finder walks `text[start:end]` once and yields edits in text order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.model import Edit
from indexer.cleaning.lexicon import AFTER_QUOTES, STARTERS

VERSION = "1"
"""The `pack_version` of every repair."""

GLUES_NEEDED = 3
"""So many different glued sentences, begun by common words, make other glues believable."""

_CONTEXT = 12

_GLUED_STOP = re.compile(r"[.!?](?=[^\W\d_])(?<=[^\W\d_]{2}.|\d\d.|[^\W_]\).)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LAST_WORD = re.compile(r"[^\W_]+\)?\Z")
_ADDRESS = re.compile(r"[/@\\=_#<>{}.]|\Awww")
_GOES_ON = frozenset("._/@\\=(<>#&{-")

_QUOTE = re.compile(r"[“”]")
_OTHER_QUOTES = re.compile(r"[„‚「」『』\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_NO_BREAK = re.compile(r"\u00a0[ \u00a0]*")
_BINDS_LEFT = frozenset(":;!?»›%‰€$£°–—")
_ENDS_WORD = frozenset(".,:;!?…)]”»’\"'")
_SENTENCE_END = re.compile(r"([^\W\d_]{3,}|\d{4}|\))[”»\"]?[.!?…][”»\")]?\Z")
_ABBREVIATIONS = frozenset({"prof", "capt", "messrs", "chap", "gouv", "dipl"})
_BEGINS_SENTENCE = frozenset('“”"«(')
_LONG_WORD_BEFORE = re.compile(r"[^\W\d_]{4}\Z")
_LONG_WORD_AFTER = re.compile(r"[^\W\d_]{4}")

_LOOSE_COMMA = re.compile(r" ,(?=\s)")
_BEFORE_COMMA = re.compile(r"(?<=[^\W\d_]|[”»)]) {1,3}\Z")


def edit(text: str, start: int, end: int, replacement: str, label: str) -> Edit:
    """Make a repair; its evidence is the text around it."""
    return Edit(
        start,
        end,
        replacement,
        kind="repair",
        rule="repair." + label.replace(" ", "-"),
        label=label,
        pack_version=VERSION,
        evidence=text[max(0, start - _CONTEXT) : end + _CONTEXT],
    )


# --- sentences -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Glue:
    """Two words with nothing but a stop between them; `at` is where the space is missing."""

    at: int
    before: str
    after: str

    @property
    def certain(self) -> bool:
        """The second word begins sentences, and is neither an initial nor the end of a web address."""
        if self.after.casefold() not in STARTERS:
            return False
        year = self.before.isdecimal() and len(self.before) == 4
        return len(self.after) > 2 or (len(self.after) == 2 and (year or self.before[0].islower()))


def sentence_spaces(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the spaces missing between sentences (`the junta.The army`).

    Certain ones always; others only in a text with several certain ones, and not when the pair comes
    again, for then it is a name.
    """
    glues = [
        glue for stop in _GLUED_STOP.finditer(text, start, end) if (glue := _glue(text, stop.end(), end))
    ]
    pairs = Counter((glue.before, glue.after) for glue in glues)
    sloppy = len({(glue.before, glue.after) for glue in glues if glue.certain}) >= GLUES_NEEDED
    for glue in glues:
        plain = glue.before[-2:].islower() and pairs[glue.before, glue.after] == 1
        if glue.certain or (sloppy and plain):
            yield edit(text, glue.at, glue.at, " ", "space after a sentence")


def _glue(text: str, at: int, end: int) -> _Glue | None:
    """Read the words on both sides of a stop that ends at `at`, if they can be two sentences."""
    after = _WORD.match(text, at, min(end, at + 40))
    token = text[max(0, at - 60) : at - 1].rsplit(None, 1)[-1]
    before = _LAST_WORD.search(token)
    if after is None or before is None or _ADDRESS.search(token):
        return None
    if not after[0][0].isupper() or (len(after[0]) > 1 and not after[0][1:].islower()):
        return None
    if text[after.end() : after.end() + 1] in _GOES_ON:
        return None
    return _Glue(at, before[0].rstrip(")"), after[0])


# --- quotation marks -------------------------------------------------------------------------


def quote_spaces(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the spaces missing around “ and ” (`television.”The army`, `of Kidal”and`).

    Some sites type ” on both sides, so what a mark does is told by what was open before it, line by
    line. Texts that use these marks in another order (German, Chinese, Japanese) are left alone.
    """
    if _OTHER_QUOTES.search(text, start, end):
        return
    marks = [mark.start() for mark in _QUOTE.finditer(text, start, end)]
    is_open, line_end = False, start
    for at, following in pairwise([*marks, end]):
        if at >= line_end:
            is_open, line_end = False, _line_end(text, at, end)
        next_closes = following < line_end and text[following] == "”"
        opens = _opens(text, at, is_open=is_open, next_closes=next_closes)
        if opens and _ends_sentence(text, at):
            yield edit(text, at, at, " ", "space before an opening quote")
        if is_open and not opens and _goes_on(text, at + 1, end):
            yield edit(text, at + 1, at + 1, " ", "space after a closing quote")
        is_open = opens


def _line_end(text: str, at: int, end: int) -> int:
    newline = text.find("\n", at, end)
    return end if newline < 0 else newline


def _opens(text: str, at: int, *, is_open: bool, next_closes: bool) -> bool:
    after = text[at + 1 : at + 2]
    begins_word = after.isalnum() or after in ("(", "[", "’", "‘", "…")
    if text[at] == "“":
        return begins_word or not is_open
    stands_off = at == 0 or text[at - 1].isspace()
    return not is_open and begins_word and next_closes and (stands_off or _ends_sentence(text, at))


def _ends_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at]
    return len(before) == 3 and before[2] in ".!?" and before[1].isalnum() and before[0].isalnum()


def _goes_on(text: str, at: int, end: int) -> bool:
    word = _WORD.match(text, at, min(end, at + 40))
    if word is None:
        return False
    return word[0].casefold() in AFTER_QUOTES or (text[at - 2] in ".!?" and word[0].casefold() in STARTERS)


# --- blanks ----------------------------------------------------------------------------------


def no_break_spaces(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the no-break spaces that bind nothing: doubled, between sentences, between long words.

    Those of French punctuation, numbers, units, initials and abbreviations stay.
    """
    for blanks in _NO_BREAK.finditer(text, start, end):
        first = blanks.start()
        while first > start and text[first - 1] == " ":
            first -= 1
        if not _binds(text, first, blanks.end(), end):
            yield _plain(text, first, blanks.end())


def _binds(text: str, first: int, last: int, end: int) -> bool:
    """Whether blanks at `text[first:last]` hold together what stands on their sides, or end a line."""
    before, after = text[max(0, first - 1) : first], text[last : min(last + 1, end)]
    if not before or not after or before == "\n" or after == "\n":
        return True
    if not (before.isalnum() or before in _ENDS_WORD) or after in _BINDS_LEFT:
        return True
    return (
        last - first == 1
        and not _between_sentences(text, first, last)
        and not _between_words(text, first, last)
    )


def _between_sentences(text: str, first: int, last: int) -> bool:
    ended = _SENTENCE_END.search(text, max(0, first - 60), first)
    if ended is None or not (text[last].isupper() or text[last] in _BEGINS_SENTENCE):
        return False
    word = _WORD.match(text, last, last + 40)
    if word and word[0].casefold() in STARTERS:
        return True
    return len(ended[1]) != 3 and ended[1].casefold() not in _ABBREVIATIONS


def _between_words(text: str, first: int, last: int) -> bool:
    before = _LONG_WORD_BEFORE.search(text, max(0, first - 4), first)
    after = _LONG_WORD_AFTER.match(text, last)
    return bool(before and after and before[0].islower() and after[0].islower())


def _plain(text: str, first: int, last: int) -> Edit:
    """Leave one plain space of the blanks, changing as little as possible."""
    label = "no-break space"
    if text[first] == " ":
        return edit(text, first + 1, last, "", label)
    if text[last - 1] == " ":
        return edit(text, first, last - 1, "", label)
    return edit(text, first, last, " ", label)


def comma_spaces(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the spaces standing before a comma (`in the morning , on`)."""
    for comma in _LOOSE_COMMA.finditer(text, start, end):
        at = comma.end() - 1
        if blank := _BEFORE_COMMA.search(text, max(start, at - 4), at):
            yield edit(text, blank.start(), at, "", "space before a comma")
