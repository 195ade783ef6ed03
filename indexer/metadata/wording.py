"""The words of bylines, credits, sign-offs and self-references, by language (`wording.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def any_of(*sections: str) -> str:
    """Return a regular expression for the wording of these sections, in every language."""
    fragments = (f for section in sections for rows in _tables()[section].values() for f in rows)
    return "|".join(sorted(set(fragments), key=lambda f: (-len(f), f)))


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))
