"""The words of a generation, for suggestions: asked only when a search found next to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.distance import similar
from engine.matching import DEFAULT
from engine.opensearch.client import Cluster, part
from engine.opensearch.compile import Known, compile_query
from engine.opensearch.schema import words_name
from engine.query import Term

_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class ClusterVocabulary:
    """What `engine.suggest` asks about the words of an index."""

    cluster: Cluster
    index: str
    known: Known

    def frequency(self, word: str) -> int:
        """How many articles the word finds, its other forms included."""
        body = {"query": compile_query(Term(word), self.known)}
        return int(self.cluster.ask("POST", f"/{part(self.index)}/_count", body)["count"])

    def similar(self, word: str, limit: int) -> Iterable[tuple[str, int]]:
        """Return the words of titles and bodies like a word, and about how many articles have each."""
        suggesters = {field.name: self._suggester(words_name(field), word, limit) for field in DEFAULT}
        body = {"size": 0, "suggest": suggesters}
        found = self.cluster.ask("POST", f"/{part(self.index)}/_search", body).get("suggest", {})
        counts: Counter[str] = Counter()
        for parts in found.values():
            for option in (option for one in parts for option in one["options"]):
                counts[option["text"]] += option["freq"]
        return [(term, count) for term, count in counts.items() if similar(word, term, limit)]

    def _suggester(self, field: str, word: str, limit: int) -> dict[str, object]:
        return {
            "text": word,
            "term": {
                "field": field,
                "size": _CANDIDATES,
                "max_edits": limit,
                "prefix_length": 1,
                "min_word_length": 4,
                "suggest_mode": "always",
                "sort": "frequency",
                "accuracy": 0.0,
                "max_term_freq": 1e9,
                "shard_size": _CANDIDATES * 10,
            },
        }
