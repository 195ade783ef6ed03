"""Whoosh is loaded in one place, without noise, and only by who asks for this engine."""

import os
import subprocess
import sys

import engine.whoosh
from engine.whoosh import stock


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_loads_where_warnings_are_errors(tmp_path):
    """With a cold bytecode cache, since the compiler is what warns."""
    done = run("import engine.whoosh", PYTHONPYCACHEPREFIX=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_build_and_a_search_warn_of_nothing(tmp_path):
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path\n"
        "from builders import article\n"
        "from engine.model import SearchRequest\n"
        "from engine.query import Term\n"
        "from engine.whoosh import open_engine\n"
        f"engine = open_engine(Path({str(tmp_path / 'index')!r}))\n"
        "for _ in range(2):\n"
        "    with engine.writer(fresh=False) as writer: writer.put(article('a'))\n"
        "assert engine.search(SearchRequest(Term('army'))).total == 1\n"
        "engine.close()\n"
    )
    done = run(code, PYTHONPYCACHEPREFIX=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_the_model_does_not_drag_whoosh_in():
    done = run("import engine.model, engine.protocol, engine.memory, sys; assert 'whoosh' not in sys.modules")
    assert done.returncode == 0, done.stderr


def test_what_is_exported_exists():
    for module in (stock, engine.whoosh):
        assert all(hasattr(module, name) for name in module.__all__)
