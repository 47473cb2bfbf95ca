"""From what a run keeps to the file that was asked for: JSON Lines, CSV, wide CSV, Parquet."""

from __future__ import annotations

import csv
import functools
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cl_extract.batch.collection import Collection
from cl_extract.batch.work import Encode
from cl_extract.errors import UsageError
from cl_extract.model import Document, Record
from cl_extract.output import render

ROWS_AT_ONCE = 50_000  # of a Parquet row group


@dataclass(frozen=True, slots=True)
class Form:
    """How records are written to one file: each by itself, which workers do, and then all together in order. ``header`` stands before all."""

    encode: Encode
    write: Callable[[BinaryIO, Iterable[bytes]], None]
    header: str = ""


def form(name: str, *, defuse: bool = True) -> Form:
    """The form ``jsonl`` (a record a line), ``csv`` (a row a fact or date) or ``parquet`` (a row a fact, by ``arrow.SCHEMA``).

    The first two are as the command for single files has them. Raises UsageError where Parquet is asked for and pyarrow is not installed.
    """
    if name == "jsonl":
        return Form(_json_line, _write_all)
    if name == "csv":
        return Form(functools.partial(_csv_rows, defuse=defuse), _write_csv, render.csv_header())
    from cl_extract import arrow

    return Form(_arrow_message, functools.partial(arrow.write_parquet, rows_at_once=ROWS_AT_ONCE))


def _json_line(record: Record, _document: Document) -> bytes:
    return f"{record.to_json(indent=None)}\n".encode()


def _csv_rows(record: Record, _document: Document, *, defuse: bool) -> bytes:
    return render.csv_rows(record, header=False, defuse=defuse).encode("utf-8", "backslashreplace")


def _arrow_message(record: Record, _document: Document) -> bytes:
    from cl_extract import arrow

    return arrow.to_message(arrow.fact_rows(record))


def _write_all(stream: BinaryIO, payloads: Iterable[bytes]) -> None:
    stream.writelines(payloads)


def _write_csv(stream: BinaryIO, payloads: Iterable[bytes]) -> None:
    stream.write(render.csv_header().encode())
    _write_all(stream, payloads)


def write_wide(stream: BinaryIO, collection: Collection, *, defuse: bool = True) -> None:
    """The rows of ``release_wide`` for the files met in this run, in their order, as CSV."""
    out = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="")
    writer = csv.writer(out)
    query = "SELECT release_wide.* FROM met JOIN releases USING (file) JOIN release_wide USING (id) WHERE kept ORDER BY met.number, entry"
    with collection.telling(), closing(collection.sql.execute(query)) as rows:
        writer.writerow(name for name, *_ in rows.description)
        for row in rows:
            writer.writerow([render.defused(cell) if defuse and isinstance(cell, str) else cell for cell in row])
    out.detach()


@contextmanager
def replacing(target: str, beside: str) -> Iterator[BinaryIO]:
    """A file at ``beside`` to write into, which becomes ``target`` at the end.

    Raises UsageError where it cannot be written, and leaves ``target`` as it was.
    """
    whole = Path(target).resolve()  # a link stays a link: what it points to is replaced
    try:
        try:
            with Path(beside).open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(FileNotFoundError):
                Path(beside).chmod(whole.stat().st_mode & 0o7777)
            Path(beside).replace(whole)
            _sync_folder(whole.parent)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        reason = f"cannot be written ({error.strerror}); what was done is kept, so free some space or mend this, and run the same command again"
        raise UsageError(f"{target}: {reason}") from error


def _sync_folder(folder: Path) -> None:
    """Makes a new name in a folder outlast a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
