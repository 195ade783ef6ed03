from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
from webapp_archive import ARTICLES, AUDITED, HOSTILE, article

from engine.model import Byline, Claim, Published
from webapp.citations import bibtex, ris, sentence

KIDAL = replace(
    article("news/1.txt", "Profits & losses: 5 % {net}", "Text."),
    source=Claim("Le Fleuve – Édition", "declared"),
    published=Published("2023-11-14T08:12:00Z", "declared", (), "second"),
    byline=Byline(authors=("Awa Diallo", "Ibrahim ag Moussa")),
    url="https://fleuve.example/profits_and_losses",
)


def test_a_bibtex_entry():
    assert bibtex(KIDAL, "7").splitlines() == [
        "@article{lefleuveedition-20231114-abababab,",
        r"  title = {{Profits \& losses: 5 \% \{net\}}},",
        "  author = {{Awa Diallo} and {Ibrahim ag Moussa}},",
        "  journal = {Le Fleuve – Édition},",
        "  date = {2023-11-14},",
        "  year = {2023},",
        "  url = {https://fleuve.example/profits_and_losses},",
        f"  note = {{sha256 {'ab' * 32}, build 7, news/1.txt}},",
        "}",
    ]


def test_what_is_not_known_is_left_out():
    bare = article("x", "Title", "Text.")
    assert [row.split()[0] for row in bibtex(bare, "7").splitlines()] == [
        "@article{unknown-undated-abababab,",
        "title",
        "note",
        "}",
    ]
    assert "AU  -" not in ris(bare, "7")
    assert sentence(bare, "7").startswith("unknown source, “Title”, undated. x. Dateline build 7, sha256 ab")


@given(st.text(max_size=80))
def test_no_headline_ends_a_bibtex_entry(title):
    entry = bibtex(replace(KIDAL, title=title), "7")
    bare = entry.replace("\\{", "").replace("\\}", "")
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert len(entry.split("\n")) == 10


def test_an_article_can_be_cited(client):
    page = client.get(f"/article/{quote(AUDITED, safe='')}").text
    for form, begin in (("ris", "TY  - NEWS"), ("bib", "@article{")):
        address = f"/cite.{form}/{quote(AUDITED, safe='')}"
        assert f'href="{address}"' in page
        response = client.get(address)
        assert response.text.startswith(begin)
        assert response.headers["Content-Disposition"] == f"attachment; filename=dateline-abababababab.{form}"


def test_hostile_articles_can_be_cited(client):
    for form in ("ris", "bib"):
        text = client.get(f"/cite.{form}/{quote(HOSTILE, safe='')}").text
        assert not set("\x00\u202e") & set(text)
    assert "javascript:" not in bibtex(ARTICLES[-1], "7")


def test_what_is_not_there_can_not_be_cited(client):
    response = client.get("/cite.bib/nothing")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert client.get("/cite.doc/nothing").status_code == 404
