"""Workers spawned on an on-disk store, where forking is not safe (macOS, Windows)."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from c5graph.store.asked import Worker
from c5graph.store.channel import Streams
from c5graph.store.contents import Contents
from c5graph.store.supply import Consumer, cause_of, environment, load_failed


class SpawnSupply:
    """Each worker is a fresh interpreter that opens the store read-only."""

    def __init__(self, contents: Contents, workers: int, memory: int, directory: Path) -> None:
        self._contents, self._workers, self._memory = contents, workers, memory
        self._directory = Path(contents.directory or directory)
        self._tasks: set[asyncio.Task[None]] = set()
        self._processes: dict[int, Process] = {}
        self._closing = False

    async def start(self, consumer: Consumer) -> None:
        """Load the data on disk, then start the workers."""
        self._consumer = consumer
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._load)
        except (OSError, ValueError) as error:
            raise load_failed(str(error)) from error
        for _ in range(self._workers):
            task = asyncio.create_task(self._keep_one())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def end(self, worker: Worker) -> None:
        """Kill a worker; the task that keeps it starts the next."""
        process = self._processes.get(worker.process)
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()

    async def close(self) -> None:
        """End every worker."""
        self._closing = True
        for process in list(self._processes.values()):
            with suppress(ProcessLookupError):
                process.kill()
        await asyncio.gather(*self._tasks)

    def _load(self) -> None:
        if self._contents.directory is not None:
            return  # it is there
        store = self._contents.load(self._directory)
        store.flush()
        store.optimize()

    async def _keep_one(self) -> None:
        while not self._closing:
            process = await self._spawn()
            self._processes[process.pid] = process
            if self._closing:  # while it was being spawned
                process.kill()
            assert process.stdout is not None
            assert process.stdin is not None
            self._consumer.born(Worker(process.pid, Streams(process.stdout, process.stdin)))
            await process.wait()
            del self._processes[process.pid]
            self._consumer.died(process.pid, await _cause(process))

    async def _spawn(self) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "c5graph.store.worker",
            str(self._directory),
            str(self._memory),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment(),
        )


async def _cause(process: Process) -> str:
    assert process.stderr is not None
    return cause_of(await process.stderr.read(), -(process.returncode or 0))
