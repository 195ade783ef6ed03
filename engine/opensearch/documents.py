"""Articles as the cluster keeps them, and back. Many at once, since the tokeniser likes long texts."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import article_json
from engine.analysis.vector import TokenBatch, stem_batch, tokenize_batch
from engine.dates import UNDATED, first_moment
from engine.edits import body_of
from engine.errors import IndexDamagedError
from engine.fields import FIELDS, Field
from engine.model import Article, Entry
from engine.opensearch.schema import escape, group_key, keyword, unescape, words_name

_ANALYSED = tuple(field for field in FIELDS if field.kind == "text" or field.words)
_KEYWORDS = tuple(field for field in FIELDS if field.kind == "keyword")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Document:
    """An article on its way: the id the cluster knows it by, and its JSON."""

    key: str
    source: str


def document_key(article_id: str) -> str:
    """Return the id of an article in the cluster, which takes at most 512 bytes: 32 hexadecimal digits."""
    return hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def documents(articles: Sequence[Article]) -> Iterator[Document]:
    """Analyse articles and write them as documents, in the same order."""
    words = _Words(articles)
    for number, article in enumerate(articles):
        source = _plain(article) | words.of(number, article)
        yield Document(document_key(article.id), _ENCODER.encode(source))


def _plain(article: Article) -> dict[str, Any]:
    """Return all fields that need no analysis."""
    moment = first_moment(article.published.value)
    return {
        "id": keyword(article.id),
        "path": keyword(article.path),
        **({} if moment == UNDATED else {"moment": moment}),
        "copies": group_key(article, "copies"),
        "story": group_key(article, "story"),
        "article": _stored(article),
        "entry": _dump(astuple(Entry.of(article))),
        **{field.name: [keyword(value) for value in field.values(article)] for field in _KEYWORDS},
    }


class _Words:
    """The analysed fields of some articles."""

    def __init__(self, articles: Sequence[Article]) -> None:
        texts: list[str] = []
        self._places: dict[tuple[int, str], range] = {}
        for number, article in enumerate(articles):
            for field in _ANALYSED:
                values = field.values(article)
                self._places[number, field.name] = range(len(texts), len(texts) + len(values))
                texts += values
        batch = tokenize_batch(texts)
        self._first = np.searchsorted(batch.text, np.arange(len(texts) + 1))
        self._tokens = batch.term
        self._terms = np.array([*batch.terms, ""], dtype=object)[:-1]
        self._stems = _stems(batch, self._first, self._languages(articles))

    def _languages(self, articles: Sequence[Article]) -> dict[str | None, list[int]]:
        """Return which stemmed texts are in which language."""
        found: defaultdict[str | None, list[int]] = defaultdict(list)
        stemmed = [field.name for field in _ANALYSED if field.stemmed]
        for number, article in enumerate(articles):
            for name in stemmed:
                found[article.language].extend(self._places[number, name])
        return found

    def of(self, number: int, article: Article) -> dict[str, Any]:
        """Return the analysed fields of one article."""
        found: dict[str, Any] = {}
        repeated: list[str] = []
        for field in _ANALYSED:
            places = self._places[number, field.name]
            found[words_name(field)] = [self._joined(self._terms, place) for place in places]
            if field.stemmed:
                stems = [self._joined(self._stems[article.language], place) for place in places]
                found[f"{field.name}_stems"] = stems
                repeated += stems * (_times(field) - 1)
        return {**found, "stems": repeated}

    def _joined(self, terms: NDArray[np.object_], place: int) -> str:
        tokens = self._tokens[self._first[place] : self._first[place + 1]]
        return " ".join(terms[tokens].tolist())


def _times(field: Field) -> int:
    """Return how often a stem of a field stands in `stems`: once by `copy_to`, the others written out."""
    return max(1, round(field.weight))


def _stems(
    batch: TokenBatch, first: NDArray[np.int64], languages: Mapping[str | None, Sequence[int]]
) -> dict[str | None, NDArray[np.object_]]:
    """Return for each language the stem of each term that its texts use."""
    found = {}
    for language, texts in languages.items():
        spans = [batch.term[first[text] : first[text + 1]] for text in texts]
        used = np.unique(np.concatenate(spans))
        stems = np.full(len(batch.terms), "", dtype=object)
        stems[used] = stem_batch([batch.terms[number] for number in used.tolist()], language)
        found[language] = stems
    return found


# --- what is stored ----------------------------------------------------------------------------


def _dump(value: Any) -> str:
    return escape(_ENCODER.encode(value))


def _stored(article: Article) -> str:
    """Return an article as JSON text, without a body that follows from the rest."""
    data = article_json.to_dict(article)
    if body_of(article) == article.body:
        del data["body"]
    return _dump(data)


def article_of(source: Mapping[str, Any]) -> Article:
    """Return the article of a document; raises IndexDamagedError when it holds none."""
    try:
        data = json.loads(unescape(source["article"]))
        article = article_json.from_dict({"body": "", **data})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(error) from error
    return article if "body" in data else replace(article, body=body_of(article))


def entry_of(source: Mapping[str, Any]) -> Entry:
    """Return the entry of a document; raises IndexDamagedError when it holds none."""
    names = (field.name for field in fields(Entry))
    try:
        parts: dict[str, Any] = dict(zip(names, json.loads(unescape(source["entry"])), strict=True))
        parts["flags"] = tuple(parts["flags"])
        parts["removed"] = tuple((rule, label, count) for rule, label, count in parts["removed"])
        return Entry(**parts)
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> IndexDamagedError:
    return IndexDamagedError(
        f"A document of the cluster can not be read ({type(error).__name__}); "
        "run `dateline index` to rebuild the index."
    )
