"""`dateline serve`: the web app on waitress; builds the index first when there is none.

`application` is the same for other servers, set up by the same environment variables.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import console
from cli.options import DEFAULT_CORPUS, config_option, index_option
from cli.place import Place
from engine.errors import IndexMissingError
from engine.protocol import SearchEngine

if TYPE_CHECKING:
    from flask import Flask

    from webapp import WebSettings

THREADS = 8
RATE = 600
"""Requests a minute for each client, once other machines can ask."""
API_KEYS = "DATELINE_API_KEY"
"""Holds the API key, or several with commas between them. An option would show it to `ps`."""


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
@click.option(
    "--proxy",
    type=click.IntRange(0, 9),
    default=0,
    metavar="N",
    envvar="DATELINE_PROXY",
    show_envvar=True,
    help="Believe the X-Forwarded-… headers of N proxies in front.",
)
@click.option(
    "--rate",
    type=click.IntRange(0),
    metavar="N",
    envvar="DATELINE_RATE",
    show_envvar=True,
    help=f"Requests a minute for each client; 0: no limit.  [default: {RATE} with --allow-remote or --proxy]",
)
def serve_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    index: Place,
    config: Path | None,
    source: Path,
    host: str,
    port: int,
    proxy: int,
    rate: int | None,
    *,
    allow_remote: bool,
) -> None:
    """Serve the search pages and the JSON endpoint.

    With DATELINE_API_KEY set, /api/ and /metrics ask for that key; DATELINE_ORIGINS names the sites whose
    scripts may read /api/.
    """
    _require_loopback(host, allow_remote=allow_remote)
    rate = rate if rate is not None else RATE * (allow_remote or proxy > 0)
    settings = web_settings(os.environ, proxy, rate)
    with closing(index.open()) as engine:
        _build_if_missing(engine, source, config)
        listen(engine, host, port, settings)


def web_settings(environment: Mapping[str, str], proxies: int, rate: int) -> WebSettings:
    """Put the settings of the web app together; keys come from the environment alone."""
    from webapp import WebSettings

    return WebSettings(
        api_keys=_listed(environment.get(API_KEYS, "")),
        origins=_listed(environment.get("DATELINE_ORIGINS", "")),
        proxies=proxies,
        rate=rate,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def application() -> Flask:
    """Make the web app for another server, as in `gunicorn 'cli.serving:application()'`."""
    from webapp import create_app
    from webapp.logs import configure

    configure(sys.stderr)
    engine = Place.of_environment(os.environ).open()
    settings = web_settings(os.environ, _whole("DATELINE_PROXY", 0), _whole("DATELINE_RATE", RATE))
    return create_app(engine, settings)


def _whole(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value and not value.isdecimal():
        raise console.SettingsError(f"{name} must be a whole number, not {value!r}")
    return int(value or default)


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


def listen(engine: SearchEngine, host: str, port: int, settings: WebSettings) -> None:
    """Answer requests until interrupted; port 0 takes any free one."""
    from waitress import serve

    from webapp import create_app
    from webapp.logs import configure

    try:
        listener = _socket(host, port)
    except OSError as error:
        console.fail(_why(error, host, port), console.NOTHING_DONE)
        return
    with listener:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"Dateline is on http://{shown}:{listener.getsockname()[1]}/  (Ctrl-C stops it)", err=True)
        configure(sys.stderr)
        serve(
            create_app(engine, settings),
            sockets=[listener],
            threads=THREADS,
            ident="Dateline",
            clear_untrusted_proxy_headers=not settings.proxies,  # the app itself counts the proxies
            _quiet=True,
        )


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs privileges; choose one above 1023 with --port"
    return f"can not listen on {host}:{port}: {error.strerror or error}"
