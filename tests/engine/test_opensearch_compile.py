"""What a request becomes for a cluster; no cluster is needed to say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_archives import queries

from engine.distance import similar
from engine.errors import QueryLimitError
from engine.model import FacetRequest, Filter, SearchRequest
from engine.opensearch.compile import EVERYTHING, Known, compile_query, compile_request, compile_scan
from engine.opensearch.leaves import NOTHING
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Term, Value

ENGLISH = Known(("en",))
BILINGUAL = Known(("en", "fr"), frozenset({"story"}))


def any_of(*clauses):
    return {"dis_max": {"tie_breaker": 1.0, "queries": list(clauses)}}


def term(field, value, boost=1.0):
    return {"term": {field: {"value": value, "boost": boost}}}


def condition(clause):
    return {"constant_score": {"filter": clause}}


GOLDEN = [
    (All(), {"match_all": {}}),
    (And(()), {"match_all": {}}),
    (Or(()), {"match_none": {}}),
    (Term("!!!"), {"match_none": {}}),
    (Value("lang", ()), {"match_none": {}}),
    (Term("Armies"), any_of(term("stems", "en/armi"), term("stems", "armies"))),
    (Term("the"), any_of(term("stems", "en/the", 0.1), term("stems", "the"))),
    (Term("armies", "title"), any_of(term("title_stems", "en/armi"), term("title_stems", "armies"))),
    (Term("Goïta", "author"), term("author", "goita")),
    (Term("monde", "source"), term("source_words", "monde")),
    (Phrase("Goïta"), any_of(term("title", "goita", 2.0), term("body", "goita", 1.0))),
    (Phrase("read more", "removed"), {"match_phrase": {"removed": {"query": "read more", "boost": 1.0}}}),
    (Term("Ould-Ali", "author"), {"match_phrase": {"author": {"query": "ould ali", "boost": 1.0}}}),
    (Value("lang", ("fr", "en")), condition({"terms": {"lang": ["fr", "en"]}})),
    (DateRange(), condition({"exists": {"field": "moment"}})),
    (
        DateRange("2023-11", "2023"),
        condition({"range": {"moment": {"gte": 20231101000000, "lte": 20239999999999}}}),
    ),
    (Not(All()), {"bool": {"must_not": [EVERYTHING]}}),
    (
        And((Term("gao", "place"), Not(Term("kidal", "place")), Value("lang", ("fr",)))),
        {
            "bool": {
                "must": [term("place", "gao")],
                "filter": [condition({"terms": {"lang": ["fr"]}})],
                "must_not": [term("place", "kidal")],
            }
        },
    ),
]


@pytest.mark.parametrize(("query", "clause"), GOLDEN, ids=lambda value: str(value)[:60])
def test_a_query_becomes_clauses(query, clause):
    assert compile_query(query, ENGLISH) == clause


def test_a_word_is_looked_for_by_its_stem_in_each_language_of_the_index():
    found = compile_query(Term("armies"), BILINGUAL)["dis_max"]["queries"]
    assert [one["term"]["stems"]["value"] for one in found] == ["en/armi", "fr/armi", "armies"]


def test_a_prefix_and_a_long_fuzzy_word_are_the_clusters_own():
    assert compile_query(Prefix("kid", "author"), ENGLISH)["prefix"]["author"]["value"] == "kid"
    fuzzy = compile_query(Fuzzy("goitas", "author", 2), ENGLISH)["fuzzy"]["author"]
    assert (fuzzy["value"], fuzzy["fuzziness"], fuzzy["prefix_length"]) == ("goitas", 2, 1)
    assert fuzzy["rewrite"] == "constant_score"  # or only the fifty likest words would be looked for


short = st.text("abc", min_size=1, max_size=4)


@given(word=short, other=st.text("abcd", min_size=1, max_size=7), distance=st.integers(1, 2))
def test_a_short_fuzzy_word_is_spelt_out_exactly(word, other, distance):
    import re

    (clause,) = (compile_query(Fuzzy(word, "author", distance), ENGLISH),)
    expression = clause["regexp"]["author"]["value"]
    assert bool(re.fullmatch(expression, other)) == similar(word, other, distance)


def test_a_loose_phrase_is_a_chain_of_words_near_the_one_before():
    found = compile_query(Phrase("army town", "removed", 3), ENGLISH)
    army, town = ({"span_term": {"removed": {"value": word}}} for word in ("army", "town"))
    alone = {"span_not": {"include": town, "exclude": army, "pre": 3, "post": 0}}
    assert found == {"span_not": {"include": town, "exclude": alone, "boost": 1.0}}


def test_a_loose_phrase_that_repeats_a_word_is_written_out():
    found = compile_query(Phrase("no no", "removed", 3), ENGLISH)["dis_max"]["queries"]
    assert [one["match_phrase"]["removed"]["query"] for one in found] == ["no no", "no _ no", "no _ _ no"]
    with pytest.raises(QueryLimitError):
        compile_query(Phrase("no no no no", "removed", 50), ENGLISH)


def bools(clause):
    """Count how deep `bool` clauses are nested."""
    if isinstance(clause, list):
        return max(map(bools, clause), default=0)
    if not isinstance(clause, dict):
        return 0
    return max(((name == "bool") + bools(part) for name, part in clause.items()), default=0)


def test_alternatives_do_not_count_against_the_depth_the_cluster_allows():
    query = Term("gao")
    for _ in range(8):
        query = Or((query, And((query, Term("kidal")))))
    assert bools(compile_query(query, ENGLISH)) == 8


@given(queries)
def test_no_tree_needs_the_clusters_own_query_syntax(query):
    text = str(compile_query(query, BILINGUAL))
    assert "query_string" not in text
    assert "script" not in text


# --- the body ----------------------------------------------------------------------------------


def test_a_facet_counts_under_the_filters_of_the_others():
    filters = (Filter("source", ("Niger Post",)), Filter("lang", ("fr",), ("en",)), Filter("year", ("2023",)))
    facets = (FacetRequest("source"), FacetRequest("lang"))
    body = compile_request(SearchRequest(All(), filters=filters, facets=facets), ENGLISH)
    source = {"terms": {"source": ["Niger Post"]}}
    french, not_english = {"terms": {"lang": ["fr"]}}, {"bool": {"must_not": [{"terms": {"lang": ["en"]}}]}}
    assert body["query"] == {"bool": {"must": [EVERYTHING], "filter": [{"terms": {"year": ["2023"]}}]}}
    assert body["post_filter"] == {"bool": {"filter": [source, french, not_english]}}
    assert body["aggs"]["facet.source"]["filter"] == {"bool": {"filter": [french, not_english]}}
    assert body["aggs"]["facet.lang"]["filter"] == {"bool": {"filter": [source]}}


def test_totals_are_counted_and_undated_articles_come_last():
    body = compile_request(SearchRequest(All(), sort="-date"), ENGLISH)
    assert body["track_total_hits"] is True
    assert body["sort"][0]["moment"] == {"order": "desc", "missing": "_last", "unmapped_type": "long"}
    assert body["sort"][1] == {"id": {"order": "asc"}}
    assert "aggs" not in body


def test_groups_are_counted_when_the_index_has_any():
    body = compile_request(SearchRequest(All(), group="story"), BILINGUAL)
    assert body["collapse"]["field"] == "story"
    assert set(body["aggs"]["groups"]["aggs"]) == {"story", "story.count", "story.about"}
    assert "groups" not in compile_request(SearchRequest(All()), ENGLISH).get("aggs", {})


def test_neighbours_of_the_query_raise_the_score_and_find_nothing_more():
    body = compile_request(SearchRequest(And((Term("army"), Term("town")))), ENGLISH)
    assert set(body["query"]["bool"]) == {"must", "should"}
    phrases = [next(iter(one["match_phrase"].values()))["query"] for one in body["query"]["bool"]["should"]]
    assert set(phrases) == {"army town", "town army"}
    assert "should" not in str(compile_request(SearchRequest(And((Term("army"), Term("of")))), ENGLISH))


def test_a_scan_filters_everything_at_once():
    request = SearchRequest(
        All(), filters=(Filter("lang", ("fr",)),), facets=(FacetRequest("lang"),), limit=3
    )
    body = compile_scan(request, ENGLISH)
    assert body["query"] == {"bool": {"must": [EVERYTHING], "filter": [{"terms": {"lang": ["fr"]}}]}}
    assert "post_filter" not in body
    assert NOTHING not in body.values()
