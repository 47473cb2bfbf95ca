"""Record -> tables for people, made with rich; which ``progress`` and ``show`` alone import beside it.

They show text that strangers wrote, so all of it goes through ``printable`` and none of it is read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cl_extract.engine.engine import load_engine
from cl_extract.model import DateFact, Fact, Kind, Mention, Record, Release, Unclassified
from cl_extract.output.render import amount_text, narrowing, printable, span_text, value_text
from cl_extract.packs.packset import Measure

if TYPE_CHECKING:
    from cl_extract.batch.run import Summary
    from cl_extract.batch.totals import Total
    from cl_extract.workbench.evaluate import Change, Evaluation, Item, Score
    from cl_extract.workbench.explain import AtomTrace, Explanation, NoiseTrace, SentenceTrace

TITLES: dict[Kind, str] = {"count": "Counts", "quantity": "Quantities", "money": "Money"}
T = TypeVar("T")
WHOLE = {"Value", "Date", "Number"}  # columns whose cells are bold and stay on one line
HEADER_STYLES = dict.fromkeys((*WHOLE, "Title"), "bold")
PART_STYLES = {"Text": "italic", "Atoms": "dim", "Fact": "green", "No fact": "yellow"}
LONGEST_TEXT = 400  # characters of a sentence or of noise that are shown
LEAST = 24  # columns of the narrowest terminal served
LONGEST_WORD = 20  # a longer one may be folded


def record_tables(
    record: Record, *, width: int = 100, color: bool = False, unclassified: bool = False, known: Mapping[str, Measure] | None = None
) -> str:
    """The record as a header and a table a kind, its warnings under them, all at most ``width`` columns wide; escape codes only with ``color``.

    ``known`` are the measures, for their labels: those of the built-in packs unless given.
    """
    console, out = _console(width, color=color)
    console.print(_labelled(_header(record.source.path, record.release)))
    for kind, title in TITLES.items():
        _print_table(
            console, title, _fact_columns(load_engine().measures if known is None else known), [fact for fact in record.facts if fact.kind == kind]
        )
    _print_table(console, "Dates", DATE_COLUMNS, record.dates)
    if not (record.facts or record.dates):
        console.print(Text("\nNo figures or dates found."))
    if unclassified:
        _print_table(console, "Not classified", NUMBER_COLUMNS, record.unclassified)
    for number, warning in enumerate(record.warnings):
        console.print(Text("" if number else "\n").append(_line(f"Warning: {warning}"), "yellow"))
    return _text(out)


def header_text(record: Record, *, width: int = 100, color: bool = False) -> str:
    """What the release says about itself, as ``record_tables`` has it above the tables."""
    console, out = _console(width, color=color)
    console.print(_labelled(_header(record.source.path, record.release)))
    return _text(out)


def evaluation_tables(evaluation: Evaluation, *, width: int = 100, color: bool = False, show: bool = False, change: Change | None = None) -> str:
    """The scores as a header and tables by kind and measure; with ``show`` every fact that is not as in the gold; ``change`` since a saved run."""
    console, out = _console(width, color=color)
    console.print(_labelled(_totals(evaluation)))
    _print_table(console, "By kind", SCORE_COLUMNS, list(evaluation.kinds.items()))
    _print_table(console, "By measure", SCORE_COLUMNS, list(evaluation.measures.items()))
    if show:
        for outcome in evaluation.outcomes:
            rows = [(verdict, item) for part in (outcome.facts, outcome.dates) for verdict, items in part.at_fault for item in items]
            _print_table(console, outcome.path, ITEM_COLUMNS, rows)
    if change is not None:
        console.print(Text("\nSince the saved run: ", "bold").append(_line(change.told), "not bold"))
        for path, changed in change.by_release:
            _print_table(console, path, ITEM_COLUMNS, changed)
    return _text(out)


def explanation_text(explanation: Explanation, *, width: int = 100, color: bool = False) -> str:
    """Each sentence with its atoms, groups, facts and the numbers that became none; each stretch of noise with its numbers."""
    from cl_extract.workbench.explain import NoiseTrace

    console, out = _console(width, color=color)
    for number, part in enumerate(explanation.parts):
        reason = f" ({part.reason})" if isinstance(part, NoiseTrace) else ""
        section = f"noise{reason}" if isinstance(part, NoiseTrace) else part.section
        console.print(Text("\n" if number else "").append(_line(f"Line {part.line}, {section}"), "bold"))
        console.print(_labelled(_part(part), styles=PART_STYLES))
    if not explanation.parts:
        console.print(Text("Nothing of the release stands here."))
    return _text(out)


def summary_tables(summary: Summary, path: str, *, width: int = 100, color: bool = False, known: Mapping[str, Measure] | None = None) -> str:
    """What a batch run into ``path`` did, and the facts that it took in by measure."""
    console, out = _console(width, color=color)
    console.print(_labelled(_run_lines(summary, path)))
    label = load_engine().measures if known is None else known
    facts = sorted(summary.facts.items(), key=lambda item: list(label).index(item[0]))
    _print_table(console, "Facts", {"Measure": lambda item: label[item[0]].label, "Number": lambda item: f"{item[1]:,}"}, facts)
    return _text(out)


def _run_lines(summary: Summary, path: str) -> Iterator[tuple[str, str]]:
    yield "Output", path
    unchanged = f", {summary.unchanged:,} files unchanged" if summary.unchanged else ""
    yield "Releases", f"{summary.releases:,} read{unchanged}" + (f", {summary.pruned:,} taken out" if summary.pruned else "")
    yield "Left out", ", ".join(f"{number:,} {reason}" for reason, number in sorted(summary.skipped.items()))
    yield "Warnings", f"{summary.warnings:,}" if summary.warnings else ""
    yield "Failures", f"{summary.failed:,}" if summary.failed else ""


def totals_table(totals: Sequence[Total], by: Sequence[str], *, width: int = 100, color: bool = False) -> str:
    """A row a total, after the groups ``by`` which they were made."""
    console, out = _console(width, color=color)
    columns = {name.capitalize(): partial(_group, place=place) for place, name in enumerate(by)}
    _print_table(console, "Totals", {**columns, **TOTAL_COLUMNS}, totals)
    if not totals:
        console.print(Text("No figures found."))
    return _text(out)


def _group(total: Total, place: int) -> str:
    return total.group[place] or "not said"


TOTAL_COLUMNS: dict[str, Callable[[Total], str]] = {
    "Measure": lambda total: total.measure.replace("_", " "),
    "Value": lambda total: amount_text(Decimal(str(total.value)), total.unit, total.kind),
    "Releases": lambda total: f"{total.releases:,}",
}


def _part(part: SentenceTrace | NoiseTrace) -> Iterator[tuple[str, str]]:
    from cl_extract.workbench.explain import SentenceTrace

    text = " ".join(part.span.text.split())
    yield "Text", text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    if isinstance(part, SentenceTrace):
        yield "Atoms", " ".join(map(_atom, part.atoms))
        for group in part.groups:
            triggers = ", ".join(f"“{text}” ({cls})" for text, cls in group.triggers) or "nothing"
            yield "Group", f"“{group.span.text}”: {', '.join(group.heads) or 'no noun'}; governed by {triggers}"
        for given in part.given:
            of = narrowing(given.read)
            rounded = f"; stands for {value_text(given.fact)}" if given.read.value != given.fact.value else ""
            yield "Fact", f"{given.read.measure} {value_text(given.read)}{f', {of}' if of else ''}: rule {given.rule}{rounded}"
    for made in part.numbers:
        yield "No fact", f"“{made.span.text}” ({made.reason}): {made.why}"


def _atom(atom: AtomTrace) -> str:
    told = [*atom.classes, *([atom.reading] if atom.reading else [])]
    return f"{atom.span.text}[{', '.join(told)}]" if told else atom.span.text


def _totals(evaluation: Evaluation) -> list[tuple[str, str]]:
    failed = f", {evaluation.failed} could not be read" if evaluation.failed else ""
    return [
        ("Releases", f"{len(evaluation.outcomes)}, {evaluation.perfect} without a fault{failed}"),
        ("Facts", _score_text(evaluation.facts)),
        ("Dates", _score_text(evaluation.dates)),
        ("Details", f"{evaluation.details:.3f} of qualifiers and attributes"),
        ("Header", f"{evaluation.header:.3f} of publication dates and forces"),
    ]


def _score_text(score: Score) -> str:
    ratios = f"precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}"
    return f"{ratios} ({score.found} found, {score.missed} missed, {score.spurious} spurious)"


def _console(width: int, *, color: bool) -> tuple[Console, StringIO]:
    """A console of at most ``width`` columns, and what it writes into."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, LEAST),
        force_terminal=color,
        color_system="auto" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    return console, out


def _text(out: StringIO) -> str:
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


def _fact_columns(known: Mapping[str, Measure]) -> dict[str, Callable[[Fact], str]]:
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


SCORE_COLUMNS: dict[str, Callable[[tuple[str, Score]], str]] = {
    "Name": lambda row: row[0],
    "Precision": lambda row: f"{row[1].precision:.3f}",
    "Recall": lambda row: f"{row[1].recall:.3f}",
    "F1": lambda row: f"{row[1].f1:.3f}",
    "Found": lambda row: str(row[1].found),
    "Missed": lambda row: str(row[1].missed),
    "Spurious": lambda row: str(row[1].spurious),
}
ITEM_COLUMNS: dict[str, Callable[[tuple[str, Item]], str]] = {
    "Verdict": lambda row: row[0],
    "Line": lambda row: str(row[1].line or ""),
    "Measure": lambda row: row[1].measure,
    "Value": lambda row: row[1].told,
    "Words": lambda row: row[1].quote,
    "Told otherwise": lambda row: row[1].differs,
}


def _print_table(console: Console, title: str, columns: dict[str, Callable[[T], str]], items: Sequence[T]) -> None:
    """A title and a row an item, or nothing without items. Columns that are empty throughout are left out."""
    cells = {name: [_line(cell(item)) for item in items] for name, cell in columns.items()}
    cells = {name: column for name, column in cells.items() if any(column)}
    if not cells:
        return
    console.print(Text(f"\n{_line(title)}", "bold"))
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


def _labelled(pairs: Iterable[tuple[str, str]], styles: Mapping[str, str] = HEADER_STYLES) -> Table:
    """A line a pair: the label, then its text; pairs without text are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in pairs:
        if text:
            grid.add_row(label, Text(_line(text), styles.get(label, "")))
    return grid


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
