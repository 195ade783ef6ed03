"""Fit the style models: `python -m benchmarks.train_style --data DIR [--language en]`.

DIR (or DATELINE_DATA) names the folder that holds `data/`, or `data/` itself; read are
`translation/en_dev.jsonl.gz` and `translation/pairs_dev.jsonl.gz`. Writes
`indexer/language/translation/style/LANGUAGE.npz`, at most 60 KB. Thresholds come from originals alone,
scored by models that have not seen them (grouped cross-validation). N-grams are chosen by frequency:
chosen by weight they leak what they were chosen on into the thresholds.

Needs scikit-learn (the dependency group `bench`).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks import thirdparty
from indexer.language.translation import style as package
from indexer.language.translation.style.model import grams
from indexer.language.translation.style.shapes import shapes, style

FOLDER = Path(package.__file__).parent
SIZE = 8000
"""N-grams in a model."""
LEAST = 8
"""Texts an n-gram stands in, at least."""
STRENGTH = 10.0
"""Inverse of the regularisation."""
FOLDS = 10
LIKELY, POSSIBLE = 0.008, 0.05
"""The shares of originals allowed beyond the two thresholds."""
UNLIKELY = -0.5
LENGTHS = (200, 300, 400)
"""Words to which texts are cut for the thresholds; the last ones hold for whole texts."""
Floats = NDArray[np.float64]
Counts = tuple[NDArray[np.uint32], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text; texts of one `group` (one original and all that was made of it) stay together."""

    text: str
    translated: bool
    group: str
    kind: str
    weight_of: str
    test: bool = False


def main() -> None:
    """Fit and write one model or both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    thirdparty.add_argument(parser)
    parser.add_argument("--language", choices=("en", "de"), action="append", help="default: both")
    arguments = parser.parse_args()
    for language in arguments.language or ("en", "de"):
        fit(language, [text for text in texts(language, arguments.data) if not text.test])


def texts(language: str, data: Path) -> Iterator[Text]:
    """Yield the labelled texts in a language."""
    if language == "en":
        for row in rows(data / "translation" / "en_dev.jsonl.gz"):
            label = row["label"]
            of = "|".join(map(str, (label, row["collection"], row["source_lang"])))
            test = row["split"] == "test"
            yield Text(row["doc_text"], label != "original", str(row["group"]), label, of, test)
    for row in rows(data / "translation" / "pairs_dev.jsonl.gz") if language != "en" else ():
        if row["lang"] == language:
            of = f"{row['role']}|{row['collection']}"
            yield Text(row["doc_text"], row["role"] != "source", row["pair_id"], row["role"], of)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Read gzipped JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def fit(language: str, given: Sequence[Text]) -> None:
    """Fit a model of a language and write it."""
    counted = counts([item.text for item in given], language)
    chosen = frequent([found for found, _ in counted])
    labels = np.array([item.translated for item in given])
    weights = balanced(given)
    table, idf = weighed(counted, chosen)
    fitted = train(table, labels, weights)
    thresholds = []
    for length in LENGTHS:
        cut = table if length == LENGTHS[-1] else shortened(given, language, length, chosen, idf)
        scores = unseen(table, cut, labels, weights, [item.group for item in given])
        enough = np.array([len(item.text.split()) >= length for item in given]) | (length == LENGTHS[-1])
        originals = scores[~labels & enough]
        likely, possible = (float(np.quantile(originals, 1 - share)) for share in (LIKELY, POSSIBLE))
        thresholds.append((likely, possible, UNLIKELY))
    scale = float(np.abs(fitted.coef_[0]).max() / 127)
    np.savez_compressed(
        FOLDER / f"{language}.npz",
        shapes=np.frombuffer("\n".join(numbered(language)).encode(), np.uint8),
        grams=chosen,
        idf=idf.astype(np.float16),
        weights=np.round(fitted.coef_[0] / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=np.float32(fitted.intercept_[0]),
        lengths=np.array(LENGTHS, np.float32),
        thresholds=np.array(thresholds, np.float32).T,
    )
    found = np.mean(scores[labels] >= thresholds[-1][0])
    size = (FOLDER / f"{language}.npz").stat().st_size
    print(
        f"{language}: {len(given)} texts, {int((~labels).sum())} originals, thresholds by length"
        f" {', '.join(f'{row[0]:.2f}' for row in thresholds)}, recall {found:.3f}, {size} bytes"
    )


def held_out(given: Sequence[Text], language: str) -> Floats:
    """Score every text by a model fitted on the others alone."""
    counted = counts([item.text for item in given], language)
    table, _ = weighed(counted, frequent([found for found, _ in counted]))
    labels = np.array([item.translated for item in given])
    return unseen(table, table, labels, balanced(given), [item.group for item in given])


def frequent(found: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """Return the n-grams that stand in the most texts, sorted."""
    known, texts_with = np.unique(np.concatenate(found), return_counts=True)
    order = np.lexsort((known, -texts_with))[:SIZE]
    return np.sort(known[order[texts_with[order] >= LEAST]])


def shortened(
    given: Sequence[Text], language: str, length: int, chosen: NDArray[np.uint32], idf: Floats
) -> csr_matrix:
    """Return the table of the texts cut to so many words."""
    cut = [" ".join(item.text.split()[:length]) for item in given]
    return weighed(counts(cut, language), chosen, idf)[0]


def counts(given: Sequence[str], language: str) -> list[Counts]:
    """Count the n-grams of each text."""
    numbers = numbered(language)
    return [np.unique(grams(shapes(text, language), numbers), return_counts=True) for text in given]


def numbered(language: str) -> dict[str, int]:
    """Number the shapes of a language from 1."""
    kept = style(language)
    assert kept is not None, f"no function words for {language}"
    return {shape: number for number, shape in enumerate(kept.shapes, 1)}


def weighed(
    counted: Sequence[Counts], chosen: NDArray[np.uint32], idf: Floats | None = None
) -> tuple[csr_matrix, Floats]:
    """Return the table of weighed n-grams, one row per text scaled to length 1, and their idf."""
    columns, values, ends = [], [], [0]
    for found, counts in counted:
        place = np.minimum(np.searchsorted(chosen, found), len(chosen) - 1)
        known = chosen[place] == found
        columns.append(place[known])
        values.append(1 + np.log(counts[known]))
        ends.append(ends[-1] + int(known.sum()))
    shape = len(counted), len(chosen)
    table = csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape)
    if idf is None:
        texts_with = np.bincount(table.indices, minlength=len(chosen))
        idf = np.log((1 + len(counted)) / (1 + texts_with)) + 1
    table = table.multiply(idf).tocsr()
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return csr_matrix(table.multiply(1 / np.maximum(lengths, 1e-9)[:, None])), idf


def balanced(given: Sequence[Text]) -> Floats:
    """Weigh texts so that both classes count alike, and large collections not too much within them."""
    sizes = Counter(item.weight_of for item in given)
    weights = np.array([sizes[item.weight_of] ** -0.5 for item in given])
    labels = np.array([item.translated for item in given])
    for label in (False, True):
        weights[labels == label] *= len(given) / 2 / weights[labels == label].sum()
    return weights


def train(table: csr_matrix, labels: NDArray[np.bool_], weights: Floats) -> LogisticRegression:
    """Fit logistic regression."""
    return LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear", random_state=0).fit(
        table, labels, sample_weight=weights
    )


def unseen(
    table: csr_matrix, cut: csr_matrix, labels: NDArray[np.bool_], weights: Floats, groups: Sequence[str]
) -> Floats:
    """Score every text, as it stands in `cut`, by a model that has seen nothing of its group."""
    scores = np.zeros(len(labels))
    for seen, held in GroupKFold(FOLDS).split(table, labels, groups):
        scores[held] = train(table[seen], labels[seen], weights[seen]).decision_function(cut[held])
    return scores


if __name__ == "__main__":
    main()
