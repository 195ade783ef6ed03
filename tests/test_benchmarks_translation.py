"""The benchmark of translations: its measures on a tiny, made-up collection."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from benchmarks import language, pairs, report, style, translation

FERRY = (
    "The ferry Nordlys left Kirkwall on 12 May with 240 passengers, said Ingrid Solberg. Tom Ferreira "
    "counted 17 boats in 2019 and 23 boats in 2021. The mayor, Agnes Delcourt, opened the lighthouse of "
    "Stromness in 1998."
)
BATEAU = (
    "Le ferry Nordlys a quitté Kirkwall le 12 mai avec 240 passagers, dit Ingrid Solberg. Tom Ferreira a "
    "compté 17 bateaux en 2019 et 23 en 2021. La maire, Agnes Delcourt, a ouvert le phare de Stromness en "
    "1998."
)


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


LONG = " ".join([FERRY] * 8)


@pytest.fixture
def data(tmp_path, monkeypatch):
    codes = [code for codes in pairs.GROUPS.values() for code in codes]
    parallel = [
        {"pair_id": pair, "lang": code, "system": "human", "doc_text": text * 5}
        for pair in ("0", "1")
        for code, text in [("en", f"{FERRY} {pair}. "), *((code, f"{BATEAU} {pair}. ") for code in codes)]
    ]
    write(tmp_path / "translation" / "pairs_dev.jsonl.gz", parallel[: len(codes) + 1])
    texts = [{"unit": unit, "lang": "en", "text": FERRY} for unit in language.UNITS]
    write(tmp_path / "translation" / "lid_dev.jsonl.gz", texts)
    labelled = [
        ("original", "none", "train"),
        ("original", "none", "test"),
        ("human_translated", "human", "test"),
        ("machine_translated", "google", "test"),
        ("machine_translated", "google-roundtrip", "test"),
    ]
    rows = [
        {"label": label, "system": system, "split": split, "doc_text": LONG}
        for label, system, split in labelled
    ]
    write(tmp_path / "translation" / "en_dev.jsonl.gz", rows)
    write(tmp_path / "news" / "bbc_2005.jsonl.gz", [{"text": "A calm sea lay before Mariana Kowalska."}])
    write(tmp_path / "news" / "reuters21578.jsonl.gz", [{"text": LONG}])
    write(tmp_path / "news" / "fakebr_pt.jsonl.gz", [{"text": BATEAU}])
    news = [{"lang": code, "text": "Orlova saw 340 gulls."} for code in ("eng", "fra", "hau", "swa")]
    write(tmp_path / "news" / "masakhanews.jsonl.gz", news)
    monkeypatch.setattr(pairs, "SIZES", (400,))
    monkeypatch.setattr(translation, "peers", dict)
    monkeypatch.setattr(style, "german", lambda _: iter([("style.de.translation.auc", 1.0)]))
    return tmp_path


def test_a_tiny_run(data):
    figures = translation.run(data, 2)
    assert figures["pairing.Latin.recall"] == 1
    assert figures["pairing.Latin.small"] == 1
    assert figures["pairing.Latin.absent"] == 0
    assert figures["pairing.Latin.wrong"] == 0
    assert figures["news.fra"] == 0
    assert figures["language.Dateline.doc"] == 1
    assert figures["style.en.round trip.texts"] == 1
    assert figures["text.originals"] == 2
    assert figures["text.false translated"] == 0
    shown = translation.table(figures)
    assert "| Latin " in shown
    assert "| Latin, unseen" in shown
    bounds = report.floors().get("translation", {})
    floors = {metric for given in bounds.values() for metric in given}
    assert not floors - set(figures) - {f"speed.pairing {size}" for size in (10_000, 50_000)}


def test_one_part_alone(data):
    figures = translation.run(data, 2, ("news",))
    assert set(figures) == {"news.fra", "news.hau", "news.swa"}
    assert "| French " in translation.table(figures)


def test_halves_and_changes_of_a_text():
    first, last = pairs.halves("One is told. Two is told as well. Three comes next. Four is the end.")
    assert first == "One is told. Two is told as well."
    assert last == " Three comes next. Four is the end."
    assert pairs.halves("No end of a sentence") == ("No end of a sentence", "")
    assert pairs.cut(FERRY).startswith(FERRY[: len(FERRY) * 45 // 100])
    assert FERRY in pairs.padded(FERRY)


def test_an_outcome_counts_for_the_half_it_is_in():
    outcomes = [pairs.Outcome(str(n), found=n < 4, wrong=False) for n in range(8)]
    unseen = [outcome for outcome in outcomes if outcome.unseen]
    assert 0 < len(unseen) < len(outcomes)
    assert pairs.share(outcomes, "found", unseen=False) == 0.5
    assert pairs.share(outcomes, "found", unseen=True) == sum(o.found for o in unseen) / len(unseen)
    assert pairs.share([], "wrong", unseen=True) == 0


def test_the_area_under_the_curve():
    assert style.auc(np.array([2.0, 3.0]), np.array([0.0, 1.0])) == 1
    assert style.auc(np.array([1.0]), np.array([1.0, 1.0])) == 0.5
    assert style.auc(np.array([]), np.array([1.0])) == 0
