"""The reference engine: everything in plain dicts, slow and obviously right.

Other engines are tested against it. It also serves small things well: tests, a notebook, a demo.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.analysis import Token
from engine.checks import check
from engine.cursor import following, window
from engine.dates import UNDATED, first_moment, in_range
from engine.distance import similar
from engine.errors import IndexLockedError, IndexMissingError
from engine.facets import facet, others, passes
from engine.fields import FIELDS, GROUPS
from engine.highlight import hits, snippets
from engine.matching import DEFAULT, field_tokens, fields_of, matched
from engine.model import (
    Article,
    Card,
    Entry,
    Facet,
    FacetRequest,
    Filter,
    Fragment,
    Group,
    Hit,
    IndexInfo,
    SearchRequest,
    SearchResult,
)
from engine.protocol import Writer
from engine.query import All, And, DateRange, Not, Or, Query, Term, Value
from engine.relevance import Relevance, Text
from engine.suggest import most_frequent, start_of, suggest


@dataclass(frozen=True, slots=True)
class _Document:
    """An article with its fields analysed."""

    article: Article
    words: dict[str, list[Token]]
    values: dict[str, tuple[str, ...]]
    moment: int

    @classmethod
    def of(cls, article: Article) -> _Document:
        texts = [f for f in FIELDS if f.kind == "text" or f.words]
        return cls(
            article,
            {f.name: list(field_tokens(f, article)) for f in texts},
            {f.name: f.values(article) for f in FIELDS if f.kind == "keyword"}
            | {name: (group,) if (group := of(article)) else () for name, of in GROUPS.items()},
            first_moment(article.published.value),
        )

    def matches(self, query: Query) -> bool:  # noqa: PLR0911 - one for each kind of node
        match query:
            case All():
                return True
            case And(children):
                return all(self.matches(child) for child in children)
            case Or(children):
                return any(self.matches(child) for child in children)
            case Not(child):
                return not self.matches(child)
            case Value(name, values):
                return not set(values).isdisjoint(self.values[name])
            case DateRange(start, end):
                return in_range(self.moment, start, end)
            case _:
                return any(
                    matched(query, self.words[f.name], f, self.article.language) for f in fields_of(query)
                )

    @property
    def text(self) -> Text:
        """What counts for its rank."""
        return Text(self.article.id, self.article.language, self.words, self.matches)


@dataclass(frozen=True, slots=True)
class _Generation:
    """What one writer left behind; never changed afterwards."""

    number: int
    documents: dict[str, _Document]
    report: str
    created: str

    @property
    def build(self) -> str:
        return str(self.number)


@dataclass(slots=True)
class _Changes:
    """A writer: the new state of the index, seen by nobody yet."""

    documents: dict[str, _Document]
    report: str = "{}"

    def put(self, article: Article) -> None:
        self.documents[article.id] = _Document.of(article)

    def delete(self, article_id: str) -> None:
        self.documents.pop(article_id, None)

    def describe(self, report: str) -> None:
        self.report = report


class MemoryEngine:
    """A `SearchEngine` that forgets everything when it goes."""

    def __init__(self) -> None:
        self._generation: _Generation | None = None
        self._lock = threading.Lock()

    @contextmanager
    def writer(self, *, fresh: bool) -> Iterator[Writer]:
        """See `SearchEngine.writer`."""
        if not self._lock.acquire(blocking=False):
            raise IndexLockedError("Another build is writing this index; wait until it has finished.")
        try:
            before = self._generation
            changes = _Changes(dict(before.documents) if before and not fresh else {})
            yield changes
            number = before.number + 1 if before else 1
            created = datetime.now(UTC).isoformat(timespec="seconds")
            self._generation = _Generation(number, changes.documents, changes.report, created)
        finally:
            self._lock.release()

    def search(self, request: SearchRequest) -> SearchResult:
        """See `SearchEngine.search`."""
        started = time.perf_counter()
        generation = self._current()
        check(request)
        found = _ranked(generation, request)
        groups = _grouped(found, request.group)
        start = window(request.after, request.offset, generation.build)
        page = groups[start : start + request.limit]
        return SearchResult(
            hits=tuple(_hit(members, request) for members in page),
            total=len(found),
            facets=tuple(_facet(generation, request, asked) for asked in request.facets),
            total_stories=_count_groups(generation, found, "story"),
            total_copies=_count_groups(generation, found, "copies"),
            suggestion=suggest(request.query, len(found), _Vocabulary(generation)),
            next=following(generation.build, start, request.limit, len(groups)),
            build=generation.build,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def scan(self, request: SearchRequest) -> Iterator[Article]:
        """See `SearchEngine.scan`."""
        generation = self._current()
        check(request)
        return (document.article for document, _ in _ranked(generation, request))

    def complete(self, start: str, limit: int = 8) -> tuple[str, ...]:
        """See `SearchEngine.complete`."""
        wanted = start_of(start)
        if self._generation is None or not wanted:
            return ()
        counts = _Vocabulary(self._generation).counts
        return most_frequent({word: n for word, n in counts.items() if word.startswith(wanted)}, limit)

    def get(self, key: str) -> Article | None:
        """See `SearchEngine.get`."""
        documents = self._generation.documents if self._generation else {}
        if key in documents:
            return documents[key].article
        return next((d.article for d in documents.values() if d.article.path == key), None)

    def entries(self) -> Iterator[Entry]:
        """See `SearchEngine.entries`."""
        documents = self._generation.documents if self._generation else {}
        return (Entry.of(documents[key].article) for key in sorted(documents))

    def info(self) -> IndexInfo:
        """See `SearchEngine.info`."""
        now = self._current()
        languages = {d.article.language for d in now.documents.values() if d.article.language}
        return IndexInfo(now.build, now.created, len(now.documents), tuple(sorted(languages)), now.report)

    def check(self) -> tuple[str, ...]:
        """See `SearchEngine.check`: nothing is stored, nothing can be damaged."""
        return ()

    def close(self) -> None:
        """See `SearchEngine.close`."""

    def _current(self) -> _Generation:
        if self._generation is None:
            raise IndexMissingError("There is no index yet; build one first.")
        return self._generation


_Scored = tuple[_Document, float]


def _select(generation: _Generation, request: SearchRequest, filters: Iterable[Filter]) -> list[_Document]:
    """Return the documents that match the query, the dates and these filters."""
    start, end = request.date_from, request.date_to
    dated = start is not None or end is not None
    return [
        document
        for document in generation.documents.values()
        if document.matches(request.query)
        and (not dated or in_range(document.moment, start, end))
        and all(passes(document.values[chosen.field], chosen) for chosen in filters)
    ]


def _ranked(generation: _Generation, request: SearchRequest) -> list[_Scored]:
    """Return all matches in the order asked for; ties go by id, undated ones come last."""
    found = _select(generation, request, request.filters)
    relevance = Relevance([document.text for document in generation.documents.values()])
    scores = relevance.scores(request.query, [document.text for document in found])
    direction = 1 if request.sort == "date" else -1

    def place(document: _Document) -> tuple[float, float, str]:
        if request.sort == "relevance":
            return (0, -scores[document.article.id], document.article.id)
        return (document.moment == UNDATED, direction * document.moment, document.article.id)

    return [(document, scores[document.article.id]) for document in sorted(found, key=place)]


def _group_of(article: Article, group: Group) -> tuple[str, str]:
    """Return what an article is grouped by; an article without a group is its own."""
    if group == "copies" and article.copies:
        return ("group", article.copies.group_id)
    if group == "story" and article.story:
        return ("group", article.story.id)
    return ("alone", article.id)


def _grouped(found: list[_Scored], group: Group) -> list[list[_Scored]]:
    """Gather matches by group, each at the place of its first member."""
    groups: defaultdict[tuple[str, str], list[_Scored]] = defaultdict(list)
    for scored in found:
        groups[_group_of(scored[0].article, group)].append(scored)
    return list(groups.values())


def _count_groups(generation: _Generation, found: list[_Scored], group: Group) -> int | None:
    """Count the groups among the matches; None when the index knows no such groups."""
    if not any(_group_of(d.article, group)[0] == "group" for d in generation.documents.values()):
        return None
    return len(_grouped(found, group))


def _hit(members: list[_Scored], request: SearchRequest) -> Hit:
    document, score = members[0]
    article, query = document.article, request.query
    title = Fragment(article.title, hits(article.title, query, article.language, "title"))
    lines = snippets(article.body, query, article.language) if request.snippets else ()
    return Hit(Card.of(article), score, title, lines, len(members))


def _facet(generation: _Generation, request: SearchRequest, asked: FacetRequest) -> Facet:
    documents = _select(generation, request, others(request.filters, asked.field))
    counts = Counter(value for document in documents for value in set(document.values[asked.field]))
    return facet(asked, counts, request.filters)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of a generation, for suggestions."""

    generation: _Generation

    def frequency(self, word: str) -> int:
        """How many articles the word finds."""
        return sum(document.matches(Term(word)) for document in self.generation.documents.values())

    def similar(self, word: str, limit: int) -> Iterable[tuple[str, int]]:
        """Return the words of titles and bodies like a word, and in how many articles they stand."""
        return ((term, count) for term, count in self.counts.items() if similar(word, term, limit))

    @property
    def counts(self) -> Counter[str]:
        """In how many articles each word of titles and bodies stands, in each of the two."""
        documents = self.generation.documents.values()
        return Counter(
            word for d in documents for f in DEFAULT for word in {token.text for token in d.words[f.name]}
        )
