"""The formula of `engine.ranking` for a whole query, one article and one word after the other.

Slow and plain: the reference engine ranks by it, and the scores of others are compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from engine.analysis import Token
from engine.fields import Field
from engine.matching import DEFAULT, Leaf, fields_of, loose_words, matched, occurrences, words_of
from engine.query import And, Fuzzy, Or, Phrase, Prefix, Query, Term, Wildcard
from engine.ranking import FUNCTION_WEIGHT, HEAD, bonus, idf, is_function_word, normal, pairs, saturated


@dataclass(frozen=True, slots=True)
class Text:
    """What of an article counts for its rank: its words by field and their language; ties go by id."""

    id: str
    language: str | None
    words: Mapping[str, Sequence[Token]]
    matches: Callable[[Query], bool]


class Relevance:
    """How relevant the articles of an archive are."""

    def __init__(self, archive: Sequence[Text]) -> None:
        self._archive = archive

    def scores(self, query: Query, found: Sequence[Text]) -> dict[str, float]:
        """Return the score of each of the articles that were found, by id."""
        scores = {text.id: self._score(query, text) for text in found}
        best = sorted(found, key=lambda text: (-scores[text.id], text.id))[:HEAD]
        for left, right in pairs(loose_words(query), [str(language) for language in self._languages]):
            for text in best:
                worths = (self._exact_worth(word, DEFAULT) for word in (left, right))
                scores[text.id] += bonus(_together(left, right, text), *worths)
        return scores

    @cached_property
    def _languages(self) -> frozenset[str | None]:
        return frozenset(text.language for text in self._archive)

    def _score(self, query: Query, text: Text) -> float:
        """Add up what matches; a part of which something is missing adds nothing."""
        match query:
            case And(children) | Or(children):
                return sum(self._score(child, text) for child in children) if text.matches(query) else 0.0
            case Term() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return self._leaf(query, text)
            case _:
                return 0.0

    def _leaf(self, leaf: Leaf, text: Text) -> float:
        fields, words = fields_of(leaf), words_of(leaf.text)
        if isinstance(leaf, Prefix | Wildcard | Fuzzy):
            return sum(field.weight or 1.0 for field in fields if _count(leaf, text, field))
        amount = sum(self._amount(leaf, text, field) for field in fields)
        if not amount:
            return 0.0
        if isinstance(leaf, Term) and len(words) == 1 and fields[0].stemmed:
            having = sum(any(_count(leaf, other, field) for field in fields) for other in self._archive)
            worth = self._worth(words[0], having, frozenset({text.language}))
        else:
            worth = sum(self._exact_worth(word, fields) for word in dict.fromkeys(words))
        return worth * saturated(amount)

    def _amount(self, leaf: Term | Phrase, text: Text, field: Field) -> float:
        """Return the weighted frequency in a field, as it would be if the field were of average length."""
        lengths = [len(other.words[field.name]) for other in self._archive]
        average = sum(lengths) / len(lengths)
        frequency = float(_count(leaf, text, field))
        return (field.weight or 1.0) * normal(frequency, float(len(text.words[field.name])), average)

    def _exact_worth(self, word: str, fields: Sequence[Field]) -> float:
        """Return the worth of an unstemmed word, by the field that has it most often."""
        leaf = Phrase(word)
        having = max(sum(bool(_count(leaf, text, field)) for text in self._archive) for field in fields)
        return self._worth(word, having, self._languages)

    def _worth(self, word: str, having: int, languages: frozenset[str | None]) -> float:
        quiet = any(is_function_word(word, language) for language in languages)
        return idf(len(self._archive), having) * (FUNCTION_WEIGHT if quiet else 1.0)


def _count(leaf: Leaf, text: Text, field: Field) -> int:
    """Count how often a leaf matches in a field."""
    words, tokens = words_of(leaf.text), text.words[field.name]
    if isinstance(leaf, Phrase) and words:
        return occurrences(words, tokens, leaf.slop)
    if isinstance(leaf, Term) and len(words) > 1:
        return occurrences(words, tokens, 1)
    return len(matched(leaf, tokens, field, text.language))


def _together(left: str, right: str, text: Text) -> float:
    """Count the places where two words stand side by side, weighted by field."""
    return sum(
        field.weight
        * sum({one.text, other.text} == {left, right} for one, other in pairwise(text.words[field.name]))
        for field in DEFAULT
    )
