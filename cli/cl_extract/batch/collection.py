"""The database of a collection of releases: its tables and views, and how a file's releases get into it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection as Group
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from cl_extract.batch.parts import wholes
from cl_extract.batch.store import Database, Key
from cl_extract.batch.work import Taken
from cl_extract.model import DateFact, Document, Fact, Mention, Period, Record
from cl_extract.reading.read import printable_path
from cl_extract.schema import number

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A release as rows, without the ids that the database gives. Facts and dates stand with the rows of their mentions.

    ``wholes``: for each fact the place of the one that covers it, or None.
    """

    release: Row
    facts: tuple[tuple[Row, tuple[Row, ...]], ...]
    wholes: tuple[int | None, ...]
    dates: tuple[tuple[Row, tuple[Row, ...]], ...]
    warnings: tuple[str, ...]


def to_rows(record: Record, document: Document) -> Rows:
    """The record, and the text that its offsets count in, as the collection keeps them."""
    source, release = record.source, record.release
    told = (source.path, source.sha256, source.format, source.encoding, release.title, _day(release.published), release.url, release.force)
    return Rows(
        (*told, _list(release.operations), *_period(release.period), document.text),
        tuple((_fact(fact), _mentions(fact.mentions)) for fact in record.facts),
        tuple(wholes(record.facts)),
        tuple((_date(date), _mentions(date.mentions)) for date in record.dates),
        record.warnings,
    )


def _fact(fact: Fact) -> Row:
    narrowed = fact.attributes
    lists = (_list(narrowed.drug), _list(narrowed.drug_class), _list(narrowed.group))
    value, high = _number(fact.value), None if fact.high is None else _number(fact.high)
    return (fact.kind, fact.measure, value, high, fact.unit, fact.qualifier, *lists, narrowed.per, *_period(fact.period))


def _date(date: DateFact) -> Row:
    return (date.role, date.start.isoformat(), date.end.isoformat(), date.relative)


def _mentions(mentions: Iterable[Mention]) -> tuple[Row, ...]:
    return tuple((one.start, one.end, one.line, one.section, one.text, one.rule) for one in mentions)


def _number(value: Decimal) -> int | float:
    plain = number(value)
    return plain if abs(plain) < 2**63 else float(plain)


def _list(names: Sequence[str]) -> str | None:
    return json.dumps(names, ensure_ascii=False) if names else None


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _period(period: Period | None) -> Row:
    return (None, None) if period is None else (period.start.isoformat(), period.end.isoformat())


class Collection(Database):
    """The releases of all runs into one database. A file's releases are replaced when it has changed, and stay when it is gone, until ``prune``."""

    application_id = 0x434C4558  # "CLEX"
    files = "releases"
    tables = """
        CREATE TABLE IF NOT EXISTS releases (
            id INTEGER PRIMARY KEY,
            file NOT NULL,  -- path from the folder of this database; bytes where it is no UTF-8
            entry INTEGER NOT NULL,  -- which release of the file, from 1
            path TEXT, sha256 TEXT NOT NULL, format TEXT NOT NULL, encoding TEXT NOT NULL,
            title TEXT, published TEXT, url TEXT, force TEXT, operations TEXT, period_start TEXT, period_end TEXT,
            text TEXT NOT NULL,  -- what mentions count characters in
            extractor TEXT NOT NULL,
            UNIQUE (file, entry)
        );
        CREATE INDEX IF NOT EXISTS releases_published ON releases (published);
        CREATE INDEX IF NOT EXISTS releases_force ON releases (force);
        CREATE INDEX IF NOT EXISTS releases_sha256 ON releases (sha256, entry);
        CREATE TABLE IF NOT EXISTS facts (
            id INTEGER PRIMARY KEY,
            release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
            kind TEXT NOT NULL, measure TEXT NOT NULL, value NUMERIC NOT NULL, high NUMERIC, unit TEXT, qualifier TEXT NOT NULL,
            drug TEXT, drug_class TEXT, "group" TEXT,  -- JSON lists
            per TEXT, period_start TEXT, period_end TEXT,
            part_of INTEGER  -- the fact of this release that covers it
        );
        CREATE INDEX IF NOT EXISTS facts_release ON facts (release_id);
        CREATE INDEX IF NOT EXISTS facts_measure ON facts (measure);
        CREATE TABLE IF NOT EXISTS dates (
            id INTEGER PRIMARY KEY,
            release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
            role TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL, relative INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS dates_release ON dates (release_id);
        CREATE TABLE IF NOT EXISTS mentions (
            id INTEGER PRIMARY KEY,
            fact_id INTEGER REFERENCES facts (id) ON DELETE CASCADE,
            date_id INTEGER REFERENCES dates (id) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL, rule TEXT NOT NULL,
            CHECK ((fact_id IS NULL) <> (date_id IS NULL))
        );
        CREATE INDEX IF NOT EXISTS mentions_fact ON mentions (fact_id);
        CREATE INDEX IF NOT EXISTS mentions_date ON mentions (date_id);
        CREATE TABLE IF NOT EXISTS warnings (
            id INTEGER PRIMARY KEY,
            release_id INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
            warning TEXT NOT NULL
        );
        CREATE INDEX IF NOT EXISTS warnings_release ON warnings (release_id);
        CREATE TABLE IF NOT EXISTS failures (file PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
        DROP VIEW IF EXISTS headlines;
        -- What may be added up: no parts of larger figures, no rates, no upper bounds, and of releases with the very same content only the first.
        CREATE VIEW headlines AS
            SELECT id AS fact_id, release_id, kind, measure, value, unit, qualifier, period_start, period_end
            FROM facts
            WHERE part_of IS NULL AND per IS NULL AND qualifier NOT IN ('at_most', 'under')
                AND release_id IN (SELECT MIN(id) FROM releases GROUP BY sha256, entry);
    """

    def put(self, path: str, taken: Taken) -> None:
        """Takes in the releases of a file, in place of those that it held before; a release keeps its id."""
        key = self.key(path)
        with self.telling():
            for entry, rows in enumerate(taken.payloads, 1):
                self._put_release(key, entry, rows)
            self.sql.execute("DELETE FROM releases WHERE file = ? AND entry > ?", [key, len(taken.payloads)])

    def _put_release(self, key: Key, entry: int, rows: Rows) -> None:
        values = (key, entry, *rows.release, self._extractor)
        ((release,),) = self.sql.execute(_UPSERT, values).fetchall()
        for table in ("facts", "dates", "warnings"):
            self.sql.execute(f"DELETE FROM {table} WHERE release_id = ?", [release])
        facts = [self._put_item("facts", (release, *fact, None), "fact_id", mentions) for fact, mentions in rows.facts]
        parts = [(facts[whole], facts[at]) for at, whole in enumerate(rows.wholes) if whole is not None]
        self.sql.executemany("UPDATE facts SET part_of = ? WHERE id = ?", parts)
        for date, mentions in rows.dates:
            self._put_item("dates", (release, *date), "date_id", mentions)
        self.sql.executemany("INSERT INTO warnings (release_id, warning) VALUES (?, ?)", [(release, warning) for warning in rows.warnings])

    def _put_item(self, table: str, row: Row, column: str, mentions: Iterable[Row]) -> int:
        """Puts in a fact or a date with its mentions; its id."""
        made = self.sql.execute(f"INSERT INTO {table} VALUES (NULL{', ?' * len(row)})", row).lastrowid
        insert = f'INSERT INTO mentions ({column}, start, "end", line, section, text, rule) VALUES (?, ?, ?, ?, ?, ?, ?)'
        self.sql.executemany(insert, [(made, *mention) for mention in mentions])
        return int(made or 0)

    def note(self, path: str, failure: str) -> None:
        """Puts the file among the failures, or takes it from them; releases that it gave before stay."""
        with self.telling():
            if failure:
                self.sql.execute("REPLACE INTO failures VALUES (?, ?, ?)", [self.key(path), printable_path(path), failure])
            else:
                self.sql.execute("DELETE FROM failures WHERE file = ?", [self.key(path)])

    def tidy(self) -> None:
        """Forgets failures to read files and folders that are gone, or that this run could read."""
        with self.telling():
            for (key,) in self.sql.execute("SELECT file FROM failures WHERE file NOT IN (SELECT file FROM met)").fetchall():
                if not _is_there(self._file(key)) or self._file(key).is_dir():
                    self.sql.execute("DELETE FROM failures WHERE file = ?", [key])

    def prune(self, folders: Iterable[str]) -> int:
        """Takes out the releases of files that were under ``folders`` and are there no more; how many that were."""
        roots = [Path(folder).resolve() for folder in folders]
        with self.telling():
            files = [(key, self._file(key)) for (key,) in self.sql.execute("SELECT DISTINCT file FROM releases")]
            gone = [(key,) for key, file in files if not _is_there(file) and any(file.is_relative_to(root) for root in roots)]
            return self.sql.executemany("DELETE FROM releases WHERE file = ?", gone).rowcount if gone else 0

    def drop_others(self) -> None:
        """Takes out all releases but those whose files this run has kept."""
        with self.telling():
            self.sql.execute("DELETE FROM releases WHERE file NOT IN (SELECT file FROM met WHERE kept)")

    def _file(self, key: Key) -> Path:
        return Path(os.path.normpath(os.path.join(self._folder, os.fsdecode(key))))

    def widen(self, measures: Group[str]) -> None:
        """Makes the view ``release_wide`` anew: a row a release, and a column for each of ``measures``, and unit of it, that occurs."""
        with self.telling():
            met = {(measure, kind, unit) for measure, kind, unit in self.sql.execute("SELECT DISTINCT measure, kind, unit FROM facts")}
            order = {measure: place for place, measure in enumerate(measures)}
            columns: dict[str, str] = {}
            for measure, kind, unit in sorted(met, key=lambda one: (order.get(one[0], len(order)), one[0], one[1], one[2] or "")):
                if kind == "count" and unit is None:
                    columns[measure] = _LARGEST.format(measure=_text(measure), unit="IS NULL")
                elif kind == "count":
                    columns[f"{measure}_by_unit"] = _LISTED.format(measure=_text(measure))
                else:
                    columns[f"{measure}_{unit}"] = _LARGEST.format(measure=_text(measure), unit=f"= {_text(unit)}")
            named = {f"{name}_" if name in _ABOUT else name: sql for name, sql in columns.items()}
            told = "".join(f',\n{sql} AS "{name}"' for name, sql in named.items())
            self.sql.execute("DROP VIEW IF EXISTS release_wide")
            self.sql.execute(f"CREATE VIEW release_wide AS SELECT {', '.join(_ABOUT.values())}{told}\nFROM releases")


_PERIOD = ("period_start", "period_end")
_ABOUT = {name: name for name in ("id", "path", "published", "force", "title", *_PERIOD, "url")} | {
    "operation_names": "operations AS operation_names"
}
# The largest figure that the release states for its own period, else for any.
_LARGEST = """coalesce(
    (SELECT max(value) FROM facts WHERE release_id = releases.id AND measure = {measure} AND unit {unit} AND per IS NULL
        AND facts.period_start IS releases.period_start AND facts.period_end IS releases.period_end),
    (SELECT max(value) FROM facts WHERE release_id = releases.id AND measure = {measure} AND unit {unit} AND per IS NULL))"""
_LISTED = """(SELECT group_concat(told, '; ') FROM (SELECT value || coalesce(' to ' || high, '') || ' ' || unit AS told FROM facts
    WHERE release_id = releases.id AND measure = {measure} AND kind = 'count' AND unit IS NOT NULL AND per IS NULL ORDER BY id))"""
_COLUMNS = ("path", "sha256", "format", "encoding", "title", "published", "url", "force", "operations", *_PERIOD, "text", "extractor")
_UPSERT = f"""
    INSERT INTO releases (file, entry, {", ".join(_COLUMNS)}) VALUES (?, ?, {", ".join("?" * len(_COLUMNS))})
    ON CONFLICT (file, entry) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)} RETURNING id"""


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _is_there(file: Path) -> bool:
    """Whether there is such a file; one in a folder that cannot be entered counts as there."""
    try:
        return file.exists()
    except OSError:
        return True
