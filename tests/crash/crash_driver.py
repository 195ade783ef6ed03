"""Builds that die, run out of disk or lose power at a chosen point; prints what is left of each index.

    python crash_driver.py MODE FOLDER POINTS

The test starts this as a process of its own, because it forks and threads must not be about. An
*event* is anything the build does to the file system by name (open, mkdir, link, rename, remove) and
every fsync; between two events lie the writes, which the modes `cut` and `quota` interrupt inside.

    kill     SIGKILL at the n-th event
    cut      killed by the kernel in the middle of a write, when a file reaches n bytes
    quota    a write fails when a file reaches n bytes
    full     from the n-th event on, nothing can be created or synced
    power    SIGKILL at the n-th event; then whatever was not synced is lost

One JSON line per point: `ended` (how the build ended), `state` ("old", "new" or what is wrong),
`drafts` (litter), `again` (whether the next build works; tried at every third point).
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builders import article

from engine.errors import IndexWriteError
from engine.model import Article, SearchRequest
from engine.query import All
from engine.whoosh import open_engine

EVENTS = frozenset({"open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir"})
GROWING = frozenset({"open", "os.mkdir", "os.link", "os.fsync"})
ENDS = {0: "done", 3: "refused", 4: "crashed", -signal.SIGKILL: "killed", -signal.SIGXFSZ: "killed"}

fsync = os.fsync


def articles(keys: Iterable[str]) -> Iterator[Article]:
    for key in keys:
        made = article(key, title=f"Ferry {key}", body=f"The ferry {key} runs. " * 40)
        yield replace(made, sha256=sha256(made.raw.encode()).hexdigest())


OLD = ("a", "b", "c")
NEW = ("a", "c", "d", "e")


def build_old(root: Path) -> None:
    engine = open_engine(root)
    for keys in (("x",), OLD):
        with engine.writer(fresh=True) as writer:
            for one in articles(keys):
                writer.put(one)
    engine.close()


def build_new(root: Path, *, fresh: bool) -> None:
    """Rebuild, or update to the same set."""
    with open_engine(root).writer(fresh=fresh) as writer:
        writer.delete("b")
        for one in articles(NEW if fresh else NEW[2:]):
            writer.put(one)


# --- the point at which it happens -----------------------------------------------------------


def watch(event: Callable[[str, tuple[Any, ...]], None]) -> None:
    """Call `event` before everything the build does to the file system."""

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        reading = name == "open" and not (isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"))
        if name in EVENTS and not reading:
            event(name, arguments)

    def synced(descriptor: int) -> None:
        event("os.fsync", (descriptor,))
        fsync(descriptor)

    sys.addaudithook(hook)
    os.fsync = synced


def countdown(point: int, then: Callable[[str], None]) -> Callable[[str, tuple[Any, ...]], None]:
    left = [point]

    def event(name: str, _: tuple[Any, ...]) -> None:
        left[0] -= 1
        if left[0] < 0:
            then(name)

    return event


def die(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(name: str) -> None:
    if name in GROWING:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def kill(point: int, _: Path) -> None:
    watch(countdown(point, die))


def full(point: int, _: Path) -> None:
    watch(countdown(point, refuse))


def cut(point: int, _: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    quota(point, _)


def quota(point: int, _: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (point * 97, resource.RLIM_INFINITY))


def power(point: int, log: Path) -> None:
    """As `kill`, and note every fsync and rename that was reached."""
    journal = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    stop = countdown(point, die)

    def event(name: str, arguments: tuple[Any, ...]) -> None:
        stop(name, arguments)
        if name == "os.fsync":
            status = os.fstat(arguments[0])
            os.write(journal, json.dumps(["sync", status.st_ino, status.st_size]).encode() + b"\n")
        elif name == "os.rename":
            source, target = map(os.fspath, arguments[:2])
            folder = os.stat(os.path.dirname(target)).st_ino  # noqa: PTH116, PTH120 - Path would be events
            os.write(journal, json.dumps(["rename", folder, source, target]).encode() + b"\n")

    watch(event)


MODES = {mode.__name__: mode for mode in (kill, cut, quota, full, power)}


# --- losing power ----------------------------------------------------------------------------


def lose_power(root: Path, template: Path, before: frozenset[int], log: Path) -> None:
    """Undo what was not synced: renames first, then names and contents of new files."""
    journal = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    for place in reversed(range(len(journal))):
        kind, folder, *names = journal[place]
        if kind == "rename" and ["sync", folder] not in [entry[:2] for entry in journal[place:]]:
            undo_rename(Path(names[0]), Path(names[1]), template)
    sizes = {entry[1]: entry[2] for entry in journal if entry[0] == "sync"}
    for path in [path for path in root.rglob("*") if path.is_file()]:
        status = path.stat()
        if status.st_ino in before:
            continue
        if status.st_ino not in sizes or path.parent.stat().st_ino not in sizes:
            path.unlink()
        elif status.st_size > sizes[status.st_ino]:
            os.truncate(path, sizes[status.st_ino])


def undo_rename(source: Path, target: Path, template: Path) -> None:
    """Put the old name back; of the pointer, the old content."""
    if not target.exists():
        return
    if target.name == "CURRENT":
        shutil.copyfile(template / "CURRENT", target)
    else:
        target.rename(source)


# --- what is left ----------------------------------------------------------------------------


def state(root: Path) -> str:
    engine = open_engine(root)
    try:
        found = tuple(sorted(hit.article.id for hit in engine.search(SearchRequest(All(), limit=99)).hits))
        problems = engine.check()
    except Exception as error:  # noqa: BLE001 - whatever it is, the test wants to see it
        return repr(error)
    finally:
        engine.close()
    return "; ".join(problems) or {OLD: "old", NEW: "new"}.get(found, str(found))


def again(root: Path) -> str:
    """Build once more and look that nothing but two generations is left."""
    try:
        build_new(root, fresh=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, the test wants to see it
        return repr(error)
    left = len(list((root / "builds").iterdir()))
    return "works" if left <= 2 and state(root) == "new" else f"{left} builds, {state(root)}"


def run(mode: str, point: int, folder: Path, *, fresh: bool, retry: bool) -> dict[str, Any]:
    """Let one build meet its point and look at what is left."""
    template, root, log = folder / "template", folder / "index", folder / "log"
    shutil.rmtree(root, ignore_errors=True)
    log.unlink(missing_ok=True)
    shutil.copytree(template, root)
    before = frozenset(path.stat().st_ino for path in root.rglob("*"))
    child = os.fork()
    if not child:
        os._exit(victim(mode, point, root, log, fresh=fresh))
    ended = ENDS[os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]
    if mode == "power":
        lose_power(root, template, before, log)
    drafts = len(list((root / "builds").glob(".*")))
    return {
        "point": point,
        "ended": ended,
        "state": state(root),
        "drafts": drafts,
        "again": again(root) if retry else None,
    }


def victim(mode: str, point: int, root: Path, log: Path, *, fresh: bool) -> int:
    try:
        MODES[mode](point, log)
        build_new(root, fresh=fresh)
    except IndexWriteError:
        return 3
    except BaseException as error:  # noqa: BLE001 - the exit status tells
        os.write(2, repr(error).encode()[:500] + b"\n")
        return 4
    return 0


def main() -> None:
    mode, folder, points = sys.argv[1], Path(sys.argv[2]), [int(n) for n in sys.argv[3].split(",")]
    build_old(folder / "template")
    for place, point in enumerate(points):
        report = run(mode, point, folder, fresh=bool(place % 2), retry=place % 3 == 0)
        print(json.dumps(report), flush=True)  # noqa: T201 - the report is read by the test


if __name__ == "__main__":
    main()
