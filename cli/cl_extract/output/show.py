"""The release as it reads, its facts marked, with what each says in the margin: for a terminal, or as plain text.

Without colour the marked words stand in brackets. All text of the release goes through ``printable``; none of it is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from cl_extract.engine.engine import load_engine
from cl_extract.model import BlockKind, Document, Fact, Period, Record
from cl_extract.output.marks import Item, Span, items, spans, stretches, warnings_by_line
from cl_extract.output.render import narrowing, printable, printable_lines, span_text, value_text
from cl_extract.output.tables import header_text
from cl_extract.packs.packset import Measure

COLORS = {"count": "bold cyan", "quantity": "bold magenta", "money": "bold green", "date": "bold bright_blue", "noise": "dim"}
WARNING = "bold yellow"
NARROW = 64  # columns below which the notes stand under the lines instead of beside them
LONGEST_ROW = 88  # columns of prose that are still easy to read
LEAST = 24  # columns of the narrowest terminal served


def release_text(document: Document, record: Record, *, width: int = 100, color: bool = False, known: Mapping[str, Measure] | None = None) -> str:
    """The release with its facts marked, at most ``width`` columns wide; escape codes only with ``color``.

    A mention has a note beside the row in which it begins. Noise is dimmed, and has its reason as a note. A warning stands under the line that it
    names, else on top. Of several empty lines one is left. ``known`` are the measures, for their labels: those of the built-in packs unless given.
    """
    out = StringIO()
    console = Console(file=out, width=max(width, LEAST), force_terminal=color, color_system="auto" if color else None, highlight=False)
    words = _mark(document, record, load_engine().measures if known is None else known, brackets=not color)
    for row in _rows(words, warnings_by_line(record.warnings), console):
        console.print(row, no_wrap=True, crop=False, overflow="ignore")
    body = "\n".join(line.rstrip() for line in out.getvalue().splitlines()).rstrip()
    return f"{header_text(record, width=width, color=color)}{body}\n"


def note(item: Item, period: Period | None, known: Mapping[str, Measure]) -> str:
    """What an item says: the measure, the value, what narrows it, and the period it covers where that is another than the release's ``period``."""
    if not isinstance(item, Fact):
        return ", ".join([span_text(item.start, item.end), *([item.role] if item.role != "event" else []), *(["relative"] if item.relative else [])])
    label = known[item.measure].label if item.measure in known else item.measure.replace("_", " ")
    other = span_text(item.period.start, item.period.end) if item.period and item.period != period else ""
    return ", ".join(part for part in (f"{label} {value_text(item)}", narrowing(item), other) if part)


@dataclass(frozen=True, slots=True)
class _Words:
    """The text of the release, drawn, and the notes whose numbers its styles carry."""

    text: Text
    notes: tuple[Text, ...]


def _mark(document: Document, record: Record, known: Mapping[str, Measure], *, brackets: bool) -> _Words:
    marked = items(record)
    kinds = [item.kind if isinstance(item, Fact) else "date" for item in marked]
    told = [note(item, record.release.period, known) for item in marked]
    noise = [block for block in document.blocks if block.kind is BlockKind.NOISE and block.end > block.start]
    all_spans = [*spans(marked), *(Span(block.start, block.end, number) for number, block in enumerate(noise, len(marked)))]
    kinds, told = [*kinds, *("noise" for _ in noise)], [*told, *(f"({block.reason or 'noise'})" for block in noise)]

    begun: dict[int, list[int]] = {}
    for number, span in enumerate(all_spans):
        begun.setdefault(span.start, []).append(number)
    text, made = printable_lines(document.text), Text()
    for stretch in stretches(len(text), all_spans):
        fact = brackets and any(kinds[owner] != "noise" for piece in stretch.pieces for owner in piece.owners)
        made.append("[" if fact else "")
        for piece in stretch.pieces:
            style = Style.parse(COLORS[kinds[piece.owners[0]]]) if piece.owners else Style.null()
            made.append(text[piece.start : piece.end], style + Style.from_meta({_NOTES: begun.get(piece.start, [])}))
        made.append("]" if fact else "")
    return _Words(made, tuple(Text(printable(told[span.owner]), COLORS[kinds[span.owner]]) for span in all_spans))


_NOTES = "notes"  # the key of a style's meta data under which the notes that begin there are numbered


def _rows(words: _Words, warnings: Mapping[int, list[str]], console: Console) -> Iterator[Text]:
    """The rows of the whole release: numbers of lines, text, and the notes beside it or, where it is narrow, under each line."""
    lines = words.text.split("\n", allow_blank=True)
    gutter = len(str(len(lines))) + 2
    room = console.width - gutter
    beside = console.width >= NARROW
    width = min(room - room // 3 - 2, LONGEST_ROW) if beside else room

    def row(number: str, text: Text, aside: Text | None = None) -> Text:
        made = Text().append(f"{number:>{gutter - 2}}  ", "dim").append(text)
        return made if aside is None else made.append(" " * (width - text.cell_len + 2)).append(aside)

    def warned(number: int) -> Iterator[Text]:
        for warning in warnings.get(number, ()):
            yield from (row("", text) for text in Text(f"Warning: {printable(warning)}", WARNING).wrap(console, width))

    yield Text()
    yield from warned(0)
    noted: set[int] = set()
    blank = False
    for number, line in enumerate(lines, 1):
        empty = not line.plain.strip()
        if not (empty and blank):
            waiting: list[Text] = []
            for at, text in enumerate(line.wrap(console, width, overflow="fold")):
                for begun in _begun(text, noted):
                    waiting += words.notes[begun].wrap(console, room - width - 2 if beside else width - 2)
                yield row("" if at or empty else str(number), text, waiting.pop(0) if beside and waiting else None)
            yield from (row("", Text(), aside) if beside else row("", Text("> ").append(aside)) for aside in waiting)
        yield from warned(number)
        blank = empty


def _begun(row: Text, noted: set[int]) -> Iterator[int]:
    """The numbers of the notes that begin in a row, but those ``noted`` before."""
    for span in row.spans:
        for number in span.style.meta.get(_NOTES, ()) if isinstance(span.style, Style) else ():
            if number not in noted:
                noted.add(number)
                yield number
