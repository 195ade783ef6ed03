"""The command group: it loads the command that is asked for and nothing else, and names what went wrong."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from cli.console import DONE, INTERRUPTED, NOTHING_DONE, WRONG_USAGE, SettingsError, fail
from engine.errors import CallerError, EngineError, UserError
from indexer.errors import CorpusError, NothingToIndexError, ScratchError

log = logging.getLogger(__name__)

_WRONG_USAGE = (UserError, CallerError, CorpusError, SettingsError)
_NOTHING_DONE = (EngineError, NothingToIndexError, ScratchError, OSError)


class DatelineGroup(click.Group):
    """Commands by name, each as "module:attribute"; expected errors end as one line and an exit status."""

    def __init__(self, *, places: Mapping[str, str], **settings: Any) -> None:
        super().__init__(**settings)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands, in alphabetical order."""
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command; None when there is none of that name."""
        module, _, attribute = self._places.get(cmd_name, "").partition(":")
        command: click.Command | None = getattr(import_module(module), attribute) if module else None
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn expected errors into messages."""
        try:
            return super().invoke(ctx)
        except _WRONG_USAGE as error:
            fail(str(error), WRONG_USAGE)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(DONE)
        except _NOTHING_DONE as error:
            fail(_sentence(error), NOTHING_DONE)
        except KeyboardInterrupt:
            fail("interrupted; the index is as it was before", INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            log.debug("unexpected fault", exc_info=True)
            what = f"unexpected fault, {type(error).__name__}: {error}"
            fail(f"{what}; set DATELINE_DEBUG=1 to see where, and please report it", NOTHING_DONE)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)
