"""Processes of our own interpreter that do what may take long, and can be killed."""

from __future__ import annotations

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress


def environment() -> dict[str, str]:
    """What such a process is started with: it finds the same c5graph as this one."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def processors() -> int:
    """How many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)  # Linux has it
    return len(usable(0)) if usable else os.cpu_count() or 1


async def start(module: str, *arguments: str) -> Process:
    """A module of ours as a program that is talked to over its standard input and output."""
    return await create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=environment(),
    )


async def kill(process: Process) -> None:
    """End it now, if it has not ended."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
