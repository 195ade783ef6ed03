"""What is indexed, what is asked, what is answered: frozen dataclasses and nothing else.

All offsets are code points of `Article.raw`, the decoded text before any edit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.query import Query

Certainty = Literal["declared", "certain", "probable", "inferred", "unknown"]
"""How we know: said by the file or page; proven by the text; likely; concluded; not known."""

Precision = Literal["year", "month", "day", "minute", "second"]
Verdict = Literal["translated", "probable", "none", "unknown"]
Sort = Literal["relevance", "date", "-date"]
Group = Literal["none", "copies", "story"]


# --- the article -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a claim rests on. `start`/`end` are None when they stand outside the text."""

    kind: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A value with how sure we are and why; `value` is None exactly when nothing may be claimed."""

    value: str | None = None
    certainty: Certainty = "unknown"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Published(Claim):
    """A date claim: `value` is ISO 8601, cut to `precision` (`2023-11`, `2023-11-14T20:31:20Z`)."""

    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """Who made the article, by role, as written; `desk` is the agency's initials line."""

    authors: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    editing: tuple[str, ...] = ()
    desk: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Every person named, in reading order, without repeats."""
        return tuple(dict.fromkeys((*self.authors, *self.reporting, *self.writing, *self.editing)))


@dataclass(frozen=True, slots=True)
class Access:
    """Whether a paywall or a crawler cut the text; `percent_left` is what was held back."""

    truncated: bool = False
    percent_left: int | None = None
    reasons: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Translated:
    """Whether this text is a translation, from which language, and of which article if known."""

    verdict: Verdict = "unknown"
    from_language: str | None = None
    evidence: tuple[Evidence, ...] = ()
    original_id: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the raw text: `raw[start:end]` becomes `replacement`.

    `kind` is "remove" (site furniture or metadata taken out of the text) or "repair" (a glued
    sentence, a lost space, mojibake). `rule` names what decided, `evidence` what it saw.
    """

    start: int
    end: int
    replacement: str
    kind: Literal["remove", "repair"]
    rule: str
    label: str
    pack_version: str
    evidence: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Copies:
    """The group of near-identical texts an article belongs to; a lone article is its own group."""

    group_id: str
    size: int = 1
    role: str = "only"


@dataclass(frozen=True, slots=True)
class Story:
    """The group of articles about one event."""

    id: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of the body in a language other than the article's; offsets in the raw text."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as indexed.

    `body` is `engine.edits.body_of(article)`: the part of `raw` between `body_start` and
    `body_end` with the edits applied. Title, removed text and body together account for every
    word of `raw`; nothing is lost and every change can be undone. `signature` is kept with the entry,
    not with the article: an article that comes back from an index has none.
    """

    id: str
    path: str
    raw: str
    body: str
    body_start: int
    body_end: int
    title: str
    title_derived: bool = False
    url: str | None = None
    words: int = 0
    language: str | None = None
    section: str | None = None
    source: Claim = field(default_factory=Claim)
    agency: Claim = field(default_factory=Claim)
    published: Published = field(default_factory=Published)
    dateline_place: str | None = None
    byline: Byline = field(default_factory=Byline)
    access: Access = field(default_factory=Access)
    translated: Translated = field(default_factory=Translated)
    flags: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    foreign: tuple[Paragraph, ...] = ()
    copies: Copies | None = None
    story: Story | None = None
    sha256: str = ""
    fingerprint: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of results shows of an article: the same attributes, but no text and no evidence."""

    id: str
    path: str
    title: str
    url: str | None
    words: int
    language: str | None
    source: Claim
    agency: Claim
    published: Published
    dateline_place: str | None
    access: Access
    translated: Translated
    flags: tuple[str, ...]
    copies: Copies | None
    story: Story | None

    @classmethod
    def of(cls, article: Article) -> Card:
        """Leave out the texts, and the words each claim rests on."""
        return cls(
            id=article.id,
            path=article.path,
            title=article.title,
            url=article.url,
            words=article.words,
            language=article.language,
            source=replace(article.source, evidence=()),
            agency=replace(article.agency, evidence=()),
            published=replace(article.published, evidence=()),
            dateline_place=article.dateline_place,
            access=replace(article.access, reasons=()),
            translated=replace(article.translated, evidence=()),
            flags=article.flags,
            copies=article.copies,
            story=article.story,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index remembers of one document besides its text.

    Enough for an update to tell what changed, and for the build report to be the same after an
    update as after a rebuild. `removed` counts the edits of kind "remove" by (rule, label); `signature`
    is what the indexer compares articles by (`indexer.archive`), opaque to the engine.
    """

    id: str
    path: str
    url: str | None
    fingerprint: str
    sha256: str
    source: str | None
    language: str | None
    published: str | None
    words: int
    truncated: bool
    verdict: Verdict
    flags: tuple[str, ...]
    removed: tuple[tuple[str, str, int], ...]
    signature: str = ""

    @classmethod
    def of(cls, article: Article) -> Entry:
        """Summarise an article."""
        removed = Counter((e.rule, e.label) for e in article.edits if e.kind == "remove")
        return cls(
            id=article.id,
            path=article.path,
            url=article.url,
            fingerprint=article.fingerprint,
            sha256=article.sha256,
            source=article.source.value,
            language=article.language,
            published=article.published.value,
            words=article.words,
            truncated=article.access.truncated,
            verdict=article.translated.verdict,
            flags=article.flags,
            removed=tuple((rule, label, n) for (rule, label), n in sorted(removed.items())),
            signature=article.signature,
        )


# --- the question ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet selection: articles with any of `include` and none of `exclude` in `field`.

    An empty `include` lets every value through. Both are values as `fields.py` stores them, or the ids
    of groups when `field` is "copies" or "story".
    """

    field: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """Count the values of `field`, the `size` largest (selected ones are always listed)."""

    field: str
    size: int = 10


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search, parsed and checked; engines trust it.

    `date_from` and `date_to` are ISO dates (`2023`, `2023-11`, `2023-11-14`), both inclusive, as
    in `engine.query.DateRange`. `offset`/`limit` count articles, or groups when `group` is not
    "none"; `limit=0` asks for totals and facets only. `after` is the `next` of an earlier answer
    and replaces `offset`.
    """

    query: Query
    filters: tuple[Filter, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    sort: Sort = "relevance"
    group: Group = "none"
    offset: int = 0
    limit: int = 20
    after: str | None = None
    facets: tuple[FacetRequest, ...] = ()
    snippets: bool = True


# --- the answer ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text with the hits inside it, as (start, end) offsets into `text`.

    `paragraph` is the 1-based paragraph of the body it comes from, 0 for a title.
    """

    text: str
    hits: tuple[tuple[int, int], ...] = ()
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article as a list shows it. `copies_found` counts members of its group that match too."""

    article: Card
    score: float
    title: Fragment
    snippets: tuple[Fragment, ...] = ()
    copies_found: int = 1


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many matching articles have `value`, under all filters but this field's own."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one field; `total` is the number of distinct values before the cut to size."""

    field: str
    total: int
    values: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer. `total` counts articles, always exactly when `total_relation` is "eq".

    `total_stories` is None in an index built without story groups. `partial` is set when a
    budget stopped the evaluation, and `warnings` says which. `next` is the cursor of the
    following page, None on the last; it is good for this build only.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    total_stories: int | None = None
    total_copies: int | None = None
    total_relation: Literal["eq", "gte"] = "eq"
    partial: bool = False
    warnings: tuple[str, ...] = ()
    suggestion: str | None = None
    next: str | None = None
    build: str = ""
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """The state of an index: which build, when (ISO 8601, UTC), how many, which languages."""

    build: str
    created: str
    articles: int
    languages: tuple[str, ...] = ()
    report: str = "{}"
    """The build report, as the JSON text the indexer wrote."""
