"""The days of a story, source by source: articles as dots, and hatched where a source has none archived.

A day without an article on the story says something only if the archive holds that source's articles of
the day; where it holds none, nobody may have crawled it, so the day is a gap and not a zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from engine.model import Article, FacetRequest, Filter, SearchRequest
from engine.protocol import SearchEngine
from engine.query import All
from webapp.charts import HATCH
from webapp.text import plain
from webapp.wording import gettext

SOURCES = 12
"""Sources that have a row."""
FEWEST, MOST = 3, 31
"""Days between which the story must last to be drawn."""

_TOP, _ROW = 18, 40
_DEEP = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A source: for each day its articles on the story, None where the archive holds nothing of it."""

    source: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a story and a row for each source."""

    days: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def gaps(self) -> bool:
        """Whether there is a day of which a source has nothing."""
        return any(None in row.counts for row in self.rows)

    def chart(self, pattern: str) -> Markup:
        """Draw it; `pattern` must be unique on the page. The table beside it says the same."""
        height = _TOP + _ROW * len(self.rows)
        parts = [HATCH.format(pattern), *self._axis()]
        for number, row in enumerate(self.rows):
            parts += self._row(row, _TOP + _ROW * number, pattern)
        label = gettext("{sources} sources on {days} days; the table has the same")
        says = label.format(sources=len(self.rows), days=len(self.days))
        return Markup(
            '<svg class="chart days" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
        ).format(height, says, _join(parts))

    def _axis(self) -> Iterator[Markup]:
        yield Markup('<text x="0" y="12">{}</text>').format(self.days[0])
        yield Markup('<text x="100%" y="12" text-anchor="end">{}</text>').format(self.days[-1])

    def _row(self, row: Row, top: int, pattern: str) -> Iterator[Markup]:
        width = 100 / len(self.days)
        yield Markup('<text class="lbl" x="0" y="{}">{}</text>').format(top + 14, plain(row.source)[:60])
        for number, count in enumerate(row.counts):
            fill = Markup(' fill="url(#{})"').format(pattern) if count is None else ""
            yield Markup('<rect class="{}" x="{:.2f}%" y="{}" width="{:.2f}%" height="{}"{}/>').format(
                "gap" if count is None else "on" if count else "off",
                number * width,
                top + 20,
                width * 0.9,
                _DEEP,
                fill,
            )


def _join(parts: Sequence[Markup]) -> Markup:
    return Markup("").join(parts)


def days(engine: SearchEngine, articles: Sequence[Article]) -> Days | None:
    """Count a story's articles by source and day; None when it is too short or too long to be drawn so."""
    dated = [(a.source.value, (a.published.value or "")[:10]) for a in articles if a.source.value]
    dated = [(source, day) for source, day in dated if len(day) == len("2023-11-14")]
    span = _span([day for _, day in dated])
    if not FEWEST <= len(span) <= MOST:
        return None
    found = Counter(dated)
    sources = list(dict.fromkeys(source for source, _ in dated))[:SOURCES]
    return Days(span, tuple(_counted(engine, source, span, found) for source in sources))


def _span(found: Sequence[str]) -> tuple[str, ...]:
    """Every day from the first to the last; none when there would be too many."""
    try:
        first, last = date.fromisoformat(min(found)), date.fromisoformat(max(found))
    except ValueError:
        return ()
    count = (last - first).days + 1
    return tuple((first + timedelta(n)).isoformat() for n in range(count)) if count <= MOST else ()


def _counted(engine: SearchEngine, source: str, span: Sequence[str], found: Counter[tuple[str, str]]) -> Row:
    held = _held(engine, source, span)
    counts = ((found[source, day], day in held) for day in span)
    return Row(source, tuple(count if count or there else None for count, there in counts))


def _held(engine: SearchEngine, source: str, span: Sequence[str]) -> frozenset[str]:
    """Return the days of which the archive holds articles of a source."""
    asked = SearchRequest(
        All(),
        (Filter("source", (source,)),),
        date_from=span[0],
        date_to=span[-1],
        limit=0,
        facets=(FacetRequest("day", MOST + 1),),
        snippets=False,
    )
    return frozenset(v.value for facet in engine.search(asked).facets for v in facet.values if v.count)
