"""How articles say that they are translations: credits in the lines around the text.

A credit fills its line or ends it, as a sentence of its own or in brackets, and it names a language, a
translator or a machine. `the leaflet was translated by a volunteer` is a sentence about something else.
The wordings of each language are in `credits.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 300
"""Characters of a line that are read."""

_SOURCE = Path(__file__).with_name("credits.toml")

_THIS = (
    "(?:(?:this|the) (?:article|story|text|report|piece|interview) |(?:cet article|ce texte|cette tribune) |"
    "dieser (?:artikel|text|beitrag) |est[ea] (?:artículo|texto|artigo|nota) |quest'?o? ?(?:articolo|testo) |"
    "dit (?:artikel|stuk) )"
)
_MACHINE = (
    r"(?:Google(?: Translate)?|DeepL|Microsoft(?: Translator)?|Bing|Yandex|ChatGPT|GPT-\d\w?|AI|machine)"
)
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿа-яё][\w.'-]{0,30}"
_PARTICLE = "(?:de|del|della|di|da|van|von|der|den|bin|al|and|et|und|y|e|i|и|و|&)"
_NAME = rf"{_CAPITALISED}(?:(?: | {_PARTICLE} |, ){_CAPITALISED}){{0,6}}"
_BEFORE = r"(?:^[\W_]*|(?<=[.!?…»”\"()\[|–—/•*]) ?)"
_AFTER = r"(?=[\s.)\]*_|/–—…»”\"]*$)"


@dataclass(frozen=True, slots=True)
class Credit:
    """`text[start:end]` says it is a translation, from `language` (ISO 639-1) if it says so."""

    start: int
    end: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The credits of one language: what hints at one, patterns, and the codes of language names."""

    hints: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    codes: Mapping[str, str]

    def likely(self, lowered: str) -> bool:
        """Whether there is any use in trying the patterns on a text in lower case."""
        return any(hint in lowered for hint in self.hints)

    def find(self, line: str) -> Iterator[Credit]:
        """Yield the credits in a line."""
        for pattern in self.patterns:
            if match := pattern.search(line):
                yield Credit(match.start("credit"), match.end("credit"), self._source(match))

    def _source(self, match: re.Match[str]) -> str | None:
        named = (name for group, name in match.groupdict().items() if group != "credit" and name)
        return next((self.codes.get(name.casefold()) for name in named), None)


def find(lines: Sequence[str]) -> Iterator[tuple[int, Credit]]:
    """Yield (index of the line, credit); wordings of several languages may fit the same words."""
    lowered = "\n".join(lines).lower()
    for book in phrasebooks():
        if book.likely(lowered):
            for index, line in enumerate(lines):
                yield from ((index, credit) for credit in book.find(line[:LONGEST].replace("’", "'")))


@functools.cache
def phrasebooks() -> tuple[Phrasebook, ...]:
    """Read the wordings, once per process."""
    tables = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    return tuple(_phrasebook(**table) for table in tables.values())


def _phrasebook(
    hints: Sequence[str], wordings: Sequence[str], names: Mapping[str, str | Sequence[str]]
) -> Phrasebook:
    forms = [(form, code) for code, one in names.items() for form in ([one] if isinstance(one, str) else one)]
    listed = "|".join(sorted((re.escape(form) for form, _ in forms), key=len, reverse=True))
    patterns = tuple(_compile(wording, listed) for wording in wordings)
    return Phrasebook(tuple(hints), patterns, {form.casefold(): code for form, code in forms})


def _compile(wording: str, names: str) -> re.Pattern[str]:
    first, *rest = wording.split("LANG")
    named = first + "".join(f"(?P<language{i}>{names}){part}" for i, part in enumerate(rest))
    credit = named.replace("THIS ", _THIS).replace("MACHINE", _MACHINE).replace("NAME", f"(?-i:{_NAME})")
    return re.compile(f"{_BEFORE}(?P<credit>{credit}){_AFTER}", re.IGNORECASE)
