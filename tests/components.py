"""What some tests need besides Python: without it they are skipped by name, and fail in CI."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest


def missing(component: str, why: str) -> NoReturn:
    """Skip the test or module that needs a component; where all has to be there, fail it."""
    message = f"{component}: {why}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message, allow_module_level=True)


def shared_folder(name: str) -> Path:
    """A folder of the test environment for what is fetched once and never committed."""
    folder = Path(sys.prefix) / "components" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
