"""Articles, answers and reports as text on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.text import Text

from cli.console import console, counted, printable, table
from engine.edits import ordered
from engine.model import Article, Card, Claim, Edit, Evidence, Fragment, Hit
from webapp.search_service import Answer

WIDTH = 100
INDENT = 12


def answer(found: Answer) -> None:
    """Print what was found: the total, remarks, the hits."""
    result = found.result
    for warning in found.warnings:
        click.echo(click.style(printable(warning), dim=True), err=True)
    if found.relaxed:
        click.echo("No article has all the words; these have some of them.", err=True)
    about = counted(result.total, "article")
    if result.total_stories is not None and result.total_stories < result.total:
        about += f" in {counted(result.total_stories, 'story', 'stories')}"
    click.echo(f"{about} ({result.took_ms:.0f} ms)")
    if result.suggestion:
        click.echo(f"Did you mean: {printable(result.suggestion)}")
    for hit in result.hits:
        click.echo()
        _hit(hit)


def _hit(hit: Hit) -> None:
    title = _marked(hit.title)
    title.stylize("bold")
    console().print(Text.assemble(_date(hit.article), "  ", title))
    _indented(Text(printable(_line(hit.article)), style="dim"))
    for snippet in hit.snippets:
        _indented(_marked(snippet))


def _indented(text: Text) -> None:
    out = console()
    for line in text.wrap(out, min(WIDTH, out.width - INDENT)):
        line.rstrip()
        out.print(Text(" " * INDENT).append(line))


def _date(card: Card) -> str:
    return (card.published.value or "undated")[:10].ljust(10)


def _line(card: Card) -> str:
    about = [card.source.value or "source unknown"]
    if card.agency.value:
        about.append(f"via {card.agency.value}")
    if card.translated.verdict in ("translated", "probable"):
        about.append(_translation(card))
    if card.access.truncated:
        about.append("truncated")
    return " · ".join([*about, card.id])


def _translation(card: Card) -> str:
    verdict = "translated" if card.translated.verdict == "translated" else "probably translated"
    origin = card.translated.from_language
    return f"{verdict} from {origin}" if origin else verdict


def _marked(fragment: Fragment) -> Text:
    """Set off the hits; rich leaves the styles out of files and pipes."""
    text, position = Text(), 0
    for start, end in fragment.hits:
        text.append(printable(fragment.text[position:start]))
        text.append(printable(fragment.text[start:end]), style="bold underline")
        position = end
    return text.append(printable(fragment.text[position:]))


def article(shown: Article, related: Iterable[tuple[str, str]] = ()) -> None:
    """Print an article: headline, facts, what it is `related` to, text."""
    derived = " (derived from the first sentence)" if shown.title_derived else ""
    click.echo(click.style(printable(shown.title), bold=True) + derived)
    for name, value in (*_facts(shown), *related):
        click.echo(f"{name:<12}{printable(value)}")
    for paragraph in filter(str.strip, shown.body.split("\n")):
        click.echo()
        click.echo(textwrap.fill(printable(paragraph), WIDTH))


def _facts(shown: Article) -> Iterable[tuple[str, str]]:
    facts = {
        "source": _claim(shown.source),
        "agency": _claim(shown.agency),
        "published": _claim(shown.published),
        "place": shown.dateline_place,
        "by": ", ".join(shown.byline.people),
        "section": shown.section,
        "language": shown.language,
        "translated": f"{shown.translated.verdict} {shown.translated.from_language or ''}".strip(),
        "access": _access(shown),
        "changed": _changes(shown.edits),
        "doubts": "; ".join(shown.flags),
        "url": shown.url,
    }
    return ((name, value) for name, value in facts.items() if value)


def _changes(edits: Sequence[Edit]) -> str:
    removed = sum(edit.kind == "remove" for edit in edits)
    counts = ((removed, "removed"), (len(edits) - removed, "repaired"))
    said = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{said}; see --removed" if said else ""


def _claim(claim: Claim) -> str:
    return f"{claim.value} ({claim.certainty})" if claim.value else ""


def _access(shown: Article) -> str:
    if not shown.access.truncated:
        return "complete"
    left = shown.access.percent_left
    return "truncated" if left is None else f"truncated, {left} % missing"


def removed(shown: Article) -> None:
    """Print every change to the text."""
    if not shown.edits:
        click.echo("nothing was changed")
        return
    edits = enumerate(ordered(shown.edits), 1)
    rows = [(n, f"{e.start}-{e.end}", e.label, e.rule, _change(shown, e)) for n, e in edits]
    table(("", "where", "what", "rule", "text"), rows, frozenset({0, 1}))


def _change(shown: Article, edit: Edit) -> str:
    taken = shown.raw[edit.start : edit.end]
    return taken if edit.kind == "remove" else f"{taken!r} became {edit.replacement!r}"


def evidence(shown: Article) -> None:
    """Print each claim with the words it rests on."""
    access = "truncated" if shown.access.truncated else "complete"
    rows = [
        *_quoted("source", shown.source),
        *_quoted("agency", shown.agency),
        *_quoted("published", shown.published),
        *_evidence_rows("access", access, shown.access.reasons),
        *_evidence_rows("translated", shown.translated.verdict, _translation_evidence(shown)),
        *(("flag", flag, "", "") for flag in shown.flags),
    ]
    table(("claim", "value", "evidence", "words"), rows)


def _translation_evidence(shown: Article) -> tuple[Evidence, ...]:
    """Return the evidence of a translation, the id of its original first."""
    original = shown.translated.original_id
    return (*((Evidence("original", original),) if original else ()), *shown.translated.evidence)


def _quoted(name: str, claim: Claim) -> list[tuple[str, str, str, str]]:
    value = f"{claim.value} ({claim.certainty})" if claim.value else "unknown"
    return _evidence_rows(name, value, claim.evidence)


def _evidence_rows(name: str, value: str, items: tuple[Evidence, ...]) -> list[tuple[str, str, str, str]]:
    if not items:
        return [(name, value, "", "")]
    return [(name, value, item.kind, " ".join(item.text.split())) for item in items]


def sources(rows: list[dict[str, Any]]) -> None:
    """Print the table of sources, with the three most frequent removals of each, and the learned lines."""
    headings = ("source", "articles", "first", "last", "truncated", "translated", "probable", "most removed")
    table(headings, [_source_row(row) for row in rows], frozenset({1, 4, 5, 6}))
    learned = [line for row in rows for line in _learned_rows(row)]
    if learned:
        click.echo()
        table(("learned in", "line", "rule", "times"), learned, frozenset({3}))


def _learned_rows(row: dict[str, Any], limit: int = 10) -> list[tuple[Any, ...]]:
    """Show the most frequent lines learned of a source; the label of their edits quotes them."""
    lines = [line for line in row["removed"] if line["rule"].startswith("template.")]
    return [(row["source"], r["label"].partition(": ")[2], r["rule"], r["count"]) for r in lines[:limit]]


def _source_row(row: dict[str, Any]) -> tuple[Any, ...]:
    most = ", ".join(f"{r['label']} {r['count']}" for r in row["removed"][:3])
    first, last = ((row[end] or "")[:10] for end in ("first", "last"))
    return (
        row["source"],
        row["articles"],
        first,
        last,
        row["truncated"],
        row["translated"],
        row["probable"],
        most,
    )
