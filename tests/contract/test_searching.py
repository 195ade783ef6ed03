"""What a search answers: sets, totals, facets, order, groups, pages, marks."""

import pytest
from builders import article

from engine.errors import StaleCursorError, UnknownFieldError
from engine.model import FacetRequest, Filter, SearchRequest
from engine.parser import literal, parse
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Term, Value


def build(engine, *articles):
    with engine.writer(fresh=True) as writer:
        for one in articles:
            writer.put(one)


def ask(engine, query=None, **options):
    return engine.search(SearchRequest(query or All(), **options))


def ids(engine, query=None, **options):
    return [hit.article.id for hit in ask(engine, query, **options).hits]


# --- what is found -----------------------------------------------------------------------------


def test_trees_no_parser_makes_are_answered_too(engine):
    build(engine, article("a", body="Rebels left."), article("b", body="Rebels stayed."))
    assert ids(engine, And(())) == ["a", "b"]
    assert ids(engine, Or(())) == []
    assert ids(engine, Not(All())) == []
    assert ids(engine, Not(Not(Term("left")))) == ["a"]
    assert ids(engine, And((Or((Term("left"), Term("stayed"))), Not(Term("left"))))) == ["b"]
    assert ids(engine, Or((Not(Term("left")), Term("left")))) == ["a", "b"]


@pytest.mark.parametrize("leaf", [Term, Phrase, Prefix, Fuzzy])
@pytest.mark.parametrize("text", ["", "!!!", "\x00", "\ud800", "🙂"])
def test_a_leaf_without_words_finds_nothing(engine, leaf, text):
    build(engine, article("a"))
    assert ids(engine, leaf(text)) == []
    assert ids(engine, Not(leaf(text))) == ["a"]


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "ab" * 3000, "ﷺ" * 90, "a'b" * 500, "1,000" * 99, "東京" * 200]
)
def test_monstrous_words_do_no_harm(engine, text):
    build(engine, article("a", body=f"Before {text} after."), article("b"))
    assert "a" in ids(engine, Term(text))
    assert ids(engine, Phrase("before nothing")) == []


def test_words_longer_than_a_term_agree_by_their_beginning(engine):
    build(engine, article("a", body="x" * 100))
    assert ids(engine, Term("x" * 90)) == ["a"]
    assert ids(engine, Term("x" * 60)) == []


def test_hostile_text_is_indexed_like_any_other(engine):
    nasty = "<script>alert(1)</script> \x00 \ud800 \u202e right " + "é\u0301" * 500
    made = article("a", title="\ud800\x00", body=nasty, source="\x00; DROP", path="\udcff\n.txt")
    build(engine, made)
    assert ids(engine, Term("alert")) == ["a"]
    assert ids(engine, filters=(Filter("source", ("\x00; DROP",)),)) == ["a"]
    assert engine.get("a") == made


def test_values_of_a_field_are_no_phrase_together(engine):
    build(engine, article("a", removed=["Read more", "about sport"], authors=["Awa Traoré", "Idrissa Sow"]))
    assert ids(engine, Phrase("read more", "removed")) == ["a"]
    assert ids(engine, Phrase("more about", "removed", 50)) == []
    assert ids(engine, Phrase("Traore Idrissa", "author", 50)) == []


# --- filters and facets ------------------------------------------------------------------------

SOURCES = (
    article("a", source="Sahel Courier", language="en"),
    article("b", source="Sahel Courier", language="fr"),
    article("c", source="Niger Post", language="en"),
    article("d", source=None, language="en", body="Floods."),
)


def facet(result, field):
    found = next(facet for facet in result.facets if facet.field == field)
    return {value.value: value.count for value in found.values}


def test_a_facet_counts_under_all_filters_but_its_own(engine):
    build(engine, *SOURCES)
    filters = (Filter("source", ("Sahel Courier",)), Filter("lang", ("en",)))
    result = ask(engine, filters=filters, facets=(FacetRequest("source"), FacetRequest("lang")))
    assert result.total == 1
    assert facet(result, "source") == {"Niger Post": 1, "Sahel Courier": 1, "none": 1}
    assert facet(result, "lang") == {"en": 1, "fr": 1}


def test_facets_follow_query_and_dates(engine):
    build(engine, *SOURCES, article("e", published="2020", source="Old Times"))
    result = ask(engine, Term("said"), date_from="2023", facets=(FacetRequest("source"),))
    assert facet(result, "source") == {"Sahel Courier": 2, "Niger Post": 1}


def test_selections_in_one_filter_are_alternatives_and_filters_add_up(engine):
    build(engine, *SOURCES)
    assert ids(engine, filters=(Filter("source", ("Sahel Courier", "Niger Post")),)) == ["a", "b", "c"]
    assert ids(engine, filters=(Filter("source", exclude=("Sahel Courier",)),)) == ["c", "d"]
    both = (Filter("source", ("Sahel Courier", "none"), ("none",)), Filter("lang", exclude=("fr",)))
    assert ids(engine, filters=both) == ["a"]
    assert ids(engine, filters=(Filter("lang"),)) == ["a", "b", "c", "d"]


def test_chosen_values_stay_visible_at_zero_and_beyond_the_size(engine):
    build(engine, *SOURCES)
    filters = (Filter("source", ("Nobody", "Niger Post"), ("none",)),)
    (found,) = ask(engine, filters=filters, facets=(FacetRequest("source", 1),)).facets
    assert [(v.value, v.count, v.selected, v.excluded) for v in found.values] == [
        ("Sahel Courier", 2, False, False),
        ("Niger Post", 1, True, False),
        ("none", 1, False, True),
        ("Nobody", 0, True, False),
    ]
    assert found.total == 3


def test_facet_values_are_ordered_by_count_then_value(engine):
    build(engine, *(article(f"{i}", source=s) for i, s in enumerate(["b", "c", "a", "c", "é", "Z"])))
    (found,) = ask(engine, facets=(FacetRequest("source", 4),)).facets
    assert [v.value for v in found.values] == ["c", "Z", "a", "b"]
    assert found.total == 5
    (none,) = ask(engine, facets=(FacetRequest("source", 0),)).facets
    assert (none.values, none.total) == ((), 5)


def test_every_facet_can_be_counted(engine):
    made = article("a", published="2023-11", agency="AFP", translated="probable", truncated=True)
    build(engine, made, article("b", published=None, language=None))
    fields = ("agency", "lang", "translated", "access", "year", "month", "day")
    result = ask(engine, facets=tuple(FacetRequest(field) for field in fields))
    assert {field: facet(result, field) for field in fields} == {
        "agency": {"AFP": 1, "none": 1},
        "lang": {"en": 1, "none": 1},
        "translated": {"none": 1, "probable": 1},
        "access": {"complete": 1, "truncated": 1},
        "year": {"2023": 1, "none": 1},
        "month": {"2023-11": 1, "none": 1},
        "day": {"none": 2},
    }


def test_unknown_values_match_nothing(engine):
    build(engine, *SOURCES)
    result = ask(engine, filters=(Filter("source", ("Nobody",)),), facets=(FacetRequest("lang"),))
    assert (result.total, facet(result, "lang")) == (0, {})
    assert ids(engine, Value("lang", ("xx",))) == []
    assert ids(engine, Value("lang", ())) == []


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(All(), filters=(Filter("colour", ("red",)),)),
        SearchRequest(All(), filters=(Filter("body", ("red",)),)),
        SearchRequest(All(), facets=(FacetRequest("title"),)),
        SearchRequest(Term("x", "colour")),
        SearchRequest(Not(And((Phrase("x", "lang"),)))),
        SearchRequest(Value("body", ("x",))),
    ],
)
def test_unknown_fields_are_refused(engine, request_):
    build(engine, article("a"))
    with pytest.raises(UnknownFieldError):
        engine.search(request_)
    with pytest.raises(UnknownFieldError):
        list(engine.scan(request_))


# --- dates and order ---------------------------------------------------------------------------

DATED = (
    article("a", published="2023-11-14T20:31:20Z"),
    article("b", published="2023-11-14"),
    article("c", published="2023-11"),
    article("d", published="2023"),
    article("e", published=None),
    article("f", published="2023-12-01T00:00Z"),
    article("g", published="2022-12-31T23:59:59Z"),
    article("h", published="1899-12-31"),
)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2023", None, "abcdf"),
        (None, "2023-11", "abcdgh"),
        ("2023-11", "2023-11", "abc"),
        ("2023-11-14", "2023-11-14", "ab"),
        ("2023-11-15", None, "f"),
        ("2023-12-01", "2023-12", "f"),
        (None, "2022", "gh"),
        ("2024", "2023", ""),
        (None, "1900", "h"),
    ],
)
def test_date_ranges_are_inclusive_and_leave_out_the_undated(engine, start, end, found):
    build(engine, *DATED)
    assert ids(engine, DateRange(start, end)) == list(found)
    assert ids(engine, date_from=start, date_to=end) == list(found)


def test_an_open_range_means_dated(engine):
    build(engine, *DATED)
    assert "e" not in ids(engine, DateRange())
    assert len(ids(engine)) == 8


def test_order_by_date_puts_the_undated_last_both_ways(engine):
    build(engine, *DATED, article("bb", published="2023-11-14"), article("ee", published=None))
    assert ids(engine, sort="date") == ["h", "g", "d", "c", "b", "bb", "a", "f", "e", "ee"]
    assert ids(engine, sort="-date") == ["f", "a", "b", "bb", "c", "d", "g", "h", "e", "ee"]


def test_relevance_puts_a_title_before_a_text(engine):
    build(
        engine,
        article("a", title="Weather", body="Rain, then a drought and rain again for all of the week."),
        article("b", title="Drought", body="Rain is not expected in any of the regions this week."),
        article("c", title="Weather", body="Sun, some wind and little else was seen there this week."),
    )
    result = ask(engine, Term("drought"))
    assert [hit.article.id for hit in result.hits] == ["b", "a"]
    assert result.hits[0].score > result.hits[1].score > 0


def test_ties_go_by_id(engine):
    build(engine, *(article(name) for name in ("b10", "a", "b9", "é", "Z")))
    assert ids(engine, Term("army")) == ["Z", "a", "b10", "b9", "é"]


# --- groups and pages --------------------------------------------------------------------------

GROUPED = (
    article("a", published="2023-11-01", copies="c1", story="s1"),
    article("b", published="2023-11-03", copies="c1", story="s1"),
    article("c", published="2023-11-02", copies="c2", story="s1"),
    article("d", published="2023-11-04", copies="c3", story="s2", body="Floods."),
    article("e", published="2023-11-05"),
)


def test_groups_stand_at_the_place_of_their_first_member(engine):
    build(engine, *GROUPED)
    result = ask(engine, sort="-date", group="copies")
    assert [(hit.article.id, hit.copies_found) for hit in result.hits] == [
        ("e", 1),
        ("d", 1),
        ("b", 2),
        ("c", 1),
    ]
    result = ask(engine, sort="date", group="story")
    assert [(hit.article.id, hit.copies_found) for hit in result.hits] == [("a", 3), ("d", 1), ("e", 1)]


def test_totals_count_articles_and_groups(engine):
    build(engine, *GROUPED)
    result = ask(engine, Term("said"), group="story")
    assert (result.total, result.total_copies, result.total_stories) == (4, 3, 2)
    assert [hit.copies_found for hit in ask(engine).hits] == [1] * 5


def test_an_index_without_groups_counts_none(engine):
    build(engine, article("a"))
    result = ask(engine, group="story")
    assert (result.total, result.total_stories, result.total_copies) == (1, None, None)
    assert len(result.hits) == 1


def test_a_lone_article_is_not_in_a_group_named_like_it(engine):
    build(engine, article("a"), article("b", copies="a"))
    assert len(ask(engine, group="copies").hits) == 2


def test_filters_select_the_members_of_groups(engine):
    build(engine, *GROUPED)
    assert ids(engine, filters=(Filter("story", ("s1",)),), sort="date") == ["a", "c", "b"]
    assert ids(engine, filters=(Filter("copies", ("c1", "c3")),), sort="date") == ["a", "b", "d"]
    assert ids(engine, filters=(Filter("story", (), ("s1",)),), sort="date") == ["d", "e"]
    assert ids(engine, filters=(Filter("story", ("nobody",)),)) == []
    assert ids(
        engine, Term("said"), filters=(Filter("story", ("s1",)), Filter("copies", ("c1",))), sort="date"
    ) == [
        "a",
        "b",
    ]


def test_totals_of_groups_are_exact_under_any_filter(engine):
    build(engine, *GROUPED)
    result = ask(engine, filters=(Filter("copies", ("c1",)),), facets=(FacetRequest("source"),))
    assert (result.total, result.total_copies, result.total_stories) == (2, 1, 1)
    assert result.facets[0].values[0].count == 2
    result = ask(engine, filters=(Filter("copies", ("c1",)),), group="copies", limit=1)
    assert (len(result.hits), result.hits[0].copies_found, result.next) == (1, 2, None)
    result = ask(engine, date_from="2023-11-03", filters=(Filter("story", ("s1", "s2")),))
    assert (result.total, result.total_copies, result.total_stories) == (2, 2, 2)


@pytest.mark.parametrize("group", ["none", "copies", "story"])
@pytest.mark.parametrize("sort", ["relevance", "date", "-date"])
def test_following_cursors_shows_everything_once(engine, sort, group):
    articles = [
        article(f"n{i:02}", published=f"2023-11-{1 + i % 5:02}", copies=f"c{i % 7}", story=f"s{i % 3}")
        for i in range(23)
    ]
    build(engine, *articles)
    whole = ids(engine, sort=sort, group=group, limit=100)
    pages, after = [], None
    while True:
        result = ask(engine, sort=sort, group=group, limit=3, after=after)
        pages += [hit.article.id for hit in result.hits]
        assert result.total == 23
        after = result.next
        if after is None:
            break
    assert pages == whole


def test_offset_and_limit_cut_the_same_list(engine):
    build(engine, *(article(f"{i}") for i in range(7)))
    assert ids(engine, offset=2, limit=3) == ["2", "3", "4"]
    assert ids(engine, offset=6, limit=3) == ["6"]
    assert ids(engine, offset=10**9, limit=3) == []
    assert ask(engine, offset=4, limit=3).next is None
    assert ask(engine, offset=3, limit=3).next is not None


def test_no_hits_are_given_when_none_are_wanted(engine):
    build(engine, *SOURCES)
    result = ask(engine, limit=0, facets=(FacetRequest("lang"),))
    assert (result.total, result.hits, result.next) == (4, (), None)
    assert facet(result, "lang") == {"en": 3, "fr": 1}


def test_a_cursor_is_good_for_its_build_only(engine):
    build(engine, *SOURCES)
    after = ask(engine, limit=1).next
    assert after
    build(engine, *SOURCES)
    with pytest.raises(StaleCursorError):
        ask(engine, after=after)


@pytest.mark.parametrize("cursor", ["", "x", "é", "////", "MTIz", "\ud800", "9" * 5000])
def test_a_made_up_cursor_is_refused(engine, cursor):
    build(engine, *SOURCES)
    with pytest.raises(StaleCursorError):
        ask(engine, after=cursor)


def test_a_scan_gives_every_match_in_order(engine):
    build(engine, *DATED)
    request = SearchRequest(Not(Term("nothing")), sort="-date", limit=2, offset=3, date_from="2023")
    assert [found.id for found in engine.scan(request)] == ["f", "a", "b", "c", "d"]
    filtered = SearchRequest(All(), filters=(Filter("day", ("2023-11-14",)),))
    assert [found.id for found in engine.scan(filtered)] == ["a", "b"]


# --- marks, snippets, suggestions --------------------------------------------------------------


def test_title_and_snippets_show_what_was_found(engine):
    build(engine, article("a", title="Rebels leave", body="It rained.\n\nThe rebel army left Goïta's town."))
    (hit,) = ask(engine, parse("rebels goita").query).hits
    assert [hit.title.text[s:e] for s, e in hit.title.hits] == ["Rebels"]
    (snippet,) = hit.snippets
    assert [snippet.text[s:e] for s, e in snippet.hits] == ["rebel", "Goïta"]
    assert snippet.paragraph == 2


def test_snippets_can_be_left_out(engine):
    build(engine, article("a"))
    (hit,) = ask(engine, Term("army"), snippets=False).hits
    assert hit.snippets == ()


def test_a_slip_is_noticed(engine):
    articles = [article(f"{i}", body="The peacekeepers left Timbuktu.") for i in range(5)]
    build(engine, *articles)
    assert ask(engine, parse("timbuktoo").query).suggestion == "timbuktu"
    assert ask(engine, parse("timbuktu").query).suggestion is None
    assert ask(engine, parse("peacekepers -floods").query).suggestion == "peacekeepers -floods"


def test_any_text_can_be_searched_literally(engine):
    build(engine, article("a", body='He said "AT&T (C++)" OR nothing.'))
    assert ids(engine, literal('("AT&T" OR C++')) == ["a"]
