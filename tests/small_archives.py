"""Small archives as a build lays them out: invented texts, through the pipeline, in rows."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence

from engine.model import Article, Entry
from indexer.archive import Processed, Relations, Rows, Spool, settle
from indexer.cleaning import Keep
from indexer.documents import Declared, Failure, RawDocument
from indexer.pipeline import Pipeline, PipelineSettings

_SYLLABLES = ("ler", "osk", "ta", "vi", "mel", "gate", "qui", "dras", "holm", "ven", "no", "pel", "kor")
_WHEN = ("before the rain", "after the market", "during the strike", "on a quiet evening", "in winter")


def story(seed: int, sentences: int = 12) -> str:
    """Return a text that has hardly a phrase in common with one of another seed, and other words."""
    chance = random.Random(seed)  # noqa: S311 - the same text each time
    words = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(16)]
    return " ".join(_sentence(chance, words) for _ in range(sentences))


def _sentence(chance: random.Random, words: list[str]) -> str:
    who, did, what, place = (chance.choice(words[first::4]) for first in range(4))
    worth, when = chance.randrange(100, 999), chance.choice(_WHEN)
    return f"The {who} of {place.capitalize()} {did}ed a {what} worth {worth} crowns {when}."


def document(
    path: str, text: str, source: str | None = "Courier", published: str | None = None
) -> RawDocument:
    """Return a document of plain text."""
    about = repr((path, text, source, published)).encode()
    claims = Declared(source=source, published=published)
    return RawDocument(path, text, "text", claims, hashlib.sha256(about).hexdigest())


def processed(item: RawDocument) -> Article:
    """Return the article the pipeline makes of a document."""
    outcome = Pipeline(PipelineSettings()).process(item)
    assert not isinstance(outcome, Failure), outcome
    return outcome


def new_rows(spool: Spool, items: Sequence[RawDocument], keep: Sequence[Keep] = ()) -> Rows:
    """Lay out documents none of which is indexed yet."""
    rows = Rows({}.get, spool, keep)
    for item in items:
        rows.add(Processed.of(processed(item)), item.path)
    return rows


def indexed(relations: Relations) -> dict[str, Article]:
    """Return what an index would hold: every article settled, by id."""
    rows = relations.rows
    return {
        rows[n].id: settle(relations.article(n), rows.signature(n), relations.facts(n), relations.article)
        for n in range(len(rows))
    }


def kept_rows(spool: Spool, index: Mapping[str, Article], keep: Sequence[Keep] = ()) -> Rows:
    """Lay out the articles of an index as unchanged."""
    rows = Rows(index.get, spool, keep)
    for article in index.values():
        rows.keep(Entry.of(article), article.id)
    return rows
