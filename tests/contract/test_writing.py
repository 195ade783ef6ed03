"""What is written is seen all at once or not at all, by one writer at a time."""

import threading

import pytest
from builders import article

from engine.errors import IndexLockedError, IndexMissingError
from engine.model import Card, SearchRequest
from engine.query import All, Term

EVERYTHING = SearchRequest(All())


def build(engine, *articles, fresh=True):
    with engine.writer(fresh=fresh) as writer:
        for one in articles:
            writer.put(one)


def fail(engine, one):
    with engine.writer(fresh=True) as writer:
        writer.put(one)
        raise ZeroDivisionError


def ids(engine, query=None):
    return [hit.article.id for hit in engine.search(SearchRequest(query or All(), limit=1000)).hits]


def test_before_the_first_build_there_is_nothing_to_ask(engine):
    with pytest.raises(IndexMissingError):
        engine.search(EVERYTHING)
    with pytest.raises(IndexMissingError):
        list(engine.scan(EVERYTHING))
    with pytest.raises(IndexMissingError):
        engine.info()
    assert list(engine.entries()) == []


def test_what_is_put_is_found(engine):
    build(engine, article("a"), article("b"))
    assert ids(engine) == ["a", "b"]


def test_an_article_comes_back_as_it_was_put(engine):
    made = article(
        "x",
        language="fr",
        agency="AFP",
        authors=("Awa Traoré",),
        removed=["Lire aussi", "🤖"],
        copies="c1",
        story="s1",
        url="https://sahel.example/x",
        published="2023-11-14T20:31:20Z",
    )
    build(engine, made)
    assert engine.get("x") == made
    assert engine.search(EVERYTHING).hits[0].article == Card.of(made)


def test_get_finds_by_id_then_by_path(engine):
    build(engine, article("a", path="news/one.txt"), article("news/one.txt", path="b.txt"))
    assert engine.get("a").id == "a"
    assert engine.get("b.txt").id == "news/one.txt"
    assert engine.get("news/one.txt").path == "b.txt"
    assert engine.get("missing") is None


def test_nothing_is_seen_before_the_writer_closes(engine):
    build(engine, article("a"))
    with engine.writer(fresh=False) as writer:
        writer.put(article("b"))
        writer.delete("a")
        assert ids(engine) == ["a"]
    assert ids(engine) == ["b"]


def test_an_exception_drops_everything(engine):
    build(engine, article("a"))
    before = engine.info()
    with pytest.raises(ZeroDivisionError):
        fail(engine, article("b"))
    assert ids(engine) == ["a"]
    assert engine.info() == before


def test_a_failed_first_build_leaves_no_index(engine):
    with pytest.raises(ZeroDivisionError):
        fail(engine, article("a"))
    with pytest.raises(IndexMissingError):
        engine.search(EVERYTHING)


def test_fresh_begins_from_nothing(engine):
    build(engine, article("a"))
    build(engine, article("b"), fresh=True)
    assert ids(engine) == ["b"]
    build(engine, article("c"), fresh=False)
    assert ids(engine) == ["b", "c"]


def test_an_update_without_index_is_a_build(engine):
    build(engine, article("a"), fresh=False)
    assert ids(engine) == ["a"]


def test_the_last_call_for_an_id_wins(engine):
    with engine.writer(fresh=True) as writer:
        writer.put(article("a", body="First version."))
        writer.put(article("a", body="Second version."))
        writer.put(article("b"))
        writer.delete("b")
        writer.delete("c")
        writer.put(article("c"))
    assert ids(engine) == ["a", "c"]
    assert ids(engine, Term("first")) == []
    assert ids(engine, Term("second")) == ["a"]


def test_replacing_an_article_forgets_its_old_words(engine):
    build(engine, article("a", body="Rebels left."), article("b", body="Rebels stayed."))
    build(engine, article("a", body="Floods came."), fresh=False)
    assert ids(engine, Term("rebels")) == ["b"]
    assert ids(engine, Term("floods")) == ["a"]


def test_deleting_an_unknown_id_changes_nothing(engine):
    build(engine, article("a"))
    with engine.writer(fresh=False) as writer:
        writer.delete("nobody")
    assert ids(engine) == ["a"]


def test_deleted_articles_stay_deleted(engine):
    build(engine, *(article(f"n{i:02}") for i in range(20)))
    with engine.writer(fresh=False) as writer:
        for i in range(0, 20, 2):
            writer.delete(f"n{i:02}")
    build(engine, article("z"), fresh=False)
    assert ids(engine) == [*(f"n{i:02}" for i in range(1, 20, 2)), "z"]
    assert engine.info().articles == 11
    assert [entry.id for entry in engine.entries()] == ids(engine)


def test_an_index_may_be_empty(engine):
    build(engine)
    result = engine.search(EVERYTHING)
    assert (result.total, result.hits, result.next) == (0, (), None)
    assert engine.info().articles == 0
    assert engine.check() == ()


def test_two_writers_at_a_time_are_one_too_many(engine):
    with engine.writer(fresh=True) as writer:
        writer.put(article("a"))
        with pytest.raises(IndexLockedError), engine.writer(fresh=True):
            pytest.fail("the second writer was let in")
    assert ids(engine) == ["a"]
    build(engine, article("b"), fresh=False)
    assert ids(engine) == ["a", "b"]


def test_entries_sum_up_what_is_indexed(engine):
    build(
        engine, article("b", source=None), article("a", language="fr", removed=["Read more"], truncated=True)
    )
    first, second = engine.entries()
    assert (first.id, first.language, first.truncated) == ("a", "fr", True)
    assert first.removed == (("furniture.line", "Furniture", 1),)
    assert (second.id, second.source) == ("b", None)


def test_info_describes_the_generation(engine):
    with engine.writer(fresh=True) as writer:
        writer.put(article("a", language="fr"))
        writer.put(article("b", language=None))
        writer.put(article("c", language="en"))
        writer.describe('{"documents": 3}')
    info = engine.info()
    assert (info.articles, info.languages, info.report) == (3, ("en", "fr"), '{"documents": 3}')
    assert info.created.startswith("20")


def test_every_generation_has_a_name_of_its_own(engine):
    builds = set()
    for _ in range(3):
        build(engine, article("a"))
        builds.add(engine.info().build)
        assert engine.search(EVERYTHING).build == engine.info().build
    assert len(builds) == 3


def test_a_sound_index_has_no_problems(engine):
    build(engine, article("a"), article("b"))
    assert engine.check() == ()


def test_a_scan_under_way_keeps_its_generation(engine):
    build(engine, article("a"), article("b"), article("c"))
    scan = engine.scan(EVERYTHING)
    seen = [next(scan).id]
    build(engine, article("z"), fresh=True)
    assert seen + [found.id for found in scan] == ["a", "b", "c"]
    assert ids(engine) == ["z"]


def test_searches_during_a_build_never_fail(engine):
    build(engine, *(article(f"n{i}") for i in range(5)))
    problems, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            try:
                total = engine.search(EVERYTHING).total
            except Exception as error:  # noqa: BLE001 - any error is what this test looks for
                problems.append(repr(error))
                return
            if total not in (5, 6, 7, 8):
                problems.append(f"saw {total} articles")

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(5, 8):
        build(engine, article(f"n{i}"), fresh=False)
    stop.set()
    for thread in threads:
        thread.join()
    assert problems == []


def test_closing_twice_does_no_harm(engine):
    build(engine, article("a"))
    engine.close()
    engine.close()
