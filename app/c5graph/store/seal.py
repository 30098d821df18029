"""Make a worker process unable to open a connection or a file, or to outgrow its memory."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

if sys.platform != "win32":
    import resource

PAGE_FIELD = 0  # of /proc/self/statm: size of the address space in pages
_NICE = 5
_PR_SET_PDEATHSIG = 1


def seal(memory: int | None) -> None:
    """Take away the right to open files and sockets; cap growth of the address space.

    Whatever a query manages to say afterwards, no connection can be made. Where the platform
    has no such limits (Windows) nothing is done, and the token scan is the only guard.
    """
    if sys.platform == "win32":
        return
    if memory is not None:
        _cap_memory(memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def cap_memory(memory: int) -> None:
    """Let this process grow by so many bytes and no more, where the platform can."""
    if sys.platform != "win32":
        _cap_memory(memory)


def bound_to_parent() -> Callable[[], None]:
    """What a child, forked after this call, does so that it ends when its parent does (Linux).

    The library is looked up now: a child is to do little before it is bound.
    """
    library = ctypes.CDLL(None)
    return lambda: library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def yield_to_service() -> None:
    """Let the process that talks to clients go first where the machine is busy."""
    if sys.platform != "win32":
        os.nice(_NICE)


def peak_memory() -> int:
    """The most memory this process has held, in bytes; 0 where that is unknown."""
    if sys.platform == "win32":
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def own_memory() -> int:
    """Bytes of the pages that this process has come to hold for itself; 0 where unknown.

    A forked worker shares the store with the others, but reading it counts references, and each
    page that is written to is copied.
    """
    if sys.platform == "win32":
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * resource.getpagesize()


def _cap_memory(memory: int) -> None:
    if sys.platform != "linux":
        return  # macOS accepts RLIMIT_AS and ignores it
    pages = int(Path("/proc/self/statm").read_text().split()[PAGE_FIELD])
    cap = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
