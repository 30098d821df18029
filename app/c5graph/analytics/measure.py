"""What a measure is: what it answers, its formula and source, its options and columns.

The documentation, the routes, the command and Python all read these descriptions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from typing import Literal as OneOf

from c5graph.analytics.outcome import Options, Outcome, Progress
from c5graph.analytics.skeleton import Skeleton

Kind = OneOf["node", "set", "number", "integer", "choice", "flag", "lens"]
Compute = Callable[[Skeleton, Options, Progress], Outcome]


@dataclass(frozen=True)
class Option:
    """What a measure may be asked besides projection, firmness and lens."""

    name: str
    kind: Kind
    meaning: str
    default: Any = None
    choices: tuple[str, ...] = ()
    least: float = 0
    most: float = 0
    needed: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a measure's table."""

    name: str
    kind: OneOf["node", "nodes", "number", "text", "facts"]
    meaning: str


@dataclass(frozen=True)
class Measure:
    """One measure; without `compute` it reads more than the skeleton of one network."""

    name: str
    title: str
    question: str
    formula: str
    source: str
    columns: tuple[Column, ...]
    options: tuple[Option, ...] = ()
    compute: Compute | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "formula": self.formula,
            "source": self.source,
            "options": [{"name": each.name, "meaning": each.meaning} for each in self.options],
            "columns": [{"name": each.name, "meaning": each.meaning} for each in self.columns],
        }


NETWORK: Final = Measure("network", "Network", "Which edges are there?", "", "", ())
"""No measure, but what is asked for a network alone."""
NODE: Final = Column("node", "node", "The thing measured.")
SCORE: Final = Column("score", "number", "The figure.")
ALONG: Final = Option(
    "along", "flag", "yes: edges lead one way only, where they have a direction.", default=False
)
