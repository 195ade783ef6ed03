"""`dateline.toml`: read once, checked once, turned into the settings each part declares.

Looked for in the current folder, then in the corpus; `--config FILE` names another. Everything in it is
optional, and a mistake in it is one sentence that names the file and the key.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cli.console import SettingsError
from indexer.cleaning import CleaningSettings, Keep, PackError, load_packs
from indexer.errors import CorpusError
from indexer.formats import ReadSettings
from indexer.metadata import Agency
from indexer.pipeline import PipelineSettings

FILE_NAME = "dateline.toml"

_SAID = {
    "extra_forbidden": "is no setting; check its spelling in the README",
    "tuple_type": 'must be a list, as in ["one", "two"]',
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "string_type": "must be a text in quotes",
}
"""What pydantic complains of, in other words."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceTable(_Strict):
    """`[cleaning.sources."NAME"]`: rules to switch off for one source."""

    disable: tuple[str, ...] = ()


class KeepTable(_Strict):
    """`[[cleaning.keep]]`: a line never to remove, of one source or document if it names one."""

    text: str = Field(min_length=1)
    source: str | None = None
    path: str | None = None


class CleaningTable(_Strict):
    """`[cleaning]`: rules to switch off, rule packs of your own (paths beside this file), lines to keep."""

    disable: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()
    sources: dict[str, SourceTable] = {}
    keep: tuple[KeepTable, ...] = ()

    def settings(self, folder: Path) -> CleaningSettings:
        """Return what cleaning needs; `folder` is where the file stands."""
        return CleaningSettings(
            disabled=frozenset(self.disable),
            packs=tuple(folder / pack for pack in self.packs),
            disabled_for=tuple((name, frozenset(table.disable)) for name, table in self.sources.items()),
            keep=tuple(Keep(row.text, row.source, row.path) for row in self.keep),
        )


class File(_Strict):
    """The whole file.

    `[fields]` says how your records call our fields (`text = "contenu"`); `[[agency]]` describes a
    news agency the built-in list does not know, with the keys of `indexer/metadata/agencies.toml`.
    """

    fields: dict[str, str] = {}
    cleaning: CleaningTable = CleaningTable()
    agency: tuple[dict[str, Any], ...] = ()


def load(config: Path | None, corpus: Path | None) -> PipelineSettings:
    """Read the settings that apply to `corpus`; defaults when there is no file.

    Raises:
        SettingsError: the file is missing (when named), is not TOML, or has an unknown or wrong key.

    """
    path = config or find(corpus)
    if path is None:
        return PipelineSettings()
    return _checked(path, parse(path, read(path)))


def find(corpus: Path | None) -> Path | None:
    """Return the settings file that applies to `corpus`, if there is one."""
    folders = [Path(), *([corpus] if corpus and corpus.is_dir() else [])]
    return next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)


def read(path: Path) -> str:
    """Return the text of a settings file; SettingsError when that can not be."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{path} can not be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error


def parse(path: Path, text: str) -> File:
    """Read the text of a settings file; `path` names it in errors.

    Raises:
        SettingsError: it is not TOML, or has an unknown or wrong key.

    """
    try:
        return File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    except ValidationError as error:
        raise SettingsError(f"{path}: {_first(error.errors())}") from error


def _first(errors: list[Any]) -> str:
    """Say the first thing that is wrong, in the terms of a TOML file."""
    first = errors[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where} {_SAID.get(first['type'], first['msg'].lower())}"


def _checked(path: Path, file: File) -> PipelineSettings:
    """Turn the file into settings; what the parts refuse is reported with the file's name."""
    try:
        settings = PipelineSettings(
            read=ReadSettings(fields=tuple(sorted(file.fields.items()))),
            cleaning=file.cleaning.settings(path.parent),
            agencies=tuple(Agency.from_table(table) for table in file.agency),
        )
        load_packs(settings.cleaning)
    except (ValueError, CorpusError, PackError) as error:
        raise SettingsError(f"{path}: {error}") from error
    return settings
