"""A batch run: files found, read by the workers, kept by a store, and at the end written out."""

from __future__ import annotations

import errno
import hashlib
import math
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cl_extract import __version__
from cl_extract.batch import export
from cl_extract.batch.collection import Collection, to_rows
from cl_extract.batch.pool import Lost, Pool
from cl_extract.batch.store import Database, Direct, Staging, Store
from cl_extract.batch.walk import Walk
from cl_extract.batch.work import Extraction, Failed, Outcome, Skipped, Taken, Task, Unchanged, Work, engine_of
from cl_extract.errors import UsageError
from cl_extract.output.sink import open_sink, replacing
from cl_extract.packs.packset import contents
from cl_extract.reading.read import printable_path

TIMEOUT = 120.0  # seconds for a file; the longest release takes a tenth of one
ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".parquet": "parquet"}
FORMS = tuple(dict.fromkeys(ENDINGS.values()))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a run's results go, and how: ``form`` is one of FORMS. ``wide``: a row a release instead of one a fact. ``defuse``: render.defused."""

    path: str
    form: str
    wide: bool = False
    defuse: bool = True

    @classmethod
    def of(cls, path: str, form: str | None = None, *, wide: bool = False, defuse: bool = True) -> Target:
        """The target at ``path``, its form told by the ending unless given. Raises UsageError where neither tells, or they make no sense."""
        told = form or ("jsonl" if path == "-" else ENDINGS.get(Path(path).suffix.lower()))
        if told is None:
            raise UsageError(f"{path}: what form it should have is not told by its ending; end it in {', '.join(ENDINGS)} or give --format")
        if path == "-" and (wide or told not in {"jsonl", "csv"}):
            raise UsageError(f"{'--wide' if wide else told} cannot be written to standard output; name a file with -o")
        if wide and told != "csv":
            raise UsageError(f"--wide is for CSV; of {path} " + ("the view release_wide has it" if told == "sqlite" else "every row is a fact"))
        if path != "-":
            _refuse(path)
        return cls(path, told, wide, defuse)

    @property
    def staging(self) -> str:
        """The SQLite file that the run keeps what it has done in, which of a database is the target itself."""
        return os.path.realpath(self.path) + self._ending

    @property
    def staging_shown(self) -> str:
        """The same as people are told of it."""
        return self.path + self._ending

    @property
    def _ending(self) -> str:
        return "" if self.form == "sqlite" else ".wide.part" if self.wide else ".part"

    @property
    def beside(self) -> str:
        """Where the whole file is written before it takes its name."""
        folder, name = os.path.split(os.path.realpath(self.path))
        return os.path.join(folder, f".{name}.part")

    @property
    def files(self) -> tuple[str, ...]:
        """All files that a run may have there, which are never read as releases."""
        return tuple({f"{path}{end}" for path in (self.path, self.staging, self.beside) for end in ("", "-journal", "-wal", "-shm")})


def _refuse(path: str) -> None:
    """Raises UsageError for what is there and cannot, or must not, be replaced by a file."""
    if Path(path).is_dir():
        raise UsageError(f"{path}: is a folder; name a file with -o")
    if Path(path).exists() and not Path(path).is_file():
        raise UsageError(f"{path}: is a device or a pipe; name a file with -o, or - for standard output")
    if Path(path).exists() and not os.access(path, os.W_OK):
        raise UsageError(f"{path}: cannot be written ({os.strerror(errno.EACCES)}); name another file with -o")


@dataclass(slots=True)
class Summary:
    """What a run did with the files: numbers of files, of the releases in those taken in, and of the facts in these by measure."""

    releases: int = 0
    unchanged: int = 0
    failed: int = 0
    pruned: int = 0
    warnings: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Counts what became of a file."""
        match outcome:
            case Taken():
                self.releases += len(outcome.payloads)
                self.warnings += outcome.warnings
                self.facts += outcome.facts
            case Unchanged():
                self.unchanged += 1
            case Failed():
                self.failed += 1
            case Skipped():
                self.skipped[outcome.reason] += 1


Heard = Callable[[Outcome], object]  # told of every file, in order


def run(
    walk: Walk,
    target: Target,
    *,
    patterns: Sequence[str] = (),
    jobs: int = 0,
    timeout: float = TIMEOUT,
    prune: bool = False,
    heard: Heard | None = None,
) -> Summary:
    """Reads all files of ``walk`` into ``target`` with ``jobs`` workers, as many as there are cores unless given.

    What was done before a run was stopped is kept, in the database or beside the file, and the next run of the same call goes on from there. Raises
    UsageError, before anything is read where that can be known, where the target cannot be written.
    """
    if not (math.isfinite(timeout) and timeout > 0):
        raise UsageError(f"--timeout {timeout:g}: no time; give seconds, such as {TIMEOUT:g}")
    walk.leave_out = (*walk.leave_out, *target.files)
    summary = Summary()
    packs = packs_digest(patterns)
    measures = engine_of(tuple(patterns), packs).measures
    with open_store(target, packs) as store:
        work = Extraction(store.encode, tuple(patterns), packs)
        for outcome in collect(walk, store, work, jobs=jobs or cores(), timeout=timeout):
            summary.add(outcome)
            if heard is not None:
                heard(outcome)
        summary.skipped += walk.skipped
        if isinstance(store, Collection):
            store.tidy()
            summary.pruned = store.prune(path for path in walk.paths if os.path.isdir(path)) if prune else 0
            if target.wide:
                store.drop_others()
            store.widen(measures)
        store.commit()
        _write_out(store, target)
    if target.form != "sqlite":
        Path(target.staging).unlink(missing_ok=True)
    return summary


def collect(walk: Walk, store: Store, work: Work, *, jobs: int, timeout: float) -> Iterator[Outcome]:
    """What became of each file of ``walk`` that ``store`` has not met yet, in order; what was read is in the store."""
    with Pool(work, jobs=jobs, timeout=timeout) as pool:
        for task, result in pool.run(_tasks(walk, store)):
            outcome = Failed(f"{printable_path(task.path)}: {result.reason}") if isinstance(result, Lost) else result
            if isinstance(outcome, Taken):
                store.put(task.path, outcome)
            if isinstance(outcome, Taken | Unchanged):
                store.keep(task.path)
            store.note(task.path, outcome.reason if isinstance(outcome, Failed) else "")
            store.commit(due=True)
            yield outcome


def _tasks(walk: Walk, store: Store) -> Iterator[Task]:
    for found in walk:
        if store.meet(found.path):
            yield Task(found.path, found.named, store.known(found.path), found.fault)
        else:
            walk.skipped["named before"] += 1


@contextmanager
def open_store(target: Target, packs: str) -> Iterator[Store]:
    """What keeps the results on their way to ``target``. ``packs`` is the digest of those that they are made by."""
    extractor = f"{__version__} {packs} {target.form}"
    if target.form == "sqlite" or target.wide:
        with Collection(target.staging, target.staging_shown, extractor, to_rows) as collection:
            yield collection
        return
    form = export.form(target.form, defuse=target.defuse)
    if target.path == "-":
        with open_sink(None) as sink:
            sink.write(form.header)
            yield Direct(form.encode, sink)
        return
    with Staging(target.staging, target.staging_shown, f"{extractor} {target.defuse}", form.encode) as staging:
        yield staging


def _write_out(store: Store, target: Target) -> None:
    if target.form == "sqlite" or not isinstance(store, Database):
        return
    try:
        with replacing(Path(os.path.realpath(target.path)), Path(target.beside), empty=True) as stream:
            if isinstance(store, Collection):
                export.write_wide(stream, store, defuse=target.defuse)
            elif isinstance(store, Staging):
                export.form(target.form).write(stream, store.payloads())
    except OSError as error:
        reason = f"cannot be written ({error.strerror}); what was done is kept, so free some space or mend this, and run the same command again"
        raise UsageError(f"{target.path}: {reason}") from error


def packs_digest(patterns: Sequence[str]) -> str:
    """What tells these packs from any others: a hash of all that the built-in ones and those at ``patterns`` say."""
    digest = hashlib.sha256()
    for _, said in contents(patterns):
        digest.update(hashlib.sha256(said).digest())
    return digest.hexdigest()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
