"""Memory of a server with every process below it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def memory(process: int) -> float:
    """MiB of a process and all below it, shared pages divided among them."""
    return sum(_proportional(each) for each in [process, *below(process)])


def below(process: int) -> list[int]:
    """The children of a process, and theirs."""
    found: list[int] = []
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            children = map(int, (thread / "children").read_text().split())
            found += [each for child in children for each in (child, *below(child))]
    return found


def _proportional(process: int) -> float:
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0
