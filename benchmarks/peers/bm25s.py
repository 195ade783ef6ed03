"""bm25s: scores of all articles computed ahead; no positions, no stored text, no updates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from benchmarks.peers import Ask, month
from benchmarks.queries import Question
from engine.model import Article

_ANSWERS = ("rare", "medium", "common", "or")


class Bm25s:
    """See `benchmarks.peers.Peer`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: list[str] = []
        self._keys: list[tuple[str, str]] = []
        self._stemmer = Stemmer.Stemmer("english")

    def add(self, articles: Sequence[Article]) -> None:
        """Keep texts until the end: the index is made in one piece."""
        self._texts += [f"{article.title} {article.body}" for article in articles]
        self._keys += [(article.source.value or "none", month(article)) for article in articles]

    def finish(self) -> None:
        """Tokenise, score, save."""
        tokens = bm25s.tokenize(self._texts, stopwords=None, stemmer=self._stemmer, show_progress=False)
        made = bm25s.BM25()
        made.index(tokens, show_progress=False)
        made.save(str(self._folder))
        (self._folder / "keys.json").write_text(json.dumps(self._keys), encoding="utf-8")

    def open(self) -> None:
        """Map the scores; number the facet values."""
        self._index = bm25s.BM25.load(str(self._folder), mmap=True)
        keys = json.loads((self._folder / "keys.json").read_text(encoding="utf-8"))
        self._facets = [np.unique(column, return_inverse=True)[1] for column in zip(*keys, strict=True)]

    def search(self, question: Question, ask: Ask) -> int | None:
        """Sum the scores of the words."""
        if question.kind not in _ANSWERS:
            return None
        stems = self._stemmer.stemWords(list(question.words))
        scores = self._index.get_scores([stem for stem in stems if stem in self._index.vocab_dict])
        np.argpartition(scores, -10)[-10:]
        if ask == "top":
            return -1
        found = np.flatnonzero(scores)
        for facet in self._facets:
            np.bincount(facet[found])
        return len(found)
