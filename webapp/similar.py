"""More like this: articles that share an article's most telling words.

A word tells more the more often the article has it and the fewer others do (tf · idf), twice as much in
the headline. Only the engine's promise is used: a count for each candidate, then one OR query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import log

from engine.analysis.tokens import iter_tokens
from engine.model import Article, Card, Hit, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All, Or, Query, Term

LISTED = 5
READ = 5_000
"""Code points of the body that are read for words."""
CANDIDATES = 20
TERMS = 12
TOLD = 4
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Similar:
    """An article that shares words with another: which of the telling ones are seen first."""

    article: Card
    score: float
    shared: tuple[str, ...]


def similar(engine: SearchEngine, article: Article) -> tuple[Similar, ...]:
    """Find up to five articles like this one; neither itself nor its copies."""
    terms = telling(engine, article)
    if len(terms) < 2:
        return ()
    query = Or(tuple(Term(term) for term in terms))
    found = engine.search(SearchRequest(query, limit=LISTED + 3)).hits
    return tuple(islice(_alike(article, found), LISTED))


def _alike(article: Article, found: tuple[Hit, ...]) -> Iterator[Similar]:
    """Those that share two words at least, one of each group of copies."""
    seen = {article.id, article.copies.group_id if article.copies else article.id}
    for hit in found:
        group = hit.article.copies.group_id if hit.article.copies else hit.article.id
        shared = _shared(hit)
        if len(shared) >= 2 and hit.article.id not in seen and group not in seen:
            seen.add(group)
            yield Similar(hit.article, hit.score, shared[:TOLD])


def _shared(hit: Hit) -> tuple[str, ...]:
    """The words that matched, as the other article writes them, each once."""
    words = (f.text[start:end] for f in (hit.title, *hit.snippets) for start, end in f.hits)
    return tuple({word.casefold(): word for word in words}.values())


def telling(engine: SearchEngine, article: Article) -> tuple[str, ...]:
    """The words that tell this article from others, the best first."""
    counts = _candidates(article)
    articles = _count(engine, All())
    most = max(articles / 10, min(articles / 2, 5))
    weights = {}
    for word, times in counts.most_common(CANDIDATES):
        holding = _count(engine, Term(word))
        if 1 < holding <= most:
            weights[word] = times * log(articles / holding)
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:TERMS])


def _candidates(article: Article) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, weight in ((article.title, 2), (article.body[:READ], 1)):
        for token in iter_tokens(text[:READ]):
            if len(token.text) >= SHORTEST and not token.text.isdigit():
                counts[token.text] += weight
    return counts


def _count(engine: SearchEngine, query: Query) -> int:
    return engine.search(replace(_NOTHING, query=query)).total


_NOTHING = SearchRequest(All(), limit=0, snippets=False)
