from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from webapp_archive import ARTICLES, AUDITED, HOSTILE

from engine.memory import MemoryEngine
from webapp import create_app


def found(client, query):
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    return response.get_json()


def test_the_answer_has_exactly_the_documented_keys(client):
    answer = found(client, "q=quiet&facet=source,date")
    assert " ".join(answer) == (
        "q total total_relation total_stories page per_page pages next prev next_cursor "
        "took_ms partial suggestion warnings build hits facets"
    )
    assert " ".join(answer["hits"][0]) == (
        "id title url source lang date date_precision score highlights flags group"
    )
    assert list(answer["facets"]) == ["source", "date"]


def test_a_hit_is_described(client):
    hit = found(client, "q=quiet+residents")["hits"][0]
    assert (hit["id"], hit["source"], hit["lang"]) == (AUDITED, "Sahara Post", "en")
    assert (hit["date"], hit["date_precision"]) == ("2023-11-14T08:12:00Z", "minute")
    assert hit["highlights"]["title"] == ["In Kidal, a <mark>quiet</mark> morning"]
    assert "<mark>Residents</mark> of Kidal spoke." in " ".join(hit["highlights"]["body"])
    assert hit["flags"] == ["truncated", "translated_probable", "date_conflict"]
    assert hit["group"] is None


def test_highlights_are_safe_html(client):
    hit = found(client, "q=ransom")["hits"][0]
    html = "".join(hit["highlights"]["title"] + hit["highlights"]["body"])
    assert "<mark>Ransom</mark>" in html
    assert "<script" not in html
    assert "<img" not in html
    assert hit["id"] == HOSTILE


def test_pages_follow_each_other(client):
    first = found(client, "q=gao&per_page=7")
    assert (first["total"], first["pages"], first["page"], first["prev"]) == (18, 3, 1, None)
    response = client.get(first["next"])
    assert '</api/v1/search?q=gao&page=3&per_page=7>; rel="next"' in response.headers.getlist("Link")
    second = response.get_json()
    third = client.get(second["next"]).get_json()
    assert third["next"] is None
    assert third["prev"] == "/api/v1/search?q=gao&page=2&per_page=7"
    ids = [hit["id"] for answer in (first, second, third) for hit in answer["hits"]]
    assert len(ids) == len(set(ids)) == 18


def test_the_cursor_walks_through_everything(client):
    ids, cursor = [], ""
    while cursor is not None:
        answer = found(client, f"q=gao&per_page=4&cursor={quote(cursor)}")
        ids += [hit["id"] for hit in answer["hits"]]
        cursor = answer["next_cursor"]
    assert len(set(ids)) == len(ids) == 18
    assert answer["page"] is None


def test_a_cursor_of_an_earlier_build_is_gone():
    engine = MemoryEngine()
    with engine.writer(fresh=True) as writer:
        for article in ARTICLES:
            writer.put(article)
    client = create_app(engine).test_client()
    cursor = found(client, "q=gao&per_page=4")["next_cursor"]
    with engine.writer(fresh=False) as writer:
        writer.delete(ARTICLES[1].id)
    response = client.get("/api/v1/search", query_string={"q": "gao", "cursor": cursor})
    assert response.status_code == 410
    assert response.get_json()["status"] == 410


@pytest.mark.parametrize("cursor", ["nonsense", "%00", "AAAA", "é" * 100])
def test_a_cursor_that_never_was_is_refused(client, cursor):
    assert client.get(f"/api/v1/search?cursor={cursor}").status_code in (400, 410)


def test_facets_are_counted_when_asked_for(client):
    assert found(client, "q=gao")["facets"] == {}
    facets = found(client, "q=gao&facet=source,lang,date&source=Le+Fleuve+Libre")["facets"]
    assert facets["source"] == {
        "total": 2,
        "values": [
            {"value": "River Courier", "count": 12, "selected": False},
            {"value": "Le Fleuve Libre", "count": 6, "selected": True},
        ],
    }
    assert facets["lang"]["values"] == [{"value": "fr", "count": 6, "selected": False}]
    assert facets["date"] == {
        "interval": "month",
        "values": [{"value": "2023-12", "count": 6, "selected": False}],
    }


def test_facets_are_cut_to_size_but_selected_values_stay(client):
    facet = found(client, "facet=source&facet_size=1&source=Nobody")["facets"]["source"]
    assert [(v["value"], v["count"]) for v in facet["values"]] == [("River Courier", 12), ("Nobody", 0)]


def test_the_api_never_relaxes_a_query_by_itself(client):
    assert found(client, "q=gao+zzzzz")["total"] == 0
    assert found(client, "q=gao+zzzzz&match=any")["total"] == 18


def test_clamps_and_syntax_errors_are_reported_as_warnings(client):
    answer = found(client, "q=gao+%22patrol&page=0&per_page=1000")
    assert answer["per_page"] == 100
    assert [w.split()[0] for w in answer["warnings"][:2]] == ["per_page", "page"]
    assert "literally" in answer["warnings"][2]


def test_an_unknown_source_finds_nothing(client):
    assert found(client, "source=Nobody")["total"] == 0


# --- articles and the rest -------------------------------------------------------------------------


def test_an_article_has_the_same_keys_everywhere(client):
    answer = client.get(f"/api/v1/articles/{quote(AUDITED, safe='')}").get_json()
    exported = json.loads(client.get("/search.jsonl?q=title:quiet").text.splitlines()[0])
    assert answer == exported
    assert (answer["id"], answer["title"]) == (AUDITED, "In Kidal, a quiet morning")
    assert answer["build"]
    assert "raw" not in answer


def test_an_article_without_the_evidence(client):
    answer = client.get(f"/api/v1/articles/{quote(AUDITED, safe='')}?include=removed").get_json()
    assert answer["source"] == {"value": "Sahara Post", "certainty": "certain"}
    assert answer["edits"]


def test_an_article_with_what_was_removed_and_why(client):
    answer = client.get(f"/api/v1/articles/{quote(AUDITED, safe='')}?include=removed,evidence").get_json()
    assert answer["edits"][0]["removed"] == "Advertisement\n"
    assert answer["source"]["evidence"][0]["text"] == "ANEFIS (Sahara Post)"


def test_an_article_by_its_path_and_a_hostile_one(client):
    assert client.get("/api/v1/articles/sahara/kidal.html").get_json()["id"] == AUDITED
    assert client.get(f"/api/v1/articles/{quote(HOSTILE, safe='')}").get_json()["id"] == HOSTILE


@pytest.mark.parametrize("query", ["include=everything", "colour=red"])
def test_what_an_article_can_not_include_is_refused(client, query):
    response = client.get(f"/api/v1/articles/sahara/kidal.html?{query}")
    assert response.status_code == 400
    assert response.get_json()["errors"][0]["param"] == query.split("=")[0]


def test_a_missing_article(client):
    response = client.get("/api/v1/articles/nothing")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_sources(client):
    answer = client.get("/api/v1/sources").get_json()
    assert [row["source"] for row in answer["sources"]] == ["Sahara Post", "none"]
    assert answer["build"]


def test_health_and_readiness(client):
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready", "build": "1", "articles": 21}


def test_without_an_index_the_process_is_alive_and_not_ready():
    client = create_app(MemoryEngine()).test_client()
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "30"


def test_an_address_that_does_not_exist_is_said_in_our_words(client):
    problem = client.get("/api/v1/nothing").get_json()
    assert problem["detail"].startswith("There is no such address here")


def test_metrics_count_answers(client_for):
    client = client_for(*ARTICLES)
    client.get("/search?q=gao")
    client.get("/nowhere")
    text = client.get("/metrics").text
    assert 'dateline_requests_total{page="pages.search",status="200"} 1.0' in text
    assert 'dateline_requests_total{page="unknown",status="404"} 1.0' in text
    assert 'dateline_request_seconds_count{page="pages.search"} 1.0' in text
