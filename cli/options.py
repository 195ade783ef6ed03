"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

DEFAULT_CORPUS = Path("corpus")

index_option = click.option(
    "--index",
    "index",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("index"),
    show_default="index/",
    envvar="DATELINE_INDEX",
    show_envvar=True,
    metavar="DIR",
    help="Folder of the index.",
)
config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Settings file.  [default: dateline.toml here or in the corpus]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print machine-readable JSON.")
