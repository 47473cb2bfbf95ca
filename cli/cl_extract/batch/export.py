"""From what a run keeps to the file that was asked for: JSON Lines, CSV, wide CSV, Parquet."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from cl_extract.batch.collection import Collection
from cl_extract.batch.work import Encode
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
        return Form(_json_line, _write_text)
    if name == "csv":
        header = render.csv_header()
        return Form(functools.partial(_csv_rows, defuse=defuse), functools.partial(_write_text, header=header), header)
    from cl_extract import arrow

    return Form(_arrow_message, functools.partial(arrow.write_parquet, rows_at_once=ROWS_AT_ONCE))


def _json_line(record: Record, _document: Document) -> bytes:
    return f"{record.to_json(indent=None)}\n".encode()


def _csv_rows(record: Record, _document: Document, *, defuse: bool) -> bytes:
    return render.csv_rows(record, header=False, defuse=defuse).encode("utf-8", "backslashreplace")


def _arrow_message(record: Record, _document: Document) -> bytes:
    from cl_extract import arrow

    return arrow.to_message(arrow.fact_rows(record))


def _write_text(stream: BinaryIO, payloads: Iterable[bytes], header: str = "") -> None:
    stream.write(header.encode())
    stream.writelines(payloads)


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
