"""Where else in the archive an article's text and its quotations stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from compare.quotes import Quote, quotes
from compare.quotes_variants import Quotation, Wording, variants
from engine.analysis.tokens import iter_tokens
from engine.model import Article, Card, Filter, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All, Phrase
from webapp.carried import Carried, carried
from webapp.stories import READ

COPIES = 20
"""Copies of an article that are read and compared, the earliest first."""

QUOTATIONS = 5
"""Quotations looked for, the longest first."""
WORDS = range(5, 9)
"""Words from which a quotation is looked for, and by how many of its first words."""
SHORT = 12
"""Articles of a story whose quotations are compared for other wordings; the page of a longer one has them."""
LISTED = 3
"""Articles listed for a quotation."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy of an article, or the article `itself`; `number` is its place on the story page."""

    carried: Carried
    number: int | None
    itself: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, the words it was looked for by, and other articles that have them, the earliest first."""

    quote: Quote
    phrase: str
    total: int
    articles: tuple[Card, ...]


def copies(engine: SearchEngine, article: Article) -> tuple[CopyRow, ...]:
    """List the copies of an article, itself among them; none when it is alone."""
    if article.copies is None or article.copies.size < 2:
        return ()
    group = _cards(engine, "copies", article.copies.group_id, COPIES)
    read = [found for card in group if (found := engine.get(card.id))]
    numbers = _numbers(engine, article)
    return tuple(
        CopyRow(one, numbers.get(one.article.id), one.article.id == article.id) for one in carried(read)
    )


def _numbers(engine: SearchEngine, article: Article) -> dict[str, int]:
    """Return the numbers that the story page gives its articles."""
    if article.story is None:
        return {}
    members = _cards(engine, "story", article.story.id, READ)
    return {card.id: number for number, card in enumerate(members, 1)}


def _cards(engine: SearchEngine, field: str, value: str, limit: int) -> list[Card]:
    asked = SearchRequest(All(), (Filter(field, (value,)),), sort="date", limit=limit, snippets=False)
    return [hit.article for hit in engine.search(asked).hits]


def quoted(engine: SearchEngine, article: Article) -> tuple[Quoted, ...]:
    """Find what an article quotes in articles that are no copies of it, in the order of the article."""
    found = (_elsewhere(engine, article, quote, phrase) for quote, phrase in _telling(article))
    return tuple(sorted((one for one in found if one.total), key=lambda one: one.quote.start))


def worded(engine: SearchEngine, article: Article) -> tuple[tuple[str, Wording], ...]:
    """Find other wordings of what an article quotes, each beside its own, in the texts of a short story."""
    if article.story is None or not 1 < article.story.size <= SHORT:
        return ()
    members = [engine.get(card.id) for card in _cards(engine, "story", article.story.id, SHORT)]
    found = variants([member for member in members if member is not None])
    return tuple(pair for quotation in found for pair in _others(article.id, quotation))[:QUOTATIONS]


def _others(article_id: str, quotation: Quotation) -> Iterator[tuple[str, Wording]]:
    used = {wording.text: {use.article for use in wording.uses} for wording in quotation.wordings}
    own = next((text for text, articles in used.items() if article_id in articles), None)
    if own is not None:
        yield from ((own, wording) for wording in quotation.wordings if article_id not in used[wording.text])


def _telling(article: Article) -> Iterator[tuple[Quote, str]]:
    """Yield the longest quotations, each with its first words."""
    longest = sorted(quotes(article), key=lambda quote: (quote.start - quote.end, quote.start))
    seen: set[str] = set()
    for quote in islice(longest, 2 * QUOTATIONS):
        tokens = list(islice(iter_tokens(quote.text), WORDS[-1]))
        phrase = quote.text[tokens[0].start : tokens[-1].end] if len(tokens) >= WORDS[0] else ""
        if phrase and phrase not in seen and len(seen) < QUOTATIONS:
            seen.add(phrase)
            yield quote, phrase


def _elsewhere(engine: SearchEngine, article: Article, quote: Quote, phrase: str) -> Quoted:
    group = article.copies.group_id if article.copies else article.id
    others = (Filter("copies", exclude=(group,)),) if article.copies else ()
    asked = SearchRequest(Phrase(phrase, "body"), others, sort="date", limit=LISTED + 1, snippets=False)
    result = engine.search(asked)
    cards = [hit.article for hit in result.hits if hit.article.id != article.id]
    total = result.total if article.copies else result.total - 1
    return Quoted(quote, phrase, max(total, len(cards)), tuple(cards[:LISTED]))
