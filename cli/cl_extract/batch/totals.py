"""What a collection adds up to: measures by force, month, year."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Collection as Group
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cl_extract.batch.collection import Collection
from cl_extract.errors import InputError, UsageError
from cl_extract.model import Kind

# A figure counts in the month in which the period that it covers ends, else in that of publication.
_DAY = "coalesce(headlines.period_end, published)"
GROUPS = {"force": "force", "month": f"substr({_DAY}, 1, 7)", "year": f"substr({_DAY}, 1, 4)"}


@dataclass(frozen=True, slots=True)
class Total:
    """``value`` of a measure over ``releases`` releases; ``group`` are the force, month or year as asked for, None where a release does not say."""

    group: tuple[str | None, ...]
    kind: Kind
    measure: str
    unit: str | None
    value: int | float
    releases: int


def totals(path: str, by: Sequence[str] = ("force", "month"), measures: Sequence[str] = ()) -> list[Total]:
    """The sums of ``measures``, of all unless given, by the GROUPS named in ``by``, in their order.

    Of each release the figures are added that are no part of a larger one (the view ``headlines``), so that neither parts, nor what is told again,
    nor releases saved twice count twice. Raises InputError where ``path`` is no database of a batch run, UsageError for a measure that is not in it.
    """
    columns = [GROUPS[name] for name in by]
    chosen = f"WHERE measure IN ({', '.join('?' * len(measures))})" if measures else ""
    places = ", ".join(str(place) for place in range(1, len(columns) + 4))
    query = f"""
        SELECT {", ".join((*columns, "kind", "measure", "unit"))}, sum(value), count(DISTINCT release_id)
        FROM headlines JOIN releases ON releases.id = release_id {chosen}
        GROUP BY {places} ORDER BY {places}"""
    with closing(open_collection(path)) as sql:
        try:
            _refuse_unknown(measures, {measure for (measure,) in sql.execute("SELECT DISTINCT measure FROM facts")})
            rows = sql.execute(query, list(measures)).fetchall()
        except sqlite3.Error as error:
            raise InputError(f"{path}: cannot be read ({error}); write it anew with cl-extract batch") from error
    return [Total(tuple(groups), kind, measure, unit, _rounded(value), releases) for *groups, kind, measure, unit, value, releases in rows]


def _refuse_unknown(measures: Sequence[str], known: Group[str]) -> None:
    for measure in measures:
        if measure not in known:
            near = difflib.get_close_matches(measure, known, 1)
            raise UsageError(f"no figure of measure {measure} is in the database" + (f"; the nearest is {near[0]}" if near else ""))


def _rounded(value: float) -> int | float:
    """A sum of decimal figures without the dust that adding binary ones leaves: no figure is told to a millionth."""
    return round(value, 6) if isinstance(value, float) else value


def total_to_dict(total: Total, by: Sequence[str]) -> dict[str, object]:
    """A total as plain data, its groups under their names."""
    told = {"kind": total.kind, "measure": total.measure, "unit": total.unit, "value": total.value, "releases": total.releases}
    return {**dict(zip(by, total.group, strict=True)), **told}


def open_collection(path: str, mode: str = "ro") -> sqlite3.Connection:
    """The database of a batch run, to be read. Raises InputError where there is none at ``path``."""
    if not Path(path).is_file():
        raise InputError(f"{path}: no such file; name a database that cl-extract batch has written")
    sql = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode={mode}", uri=True)
    try:
        ((application,),) = sql.execute("PRAGMA application_id")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY and mode == "ro":
            sql.close()
            return open_collection(path, "rw")  # a run was killed, and what it had begun must be undone first
        sql.close()
        raise InputError(f"{path}: cannot be read as a database ({error}); name one that cl-extract batch has written") from error
    if application != Collection.application_id:
        sql.close()
        raise InputError(f"{path}: is a database that cl-extract batch did not write; name one that it has")
    return sql
