from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from indexer.cleaning import CleaningSettings, PackError, Packs, furniture, load_packs
from indexer.cleaning.rules import WINDOW, Rule, fold
from indexer.documents import Declared, Draft, Page

PACKS = load_packs()
EXAMPLES = [(rule, line) for rule in PACKS.rules for line in rule.examples]
NEAR_MISSES = [line for rule in PACKS.rules for line in rule.near_misses]
CATEGORIES = """
    paywall subscription newsletter cookie share related theme comment copyright readtime photo advert follow
    backtotop section feed
""".split()  # noqa: SIM905 (read as one row of names)
LANGUAGES = {"en", "fr", "es", "de", "pt", "it", "ar"}

ROW = {
    "id": "test.rule",
    "language": "en",
    "zone": "any",
    "scope": "line",
    "action": "drop",
    "label": "test",
    "phrases": ["Tickets here"],
    "examples": ["Tickets here"],
}


def toml(row: dict[str, object], version: str = 'version = "1"') -> str:
    def value(item: object) -> str:
        if isinstance(item, bool):
            return str(item).lower()
        return "[" + ", ".join(map(repr, item)) + "]" if isinstance(item, list) else repr(item)

    return f"{version}\n[[rule]]\n" + "\n".join(f"{key} = {value(item)}" for key, item in row.items())


def load(tmp_path: Path, text: str, *disabled: str) -> Packs:
    pack = tmp_path / "tickets.toml"
    pack.write_text(text, encoding="utf-8")
    return load_packs(CleaningSettings(disabled=frozenset(disabled), packs=(pack,)))


@pytest.mark.parametrize(("rule", "line"), EXAMPLES, ids=lambda v: getattr(v, "id", v))
def test_an_example_matches_its_rule(rule: Rule, line: str) -> None:
    match = rule.match(line)
    assert match is not None
    assert rule.scope != "line" or (match.start, match.end) == (0, len(line))
    assert not rule.field or match.value


@pytest.mark.parametrize("line", NEAR_MISSES)
def test_a_near_miss_matches_no_rule(line: str) -> None:
    assert [other.id for other in PACKS.rules if other.match(line)] == []


def test_a_zone_finds_what_its_rules_find() -> None:
    zones = {"any": PACKS.anywhere, "head": PACKS.head, "tail": PACKS.tail}
    for rule, line in EXAMPLES:
        match = zones[rule.zone].find(line)
        assert match, line
        assert match.rule.label == rule.label


def test_every_category_has_a_pack_and_every_rule_a_near_miss() -> None:
    assert {rule.category for rule in PACKS.rules} == set(CATEGORIES)
    assert [rule.id for rule in PACKS.rules if not rule.near_misses] == []
    assert [rule.id for rule in PACKS.rules if not rule.id.startswith(rule.category + ".")] == []


@pytest.mark.parametrize("category", ["paywall", "subscription", "newsletter", "share", "related", "comment"])
def test_the_commonest_categories_speak_the_main_languages(category: str) -> None:
    named = {rule.language for rule in PACKS.rules if rule.category == category}
    assert named >= {"en", "fr", "de", "ar"}
    assert "*" in named or named >= LANGUAGES


def test_no_phrase_stands_in_two_rules_of_a_zone() -> None:
    seen: dict[tuple[str, str], str] = {}
    for rule in PACKS.rules:
        for phrase in rule.phrases:
            assert seen.setdefault((rule.zone, phrase), rule.id) == rule.id, phrase


def test_every_phrase_is_within_the_window() -> None:
    assert [phrase for rule in PACKS.rules for phrase in rule.phrases if len(phrase) > WINDOW] == []


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("  ↑ Back   to TOP »", "back to top"),
        ("S’abonner !", "s'abonner"),
        ("¿Ya eres suscriptor?", "ya eres suscriptor"),
        ("— * —", ""),
        ("هل لديك حساب؟", "هل لديك حساب"),
    ],
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


def test_packs_travel_to_worker_processes() -> None:
    copy = pickle.loads(pickle.dumps(PACKS))  # noqa: S301 (our own bytes)
    assert copy.rules == PACKS.rules
    assert copy.anywhere.find("Back to top button")


def test_a_further_pack_adds_rules_under_its_own_name(tmp_path: Path) -> None:
    packs = load(tmp_path, toml(ROW))
    match = packs.anywhere.find("TICKETS HERE »")
    assert match is not None
    assert (match.rule.category, match.rule.version) == ("tickets", "1")


def test_a_disabled_rule_is_gone(tmp_path: Path) -> None:
    packs = load(tmp_path, toml(ROW), "test.rule", "backtotop.link")
    assert packs.anywhere.find("Tickets here") is None
    assert packs.anywhere.find("Back to top") is None
    assert packs.anywhere.find("Skip to content")


def test_a_disabled_rule_must_exist() -> None:
    with pytest.raises(PackError, match=r"settings, disabled: .*'no\.such'"):
        load_packs(CleaningSettings(disabled=frozenset({"no.such"})))


def test_a_pack_without_any_pattern_or_rule_is_harmless(tmp_path: Path) -> None:
    assert load(tmp_path, 'version = "1"').rules == PACKS.rules
    empty = Packs.of(())
    text = "Share\n\nA line of the article."
    assert furniture(Draft(Page("a.txt", text, Declared(), "")), empty).edits == ()


BAD_ROWS = [
    ({"zone": "middle"}, "zone: must be one of head, tail, any"),
    ({"scope": "word"}, "scope: must be one of"),
    ({"action": "delete"}, "action: must be one of"),
    ({"language": "english"}, r"language: must be \* or a code"),
    ({"colour": "red"}, "colour: unknown"),
    ({"max_words": True}, "max_words: must be of type int"),
    ({"max_words": "9"}, "max_words: must be of type int"),
    ({"guard": 1}, "guard: must be of type bool"),
    ({"phrases": "Tickets"}, "phrases: must be of type list"),
    ({"phrases": ["Tickets", 7]}, "phrases: must be a list of texts"),
    ({"phrases": ["Tickets", "***"]}, "phrases: one has no letters"),
    ({"examples": []}, "examples: give at least one"),
    ({"pattern": "x"}, "pattern: give either a pattern or phrases"),
    ({"scope": "suffix"}, "phrases: match whole lines only"),
    ({"action": "extract"}, "field: needed by action extract"),
    ({"action": "flag"}, "field: needed by action flag"),
]


@pytest.mark.parametrize(("change", "problem"), BAD_ROWS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_bad_row_is_refused_by_name(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    with pytest.raises(PackError, match=rf"tickets\.toml, rule test\.rule, {problem}"):
        load(tmp_path, toml({**ROW, **change}))


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(", "pattern: not a regular expression"),
        ("Tickets.*", "pattern: bound every repeat"),
        ("(?:a b)+", "pattern: bound every repeat"),
        ("(?:a b){2,}", "pattern: bound every repeat"),
        ("Tickets .{0,80}", "guard: must be true"),
        ("Tickets [^,]{1,80}", "guard: must be true"),
    ],
)
def test_a_risky_pattern_is_refused(tmp_path: Path, pattern: str, problem: str) -> None:
    row = {key: value for key, value in ROW.items() if key != "phrases"} | {"pattern": pattern}
    with pytest.raises(PackError, match=rf"tickets\.toml, rule test\.rule, {problem}"):
        load(tmp_path, toml(row))


@pytest.mark.parametrize("key", ["id", "language", "zone", "scope", "action", "label", "examples"])
def test_a_missing_field_is_named(tmp_path: Path, key: str) -> None:
    with pytest.raises(PackError, match=rf"tickets\.toml, rule .*, {key}: missing"):
        load(tmp_path, toml({name: value for name, value in ROW.items() if name != key}))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("version = ", "can not be read as TOML"),
        ("", "version: must be a text"),
        ("version = 3", "version: must be a text"),
        ('version = "1"\nrule = 7', "holds a version and"),
        ('version = "1"\nrule = [7]', "rule 1, rule: must be a"),
        ('version = "1"\nrules = []', "holds a version and"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(PackError, match=rf"tickets\.toml.*{problem}"):
        load(tmp_path, text)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"the rule pack .*none\.toml can not be read: No such file"):
        load_packs(CleaningSettings(packs=(tmp_path / "none.toml",)))


def test_an_id_can_be_taken_once(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"rule backtotop\.link: this id is taken"):
        load(tmp_path, toml({**ROW, "id": "backtotop.link"}))


def test_the_rule_shown_to_contributors_is_new_and_works(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "CONTRIBUTING.md"
    shown = guide.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    pack = tmp_path / "share.toml"
    pack.write_text(f'version = "1"\n{shown}', encoding="utf-8")
    (rule,) = set(load_packs(CleaningSettings(packs=(pack,))).rules) - set(PACKS.rules)
    assert all(rule.match(line) for line in rule.examples)
    assert not any(PACKS.anywhere.find(line) for line in (*rule.examples, *rule.near_misses))
    assert not any(rule.match(line) for line in rule.near_misses)


def test_the_rule_shown_in_the_guide_works(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "cleaning.md"
    shown = guide.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (rule,) = (rule for rule in load(tmp_path, shown).rules if rule.category == "tickets")
    assert all(rule.match(line) for line in rule.examples)
    assert not any(rule.match(line) for line in rule.near_misses)
