"""What is said of a text by itself, measured: its style, what is left of another language, and the verdict.

English is measured on texts of years, systems and outlets the model was not fitted on; German, for which
there are too few, by models fitted on nine tenths of the texts and asked about the rest. Texts that were
English, made German and English again are a control: their topics are those of originals.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import language
from indexer.documents import Declared, Draft, Page
from indexer.language.translation import residue
from indexer.language.translation.evidence import Reading
from indexer.language.translation.style import LONG_ENOUGH
from indexer.language.translation.style.model import model

Figures = Iterator[tuple[str, float]]
Scores = NDArray[np.float64]

ORIGINALS = ("original", "bbc_2005", "reuters21578", "masakhanews")
TRANSLATIONS = ("human", "machine")
CONTROL = "round trip"
OTHERS = {"masakhanews fr": ("masakhanews", "fra", "fr"), "fakebr_pt pt": ("fakebr_pt", None, "pt")}


def english(data: Path, most: int) -> dict[str, list[str]]:
    """Return English texts that are long enough for style, by what they are; of each kind `most`."""
    found: dict[str, list[str]] = {kind: [] for kind in (*ORIGINALS, *TRANSLATIONS, CONTROL)}
    for row in language.read(data / "translation" / "en_dev.jsonl.gz"):
        if row["split"] == "test":
            kind = CONTROL if "roundtrip" in row["system"] else row["label"].partition("_")[0]
            found[kind].append(row["doc_text"])
    for name in ORIGINALS[1:]:
        found[name] = news(data, name, "eng" if name == "masakhanews" else None)
    return {
        kind: [text for text in texts if len(text.split()) >= LONG_ENOUGH][:most]
        for kind, texts in found.items()
    }


def news(data: Path, name: str, wanted: str | None) -> list[str]:
    """Return the texts of a collection, in one language or all."""
    rows = language.read(data / "news" / f"{name}.jsonl.gz")
    return [row.get("text") or "" for row in rows if wanted is None or row["lang"] == wanted]


def styles(data: Path, most: int) -> Figures:
    """Measure the style models: how they rank, and what they find at the thresholds they come with."""
    scores, likely, possible = {}, {}, {}
    for kind, texts in english(data, most).items():
        scores[kind], likely[kind], possible[kind] = scored(texts)
        yield f"style.en.{kind}.texts", len(texts)
        yield f"style.en.{kind}.likely", beyond(scores[kind], likely[kind])
        yield f"style.en.{kind}.possible", beyond(scores[kind], possible[kind])
    for kind in (*TRANSLATIONS, CONTROL):
        yield f"style.en.{kind}.auc", auc(scores[kind], scores["original"])
    yield from german(data)


def scored(texts: Sequence[str]) -> tuple[Scores, Scores, Scores]:
    """Return the scores of English texts, and their two thresholds."""
    known = model("en")
    assert known is not None, "there is a model for English"
    limits = np.array([known.limits(len(text.split())) for text in texts]).reshape(-1, 3)
    return np.array([known.score(text) for text in texts]), limits[:, 0], limits[:, 1]


def german(data: Path) -> Figures:
    """Measure the German model by cross-validation, if scikit-learn is there."""
    try:
        from benchmarks import train_style
    except ImportError:
        return
    given = list(train_style.texts("de", data))
    known = model("de")
    assert known is not None, "there is a model for German"
    scores = train_style.held_out(given, "de")
    likely = np.array([known.limits(len(item.text.split()))[0] for item in given])
    for kind in ("source", "translation"):
        chosen = np.array([(item.kind == "source") == (kind == "source") for item in given])
        yield f"style.de.{kind}.texts", float(chosen.sum())
        yield f"style.de.{kind}.likely", beyond(scores[chosen], likely[chosen])
    labels = np.array([item.translated for item in given])
    yield "style.de.translation.auc", auc(scores[labels], scores[~labels])


def beyond(scores: Scores, thresholds: Scores) -> float:
    """Return the share of scores that reach their thresholds."""
    return float(np.mean(scores >= thresholds)) if len(scores) else 0.0


def auc(higher: Scores, lower: Scores) -> float:
    """Return how often a text of the first kind scores above one of the second; a tie counts half."""
    below = np.searchsorted(np.sort(lower), higher, "left")
    level = np.searchsorted(np.sort(lower), higher, "right")
    return float(np.mean(below + level) / 2 / len(lower)) if len(higher) and len(lower) else 0.0


def verdicts(data: Path, most: int) -> Figures:
    """Measure what the whole function says of a text alone, and how fast."""
    collections = {kind: ("en", texts) for kind, texts in english(data, most).items()}
    for name, (collection, code, spoken) in OTHERS.items():
        collections[name] = spoken, news(data, collection, code)[:most]
    said = {}
    start, many = time.process_time(), 0
    for kind, (spoken, texts) in collections.items():
        said[kind] = [language.verdict(text, spoken).verdict for text in texts]
        many += len(texts)
    yield "text.per second", many / (time.process_time() - start)
    for kind, (spoken, texts) in collections.items():
        yield f"text.{kind}.texts", len(texts)
        for verdict in ("translated", "probable"):
            yield f"text.{kind}.{verdict}", said[kind].count(verdict) / max(len(texts), 1)
        yield f"text.{kind}.residue", sum(_residue(text, spoken) for text in texts) / max(len(texts), 1)
    yield from together({kind: said[kind] for kind in (*ORIGINALS, *TRANSLATIONS)})


def together(said: Mapping[str, Sequence[str]]) -> Figures:
    """Put all originals together, and all translations."""
    originals = [verdict for kind in ORIGINALS for verdict in said[kind]]
    translations = [verdict for kind in TRANSLATIONS for verdict in said[kind]]
    flagged = ("translated", "probable")
    yield "text.originals", len(originals)
    yield "text.false", sum(verdict in flagged for verdict in originals) / max(len(originals), 1)
    yield "text.false translated", originals.count("translated") / max(len(originals), 1)
    yield "text.recall", sum(verdict in flagged for verdict in translations) / max(len(translations), 1)


def _residue(text: str, spoken: str) -> bool:
    draft = Draft(Page("benchmark.txt", text, Declared(), ""))
    return any(item.ceiling != "none" for item in residue.witness(Reading.of(draft, 0, len(text), spoken)))
