"""Many nodes are judged by several processes, each with what the shapes see from its share.

A node conforms or not by its view alone (see steps.py), so the verdicts add up to that of one
process. A juror is this module as a program: an order in JSON on the first line of its standard
input, then statements in N-Triples; what is broken comes as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

from c5graph import processes
from c5graph.graph.shacl import Broken, Shapes, Verdict
from c5graph.graph.sources import InputFile
from c5graph.graph.steps import Line, Steps, Views
from c5graph.store.rdf import FORMATS, parse_text

_WORTH: Final = 400  # nodes for which a process is started: it takes seconds to read the shapes
_MOST: Final = 4  # jurors; each holds shapes and statements of its own


def judge(
    shapes: Shapes, views: Views, asked: frozenset[str], jurors: int | None = None
) -> Verdict:
    """What the nodes asked for break; the report of SHACL is there only where one process did all.

    As many processes as there are processors to use, unless told otherwise, and only where the
    nodes are many. What has blank nodes is judged here: their names do not outlive a process.
    """
    shares = _shares(asked, _jurors(len(asked)) if jurors is None else jurors)
    sights = [seen_from(views, share) for share in shares]
    if any(end.startswith("_:") for lines in sights for line in lines for end in line):
        shares, sights = [asked], [seen_from(views, asked)]
    away = [_Juror(shapes, *each) for each in zip(sights[1:], shares[1:], strict=True)]
    mine = shapes.verdict(sights[0], views.terms, shares[0])
    found = [mine]
    for juror in away:
        found.append(juror.verdict() or shapes.verdict(juror.lines, views.terms, juror.share))
    broken = [each for verdict in found for each in verdict.broken]
    return Verdict(broken, b"" if away else mine.report, all(each.whole for each in found))


def seen_from(views: Views, nodes: Iterable[str]) -> set[Line]:
    """All statements that the shapes can see from these nodes."""
    return {line for node in nodes for line in views.lines(node)}


def _jurors(nodes: int) -> int:
    return max(1, min(processes.processors(), _MOST, nodes // _WORTH))


def _shares(asked: frozenset[str], number: int) -> list[frozenset[str]]:
    """The nodes in turn, so that kinds that take long are in each share."""
    ordered = sorted(asked)
    return [frozenset(ordered[first::number]) for first in range(number)]


class _Juror:
    """A process that judges its share meanwhile."""

    def __init__(self, shapes: Shapes, lines: set[Line], share: frozenset[str]) -> None:
        self.lines, self.share = lines, share
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is read
        order = {"shapes": [str(path) for path in shapes.paths], "asked": sorted(share)}
        # Files, not pipes: a pipe that is full would have both wait for each other.
        with tempfile.TemporaryFile() as told:
            told.write(json.dumps(order).encode() + b"\n")
            told.writelines(f"{' '.join(line)} .\n".encode() for line in sorted(lines))
            told.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "c5graph.graph.jury"],
                stdin=told,
                stdout=self._said,
                stderr=subprocess.DEVNULL,
                env=processes.environment(),
            )

    def verdict(self) -> Verdict | None:
        """What it found; None where the process came to nothing."""
        with self._said:
            if self._process.wait() != 0:
                return None
            self._said.seek(0)
            answer = json.loads(self._said.read())
        broken = [Broken(**{**each, "terms": ()}) for each in answer["broken"]]
        return Verdict(broken, b"", bool(answer["whole"]))


def main() -> None:
    """Judge what standard input names."""
    order = json.loads(sys.stdin.buffer.readline())
    files = (InputFile(each, Path(each), "shapes") for each in order["shapes"])
    views = Views(parse_text(sys.stdin.buffer.read(), FORMATS["nt"]), Steps())
    verdict = Shapes(files).verdict(views.every_line(), views.terms, frozenset(order["asked"]))
    broken = [asdict(each) for each in verdict.broken]
    sys.stdout.write(json.dumps({"broken": broken, "whole": verdict.whole}))


if __name__ == "__main__":
    main()
