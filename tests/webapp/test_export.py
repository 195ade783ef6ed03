from __future__ import annotations

import csv
import io
import json

import pytest
from lxml import etree
from webapp_archive import ARTICLES, AUDITED, HOSTILE

from engine.memory import MemoryEngine
from webapp import create_app
from webapp.export import COLUMNS

ATOM = "{http://www.w3.org/2005/Atom}"


def rows(client, query):
    return list(csv.DictReader(io.StringIO(client.get(f"/search.csv?{query}").text)))


def test_a_table_of_every_match(client):
    found = rows(client, "q=gao&per_page=2&page=3")
    assert len(found) == 18
    assert list(found[0]) == [*COLUMNS, "build"]


def test_a_row(client):
    (row,) = rows(client, "q=quiet+residents")
    assert (row["id"], row["agency"], row["percent_left"], row["translated_from"]) == (
        AUDITED,
        "AFP",
        "40",
        "fr",
    )
    assert (row["build"], row["flags"], row["sha256"]) == ("1", "date_conflict", "ab" * 32)


def test_no_cell_can_be_a_formula(client):
    (row,) = rows(client, "q=ransom")
    assert row["source"] == '\'=HYPERLINK("http://evil.example")'
    assert not set("\x00\x07\n\u202e") & set("".join(row.values()))


def test_exports_obey_the_filters_of_the_page(client):
    assert len(rows(client, "q=gao&lang=fr")) == 6
    assert len(rows(client, "q=gao&-lang=fr&from=2023-09&to=2023-09")) == 12
    assert [r["published"] for r in rows(client, "sort=-date")][:6] == ["2023-12-05"] * 6


def test_a_file_is_named_after_its_build(client):
    assert client.get("/search.csv").headers["Content-Disposition"] == "attachment; filename=dateline-1.csv"


def test_json_lines_carry_evidence_hash_and_build(client):
    lines = [json.loads(line) for line in client.get("/search.jsonl").text.splitlines()]
    assert len(lines) == 21
    audited = next(line for line in lines if line["id"] == AUDITED)
    assert audited["source"]["evidence"][0]["kind"] == "dateline"
    assert audited["sha256"] == "ab" * 32
    assert {line["build"] for line in lines} == {"1"}
    assert "raw" not in audited


def test_references(client):
    text = client.get("/search.ris?q=quiet+residents").text
    assert text.split("\r\n") == [
        "TY  - NEWS",
        "TI  - In Kidal, a quiet morning",
        "AU  - Awa Diallo",
        "T2  - Sahara Post",
        "DA  - 2023/11/14",
        "PY  - 2023",
        "LA  - en",
        f"UR  - {AUDITED}",
        f"N1  - sha256 {'ab' * 32}, build 1, sahara/kidal.html",
        "ER  - ",
        "",
        "",
    ]


def test_a_hostile_reference_stays_one_record(client):
    text = client.get("/search.ris?q=ransom").text
    assert all(line[2:6] == "  - " for line in text.split("\r\n") if line)


def test_a_feed_is_valid_xml_newest_first(client):
    feed = etree.fromstring(client.get("/search.atom").data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 21
    dates = [e.findtext(f"{ATOM}updated") for e in entries]
    assert dates[0] == "2023-12-05T00:00:00+00:00"
    for entry in entries:
        assert entry.find(f"{ATOM}link").get("href").startswith("http://localhost/article/")
    vias = [e.get("href") for e in feed.iter(f"{ATOM}link") if e.get("rel") == "via"]
    assert vias == [AUDITED]


def test_a_feed_is_cut_to_the_newest(client_for):
    feed = etree.fromstring(client_for(*ARTICLES, feed_size=3).get("/search.atom?q=gao").data)
    assert len(feed.findall(f"{ATOM}entry")) == 3


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "atom"])
def test_errors_come_before_the_file(form):
    client = create_app(MemoryEngine()).test_client()
    response = client.get(f"/search.{form}")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert client.get(f"/search.{form}?sort=size").status_code == 400


@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "atom"])
def test_nothing_found_is_an_empty_file(client, form):
    response = client.get(f"/search.{form}?source=Nobody")
    assert response.status_code == 200
    assert HOSTILE not in response.text


def test_head_sends_headers_only(client):
    response = client.head("/search.csv")
    assert (response.status_code, response.data) == (200, b"")
