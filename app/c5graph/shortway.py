"""The short way: a plain query answered from its connection, without the layers of a route.

Those layers cost more than most queries take. What is not plain goes the usual way, and so does
what came to nothing, with the error that it came to.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final, Protocol

from c5graph.errors import C5GraphError
from c5graph.shelf import Ready

OUTCOME: Final = "c5graph.outcome"
"""Where the scope of a request keeps what the short way came to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The error that a query ended with, and when the request began."""

    began: float
    error: C5GraphError


Errand = Coroutine[Any, Any, Ready | Outcome]
"""A query under way; cancelled, it ends."""


class ShortWay(Protocol):
    """Answers requests by their bytes."""

    def errand(self, raw: bytes) -> Errand | None:
        """What answers a whole request for a plain query; None for any other."""


class Shortcuts:
    """What answers requests by their bytes; this one answers none."""

    def take(self, raw: bytes) -> tuple[bytes, bytes] | None:  # noqa: ARG002
        """The response that lies ready: its first line, and what follows the server's headers."""
        return None

    def begin(self, raw: bytes) -> tuple[Errand, Callable[[], None]] | None:  # noqa: ARG002
        """What answers by the short way, and what is to be called when that is over."""
        return None

    def ended(self, reason: str) -> None:
        """A connection was ended, or refused, for one of few reasons."""


NO_SHORTCUTS: Final = Shortcuts()
