from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare import anchors
from engine.model import Article, Byline, Evidence, Translated
from indexer.language.translation import pairing, with_pair, without_pair
from indexer.language.translation.pairing import UNDATED, UNKNOWN, Facts, Pair
from indexer.language.translation.pairing.archive import Archive
from indexer.language.translation.pairing.direction import DECLARED, MARKED, PLAIN, REPORTED, direction
from indexer.language.translation.pairing.lines import Items, Matches, fit
from indexer.language.translation.pairing.signing import LIMIT, REPEATS, pack
from indexer.ragged import Ragged

# Lists of words are easier to read as text.
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va xe zi bor den fal gim hur kes lan mor".split(" ")  # noqa: SIM905 -- the same
FILLING = {
    "en": "the harbour remains quiet while fishermen wait before another stormy evening".split(" "),  # noqa: SIM905 -- the same
    "fr": "dans ces villages tranquilles chaque matelot attend encore quelques nouvelles".split(" "),  # noqa: SIM905 -- the same
    "ru": "гавань остаётся тихой пока рыбаки ждут следующего вечера снова молча".split(" "),  # noqa: SIM905 -- the same
}
LANGUAGES = tuple(FILLING)


def facts_of(chance, many=40):
    """What an article tells, in its order: names and figures."""
    name = lambda: "".join(chance.choices(SYLLABLES, k=3)).capitalize()  # noqa: E731 -- short and local
    names = [name() for _ in range(many // 4)]
    return [
        chance.choice(names) if chance.random() < 0.6 else str(chance.randrange(100, 9999))
        for _ in range(many)
    ]


def told(facts, language, chance):
    """Tell it in a language."""
    words = FILLING[language]
    return ". ".join(f"{' '.join(chance.choices(words, k=6))} {fact}" for fact in facts) + "."


def article(text, ident="a", **fields):
    return Article(ident, f"{ident}.txt", text, text, 0, len(text), ident, **fields)


def archive(texts, languages, **known):
    n = len(texts)
    given = {
        "day": np.full(n, UNDATED),
        "shows": np.zeros(n, np.int64),
        "source": np.full(n, UNKNOWN),
        "copies": np.arange(n),
    } | {name: np.asarray(value) for name, value in known.items()}
    signatures = Ragged.of([pairing.sign(article(text)) for text in texts], np.uint32)
    return signatures, Facts(np.array([LANGUAGES.index(code) for code in languages]), **given)


def found(texts, languages, **known):
    return pairing.pair(*archive(texts, languages, **known))


@pytest.fixture
def chance():
    return random.Random(7)  # noqa: S311 -- made-up articles


@pytest.fixture
def strangers(chance):
    return [told(facts_of(chance), code, chance) for code in LANGUAGES for _ in range(15)]


STRANGE = [code for code in LANGUAGES for _ in range(15)]


# --- signatures ------------------------------------------------------------------------------


def test_a_signature_is_the_anchors_in_order(chance):
    signature = np.frombuffer(pairing.sign(article(told(facts_of(chance), "en", chance))), np.uint32)
    places = signature & 255
    assert 40 < len(signature) <= LIMIT
    assert list(places) == sorted(places)
    assert places[-1] > 200


def test_a_signature_is_bounded():
    text = " ".join(f"Name{i}ab {i}77" for i in range(5000))
    assert len(pairing.sign(article(text))) <= 4 * LIMIT
    assert len(pairing.sign(article("Orlova " * 9000))) == 4 * 2 * REPEATS
    assert pairing.sign(article("no anchor at all")) == b""


@given(st.text(max_size=200))
def test_signing_is_a_pure_function(text):
    found = anchors.find(text)
    assert pack(found, 0, len(text)) == pack(found, 0, len(text))


# --- pairs -----------------------------------------------------------------------------------


def test_a_translation_is_found_among_strangers(chance, strangers):
    facts = facts_of(chance)
    texts = [*strangers, told(facts, "en", chance), told(facts, "fr", chance)]
    (pair,) = found(texts, [*STRANGE, "en", "fr"], day=[*[3] * len(strangers), 5, 7])
    assert (pair.original, pair.translation) == (len(strangers), len(strangers) + 1)
    assert pair.direction == ("time",)
    assert pair.agreeing > 15


def test_names_in_another_script_pair_too(chance, strangers):
    cyrillic = str.maketrans("abcdefghijklmnoprstuvxz", "абцдефгхийклмнопрстувхз"[:23])
    facts = facts_of(chance)
    russian = told([fact.lower().translate(cyrillic).capitalize() for fact in facts], "ru", chance)
    pairs = found([*strangers, told(facts, "en", chance), russian], [*STRANGE, "en", "ru"])
    assert [(p.original, p.translation) for p in pairs] == [(len(strangers), len(strangers) + 1)]


def test_without_original_there_is_no_pair(strangers):
    assert found(strangers, STRANGE) == ()


def test_one_event_told_in_another_order_is_no_translation(chance, strangers):
    facts = facts_of(chance, 60)
    other = facts[:]
    chance.shuffle(other)
    texts = [*strangers, told(facts, "en", chance), told(other[:40], "fr", chance)]
    assert found(texts, [*STRANGE, "en", "fr"]) == ()


def test_one_text_twice_in_one_language_is_no_translation(chance, strangers):
    facts = facts_of(chance)
    texts = [*strangers, told(facts, "en", chance), told(facts, "en", chance)]
    assert found(texts, [*STRANGE, "en", "en"]) == ()


@pytest.mark.parametrize("change", ["cut", "padded", "both"])
def test_cut_and_padded_copies_still_pair(chance, strangers, change):
    facts = facts_of(chance, 80)
    whole, other = told(facts, "en", chance), told(facts, "fr", chance)
    if change != "padded":
        other = other[: len(other) * 45 // 100]
    if change != "cut":
        other = " ".join(FILLING["fr"] * 4) + ". " + other + " ".join(FILLING["fr"] * 4)
    (pair,) = found([*strangers, whole, other], [*STRANGE, "en", "fr"])
    assert {pair.original, pair.translation} == {len(strangers), len(strangers) + 1}


def laid(whole, other):
    """Lay a text on another: where it begins, how far it is stretched, how much of the other it has."""
    items = Ragged.of([pairing.sign(article(text)) for text in (whole, other)], np.uint32)
    known = Archive.of(items, np.array([0, 1]))
    rows, others = np.array([0]), np.array([1])
    line = fit(Matches.of(Items.of(known, rows, others), Items.of(known, others, rows)), 1)
    return float(line.late()[0]), float(line.scale[0]), float(line.inverted().common()[0])


def test_a_cut_copy_lies_on_the_beginning_of_its_original(chance):
    facts = facts_of(chance, 80)
    late, scale, has = laid(told(facts, "en", chance), told(facts[:36], "fr", chance))
    assert late < 0.05
    assert scale == pytest.approx(80 / 36, rel=0.1)
    assert has == pytest.approx(0.45, abs=0.05)


def test_an_excerpt_may_begin_anywhere(chance):
    facts = facts_of(chance, 80)
    late, scale, has = laid(told(facts, "en", chance), told(facts[40:], "fr", chance))
    assert late == pytest.approx(0.5, abs=0.05)
    assert scale == pytest.approx(2, rel=0.1)
    assert has == pytest.approx(0.5, abs=0.05)


def test_two_whole_texts_lie_on_each_other(chance):
    facts = facts_of(chance, 40)
    late, scale, has = laid(told(facts, "en", chance), told(facts, "fr", chance))
    assert late < 0.03
    assert scale == pytest.approx(1, abs=0.05)
    assert has > 0.95


def test_copies_of_a_translation_are_paired_with_the_original(chance, strangers):
    facts = facts_of(chance)
    french = told(facts, "fr", chance)
    texts = [*strangers, told(facts, "en", chance), french, french + " Fin.", french]
    copies = [*range(len(strangers)), 900, 901, 901, 901]
    pairs = found(texts, [*STRANGE, "en", "fr", "fr", "fr"], copies=copies)
    first = len(strangers)
    assert [(p.original, p.translation) for p in pairs] == [(first, first + i) for i in (1, 2, 3)]


def test_a_chain_hangs_on_its_original(chance, strangers):
    facts = facts_of(chance, 60)
    texts = [*strangers, *(told(facts, code, chance) for code in ("fr", "en", "ru"))]
    shows = [*[PLAIN] * len(strangers), DECLARED, PLAIN, MARKED]
    first = len(strangers)
    pairs = found(texts, [*STRANGE, "fr", "en", "ru"], shows=shows)
    assert [(p.original, p.translation) for p in pairs] == [(first + 1, first), (first + 1, first + 2)]
    assert [p.direction for p in pairs] == [("declared",), ("marks",)]


def test_nothing_to_pair():
    assert found([], []) == ()
    assert found(["Orlova 12"], ["en"]) == ()
    assert found(["", "no anchor"], ["en", "fr"]) == ()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_pairs_do_not_depend_on_what_else_numbers_mean(seed):
    chance = random.Random(seed)  # noqa: S311 -- made-up articles
    facts = facts_of(chance)
    texts = [told(facts, code, chance) for code in ("en", "fr", "ru")] + [
        told(facts_of(chance), "en", chance)
    ]
    signatures, known = archive(texts, ["en", "fr", "ru", "en"], day=[1, 2, 3, 4])
    renamed = Facts(known.language * 7 + 3, known.day, known.shows, known.source, known.copies + 90)
    assert pairing.pair(signatures, known) == pairing.pair(signatures, renamed)


# --- direction -------------------------------------------------------------------------------


def two(**known):
    given = {"language": [0, 1], "day": [UNDATED] * 2, "shows": [PLAIN] * 2, "source": [UNKNOWN] * 2} | known
    return Facts(*(np.array(given[name]) for name in ("language", "day", "shows", "source")), np.arange(2))


@pytest.mark.parametrize(
    ("known", "sign", "kinds"),
    [
        ({}, 0, ()),
        ({"day": [4, 9]}, 1, ("time",)),
        ({"day": [9, 4]}, -1, ("time",)),
        ({"day": [9, 9]}, 0, ()),
        ({"day": [UNDATED, 4]}, 0, ()),
        ({"shows": [PLAIN, DECLARED], "source": [UNKNOWN, 0]}, 1, ("declared",)),
        ({"shows": [PLAIN, DECLARED], "day": [9, 4]}, 1, ("declared",)),
        ({"shows": [MARKED, PLAIN], "day": [9, 4]}, -1, ("marks", "time")),
        ({"shows": [REPORTED, PLAIN], "day": [4, 9]}, 1, ("reporters", "time")),
        ({"shows": [DECLARED, DECLARED]}, 0, ()),
    ],
)
def test_direction(known, sign, kinds):
    said = direction(two(**known), 0, 1)
    assert np.sign(said.odds) == sign
    assert sign == 0 or set(said.kinds) == set(kinds)


def test_direction_is_the_same_from_both_sides():
    facts = two(shows=[PLAIN, MARKED], day=[3, 9])
    assert direction(facts, 0, 1).odds == -direction(facts, 1, 0).odds


@pytest.mark.parametrize(
    ("fields", "shows"),
    [
        ({}, PLAIN),
        ({"translated": Translated("translated")}, DECLARED),
        ({"translated": Translated("probable")}, MARKED),
        ({"byline": Byline(reporting=("Ingrid Solberg",))}, REPORTED),
    ],
)
def test_what_an_article_shows_by_itself(fields, shows):
    assert pairing.shown(article("text", **fields)) == shows


# --- evidence and verdict --------------------------------------------------------------------

ENGLISH = "The ferry Nordlys left Kirkwall on 12 May with 240 passengers, said Captain Ingrid Solberg."
FRENCH = "Le ferry Nordlys a quitté Kirkwall le 12 mai avec 240 passagers, dit la capitaine Ingrid Solberg."
PAIRS = {"found": Pair(0, 1, 9.0, 7, ("declared",)), "sibling": Pair(0, 1, 9.0, 7)}


def proof(pair="found"):
    return pairing.evidence(article(FRENCH), article(ENGLISH, "Ferry leaves"), PAIRS[pair])


def test_evidence_quotes_the_text():
    first, *quoted = proof()
    assert first.kind == "original found"
    assert first.text.startswith("Ferry leaves: ")
    assert first.text.endswith("known from: declared")
    assert [(e.text, FRENCH[e.start : e.end]) for e in quoted] == [(e.text, e.text) for e in quoted]
    assert [e.text for e in quoted] == ["Kirkwall", "12 mai", "240"]


def test_a_found_original_makes_a_translation():
    settled = with_pair(Translated("none"), proof(), "id-1", "en")
    assert (settled.verdict, settled.from_language, settled.original_id) == ("translated", "en", "id-1")


def test_a_pair_of_unknown_direction_changes_no_verdict():
    settled = with_pair(Translated("none"), proof("sibling"), "id-1", "en")
    assert (settled.verdict, settled.from_language, settled.original_id) == ("none", None, None)
    assert settled.evidence[0].kind in ("translation pair", "text alone")


OWN = st.builds(
    Translated,
    st.sampled_from(["translated", "probable", "none", "unknown"]),
    st.sampled_from([None, "fr", "de"]),
    st.sampled_from(
        [(), (Evidence("guillemets", "« a »", 3, 8), Evidence("translation credit", "x", 9, 10))]
    ),
)


@given(OWN, st.sampled_from(["found", "sibling"]), st.sampled_from(["found", "sibling"]))
def test_settling_anew_forgets_the_pair_before(own, one, other):
    once = with_pair(own, proof(one), "id-1", "en")
    assert without_pair(once) == own
    assert without_pair(own) == own
    assert with_pair(once, proof(other), "id-2", "ru") == with_pair(own, proof(other), "id-2", "ru")
