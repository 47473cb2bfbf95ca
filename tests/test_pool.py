"""Work in other processes: in order, and whatever a task does to its worker, the others are done."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from cl_extract.batch.pool import AHEAD, Lost, Pool


def do(task: str) -> str:
    """Does as it is told."""
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        os._exit(3)
    if task == "hang":
        time.sleep(600)
    if task.startswith("slow"):
        time.sleep(0.05)
    return task.upper()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [f"slow {number}" if number % 7 == 0 else str(number) for number in range(40)]
    with Pool(do, jobs=jobs, timeout=60) as pool:
        assert list(pool.run(tasks)) == [(task, task.upper()) for task in tasks]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_task_that_kills_its_worker_is_lost_alone(jobs: int) -> None:
    tasks = ["a", "die", "b", "exit", "c", "die", "die", "d"]
    with Pool(do, jobs=jobs, timeout=60) as pool:
        results = [result for _, result in pool.run(tasks)]
    died, left = Lost("its worker died (signal 9)"), Lost("its worker died (exit code 3)")
    assert results == ["A", died, "B", left, "C", died, died, "D"]


def test_a_task_that_hangs_is_given_up() -> None:
    with Pool(do, jobs=2, timeout=0.5) as pool:
        results = [result for _, result in pool.run(["a", "hang", "b", "c", "d"])]
    assert results == ["A", Lost("took longer than 0.5 seconds"), "B", "C", "D"]


def test_tasks_are_taken_only_as_results_are() -> None:
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield str(number)

    with Pool(do, jobs=2, timeout=60) as pool:
        running = pool.run(tasks())
        for _ in range(3):
            next(running)
        time.sleep(0.2)
        assert taken <= 2 * AHEAD + 3


def test_leaving_stops_workers_at_once() -> None:
    began = time.monotonic()
    with Pool(do, jobs=2, timeout=600) as pool:
        running = pool.run(["a", "hang", "hang"])
        assert next(running) == ("a", "A")
    assert time.monotonic() - began < 30
