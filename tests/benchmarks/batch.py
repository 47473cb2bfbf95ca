"""How fast whole folders are read, and in how much memory: ``python tests/benchmarks/batch.py [FILES]``, 10000 unless given.

Releases are made up, some bad. Wall-clock time, so the machine should be idle: releases a second to a database at one and two jobs, and what of the
second core's time comes to use (parallel efficiency). Peak memory is that of the largest process, at a tenth of the files and at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from generated import write_releases  # noqa: E402

MEASURED = """
import resource, runpy, sys
sys.argv[0] = "cl-extract"
try:
    runpy.run_module("cl_extract", run_name="__main__")
except SystemExit:
    pass
who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(max(resource.getrusage(one).ru_maxrss for one in who), file=sys.stderr)
"""


def batch(folder: Path, out: Path, jobs: int) -> tuple[float, float]:
    """Seconds that a run takes, and MB of its largest process."""
    out.unlink(missing_ok=True)
    command = [sys.executable, "-c", MEASURED, "batch", str(folder), "-o", str(out), "--jobs", str(jobs)]
    start = time.perf_counter()
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "cli")}, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stderr.splitlines()[-1]) / 1024


def main(files: int) -> None:
    """Prints the two tables."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        write_releases(place / "few", files // 10, bad=True, sentences=10)
        write_releases(place / "many", files, bad=True, sentences=10)
        print(f"{files:,} files")
        print(f"{'jobs':12}{'releases/s':>12}{'efficiency':>12}")
        seconds = {jobs: batch(place / "many", place / "out.db", jobs)[0] for jobs in (1, 2)}
        for jobs, taken in seconds.items():
            print(f"{jobs:<12}{files / taken:12,.0f}{seconds[1] / taken / jobs:12.2f}")
        print(f"\n{'files':12}{'peak MB':>12}")
        for name, number in (("few", files // 10), ("many", files)):
            print(f"{number:<12,}{batch(place / name, place / 'out.db', 2)[1]:12.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
