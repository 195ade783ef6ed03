"""The one pass over a document: read it, clean it, find out what it is.

Each step takes a `Draft` and gives a new one; nothing here knows where documents come from or go. A
document that fails becomes a `Failure` with its path and one sentence; it never stops the others.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from pathlib import Path

import compare
import indexer
from engine import analysis
from engine.edits import apply
from engine.model import Article
from indexer import cleaning, formats, language, metadata
from indexer.documents import Draft, Failure, Page, RawDocument
from indexer.identity import canonical_url
from indexer.language import translation

log = logging.getLogger(__name__)

OWN = (".py", ".toml", ".npz")
"""Code, rules, fitted weights."""


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """What an archive's owner can set, read once from `dateline.toml`."""

    read: formats.ReadSettings = field(default_factory=formats.ReadSettings)
    cleaning: cleaning.CleaningSettings = field(default_factory=cleaning.CleaningSettings)
    agencies: tuple[metadata.Agency, ...] = ()


def digest(settings: PipelineSettings) -> str:
    """Identify everything besides the documents that decides what articles come out.

    That is the settings, the rule packs they name, and the code and rules of this package and of those it
    compares articles by: after an upgrade, an update must not leave articles that a rebuild would make
    differently.
    """
    folders = (Path(str(package.__file__)).parent for package in (indexer, compare, analysis))
    own = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in OWN)
    rules = settings.cleaning
    switched = [(source, sorted(ids)) for source, ids in (("", rules.disabled), *rules.disabled_for)]
    chosen = (settings.read, switched, rules.keep, settings.agencies)
    state = hashlib.sha256(repr(chosen).encode())
    for path in (*own, *settings.cleaning.packs):
        state.update(path.read_bytes())
    return state.hexdigest()


class Pipeline:
    """Turns raw documents into articles. Loads its rules once; safe to use in a worker process."""

    def __init__(self, settings: PipelineSettings) -> None:
        self._packs = cleaning.load_packs(settings.cleaning)
        self._keep = settings.cleaning.keep
        self._agencies = metadata.load_agencies(settings.agencies)

    def process(self, document: RawDocument) -> Article | Failure:
        """Return the article (its id still the path), or why there is none."""
        try:
            return self.article(formats.load(document))
        except formats.DocumentError as error:
            return Failure(document.path, str(error))
        except Exception as error:
            log.debug("unexpected fault in %r", document.path, exc_info=True)
            return Failure(document.path, f"unexpected fault: {type(error).__name__}: {error}")

    def draft(self, page: Page) -> Draft:
        """Clean the page: furniture out, structure found, text repaired."""
        source = metadata.source_claim(page.declared).value
        stays = cleaning.kept_texts(self._keep, source, page.path)
        draft = cleaning.restore(Draft(page, edits=page.edits, flags=page.flags), stays)
        draft = cleaning.restore(cleaning.furniture(draft, self._packs.for_source(source)), stays)
        draft = cleaning.restore(metadata.structure(draft, self._agencies), stays)
        return cleaning.repair(draft)

    def article(self, page: Page) -> Article:
        """Clean and describe the page."""
        draft = self.draft(page)
        start, end = draft.body_span()
        body = apply(draft.text, draft.edits, start, end)
        if not body.strip():
            raise formats.DocumentError("no text is left besides title and page furniture")
        about = metadata.describe(draft, body, self._agencies)
        code = language.settle(body, page.declared.language)
        url = canonical_url(about.url)
        return Article(
            id=page.path,
            path=page.path,
            raw=draft.text,
            body=body,
            body_start=start,
            body_end=end,
            title=about.title,
            title_derived=about.title_derived,
            url=url,
            words=cleaning.word_count(body),
            language=code,
            section=about.section,
            source=about.source,
            agency=about.agency,
            published=about.published,
            dateline_place=about.dateline_place,
            byline=about.byline,
            access=about.access,
            translated=translation.judge(draft, start, end, code),
            flags=(*draft.flags, *about.flags),
            edits=draft.edits,
            foreign=language.foreign_paragraphs(draft.text, _paragraphs(draft, start, end), code)
            if code
            else (),
            sha256=hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).hexdigest(),
            fingerprint=page.fingerprint,
        )


def _paragraphs(draft: Draft, start: int, end: int) -> list[tuple[int, int]]:
    return [(line.start, line.end) for line in draft.lines() if start <= line.start and line.end <= end]
