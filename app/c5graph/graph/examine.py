"""A process that validates and may be killed: ``python -m c5graph.graph.examine``.

Standard input holds one order in JSON, standard output gets one answer: a validation report, or
`failed` with the body of an error.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from c5graph.errors import C5GraphError
from c5graph.graph.posted import posted
from c5graph.graph.remember import validated
from c5graph.graph.shaped import shaped
from c5graph.graph.sources import Sources

_NICE = 10


def files(order: dict[str, Any]) -> dict[str, Any]:
    """The shipped graph with these files joined to it; the result is remembered."""
    sources = Sources.shipped().joined(Path(each) for each in order["joined"])
    report = validated(sources, Path(order["cache"]))
    return {"report": json.loads(report.to_json())}


def own(order: dict[str, Any]) -> dict[str, Any]:
    """Files as they are, by the shapes of others, or by ours where there are none."""
    sources = Sources.files(Path(each) for each in order["data"])
    shapes = [Path(each) for each in order["shapes"]]
    report = shaped(sources.shaped_by(shapes), Path(order["cache"]))
    return {"report": json.loads(report.to_json())}


_KINDS = {"files": files, "own": own, "posted": posted}


def main() -> None:
    """Carry out the order."""
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    order = json.loads(sys.stdin.read())
    try:
        answer = _KINDS[order["kind"]](order)
    except C5GraphError as error:
        answer = {"failed": error.body()}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
