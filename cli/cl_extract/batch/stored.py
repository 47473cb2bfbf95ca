"""Records back out of a collection, as they went in."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from cl_extract.batch.totals import open_collection
from cl_extract.errors import InputError
from cl_extract.model import Attributes, DateFact, Fact, Kind, Mention, Period, Qualifier, Record, Release, Source

Row = tuple[Any, ...]  # of a database, which says no more


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release of a collection: its record, the text that its mentions count characters in, and which of its facts totals add (``headlines``)."""

    record: Record
    text: str
    headlines: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The newest releases of a collection, how many it has in all, and of each file that could not be read why."""

    releases: tuple[StoredRelease, ...]
    total: int
    failures: tuple[str, ...]


def read_collection(path: str, most: int, most_text: int) -> Contents:
    """Of the database of a batch run the newest releases, at most ``most``, and no more than have ``most_text`` characters, but one at least.

    Those without a date come last. Raises InputError where ``path`` is no such database, or holds what no run writes.
    """
    with closing(open_collection(path)) as sql:
        try:
            (total,) = sql.execute("SELECT count(*) FROM releases").fetchone()
            chosen = _newest(sql, most, most_text)
            failures = tuple(reason for (reason,) in sql.execute("SELECT reason FROM failures ORDER BY path"))
            return Contents(tuple(_releases(sql, chosen)), total, failures)
        except (sqlite3.Error, ValueError, TypeError, ArithmeticError, KeyError) as error:
            raise InputError(f"{path}: cannot be read ({error}); write it anew with cl-extract batch") from error


def _newest(sql: sqlite3.Connection, most: int, most_text: int) -> list[int]:
    chosen: list[int] = []
    room = most_text
    for (number,) in sql.execute("SELECT id FROM releases ORDER BY published IS NULL, published DESC, id LIMIT ?", [most]):
        (length,) = sql.execute("SELECT length(text) FROM releases WHERE id = ?", [number]).fetchone()  # by itself, not to read all texts
        room -= length
        if chosen and room < 0:
            break
        chosen.append(number)
    return chosen


def _releases(sql: sqlite3.Connection, chosen: Sequence[int]) -> Iterator[StoredRelease]:
    sql.execute("CREATE TEMP TABLE chosen (place INTEGER PRIMARY KEY, release_id INTEGER UNIQUE)")
    sql.executemany("INSERT INTO chosen (release_id) VALUES (?)", [(number,) for number in chosen])
    added = {number for (number,) in sql.execute("SELECT fact_id FROM headlines WHERE release_id IN (SELECT release_id FROM chosen)")}
    stated = _by_first(sql.execute(f"SELECT fact_id, {_MENTION} FROM mentions WHERE fact_id IN (SELECT id FROM facts {_CHOSEN}) ORDER BY id"))
    written = _by_first(sql.execute(f"SELECT date_id, {_MENTION} FROM mentions WHERE date_id IN (SELECT id FROM dates {_CHOSEN}) ORDER BY id"))
    facts = _by_first(sql.execute(f"SELECT release_id, id, {_FACT} FROM facts {_CHOSEN} ORDER BY id"))
    dates = _by_first(sql.execute(f'SELECT release_id, id, role, start, "end", relative FROM dates {_CHOSEN} ORDER BY id'))
    warnings = _by_first(sql.execute(f"SELECT release_id, warning FROM warnings {_CHOSEN} ORDER BY id"))
    for number, text, *about in sql.execute(f"SELECT id, text, {_RELEASE} FROM chosen JOIN releases ON id = release_id ORDER BY place"):
        own = facts.get(number, [])
        record = Record(
            *_about(*about),
            facts=tuple(_fact(row, _mentions(stated[key], text)) for key, *row in own),
            dates=tuple(_date(row, _mentions(written[key], text)) for key, *row in dates.get(number, [])),
            warnings=tuple(warning for (warning,) in warnings.get(number, [])),
        )
        yield StoredRelease(record, text, tuple(key in added for key, *_ in own))


_CHOSEN = "WHERE release_id IN (SELECT release_id FROM chosen)"
_MENTION = 'start, "end", line, section, text, rule'
_FACT = 'kind, measure, value, high, unit, qualifier, drug, drug_class, "group", per, period_start, period_end'
_RELEASE = "path, sha256, format, encoding, title, published, url, force, operations, period_start, period_end"


def _by_first(rows: sqlite3.Cursor) -> dict[int, list[Row]]:
    """The rest of each row under its first column, in order."""
    made: dict[int, list[Row]] = {}
    for first, *rest in rows:
        made.setdefault(first, []).append(tuple(rest))
    return made


def _about(
    path: str | None, sha256: str, form: Any, encoding: str, title: str | None, published: str | None, url: str | None, force: str | None, *rest: Any
) -> tuple[Source, Release]:
    operations, start, end = rest
    day = dt.date.fromisoformat(published) if published else None
    return Source(path, sha256, form, encoding), Release(title, day, url, force, _names(operations), _period(start, end))


def _fact(row: Sequence[Any], mentions: tuple[Mention, ...]) -> Fact:
    kind, measure, value, high, unit, qualifier, drug, drug_class, group, per, start, end = row
    narrowed = Attributes(_names(drug), _names(drug_class), _names(group), per)
    if kind not in get_args(Kind) or qualifier not in get_args(Qualifier):
        raise ValueError(f"{kind} and {qualifier} are no kind and qualifier")
    return Fact(kind, measure, _number(value), unit, qualifier, None if high is None else _number(high), narrowed, _period(start, end), mentions)


def _date(row: Sequence[Any], mentions: tuple[Mention, ...]) -> DateFact:
    role, start, end, relative = row
    return DateFact(role, dt.date.fromisoformat(start), dt.date.fromisoformat(end), bool(relative), mentions)


def _mentions(rows: Sequence[Row], text: str) -> tuple[Mention, ...]:
    made = tuple(Mention(*row) for row in rows)
    for mention in made:
        if text[mention.start : mention.end] != mention.text or not mention.text:
            raise ValueError(f"“{mention.text}” is not what stands at characters {mention.start} to {mention.end}")
    return made


def _number(value: float) -> Decimal:
    made = Decimal(str(value))
    if not made.is_finite():
        raise ValueError(f"{value} is no number")
    return made


def _names(told: str | None) -> tuple[str, ...]:
    return tuple(map(str, json.loads(told))) if told else ()


def _period(start: str | None, end: str | None) -> Period | None:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) if start and end else None
