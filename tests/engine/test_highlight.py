import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.analysis import iter_tokens
from engine.fields import BY_NAME
from engine.highlight import READ, Highlighter, hits, snippets
from engine.matching import leaves, matched
from engine.parser import parse

BODY = """The army of Mali said on Tuesday that it had entered the town. U.N. officials confirmed it.

Rebels had held Kidal for ten years. They left without a fight, residents said.
   \t
The mission leaves Mali next month; its last base stands in Kidal, far from the capital."""


def marked(text, query, language="en", field="body"):
    return [text[start:end] for start, end in hits(text, parse(query).query, language, field)]


def shown(body, query, language="en", **options):
    return snippets(body, parse(query).query, language, **options)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("armies", ["army"]),
        ("UN", ["U.N."]),
        ('"officials confirmed"', ["officials", "confirmed"]),
        ('"confirmed officials"', []),
        ('"mali said"', ["Mali", "said"]),
        ("kid*", ["Kidal", "Kidal"]),
        ("kidel~", ["Kidal", "Kidal"]),
        ("army -kidal", ["army"]),
        ("army OR (rebels nothing)", ["army", "Rebels"]),
        ("title:army", []),
        ("lang:en date:2023 *", []),
        ("confirmed U.N.", ["U.N.", "confirmed"]),
    ],
)
def test_hits(query, found):
    assert marked(BODY, query) == found


def test_hits_follow_field_and_language():
    assert marked("Les armées", "title:armée", "fr", "title") == ["armées"]
    assert marked("Les armées", "armée", None, "title") == []
    assert marked("Read more", "in:removed more", None, "removed") == ["more"]


def test_overlapping_hits_are_joined():
    assert marked("東京都の天気", "東京都") == ["東京都"]
    assert marked("kidal", "kidal kid* kidel~") == ["kidal"]


def test_snippets_show_the_densest_places_in_the_order_of_the_text():
    first, second = shown(BODY, "kidal mali base army")
    assert (
        first.text
        == "The army of Mali said on Tuesday that it had entered the town. U.N. officials confirmed it."
    )
    assert [first.text[s:e] for s, e in first.hits] == ["army", "Mali"]
    assert second.text.startswith("The mission leaves Mali")
    assert [second.text[s:e] for s, e in second.hits] == ["Mali", "base", "Kidal"]
    assert (first.paragraph, second.paragraph) == (1, 3)


def test_the_second_snippet_shows_the_words_the_first_lacks():
    body = "Alpha alpha alpha here.\n\nAlpha alpha again.\n\nOnly beta here."
    assert [fragment.text for fragment in shown(body, "alpha beta")] == [
        "Alpha alpha alpha here.",
        "Only beta here.",
    ]


def test_without_hits_the_beginning_is_shown():
    (fragment,) = shown(BODY, "nothing")
    assert (
        fragment.text
        == "The army of Mali said on Tuesday that it had entered the town. U.N. officials confirmed it."
    )
    assert (fragment.hits, fragment.paragraph) == ((), 1)
    assert shown("", "a") == shown(" \n\n ", "a") == ()


def test_a_long_sentence_is_cut_at_words_and_says_so():
    body = "word " * 100 + "needle " + "word " * 100
    (fragment,) = shown(body, "needle", size=1)
    assert fragment.text.startswith("…word")
    assert fragment.text.endswith("word…")
    assert len(fragment.text) <= 202
    assert [fragment.text[s:e] for s, e in fragment.hits] == ["needle"]


def test_initials_do_not_end_a_sentence():
    (fragment,) = shown(
        "It rained. Mr J. B. Sow of the U.N. Mission spoke. He left.", "mission", size=1, width=50
    )
    assert fragment.text.startswith("Mr J. B. Sow")


@pytest.mark.parametrize("short", ["Dec.", "Sept.", "Mr.", "Dr.", "Gen.", "Mme.", "vs."])
def test_abbreviations_do_not_end_a_sentence(short):
    body = "It rained. " * 9 + f"On {short} 8 they left the harbour. He slept."
    (fragment,) = shown(body, "harbour", size=1, width=70)
    assert fragment.text.startswith(f"On {short} 8")


def test_a_word_that_ends_like_an_abbreviation_ends_a_sentence():
    (fragment,) = shown("It was an overcast. They left the harbour then.", "harbour", size=1, width=40)
    assert fragment.text.startswith("They left")


def test_snippets_of_articles_are_pieces_of_their_body():
    made = article(body=BODY)
    for fragment in shown(made.body, "town residents base"):
        assert fragment.text.strip("…") in made.body


@pytest.mark.parametrize(
    "body", ["needle " * 200_000, "x" * 2_000_000, " " * 2_000_000, ". " * 500_000, "\n" * 1_000_000]
)
def test_huge_bodies_are_read_in_part_only(body):
    for fragment in shown(body, "needle"):
        assert len(fragment.text) <= 202
    assert shown("needle. " + "x " * READ + "other", "other")[0].hits == ()


PIECES = st.lists(
    st.sampled_from(["needle", "thread", "東京都", "U.N.", " ", ". ", "\n", "\n\n", "a", "…", "é"]),
    max_size=60,
)


@given(PIECES.map("".join), st.integers(1, 3), st.integers(5, 60))
def test_every_hit_lies_inside_its_fragment(body, size, width):
    fragments = shown(body, '"needle thread" OR un OR 京都', size=size, width=width)
    assert len(fragments) <= size
    for fragment in fragments:
        assert "\n" not in fragment.text
        assert fragment.text.strip("…") in body
        assert 1 <= fragment.paragraph <= body.count("\n") + 1
        ends = [edge for hit in fragment.hits for edge in hit]
        assert ends == sorted(ends)
        assert all(0 <= start < end <= len(fragment.text) for start, end in fragment.hits)


LEAVES = [
    "needle",
    "needles",
    '"needle thread"',
    "ne*",
    "needel~",
    "un",
    "京都",
    "title:needle",
    "ali",
    "3.5",
]
WRITTEN = [
    *("needle", "needles", "Needle", "NEEDLED", "thread", "U.N.", "UN's", "東京都", "Ould-Ali", "l'ali"),
    *("3,5", "\u0640", "\u0301", "ß", "-", "."),
    "\n",
    " ",
]


@given(
    st.lists(st.sampled_from(LEAVES), min_size=1, max_size=3).map(" OR ".join),
    st.lists(st.lists(st.sampled_from(WRITTEN), max_size=12).map(" ".join), min_size=1, max_size=3),
    st.sampled_from(["en", "fr", None]),
    st.sampled_from(["body", "title"]),
)
def test_hits_are_those_of_all_tokens(query, texts, language, field):
    show = Highlighter(parse(query).query)
    for text in texts:
        tokens = list(iter_tokens(text))
        expected = {
            (tokens[index].start, tokens[index].end)
            for leaf in leaves(parse(query).query)
            if leaf.field in (None, field)
            for index in matched(leaf, tokens, BY_NAME[field], language)
        }
        found = show.hits(text, language, field)
        assert {place for span in found for place in range(*span)} == {
            n for span in expected for n in range(*span)
        }
