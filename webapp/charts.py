"""Charts drawn on the server: inline SVG in percent and pixels, so that text never scales.

No style attribute and no script: the strict content security policy holds. The table beside a chart
says the same to those who can not see it; its links are the ones a keyboard reaches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from webapp.wording import gettext, number

HATCH = Markup(
    '<defs><pattern id="{}" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><line class="hatch" y2="5"/></pattern></defs>'
)
MONTHS_SHOWN = 72
TOP = 8


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar: a year, month or day, its articles, and where a click leads.

    `gap` means that the whole archive holds nothing of this time; `inside` that the present date
    filter lets it through. `parts` divide the count, from the foot of the bar up, when there are any.
    """

    label: str
    count: int
    href: str = ""
    gap: bool = False
    inside: bool = True
    parts: tuple[int, ...] = ()


def months(counts: Mapping[str, int]) -> list[str]:
    """Every month from the first to the last of `counts` (keys `YYYY-MM`), none left out."""
    known = sorted(name for name, n in counts.items() if n and len(name) == 7)
    if not known:
        return []
    first, last = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (known[0], known[-1]))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1)]


def years(counts: Mapping[str, int]) -> list[str]:
    """Every year from the first to the last of `counts` (keys `YYYY-MM`)."""
    known = [int(name[:4]) for name in months(counts)]
    return [f"{n:04d}" for n in range(known[0], known[-1] + 1)] if known else []


def histogram(buckets: Sequence[Bucket], height: int = 84, name: str = "h") -> Markup:
    """Draw one bar for each bucket; `name` must be unique on the page."""
    if not buckets:
        return Markup("")
    top = max(b.count for b in buckets)
    width = 100 / len(buckets)
    plot = _Plot(width, height, top, name)
    bars = Markup("").join(plot.bar(b, i * width) for i, b in enumerate(buckets))
    return Markup(
        '<svg class="chart" width="100%" height="{total}" aria-hidden="true" focusable="false">{hatch}'
        '<line class="grid" x2="100%" y1="8.5" y2="8.5"/><text x="0" y="6">{top}</text>{bars}'
        '<line class="axis" x2="100%" y1="{base}" y2="{base}"/>{axis}</svg>'
    ).format(
        total=height + 18,
        hatch=HATCH.format(name),
        top=number(top),
        bars=bars,
        base=height + 0.5,
        axis=_axis(buckets, height),
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """What all bars share: their width in percent, the height in pixels, the largest count."""

    width: float
    height: int
    top: int
    hatch: str

    def bar(self, bucket: Bucket, x: float) -> Markup:
        """A column; its whole height can be clicked, however short it is."""
        whole = _box(x, TOP, self.width, self.height - TOP)
        if bucket.gap:
            says = gettext("{time}: nothing in the archive").format(time=bucket.label)
            return Markup('<rect {} fill="url(#{})"><title>{}</title></rect>').format(whole, self.hatch, says)
        # A page draws a hundred of these: joining escaped pieces takes a third of the time of formatting.
        says = escape(gettext("{time}: {count}").format(time=bucket.label, count=number(bucket.count)))
        drawn = f'<title>{says}</title><rect {whole} fill="transparent"/>{self._column(bucket, x)}'
        opening = f'<a href="{escape(bucket.href)}" tabindex="-1">' if bucket.href else "<g>"
        return Markup(f"{opening}{drawn}{'</a>' if bucket.href else '</g>'}")  # noqa: S704 - escaped above

    def _column(self, bucket: Bucket, x: float) -> Markup:
        if not bucket.count:
            return Markup("")
        tall = max(2.0, (self.height - TOP) * bucket.count / self.top)
        box = _box(x, self.height - tall, self.width * 0.8, tall)
        if bucket.parts and bucket.inside:
            return self._stack(bucket, x, tall / bucket.count)
        return Markup('<rect class="{}" {}/>').format("on" if bucket.inside else "off", box)

    def _stack(self, bucket: Bucket, x: float, unit: float) -> Markup:
        """A column in parts; `unit` is the height of one article."""
        drawn, foot = [], float(self.height)
        for shade, count in enumerate(bucket.parts):
            foot -= count * unit
            if count:
                box = _box(x, foot, self.width * 0.8, count * unit)
                drawn.append(Markup('<rect class="k{}" {}/>').format(shade, box))
        return Markup("").join(drawn)


def _box(x: float, y: float, width: float, height: float) -> Markup:
    """The attributes of a rectangle: across in percent, down in pixels."""
    return Markup(f'x="{x:.2f}%" y="{y:.1f}" width="{width:.2f}%" height="{height:.1f}"')  # noqa: S704 - numbers


def _axis(buckets: Sequence[Bucket], height: int) -> Markup:
    """Name the first bar and each turn of the year, or the two ends when there is no such turn."""
    turns = [i for i, b in enumerate(buckets) if b.label.endswith("-01") and len(b.label) == 7]
    if len(buckets[0].label) == 7 and len(buckets) > 12:
        early = [0] if not turns or turns[0] > len(buckets) // 8 else []
        step = max(1, len(turns) // 5)
        places = [(i, buckets[i].label[:4]) for i in (*early, *turns[::step])]
    else:
        places = [(i, buckets[i].label) for i in sorted({0, len(buckets) - 1})]
    return Markup("").join(_tick(i * 100 / len(buckets), text, height) for i, text in places)


def _tick(x: float, text: str, height: int) -> Markup:
    if x > 80:
        return Markup('<text x="100%" y="{}" text-anchor="end">{}</text>').format(height + 14, text)
    return Markup('<text x="{:.2f}%" y="{}">{}</text>').format(x, height + 14, text)


def meter(percent: float, shade: str) -> Markup:
    """A small bar that is `percent` full; `shade` is its class in the style sheet."""
    return Markup(
        '<svg class="meter" aria-hidden="true"><rect class="bg" width="100%" height="100%"/>'
        '<rect class="{}" width="{:.0f}%" height="100%"/></svg>'
    ).format(shade, percent)


def missing(percent: int, name: str) -> Markup:
    """A meter whose missing part is hatched; `name` must be unique on the page."""
    left = 100 - percent
    return Markup(
        '<svg class="meter" aria-hidden="true">{}<rect class="fi" width="{}%" height="100%"/>'
        '<rect x="{}%" width="{}%" height="100%" fill="url(#{})"/></svg>'
    ).format(HATCH.format(name), left, left, percent, name)


def hatched(name: str, size: str = "") -> Markup:
    """A hatched strip, as the key of a legend (`size` in pixels) or as the end of a cut text."""
    extent = Markup(' width="{0}" height="{0}"').format(size) if size else ""
    return Markup(
        '<svg{} aria-hidden="true">{}<rect width="100%" height="100%" fill="url(#{})"/></svg>'
    ).format(extent, HATCH.format(name), name)
