"""Prints what mapping the made-up files writes, to be read before it is kept in `expected/`.

`PYTHONPATH=app python -m tests.held.golden KIND` prints; with `--keep` it writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from c5graph.authoring.known import read_known
from c5graph.graph.sources import Sources
from c5graph.held.mapping import MAPPINGS, Mapped, Order, planned
from tests.held.conftest import EXPECTED, SEEN, made_up


def joined(result: Mapped, folder: Path) -> str:
    """All files that a mapping writes in one text, and what it did not match."""
    parts = [
        f"## {path.relative_to(folder).as_posix()}\n\n{text}"
        for path, text in sorted(result.texts.items())
    ]
    return "\n".join([*parts, f"## not matched\n\n{result.unmatched}"])


def main() -> None:
    known = read_known(Sources.shipped().inputs)
    for kind in [each for each in sys.argv[1:] if each in MAPPINGS]:
        folder = Path("mine")
        text = joined(planned(Order(kind, made_up(kind), folder, seen=SEEN), known), folder)
        if "--keep" in sys.argv:
            (EXPECTED / f"{kind}.txt").write_text(text, encoding="utf-8")
        else:
            print(text)  # noqa: T201 - the answer of a command


if __name__ == "__main__":
    main()
