"""Facts as Arrow batches, as Spark and Parquet take them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cl_extract import UsageError, extract
from cl_extract.app import run
from cl_extract.arrow import DDL, SCHEMA, extract_batches, fact_rows, to_batch

TEXTS = (
    "Two men were arrested and £1,500 in cash was seized on 7 March 2022.",
    None,
    "Call 101.",
    "Officers seized 1.8kg of cannabis, 15 to 20 wraps of heroin and crack cocaine and made 14 arrests.",
)


def test_a_batch_of_releases_gives_a_batch_of_facts() -> None:
    batch = pa.RecordBatch.from_pylist([{"text": text, "path": f"{number}.txt", "other": 1} for number, text in enumerate(TEXTS)])
    (first, second) = extract_batches(iter([batch, batch.slice(2, 1)]))
    assert first.schema == second.schema == SCHEMA
    assert second.num_rows == 0
    rows = first.to_pylist()
    assert [(row["path"], row["measure"], row["value"], row["unit"]) for row in rows] == [
        ("0.txt", "arrests", 2, None),
        ("0.txt", "cash_seized", 1500, "GBP"),
        ("3.txt", "drugs_seized", 1800, "g"),
        ("3.txt", "drugs_seized", 15, "wrap"),
        ("3.txt", "arrests", 14, None),
    ]
    assert rows[0]["period_start"] == dt.date(2022, 3, 7)
    assert rows[0]["text"] == TEXTS[0][: rows[0]["end"]][rows[0]["start"] :]
    assert (rows[3]["high"], rows[3]["drug"]) == (20, ["heroin", "crack cocaine"])


@pytest.mark.parametrize("published", ["2022-03-09", "2022-03-09T10:00:00Z", dt.date(2022, 3, 9), dt.datetime(2022, 3, 9, 10)])
def test_a_column_may_give_publication_dates(published: object) -> None:
    batch = pa.RecordBatch.from_pylist([{"text": "On Monday two men were arrested.", "published": published}])
    (made,) = extract_batches([batch])
    assert made.to_pylist()[0]["period_start"] == dt.date(2022, 3, 7)


@pytest.mark.parametrize("published", ["", "9 Dec 2024", "soon"])
def test_what_is_no_date_counts_as_none(published: str) -> None:
    batch = pa.RecordBatch.from_pylist([{"text": "On Monday 14 arrests were made.", "path": 7, "published": published}])
    ((row,),) = (made.to_pylist() for made in extract_batches([batch]))
    assert (row["path"], row["value"], row["period_start"]) == ("7", 14, None)


def test_batches_without_text_are_refused() -> None:
    with pytest.raises(UsageError, match="holds binary and no text"):
        list(extract_batches([pa.RecordBatch.from_pylist([{"text": b"x"}])]))
    with pytest.raises(UsageError, match="no column named text; there are body, path"):
        list(extract_batches([pa.RecordBatch.from_pylist([{"body": "x", "path": "y"}])]))


def test_rows_are_those_of_a_parquet_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Dorset Police week of action\n\n9 December 2024\n\nOfficers arrested 53 people and seized £1,200 in cash.\n"
    Path("one.txt").write_text(text)
    assert run(["batch", "one.txt", "-o", "out.parquet"]) == 0
    rows = pq.read_table("out.parquet").to_pylist()
    assert [{**row, "path": None} for row in rows] == to_batch(fact_rows(extract(text))).to_pylist()
    assert rows[0]["published"] == dt.date(2024, 12, 9)
    assert rows[0]["force"] == "Dorset Police"


@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java")
def test_spark_maps_over_it() -> None:
    sql = pytest.importorskip("pyspark.sql")
    pytest.importorskip("pandas", reason="Spark needs pandas for Arrow")
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        releases = session.createDataFrame([(text, f"{number}.txt") for number, text in enumerate(TEXTS)], "text string, path string")
        facts = releases.mapInArrow(extract_batches, DDL)
        assert facts.columns == SCHEMA.names
        rows = facts.orderBy("path", "start").collect()
        assert [(row.path, row.measure, row.value) for row in rows][:2] == [("0.txt", "arrests", 2.0), ("0.txt", "cash_seized", 1500.0)]
        assert (len(rows), rows[3].drug, rows[1].period_start) == (5, ["heroin", "crack cocaine"], dt.date(2022, 3, 7))
    finally:
        session.stop()
