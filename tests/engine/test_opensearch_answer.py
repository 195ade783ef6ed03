"""What a response of the cluster becomes, above all when it is not the whole truth."""

import json

import pytest
from builders import article

from engine import cursor
from engine.errors import QueryLimitError
from engine.model import FacetRequest, Filter, SearchRequest
from engine.opensearch.answer import ABOUT, CUT, LATE, MISSING, Answer, page
from engine.opensearch.documents import documents
from engine.opensearch.schema import WINDOW
from engine.query import All, Term

BUILD = "20261121T020000Z-0a1b2c"


def hit(one, score=1.5, members=None):
    (document,) = documents([one])
    inner = {"inner_hits": {"members": {"hits": {"total": {"value": members}}}}} if members else {}
    return {"_source": json.loads(document.source), "_score": score, "sort": [score, one.id], **inner}


def response(*hits, total=None, late=False, failed=0, **aggregations):
    return {
        "timed_out": late,
        "_shards": {"failed": failed},
        "hits": {"total": {"value": len(hits) if total is None else total}, "hits": list(hits)},
        "aggregations": aggregations,
    }


def result(found, start=0, **options):
    return Answer(SearchRequest(Term("army"), **options), start, found).result(BUILD, None, 1.0)


def groups(listed, others=0, about=0):
    return {
        "story": {"sum_other_doc_count": others},
        "story.count": {"count": listed},
        "story.about": {"value": about},
    }


def values(others=0, **counts):
    buckets = [{"key": key, "doc_count": count} for key, count in counts.items()]
    return {"values": {"buckets": buckets, "sum_other_doc_count": others}}


def test_a_hit_is_a_card_with_marks():
    (found,) = result(response(hit(article("a", title="Army leaves"), 2.5, members=3))).hits
    assert (found.article.id, found.score, found.copies_found) == ("a", 2.5, 3)
    assert found.title.hits == ((0, 4),)
    assert found.snippets


def test_an_order_by_date_has_no_scores():
    assert result(response(hit(article("a"), None)), sort="date").hits[0].score == 0.0


@pytest.mark.parametrize(("given", "said"), [({"late": True}, LATE), ({"failed": 1}, MISSING)])
def test_a_part_of_the_archive_is_said_to_be_one(given, said):
    found = result(response(hit(article("a")), **given))
    assert (found.partial, found.total_relation, found.warnings) == (True, "gte", (said,))


def test_groups_are_exact_until_there_are_too_many():
    exact = result(response(total=9, groups=groups(7)))
    assert (exact.total_stories, exact.total_copies, exact.total_relation) == (7, None, "eq")
    about = result(response(total=90_000, groups=groups(10_000, 70_000, 80_123)))
    assert (about.total_stories, about.partial, about.warnings) == (80_123, False, (ABOUT,))


def test_facets_are_counted_and_chosen_values_stay():
    found = response(total=5, **{"facet.source": values(Post=3, Courier=1)})
    chosen = (Filter("source", ("Nobody",)),)
    (facet,) = result(found, filters=chosen, facets=(FacetRequest("source", 1),)).facets
    assert [(v.value, v.count, v.selected) for v in facet.values] == [("Post", 3, False), ("Nobody", 0, True)]
    assert facet.total == 2
    cut = result(response(total=5, **{"facet.source": values(4, Post=3)}), facets=(FacetRequest("source"),))
    assert cut.warnings == (CUT,)


def test_pages_are_asked_for_by_number_and_far_ones_by_the_last_hit():
    near = SearchRequest(All(), offset=40, limit=20)
    assert page(near, 40) == {"from": 40, "size": 20}
    assert page(SearchRequest(All(), limit=0), 0) == {"size": 0}
    after = cursor.encode(BUILD, WINDOW, [1.5, "n1"])
    far = SearchRequest(All(), after=after, limit=20)
    assert page(far, WINDOW) == {"size": 20, "search_after": [1.5, "n1"]}
    assert page(SearchRequest(All(), offset=WINDOW, limit=20), WINDOW) == {"size": 0}


def test_the_cursor_leads_beyond_what_has_page_numbers():
    hits = [hit(article(name)) for name in ("a", "b")]
    near = result(response(*hits, total=WINDOW * 3), limit=2)
    assert cursor.anchor_of(near.next) is None
    far = result(response(*hits, total=WINDOW * 3), start=WINDOW - 2, limit=2)
    assert cursor.decode(far.next, BUILD) == WINDOW
    assert cursor.anchor_of(far.next) == [1.5, "b"]
    assert result(response(*hits, total=2), limit=2).next is None


def test_a_far_page_without_a_cursor_is_refused_and_one_behind_the_end_is_empty():
    with pytest.raises(QueryLimitError, match="cursor"):
        result(response(total=WINDOW * 3), start=WINDOW * 2)
    assert result(response(total=5), start=WINDOW * 2).hits == ()
