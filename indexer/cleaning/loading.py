"""Reading rule packs: TOML files, one per category, checked row by row before any text is seen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from indexer.cleaning.keeping import Keep
from indexer.cleaning.matching import Matcher
from indexer.cleaning.rows import Rows
from indexer.cleaning.rules import Action, Rule, Scope, Zone, fold

_STRINGS = ("id", "language", "zone", "scope", "action", "label", "field", "value", "pattern")
_LISTS = ("phrases", "hints", "examples", "near_misses")
_TYPES: dict[str, type[Any]] = {
    **dict.fromkeys(_STRINGS, str),
    **dict.fromkeys(_LISTS, list),
    "max_words": int,
    "guard": bool,
    "lower": bool,
}
_REQUIRED = ("id", "language", "zone", "scope", "action", "label", "examples")
_CHOICES = {"zone": get_args(Zone), "scope": get_args(Scope), "action": get_args(Action)}
_OPEN_ENDED = re.compile(r"(?<!\\)\.[*+{]|\[\^[^\]]+\][*+{]")
_UNBOUNDED = re.compile(r"(?<!\\)[.)][*+]|(?<!\\)\)\{\d*,\}")


class PackError(Exception):
    """A rule pack can not be used; the message names the file, the rule and the field."""


@dataclass(frozen=True, slots=True)
class CleaningSettings:
    """What an archive's owner may change: rules switched off by id, further pack files, lines to keep.

    `disabled_for` names, for one source each, further rules that are off for it.
    """

    disabled: frozenset[str] = frozenset()
    packs: tuple[Path, ...] = ()
    disabled_for: tuple[tuple[str, frozenset[str]], ...] = ()
    keep: tuple[Keep, ...] = ()


@dataclass(frozen=True, slots=True)
class Packs:
    """All rules in force, arranged by the zone they watch; `by_source` holds other sets for some sources."""

    rules: tuple[Rule, ...]
    anywhere: Matcher
    head: Matcher
    tail: Matcher
    by_source: Mapping[str, Packs] = field(default_factory=dict)

    def for_source(self, source: str | None) -> Packs:
        """Return the rules in force for a source."""
        return self.by_source.get((source or "").casefold(), self)

    @classmethod
    def of(cls, rules: Iterable[Rule], by_source: Mapping[str, Packs] | None = None) -> Packs:
        """Arrange rules by zone, keeping their order."""
        rules = tuple(rules)
        lines = tuple(rule for rule in rules if rule.scope == "line")
        rows = Rows.of(lines, Matcher.of(lines))
        head, tail, anywhere = (tuple(r for r in rules if r.zone == zone) for zone in ("head", "tail", "any"))
        return cls(rules, Matcher.of(anywhere, rows), Matcher.of(head), Matcher.of(tail), by_source or {})


def load_packs(settings: CleaningSettings = CleaningSettings()) -> Packs:
    """Read the packs that come with Dateline and those named in the settings.

    Raises PackError for a pack that can not be used, two rules with one id, or a switched-off id that
    no pack has.
    """
    own = sorted(resources.files("indexer.cleaning").joinpath("packs").iterdir(), key=lambda p: p.name)
    rules: dict[str, Rule] = {}
    for file in (*(path for path in own if path.name.endswith(".toml")), *settings.packs):
        for rule in read_pack(file):
            if rule.id in rules:
                raise PackError(f"{file.name}, rule {rule.id}: this id is taken; choose another")
            rules[rule.id] = rule
    for_sources = {source.casefold(): ids for source, ids in settings.disabled_for}
    if unknown := sorted(settings.disabled.union(*for_sources.values()) - rules.keys()):
        raise PackError(f"settings, disabled: no pack has a rule {unknown[0]!r}; remove it")

    def without(ids: frozenset[str]) -> list[Rule]:
        return [rule for rule in rules.values() if rule.id not in ids]

    by_source = {source: Packs.of(without(settings.disabled | ids)) for source, ids in for_sources.items()}
    return Packs.of(without(settings.disabled), by_source)


def read_pack(file: Traversable | Path) -> Iterator[Rule]:
    """Read one pack; its category is its file name without `.toml`."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError(f"the rule pack {file} can not be read: {error.strerror}; mend its path") from error
    except ValueError as error:
        raise PackError(f"{file.name}: can not be read as TOML: {error}") from error
    version = table.get("version")
    if not isinstance(version, str) or not version:
        raise PackError(f"{file.name}, version: must be a text such as '1'")
    rows = table.get("rule", [])
    if not isinstance(rows, list) or set(table) - {"version", "rule"}:
        raise PackError(f"{file.name}: holds a version and [[rule]] tables, nothing else")
    for number, row in enumerate(rows, 1):
        yield _rule(row, file.name, number, version)


def _rule(row: Any, file: str, number: int, version: str) -> Rule:
    where = f"{file}, rule {row.get('id', number) if isinstance(row, dict) else number}"
    for key, problem in _problems(row):
        raise PackError(f"{where}, {key}: {problem}")
    texts: dict[str, Any] = {
        key: tuple(row[key]) for key in ("hints", "examples", "near_misses") if key in row
    }
    same = {key: value for key, value in row.items() if key not in ("pattern", *_LISTS)}
    return Rule(
        **same,
        **texts,
        category=file.removesuffix(".toml"),
        version=version,
        pattern=_compile(row, where) if "pattern" in row else None,
        phrases=frozenset(fold(phrase) for phrase in row.get("phrases", ())),
    )


def _problems(row: Any) -> Iterator[tuple[str, str]]:
    """Yield (field, what is wrong with it), the most basic first."""
    if not isinstance(row, dict):
        yield "rule", "must be a [[rule]] table"
        return
    yield from ((key, "unknown; see docs/cleaning.md for the fields") for key in row if key not in _TYPES)
    yield from ((key, "missing") for key in _REQUIRED if key not in row)
    yield from ((key, problem) for key, value in row.items() if (problem := _value_problem(key, value)))
    yield from _contradictions(row)


def _value_problem(key: str, value: Any) -> str:
    if not isinstance(value, _TYPES[key]) or (isinstance(value, bool) and _TYPES[key] is int):
        return f"must be of type {_TYPES[key].__name__}"
    if isinstance(value, list) and not all(isinstance(item, str) and item.strip() for item in value):
        return "must be a list of texts, none empty"
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"must be one of {', '.join(_CHOICES[key])}"
    return ""


def _contradictions(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"\*|[a-z]{2,3}", row["language"]):
        yield "language", "must be * or a code such as fr"
    if ("pattern" in row) == ("phrases" in row):
        yield "pattern", "give either a pattern or phrases"
    if "phrases" in row and row["scope"] != "line":
        yield "phrases", "match whole lines only; use a pattern"
    if not all(fold(phrase) for phrase in row.get("phrases", ())):
        yield "phrases", "one has no letters or digits"
    if row["action"] in ("extract", "flag") and not row.get("field"):
        yield "field", f"needed by action {row['action']}"
    if not row["examples"]:
        yield "examples", "give at least one line that must match"
    yield from _pattern_risks(row.get("pattern", ""), guarded=row.get("guard", False))


def _pattern_risks(pattern: str, *, guarded: bool) -> Iterator[tuple[str, str]]:
    if _UNBOUNDED.search(pattern):
        yield "pattern", "bound every repeat of '.' or of a group, as in .{0,80}"
    if _OPEN_ENDED.search(pattern) and not guarded:
        yield "guard", "must be true for an open-ended pattern"


def _compile(row: dict[str, Any], where: str) -> re.Pattern[str]:
    edge = {"line": "(?:%s)", "prefix": r"(?:%s)(?!\w)", "suffix": r"(?<!\w)(?:%s)\Z"}[row["scope"]]
    try:
        return re.compile(edge % row["pattern"], re.IGNORECASE)
    except re.error as error:
        raise PackError(f"{where}, pattern: not a regular expression: {error}") from error
