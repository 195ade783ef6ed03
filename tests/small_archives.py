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

_PLACES = ("Lerrin", "Osk", "Tavira", "Mellgate", "Quill", "Draskholm", "Vennora", "Pellick", "Ansa")
_WHO = ("teacher", "sailor", "judge", "baker", "doctor", "farmer", "printer", "miner", "nurse", "clerk")
_DID = ("sold", "found", "mended", "counted", "carried", "painted", "lost", "measured", "hid", "copied")
_WHAT = ("ladder", "ledger", "kettle", "bridge", "window", "engine", "barrel", "anchor", "orchard", "piano")
_WHEN = ("before the rain", "after the market", "during the strike", "on a quiet evening", "in winter")


def story(seed: int, sentences: int = 12) -> str:
    """Return a text that has hardly a phrase in common with one of another seed."""
    chance = random.Random(seed)  # noqa: S311 - the same text each time
    return " ".join(_sentence(chance) for _ in range(sentences))


def _sentence(chance: random.Random) -> str:
    who, did, what, when = (chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHEN))
    place, worth = chance.choice(_PLACES), chance.randrange(100, 999)
    return f"The {who} of {place} {did} a {what} worth {worth} crowns {when}."


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
