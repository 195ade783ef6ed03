"""An article as a page: paragraphs with hits and evidence marked, and what was removed in its place.

Everything is worked out on offsets of the body; `engine.edits.TextMap` carries those of the raw text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from markupsafe import Markup

from engine.edits import TextMap, ordered
from engine.highlight import hits
from engine.model import Article, Edit, Evidence, Fragment
from engine.query import Query
from webapp import labels
from webapp.restoring import numbered, without
from webapp.settings import WebSettings
from webapp.text import excerpt, marked, plain, spelled, visible
from webapp.wording import gettext

CONTEXT = 28
"""Characters shown on each side of a repair."""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit with its number on the page and where it stands.

    `at` is the body offset (None outside the body); `paragraph` counts from 0. A `block` stands alone
    before that paragraph, any other change inside it. `around` is what stands before and after it on
    its line.
    """

    number: int
    edit: Edit
    text: str
    around: tuple[str, str]
    at: int | None
    paragraph: int
    block: bool

    @property
    def where(self) -> str:
        """The place, in words."""
        if not self.block:
            return gettext("in ¶{number}").format(number=self.paragraph + 1)
        if not self.paragraph:
            return gettext("before ¶1")
        return gettext("after ¶{number}").format(number=self.paragraph)

    @property
    def repair(self) -> bool:
        """Whether text was mended, not taken away."""
        return self.edit.kind == "repair"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the body to be marked: a hit, evidence, or another language."""

    start: int
    end: int
    opening: Markup
    closing: Markup
    rank: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`number` from 1) or a removed block (`change` is set)."""

    number: int = 0
    html: Markup | None = None
    change: Change | None = None
    cuts: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence as shown: what it is, the words quoted, and the anchor of the place, if it has one.

    `ours` are words of this program about the text; others are the text's own and stand in quotes.
    `english` are those of ours that come from the index, which has them in English.
    """

    kind: str
    quote: str
    href: str = ""
    ours: bool = False
    english: bool = False


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Everything the article page shows that is not a plain field of the article."""

    title: Markup
    blocks: tuple[Block, ...]
    changes: tuple[Change, ...]
    marks: int
    shortened: bool
    restored: tuple[Change, ...] = ()
    proofs: dict[str, tuple[Proof, ...]] = field(default_factory=dict)

    @property
    def removed(self) -> tuple[Change, ...]:
        """The changes that took text away."""
        return tuple(c for c in self.changes if not c.repair)


def view(
    original: Article, query: Query | None, settings: WebSettings, undone: tuple[int, ...] = ()
) -> ArticleView:
    """Work out the page of an article; `query` says which words to mark, `undone` which edits to put back."""
    article = without(original, undone)
    applied = [(number, edit) for number, edit in numbered(original) if number not in undone]
    shown = article.body[: settings.article_length]
    found = tuple(hits(shown, query, article.language, "body")) if query else ()
    title = tuple(hits(article.title, query, article.language, "title")) if query else ()
    paragraphs = split(shown)
    changes = place(article, paragraphs, [number for number, _ in applied])
    restored = _restored(original, undone)
    places = _Places(article, changes)
    spans = [
        *_hit_spans(found[: settings.marks]),
        *places.evidence_spans(),
        *places.foreign_spans(),
        *places.restored_spans(restored),
    ]
    return ArticleView(
        title=marked(Fragment(article.title, title), limit=1000),
        blocks=tuple(_blocks(shown, paragraphs, changes, spans)),
        changes=changes,
        marks=min(len(found), settings.marks),
        shortened=len(shown) < len(article.body),
        restored=restored,
        proofs=places.proofs(),
    )


# --- paragraphs and changes --------------------------------------------------------------------


def split(body: str) -> list[tuple[int, int]]:
    """The paragraphs of a body: its lines that hold more than white space, as (start, end)."""
    result, start = [], 0
    for line in body.split("\n"):
        if line.strip():
            result.append((start, start + len(line)))
        start += len(line) + 1
    return result


def place(
    article: Article, paragraphs: Sequence[tuple[int, int]], numbers: Sequence[int] = ()
) -> tuple[Change, ...]:
    """Find where in the body each edit stands; they have these numbers, or count from 1."""
    result = []
    shift = -article.body_start
    edits = ordered(article.edits)
    for number, edit in zip(numbers or range(1, len(edits) + 1), edits, strict=True):
        at = None
        if article.body_start <= edit.start and edit.end <= article.body_end:
            at = edit.start + shift
            shift += len(edit.replacement) - (edit.end - edit.start)
        paragraph, block = _stand(article, edit, at, paragraphs)
        text = article.raw[edit.start : edit.end]
        result.append(Change(number, edit, text, _around(article.raw, edit), at, paragraph, block))
    return tuple(result)


def _restored(original: Article, undone: tuple[int, ...]) -> tuple[Change, ...]:
    """The changes that are put back, for the list of changes."""
    raw = original.raw
    return tuple(
        Change(number, edit, raw[edit.start : edit.end], _around(raw, edit), None, 0, block=False)
        for number, edit in numbered(original)
        if number in undone
    )


def _stand(
    article: Article, edit: Edit, at: int | None, paragraphs: Sequence[tuple[int, int]]
) -> tuple[int, bool]:
    """The paragraph a change belongs to, and whether it stands before it as a block."""
    if at is None:
        return (0 if edit.start < article.body_start else len(paragraphs)), True
    inside = bisect_left(paragraphs, at, key=lambda p: p[1])
    if inside < len(paragraphs) and paragraphs[inside][0] <= at and not _whole_lines(article.raw, edit):
        return inside, False
    return bisect_left(paragraphs, at, key=lambda p: p[0]), True


def _around(raw: str, edit: Edit) -> tuple[str, str]:
    """The few words before and after an edit on its line; "…" where a word or the line is cut."""
    before = raw[max(0, edit.start - CONTEXT) : edit.start].rpartition("\n")[2]
    after = raw[edit.end : edit.end + CONTEXT].partition("\n")[0]
    if len(before) == CONTEXT:
        before = "…" + (before.partition(" ")[2] or before)
    if len(after) == CONTEXT:
        after = (after.rpartition(" ")[0] or after) + "…"
    return before, after


def _whole_lines(raw: str, edit: Edit) -> bool:
    """Whether a removed passage has nothing beside it on its first and last line."""
    if edit.kind != "remove":
        return False
    before = raw[max(0, edit.start - 200) : edit.start].rpartition("\n")[2]
    after = raw[edit.end : edit.end + 200].partition("\n")[0]
    text = raw[edit.start : edit.end]
    return (text.startswith("\n") or not before.strip()) and (text.endswith("\n") or not after.strip())


# --- evidence ------------------------------------------------------------------------------------


class _Places:
    """Where evidence stands: in a paragraph, in a removed passage, or in no shown text."""

    def __init__(self, article: Article, changes: tuple[Change, ...]) -> None:
        self.article = article
        self.changes = changes
        self.starts = [c.edit.start for c in changes]
        edits = [c.edit for c in changes]
        self.map = TextMap.of(edits, article.body_start, article.body_end)
        claims = {
            "source": article.source.evidence,
            "agency": article.agency.evidence,
            "published": article.published.evidence,
            "access": article.access.reasons,
            "translated": article.translated.evidence,
        }
        self.claims = claims
        every = dict.fromkeys(e for evidence in claims.values() for e in evidence)
        self.ids = {e: f"ev{n}" for n, e in enumerate(every, 1)}

    def body_span(self, start: int | None, end: int | None) -> tuple[int, int] | None:
        """Carry a span of the raw text to the body; None when it is not there."""
        article = self.article
        if start is None or end is None or start < article.body_start or end > article.body_end:
            return None
        first, last = self.map.to_edited(start), self.map.to_edited(end)
        return (first, last) if first < last else None

    def href(self, evidence: Evidence) -> str:
        """The anchor that shows this evidence, or nothing."""
        if evidence.start is None or evidence.end is None:
            return ""
        i = bisect_right(self.starts, evidence.start) - 1
        if i >= 0 and evidence.start < self.changes[i].edit.end:
            return f"#e{self.changes[i].number}"
        return f"#{self.ids[evidence]}" if self.body_span(evidence.start, evidence.end) else ""

    def proofs(self) -> dict[str, tuple[Proof, ...]]:
        """All evidence, by the claim it supports."""
        return {claim: tuple(self._proof(e) for e in found) for claim, found in self.claims.items()}

    def _proof(self, evidence: Evidence) -> Proof:
        says = labels.judged(evidence.text) if evidence.kind == "text alone" else excerpt(evidence.text, 300)
        ours = labels.ours(evidence.kind)
        return Proof(
            labels.evidence(evidence.kind),
            says,
            self.href(evidence),
            ours,
            english=ours and evidence.kind != "text alone",
        )

    def evidence_spans(self) -> Iterator[Span]:
        """What to underline: evidence that stands in the body."""
        for evidence, name in self.ids.items():
            span = self.body_span(evidence.start, evidence.end)
            if span and self.href(evidence) == f"#{name}":
                yield Span(*span, Markup('<span class="ev"{}>').format(_id(name)), Markup("</span>"), 1)

    def restored_spans(self, restored: tuple[Change, ...]) -> Iterator[Span]:
        """What to mark as put back."""
        for change in restored:
            span = self.body_span(change.edit.start, change.edit.end)
            if span:
                opening = Markup('<ins class="back"{}>').format(_id(f"e{change.number}"))
                yield Span(*span, opening, Markup("</ins>"), 3)

    def foreign_spans(self) -> Iterator[Span]:
        """What to mark as another language."""
        for run in self.article.foreign:
            span = self.body_span(run.start, run.end)
            if span:
                direction = labels.direction(run.language)
                opening = Markup('<span lang="{}" dir="{}">').format(run.language, direction)
                yield Span(*span, opening, Markup("</span>"), 0)


def _id(name: str) -> Markup:
    return Markup(' id="{}"').format(name)


def _hit_spans(found: Iterable[tuple[int, int]]) -> Iterator[Span]:
    for number, (start, end) in enumerate(found, 1):
        yield Span(start, end, Markup("<mark{}>").format(_id(f"hit-{number}")), Markup("</mark>"), 2)


# --- rendering -----------------------------------------------------------------------------------


def _blocks(
    body: str, paragraphs: list[tuple[int, int]], changes: tuple[Change, ...], spans: list[Span]
) -> Iterator[Block]:
    """Paragraphs in order, removed blocks between them, removed words inside them."""
    standing: dict[tuple[int, bool], list[Change]] = {}
    for change in changes:
        standing.setdefault((change.paragraph, change.block), []).append(change)
    marks = _by_paragraph(paragraphs, spans)
    for index, (start, end) in enumerate(paragraphs):
        yield from (Block(change=change) for change in standing.get((index, True), ()))
        cuts = standing.get((index, False), [])
        html = _paragraph(body, start, end, marks.get(index, []), cuts)
        yield Block(number=index + 1, html=html, cuts=tuple(cuts))
    yield from (Block(change=change) for change in standing.get((len(paragraphs), True), ()))


def _by_paragraph(paragraphs: list[tuple[int, int]], spans: list[Span]) -> dict[int, list[Span]]:
    starts = [start for start, _ in paragraphs]
    result: dict[int, list[Span]] = {}
    for span in spans:
        index = max(bisect_right(starts, span.start) - 1, 0)
        while index < len(paragraphs) and paragraphs[index][0] < span.end:
            if span.start < paragraphs[index][1]:
                result.setdefault(index, []).append(span)
            index += 1
    return result


def _paragraph(body: str, start: int, end: int, spans: list[Span], cuts: list[Change]) -> Markup:
    """Cut the text at every boundary and nest the marks that cover each piece."""
    at = {key: list(group) for key, group in groupby(cuts, key=lambda c: min(max(c.at or 0, start), end))}
    edges = {start, end, *at}
    for span in spans:
        edges |= {max(span.start, start), min(span.end, end)}
    parts: list[Markup] = []
    for left, right in pairwise([*sorted(edges), end]):
        parts += (_removed(change) for change in at.get(left, ()))
        if left < right:
            parts.append(_piece(body[left:right], left, spans))
    return Markup("").join(parts)


def _piece(text: str, left: int, spans: list[Span]) -> Markup:
    """Wrap a piece of text in the marks that cover it; an id stands only where its mark begins."""
    html = visible(text)
    for span in sorted((s for s in spans if s.start <= left < s.end), key=lambda s: -s.rank):
        opening = span.opening if left == span.start else _without_id(span.opening)
        html = opening + html + span.closing
    return html


def _without_id(tag: Markup) -> Markup:
    head, _, _ = tag.partition(' id="')
    return tag if head == tag else head + Markup(">")


_CUT = Markup(
    '<del class="rm in" id="e{0}"><span class="label"><span class="vh">{3} </span>'
    '<a href="#row{0}">{4}</a> {1}</span> <span class="t">{2}</span></del>'
)
_FIX = Markup(
    '<del class="rm in fix" id="e{0}"><span class="label"><a href="#row{0}" title="{1}">'
    '{3}<span class="vh">, {1}: </span></a></span>{2}</del>'
)
_OLD = Markup(' <span class="t">{}</span>')


def _removed(change: Change) -> Markup:
    """Show a change in its place: the words removed, or those that a repair replaced."""
    short = change.text if change.text.strip() and len(change.text) <= 5000 else spelled(change.text, 5000)
    name = gettext("edit {number}").format(number=change.number)
    if change.repair:
        old = _OLD.format(visible(short)) if short else ""
        return _FIX.format(change.number, plain(change.edit.label), old, name)
    by = gettext("Removed by")
    return _CUT.format(change.number, plain(change.edit.rule), visible(short), by, name)
