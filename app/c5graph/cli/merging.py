"""`c5graph merge`: the merge driver for Turtle files that git calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from c5graph.authoring.merging import merged
from c5graph.errors import Exit, MissingInput

Version = Annotated[Path, typer.Argument()]


def merge(base: Version, ours: Version, theirs: Version) -> None:
    """Merge two versions of a Turtle file block by block into OURS, as a merge driver of git.

    Exit code 0: merged; 1: both changed one block, or a file is not in our layout, and OURS is
    as it was; 3: a file cannot be read.

    Example: git config merge.turtle.driver "c5graph merge %O %A %B || git merge-file %A %O %B"
    """
    text = merged(*(_text(path) for path in (base, ours, theirs)))
    if text is None:
        raise typer.Exit(Exit.FINDINGS)
    ours.write_text(text, encoding="utf-8", newline="\n")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingInput(
            f"{path}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
