from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from engine.edits import apply, invert
from engine.model import Edit
from indexer.cleaning import repair
from indexer.documents import Declared, Draft, Page

SENTENCE = "space after a sentence"
OPENING = "space before an opening quote"
CLOSING = "space after a closing quote"
NO_BREAK = "no-break space"
COMMA = "space before a comma"
CROSSHEAD = "crosshead on its own line"


def draft(text: str) -> Draft:
    return Draft(Page("a.txt", text, Declared(), ""))


def mended(text: str) -> tuple[str, Counter[str]]:
    result = repair(draft(text))
    body = apply(text, result.edits)
    assert invert(body, text, result.edits) == text
    return body, Counter(edit.label for edit in result.edits)


@pytest.mark.parametrize(
    ("text", "body", "label"),
    [
        ("They sold the boat.The crew wept.", "They sold the boat. The crew wept.", SENTENCE),
        ("Is it over?He did not say.", "Is it over? He did not say.", SENTENCE),
        ("It rained (in May).The river rose.", "It rained (in May). The river rose.", SENTENCE),
        ("He left in 2014.The house burnt.", "He left in 2014. The house burnt.", SENTENCE),
        ("They met the UN.The talks failed.", "They met the UN. The talks failed.", SENTENCE),
        ("Le port est fermé.Les bateaux attendent.", "Le port est fermé. Les bateaux attendent.", SENTENCE),
        ("Der Hafen ist zu.Die Boote warten.", "Der Hafen ist zu. Die Boote warten.", SENTENCE),
        ("Порт закрыт.Они ждут погоды.", "Порт закрыт. Они ждут погоды.", SENTENCE),
        ("he said on air.”We won,” she said.", "he said on air. ”We won,” she said.", OPENING),
        ("he said on air.”(Our) men won,” she said.", "he said on air. ”(Our) men won,” she said.", OPENING),
        ("he said on air.“We won,” she said.", "he said on air. “We won,” she said.", OPENING),
        ("in “the city of Amari”and left", "in “the city of Amari” and left", CLOSING),
        ("“We are not done”he added.", "“We are not done” he added.", CLOSING),
        ("“We are done.”The crowd left.", "“We are done.” The crowd left.", CLOSING),
        ("« Oui » et “la ville”selon lui", "« Oui » et “la ville” selon lui", CLOSING),
        ("late in the morning , on the quay", "late in the morning, on the quay", COMMA),
        ("the mayor (Ilo)  , who left", "the mayor (Ilo), who left", COMMA),
        ("ended the day.\u00a0The crowd left", "ended the day. The crowd left", NO_BREAK),
        ("heavy losses”.\u00a0“We go on”", "heavy losses”. “We go on”", NO_BREAK),
        ("a statement \u00a0admitting it", "a statement admitting it", NO_BREAK),
        ("They took power in 2020.It came late.", "They took power in 2020. It came late.", SENTENCE),
        ("a statement\u00a0 admitting it", "a statement admitting it", NO_BREAK),
        ("a statement\u00a0\u00a0admitting it", "a statement admitting it", NO_BREAK),
        ("a statement\u00a0admitting it", "a statement admitting it", NO_BREAK),
        ("It was over.- Empty harbour -The crews", "It was over.\nEmpty harbour\nThe crews", CROSSHEAD),
        ("It was over. - Empty harbour - The crews", "It was over.\nEmpty harbour\nThe crews", CROSSHEAD),
        ("It was over.– UN-led talks –“We", "It was over.\nUN-led talks\n“We", CROSSHEAD),
    ],
)
def test_one_repair(text: str, body: str, label: str) -> None:
    assert mended(text) == (body, Counter([label]))


@pytest.mark.parametrize(
    "text",
    [
        # names, numbers, addresses, abbreviations
        "The worms Zafi.D and Netsky.A spread; Sober.I followed.",
        "One.Tel failed, One.Tel was sold, and One.Tel came back.",
        "The U.N. mission and the U.S.-led force left at 3.5 per cent, v2.The",
        "See example.com, Example.It, www.Ferry.The or http://ferry.example/quay.The for times.",
        "Write to harbour.The@ferry.example or call System.In.read() and obj.The_name.",
        "Wait...The end. And so on...",
        "Will.I.Am sang, and e.g.The rest did not.",
        "Yahoo!News was there.",
        "He signed as J.K.The second.",
        # quotation marks that are right as they are
        "He said: “We won,” and left. “It is over,” she said.",
        "Er sagte: „Wir haben gewonnen.“Die anderen gingen.”Ende“und",
        "他说:“我们赢了。”The crowd left。“好”and",
        "“Kidal “. The end of the quote is reversed.",
        "”Vi vann,” sa hon. ”Det är över,” sa han.",
        "“Amari Postası”nın haberi, “Liman”da büyük",
        "the “like”s and the “share”s",
        "The man (ex-Ferry) said so.",
        "It was 5” long and 3”wide.",
        "« Nous avons gagné »et",
        # no-break spaces that bind
        "Vraiment\u00a0? Oui\u00a0! Non\u00a0: jamais\u00a0; voilà «\u00a0tout\u00a0».",
        "Il a payé 10\u00a0000\u00a0€, soit 15\u00a0% de plus, le 14\u00a0novembre.",
        "M.\u00a0Diarra et le Dr.\u00a0Ba, p.\u00a05, J.\u00a0K. Ilo, Prof.\u00a0Keita.",
        "Am 14.\u00a0November in der 2.\u00a0Bundesliga, z.\u00a0B. heute.",
        "Он был в\u00a0Москве\u00a0— и с\u00a0братом.",
        "narrow\u202fspace\u202f: kept",
        "├\u00a0\u00a0 file.txt",
        # commas and dashes that are right
        "a,b and 3 , 4 ,5 and x ,y",
        "He came.- no, he did not - the door was shut.",
        "The score was 3 - 1 - The crowd sang.",
        "It was - Empty harbour - the crews left.",
        "",
        "\u00a0",
        "abc.",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text)[0] == text


def test_rarer_words_are_believed_in_a_text_full_of_glues() -> None:
    sloppy = "They left the port.The sea was calm.But nobody came.He waited.Engineers shrugged."
    assert mended(sloppy)[1] == {SENTENCE: 4}
    assert mended("They left the port.Engineers shrugged.")[1] == {}


def test_a_pair_that_comes_again_is_a_name() -> None:
    text = "They left the port.The sea was calm.But nobody came.He saw one.Tel ads, then more one.Tel ads."
    assert mended(text)[1] == {SENTENCE: 3}


def test_marks_are_counted_line_by_line() -> None:
    text = "“A long quotation has no closing mark in the first part.\n\n“It has one here.”The crew left."
    assert mended(text)[1] == {CLOSING: 1}


def test_all_kinds_together_in_order() -> None:
    text = (
        "Storm over Amari\n\n"
        "The port is shut.”We wait,” said the mayor.The ferries stay.\u00a0Nobody left.- Empty quay -The "
        "crews , all forty, sat in “the old market”and waited."
    )
    body, labels = mended(text)
    assert labels == {SENTENCE: 1, OPENING: 1, CLOSING: 1, NO_BREAK: 1, COMMA: 1, CROSSHEAD: 1}
    assert body == (
        "Storm over Amari\n\n"
        "The port is shut. ”We wait,” said the mayor. The ferries stay. Nobody left.\nEmpty quay\nThe crews, "
        "all forty, sat in “the old market” and waited."
    )


def test_a_second_pass_finds_nothing() -> None:
    body, _ = mended(
        "The port is shut.”We wait,” he said.The ferries stay.- Empty quay -The crews , all of them."
    )
    assert mended(body) == (body, Counter())


def test_an_edit_is_minimal_and_says_what_it_saw() -> None:
    (edit,) = repair(draft("They sold the boat.The crew wept.")).edits
    assert edit == Edit(
        19,
        19,
        " ",
        "repair",
        "repair.space-after-a-sentence",
        SENTENCE,
        "1",
        evidence="ld the boat.The crew wep",
    )


def test_only_the_body_is_mended() -> None:
    page = draft("Boat sold.The crew weeps\n\nThey sold the boat.The crew wept.").with_title(0, 24)
    assert [edit.start for edit in repair(page).edits] == [45]


def test_removed_text_and_its_borders_are_left_alone() -> None:
    text = "They sold the boat.The crew wept.\nThey left.The end , of it.\nAll went home.The end."
    spans = (text.index("They left"), text.index("\nAll")), (text.rindex("The end."), len(text))
    cuts = tuple(Edit(start, end, "", "remove", "test", "test", "1") for start, end in spans)
    result = repair(replace(draft(text), edits=cuts))
    assert [edit.start for edit in result.edits] == [text.index("The crew"), *(start for start, _ in spans)]


def test_an_empty_body_has_no_repairs() -> None:
    page = draft("Boat sold.The crew weeps").with_title(0, 24)
    assert repair(page).edits == ()
