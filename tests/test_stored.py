"""What goes into a collection comes out of it as it was."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cl_extract.batch.run import Target, run
from cl_extract.batch.stored import read_collection
from cl_extract.batch.totals import totals
from cl_extract.batch.walk import Walk
from cl_extract.errors import InputError
from cl_extract.extraction import extract_document
from cl_extract.reading.read import read_releases
from generated import write_releases

ROOT = Path(__file__).resolve().parents[1]
ALL = 10**9
PLACES = (ROOT / "samples", ROOT / "samples" / "formats", ROOT / "tests" / "corpus" / "batch-1")
FILES = sorted(path for place in PLACES for path in place.iterdir() if path.is_file() and path.suffix != ".json")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("stored") / "releases.db")
    run(Walk(map(str, FILES)), Target.of(path), jobs=1)
    return path


def test_records_come_back_whole_and_newest_first(database: str) -> None:
    contents = read_collection(database, ALL, ALL)
    assert contents.total == len(contents.releases) > 20
    documents = {document.path: document for path in FILES for document in read_releases(path)}
    for stored in contents.releases:
        document = documents[stored.record.source.path]
        assert stored.text == document.text
        assert stored.record == replace(extract_document(document), unclassified=())
    days = [stored.record.release.published for stored in contents.releases]
    told = [day for day in days if day]
    assert told == sorted(told, reverse=True)
    assert days[len(told) :] == [None] * (len(days) - len(told))


def test_headlines_are_the_figures_that_totals_add(database: str) -> None:
    sums: dict[tuple[str, str | None], float] = {}
    for stored in read_collection(database, ALL, ALL).releases:
        for fact, added in zip(stored.record.facts, stored.headlines, strict=True):
            if added:
                sums[fact.measure, fact.unit] = sums.get((fact.measure, fact.unit), 0) + float(fact.value)
    assert sums == pytest.approx({(total.measure, total.unit): total.value for total in totals(database, by=())})


def test_only_so_many_and_so_long(database: str) -> None:
    newest = read_collection(database, ALL, ALL).releases
    assert read_collection(database, 3, ALL).releases == newest[:3]
    assert read_collection(database, ALL, len(newest[0].text) + len(newest[1].text)).releases == newest[:2]
    assert read_collection(database, ALL, 1).releases == newest[:1]


def test_failures_come_with_it(tmp_path: Path) -> None:
    write_releases(tmp_path / "in", 60, bad=True)
    run(Walk([str(tmp_path / "in")]), Target.of(str(tmp_path / "out.db")), jobs=1)
    (failure,) = [reason for reason in read_collection(str(tmp_path / "out.db"), ALL, ALL).failures if "broken" in reason]
    assert "000007broken.txt: " in failure


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE mentions SET start = start + 1",
        "UPDATE mentions SET text = ''",
        "UPDATE facts SET value = 'many'",
        "UPDATE facts SET value = 9e999",
        "UPDATE releases SET published = 'yesterday'",
        "UPDATE releases SET operations = '{'",
        "UPDATE facts SET kind = 'guess'",
        "DELETE FROM mentions",
        "DROP TABLE dates",
    ],
)
def test_a_database_that_was_tampered_with_is_told(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "releases.db"
    run(Walk([str(ROOT / "samples" / "week-of-action.txt")]), Target.of(str(path)), jobs=1)
    sql = sqlite3.connect(path)
    sql.execute(harm)
    sql.commit()
    sql.close()
    with pytest.raises(InputError, match=r"releases\.db: cannot be read .*; write it anew"):
        read_collection(str(path), ALL, ALL)
