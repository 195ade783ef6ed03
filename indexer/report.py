"""The build report: what was read, what failed and why, what was removed, by source and language.

It is computed from `engine.model.Entry` alone, so that an update reports the whole archive exactly as
a rebuild would. `as_dict` is what `--json` prints and what the index keeps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from engine.model import Entry
from indexer.documents import Failure

UNKNOWN = "none"
"""How the report calls a missing source or language, as the facets do."""


@dataclass(slots=True)
class SourceTally:
    """Running totals of one source."""

    articles: int = 0
    words: int = 0
    truncated: int = 0
    translated: int = 0
    probable: int = 0
    first: str | None = None
    last: str | None = None
    languages: Counter[str] = field(default_factory=Counter)
    removed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, entry: Entry) -> None:
        """Count one article."""
        self.articles += 1
        self.words += entry.words
        self.truncated += entry.truncated
        self.translated += entry.verdict == "translated"
        self.probable += entry.verdict == "probable"
        self.languages[entry.language or UNKNOWN] += 1
        for rule, label, count in entry.removed:
            self.removed[rule, label] += count
        if entry.published:
            self.first = min(self.first or entry.published, entry.published)
            self.last = max(self.last or entry.published, entry.published)

    def as_dict(self, name: str) -> dict[str, Any]:
        """Return the row of this source."""
        return {
            "source": name,
            "articles": self.articles,
            "words": self.words,
            "first": self.first,
            "last": self.last,
            "truncated": self.truncated,
            "translated": self.translated,
            "probable": self.probable,
            "languages": dict(self.languages.most_common()),
            "removed": removed_rows(self.removed),
        }


class Report:
    """Collects entries and failures of one build.

    `regrouped` documents did not change, but what the rest of the archive says of them did.
    """

    def __init__(self) -> None:
        self._sources: dict[str, SourceTally] = {}
        self._flags: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.added = self.changed = self.unchanged = self.regrouped = self.deleted = 0
        self.seconds = 0.0

    def add(self, entry: Entry) -> None:
        """Count one indexed article."""
        self._sources.setdefault(entry.source or UNKNOWN, SourceTally()).add(entry)
        self._flags.update({flag.partition(":")[0] for flag in entry.flags})

    def fail(self, failure: Failure) -> None:
        """Note a document that could not be indexed."""
        self.failures.append(failure)

    @property
    def documents(self) -> int:
        """How many articles the index holds."""
        return sum(tally.articles for tally in self._sources.values())

    @property
    def touched(self) -> int:
        """How many documents were written or deleted."""
        return self.added + self.changed + self.regrouped + self.deleted

    def as_dict(self) -> dict[str, Any]:
        """Return the whole report, ready for JSON."""
        tallies = self._sources.values()
        done = self.added + self.changed + len(self.failures)
        return {
            "documents": self.documents,
            "words": sum(t.words for t in tallies),
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "regrouped": self.regrouped,
            "deleted": self.deleted,
            "failed": len(self.failures),
            "failures": [{"path": f.path, "reason": f.reason} for f in self.failures],
            "truncated": sum(t.truncated for t in tallies),
            "translated": sum(t.translated for t in tallies),
            "probable": sum(t.probable for t in tallies),
            "languages": dict(sum((t.languages for t in tallies), Counter[str]()).most_common()),
            "flags": dict(self._flags.most_common()),
            "removed": removed_rows(sum((t.removed for t in tallies), Counter[tuple[str, str]]())),
            "sources": [t.as_dict(name) for name, t in self._ranked()],
            "seconds": round(self.seconds, 3),
            "documents_per_second": round(done / self.seconds, 1) if self.seconds else 0.0,
        }

    def _ranked(self) -> list[tuple[str, SourceTally]]:
        return sorted(self._sources.items(), key=lambda row: (-row[1].articles, row[0]))


def removed_rows(removed: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    """List removed spans by rule, most frequent first."""
    ranked = sorted(removed.items(), key=lambda row: (-row[1], row[0]))
    return [{"rule": rule, "label": label, "count": count} for (rule, label), count in ranked]
