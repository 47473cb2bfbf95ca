"""Facts as Arrow record batches, for Parquet and for engines that speak Arrow, such as Spark. Needs the extra ``parquet``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cl_extract.engine.engine import load_engine
from cl_extract.errors import UsageError
from cl_extract.extraction import extract_document
from cl_extract.model import Record
from cl_extract.reading.read import read_text
from cl_extract.schema import number

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet and Arrow need a package that is not there; install it with pip install 'cl-extract[parquet]'") from None

_TEXT, _LIST, _DAY, _COUNT = pa.string(), pa.list_(pa.string()), pa.date32(), pa.int64()
# A row a fact: the release's columns, then the fact's, then those of its first mention. Field meanings: record.md.
SCHEMA = pa.schema(
    {
        "path": _TEXT,
        "sha256": _TEXT,
        "title": _TEXT,
        "published": _DAY,
        "url": _TEXT,
        "force": _TEXT,
        "operations": _LIST,
        "release_period_start": _DAY,
        "release_period_end": _DAY,
        "kind": _TEXT,
        "measure": _TEXT,
        "value": pa.float64(),
        "high": pa.float64(),
        "unit": _TEXT,
        "qualifier": _TEXT,
        "drug": _LIST,
        "drug_class": _LIST,
        "group": _LIST,
        "per": _TEXT,
        "period_start": _DAY,
        "period_end": _DAY,
        "line": _COUNT,
        "start": _COUNT,
        "end": _COUNT,
        "section": _TEXT,
        "text": _TEXT,
        "rule": _TEXT,
        "mentions": _COUNT,
    }
)

_SQL_TYPES = {_TEXT: "string", _LIST: "array<string>", _DAY: "date", _COUNT: "bigint", pa.float64(): "double"}
DDL = ", ".join(f"`{column.name}` {_SQL_TYPES[column.type]}" for column in SCHEMA)  # the same columns as Spark writes them


def fact_rows(record: Record) -> list[dict[str, object]]:
    """A row a fact, by the columns of SCHEMA."""
    release = record.release
    period = release.period
    about = {
        "path": record.source.path,
        "sha256": record.source.sha256,
        "title": release.title,
        "published": release.published,
        "url": release.url,
        "force": release.force,
        "operations": release.operations,
        "release_period_start": period and period.start,
        "release_period_end": period and period.end,
    }
    rows = []
    for fact in record.facts:
        first, narrowed = fact.mentions[0], fact.attributes
        rows.append(
            {
                **about,
                "kind": fact.kind,
                "measure": fact.measure,
                "unit": fact.unit,
                "qualifier": fact.qualifier,
                "value": float(number(fact.value)),
                "high": None if fact.high is None else float(number(fact.high)),
                "drug": narrowed.drug,
                "drug_class": narrowed.drug_class,
                "group": narrowed.group,
                "per": narrowed.per,
                "period_start": fact.period and fact.period.start,
                "period_end": fact.period and fact.period.end,
                **{name: getattr(first, name) for name in ("line", "start", "end", "section", "text", "rule")},
                "mentions": len(fact.mentions),
            }
        )
    return rows


def to_batch(rows: Sequence[Mapping[str, object]]) -> pa.RecordBatch:
    """Rows of ``fact_rows`` as one record batch."""
    return pa.RecordBatch.from_pylist(list(rows), schema=SCHEMA)


def to_message(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Rows of ``fact_rows`` as one message of Arrow's IPC format, the schema left out."""
    return bytes(to_batch(rows).serialize())


def write_parquet(stream: BinaryIO, messages: Iterable[bytes], rows_at_once: int = 50_000) -> None:
    """Messages of ``to_message`` as one Parquet file, in row groups of about ``rows_at_once``."""
    with pq.ParquetWriter(stream, SCHEMA, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        rows = 0
        for message in messages:
            waiting.append(pa.ipc.read_record_batch(pa.py_buffer(message), SCHEMA))
            rows += waiting[-1].num_rows
            if rows >= rows_at_once:
                writer.write_table(pa.Table.from_batches(waiting, SCHEMA))
                waiting, rows = [], 0
        writer.write_table(pa.Table.from_batches(waiting, SCHEMA))


def extract_batches(batches: Iterable[pa.RecordBatch], *, patterns: Iterable[str | Path] = ()) -> Iterator[pa.RecordBatch]:
    """Batches of releases to batches of facts by SCHEMA, one for one; in Spark, ``releases.mapInArrow(extract_batches, DDL)``.

    A release is a row with its ``text`` and, where there are such columns, ``path``, which is kept with its facts, and ``published``, the
    publication date of a release that does not say its own (a date, or a text that begins with one: 2024-12-09). A row without text has no facts.
    Raises UsageError where there is no column of ``text``.
    """
    engine = load_engine(patterns)
    for batch in batches:
        column = _columns(batch)
        rows: list[dict[str, object]] = []
        for text, path, published in zip(column("text"), column("path"), column("published"), strict=True):
            if text is not None:
                document = read_text(text, None if path is None else str(path))
                rows += fact_rows(extract_document(document, published=_day_of(published), engine=engine))
        yield to_batch(rows)


def _day_of(value: object) -> dt.date | None:
    """A date as frames hold it; None for what is none, as a release that does not say its own has none then."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _columns(batch: pa.RecordBatch) -> Callable[[str], list[Any]]:
    names = batch.schema.names
    if "text" not in names:
        raise UsageError(f"no column named text; there are {', '.join(names)}")
    kind = batch.schema.field("text").type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise UsageError(f"the column text holds {kind} and no text; cast it to string")
    return lambda name: batch.column(name).to_pylist() if name in names else [None] * batch.num_rows
