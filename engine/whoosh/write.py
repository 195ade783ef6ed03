"""Writing the next generation: changes in, a verified generation out."""

from __future__ import annotations

from pathlib import Path

from engine.errors import IndexDamagedError
from engine.model import Article, Entry
from engine.whoosh import schema
from engine.whoosh.entries import Spool
from engine.whoosh.generations import Generation
from engine.whoosh.publish import Draft, saying_why, seal
from engine.whoosh.segments import FOLDER, Segments
from engine.whoosh.verify import smoke


class GenerationWriter:
    """A `Writer` into a draft: over nothing, or over the generation `before`."""

    def __init__(self, draft: Draft, before: Generation | None) -> None:
        self._draft = draft
        self._before: Path | None = before.path if before else None
        self._report = "{}"
        if before:
            draft.carry(before, (name for name in before.manifest.files if name.startswith(f"{FOLDER}/")))
        self._segments = Segments(draft.path / FOLDER)
        self._entries = Spool(draft.path)

    def put(self, article: Article) -> None:
        """See `Writer.put`."""
        with saying_why(self._draft.root):
            self._segments.put(article)
            self._entries.put(Entry.of(article))

    def delete(self, article_id: str) -> None:
        """See `Writer.delete`."""
        with saying_why(self._draft.root):
            self._segments.delete(article_id)
            self._entries.delete(article_id)

    def describe(self, report: str) -> None:
        """See `Writer.describe`."""
        self._report = report

    def finish(self) -> Generation:
        """Bring everything to disk and verify it; raises IndexDamagedError if it does not agree."""
        self._segments.commit()
        summary = self._entries.finish(self._before)
        generation = seal(self._draft, schema.digest(), summary.articles, summary.languages, self._report)
        for problem in smoke(generation):
            raise IndexDamagedError(f"The new build is not sound and was dropped: {problem}")
        return generation

    def abandon(self) -> None:
        """Close the files of a draft that will not be published."""
        self._segments.abandon()
