"""What a report is made of: always a collection, one that a batch run has written or one for the moment."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cl_extract.batch.run import Heard, Target, run
from cl_extract.batch.walk import Walk
from cl_extract.errors import InputError, UsageError

_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Origin:
    """The ``database`` that a report is read from; ``lasting`` where it stays after. ``failed`` files could not be read now."""

    database: str
    lasting: bool
    failed: int = 0


def is_database(path: str) -> bool:
    """Whether there is an SQLite file at ``path``."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


@contextmanager
def collected(walk: Walk, *, patterns: Sequence[str] = (), heard: Heard | None = None) -> Iterator[Origin]:
    """The collection of what is at the paths of ``walk``: the database named, or one of the files there, which is gone when the block ends.

    Raises UsageError where a database stands beside other paths, InputError where there is no release at them.
    """
    paths = [*walk.paths]
    databases = [path for path in paths if is_database(path)]
    if databases and len(paths) > 1:
        raise UsageError(f"{databases[0]}: is a database; name it alone, or only files and folders")
    if databases:
        yield Origin(databases[0], lasting=True)
        return
    with tempfile.TemporaryDirectory(prefix="cl-extract-") as folder:
        database = str(Path(folder, "releases.db"))
        summary = run(walk, Target.of(database), patterns=patterns, heard=heard)
        if not summary.releases:
            raise InputError(f"{', '.join(paths)}: no release was read; name files, folders with releases, or a database of cl-extract batch")
        yield Origin(database, lasting=False, failed=summary.failed)
