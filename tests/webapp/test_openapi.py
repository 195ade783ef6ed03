from __future__ import annotations

import json

from webapp_archive import STORY

from webapp.openapi import document
from webapp.params import SELECTABLE
from webapp.settings import WebSettings


def parameters(path="/api/v1/search"):
    return {p["name"]: p for p in document(WebSettings())["paths"][path]["get"]["parameters"]}


def test_it_is_served(client):
    assert client.get("/openapi.json").get_json()["openapi"] == "3.1.0"


def test_every_parameter_is_described():
    found = parameters()
    assert set(found) == {
        "q", "match", "page", "per_page", "cursor", "sort", "from", "to", "group", "facet", "facet_size",
        *SELECTABLE, *(f"-{name}" for name in SELECTABLE),
    }  # fmt: skip
    assert all(p["description"] for p in found.values())


def test_limits_are_those_of_the_settings():
    assert parameters()["q"]["schema"]["maxLength"] == 512
    assert parameters()["per_page"]["schema"]["maximum"] == 100


def test_exports_take_the_parameters_of_a_search():
    assert parameters("/search.csv") == parameters()


def test_every_reference_resolves():
    whole = document(WebSettings())
    text = json.dumps(whole)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(whole["components"]["schemas"])
    assert {"SearchOut", "HitOut", "Problem"} <= names | set(whole["components"]["schemas"])


def test_answers_fit_their_description(client):
    answer = client.get("/api/v1/search?q=kidal&facet=source,date").get_json()
    schema = document(WebSettings())["components"]["schemas"]["SearchOut"]
    assert set(answer) == set(schema["properties"]) == set(schema["required"])


def test_every_machine_address_is_described(app):
    described = set(document(WebSettings())["paths"])
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(("api.", "export.")) and rule.endpoint != "api.openapi":
            address = rule.rule.replace("<article:article_id>", "{id}")
            forms = ("ris", "bib") if "<any" in address else ("",)
            for form in forms:
                assert address.replace("<any(ris, bib):form>", form) in described


def test_a_key_is_asked_for_only_where_there_is_one():
    assert document(WebSettings())["security"] == []
    keyed = document(WebSettings(api_keys=("secret",)))
    assert keyed["security"] == [{"key": []}]
    assert keyed["paths"]["/search.csv"]["get"]["security"] == []
    assert "secret" not in json.dumps(keyed)


def test_an_article_fits_its_description(client):
    found = client.get("/api/v1/articles/sahara/kidal.html").get_json()
    schemas = document(WebSettings())["components"]["schemas"]
    fits(found, schemas["Article"], schemas)


def test_the_parts_of_an_article_that_are_asked_for_fit_theirs(client_for):
    client = client_for(*STORY)
    found = client.get("/api/v1/articles/bay%2F1?include=copies,quotes,similar").get_json()
    schemas = document(WebSettings())["components"]["schemas"]
    assert len(found["copies"]["articles"]) == 3
    assert len(found["quotes"]) == 1
    fits(found, schemas["Article"], schemas)


def fits(value, schema, schemas):
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if schema.get("type") == "object":
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), schema["title"]
        for name, part in value.items():
            fits(part, schema["properties"][name], schemas)
    if schema.get("type") == "array":
        for part in value:
            fits(part, schema["items"], schemas)


def test_citations_are_described():
    assert list(parameters("/cite.bib/{id}")) == ["id"]
