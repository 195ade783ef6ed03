"""Strategies for random archives and queries: any article, any change, any query tree."""

from builders import article
from hypothesis import strategies as st

from engine.query import All, And, DateRange, Fuzzy, Not, Or, Phrase, Prefix, Term, Value, Wildcard

# Few words and often the same, so that queries find something but not everything.
COMMON = ["army", "armies", "the", "town", "towns", "Goïta"]
RARE = [
    *("armée", "armées", "goita", "U.N.", "un", "UN's", "l'armée", "running", "run", "kid", "kids"),
    *("Ould-Ali", "ali", "ould", "3.5", "3,5", "10,000", "東京都", "京都", "東", "Straße", "N'Djaména"),
    *("example.com", "x" * 70, "القاهرة", "ёлка", "ﬁn", "é", "🙂", "\ud800", "-"),
]
words = st.one_of(st.sampled_from(COMMON), st.sampled_from(COMMON), st.sampled_from(RARE))
SEPARATORS = [" ", " ", " ", ", ", "\n", ". ", "-", "’"]
LANGUAGES = ["en", "en", "fr", "de", "ja", "zh-cn", None]
SOURCES = ["Sahel Courier", "Le Matin", "none", None, "é"]
DATES = [
    "2023",
    "2023-11",
    "2023-11-14",
    "2023-11-14T09:00Z",
    "2023-11-14T09:00:05Z",
    "2023-10-31",
    "1899",
    None,
]
BOUNDS = [None, None, "2023", "2023-11", "2023-11-14", "2022-12", "2023-10-31"]
IDS = [f"id{i}" for i in range(6)]
TEXT_FIELDS = [
    None,
    None,
    None,
    None,
    None,
    "title",
    "body",
    "removed",
    "author",
    "place",
    "source",
    "agency",
]

texts = st.lists(st.tuples(words, st.sampled_from(SEPARATORS)), max_size=10).map(
    lambda pairs: "".join(word + separator for word, separator in pairs)
)
lines = texts.map(lambda text: text.replace("\n", " "))

articles = st.builds(
    article,
    id=st.sampled_from(IDS),
    title=lines,
    body=texts,
    language=st.sampled_from(LANGUAGES),
    source=st.sampled_from(SOURCES),
    agency=st.sampled_from(["AFP", "Agence du Fleuve", None]),
    published=st.sampled_from(DATES),
    place=st.sampled_from(["GAO", "Kidal", None]),
    authors=st.lists(st.sampled_from(["Awa Traoré", "Ali Ould"]), max_size=2),
    translated=st.sampled_from(["translated", "probable", "none", "unknown"]),
    truncated=st.booleans(),
    removed=st.lists(lines, max_size=2),
    copies=st.sampled_from([None, "c1", "c2", "id1"]),
    story=st.sampled_from([None, "s1", "s2"]),
)
archives = st.one_of(st.lists(articles, max_size=2), *[st.lists(articles, min_size=5, max_size=9)] * 3)
changes = st.lists(st.one_of(articles, st.sampled_from(IDS)), max_size=6)

fields = st.sampled_from(TEXT_FIELDS)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join)
values = {
    "source": st.sampled_from(["Sahel Courier", "none", "é", "Nobody"]),
    "lang": st.sampled_from(["en", "fr", "none", "xx"]),
    "month": st.sampled_from(["2023-11", "2023-10", "none"]),
    "translated": st.sampled_from(["translated", "none"]),
}
terms = st.builds(Term, words, fields)
pairs = st.lists(st.sampled_from(COMMON), min_size=2, max_size=2).map(" ".join)
sequences = st.one_of(
    st.builds(Phrase, phrases, fields, st.integers(1, 4)), st.builds(Phrase, pairs, slop=st.integers(1, 4))
)
leaves = st.one_of(
    terms,
    terms,
    sequences,
    sequences,
    st.just(All()),
    st.builds(Prefix, st.sampled_from(["ar", "kid", "goï", "to", "x" * 64, "東京", "ex", ""]), fields),
    st.builds(Wildcard, st.sampled_from(["a?my", "to*s", "t?w*", "ar*i*s", "g*ta", "k?d", "x*x"]), fields),
    st.builds(
        Fuzzy,
        st.sampled_from(["towm", "amry", "goita", "kd", "run", "ould-aly", "é"]),
        fields,
        st.integers(1, 2),
    ),
    st.builds(DateRange, st.sampled_from(BOUNDS), st.sampled_from(BOUNDS)),
    st.sampled_from(sorted(values)).flatmap(
        lambda field: st.builds(Value, st.just(field), st.lists(values[field], max_size=2).map(tuple))
    ),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)
