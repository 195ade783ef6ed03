"""The `dateline` command and its subcommands."""

from __future__ import annotations

import logging
import os

import click

from cli.building import check_command, index_command, update_command
from cli.console import DatelineGroup
from cli.reading import export_command, search_command, show_command, sources_command
from cli.serving import serve_command


@click.group(
    cls=DatelineGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="dateline-search", prog_name="dateline", message="%(prog)s %(version)s")
def main() -> None:
    """Search a news archive: clean it, see what was removed, find who wrote what, and where it came from.

    Exit status: 0 done; 1 done, but some documents failed; 2 wrong usage; 3 nothing done.
    """
    if os.environ.get("DATELINE_DEBUG"):
        logging.basicConfig(level=logging.DEBUG)


for _command in (
    index_command,
    update_command,
    search_command,
    show_command,
    serve_command,
    sources_command,
    check_command,
    export_command,
):
    main.add_command(_command)

if __name__ == "__main__":
    main()
