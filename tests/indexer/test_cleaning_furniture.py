from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.edits import apply, invert
from engine.model import Edit
from indexer.cleaning import CleaningSettings, furniture, load_packs
from indexer.cleaning.removal import MAX_REMOVED_SHARE, QUARANTINED
from indexer.documents import Declared, Draft, Page

PACKS = load_packs()
PROSE = (
    "The ferry to Amari left at noon on Tuesday with two hundred passengers, the harbour master said.",
    "It had waited three days for the storm to pass, and the queue reached the old market.",
    "Fishermen on the eastern shore lost eleven boats, and the council promised them help before winter.",
    "The lighthouse at Cape Ilo was without power for the first time since it was built in 1911.",
    "Engineers will inspect the breakwater next week.",
    "A second ferry is to join the line in spring, when the new pier is ready.",
)


def draft(*lines: str) -> Draft:
    return Draft(Page("a.txt", "\n\n".join(lines), Declared(), ""))


def cleaned(*lines: str) -> Draft:
    return furniture(draft(*lines), PACKS)


def removed(result: Draft) -> list[tuple[str, str]]:
    return [(edit.label, result.text[edit.start : edit.end]) for edit in result.edits]


def fields(result: Draft) -> dict[str, str]:
    return {finding.field: finding.value for finding in result.findings if finding.field}


def test_banner_crumb_paywall_label_and_button() -> None:
    result = cleaned(
        "Baobab Theme License is not validated, Go to the options page.",
        "World News",
        "Storm keeps the ferry in port",
        *PROSE,
        "You have 55% of this article left to read. The rest is reserved for subscribers.",
        "Gn headline FR",
        "Back to top button",
    )
    assert removed(result) == [
        ("theme licence banner", "Baobab Theme License is not validated, Go to the options page."),
        ("section crumb", "World News"),
        (
            "paywall notice",
            "You have 55% of this article left to read. The rest is reserved for subscribers.",
        ),
        ("feed label", "Gn headline FR"),
        ("back to top", "Back to top button"),
    ]
    assert fields(result) == {"section": "World News", "percent_left": "55", "translated_from": "fr"}
    assert [finding.kind for finding in result.findings] == [
        "theme",
        "section",
        "paywall",
        "feed",
        "backtotop",
    ]


def test_an_edit_covers_the_line_and_says_why() -> None:
    result = cleaned("Storm keeps the ferry in port", *PROSE, "  ↑ Back to top  ")
    (edit,) = result.edits
    assert edit == Edit(
        start=len(result.text) - 15,
        end=len(result.text) - 2,
        replacement="",
        kind="remove",
        rule="backtotop.link",
        label="back to top",
        pack_version="2",
        evidence="↑ Back to top",
    )


def test_what_is_not_certain_is_less_confident() -> None:
    result = cleaned("Storm keeps the ferry in port", *PROSE, "Suivez-nous sur WhatsApp pour ne rien manquer")
    assert [edit.confidence for edit in result.edits] == [0.9]


@pytest.mark.parametrize(
    ("notice", "percent"),
    [
        ("Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.", "57.09"),
        ("Te queda el 40% de este artículo por leer.", "40"),
        ("Sie haben noch 30 % dieses Artikels zu lesen.", "30"),
        ("لا يزال لديك 55% من هذا المقال للقراءة. والباقي مخصص للمشتركين.", "55"),
    ],
)
def test_the_percentage_is_given_as_written(notice: str, percent: str) -> None:
    assert fields(cleaned("Storm keeps the ferry in port", *PROSE, notice)) == {"percent_left": percent}


@pytest.mark.parametrize(
    "notice", ["Subscribe to continue reading", "Nur für Abonnenten", "Contenuto riservato agli abbonati"]
)
def test_a_paywall_without_a_number_says_truncated(notice: str) -> None:
    result = cleaned("Storm keeps the ferry in port", *PROSE, notice)
    assert fields(result) == {"truncated": notice}
    assert result.findings[0].evidence(result.text).text == notice


def test_a_badge_above_the_text_does_not_say_truncated() -> None:
    result = cleaned("Subscriber only", "Storm keeps the ferry in port", *PROSE)
    assert removed(result) == [("subscriber badge", "Subscriber only")]
    assert fields(result) == {}


def test_the_section_is_the_last_step_of_a_path() -> None:
    assert fields(cleaned("Home > News > West Africa", "Storm in port", *PROSE)) == {"section": "West Africa"}


def test_the_head_ends_with_the_fourth_line_that_stays() -> None:
    assert removed(cleaned("Storm in port", *PROSE[:2], "Africa", *PROSE[2:])) == [
        ("section crumb", "Africa")
    ]
    assert removed(cleaned("Storm in port", *PROSE[:3], "Africa", *PROSE[3:])) == []


def test_lines_that_go_do_not_count_in_the_head() -> None:
    result = cleaned(
        "Skip to content", "Subscribe", "Sign in", "Advertisement", "Share", "World", "Storm in port", *PROSE
    )
    assert ("section crumb", "World") in removed(result)


def test_the_tail_peels_line_by_line() -> None:
    tail = [
        "Facebook",
        "Twitter",
        "Comments",
        "About us",
        "Contact",
        "Careers",
        "Privacy",
        "© 2024 Amari Post",
    ]
    assert [text for _, text in removed(cleaned("Storm in port", *PROSE, *tail))] == tail


def test_tail_words_in_the_middle_stay() -> None:
    assert removed(cleaned("Storm in port", PROSE[0], "Privacy", *PROSE[1:])) == []


def test_rules_for_any_zone_work_in_the_middle() -> None:
    result = cleaned(
        "Storm in port", *PROSE[:5], "Story continues below", *PROSE, "Watch: Waves at Cape Ilo", *PROSE
    )
    assert [label for label, _ in removed(result)] == ["advertising marker", "related links"]


def test_a_suffix_goes_with_the_space_before_it() -> None:
    result = cleaned("Storm in port", *PROSE[:5], PROSE[5] + "  ADVERTISEMENT")
    assert removed(result) == [("advertising marker", "  ADVERTISEMENT")]
    assert result.lines()[-1].text == PROSE[5]


def test_a_prefix_goes_with_the_space_after_it(tmp_path: Path) -> None:
    pack = tmp_path / "local.toml"
    pack.write_text(
        'version = "7"\n[[rule]]\nid = "local.exclusive"\nlanguage = "en"\nzone = "any"\nscope = "prefix"\n'
        'action = "strip"\nlabel = "exclusive mark"\npattern = "EXCLUSIVE:"\n'
        'examples = ["EXCLUSIVE: A storm"]\n'
        '[[rule]]\nid = "local.update"\nlanguage = "en"\nzone = "any"\nscope = "line"\naction = "flag"\n'
        'field = "updated"\nlabel = "update mark"\npattern = "This story was updated"\n'
        'examples = ["This story was updated"]\n',
        encoding="utf-8",
    )
    packs = load_packs(CleaningSettings(packs=(pack,)))
    result = furniture(draft("EXCLUSIVE: Storm in port", *PROSE, "This story was updated"), packs)
    assert removed(result) == [("exclusive mark", "EXCLUSIVE: ")]
    assert (result.edits[0].evidence, result.edits[0].pack_version) == ("EXCLUSIVE:", "7")
    flagged = result.findings[-1]
    assert (flagged.kind, flagged.field, flagged.edit) == ("local", "updated", None)


def test_a_very_long_line_is_never_taken_whole() -> None:
    banner = "This website uses cookies to improve your experience. " + "x " * 2000
    assert removed(cleaned("Storm in port", *PROSE, banner)) == []


def test_too_much_goes_means_nothing_goes() -> None:
    result = cleaned("Storm in port", PROSE[4], "Share", "Subscribe now", "Read more", "Back to top")
    assert (result.edits, result.findings, result.flags) == ((), (), (QUARANTINED,))


def test_the_threshold_itself_is_still_allowed() -> None:
    result = cleaned("The ferry left the port at noon", "Back to top")
    assert 3 / len(result.text.split()) == MAX_REMOVED_SHARE
    assert removed(result) == [("back to top", "Back to top")]


def test_words_the_page_has_dropped_already_do_not_count() -> None:
    page = draft("menu " * 50, "The ferry waits", "Share this", "Back to top")
    end = page.text.index("The ferry")
    dropped = Edit(0, end - 2, "", "remove", "html", "page block", "1")
    result = furniture(replace(page, edits=(dropped,)), PACKS)
    assert result.flags == (QUARANTINED,)
    assert result.edits == (dropped,)


def test_earlier_edits_findings_and_flags_stay() -> None:
    page = draft("menu", "Storm in port", *PROSE, "Back to top")
    before = replace(page, edits=(Edit(0, 4, "", "remove", "html", "page block", "1"),), flags=("mojibake",))
    result = furniture(before, PACKS)
    assert [edit.label for edit in result.edits] == ["page block", "back to top"]
    assert result.flags == ("mojibake",)


def test_the_end_of_a_wrapped_paragraph_is_no_button() -> None:
    text = (
        "The Amari Shipping Company said it would pay a dividend of three\n"
        "crowns, up from two crowns a year ago, on every preferred\n"
        "share.\n"
        "The board meets again in April to decide on the sale of the two\n"
        "older ferries and on the terms.\n"
        "Nothing was said about the crews and their\n"
        "jobs."
    )
    page = Draft(Page("a.txt", text, Declared(), ""))
    assert furniture(page, PACKS).edits == ()
    blocks = Draft(Page("a.txt", "\n".join(["Storm in port", *PROSE, "Share"]), Declared(), ""))
    assert removed(furniture(blocks, PACKS)) == [("share buttons", "Share")]


def test_a_wrapped_text_still_loses_furniture_on_lines_of_its_own() -> None:
    text = (
        "The harbour master said that the ferry would leave when the wind\nhad dropped.\n\nBack to top\n" * 4
    )
    result = furniture(Draft(Page("a.txt", text + PROSE[0] * 2, Declared(), "")), PACKS)
    assert len(result.edits) == 4


@pytest.mark.parametrize("text", ["", "\n\n", "x", "Share", "\u2028", "﻿"])
def test_hardly_any_text(text: str) -> None:
    assert furniture(Draft(Page("a.txt", text, Declared(), "")), PACKS).text == text


def test_taking_out_can_be_undone() -> None:
    result = cleaned("World", "Storm in port", *PROSE, "Share", "Back to top")
    body = apply(result.text, result.edits)
    assert "Share" not in body
    assert invert(body, result.text, result.edits) == result.text


def test_a_quarantined_text_still_says_that_it_was_cut() -> None:
    result = cleaned("Storm in port", PROSE[4], "Share", "You have 51.76% of this article left to read.")
    assert (result.edits, result.flags) == ((), (QUARANTINED,))
    assert fields(result) == {"percent_left": "51.76"}
    assert result.findings[0].edit is None


def test_chinese_text_is_weighed_by_its_letters() -> None:
    prose = "港口的渡轮星期二中午离开，船上有两百名乘客。" * 4
    assert removed(cleaned("暴风雨中的港口", prose, "延伸阅读")) == [("related links", "延伸阅读")]


def with_dropped(block: str, *, free: bool | None = None) -> Draft:
    text = "\n".join([block, "Storm in port", *PROSE])
    edit = Edit(0, len(block) + 1, "", "remove", "html.block", "page furniture", "1")
    page = Page("a.html", text, Declared(free=free), "", edits=(edit,))
    return furniture(Draft(page, edits=page.edits), PACKS)


def test_a_notice_in_a_dropped_block_is_noted_and_not_cut_twice() -> None:
    notice = "You have 56% of this article left to read. The rest is for subscribers."
    result = with_dropped(f"Menu\n{notice}")
    (finding,) = result.findings
    assert (finding.field, finding.value, finding.edit) == ("percent_left", "56", None)
    assert finding.evidence(result.text).text == notice
    assert [edit.rule for edit in result.edits] == ["html.block"]


@pytest.mark.parametrize(("free", "found"), [(None, set()), (True, set()), (False, {"truncated"})])
def test_a_dropped_call_to_subscribe_needs_a_page_that_is_not_free(free, found) -> None:
    assert set(fields(with_dropped("Subscribe to continue reading", free=free))) == found


def test_half_a_company_name_is_no_crumb() -> None:
    text = "Partners of the Amari and Coast Shipping\nInternational\nsaid on Tuesday that they would sell.\n"
    result = furniture(Draft(Page("a.txt", text + "\n".join(PROSE), Declared(), "")), PACKS)
    assert removed(result) == []


def test_the_first_line_is_never_the_tail() -> None:
    assert removed(cleaned("Subscription", PROSE[0], PROSE[1])) == []


@pytest.mark.parametrize(
    "line",
    [
        "Tags: harbour, storm, U.N.",
        "Lesen Sie auch: Was vom Abkommen von 2015 übrig ist",
        "Читайте также: Что ищут на Луне",
        "Read more: “We won,” says mayor of Amari",
        "Terms of Use | Privacy Policy | Contact",
        "Privacy PolicyTerms of UseCareers",
        "Stay informed. Join our newsletter.",
    ],
)
def test_furniture_of_many_kinds_goes(line: str) -> None:
    assert [text for _, text in removed(cleaned("Storm in port", *PROSE, line))] == [line]


def test_a_cut_mark_goes_and_says_so() -> None:
    result = cleaned("Storm in port", *PROSE, "The boats came back when the… [+1204 chars]")
    assert removed(result) == [("cut mark", " [+1204 chars]")]
    assert fields(result) == {"truncated": "[+1204 chars]"}
