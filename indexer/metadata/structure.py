"""Structure: where title, date, byline, dateline, credit and sign-off stand in the text.

What is found becomes `Finding`s for `describe`, and edits that take it out of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.model import Edit
from indexer.documents import Draft, Finding, Line
from indexer.language.translation import credits as translation_credits
from indexer.metadata import bylines, credit_lines, datelines, signoffs, titles
from indexer.metadata.agencies import Agencies, load_agencies
from indexer.metadata.attribution import source_claim

VERSION = "metadata-1"
"""The version of these finders, noted in each edit."""

TAIL = 6
"""Credits and sign-offs stand in the last lines, at most so many."""

UNDER_TITLE = 4
"""At most so many lines between the title and the first sentence: date, byline, agency."""

MOSTLY = 0.8
"""A credit fills so much of its line; the rest is brackets and stops."""

_BETWEEN_DIVIDERS = re.compile(r"[^\s|•·](?:[^|•·]*[^\s|•·])?")


@dataclass(frozen=True, slots=True)
class _Context:
    """What every finder needs besides the line."""

    text: str
    agencies: Agencies
    language: str | None
    outlet: str | None


def structure(draft: Draft, agencies: Agencies | None = None) -> Draft:
    """Find the parts of the article around its body.

    Args:
        draft: after the site's furniture was taken out.
        agencies: the news agencies to know; those of `agencies.toml` when None.

    Returns:
        The draft with its title line, findings and edits; unchanged when no body would be left.

    """
    declared = draft.page.declared
    outlet = source_claim(declared).value
    context = _Context(draft.text, agencies or load_agencies(), declared.language, outlet)
    lines = draft.lines()
    dated = tuple(_date_line(lines[0])) if len(lines) > 2 else ()
    first = 1 if dated else 0
    starts_body = bool(lines[first:]) and _read_dateline(lines[first], context) is not None
    title = None if starts_body else titles.find(lines[first:], draft.text, declared.title)
    body = lines[first + 1 :] if title else lines[first:]
    findings = [*dated, *_glued_date(title, context), *_around(body, context)]
    result = draft.with_title(title.start, title.end) if title else draft
    result = result.with_findings(*findings)
    start, end = result.body_span()
    return result if start < end else draft


def _around(lines: Sequence[Line], context: _Context) -> Iterator[Finding]:
    """Find what stands above and below the body, which keeps at least one line."""
    top = 0
    for line in lines[: min(UNDER_TITLE, len(lines) - 1)]:
        found = tuple(_heading(line, context))
        if not found:
            break
        yield from found
        top += 1
    body = lines[top:]
    opening = tuple(_dateline(body[0], context)) if body else ()
    yield from opening
    yield from _tail(body[1:] if opening else body, context)


def _heading(line: Line, context: _Context) -> Iterator[Finding]:
    """Read a line under the title, or nothing unless all of it is understood."""
    parts = _parts(line) if len(line.text) <= bylines.MAX_LENGTH else []
    found = [tuple(_heading_part(part, context)) for part in parts]
    if found and all(found):
        kind = found[0][0].kind
        yield _found(kind, "", line, "date" if kind == "date line" else kind)
        yield from (finding for part in found for finding in part)


def _parts(line: Line) -> list[Line]:
    """Cut `By Jane Doe | 14 November 2023` at its dividers."""
    return [
        Line(line.start + m.start(), line.start + m.end(), m[0])
        for m in _BETWEEN_DIVIDERS.finditer(line.text)
    ]


def _heading_part(part: Line, context: _Context) -> Iterator[Finding]:
    byline = bylines.read(part.text, context.agencies, context.language)
    sign = signoffs.read(part.text, context.agencies, context.language)
    if byline:
        yield from (_found("byline", "author", part, value=name) for name in byline.names)
        if byline.agency:
            yield _found("byline", "agency", part, value=byline.agency.name)
        elif not byline.names:
            yield _found("byline", "", part)
    elif sign and sign.start == 0 and sign.agency and not sign.desk:
        yield _found("byline", "agency", part, value=sign.agency.name)
    elif titles.is_date(part.text):
        yield _found("date line", "published", part, value=part.text)


def _date_line(line: Line) -> Iterator[Finding]:
    if len(line.text) <= bylines.MAX_LENGTH and titles.is_date(line.text):
        yield _found("date line", "", line, "date")
        yield _found("date line", "published", line, value=line.text)


def _glued_date(title: titles.TitleLine | None, context: _Context) -> Iterator[Finding]:
    if title and title.date:
        start, end = title.date
        words = context.text[start:end]
        edit = _removal(Line(title.end, end, context.text[title.end : end]), "date")
        yield Finding("date glued to the headline", "published", words, start, end, edit)


def _read_dateline(line: Line, context: _Context) -> datelines.Dateline | None:
    return datelines.read(line.text, context.agencies, context.language, context.outlet)


def _dateline(line: Line, context: _Context) -> Iterator[Finding]:
    found = _read_dateline(line, context)
    if found is None:
        return
    span = Line(line.start, line.start + found.end, line.text[: found.end])
    yield _found("dateline", "", span, "dateline")
    if found.agency:
        yield _found("dateline", "agency", span, value=found.agency.name)
    if found.place:
        yield _found("dateline", "dateline_place", span, value=found.place)
    if found.date:
        start, end = found.date
        words = line.text[start:end]
        yield Finding("dateline", "published", words, line.start + start, line.start + end)


def _tail(lines: Sequence[Line], context: _Context) -> Iterator[Finding]:
    """Read the last lines upwards; a credit may stand above lines that are neither."""
    last = True
    for line in reversed(lines[-TAIL:]):
        found = tuple(_closing(line, context, last=last))
        yield from found
        last = last and bool(found) and found[0].start == line.start


def _closing(line: Line, context: _Context, *, last: bool) -> Iterator[Finding]:
    """Read one of the last lines; only the `last` one may end with a credit instead of being one."""
    credit = credit_lines.read(line.text, context.agencies, context.language)
    sign = signoffs.read(line.text, context.agencies, context.language) if last else None
    if credit and (last or credit.start == 0):
        yield from _credit(_part(line, credit.start, credit.end), credit)
    elif sign:
        yield from _sign_off(_part(line, sign.start, sign.end), sign)
    else:
        yield from _translation(line)


def _translation(line: Line) -> Iterator[Finding]:
    """Read a line that says it all is a translation, and from which language."""
    if len(line.text) > bylines.MAX_LENGTH:
        return
    for _, credit in translation_credits.find([line.text]):
        if credit.language and credit.end - credit.start >= MOSTLY * len(line.text):
            yield _found("translation credit", "translated_from", line, "translation credit", credit.language)
            return


def _credit(span: Line, credit: credit_lines.Credit) -> Iterator[Finding]:
    yield _found("credit", "", span, "agency credit")
    if credit.agency:
        yield _found("credit", "agency", span, value=credit.agency.name)
    yield from (_found("credit", role, span, value=name) for role, name in credit.people)


def _sign_off(span: Line, sign: signoffs.SignOff) -> Iterator[Finding]:
    kind = "sign-off" if sign.agency else "desk slug"
    yield _found(kind, "", span, kind)
    if sign.agency:
        yield _found(kind, "agency", span, value=sign.agency.name)
    if sign.desk:
        yield _found(kind, "desk", span, value=sign.desk)


def _part(line: Line, start: int, end: int) -> Line:
    return Line(line.start + start, line.start + end, line.text[start:end])


def _found(kind: str, field: str, span: Line, label: str | None = None, value: str = "") -> Finding:
    return Finding(kind, field, value, span.start, span.end, _removal(span, label) if label else None)


def _removal(span: Line, label: str) -> Edit:
    rule = f"metadata.{label.replace(' ', '-')}"
    return Edit(span.start, span.end, "", "remove", rule, label, VERSION, evidence=span.text.strip()[:200])
