"""What a worker does with one file: its bytes, whether they are known already, its records, and those as the output keeps them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cl_extract.engine.engine import Engine, load_engine
from cl_extract.errors import BinaryError, InputError, PackError
from cl_extract.extraction import extract_document
from cl_extract.model import Document, Record
from cl_extract.reading.read import load_bytes, printable_path, releases_in

Encode = Callable[[Record, Document], object]  # to what the output keeps of a release; anything that can be pickled


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. ``known`` is the SHA-256 of what it held when the output took it in, None where it has not. ``fault``: why it cannot be."""

    path: str
    named: bool = False
    known: str | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read: a payload a release, and how many facts of each measure, and warnings, they have."""

    sha256: str
    payloads: tuple[Any, ...]
    facts: Counter[str] = field(default_factory=Counter)
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that holds what it held before."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is no release, such as an image."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read, and why, in a line that names it."""

    reason: str


Outcome = Taken | Unchanged | Skipped | Failed


Work = Callable[[Task], Outcome]  # raises nothing


@dataclass(frozen=True, slots=True)
class Extraction:
    """Reads files by the built-in packs and ``patterns``, and encodes their records. ``load`` gets a file's bytes, or raises InputError.

    ``packs`` tells what the packs held when the run began: packs that change meanwhile change nothing.
    """

    encode: Encode
    patterns: tuple[str, ...] = ()
    packs: str = ""
    load: Callable[[str], bytes] = load_bytes

    def __call__(self, task: Task) -> Outcome:
        """The outcome of a file, whatever it holds."""
        try:
            return self._extract(task)
        except BinaryError as error:
            return Failed(str(error)) if task.named else Skipped("binary")
        except (InputError, PackError) as error:
            return Failed(str(error).partition("\n")[0])
        except Exception as error:  # one release must not end a run of thousands; the reader is told, and asked to report it
            return Failed(f"{printable_path(task.path)}: a fault of cl-extract ({type(error).__name__}: {error}); please report it")

    def _extract(self, task: Task) -> Outcome:
        if task.fault:
            raise InputError(f"{printable_path(task.path)}: {task.fault}")
        data = self.load(task.path)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == task.known:
            return Unchanged()
        engine = engine_of(self.patterns, self.packs)
        payloads, facts, warnings = [], Counter[str](), 0
        for document in releases_in(data, task.path):
            record = extract_document(document, engine=engine)
            payloads.append(self.encode(record, document))
            facts.update(fact.measure for fact in record.facts)
            warnings += len(record.warnings)
        return Taken(sha256, tuple(payloads), facts, warnings)


@lru_cache(maxsize=4)
def engine_of(patterns: tuple[str, ...], packs: str) -> Engine:  # noqa: ARG001
    """The engine of a run, built once in each process; forked workers have that of the process that forked them."""
    return load_engine(patterns)
