"""Writing the next generation: changes in, a verified generation out."""

from __future__ import annotations

from engine.errors import IndexDamagedError
from engine.fields import NONE
from engine.model import Article
from engine.whoosh import schema
from engine.whoosh.generations import Generation
from engine.whoosh.publish import Draft, saying_why, seal
from engine.whoosh.segments import FOLDER, Segments
from engine.whoosh.snapshot import Index
from engine.whoosh.verify import smoke


class GenerationWriter:
    """A `Writer` into a draft: over nothing, or over the generation `before`."""

    def __init__(self, draft: Draft, before: Generation | None, jobs: int = 1) -> None:
        self._draft = draft
        self._report = "{}"
        if before:
            draft.carry(before, (name for name in before.manifest.files if name.startswith(f"{FOLDER}/")))
        self._segments = Segments(draft.path / FOLDER, jobs)

    def put(self, article: Article) -> None:
        """See `Writer.put`."""
        with saying_why(self._draft.root):
            self._segments.put(article)

    def delete(self, article_id: str) -> None:
        """See `Writer.delete`."""
        with saying_why(self._draft.root):
            self._segments.delete(article_id)

    def describe(self, report: str) -> None:
        """See `Writer.describe`."""
        self._report = report

    def finish(self) -> tuple[Generation, Index]:
        """Bring everything to disk and verify it; raises IndexDamagedError if it does not agree.

        Returns the sealed generation, and its index open for reading.
        """
        self._segments.commit()
        index = Index(self._draft.path / FOLDER)
        generation = seal(
            self._draft, schema.digest(), index.columns.articles, _languages(index), self._report
        )
        for problem in smoke(generation, index):
            raise IndexDamagedError(f"The new build is not sound and was dropped: {problem}")
        return generation, index

    def abandon(self) -> None:
        """Close the files of a draft that will not be published."""
        self._segments.abandon()


def _languages(index: Index) -> tuple[str, ...]:
    """Return the languages of the living articles."""
    return tuple(sorted(value for value in index.living_values("lang") if value != NONE))
