from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Edit, Evidence, Translated
from indexer.documents import Declared, Draft, Finding, Page
from indexer.language.translation import TranslationSettings, judge
from indexer.language.translation.evidence import Weighted
from indexer.language.translation.verdict import SHOWN, fuse

PLAIN = "The mayor of the town said that the old bridge would stay closed until the end of the winter.\n"
LONG = PLAIN * 9
SHORT = PLAIN


def item(family="a", weight=3.0, ceiling="probable", language=None, start=0):
    return Weighted(Evidence(family, "words", start, start + 5), family, weight, ceiling, language)


def judged(text, language="en", **settings):
    draft = Draft(Page("bridge.txt", text, Declared(), ""))
    return judge(draft, 0, len(text), language, TranslationSettings(**settings))


# --- fusing ----------------------------------------------------------------------------------

NONE, PROBABLE, TRANSLATED = "none", "probable", "translated"


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        ([], NONE),
        ([item()], PROBABLE),
        ([item(), item(start=9)], PROBABLE),
        ([item("a"), item("b")], TRANSLATED),
        ([item(weight=6.0, ceiling="translated")], TRANSLATED),
        ([item(weight=6.0, ceiling="probable")], PROBABLE),
        ([item("a", 0.5, "none")], NONE),
        ([item(f"w{n}", 0.5, "none") for n in range(20)], NONE),
        ([item(), item("w", 0.5, "none")], PROBABLE),
        ([item("style", 2.0, "probable")], PROBABLE),
        ([item("style", 1.0, "none")], NONE),
        ([item("style", 2.0), item("residue")], TRANSLATED),
        ([item(), item("desk", -2.0, "none")], NONE),
        ([item(weight=6.0, ceiling="translated"), item("desk", -2.0, "none")], PROBABLE),
        ([item("desk", -2.0, "none")], NONE),
    ],
)
def test_weights_and_ceilings(evidence, verdict):
    assert fuse(evidence, readable=True).verdict == verdict


def test_without_signs_a_short_text_stays_unknown():
    assert fuse([], readable=False) == Translated("unknown")
    assert fuse([item("w", 0.5, "none")], readable=False).verdict == "unknown"
    assert fuse([item()], readable=False).verdict == "probable"


def test_at_most_three_families_below_certainty_count():
    settings = TranslationSettings(prior=-8.5)
    assert fuse([item(f"f{n}") for n in range(3)], readable=True, settings=settings).verdict == "probable"
    assert fuse([item(f"f{n}") for n in range(9)], readable=True, settings=settings).verdict == "probable"


def test_prior_moves_the_border():
    evidence = [item("a"), item("b")]
    assert fuse(evidence, readable=True, settings=TranslationSettings(prior=-3.5)).verdict == "probable"
    assert fuse(evidence, readable=True, settings=TranslationSettings(prior=-7.0)).verdict == "none"


def test_the_language_with_more_weight_is_the_source():
    evidence = [item("a", language="fr"), item("b", language="de"), item("c", 0.5, "none", "fr")]
    assert fuse(evidence, readable=True).from_language == "fr"


def test_a_draw_names_no_source():
    evidence = [item("a", language="fr"), item("b", language="de")]
    assert fuse(evidence, readable=True).from_language is None


def test_a_source_is_named_only_with_a_verdict():
    assert fuse([item("a", 0.5, "none", "fr")], readable=True).from_language is None


def test_evidence_is_shown_in_reading_order_and_not_endlessly():
    evidence = [item("a", start=n) for n in reversed(range(50))]
    outside = Weighted(Evidence("markup", "lang"), "markup", 6.0, "translated")
    shown = fuse([*evidence, outside], readable=True).evidence
    assert shown == (outside.evidence, *(item("a", start=n).evidence for n in range(SHOWN)))


def test_weak_signs_are_shown_beside_none_and_counter_evidence_beside_a_claim():
    weak, desk = item("w", 0.5, "none"), item("desk", -2.0, "none", start=9)
    assert fuse([weak, desk], readable=True).evidence == (weak.evidence,)
    sure = item(weight=6.0, ceiling="translated", start=20)
    assert fuse([sure, desk], readable=True).evidence == (desk.evidence, sure.evidence)


@given(
    st.lists(
        st.builds(
            item,
            st.sampled_from("abcde"),
            st.floats(-6, 6),
            st.sampled_from(["none", "probable", "translated"]),
            st.sampled_from([None, "fr", "de"]),
            st.integers(0, 9),
        )
    ),
    st.randoms(),
)
def test_order_of_evidence_does_not_matter(evidence, random):
    mixed = list(evidence)
    random.shuffle(mixed)
    one, other = fuse(evidence, readable=True), fuse(mixed, readable=True)
    assert (one.verdict, one.evidence) == (other.verdict, other.evidence)


# --- judging ---------------------------------------------------------------------------------


def test_plain_text():
    assert judged(LONG) == Translated("none")
    assert judged(SHORT) == Translated("unknown")
    assert judged(LONG, language=None) == Translated("unknown")


def test_chinese_has_no_spaces_to_count_words_by():
    assert judged("市政府宣布旧桥将关闭至冬季结束。\n" * 30, "zh").verdict == "none"
    assert judged("市政府宣布旧桥将关闭至冬季结束。\n", "zh").verdict == "unknown"


def test_one_kind_of_residue_is_probable():
    found = judged(LONG + "Repairs cost 3,5 million euros and traffic fell by 50 %.")
    assert found.verdict == "probable"
    assert {e.kind for e in found.evidence} == {"decimal comma", "space before %"}


def test_two_families_of_residue_are_a_translation():
    found = judged(LONG + "On X (ex-Twitter) he called it « a scandal ».")
    assert (found.verdict, found.from_language) == ("translated", "fr")


def test_a_credit_is_enough_even_for_a_short_text():
    found = judged(SHORT + "Translated from the Polish by Anna Kovač\n")
    assert (found.verdict, found.from_language) == ("translated", "pl")


def test_only_the_body_is_judged_for_residue():
    text = "Prices fell 3,5 million euros\n" + "\n" * 10 + LONG
    draft = Draft(Page("bridge.txt", text, Declared(), ""))
    assert judge(draft, text.index("The"), len(text), "en").verdict == "none"


def test_an_aggregator_page_with_everything():
    body = (
        "The bridge was closed on Tuesday in the late morning , the town said on X (ex-Twitter). "
        "The mayor called “the population to patience”and promised “repairs before spring”. "
    )
    text = "THEME NOT VALIDATED\n" + body + LONG + "\nHeadline DE"
    label = Finding("feed label", "translated_from", "FR", len(text) - 11, len(text))
    draft = Draft(Page("bridge.txt", text, Declared(), ""), findings=(label,))
    found = judge(draft, text.index("The bridge"), len(text) - 12, "en")
    assert (found.verdict, found.from_language) == ("translated", "fr")
    assert [e.kind for e in found.evidence if e.kind != "style"] == [
        "space before a comma",
        "ex-Twitter",
        "glued closing quote",
        "feed label",
    ]
    assert all(text[e.start : e.end] == e.text for e in found.evidence)


@given(
    st.text(max_size=300) | st.text(alphabet="a .,%“”«»„35\nTranslated", max_size=200),
    st.integers(0, 300),
    st.integers(0, 300),
    st.lists(st.integers(0, 300), max_size=4),
    st.sampled_from(["en", "fr", "zh", None]),
)
def test_never_fails_is_deterministic_and_quotes_exactly(text, one, other, cuts, language):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    places = sorted({min(cut, len(text)) for cut in cuts})
    edits = tuple(
        Edit(a, b, "", "remove", "r", "l", "1") for a, b in zip(places[::2], places[1::2], strict=False)
    )
    draft = Draft(Page("x.txt", text, Declared(), ""), edits=edits)
    found = judge(draft, start, end, language)
    assert found == judge(draft, start, end, language)
    assert all(text[e.start : e.end] == e.text for e in found.evidence)
