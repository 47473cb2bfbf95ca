"""A pool of worker processes that no task can take down, with results in the order of the tasks.

The executors of the standard library give up all work when one worker dies, and cannot stop a task that hangs.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from cl_extract.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")

QUEUED = 4  # tasks that a worker has before it, so that it need not wait for the next
_LONGEST_WAIT = 3600.0  # seconds; longer ones some systems refuse
AHEAD = 64  # results a worker may be ahead of the oldest task that is not done

# Forked workers share the packs that are loaded already; where forking is unsafe, each loads them itself.
_FORKS = sys.platform == "linux"
_Process = multiprocessing.get_context("fork").Process if _FORKS else multiprocessing.get_context("spawn").Process


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that gave no result, because its worker died or was stopped."""

    reason: str


class Pool(Generic[T, R]):
    """``jobs`` processes that do ``work``, used as a context; leaving it stops them at once, whatever they do.

    A task that takes longer than ``timeout`` seconds, or whose worker dies, gives Lost; a new worker goes on with the next task. ``work`` must raise
    nothing: what it raises ends its worker.
    """

    def __init__(self, work: Callable[[T], R], *, jobs: int, timeout: float) -> None:
        self._work = work
        self._jobs = jobs
        self._timeout = timeout
        self._workers: list[_Worker[T]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while self._workers:
            self._workers.pop().stop()

    def run(self, tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Each task with its result, in the order of ``tasks``, which are taken only as workers come free."""
        coming = enumerate(tasks)
        done: dict[int, tuple[T, R | Lost]] = {}
        given = told = 0
        more = True
        while True:
            while more and given - told < AHEAD * self._jobs and (worker := self._free()):
                following = next(coming, None)
                if following is None:
                    more = False
                else:
                    worker.give(*following)
                    given += 1
            while told in done:
                yield done.pop(told)
                told += 1
            if not more and told == given:
                return
            for number, task, result in self._collect():
                done[number] = task, result

    def _free(self) -> _Worker[T] | None:
        """The worker with the fewest tasks, a new one where all have some and there may be more; None where all have enough."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is not None and not least.tasks and not least.process.is_alive():  # it died with nothing to do, which no task is to blame for
            self._workers.remove(least)
            least.stop()
            least = None
        if (least is None or least.tasks) and len(self._workers) < self._jobs:
            least = self._start()
            self._workers.append(least)
        return least if least is not None and len(least.tasks) < QUEUED else None

    def _start(self) -> _Worker[T]:
        try:
            return _Worker.start(self._work, [worker.connection for worker in self._workers])
        except OSError as error:
            raise UsageError(f"worker process {len(self._workers) + 1} cannot be started ({error.strerror}); give fewer with --jobs") from error

    def _collect(self) -> Iterator[tuple[int, T, R | Lost]]:
        """Waits for results, or for the end of a worker's time."""
        busy = [worker for worker in self._workers if worker.tasks]
        ending = min((worker.since for worker in busy), default=time.monotonic()) + self._timeout
        ready = {*wait([worker.connection for worker in busy], min(max(0.0, ending - time.monotonic()), _LONGEST_WAIT))}
        for worker in busy:
            if worker.connection in ready:
                try:
                    result = cast("R", worker.connection.recv())
                except (EOFError, OSError):
                    yield from self._replace(worker, f"its worker died ({worker.death()})")
                else:
                    number, task = worker.take()
                    yield number, task, result
            elif time.monotonic() - worker.since > self._timeout:
                yield from self._replace(worker, f"took longer than {self._timeout:g} seconds")

    def _replace(self, worker: _Worker[T], reason: str) -> Iterator[tuple[int, T, R | Lost]]:
        """Gives up the task that the worker was at; those still before it go to a new one."""
        worker.stop()
        self._workers.remove(worker)
        number, task = worker.take()
        fresh = self._start()
        for waiting in worker.tasks:
            fresh.give(*waiting)
        self._workers.append(fresh)
        yield number, task, Lost(reason)


@dataclass(slots=True)
class _Worker(Generic[T]):
    """A process, the tasks it was given and has not answered, and when it began the first of them."""

    process: BaseProcess
    connection: Connection
    tasks: deque[tuple[int, T]] = field(default_factory=deque)
    since: float = 0.0

    @classmethod
    def start(cls, work: Callable[[T], object], others: list[Connection]) -> _Worker[T]:
        """A new process. ``others`` are the ends of other workers' pipes, which a fork inherits and must close for those to see when we end."""
        ours, theirs = multiprocessing.Pipe()
        process = _Process(target=_serve, args=(work, theirs, [*others, ours] if _FORKS else []), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, number: int, task: T) -> None:
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append((number, task))
        with suppress(OSError):  # it has died, which waiting for its answer tells
            self.connection.send(task)

    def take(self) -> tuple[int, T]:
        """The task it was at, which is answered."""
        self.since = time.monotonic()
        return self.tasks.popleft()

    def death(self) -> str:
        """How its process ended."""
        self.process.join(1.0)
        code = self.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def _serve(work: Callable[[T], object], connection: Connection, others: list[Connection]) -> None:
    """Does the tasks that come down the pipe until it closes, which it does when whoever gives them has gone, however that was."""
    if _FORKS:
        _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; whoever gives the tasks stops us
    for other in others:
        other.close()
    while True:
        try:
            task = cast("T", connection.recv())
            result = work(task)
            connection.send(result)
        except (EOFError, OSError):  # of the pipe: work raises nothing
            return


def _die_with_parent() -> None:
    """Has Linux kill this process when its parent ends: one that hangs would not see its pipe close."""
    import ctypes

    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
