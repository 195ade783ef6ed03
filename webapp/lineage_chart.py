"""Who published a story when, and from whom: a line for each text, a dot for each copy.

Inline SVG in percent across and pixels down, as in `charts`: no style attribute, no script, and text that
never scales. The table beside it says the same to those who can not see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup

from engine.model import Article
from webapp.stories import Text
from webapp.text import plain
from webapp.wording import day_and_month, gettext

ROWS = 24
"""Copies drawn; the table has all that were read."""

_ROW = 38
_TOP = 44
_LEFT, _RIGHT = 4.0, 94.0
_TICKS = 6
_SECOND = Markup(' class="second"')
_STEPS = (
    *(timedelta(hours=n) for n in (1, 3, 6, 12)),
    *(timedelta(days=n) for n in (1, 2, 7, 14, 30, 91, 182, 365, 3650)),
)


@dataclass(frozen=True, slots=True)
class Dot:
    """A copy: when, its label, and which of the texts (from 0) it carries; the first of them is filled."""

    moment: datetime
    label: str
    clock: str
    text: int
    first: bool


def lineage(texts: Sequence[Text]) -> Markup:
    """Draw the dated copies of the texts of a story; nothing when fewer than two are dated to the day."""
    dots = list(_dots(texts))[:ROWS]
    if len(dots) < 2:
        return Markup("")
    axis = _Axis.of(dots)
    height = _TOP + _ROW * (len(dots) - 1) + 28
    said = gettext("Timeline of {articles} articles from {texts} texts; the table has the same")
    label = said.format(articles=len(dots), texts=len({d.text for d in dots}))
    parts = [*axis.grid(height), *_families(dots, axis), *(_label(d, n, axis) for n, d in enumerate(dots))]
    return Markup(
        '<svg class="chart lineage" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(height, label, Markup("").join(parts))


def _dots(texts: Sequence[Text]) -> Iterator[Dot]:
    for number, text in enumerate(texts):
        first = True
        for article in text.copies:
            moment = moment_of(article)
            if moment is not None:
                value = article.published.value or ""
                clock = f"{moment:%H:%M}" if len(value) > len("2023-11-14") else day_and_month(moment)
                yield Dot(moment, article.source.value or gettext("unknown source"), clock, number, first)
                first = False


def moment_of(article: Article) -> datetime | None:
    """Return when an article was published; None when the day is not known."""
    value = article.published.value or ""
    if len(value) < len("2023-11-14"):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Axis:
    start: datetime
    length: timedelta

    @classmethod
    def of(cls, dots: Sequence[Dot]) -> _Axis:
        moments = [dot.moment for dot in dots]
        return cls(min(moments), max(moments) - min(moments))

    def x(self, moment: datetime) -> float:
        return _LEFT + (moment - self.start) / max(self.length, timedelta(hours=1)) * (_RIGHT - _LEFT)

    def grid(self, height: int) -> Iterator[Markup]:
        """Yield a line and a label for each round moment; narrow screens hide every second label."""
        step = next((s for s in _STEPS if self.length / s <= _TICKS), self.length / _TICKS)
        form = "%H:%M" if step < timedelta(days=1) else "%Y"
        for number, moment in enumerate(self._round_moments(step)):
            yield Markup(
                '<line class="grid" x1="{x:.2f}%" x2="{x:.2f}%" y1="20" y2="{height}"/>'
                '<text{second} x="{x:.2f}%" y="12" text-anchor="middle">{says}</text>'
            ).format(
                x=self.x(moment),
                height=height,
                says=f"{day_and_month(moment)} {moment:{form}}",
                second=_SECOND if number % 2 else "",
            )

    def _round_moments(self, step: timedelta) -> Iterator[datetime]:
        """Yield the multiples of a step since midnight up to the end, behind which there may be no date."""
        midnight = self.start.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = self.start - midnight
        after = -(-passed // step) * step - passed
        while after <= self.length:
            yield self.start + after
            after += step


def _families(dots: Sequence[Dot], axis: _Axis) -> Iterator[Markup]:
    """Yield each text: a line down from its first copy, one across to each other, and the dots."""
    for text in dict.fromkeys(dot.text for dot in dots):
        rows = [(n, dot) for n, dot in enumerate(dots) if dot.text == text]
        trunk, low = axis.x(rows[0][1].moment), _y(rows[-1][0])
        lines = [_line(trunk, trunk, _y(rows[0][0]), low)] if len(rows) > 1 else []
        lines += [_line(trunk, axis.x(dot.moment), _y(n), _y(n)) for n, dot in rows[1:]]
        circles = [
            Markup('<circle{} cx="{:.2f}%" cy="{}" r="6"/>').format(
                Markup(' class="first"') if dot.first else "", axis.x(dot.moment), _y(n)
            )
            for n, dot in rows
        ]
        yield Markup('<g class="fam-{}">{}</g>').format("abc"[text % 3], Markup("").join((*lines, *circles)))


def _line(x1: float, x2: float, y1: int, y2: int) -> Markup:
    return Markup('<line x1="{:.2f}%" x2="{:.2f}%" y1="{}" y2="{}"/>').format(x1, x2, y1, y2)


def _y(row: int) -> int:
    return _TOP + _ROW * row


def _label(dot: Dot, row: int, axis: _Axis) -> Markup:
    """Return the outlet and the hour where there is room: behind the dot, or before it, below its line."""
    x = axis.x(dot.moment)
    behind = x < (_LEFT + _RIGHT) / 2
    side = Markup('dx="13"') if behind else Markup('dx="-13" text-anchor="end"')
    below = 5 if behind or dot.first else 19
    return Markup(
        '<text class="lbl" x="{:.2f}%" {} y="{}"><tspan class="strong">{}</tspan> {}</text>'
    ).format(x, side, _y(row) + below, plain(dot.label)[:60], dot.clock)
