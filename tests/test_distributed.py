"""Runs on a Dask cluster: the same facts as here, whatever becomes of a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import fsspec
import pytest

from cl_extract.app import run
from cl_extract.batch import distributed
from generated import release, write_releases

CLI = str(Path(__file__).resolve().parents[1] / "cli")
ENV = {**os.environ, "PYTHONPATH": CLI}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two worker processes on loopback: its address, and the workers."""
    told = tmp_path / "scheduler.json"
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENV}
    processes = [subprocess.Popen([*start, "--scheduler-file", str(told)], **quiet)]  # type: ignore[call-overload]
    wait_until_there(told)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    worker += ["--local-directory", str(tmp_path / "scratch")]
    processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    import json

    yield json.loads(told.read_text())["address"], processes[1:]
    for process in processes:
        process.kill()
        process.wait()


def wait_until_there(path: Path) -> None:
    ending = time.monotonic() + 60
    while not path.exists() or not path.stat().st_size:
        assert time.monotonic() < ending
        time.sleep(0.05)


def facts_of(files: str) -> list[tuple[object, ...]]:
    return duckdb.execute(f"SELECT * FROM '{files}' ORDER BY path, start, measure, value").fetchall()


def test_a_run_that_loses_a_worker_equals_one_here(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    address, workers = cluster
    write_releases(tmp_path / "in", 600, bad=True)
    listing = distributed.Listing([str(tmp_path / "in")])
    out = tmp_path / "parts"
    killed = False

    def heard(_: object) -> None:
        nonlocal killed
        if not killed:
            killed = True
            workers[0].kill()

    summary = distributed.run(address, listing, str(out), files_a_part=20, heard=heard)
    assert workers[0].wait() < 0
    assert run(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "here.parquet")]) == 1
    assert facts_of(f"{out}/*.parquet") == facts_of(str(tmp_path / "here.parquet"))
    assert len(list(out.iterdir())) == -(-(600 - 3) // 20)
    assert (summary.releases, summary.failed, summary.skipped["hidden"]) == (588, 6, 1)


def test_the_command_runs_on_a_cluster_of_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_releases(tmp_path / "in", 30)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "part-0123456789abcdef01234567.parquet").write_bytes(b"old")
    (tmp_path / "parts" / "part-of-another-tool.parquet").write_bytes(b"theirs")
    (tmp_path / "parts" / "notes.txt").write_text("mine")
    assert run(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "parts"), "--dask", "local"]) == 0
    assert "30 read" in capfd.readouterr().out
    names = sorted(path.name for path in (tmp_path / "parts").iterdir())
    assert names[0] == "notes.txt"
    assert names[-1] == "part-of-another-tool.parquet"
    assert len(names) == 3
    before = (tmp_path / "parts" / names[1]).read_bytes()
    assert run(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "parts"), "--dask", "local"]) == 0
    assert (tmp_path / "parts" / names[1]).read_bytes() == before


def test_files_come_from_any_address() -> None:
    memory = fsspec.filesystem("memory")
    for name in ("in/b.txt", "in/a.txt", "in/.hidden.txt", "in/2024/c.md", "in/data.json", "in/photo.jpg"):
        memory.pipe(f"/{name}", b"\xff\xd8\xff" if name.endswith("jpg") else release(1).encode())
    listing = distributed.Listing(["memory://in"])
    tasks = tuple(listing)
    assert [task.path for task in tasks] == ["memory:///in/a.txt", "memory:///in/b.txt", "memory:///in/photo.jpg", "memory:///in/2024/c.md"]
    assert listing.skipped == {"hidden": 1, "data or code": 1}
    outcomes = distributed.read_part(distributed.Part(tasks, "memory://out"))
    assert [type(outcome).__name__ for outcome in outcomes] == ["Taken", "Taken", "Skipped", "Taken"]
    (part,) = memory.ls("/out", detail=False)
    assert memory.cat(part).startswith(b"PAR1")


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write_releases(tmp_path / "in", 3)
    listing = distributed.Listing([str(tmp_path / "in"), str(tmp_path / "in" / "000"), str(tmp_path / "in" / "000" / "000001.txt")])
    assert len([*listing]) == 3
    assert listing.skipped == {"named before": 4}


def test_shards_share_a_folder(tmp_path: Path) -> None:
    write_releases(tmp_path / "in", 40)
    for shard in ("1/2", "2/2"):
        assert run(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "parts"), "--dask", "local", "--shard", shard]) == 0
    assert run(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "here.parquet")]) == 0
    assert facts_of(f"{tmp_path}/parts/*.parquet") == facts_of(str(tmp_path / "here.parquet"))


@pytest.mark.parametrize("path", ["foo://x/y", "s3nowhere://bucket"])
def test_an_address_of_no_kind_is_told(path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", path, "-o", str(tmp_path / "out"), "--dask", "local"]) == 2
    assert f"{path}: is no address" in capfd.readouterr().err


@pytest.mark.parametrize("options", [["--wide"], ["--prune"], ["--format", "csv"]])
def test_what_a_cluster_does_not_do_is_refused(options: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--dask", "local", *options]) == 2
    assert "--dask writes Parquet" in capfd.readouterr().err


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--dask", "nonsense://x"]) == 2
    assert "give the address of a scheduler" in capfd.readouterr().err
