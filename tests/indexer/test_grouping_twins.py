"""A text that ends where a copy of it goes on."""

from __future__ import annotations

from dataclasses import replace

from builders import article
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Access, Evidence
from indexer.grouping.twins import Twin, twin, with_twin, without_twin

WORDS = [f"word{number}" for number in range(200)]
WHOLE = article("whole", body=" ".join(WORDS), source="Sahel Courier")
CUT = article("cut", body=" ".join(WORDS[:80]), source="Niger Bend Herald")

ACCESSES = st.builds(
    lambda reasons, percent, also: Access(
        truncated=bool(reasons),
        percent_left=percent if reasons else None,
        reasons=(*reasons, *also),
    ),
    st.lists(st.builds(Evidence, st.just("paywall"), st.text(max_size=5)), max_size=2).map(tuple),
    st.none() | st.integers(0, 100),
    st.sampled_from([(), (Evidence("declared", "not free"),)]),
)


def test_the_longer_copy_shows_what_is_missing() -> None:
    found = twin(CUT, [CUT, WHOLE])
    assert found == Twin(Evidence("longer_twin", "Sahel Courier goes on for 120 more words"), 60)


def test_the_last_words_may_be_damaged_by_the_cut() -> None:
    assert twin(replace(CUT, body=CUT.body + " wor…"), [WHOLE]) is not None


def test_no_rest_no_twin() -> None:
    assert twin(WHOLE, [WHOLE, CUT]) is None
    nearly = article("nearly", body=" ".join(WORDS[:180]))
    assert twin(nearly, [WHOLE]) is None
    ending = article("ending", body=" ".join([*WORDS[:80], *(f"other{n}" for n in range(20))]))
    assert twin(ending, [WHOLE]) is None
    assert twin(article("brief", body="Too brief"), [WHOLE]) is None


def test_a_longer_copy_that_was_cut_itself_is_no_witness() -> None:
    assert twin(CUT, [replace(WHOLE, access=Access(truncated=True))]) is None


def test_the_share_is_the_twins_unless_the_page_gives_one() -> None:
    found = twin(CUT, [WHOLE])
    assert found is not None
    settled = with_twin(Access(), *found)
    assert settled.truncated
    assert settled.percent_left == 60
    assert settled.reasons[0].text == "Sahel Courier goes on for 120 more words, 60 % of its text"
    notice = Access(truncated=True, percent_left=55, reasons=(Evidence("paywall", "55% left"),))
    assert with_twin(notice, *found).percent_left == 55


@given(ACCESSES, st.integers(0, 100))
def test_settling_can_be_undone_and_repeated(access: Access, percent: int) -> None:
    evidence = Evidence("longer_twin", "The Meridian Post goes on for 90 more words")
    settled = with_twin(access, evidence, percent)
    assert without_twin(settled) == access
    assert with_twin(settled, evidence, percent) == settled
    assert without_twin(access) == access
