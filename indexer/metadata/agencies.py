"""The closed list of news agencies (`agencies.toml`): who they are and how they sign.

Only a name on this list is an agency; whatever else stands in parentheses after a place is not.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Agency:
    """One news agency; the fields are explained at the head of `agencies.toml`."""

    name: str
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    country: str | None = None
    languages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    solo: bool = True

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Agency:
        """Read one `[[agency]]` table; raises ValueError when a key is unknown or the name is missing."""
        unknown = table.keys() - cls.__dataclass_fields__.keys()
        if unknown or not table.get("name"):
            problem = f"unknown key {min(unknown)!r}" if unknown else "no name"
            raise ValueError(f"an agency has {problem}; see indexer/metadata/agencies.toml for the keys")
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
        return cls(**values)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way its name is written, but for capitals."""
        return tuple(dict.fromkeys(s for s in (self.name, self.full_name, *self.aliases) if s))


@dataclass(frozen=True, eq=False)
class Agencies:
    """Agencies by name. Compared by identity, so that compiled patterns can be kept per list."""

    rows: tuple[Agency, ...]
    by_name: Mapping[str, tuple[Agency, ...]]

    @classmethod
    def of(cls, rows: Iterable[Agency]) -> Agencies:
        """Build the list; a later agency replaces an earlier one of the same name."""
        unique = tuple({row.name: row for row in rows}.values())
        by_name: dict[str, tuple[Agency, ...]] = defaultdict(tuple)
        for row in unique:
            for spelling in dict.fromkeys(s.casefold() for s in row.spellings):
                by_name[spelling] += (row,)
        return cls(unique, dict(by_name))

    def resolve(self, name: str, form: str = "", language: str | None = None) -> Agency | None:
        """Return the agency that signs as `name` in this way; None when there is none, or no telling which.

        Args:
            name: as written; capitals do not matter.
            form: how it was signed (see `agencies.toml`), which tells namesakes apart.
            language: the declared language of the article, the second means to tell them apart.

        """
        rows = self.by_name.get(" ".join(name.casefold().split()), ())
        tests = (lambda a: form in a.forms, lambda a: language is not None and language[:2] in a.languages)
        for test in tests:
            if len(rows) > 1:
                rows = tuple(filter(test, rows)) or rows
        return rows[0] if len(rows) == 1 else None

    def names(self, *forms: str, solo: bool = False) -> str:
        """Return a pattern for the names of the agencies that sign in one of `forms` (of all, by default)."""
        rows = [a for a in self.rows if (not forms or set(forms) & set(a.forms)) and (a.solo or not solo)]
        spellings = {spelling for row in rows for spelling in row.spellings}
        ordered = sorted(spellings, key=lambda s: (-len(s), s))
        return "|".join(re.escape(s).replace(r"\ ", r"\s") for s in ordered) or "(?!)"


@lru_cache(maxsize=8)
def load_agencies(extra: tuple[Agency, ...] = ()) -> Agencies:
    """Return the agencies of `agencies.toml` and `extra`, which replace those of the same name."""
    data = tomllib.loads(files(__package__).joinpath("agencies.toml").read_text(encoding="utf-8"))
    return Agencies.of((*(Agency.from_table(table) for table in data["agency"]), *extra))
