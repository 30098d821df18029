"""The keeper process: loads the data once, then forks workers that share them.

It runs one thread only, which is what makes forking safe, and does nothing between forks but
wait. Messages to and from the service are JSON datagrams on one socket; a new worker's end of
its own socket travels with the message that announces it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from c5graph.errors import C5GraphError
from c5graph.store import worker
from c5graph.store.contents import Contents
from c5graph.store.seal import bound_to_parent
from c5graph.store.supply import cause_of, load_failed
from c5graph.store.twofold import Twofold

DATAGRAM = 65536


class Keeper:
    """Owns the store and the workers; `run` returns when the service has gone."""

    def __init__(self, control: socket.socket, store: Callable[[], Twofold], memory: int) -> None:
        self._control, self._store, self._memory = control, store, memory
        self._complaints: dict[int, int] = {}  # process id -> where its last words arrive
        self._replaced: set[int] = set()
        self._wake, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._bind = bound_to_parent()

    def run(self, workers: int) -> None:
        """Fork the workers and keep their number until the control socket closes."""
        for _ in range(workers):
            self._fork()
        while True:
            control = self._control.fileno()
            readable, _, _ = select.select([control, self._wake], [], [])
            if self._wake in readable:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wake, DATAGRAM)
                self._reap()
            if control in readable and not self._obey():
                return self._end_all()

    def _obey(self) -> bool:
        try:
            order = self._control.recv(DATAGRAM)
        except ConnectionError:  # the service was killed with messages unread
            return False
        if not order:
            return False
        process = int(json.loads(order)["end"])
        if process in self._complaints and process not in self._replaced:
            os.kill(process, signal.SIGKILL)
            self._replaced.add(process)
            self._fork()  # before it is reaped: a large process takes a while to go
        return True

    def _reap(self) -> None:
        while self._complaints:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            self._say({"dead": process, "cause": self._cause(process, status)})
            if process in self._replaced:
                self._replaced.discard(process)
            else:
                self._fork()

    def _cause(self, process: int, status: int) -> str:
        words = b""
        complaint = self._complaints.pop(process)
        with contextlib.suppress(BlockingIOError):
            words = os.read(complaint, DATAGRAM)
        os.close(complaint)
        return cause_of(words, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        words, complaint = os.pipe()
        process = self._fork_patiently()
        if process == 0:
            ours.close()  # or this worker would never see that the service closed it
            self._become_worker(theirs, complaint)
        theirs.close()
        os.close(complaint)
        os.set_blocking(words, False)
        self._complaints[process] = words
        self._say({"born": process}, ours)
        ours.close()

    def _fork_patiently(self) -> int:
        while True:
            try:
                return os.fork()
            except OSError:  # out of processes or memory for now
                time.sleep(0.1)

    def _become_worker(self, channel: socket.socket, complaint: int) -> None:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            self._bind()
            os.dup2(complaint, 2)
            self._control.close()
            source, sink = channel.makefile("rb"), channel.makefile("wb")
            worker.serve(self._store(), source, sink, self._memory)
            status = 0
        except (BrokenPipeError, ConnectionResetError):
            status = 0  # the service closed its end
        finally:
            os._exit(status)

    def _say(self, message: dict[str, Any], passed: socket.socket | None = None) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            say(self._control, message, passed)

    def _end_all(self) -> None:
        for process in self._complaints:
            os.kill(process, signal.SIGKILL)


def say(control: socket.socket, message: dict[str, Any], passed: socket.socket | None) -> None:
    """Send a datagram, with a socket when there is one."""
    encoded = json.dumps(message).encode()
    if passed is None:
        control.send(encoded)
    else:
        socket.send_fds(control, [encoded], [passed.fileno()])


def _store(contents: Contents) -> Callable[[], Twofold]:
    """What a worker begins with: the store that was loaded before it was forked, or a look at disk.

    A store on disk has threads, which a fork would leave behind: each worker opens its own.
    """
    if contents.directory is not None:
        return lambda: Twofold(contents.load())
    loaded = Twofold.of(contents.load())
    return lambda: loaded


def main() -> None:
    """``python -m c5graph.store.keeper FD``: standard input says what to load."""
    control = socket.socket(fileno=int(sys.argv[1]))
    text = sys.stdin.read()
    if not text:
        return  # the service ended before it knew what to load
    order = json.loads(text)
    try:
        store = _store(Contents.from_json(order["contents"]))
    except C5GraphError as error:
        say(control, {"failed": error.body()}, None)
        return
    except ValueError as error:
        say(control, {"failed": load_failed(str(error)).body()}, None)
        return
    gc.collect()
    gc.freeze()
    say(control, {"loaded": True}, None)
    Keeper(control, store, order["memory"]).run(order["workers"])


if __name__ == "__main__":
    main()
