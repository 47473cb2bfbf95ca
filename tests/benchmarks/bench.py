"""How fast is it, beside what cannot be beaten and beside its peers: ``python tests/benchmarks/bench.py [--json] [FILE...]``.

All figures are medians of CPU time, in one run pinned to one core, so that their ratios mean the same on any machine. Releases are those of the tests
and samples unless named. Peers are measured where they are installed: ``pip install -e '.[bench]'``.
"""

from __future__ import annotations

import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import regex

from cl_extract.engine.engine import build_engine, load_engine, load_workbench
from cl_extract.extraction import extract, extract_document
from cl_extract.model import BlockKind
from cl_extract.reading.read import read_text

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, STARTS = 7, 15
PEER_KB = 20  # of text that the slow ones are given
COPIES = 10  # of the releases in the folder, for the start not to count
STARTED_ON = 8000  # characters, as a usual release has
SIZES = (1, 10, 100, 1000)  # kB of one release
Row = tuple[str, float, str]
Table = dict[str, list[Row]]


def releases(names: Sequence[str]) -> list[str]:
    """The text of the files named, else of those of the tests and samples."""
    found = [path for folder in ("tests/corpus", "samples") for path in sorted((ROOT / folder).rglob("*"))]
    paths = [Path(name) for name in names] or [path for path in found if path.suffix in {".txt", ".md", ".html"}]
    return [path.read_bytes().decode(errors="replace") for path in paths]


def kilobytes(texts: Sequence[str]) -> float:
    """The size of the texts in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1000


def cpu_of(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of CPU time of each work. They take turns, and each is run once before."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            began = time.process_time()
            work()
            if number:
                taken.append(time.process_time() - began)
    return [statistics.median(taken) for taken in times]


# --- Throughput ---


def peers() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Each peer that is installed, as a user would call it."""
    for name, ready in (("quantulum3", _quantulum), ("recognizers", _recognizers), ("search_dates", _search_dates), ("EntityRuler", _entity_ruler)):
        try:
            yield name, ready()
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)


def _module(name: str) -> Any:
    return importlib.import_module(name)


def _quantulum() -> Callable[[str], object]:
    parse: Callable[[str], object] = _module("quantulum3.parser").parse
    return parse


def _recognizers() -> Callable[[str], object]:
    number, unit, date = (_module(f"recognizers_{name}") for name in ("number", "number_with_unit", "date_time"))
    asked = (number.recognize_number, unit.recognize_currency, unit.recognize_dimension, date.recognize_datetime)
    return lambda text: [ask(text, "en-us") for ask in asked]


def _search_dates() -> Callable[[str], object]:
    search = _module("dateparser.search").search_dates
    return lambda text: search(text, languages=["en"])


def _entity_ruler() -> Callable[[str], object]:
    pipeline: Any = _module("spacy").blank("en")
    nouns = sorted({noun.plural for noun in load_workbench().packs.nouns if " " not in noun.plural})
    counted = [{"LIKE_NUM": True}, {"IS_ALPHA": True, "OP": "?"}, {"LOWER": {"IN": nouns}}]
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "COUNT", "pattern": counted}])
    read: Callable[[str], object] = pipeline
    return read


def throughput(texts: Sequence[str]) -> list[Row]:
    """Kilobytes a second of each, and how many times as long as the floor it takes."""
    digits, size = regex.compile(r"\d+"), kilobytes(texts)
    ours, floor = cpu_of(lambda: list(map(extract, texts)), lambda: [sum(1 for _ in digits.finditer(text)) for text in texts])
    folder = folder_to_jsonl(texts) / COPIES
    few = [text for place, text in enumerate(texts) if kilobytes(texts[: place + 1]) <= PEER_KB] or [texts[0][: 1000 * PEER_KB]]
    made = [
        (r"floor: regex \d+", size / floor, "kB/s"),
        ("cl-extract", size / ours, "kB/s"),
        ("cl-extract", len(texts) / ours, "releases/s"),
        ("cl-extract / floor, time", ours / floor, "x"),
        ("cl-extract batch, folder to JSONL, one job", size / folder, "kB/s"),
        ("cl-extract batch / cl-extract, time", folder / ours, "x"),
    ]
    for name, read in peers():
        (taken,) = cpu_of(lambda read=read: list(map(read, few)), rounds=1)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        made += [(name, kilobytes(few) / taken, "kB/s"), (f"{name} / cl-extract, time", (taken / kilobytes(few)) / (ours / size), "x")]
    return made


def folder_to_jsonl(texts: Sequence[str]) -> float:
    """Seconds of CPU time that ``batch`` takes to read the releases from files, COPIES times over, into JSON Lines."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate([*texts] * COPIES):
            Path(folder, f"{number}.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "cl_extract", "batch", ".", "-o", "out.jsonl", "--jobs", "1"]
        return _used(command, folder, _environment(folder))[0] / 1000


# --- Start ---


def starts(release: str) -> list[Row]:
    """Milliseconds of CPU time of new processes, the cache warm unless said, and the most memory that they hold."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "release.txt").write_text(release, encoding="utf-8")
        command = [sys.executable, "-c", "from cl_extract.__main__ import main; main()", "release.txt"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import typer'": [sys.executable, "-c", "import typer"],
            "cl-extract FILE --json": [*command, "--json"],
            "cl-extract FILE": command,
            "cl-extract FILE --json, no cache": ["env", "CL_EXTRACT_CACHE=0", *command, "--json"],
        }
        env = _environment(folder)
        used = {name: [_used(words, folder, env) for _ in range(STARTS + 1)][1:] for name, words in commands.items()}
    told = {name: [statistics.median(figures) for figures in zip(*runs, strict=True)] for name, runs in used.items()}
    bare = told["python -c pass"][0]
    rows = [row for name, (ms, _) in told.items() for row in ((name, ms, "ms"), (name, ms / bare, "x")) if row[1] != 1]
    return [*rows, *((f"{name}, peak memory", megabytes, "MB") for name, (_, megabytes) in told.items() if name.startswith("cl-extract"))]


def _environment(folder: str) -> dict[str, str]:
    """The variables of a process that runs this checkout, with a cache of its own."""
    kept = {name: told for name, told in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "cli"), "CL_EXTRACT_CACHE": str(Path(folder, "cache"))}


# A process of its own, since a child's peak counts from what its parent held.
_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / 1024)
"""


def _used(words: Sequence[str], folder: str, env: dict[str, str]) -> tuple[float, float]:
    """Milliseconds of CPU time and peak megabytes of a command."""
    done = subprocess.run([sys.executable, "-c", _MEASURED, *words], stdout=subprocess.PIPE, check=True, cwd=folder, env=env)
    ms, megabytes = map(float, done.stdout.split())
    return ms, megabytes


# --- Growth ---


def compiling() -> list[Row]:
    """Milliseconds to make the engine of packs that are read, and to recall a kept one."""
    packs = load_workbench().packs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CL_EXTRACT_CACHE"] = folder
        load_engine()
        recall = load_engine.__globals__["_load_engine"].__wrapped__
        made, recalled = cpu_of(lambda: build_engine(packs), lambda: recall(()))
    return [("compile the packs", 1000 * made, "ms"), ("recall them compiled", 1000 * recalled, "ms")]


def growth(texts: Sequence[str]) -> list[Row]:
    """Microseconds a kilobyte for releases of growing length, and for two and four times the rules."""
    documents = list(map(read_text, texts))
    prose = "\n\n".join(document.text[block.start : block.end] for document in documents for block in document.blocks if block.kind is BlockKind.BODY)
    same = prose[: 1000 * SIZES[1]] + "\n\n"  # of which the longer ones are made, so that all have as many figures a kilobyte
    cut = [(same * (1 + size // SIZES[1]))[: 1000 * size] for size in SIZES]
    rounds = {size: cpu_of(lambda text=text: extract(text), rounds=3)[0] for size, text in zip(SIZES, cut, strict=True)}  # type: ignore[misc]  # as above
    made = [(f"a release of {size} kB", 1e6 * rounds[size] / kilobytes([text]), "µs/kB") for size, text in zip(SIZES, cut, strict=True)]
    packs = load_workbench().packs
    engines = []
    for times in (1, 2, 4):
        more = [replace(rule, id=f"{rule.id}.{number}") for number in range(times) for rule in packs.rules]
        engines.append(build_engine(replace(packs, rules=tuple(more))))
    taken = cpu_of(*(lambda engine=engine: [extract_document(document, engine=engine) for document in documents] for engine in engines), rounds=3)
    return [*made, *((f"{times} times the rules", seconds / taken[0], "x") for times, seconds in zip((1, 2, 4), taken, strict=True))]


def main(args: Sequence[str]) -> None:
    """Prints the tables, or all figures as JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = releases([arg for arg in args if arg != "--json"])
    tables: Table = {
        f"Throughput: {len(texts)} releases, {kilobytes(texts):.0f} kB": throughput(texts),
        "Start": starts(min(texts, key=lambda text: abs(len(text) - STARTED_ON))),
        "Compiling": compiling(),
        "Growth": growth(texts),
    }
    if "--json" in args:
        print(json.dumps(tables, indent=2, ensure_ascii=False))
        return
    for title, rows in tables.items():
        print(f"{title}\n" + "".join(f"  {name:42}{figure:12,.{0 if figure >= 100 else 1}f} {unit}\n" for name, figure, unit in rows))


if __name__ == "__main__":
    main(sys.argv[1:])
