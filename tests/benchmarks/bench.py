"""How fast is it, beside what cannot be beaten: ``python tests/benchmarks/bench.py [FILE...]``.

In one process: documents and kilobytes a second of CPU time, beside ``regex`` finding the runs of digits in the same texts.
Cold start: CPU time of ``cl-extract FILE --json`` as a new process, beside ``python -c pass``. All figures are medians.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import regex

from cl_extract import extract

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
STARTS = 15


def releases(names: Sequence[str]) -> list[Path]:
    """The files named, else the corpus where there is one, else the samples."""
    corpus = ROOT.parent / "shared" / "corpus"
    paths = [Path(name) for name in names] or sorted(corpus.rglob("*") if corpus.is_dir() else (ROOT / "samples").iterdir())
    return [path for path in paths if path.suffix in {".txt", ".md", ".html"}]


def cpu_of(work: Callable[[], object]) -> float:
    """Median seconds of CPU time of this process for one run of ``work``, the first run left out."""
    times = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def start_of(*command: str) -> float:
    """Median seconds of CPU time of ``command`` as a new process."""
    times = []
    for _ in range(STARTS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        env = {**os.environ, "PYTHONPATH": str(ROOT / "cli")}
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times[1:])


def main(names: Sequence[str]) -> None:
    """Prints the two tables."""
    paths = releases(names)
    texts = [path.read_bytes().decode(errors="replace") for path in paths]
    size = sum(len(text.encode()) for text in texts) / 1000
    digits = regex.compile(r"\d+")
    print(f"{len(texts)} releases, {size:.0f} kB")
    print(f"{'one process':22}{'documents/s':>14}{'kB/s':>12}")
    for name, work in (("cl-extract", lambda: list(map(extract, texts))), (r"regex \d+", lambda: list(map(digits.findall, texts)))):
        seconds = cpu_of(work)
        print(f"{name:22}{len(texts) / seconds:14,.0f}{size / seconds:12,.0f}")
    print(f"\n{'cold start':22}{'ms':>14}")
    for name, command in (("cl-extract FILE --json", ["-m", "cl_extract", str(paths[0]), "--json"]), ("python -c pass", ["-c", "pass"])):
        print(f"{name:22}{start_of(sys.executable, *command) * 1000:14.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
