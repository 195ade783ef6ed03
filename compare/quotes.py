"""What an article quotes, and who is said to have said it.

    “Our work is not done,” Colonel Ag Sidi said on Tuesday.
     ^ quote                ^ speaker   rule "name, then verb"

A quotation is what stands between two marks in one paragraph, the outermost ones: “…” „…“ «…» »…« ‹…›
"…" ‘…’ 「…」 『…』, and ”…” where a site has reversed the opening mark. The speaker is found by rules, tried
in order, in the rest of the sentence behind the quotation, then in the one before it; `rule` names the one
that held. No rule, no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compare.quotes_wording import (
    ACCORDING,
    AUXILIARIES,
    LEADING,
    NO_NAMES,
    ORGANISATIONS,
    PARTICIPLES,
    PARTICLES,
    PRONOUNS,
    SAYING,
)
from engine.analysis import fold
from engine.model import Article

READ = 100_000
"""So many characters of a body are searched for quotations."""

LONGEST = 1500
"""A quotation has ended after so many characters, or its opening mark was none."""

DEEPEST = 3
"""So many quotations may stand within one."""

AROUND = 180
"""How far from a quotation its speaker is looked for, in characters."""

_CLOSING = {
    "“": '”“"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "”": "”“",
    '"': '"”',
    "‘": "’",
    "「": "」",
    "『": "』",
}
_MARK = re.compile('[“”„«»‹›"‘’「」『』\n]')
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_ENDS = re.compile(r"[.!?…](?=\s|$)|[\n“”„«»\"]")
_PAUSE = re.compile("[,;:،–—(]")
_SPACES = " \u00a0\u202f\t"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `body[start:end] == text`, without its marks; the speaker as written, and where.

    `rule` says how the speaker was found, "" when there is none.
    """

    text: str
    start: int
    end: int
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper() and self.folded not in NO_NAMES and self.folded not in PRONOUNS


_Found = tuple[str, int, int, str]
"""Speaker, where it starts and ends, rule."""


def quotes(article: Article) -> tuple[Quote, ...]:
    """Return the quotations of the article's body, in reading order."""
    body = article.body[:READ]
    found: list[Quote] = []
    for start, end, behind in _spans(body):
        speaker = _behind(body, behind) or _before(body, start) or _same(body, start, found)
        quote = Quote(body[start:end], start, end)
        found.append(_said(quote, speaker) if speaker else quote)
    return tuple(_resolved(found, body))


def _said(quote: Quote, by: _Found) -> Quote:
    """Name the speaker of a quotation."""
    return Quote(quote.text, quote.start, quote.end, *by)


# --- where quotations stand ------------------------------------------------------------------


def _spans(body: str) -> Iterator[tuple[int, int, int]]:
    """Yield where the text between two marks starts and ends, and where the second mark ends."""
    position = 0
    while match := _MARK.search(body, position):
        position = match.end()
        end = _end(body, match) if _opens(body, match) else None
        if end is not None:
            start, stop = _stripped(body, match.end(), end)
            position = end + 1
            if stop - start > 1:
                yield start, stop, end + 1


def _opens(body: str, mark: re.Match[str]) -> bool:
    """Whether a mark can begin a quotation: something follows it, and no word runs into it."""
    before, behind = body[mark.start() - 1 : mark.start()], body[mark.end() : mark.end() + 1]
    if mark[0] not in _CLOSING or not behind or behind == "\n":
        return False
    if mark[0] == "‘":
        return not before.isalnum() and behind.isalnum()
    return mark[0] in "«“„「『" or (not before.isalnum() and behind not in _SPACES)


def _end(body: str, opening: re.Match[str]) -> int | None:
    """Return where the quotation that `opening` begins ends, or None."""
    closing = _CLOSING[opening[0]]
    depth = 0
    for mark in _MARK.finditer(body, opening.end(), opening.end() + LONGEST):
        if mark[0] == "\n":
            return None
        if mark[0] in closing and _closes(body, mark):
            if not depth:
                return mark.start()
            depth -= 1
        elif mark[0] == opening[0]:
            depth += 1
        if depth > DEEPEST:
            return None
    return None


def _closes(body: str, mark: re.Match[str]) -> bool:
    """Whether a mark can end a quotation: the one that also opens must not stand before a word."""
    before, behind = body[mark.start() - 1 : mark.start()], body[mark.end() : mark.end() + 1]
    if mark[0] == "’":
        return not behind.isalnum()
    return mark[0] not in '“"' or before not in _SPACES or not behind.isalnum()


def _stripped(body: str, start: int, end: int) -> tuple[int, int]:
    text = body[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


# --- who said it -----------------------------------------------------------------------------


def _behind(body: str, start: int) -> _Found | None:
    """Look for the speaker between the end of a quotation and the end of its sentence."""
    stop = _ENDS.search(body, start, start + AROUND)
    words = _words(body, start, stop.start() if stop else start + AROUND)
    return _speaker(words, body, near=True) or _unlisted(words, body, start)


def _before(body: str, start: int) -> _Found | None:
    """Look for the speaker between the beginning of the sentence and the quotation."""
    mark = len(body[:start].rstrip()) - 1
    first = max(0, mark - AROUND)
    ends = [match.end() for match in _ENDS.finditer(body, first, max(mark, 0))]
    return _speaker(_words(body, ends[-1] if ends else first, mark), body, near=False)


def _words(body: str, start: int, stop: int) -> list[_Word]:
    found = _WORD.finditer(body, max(start, 0), max(stop, 0))
    return [
        _Word(m[0], fold(m[0].removesuffix("'s").removesuffix("’s").rstrip(".")), *m.span()) for m in found
    ]


def _speaker(words: list[_Word], body: str, *, near: bool) -> _Found | None:
    """Try the rules on the words beside a quotation; `near`: they follow it."""
    verbs = [n for n, word in enumerate(words) if word.folded in SAYING]
    if not verbs:
        return _according(words, body)
    verb = verbs[0] if near else verbs[-1]
    if near and verb > 12:
        return None
    return (
        _subject(words, verb, body)
        or (_first_name(words, verb, body) if words[verb].folded in PARTICIPLES else None)
        or _pronoun(words[max(0, verb - 2) : verb])
        or _inverted(words, verb, body, near=near)
        or _phrase(words, verb, body, near=near)
    )


def _subject(words: list[_Word], verb: int, body: str) -> _Found | None:
    """Find `Name said` and `Name, the minister, said`, but not `the army of Name said`."""
    for run in reversed(_runs(words[max(0, verb - 12) : verb], body)):
        aside = body[run[-1].end : run[-1].end + 2].strip()[:1] in (",", "(")
        between = [word.folded for word in words if run[-1].end <= word.start < words[verb].start]
        at = words.index(run[0])
        led = at and words[at - 1].folded in LEADING and body[words[at - 1].end : run[0].start] == " "
        if (aside or AUXILIARIES.issuperset(between)) and not led and not _is_possessive(run[-1].text):
            return body[run[0].start : run[-1].end], run[0].start, run[-1].end, "name, then verb"
    return None


def _first_name(words: list[_Word], verb: int, body: str) -> _Found | None:
    """Find `Name shook hands with everyone, saying`."""
    for run in _runs(words[:verb], body):
        at = words.index(run[0])
        if not (at and words[at - 1].folded in LEADING) and not _is_possessive(run[-1].text):
            return body[run[0].start : run[-1].end], run[0].start, run[-1].end, "name, saying"
    return None


def _inverted(words: list[_Word], verb: int, body: str, *, near: bool) -> _Found | None:
    """Find `said Name` and `said the minister, Name` behind a quotation."""
    runs = _runs(words[verb + 1 : verb + 9], body) if near and verb <= 2 else []
    for run in runs:
        if not _is_possessive(run[-1].text):
            return body[run[0].start : run[-1].end], run[0].start, run[-1].end, "verb, then name"
    return None


def _unlisted(words: list[_Word], body: str, start: int) -> _Found | None:
    """Find `», smiles Name`: one word that is in no list, then a name, right behind the quotation."""
    if len(words) < 2 or words[0].text[0].isupper() or words[0].folded in LEADING | NO_NAMES | PARTICLES:
        return None
    runs = _runs(words[1:7], body)
    if not runs or runs[0][0] is not words[1] or body[start : words[0].start].strip(" ,—–-\u00a0"):
        return None
    run = runs[0]
    return body[run[0].start : run[-1].end], run[0].start, run[-1].end, "verb, then name"


def _pronoun(words: list[_Word]) -> _Found | None:
    for word in words:
        if word.folded in PRONOUNS:
            return word.text, word.start, word.end, "pronoun"
    return None


def _according(words: list[_Word], body: str) -> _Found | None:
    for n, word in enumerate(words):
        runs = _runs(words[n + 1 : n + 7], body) if word.folded in ACCORDING else []
        if runs and words.index(runs[0][0]) <= n + 3:
            run = runs[0]
            return body[run[0].start : run[-1].end], run[0].start, run[-1].end, "according to name"
    return None


def _runs(words: list[_Word], body: str) -> list[list[_Word]]:
    """Return the runs of capitalised words: names with their titles."""
    runs: list[list[_Word]] = []
    for word in words:
        joined = runs and body[runs[-1][-1].end : word.start].strip(_SPACES) == ""
        if joined and (word.is_name or word.folded in PARTICLES):
            runs[-1].append(word)
        elif word.is_name:
            runs.append([word])
    for run in runs:
        while run[-1].folded in PARTICLES:
            run.pop()
    return runs


def _is_possessive(word: str) -> bool:
    return word.endswith(("'s", "’s"))


def _phrase(words: list[_Word], verb: int, body: str, *, near: bool) -> _Found | None:
    """Return the few words that are the subject: `the ministry said`, `said the ministry`, `قال المتحدث`."""
    arabic = words[verb].text >= "\u0600"
    if 0 < verb <= 5 and not arabic:
        first, last, rule = 0, verb - 1, "words, then verb"
    elif verb == 0 and (near or arabic):
        first, last, rule = 1, min(4, len(words) - 1), "verb, then words"
    else:
        return None
    start = words[first].start if first < len(words) else 0
    phrase = _PAUSE.split(body[start : words[last].end])[0].rstrip() if first <= last else ""
    return (phrase, start, start + len(phrase), rule) if phrase else None


def _same(body: str, start: int, found: list[Quote]) -> _Found | None:
    """Take the speaker of the quotation before, in the same paragraph: a speech goes on."""
    if not found or found[-1].speaker is None or "\n" in body[found[-1].end : start]:
        return None
    before = found[-1]
    if start - before.end > AROUND or before.speaker_start is None or before.speaker_end is None:
        return None
    return before.speaker or "", before.speaker_start, before.speaker_end, "speech goes on"


def _resolved(found: list[Quote], body: str) -> Iterator[Quote]:
    """Replace pronouns by who was named last: as a speaker, or as the subject of the sentences before."""
    named: _Found | None = None
    for quote in found:
        if "name" in quote.rule and not _is_organisation(quote.speaker or ""):
            named = quote.speaker or "", quote.speaker_start or 0, quote.speaker_end or 0, quote.rule
        pronoun = quote.speaker is not None and fold(quote.speaker) in PRONOUNS
        named = (_told(body, quote.start) or named) if pronoun else named
        if pronoun and named:
            yield _said(quote, (*named[:3], "pronoun, name before"))
        else:
            yield quote


def _told(body: str, start: int) -> _Found | None:
    """Return the name that is the subject of a verb of saying in the sentences before a quotation."""
    first = max(body.rfind("\n", 0, start) + 1, start - 2 * AROUND)
    words = _words(body, first, start)
    verbs = [n for n, word in enumerate(words) if word.folded in SAYING]
    found = (_subject(words, n, body) for n in reversed(verbs))
    return next((one for one in found if one and not _is_organisation(one[0])), None)


def _is_organisation(name: str) -> bool:
    """Tell bodies, of which nobody says he or she, by the words in their names."""
    return any(fold(word) in ORGANISATIONS for word in name.split())
