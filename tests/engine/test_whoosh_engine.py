"""The engine as a whole: threads, rebuilds under load, other processes, and everything that can go wrong."""

import errno
import threading
import time

import pytest
from builders import article

from engine.errors import (
    IndexDamagedError,
    IndexIncompatibleError,
    IndexLockedError,
    IndexMissingError,
    IndexWriteError,
    QueryLimitError,
    UnknownFieldError,
)
from engine.model import FacetRequest, SearchRequest
from engine.query import All, Fuzzy, Or, Phrase, Prefix, Term
from engine.whoosh import Limits, generations, open_engine, schema, search, segments, snapshot

EVERYTHING = SearchRequest(All(), limit=100)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(root):
    made = open_engine(root)
    yield made
    made.close()


def build(engine, *articles, fresh=True):
    with engine.writer(fresh=fresh) as writer:
        for one in articles:
            writer.put(one)


def ids(engine):
    return [hit.article.id for hit in engine.search(EVERYTHING).hits]


def builds(root):
    return sorted(path.name for path in (root / "builds").iterdir())


# --- generations -----------------------------------------------------------------------------


def test_another_engine_on_the_same_folder_sees_the_new_build(engine, root):
    build(engine, article("a"))
    other = open_engine(root)
    assert ids(other) == ["a"]
    build(engine, article("b"))
    assert ids(other) == ["b"]
    other.close()


def test_a_running_export_is_of_one_generation(engine):
    build(engine, *(article(f"a{n}") for n in range(5)))
    stream = engine.scan(EVERYTHING)
    assert next(stream).id == "a0"
    for key in "xyz":
        build(engine, article(key))
    assert [one.id for one in stream] == ["a1", "a2", "a3", "a4"]
    assert ids(engine) == ["z"]


def test_an_old_generation_is_closed_when_its_last_user_is_done(engine, monkeypatch):
    closed = []
    close = snapshot.Snapshot.close
    monkeypatch.setattr(snapshot.Snapshot, "close", lambda self: (closed.append(self.build), close(self)))
    build(engine, article("a"), article("b"))
    closed.clear()
    first = engine.info().build
    stream = engine.scan(EVERYTHING)
    next(stream)
    build(engine, article("c"))
    assert first not in closed
    stream.close()
    assert first in closed


def test_a_generation_whose_files_are_gone_still_serves_those_who_hold_it(engine):
    build(engine, article("a"))
    with engine._using() as held:
        for key in "xyz":
            build(engine, article(key))
        assert not held.generation.path.exists()
        assert held.get("a").id == "a"


def test_an_exception_in_the_block_leaves_everything_as_it_was(engine, root):
    build(engine, article("a"))
    before = builds(root)
    with pytest.raises(AttributeError):
        build(engine, article("b"), None, fresh=False)
    assert ids(engine) == ["a"]
    assert builds(root) == before


def test_two_engines_can_not_write_at_once(engine, root):
    with engine.writer(fresh=True), pytest.raises(IndexLockedError), open_engine(root).writer(fresh=True):
        pass


def test_closing_and_asking_again(engine):
    build(engine, article("a"))
    engine.close()
    assert ids(engine) == ["a"]


def test_eight_threads_search_while_the_index_is_rebuilt(engine):
    """Every answer is whole and of one generation."""
    sizes = [30, 40, 50]
    build(engine, *(article(f"a{n}", body=f"red w{n}") for n in range(sizes[0])))
    stop = threading.Event()
    wrong, answered = [], []

    def ask(n):
        queries = [All(), Term("red"), Phrase("red w1"), Prefix("w1"), Fuzzy("rad")]
        while not stop.is_set():
            request = SearchRequest(queries[n % 5], facets=(FacetRequest("source"),), limit=3)
            try:
                result = engine.search(request)
            except Exception as error:  # noqa: BLE001 - any error at all is what this test looks for
                wrong.append(error)
                return
            counted = sum(value.count for value in result.facets[0].values)
            if counted != result.total or (n % 5 < 2 and result.total not in sizes):
                wrong.append(result)
            answered.append(result.build)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for size in sizes[1:]:
        build(engine, *(article(f"a{n}", body=f"red w{n}") for n in range(size)))
    until = time.monotonic() + 20
    while answered.count(engine.info().build) < 20 and not wrong and time.monotonic() < until:
        time.sleep(0.01)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(set(answered)) >= 2


# --- budgets ---------------------------------------------------------------------------------


def test_a_broken_budget_is_said_and_the_total_is_a_lower_bound(root):
    engine = open_engine(root, Limits(pattern=1))
    build(engine, article("a", title="-", body="kidal kidal"), article("b", title="-", body="kids"))
    for query in (Prefix("kid", "body"), Fuzzy("kidas", "body", 2)):
        result = engine.search(SearchRequest(query))
        assert result.partial
        assert result.total_relation == "gte"
        assert result.total == 1
        assert "too many words; only the 1 most frequent" in result.warnings[0]
    engine.close()


def test_a_dictionary_too_large_for_a_fuzzy_word_is_searched_in_part(root):
    engine = open_engine(root, Limits(scanned=1))
    build(engine, article("a", title="-", body="kidal kids"))
    result = engine.search(SearchRequest(Fuzzy("kidal", "body")))
    assert result.partial
    assert result.total == 1
    assert "only a part" in result.warnings[0]
    engine.close()


def test_a_query_that_reads_too_much_is_refused(root):
    engine = open_engine(root, Limits(postings=1_000))
    build(engine, *(article(f"a{n}", body="army town") for n in range(1_100)))
    assert engine.search(SearchRequest(Term("unheard"))).total == 0
    for query in (Term("army"), Or((Term("army"), Term("town"))), Phrase("army town")):
        with pytest.raises(QueryLimitError, match="very common words"):
            engine.search(SearchRequest(query))
    engine.close()


# --- what can go wrong -----------------------------------------------------------------------


def test_a_foreign_folder_is_neither_read_nor_written(engine, root):
    root.mkdir()
    (root / "holiday.jpg").touch()
    with pytest.raises(IndexIncompatibleError):
        engine.search(EVERYTHING)
    for fresh in (True, False):
        with pytest.raises(IndexIncompatibleError, match="holiday"), engine.writer(fresh=fresh):
            pass
    assert [path.name for path in root.iterdir()] == ["holiday.jpg"]


def test_an_index_of_an_older_schema_asks_for_a_rebuild_and_gets_it(engine, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "LAYOUT", 0)
        build(engine, article("a"))
    engine.close()
    with pytest.raises(IndexIncompatibleError, match="run `dateline index`"):
        engine.search(EVERYTHING)
    with pytest.raises(IndexIncompatibleError), engine.writer(fresh=False):
        pass
    build(engine, article("b"))
    assert ids(engine) == ["b"]


@pytest.mark.parametrize("damage", ["CURRENT", "manifest.json", "_MAIN_*.toc"])
def test_a_damaged_index_is_said_to_be_and_a_rebuild_heals_it(engine, root, damage):
    build(engine, article("a"))
    engine.close()
    next(root.rglob(damage)).write_bytes(b"\x80\x04damage")
    with pytest.raises(IndexDamagedError, match="un `dateline index` to rebuild"):
        engine.search(EVERYTHING)
    with pytest.raises(IndexDamagedError), engine.writer(fresh=False):
        pass
    assert len(engine.check()) == 1
    build(engine, article("b"))
    assert ids(engine) == ["b"]


def test_damage_too_large_to_look_for_on_opening_is_named_when_it_is_met(engine, root, monkeypatch):
    """Only the size of large files is compared on opening; whatever then fails is traced to the file."""
    monkeypatch.setattr(generations, "_SMALL", 0)
    build(engine, *(article(f"a{n}") for n in range(20)))
    engine.close()
    (segment,) = root.rglob("*.pack")
    sound = segment.read_bytes()
    outcomes = set()
    for place in range(0, len(sound), len(sound) // 60):
        segment.write_bytes(sound[:place] + bytes(9) + sound[place + 9 :])
        try:
            engine.search(SearchRequest(Phrase("the army"), facets=(FacetRequest("source"),)))
            outcomes.add("answered")
        except IndexDamagedError as error:
            outcomes.add(str(error).partition("run `")[2] or str(error).partition("Run `")[2])
        engine.close()
    assert outcomes == {"answered", "dateline index` to rebuild the index."}


def test_an_error_of_our_own_is_not_called_damage(engine, monkeypatch):
    build(engine, article("a"))
    monkeypatch.setattr(search, "evaluate", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        engine.search(EVERYTHING)


def test_an_index_taken_away_is_missed(engine, root):
    build(engine, article("a"))
    (root / "CURRENT").unlink()
    with pytest.raises(IndexMissingError):
        engine.search(EVERYTHING)


@pytest.mark.parametrize("place", ["put", "commit"])
def test_a_full_disk_leaves_the_old_index_and_no_litter(engine, root, monkeypatch, place):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    build(engine, article("a"))
    before = builds(root)
    with monkeypatch.context() as patch:
        patch.setattr(segments.Segments, place, full)
        with pytest.raises(IndexWriteError, match=r"No space left on device.*the one before is untouched"):
            build(engine, article("b"))
    assert ids(engine) == ["a"]
    assert builds(root) == before
    build(engine, article("c"))
    assert ids(engine) == ["c"]


def test_a_folder_that_can_not_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises((IndexWriteError, IndexIncompatibleError)):
        build(open_engine(tmp_path / "file" / "index"), article("a"))


def test_errors_of_the_caller_are_not_ours(engine):
    build(engine, article("a"))
    with pytest.raises(FileNotFoundError), engine.writer(fresh=False):
        raise FileNotFoundError
    with pytest.raises(UnknownFieldError):
        engine.search(SearchRequest(All(), facets=(FacetRequest("mood"),)))
