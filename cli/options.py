"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.place import ENGINE, Place

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_CORPUS = Path("corpus")


def index_option(command: F) -> F:
    """Add `--index` and `--engine`; the command gets both as one `Place` named `index`."""
    return _index_option(_engine_option(command))


def _remember(ctx: click.Context, _option: click.Parameter, address: str | None) -> None:
    ctx.meta[ENGINE] = address


def _place(ctx: click.Context, _option: click.Parameter, folder: Path) -> Place:
    return Place(folder, ctx.meta[ENGINE] or None)


_engine_option = click.option(
    "--engine",
    is_eager=True,
    expose_value=False,
    callback=_remember,
    envvar=ENGINE,
    show_envvar=True,
    metavar="URL",
    help="Keep the index on an OpenSearch cluster instead, as in https://host:9200/name.",
)
_index_option = click.option(
    "--index",
    "index",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_place,
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


class QueryCommand(click.Command):
    """A command whose QUERY may begin with a minus sign, as in `dateline search -kidal`.

    No option of ours is one dash and several letters, so such a word is never meant as one.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a query that looks like options behind a `--`."""
        flags = {name for option in self.params if getattr(option, "is_flag", False) for name in option.opts}
        for place, word in enumerate(args):
            before = args[place - 1] if place else ""
            value = before.startswith("--") and "=" not in before and before not in flags
            if word == "--":
                break
            if not value and len(word) > 2 and word[0] == "-" != word[1]:
                return super().parse_args(ctx, [*args[:place], *args[place + 1 :], "--", word])
        return super().parse_args(ctx, args)
