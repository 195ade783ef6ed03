"""Three OpenSearch nodes on this machine, each a process of its own: started, killed and started again.

`python tests/cluster/cluster_nodes.py` starts them on the ports 9201 to 9203 until Ctrl-C.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent / "node"
RUNNERS = {21: "3.8.0.0", 11: "2.19.1.0"}
"""The newest runner for a Java version; the first part is the version of OpenSearch."""

MEMORY = (
    "-Xms320m",
    "-Xmx320m",
    "-XX:MaxDirectMemorySize=96m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
)
FLAGS = ("-Dio.netty.allocator.numDirectArenas=0", "-Xshare:auto")


class NoClusterError(Exception):
    """Nothing here can run a cluster; the message says what is missing."""


def find_java() -> tuple[str, int]:
    """Return the newest Java of this machine that can run a node, and its version."""
    homes = [Path(home) for home in (os.environ.get("JAVA_HOME", ""),) if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*")) + sorted(Path("/opt").glob("*j*"))
    programs = [str(home / "bin" / "java") for home in homes] + [shutil.which("java") or ""]
    found = [(_version(program), program) for program in dict.fromkeys(programs) if Path(program).is_file()]
    version, program = max(found, default=(0, ""))
    if version < min(RUNNERS):
        raise NoClusterError(f"no Java of version {min(RUNNERS)} or later")
    return program, version


def _version(program: str) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def libraries(java: int) -> Path:
    """Return the folder with the libraries of a node for a Java version; Maven fetches them once."""
    runner = next(runner for least, runner in RUNNERS.items() if java >= least)
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dateline-cluster" / runner
    if (cache / "complete").exists():
        return cache
    maven = shutil.which("mvn")
    if maven is None:
        raise NoClusterError("no Maven")
    fetch = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    command = [maven, "-B", "-q", f"-Drunner={runner}", "-f", str(HERE / "pom.xml"), fetch]
    options = ["-DincludeScope=runtime", f"-DoutputDirectory={cache}"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoClusterError(f"Maven could not fetch OpenSearch: {done.stdout[-500:]}")
    (cache / "complete").touch()
    return cache


def ask(url: str, method: str = "GET", body: object = None, timeout: float = 60) -> object:
    """Ask a node, without Dateline's own client."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=timeout) as response:
        return json.load(response)


class Nodes:
    """Some nodes that make a cluster, numbered from 1."""

    def __init__(self, count: int = 3, port: int = 0, settings: tuple[str, ...] = ()) -> None:
        self.java, version = find_java()
        self.libraries = libraries(version)
        self.count = count
        self.port = port or _free_ports(count)
        self.settings = settings
        memory = Path("/dev/shm")  # noqa: S108 - where there is one, no disk has to be waited for
        self.folder = Path(
            tempfile.mkdtemp(prefix="dateline-cluster-", dir=memory if memory.is_dir() else None)
        )
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        for number in range(1, count + 1):
            self.start(number)

    def url(self, number: int = 1) -> str:
        """Return the address of a node."""
        return f"http://127.0.0.1:{self.port + number}"

    @property
    def urls(self) -> str:
        """All addresses, as `--engine` takes them."""
        return ",".join(self.url(number) for number in range(1, self.count + 1))

    def start(self, number: int) -> None:
        """Start a node, or start it again with what it had on disk."""
        base = self.folder / f"n{number}"
        base.mkdir(exist_ok=True)
        log = (self.folder / f"n{number}.log").open("ab")
        place = [str(number), str(self.count), str(self.folder), str(self.port)]
        command = [self.java, *MEMORY, *FLAGS, "-cp", f"{self.libraries}/*", str(HERE / "Launch.java")]
        self._processes[number] = subprocess.Popen(
            [*command, *place, *self.settings], stdin=subprocess.PIPE, stdout=log, stderr=log
        )
        log.close()

    def kill(self, number: int) -> None:
        """End a node as a power cut would."""
        process = self._processes.pop(number)
        process.kill()
        process.communicate()

    def pause(self, number: int, *, stopped: bool) -> None:
        """Stop a node without ending it, or let it go on."""
        self._processes[number].send_signal(signal.SIGSTOP if stopped else signal.SIGCONT)

    def manager(self) -> int:
        """Return the number of the elected manager."""
        for number in self._processes:
            rows = ask(f"{self.url(number)}/_cat/cluster_manager?format=json")
            return int(rows[0]["node"].removeprefix("n"))
        raise NoClusterError("no node runs")

    def wait(self, nodes: int | None = None, status: str = "green", seconds: float = 240) -> None:
        """Wait until the cluster has so many nodes and all its shards."""
        wanted = f"wait_for_nodes={nodes or self.count}&wait_for_status={status}"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for number, process in self._processes.items():
                if process.poll() is not None:
                    raise NoClusterError(f"node {number} ended:\n{self._log(number)}")
                if self._is_well(number, wanted):
                    return
            time.sleep(0.5)
        raise NoClusterError(f"the cluster is not well after {seconds} s:\n{self._log(1)}")

    def _is_well(self, number: int, wanted: str) -> bool:
        try:
            health = ask(f"{self.url(number)}/_cluster/health?{wanted}&timeout=5s")
        except (urllib.error.URLError, OSError):
            return False
        return not health["timed_out"]

    def _log(self, number: int) -> str:
        return (self.folder / f"n{number}.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def stop(self) -> None:
        """End all nodes and remove what they wrote."""
        for number in list(self._processes):
            self.kill(number)
        shutil.rmtree(self.folder, ignore_errors=True)


def _free_ports(count: int) -> int:
    """Return a port after which `count` ports are free, and as many a hundred further on."""
    for base in range(20_000 + os.getpid() % 5_000, 30_000, 211):
        if all(_is_free(base + far + number) for far in (0, 100) for number in range(1, count + 1)):
            return base
    raise NoClusterError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main() -> None:
    """Run three nodes until interrupted."""
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    nodes = Nodes(port=9200)
    try:
        nodes.wait()
        sys.stdout.write(f"three nodes: {nodes.urls}\n")
        sys.stdout.flush()
        signal.sigwait(signals)
    finally:
        nodes.stop()


if __name__ == "__main__":
    main()
