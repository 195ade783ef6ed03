"""The `dateline` command and its subcommands."""

from __future__ import annotations

import io
import logging
import os
import sys

import click

from cli.group import DatelineGroup

COMMANDS = {
    "check": "cli.checking:check_command",
    "export": "cli.reading:export_command",
    "index": "cli.building:index_command",
    "restore": "cli.restoring:restore_command",
    "search": "cli.reading:search_command",
    "serve": "cli.serving:serve_command",
    "show": "cli.reading:show_command",
    "sources": "cli.reading:sources_command",
    "update": "cli.building:update_command",
}
"""Where each command is; only the one that is called is loaded."""


@click.group(
    cls=DatelineGroup,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="dateline-search", prog_name="dateline", message="%(prog)s %(version)s")
def main() -> None:
    """Search a news archive: clean it, see what was removed, find who wrote what, and where it came from.

    Exit status: 0 done; 1 done, but some documents failed; 2 wrong usage; 3 nothing done.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an old code page must not stop a command half-way
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("DATELINE_DEBUG"):
        logging.basicConfig(level=logging.DEBUG)


if __name__ == "__main__":
    main()
