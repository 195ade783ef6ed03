from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder with the acceptance data: `seeds/` and `data/`."""
    folder = os.environ.get("DATELINE_DATA")
    if not folder or not (Path(folder) / "seeds" / "expected.json").is_file():
        pytest.fail("set DATELINE_DATA to the folder that holds seeds/expected.json")
    return Path(folder)
