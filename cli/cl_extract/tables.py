"""Record -> tables for people, made with rich; the only module that imports it.

They show text that strangers wrote, so all of it goes through ``printable`` and none of it is read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import TypeVar

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cl_extract.model import DateFact, Fact, Kind, Mention, Record, Release, Unclassified
from cl_extract.packs import measures
from cl_extract.render import narrowing, printable, span_text, value_text

TITLES: dict[Kind, str] = {"count": "Counts", "quantity": "Quantities", "money": "Money"}
T = TypeVar("T")
WHOLE = {"Value", "Date", "Number"}  # columns whose cells are bold and stay on one line
LEAST = 24  # columns of the narrowest terminal served
LONGEST_WORD = 20  # a longer one may be folded


def record_tables(record: Record, *, width: int = 100, color: bool = False, unclassified: bool = False) -> str:
    """The record as a header and a table a kind, its warnings under them, all at most ``width`` columns wide; escape codes only with ``color``."""
    out = StringIO()
    console = Console(file=out, width=max(width, LEAST), force_terminal=color, color_system="auto" if color else None, highlight=False)
    console.print(_labelled(_header(record.source.path, record.release)))
    for kind, title in TITLES.items():
        _print_table(console, title, _fact_columns(), [fact for fact in record.facts if fact.kind == kind])
    _print_table(console, "Dates", DATE_COLUMNS, record.dates)
    if not (record.facts or record.dates):
        console.print(Text("\nNo figures or dates found."))
    if unclassified:
        _print_table(console, "Not classified", NUMBER_COLUMNS, record.unclassified)
    for number, warning in enumerate(record.warnings):
        console.print(Text("" if number else "\n").append(_line(f"Warning: {warning}"), "yellow"))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _header(path: str | None, release: Release) -> list[tuple[str, str]]:
    published = span_text(release.published, release.published) if release.published else ""
    period = span_text(release.period.start, release.period.end) if release.period else ""
    return [
        ("File", path or "-"),
        ("Title", release.title or ""),
        ("Force", release.force or ""),
        ("Published", published),
        ("Period", period),
        ("Operations", ", ".join(release.operations)),
    ]


def _lines(mentions: Iterable[Mention]) -> str:
    return ", ".join(dict.fromkeys(str(mention.line) for mention in mentions))


def _fact_columns() -> dict[str, Callable[[Fact], str]]:
    known = measures()
    return {
        "Measure": lambda fact: known[fact.measure].label if fact.measure in known else fact.measure.replace("_", " "),
        "Value": value_text,
        "Of": narrowing,
        "Period": lambda fact: span_text(fact.period.start, fact.period.end) if fact.period else "",
        "Line": lambda fact: _lines(fact.mentions),
        "Words": lambda fact: fact.mentions[0].text,
    }


DATE_COLUMNS: dict[str, Callable[[DateFact], str]] = {
    "Date": lambda date: span_text(date.start, date.end),
    "Role": lambda date: date.role,
    "Told": lambda date: "relative" if date.relative else "",
    "Line": lambda date: _lines(date.mentions),
    "Words": lambda date: date.mentions[0].text,
}
NUMBER_COLUMNS: dict[str, Callable[[Unclassified], str]] = {
    "Number": lambda number: number.text,
    "Class": lambda number: number.reason,
    "Line": lambda number: str(number.line),
    "Words after it": lambda number: number.following,
}


def _print_table(console: Console, title: str, columns: dict[str, Callable[[T], str]], items: Sequence[T]) -> None:
    """A title and a row an item, or nothing without items. Columns that are empty throughout are left out."""
    cells = {name: [_line(cell(item)) for item in items] for name, cell in columns.items()}
    cells = {name: column for name, column in cells.items() if any(column)}
    if not cells:
        return
    console.print(Text(f"\n{title}", "bold"))
    rows = list(zip(*cells.values(), strict=True))
    widths = _widths(cells, console.width - 2 * len(cells))
    if widths is None:
        for number, row in enumerate(rows):
            console.print(*([""] if number else []), _labelled(zip(cells, row, strict=True)), sep="\n")
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name, width in zip(cells, widths, strict=True):
        table.add_column(name, width=width, overflow="fold", style="bold" if name in WHOLE else "")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _widths(cells: dict[str, list[str]], room: int) -> list[int] | None:
    """The columns' widths: the widest gives way first, none below its longest word. None where they cannot all have that."""
    widths, least = [], []
    for name, column in cells.items():
        widths.append(min(max(map(cell_len, (name, *column))), room))
        word = max(cell_len(word) for cell in (name, *column) for word in cell.split())
        least.append(widths[-1] if name in WHOLE else min(word, LONGEST_WORD))
    while sum(widths) > room:
        spare = [index for index in range(len(widths)) if widths[index] > least[index]]
        if not spare:
            return None
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _labelled(pairs: Iterable[tuple[str, str]]) -> Table:
    """A line a pair: the label, then its text; pairs without text are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in pairs:
        if text:
            grid.add_row(label, Text(_line(text), "bold" if label in WHOLE or label == "Title" else ""))
    return grid


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
