"""Generations on a cluster: one index for each build, and one alias for the current.

    news                               the alias: what is searched
    news.20261120t224501z-9c41f0       a generation, sealed: nothing writes to it any more
    news.20261121t020000z-77ab01       a generation being written, or what a crash left of one
    news.state                         the lock of the writer, and the build reports

What a generation is stands in its mapping (`_meta`), beside the schema it was made with, so that both
come with one request and change in one step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.errors import IndexDamagedError, IndexIncompatibleError, IndexMissingError
from engine.opensearch.client import AbsentError, Cluster, part
from engine.opensearch.compile import Known
from engine.opensearch.schema import digest

FORMAT = "dateline"
VERSION = 1
_BUILD = re.compile(r"\d{8}t\d{6}z-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is; as `engine.whoosh.generations.Manifest`, without files."""

    build: str
    created: str
    schema: str
    articles: int
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    calls: int = 0
    """How many calls of writers made it; those of an update are counted on from here."""
    before: str | None = None
    """The index of the generation it replaced."""

    @property
    def known(self) -> Known:
        """What compiling a request needs of it."""
        return Known(self.languages, frozenset(self.groups))

    def to_meta(self) -> dict[str, Any]:
        """Return the `_meta` of its mapping."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}

    @classmethod
    def from_meta(cls, meta: Mapping[str, Any]) -> Manifest:
        """Undo `to_meta`; raises ValueError, KeyError or TypeError when another version wrote it."""
        values = dict(meta)
        if (values.pop("format"), values.pop("version")) != (FORMAT, VERSION):
            raise ValueError("another format")
        lists = {name: tuple(values[name]) for name in ("languages", "groups")}
        return cls(**{**values, **lists})


@dataclass(frozen=True, slots=True)
class Generation:
    """One build and the index that holds it."""

    index: str
    manifest: Manifest


def index_name(name: str, build: str) -> str:
    """Return the index of a build; index names are in small letters."""
    return f"{name}.{build.lower()}"


def state_name(name: str) -> str:
    """Return the index of lock and reports."""
    return f"{name}.state"


def current(cluster: Cluster) -> Generation:
    """Return the current generation.

    Raises IndexMissingError before the first build, IndexIncompatibleError when another version or program
    made what has the name, IndexDamagedError when the name stands for several indexes.
    """
    name = cluster.settings.name
    found = _behind(cluster)
    if not found:
        raise IndexMissingError(
            f"There is no index {cluster.settings} yet; run `dateline index --engine …` to build it."
        )
    if len(found) > 1:
        raise IndexDamagedError(
            f"The alias “{name}” stands for {len(found)} indexes; leave one, or run `dateline index` again."
        )
    ((index, mapping),) = found.items()
    if index == name:
        raise _foreign(name)
    try:
        manifest = Manifest.from_meta(mapping["mappings"]["_meta"])
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(name) from error
    if manifest.schema != digest():
        raise IndexIncompatibleError(
            f"The index “{name}” was made by another version of Dateline; run `dateline index` to rebuild it."
        )
    return Generation(index, manifest)


def refuse_foreign(cluster: Cluster) -> None:
    """Raise IndexIncompatibleError if the name belongs to an index, or to an alias, of another program."""
    name = cluster.settings.name
    foreign = [index for index in _behind(cluster) if not _is_ours(name, index)]
    if foreign:
        raise _foreign(name)


def _behind(cluster: Cluster) -> dict[str, Any]:
    """Return the mappings of all indexes the name stands for."""
    try:
        found: dict[str, Any] = cluster.ask("GET", f"/{part(cluster.settings.name)}/_mapping")
    except AbsentError:
        return {}
    return found


def _foreign(name: str) -> IndexIncompatibleError:
    return IndexIncompatibleError(
        f"“{name}” is in use on this cluster for something else; end the address with another name."
    )


def _is_ours(name: str, index: str) -> bool:
    return index.startswith(f"{name}.") and bool(_BUILD.fullmatch(index.removeprefix(f"{name}.")))


def kept_indexes(cluster: Cluster) -> tuple[str | None, str | None]:
    """Return the current index and the one it replaced, whatever version made them."""
    name = cluster.settings.name
    found = {index: mapping for index, mapping in _behind(cluster).items() if _is_ours(name, index)}
    if not found:
        return None, None
    now = max(found)
    return now, found[now]["mappings"].get("_meta", {}).get("before")


def all_indexes(cluster: Cluster) -> list[str]:
    """Return the indexes of all builds."""
    name = cluster.settings.name
    found = cluster.ask("GET", f"/_resolve/index/{part(name)}.*?expand_wildcards=all")["indices"]
    return sorted(row["name"] for row in found if _is_ours(name, row["name"]))


def remove(cluster: Cluster, index: str) -> None:
    """Remove an index; one that is not there is fine."""
    try:
        cluster.ask("DELETE", f"/{part(index)}", patience=20)
    except AbsentError:
        return
