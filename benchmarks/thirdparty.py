"""The folder of third parties' texts: named by `--data`, or by the environment variable DATELINE_DATA."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

VARIABLE = "DATELINE_DATA"


def add_argument(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """Add `--data`; its value is the folder that holds `news/`, `translation/` and the others."""
    named = os.environ.get(VARIABLE) or None
    parser.add_argument(
        "--data",
        type=folder,
        default=named,
        required=needed and named is None,
        help=f"the folder that holds data/, or data/ itself (default: {VARIABLE})",
    )


def folder(named: str) -> Path:
    """Return the folder `data` in the named one, or the named one when it is that folder itself."""
    inside = Path(named) / "data"
    return inside if inside.is_dir() else Path(named)
