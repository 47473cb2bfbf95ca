"""Values as people write them, text that is safe to show, and CSV for spreadsheets. Tables are made in ``tables``, JSON in ``schema``."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection
from decimal import Decimal
from io import StringIO

from cl_extract.engine.engine import load_engine
from cl_extract.model import DateFact, Fact, Kind, Mention, Qualifier, Record, Unclassified
from cl_extract.packs.inflect import pluralise
from cl_extract.schema import LISTS, number
from cl_extract.value import replace

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "US$", "AUD": "A$", "NZD": "NZ$", "CAD": "C$"}
# Largest first; a value is shown in the first unit that it fills.
SCALES = {
    "g": ((1_000_000, "tonne"), (1000, "kg"), (1, "g")),
    "mL": ((1000, "litre"), (1, "ml")),
    "mo": ((1, "month"),),
    "d": ((7, "week"), (1, "day")),
    "h": ((1, "hour"),),
}
SYMBOLS = {"kg", "g", "ml"}  # units that take no plural
QUALIFIERS: dict[Qualifier, str] = {
    "exact": "",
    "range": "",
    "over": "over ",
    "at_least": "at least ",
    "nearly": "nearly ",
    "under": "under ",
    "at_most": "up to ",
    "about": "about ",
}
CSV_COLUMNS = (
    *("file", "published", "force"),
    *("kind", "measure", "value", "high", "unit", "qualifier", "drug", "drug_class", "group", "per", "period_start", "period_end"),
    *("line", "start", "end", "section", "text", "rule", "mentions"),
)


def select(record: Record, lists: Collection[str] = (), measures: Collection[str] = ()) -> Record:
    """The record with only the ``lists`` (counts, quantities, money, dates) and ``measures`` asked for; nothing asked for keeps all.

    Dates measure nothing, so asking for measures leaves them out unless ``lists`` names them.
    """
    kinds = {kind for name, kind in LISTS.items() if name in lists or not lists}
    facts = tuple(fact for fact in record.facts if fact.kind in kinds and (not measures or fact.measure in measures))
    return replace(record, facts=facts, dates=record.dates if "dates" in lists or not (lists or measures) else ())


def printable(text: str) -> str:
    """``text`` on one line and safe to show: control pictures for C0 controls, U+FFFD for C1, bidi and zero-width characters and the like."""
    return text if text.isprintable() else "".join(char if char.isprintable() else _picture(char) for char in text)


def printable_lines(text: str) -> str:
    """``text`` as ``printable`` has it, but with its lines and tabs, and as long as it was, so that offsets into it hold."""
    return re.sub(r"[^\n\t]+", lambda line: printable(line[0]), text.replace("\r", " "))


def _picture(char: str) -> str:
    if char.isspace() and char >= "\xa0" and char not in "\u2028\u2029":
        return " "
    return chr(0x2400 + ord(char)) if char < " " else "␡" if char == "\x7f" else "\ufffd"


# --- Values as people write them ---


def value_text(fact: Fact) -> str:
    """The figure as people write it, with its qualifier: ``over 4 kg``, ``£284,000``, ``33 years 5 months``, ``15 to 20``, ``740 wraps``."""
    text = amount_text(fact.value, fact.unit, fact.kind)
    if fact.high is not None:
        high = amount_text(fact.high, fact.unit, fact.kind)
        same_unit = _scaled(fact.value, fact.unit)[1] == _scaled(fact.high, fact.unit)[1]
        low = text.partition(" ")[0] if fact.kind != "money" and fact.unit != "mo" and same_unit else text
        text = f"{low} to {high}"
    return QUALIFIERS[fact.qualifier] + text + (f" a {fact.attributes.per}" if fact.attributes.per else "")


def amount_text(value: Decimal, unit: str | None, kind: Kind) -> str:
    """A value with its unit as people write it, in the largest unit that it fills."""
    if kind == "money":
        figure = f"{value:,.2f}" if value == round(value, 2) else f"{value:,f}"
        return CURRENCIES.get(unit or "", f"{unit} ") + figure.removesuffix(".00")
    if unit == "mo" and value >= 12:
        years, months = divmod(value, 12)
        return amount_text(years, "year", kind) + (f" {amount_text(months, unit, kind)}" if months else "")
    scaled, name = _scaled(value, unit)
    return f"{_number(scaled)} {name if scaled == 1 or name in SYMBOLS else _plural(name)}" if name else _number(scaled)


def _scaled(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    """The value in the largest unit that it fills (of durations, fills without a rest), and that unit's name; a count's unit as it is."""
    scales = SCALES.get(unit or "", ((1, unit or ""),))
    size, name = next((scale for scale in scales if value >= scale[0] and not (unit == "d" and value % scale[0])), scales[-1])
    return value / size, name


def _plural(name: str) -> str:
    return load_engine().plurals.get(name) or pluralise(name)


def _number(value: Decimal) -> str:
    """With commas; a fraction to six significant digits, enough for any figure that was not converted from imperial units."""
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    return f"{value:,.{max(5 - value.adjusted(), 1)}f}".rstrip("0").rstrip(".")


def span_text(start: dt.date, end: dt.date) -> str:
    """An inclusive span of dates as people write it: ``7 to 13 Mar 2022``, ``Mar 2022``, ``2019 to 2021``."""
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    skipped = 2 if whole_months and (start.month, end.month) == (1, 12) else 1 if whole_months else 0
    first, last = ([str(day.day), MONTHS[day.month - 1], str(day.year)][skipped:] for day in (start, end))
    if first == last:
        return " ".join(last)
    while first[-1] == last[len(first) - 1]:  # what both ends share is said once, at the end
        first.pop()
    return f"{' '.join(first)} to {' '.join(last)}"


def narrowing(fact: Fact) -> str:
    """What narrows the figure, in words: ``Class A, heroin, children``."""
    narrowed = fact.attributes
    return ", ".join([*(f"Class {name}" for name in narrowed.drug_class), *narrowed.drug, *narrowed.group])


# --- CSV ---


def csv_header() -> str:
    """The names of the columns, as the first line of a CSV file."""
    import csv

    out = StringIO()
    csv.writer(out).writerow(CSV_COLUMNS)
    return out.getvalue()


def csv_rows(record: Record, *, header: bool = True, unclassified: bool = False, defuse: bool = True) -> str:
    """The record as CSV (RFC 4180), one row a fact and one a date, after a ``header`` row.

    Of a fact with several mentions the row places the first. A date has kind ``date``, its role as the measure, its days as the period, and no
    value; a number without a measure has kind ``unclassified`` and its class as the measure. Attributes with several values join them by ``; ``.
    Numbers are plain (no commas), and text stands as in the source, but that ``defuse`` keeps spreadsheets from running it.
    """
    import csv

    out = StringIO()
    if header:
        out.write(csv_header())
    writer = csv.DictWriter(out, CSV_COLUMNS, restval="")
    release = record.release
    about = {"file": record.source.path or "-", "published": release.published or "", "force": release.force or ""}
    numbers = record.unclassified if unclassified else ()
    for row in (*map(_fact_row, record.facts), *map(_date_row, record.dates), *map(_number_row, numbers)):
        cells = {**about, **row}
        writer.writerow({name: defused(cell) if isinstance(cell, str) else cell for name, cell in cells.items()} if defuse else cells)
    return out.getvalue()


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before one that begins like it.

    The beginnings are those that the OWASP page on CSV injection names, white space before them included.
    """
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or cell.startswith(("\t", "\r", "\n")) else cell


def _fact_row(fact: Fact) -> dict[str, object]:
    narrowed = fact.attributes
    return {
        "kind": fact.kind,
        "measure": fact.measure,
        "value": number(fact.value),
        "high": "" if fact.high is None else number(fact.high),
        "unit": fact.unit or "",
        "qualifier": fact.qualifier,
        "drug": "; ".join(narrowed.drug),
        "drug_class": "; ".join(narrowed.drug_class),
        "group": "; ".join(narrowed.group),
        "per": narrowed.per or "",
        "period_start": fact.period.start if fact.period else "",
        "period_end": fact.period.end if fact.period else "",
        **_place(fact.mentions),
    }


def _date_row(date: DateFact) -> dict[str, object]:
    return {"kind": "date", "measure": date.role, "period_start": date.start, "period_end": date.end, **_place(date.mentions)}


def _number_row(one: Unclassified) -> dict[str, object]:
    return {"kind": "unclassified", "measure": one.reason, "line": one.line, "start": one.start, "end": one.end, "text": one.text}


def _place(mentions: tuple[Mention, ...]) -> dict[str, object]:
    first = mentions[0]
    place = {name: getattr(first, name) for name in ("line", "start", "end", "section", "text", "rule")}
    return {**place, "mentions": len(mentions)}
