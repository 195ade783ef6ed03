"""The same words in several articles: who printed which version of them, and who did first.

    “Our work is not complete”          Sahel Courier, 14 Nov 17:05
    “our work is not over”              Harmattan Daily, 14 Nov 21:04
    “Our work is far from over”         HNA, 15 Nov

Quotations are compared sentence by sentence. Two sentences are versions of one when they are as good as
equal, or half equal while the same person is said to have said both. An original and its translation (as
`Article.translated` names it) say the same sentences in the same order, if they quote equally often.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from compare.quotes import Quote, quotes
from engine.analysis import tokenize
from engine.dates import UNDATED, first_moment
from engine.model import Article

WORDS = 3
"""A sentence of fewer words is too short to tell whose it is."""

ALIKE = 0.75
"""The share of the shorter sentence from which two are versions of one."""

SAME_SPEAKER, OTHER_SPEAKER = 0.5, 0.9
"""The same, when one person is said to have spoken both, or two are."""

RUN = 3
"""So many words in a row must be equal."""

_MOST = 60
_CROWD = 200
_SENTENCE = re.compile(r"[^.!?…؟。]+[.!?…؟。]*")


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence as an article quotes it: `body[start:end] == text`; `quote` is the whole quotation."""

    article: str
    source: str | None
    published: str | None
    language: str | None
    text: str
    start: int
    end: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a quoted sentence, and who prints it, the earliest first."""

    text: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence that at least two articles quote: its versions, the earliest first; undated ones last."""

    speaker: str | None
    wordings: tuple[Wording, ...]

    @property
    def first(self) -> Use:
        """Who printed it first, as far as known."""
        return self.wordings[0].uses[0]


@dataclass(frozen=True, slots=True)
class _Sentence:
    use: Use
    words: tuple[str, ...]
    speaker: str | None
    """The last word of the speaker's name, folded; None when no rule that goes by a name found it."""


def variants(articles: Sequence[Article]) -> tuple[Quotation, ...]:
    """Return what several of the articles quote, in the order of first use."""
    found = [(article, list(_sentences(article))) for article in articles]
    sentences = [sentence for _, some in found for sentence in some]
    root = list(range(len(sentences)))
    for a, b in (*_versions(sentences), *_translations(found)):
        _join(root, a, b)
    groups: defaultdict[int, list[_Sentence]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        groups[_find(root, number)].append(sentence)
    shared = [group for group in groups.values() if len({one.use.article for one in group}) > 1]
    return tuple(sorted(map(_quotation, shared), key=lambda quotation: _when(quotation.first)))


def _sentences(article: Article) -> Iterator[_Sentence]:
    for quote in quotes(article):
        name = "name" in quote.rule or quote.rule == "speech goes on"
        tokens = tokenize(quote.speaker or "") if name else []
        for match in _SENTENCE.finditer(quote.text):
            start = quote.start + match.start() + len(match[0]) - len(match[0].lstrip())
            text = match[0].strip().rstrip(",;")
            words = tuple(token.text for token in tokenize(text)[:_MOST])
            if len(words) >= WORDS:
                use = Use(
                    article.id,
                    article.source.value,
                    article.published.value,
                    article.language,
                    text,
                    start,
                    start + len(text),
                    quote,
                )
                yield _Sentence(use, words, tokens[-1].text if tokens else None)


def _versions(sentences: Sequence[_Sentence]) -> Iterator[tuple[int, int]]:
    """Yield pairs of sentences that are versions of one, found by `RUN` equal words in a row."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for words in {sentence.words[n : n + RUN] for n in range(len(sentence.words) - RUN + 1)}:
            places[words].append(number)
    pairs = {pair for numbers in places.values() for pair in combinations(numbers[:_CROWD], 2)}
    for a, b in sorted(pairs):
        one, other = sentences[a], sentences[b]
        if one.use.article != other.use.article and _alike(one, other):
            yield a, b


def _alike(one: _Sentence, other: _Sentence) -> bool:
    if one.words == other.words:
        return True
    blocks = SequenceMatcher(None, one.words, other.words, autojunk=False).get_matching_blocks()
    share = sum(block.size for block in blocks) / min(len(one.words), len(other.words))
    if one.speaker is None or other.speaker is None:
        return share >= ALIKE
    return share >= (SAME_SPEAKER if one.speaker == other.speaker else OTHER_SPEAKER)


def _translations(found: Sequence[tuple[Article, list[_Sentence]]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of originals with those of their translations."""
    first, places = 0, {}
    for article, some in found:
        places[article.id] = range(first, first + len(some))
        first += len(some)
    for article, _ in found:
        original = places.get(article.translated.original_id or "", range(0))
        if len(original) == len(places[article.id]):
            yield from zip(original, places[article.id], strict=True)


def _find(root: list[int], number: int) -> int:
    while root[number] != number:
        root[number] = number = root[root[number]]
    return number


def _join(root: list[int], a: int, b: int) -> None:
    a, b = _find(root, a), _find(root, b)
    root[max(a, b)] = min(a, b)


def _when(use: Use) -> tuple[bool, int]:
    moment = first_moment(use.published)
    return moment == UNDATED, moment


def _quotation(group: Sequence[_Sentence]) -> Quotation:
    """Put the uses of a sentence in order: by wording, by date."""
    uses: defaultdict[tuple[str, ...], list[Use]] = defaultdict(list)
    for sentence in sorted(group, key=lambda one: _when(one.use)):
        uses[sentence.words].append(sentence.use)
    wordings = tuple(Wording(same[0].text, tuple(same)) for same in uses.values())
    return Quotation(_speaker(group), wordings)


def _speaker(group: Sequence[_Sentence]) -> str | None:
    """Return the speaker most of the uses agree on, by the longest name they give."""
    votes = Counter(one.speaker for one in group if one.speaker)
    chosen = max(votes, key=lambda name: (votes[name], name), default=None)
    names = [one.use.quote.speaker or "" for one in group if one.speaker and one.speaker == chosen]
    return max(names, key=len, default=None)
