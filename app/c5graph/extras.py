"""Libraries that are installed on request: where one is missing, the error names the extra."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from c5graph.errors import MissingInput


def is_there(module: str) -> bool:
    """Whether the library is installed; it is not imported."""
    return find_spec(module) is not None


def needed(module: str, extra: str) -> Any:
    """The library, imported now. Raises MissingInput, which names the extra."""
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        raise MissingInput(
            f"{library} is not installed.",
            remedy=f"Install it with: pip install 'c5graph[{extra}]'",
        ) from error
