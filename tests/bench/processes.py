"""Memory and processor time of a server with every process below it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


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


def processor(process: int) -> float:
    """Seconds of processor time of a process and all below it that live."""
    return sum(_spent(each) for each in [process, *below(process)])


def _spent(process: int) -> float:
    with suppress(FileNotFoundError, ProcessLookupError):
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS
    return 0.0


def _proportional(process: int) -> float:
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0
