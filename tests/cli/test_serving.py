from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import Run

from cli import console, serving


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def served(*arguments: object) -> Iterator[tuple[str, list[str]]]:
    """Run the server; its address, and after the end the lines it wrote."""
    port = free_port()
    command = [sys.executable, "-m", "cli.main", "serve", "--port", str(port), *map(str, arguments)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    log: list[str] = []
    try:
        yield _when_ready(server, f"http://127.0.0.1:{port}"), log
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
        log += errors.splitlines()
        assert "Traceback" not in errors


def _when_ready(server: subprocess.Popen[str], address: str) -> str:
    for _ in range(300):
        assert server.poll() is None, server.communicate()[1]
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError("the server did not start")


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as response:
        return str(response.read().decode())


def test_serve_builds_what_is_missing_and_sees_a_rebuild(corpus: Path, index: Path, dateline: Run) -> None:
    with served("--index", index, "--corpus", corpus) as (address, _):
        assert json.loads(fetch(f"{address}/api/v1/search?q=goita"))["total"] == 1
        assert "Sahel Courier" in fetch(f"{address}/search?q=goita")
        (corpus / "new.txt").write_text(
            "Goita visits Gao.\n\nThe colonel visited the market of the town on Monday."
        )
        assert dateline("update", corpus).exit_code == console.DONE
        assert json.loads(fetch(f"{address}/api/v1/search?q=goita"))["total"] == 2


def test_a_port_in_use_is_one_sentence(built: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = built("serve", "--port", taken.getsockname()[1])
    assert result.exit_code == console.NOTHING_DONE
    assert "is in use" in result.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.org"])  # noqa: S104 - refused is the point
def test_serving_other_machines_needs_to_be_asked_for(built: Run, host: str) -> None:
    result = built("serve", "--host", host)
    assert result.exit_code == console.WRONG_USAGE
    assert "--allow-remote" in result.stderr


def test_an_interrupted_build_leaves_the_index_as_it_was(built: Run, corpus: Path, index: Path) -> None:
    before = sorted(p.name for p in index.rglob("*"))
    for n in range(3000):
        (corpus / f"{n}.txt").write_text(
            f"Report {n} from the market.\n\nThe market of the town opened again on Monday."
        )
    command = [sys.executable, "-m", "cli.main", "index", str(corpus), "--index", str(index), "--jobs", "2"]
    build = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while build.poll() is None and not list(index.glob("builds/.*")):
        time.sleep(0.01)
    time.sleep(0.5)  # into the reading; what an interrupt in the first instant leaves, the next build sweeps
    os.killpg(build.pid, signal.SIGINT)
    _, errors = build.communicate(timeout=60)
    assert build.returncode == console.INTERRUPTED
    assert errors.strip().endswith("interrupted; the index is as it was before")
    assert built("check").exit_code == console.DONE
    assert sorted(p.name for p in index.rglob("*")) == before


def test_settings_come_from_options_and_the_environment() -> None:
    environment = {"DATELINE_API_KEY": " one, two ,", "DATELINE_ORIGINS": "https://desk.example"}
    settings = serving.web_settings(environment, proxies=1, rate=60)
    assert (settings.api_keys, settings.origins) == (("one", "two"), ("https://desk.example",))
    assert (settings.proxies, settings.rate) == (1, 60)


def test_another_server_gets_the_same_app(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_RATE", "60")
    client = serving.application().test_client()
    assert client.get("/api/v1/search?q=goita").get_json()["total"] == 1
    assert 429 in {client.get("/api/v1/search").status_code for _ in range(30)}
    assert built("check").exit_code == console.DONE


def test_a_wrong_setting_is_one_sentence(built: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("DATELINE_PROXY", "yes")
    with pytest.raises(console.SettingsError, match="DATELINE_PROXY must be a whole number, not 'yes'"):
        serving.application()


def test_requests_are_logged_without_their_queries(corpus: Path, index: Path) -> None:
    with served("--index", index, "--corpus", corpus) as (address, log):
        fetch(f"{address}/search?q=goita")
    lines = [json.loads(line) for line in log if line.startswith("{")]
    assert any(line["page"] == "pages.search" and line["status"] == 200 for line in lines)
    assert "goita" not in json.dumps(lines)
