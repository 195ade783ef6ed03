"""The benchmark of translations: its measures on a tiny, made-up collection."""

from __future__ import annotations

import gzip
import json

import pytest

from benchmarks import language, report, translation

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


@pytest.fixture
def data(tmp_path, monkeypatch):
    codes = [code for codes in translation.GROUPS.values() for code in codes]
    parallel = [
        {"pair_id": "1", "lang": code, "system": "human", "doc_text": text * 5}
        for code, text in [("en", FERRY), *((code, BATEAU) for code in codes)]
    ]
    write(tmp_path / "translation" / "pairs_dev.jsonl.gz", parallel)
    texts = [{"unit": unit, "lang": "en", "text": FERRY} for unit in language.UNITS]
    write(tmp_path / "translation" / "lid_dev.jsonl.gz", texts)
    write(tmp_path / "translation" / "en_dev.jsonl.gz", [{"label": "original", "doc_text": FERRY}])
    write(tmp_path / "news" / "bbc_2005.jsonl.gz", [{"text": "A calm sea lay before Mariana Kowalska."}])
    news = [{"lang": code, "text": "Orlova saw 340 gulls."} for code in ("eng", "fra", "hau", "swa")]
    write(tmp_path / "news" / "masakhanews.jsonl.gz", news)
    monkeypatch.setattr(translation, "SIZES", (400,))
    monkeypatch.setattr(translation, "peers", dict)
    monkeypatch.setattr(
        language,
        "groups",
        lambda _: iter([("original", "en", [FERRY]), ("machine_translated", "en", [FERRY])]),
    )
    return tmp_path


def test_a_tiny_run(data):
    figures = translation.run(data)
    assert figures["pairing.Latin.recall"] == 1
    assert figures["pairing.Latin.absent"] == 0
    assert figures["pairing.Latin.wrong"] == 0
    assert figures["news.fra"] == 0
    assert figures["language.Dateline.doc"] == 1
    assert figures["text.original.translated"] == 0
    assert "| Latin " in translation.table(figures)
    bounds = report.floors().get("translation", {})
    assert (
        not {m for given in bounds.values() for m in given}
        - set(figures)
        - {f"speed.pairing {size}" for size in (10_000, 50_000)}
    )


def test_halves_and_changes_of_a_text():
    assert translation.halves("One. Two. Three. ") == ("One. Two.", " Three. ")
    assert translation.cut(FERRY).startswith(FERRY[: len(FERRY) * 45 // 100])
    assert FERRY in translation.padded(FERRY)
