"""Writes docs/cli.md from the commands themselves: `python -m cli.reference > docs/cli.md`.

A test fails when the file and the commands differ.
"""

from __future__ import annotations

import click

from cli.main import main

INTRODUCTION = """# The dateline command

Made by `make docs` from the commands' own help.
"""


def reference() -> str:
    """Return the whole document."""
    settings = {**main.context_settings, "terminal_width": 100}
    root = click.Context(main, info_name="dateline", **settings)
    sections = [_section("dateline", main.get_help(root))]
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        if command:
            context = click.Context(command, parent=root, info_name=name, **settings)
            sections.append(_section(f"dateline {name}", command.get_help(context)))
    return "\n".join([INTRODUCTION, *sections])


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
