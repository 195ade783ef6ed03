"""Where an index is: a folder of this machine, or a name on a cluster. Only here an engine is picked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.console import SettingsError
from engine.protocol import SearchEngine

ENGINE = "DATELINE_ENGINE"
"""Names a cluster; with user and password in variables that begin like it, never in the address."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of an index, unless `address` names a cluster that has it."""

    folder: Path = Path("index")
    address: str | None = None

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> Place:
        """Read the place where there are no options."""
        return cls(Path(environment.get("DATELINE_INDEX", "index")), environment.get(ENGINE) or None)

    def open(self) -> SearchEngine:
        """Return the engine on the index; it need not exist yet.

        Raises:
            SettingsError: what a cluster needs is not installed.

        """
        if self.address is None:
            from engine.whoosh import open_engine

            return open_engine(self.folder)
        try:
            from engine.opensearch import open_engine as open_cluster
        except ModuleNotFoundError as error:
            raise SettingsError(
                "a cluster needs one more package; install it with: pip install 'dateline-search[opensearch]'"
            ) from error
        return open_cluster(self.address, os.environ)

    def __str__(self) -> str:
        return str(self.folder) if self.address is None else "the cluster"
