from __future__ import annotations

from dataclasses import replace

from webapp_archive import HARBOUR, STORY, in_story

from engine.model import Claim, Evidence
from webapp.carried import carried, differs, known_by

FIRST, _, CUT, _, UNDATED = STORY


def copy(*body, **fields):
    return in_story("copy/1", "Copy", body, "2024-03-01T10:00:00Z", **fields)


def test_each_copy_says_what_it_kept_of_the_earliest():
    first, cut, undated = carried((FIRST, CUT, UNDATED))
    assert (first.role, first.kept, first.share, first.differs) == ("original", None, "earliest copy", "")
    assert (cut.role, cut.differs) == ("truncated", "Another headline, cut after ¶2")
    assert cut.share == f"{cut.kept}%"
    assert 30 < cut.kept < 60
    assert (undated.kept, undated.differs) == (100, "Identical")


def test_an_agency_is_known_by_its_own_words_or_by_those_of_another_copy():
    first, cut, _ = carried((FIRST, CUT, UNDATED))
    assert (first.agency.value, first.agency.certainty, first.known_by) == ("HNA", "certain", "dateline")
    assert (cut.agency.value, cut.agency.certainty) == ("HNA", "inferred")
    assert cut.known_by == "other copies of this text; no credit"


def test_an_article_alone_is_compared_to_nothing():
    (alone,) = carried((replace(CUT, copies=None),))
    assert (alone.role, alone.kept, alone.differs, alone.known_by) == ("only", None, "", "")


def test_of_undated_copies_the_longest_is_the_measure():
    bare = [replace(one, published=type(one.published)()) for one in (CUT, FIRST)]
    cut, whole = carried(bare)
    assert whole.kept is None
    assert cut.kept < 100


def test_a_text_cut_inside_a_paragraph():
    long = in_story("a", "A", ("One came. Two came after him. Three came too.", "Four stayed."), None)
    short = in_story("b", "B", ("One came. Two came after him.",), None)
    assert differs(long, short) == "Cut in ¶1"


def test_what_was_changed_left_out_or_added_is_counted():
    changed = HARBOUR[3].replace("18 months", "two years")
    assert differs(FIRST, copy(HARBOUR[0], HARBOUR[2], changed)) == "1 sentence changed, 1 sentence left out"
    assert differs(FIRST, copy(*HARBOUR, "Rain is expected.", "So is wind.")) == "2 sentences added"
    assert differs(FIRST, copy(*HARBOUR[:3], "Rain is expected.")) == "Cut after ¶3, 1 sentence added"


def test_another_text_altogether_is_not_called_cut():
    assert differs(FIRST, copy("Rain fell.")) == "4 sentences left out, 1 sentence added"


def test_a_headline_that_stands_in_for_none_is_no_other_headline():
    renamed = replace(FIRST, title="HARBOUR OPENS")
    assert differs(FIRST, renamed) == "Another headline"
    assert differs(FIRST, replace(FIRST, title="TALMIST HARBOUR OPENS")) == "Identical"
    assert differs(FIRST, replace(renamed, title_derived=True)) == "Identical"


def test_a_claim_is_known_by_the_kinds_of_its_evidence():
    items = (Evidence("sign-off", "a"), Evidence("credit", "b"), Evidence("credit", "c"))
    assert known_by(Claim("X", "certain", items)) == "sign-off, credit"
    assert known_by(Claim("X", "declared")) == "declared"
    assert known_by(Claim()) == ""
