import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import QueryLimitError, QuerySyntaxError, UserError
from engine.parser import Limits, literal, parse, to_text
from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Term, Value, Wildcard

A, B, C = Term("a"), Term("b"), Term("c")


def read(text, match="all"):
    return parse(text, match).query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", All()),
        ("  \u3000 ", All()),
        ("*", All()),
        ("kidal", Term("kidal")),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a (b (c))", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a a b", And((A, B))),
        ("a * b", And((A, B))),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("-a", Not(A)),
        ("NOT -a", A),
        ("-(a b)", Not(And((A, B)))),
        ("a OR -b", Or((A, Not(B)))),
        ("or and not", And((Term("or"), Term("and"), Term("not")))),
        ("OR, AND.", And((Term("or"), Term("and")))),
    ],
)
def test_words_and_signs(text, query):
    assert read(text) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('"the army"', Phrase("the army")),
        ("“the army”", Phrase("the army")),
        ("„die Armee“", Phrase("die Armee")),
        ("« l’armée »", Phrase("armée")),
        ("「東京都」", Phrase("東京都")),
        ("＂the army＂", Phrase("the army")),
        ('"the army"~5', Phrase("the army", slop=5)),
        ('"the army"~0', Phrase("the army")),
        ('-"the army"', Not(Phrase("the army"))),
        ('a "" b', And((A, B))),
        ('"?!"', All()),
        ("kid*", Prefix("kid")),
        ("k?dal", Wildcard("k?dal")),
        ("K?dal*", Wildcard("K?dal*")),
        ("g**ta?", Wildcard("g*ta")),
        ("title:g*ï?a", Wildcard("g*ï?a", "title")),
        ("page.php?id=3", Term("page.php?id=3")),
        ("kidal?", Term("kidal")),
        ("kid**", Prefix("kid")),
        ("al-qa*", And((Term("al"), Prefix("qa")))),
        ("l'arm*", Prefix("arm")),
        ("goita~", Fuzzy("goita")),
        ("goita~2", Fuzzy("goita", distance=2)),
        ("goita~0", Term("goita")),
        ("ould-aly~", And((Term("ould"), Fuzzy("aly")))),
    ],
)
def test_phrases_prefixes_and_slips(text, query):
    assert read(text) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("title:mali", Term("mali", "title")),
        ("TITLE:mali", Term("mali", "title")),
        ("title：mali", Term("mali", "title")),
        ('source:"Le Monde"', Phrase("Le Monde", "source")),
        ("agency:af*", Prefix("af", "agency")),
        ("place:gaoo~", Fuzzy("gaoo", "place")),
        ("title:(a OR b) c", And((Or((Term("a", "title"), Term("b", "title"))), C))),
        ("title:(a lang:fr)", And((Term("a", "title"), Value("lang", ("fr",))))),
        ("author:O’Brien", Term("O’Brien", "author")),
        ("lang:FR", Value("lang", ("fr",))),
        ("-lang:fr", Not(Value("lang", ("fr",)))),
        ("lang:zh-cn", Value("lang", ("zh-cn",))),
        ("is:translated", Value("translated", ("translated", "probable"))),
        ("is:truncated", Value("access", ("truncated",))),
        ("in:removed a", Term("a", "removed")),
        ('in:removed "read more" a', And((Phrase("read more", "removed"), A))),
        ("in:body (a b)", And((Term("a", "body"), Term("b", "body")))),
        ("title:-a", Term("a", "title")),
        ("title:title:a", Term("title:a", "title")),
    ],
)
def test_operators(text, query):
    assert read(text) == query


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("date:2023", "2023", "2023"),
        ("date:2023-11", "2023-11", "2023-11"),
        ("date:2023-11-01..2023-11-15", "2023-11-01", "2023-11-15"),
        ("date:2023..2023-11", "2023", "2023-11"),
        ("date:2023-11..", "2023-11", None),
        ("date:..2023", None, "2023"),
        ("date:..", None, None),
        ("before:2023-11-14", None, "2023-11-13"),
        ("before:2023-01-01", None, "2022-12-31"),
        ("before:2023-01", None, "2022-12"),
        ("before:2023", None, "2022"),
        ("after:2023-11-14", "2023-11-15", None),
        ("after:2024-02-28", "2024-02-29", None),
        ("after:2023-12", "2024-01", None),
        ("after:2023", "2024", None),
    ],
)
def test_dates(text, start, end):
    assert read(text) == DateRange(start, end)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("C++", Term("C")),
        ("AT&T", Term("AT&T")),
        ("12\" 5'", And((Term("12"), Term("5")))),
        ('a " b', And((A, B))),
        ("a - b -- c", And((A, B, C))),
        ("--help", Term("help")),
        ("a, b; c.", And((A, B, C))),
        ("+a ^b !c", And((A, B, C))),
        ("a () b", And((A, B))),
        ("a ?! b", And((A, B))),
        ("5:30", Term("5:30")),
        ("https://a.example/b?c=(d)", And((Term("https://a.example/b?c"), Term("d")))),
        ("a\x00b \ud800 🙂", Term("a\x00b")),
        ("~ ~5 c", And((Term("5"), C))),
    ],
)
def test_punctuation_is_never_an_error(text, query):
    assert read(text) == query
    assert parse(text).warnings == ()


@pytest.mark.parametrize(
    "text", ['"', "(", ")", ":-)", "!!!", '"" ()', "🙂", "-", "~", "* *", "title:???", 'in:removed "…"']
)
def test_a_query_without_words_finds_everything_and_says_so(text):
    assert read(text) == All()
    assert len(parse(text).warnings) == 1


@pytest.mark.parametrize(
    ("text", "query", "warning"),
    [
        ("foo:bar", Term("foo:bar"), "no operator “foo:”"),
        ('foo:"a b"', And((Term("foo"), Phrase("a b"))), "no operator “foo:”"),
        ("title: a", And((Term("title"), A)), "“title:” has no value"),
        ("*dal", Term("dal"), "letters must stand before it"),
    ],
)
def test_what_was_taken_differently_is_said(text, query, warning):
    parsed = parse(text)
    assert parsed.query == query
    assert len(parsed.warnings) == 1
    assert warning in parsed.warnings[0]


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("(a b", 1, "never closed"),
        ("a (b", 3, "never closed"),
        ("a) b", 2, "There is no"),
        ('a "b c', 3, "never closed"),
        ("title:“b c", 7, "never closed"),
        ("OR a", 1, "before it"),
        ("a OR", 3, "after it"),
        ("a OR OR b", 3, "after it"),
        ("(OR a)", 2, "before it"),
        ("(a OR) b", 4, "after it"),
        ("AND a", 1, "before it"),
        ("a AND", 3, "after it"),
        ("a NOT", 3, "after it"),
        ("-OR a", 2, "before it"),
        ("a date:2023-13", 3, "no date"),
        ("date:2023-02-29", 1, "no date"),
        ("date:14.11.2023", 1, "no date"),
        ("date:0000", 1, "no date"),
        ("date:٢٠٢٣", 1, "no date"),
        ("date:2024..2023", 1, "before it begins"),
        ("date:(a)", 1, "needs a value"),
        ("before:0001", 1, "end of the calendar"),
        ("after:9999-12-31", 1, "end of the calendar"),
        ("is:new", 1, "is:translated and is:truncated"),
        ("in:source a", 1, "in:title, in:body, in:removed"),
        ("in:removed", 1, "after it"),
        ("in:removed OR a", 1, "after it"),
    ],
)
def test_a_broken_query_is_explained_with_its_column(text, column, said):
    with pytest.raises(QuerySyntaxError, match=said) as caught:
        parse(text)
    assert caught.value.column == column
    assert f"column {column}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("x" * 513, "characters"),
        ("a " * 65, "clauses"),
        ("(" * 17 + "a" + ")" * 17, "depth"),
        ("a k*", "prefix"),
        ('"a b"~51', "slop"),
        ('"a b"~' + "9" * 400, "slop"),
        ("goita~3", "distance"),
    ],
)
def test_a_query_beyond_a_limit_names_it(text, limit):
    with pytest.raises(QueryLimitError) as caught:
        parse(text)
    assert caught.value.limit == limit


def test_limits_are_reached_but_not_passed():
    assert parse("x" * 512)
    assert len(read(" ".join(f"w{i}" for i in range(64))).children) == 64
    assert read("(" * 16 + "a" + ")" * 16) == A


def test_thousands_of_parentheses_meet_the_limit_not_the_stack():
    with pytest.raises(QueryLimitError):
        parse("(" * 3000 + "a" + ")" * 3000, limits=Limits(characters=10_000))
    assert parse("NOT " * 2000 + "a", limits=Limits(characters=10_000)).query == A
    with pytest.raises(QuerySyntaxError):
        parse("in:title " * 500, limits=Limits(characters=10_000))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a b", Or((A, B))),
        ("a AND b c", Or((And((A, B)), C))),
        ("a b -c", And((Or((A, B)), Not(C)))),
        ("a lang:fr b", And((Or((A, B)), Value("lang", ("fr",))))),
        ("a b source:monde", And((Or((A, B)), Term("monde", "source")))),
        (
            "a (lang:fr OR lang:en) date:2023",
            And((A, Or((Value("lang", ("fr",)), Value("lang", ("en",)))), DateRange("2023", "2023"))),
        ),
        ("title:a b", Or((Term("a", "title"), B))),
        ("-a", Not(A)),
    ],
)
def test_any_of_the_words_still_demands_the_conditions(text, query):
    assert read(text, "any") == query


def test_terms_are_the_words_looked_for():
    assert parse('Goïta U.N. "the Army" kid* -sport (Ould-Ali OR goita)').terms == (
        *("goita", "un", "the", "army", "kid", "ould", "ali"),
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('(the "army', And((Term("the"), Term("army")))),
        ("a OR", And((A, Term("or")))),
        ("date:2023-13", Term("date:2023-13")),
        ("?!", All()),
        ("“U.N.”", Term("U.N.")),
    ],
)
def test_literally_no_sign_means_anything(text, query):
    assert literal(text) == query


def test_literal_stays_within_the_limits():
    assert len(literal("a b c d " * 1000).children) == 4
    assert len(literal(" ".join(f"w{i}" for i in range(100))).children) == 64


ALPHABET = st.text(st.sampled_from('ab OR-NOT"()*~:.,!?é“”’1 date:2023..in:removed is:title:'), max_size=40)


def outcome(text):
    """What reading a text ends in: a query or a refusal."""
    try:
        return parse(text).query
    except UserError as error:
        return error


@given(st.one_of(st.text(max_size=60), ALPHABET))
@example("-OR")
@example("((a)")
@example('title:"')
@example(':A:"0')
@example(",title:x")
@example("foo~5.")
def test_any_text_is_read_or_refused(text):
    found = outcome(text)
    if isinstance(found, UserError):
        assert str(found).endswith(".")
        assert 1 <= getattr(found, "column", 1) <= len(text) + 1
    else:
        assert parse(to_text(found)).query == found
    assert literal(text)


# --- trees and back ----------------------------------------------------------------------------

words = st.sampled_from(
    ["kidal", "Goïta", "U.N.", "Ould-Ali", "AT&T", "東京都", "3.5", "or", "foo:bar", "12", "title:x", "a~5"]
)
fields = st.sampled_from([None, None, "title", "body", "removed", "source", "agency", "place", "author"])
dates = st.sampled_from([None, "2023", "2023-11", "2023-11-14"])
leaves = st.one_of(
    st.builds(Term, words, fields),
    st.builds(Phrase, st.lists(words, min_size=1, max_size=3).map(" ".join), fields, st.integers(1, 50)),
    st.builds(Prefix, st.sampled_from(["kid", "Goï", "東京"]), fields),
    st.builds(Fuzzy, st.sampled_from(["kidal", "Goïta"]), fields, st.integers(1, 2)),
    st.builds(DateRange, dates, dates).filter(lambda r: not (r.start and r.end and r.start < r.end)),
    st.sampled_from(["fr", "zh-cn", "none"]).map(lambda code: Value("lang", (code,))),
    st.just(Value("translated", ("translated", "probable"))),
    st.just(Value("access", ("truncated",))),
)


def joined(kind, children):
    """Build And/Or as the parser does: flat, without repeats."""
    flat = [part for child in children for part in (child.children if isinstance(child, kind) else (child,))]
    unique = tuple(dict.fromkeys(flat))
    return kind(unique) if len(unique) > 1 else unique[0]


trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(And, parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(Or, parts)),
        inner.map(lambda part: part.child if isinstance(part, Not) else Not(part)),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_tree_is_read_back_from_its_text(tree):
    assert parse(to_text(tree), limits=Limits(characters=10_000)).query == tree
