"""`dateline serve`: the web app on waitress; builds the index first when there is none."""

from __future__ import annotations

import errno
import ipaddress
import socket
from contextlib import closing
from pathlib import Path

import click

from cli import console
from cli.options import DEFAULT_CORPUS, config_option, index_option
from engine.errors import IndexMissingError
from engine.protocol import SearchEngine
from engine.whoosh import open_engine

THREADS = 8


@click.command("serve")
@index_option
@config_option
@click.option(
    "--corpus",
    "source",
    type=click.Path(path_type=Path),
    default=DEFAULT_CORPUS,
    show_default="corpus/",
    metavar="PATH",
    help="What to index when there is no index yet.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on."
)
@click.option("--allow-remote", is_flag=True, help="Permit an address that other machines can reach.")
def serve_command(  # noqa: PLR0913 - one parameter for each option
    index: Path, config: Path | None, source: Path, host: str, port: int, *, allow_remote: bool
) -> None:
    """Serve the search pages and the JSON endpoint."""
    _require_loopback(host, allow_remote=allow_remote)
    with closing(open_engine(index)) as engine:
        _build_if_missing(engine, source, config)
        listen(engine, host, port)


def _require_loopback(host: str, *, allow_remote: bool) -> None:
    if allow_remote or host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise click.UsageError(
            f"{host} can be reached from other machines and Dateline has no login;"
            " put it behind a proxy that has one, or add --allow-remote"
        )


def _build_if_missing(engine: SearchEngine, source: Path, config: Path | None) -> None:
    try:
        engine.info()
    except IndexMissingError:
        from cli import building  # the server itself needs nothing of the indexer

        click.echo(f"no index yet: building one from {source}", err=True)
        report = building.run(engine, (source,), config, jobs=1, fresh=True)
        click.echo(f"{report['documents']} articles indexed, {report['failed']} documents failed", err=True)


def listen(engine: SearchEngine, host: str, port: int) -> None:
    """Answer requests until interrupted; port 0 takes any free one."""
    from waitress import serve

    from webapp import create_app

    try:
        listener = _socket(host, port)
    except OSError as error:
        console.fail(_why(error, host, port), console.NOTHING_DONE)
        return
    with listener:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Dateline is on http://{shown}:{listener.getsockname()[1]}/  (Ctrl-C stops it)", err=True)
        serve(create_app(engine), sockets=[listener], threads=THREADS, ident="Dateline", _quiet=True)


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs privileges; choose one above 1023 with --port"
    return f"can not listen on {host}:{port}: {error.strerror or error}"
