"""A table row as the sentences it stands for: each figure with what its column and its row are called.

"Arrests" over 12 in the row "Kent" is read as "Arrests Kent | 12", whose label the chunker knows how to read. Words of other cells keep their own
offsets; what only follows from them, such as the "kg" of a column, stands at the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cl_extract.engine.lexicon import Lexicon
from cl_extract.engine.names import Names, read_name, read_time
from cl_extract.model import FACTUAL, Block, BlockKind, Document, Figure
from cl_extract.value import value
from cl_extract.values.dates import scan_dates
from cl_extract.values.figures import scan_figures
from cl_extract.values.tokens import Tokens, imply, join, part, tokenise

_CHANGES = frozenset({"+", "-", "±", "up", "down"})
_AFTER = frozenset({"(", "[", "*", "†", "‡"})  # What may follow the figure of a cell: a note, or the mark of one.
_MOST_HEADS = 3


@value(frozen=True, slots=True)
class Reading:
    """Tokens to be read as one block; figures only stand in those from ``first`` to ``last`` (exclusive). Unless ``stated`` they give no fact."""

    tokens: Tokens
    first: int
    last: int
    stated: bool = True


def readings(document: Document, block: Block, lexicon: Lexicon) -> list[Reading]:
    """What a block is read as: itself, or the sentences of the table row that it is."""
    if block.cells:
        row = _Row(document, block, lexicon)
        if row.is_clear():
            return list(row.readings())
    return [_whole(tokenise(document.text, block.start, block.end))]


def _whole(tokens: Tokens, *, stated: bool = True) -> Reading:
    return Reading(tokens, 0, len(tokens), stated)


class _Row:
    """One row of a table, with the rows that name its columns."""

    def __init__(self, document: Document, block: Block, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.cells = [tokenise(document.text, start, end) for start, end in block.cells]
        self.figures = [_figure(cell) for cell in self.cells]
        self.heading = _heading(document, block)
        self.heads = [[tokenise(document.text, *head.cells[k]) for head in _heads(document, block)] for k in range(len(self.cells))]

    def is_clear(self) -> bool:
        """Whether each bare figure has its name: that of its column, or words next to it."""
        if not any(self.figures):
            return False
        return any(map(any, self.heads)) or all(self.beside(at) is not None for at, figure in enumerate(self.figures) if figure)

    def beside(self, at: int) -> int | None:
        """The cell that names the figure ``at`` where no row names the columns: the one before it, of a row of pairs that figures open the next."""
        opens = next((k for k, cell in enumerate(self.cells) if len(cell)), at)
        near = at + 1 if self.figures[opens] else at - 1
        return near if 0 <= near < len(self.cells) and self.words_in(near) else None

    def words_in(self, at: int) -> bool:
        return self.figures[at] is None and any(kind == "w" for kind in self.cells[at].kind)

    def readings(self) -> Iterator[Reading]:
        """A sentence for each figure, and one for each cell that no figure is named by."""
        named = any(map(any, self.heads))
        labels = self.labels() if named else []
        used = set(labels)
        for at, figure in enumerate(self.figures):
            if not figure or at in labels or (at and self.cells[at].start == self.cells[at - 1].start):
                continue
            near = None if named else self.beside(at)
            names = labels if near is None else [near]
            used.update(names)
            yield from self.statement(at, figure, [self.cells[k] for k in names], after=near is not None and near > at)
        for at, cell in enumerate(self.cells):
            if len(cell) and at not in used and not self.figures[at]:
                yield _whole(cell, stated=self.words_in(at))

    def labels(self) -> list[int]:
        """The cells that name the row: the first of words and those that give a time; without any the first, unless its column counts something."""
        times = [k for k, cell in enumerate(self.cells) if read_time(cell)]
        words = [k for k in range(len(self.cells)) if self.words_in(k) and k not in times]
        if words or times:
            return words[:1] + times
        first = next(k for k, cell in enumerate(self.cells) if len(cell))
        return [] if Names([], self.heads[first], self.heading, self.lexicon).count() else [first]

    def statement(self, at: int, figure: Figure, beside: Sequence[Tokens], *, after: bool) -> Iterator[Reading]:
        """The figure of a cell with its names, and what the cell says besides."""
        cell = self.cells[at]
        own, rest = part(cell, 0, figure.last), part(cell, figure.last, len(cell))
        if after and not len(rest):
            yield _whole(join(own, *beside))  # "249 | Arrests"
            return
        names = Names(beside, self.heads[at], self.heading, self.lexicon)
        told, kind, clear = names.measure(own, figure.kind)
        label = join(*names.label(), imply(own, "|"))
        when = names.when()
        tail = part(own, 0, 0) if when is None else join(imply(own, "†", after=True), when)  # a mark that parts them and means nothing
        yield Reading(join(label, told, tail), len(label), len(label) + len(told), clear and names.state(kind))
        if len(rest):
            yield _whole(rest, stated=False)


def _heads(document: Document, block: Block) -> list[Block]:
    """The rows that name the columns of ``block``, the nearest first."""
    heads: list[Block] = []
    while block.columns is not None and len(heads) < _MOST_HEADS:
        block = document.blocks[block.columns]
        heads.append(block)
    return heads


def _heading(document: Document, block: Block) -> Tokens:
    """The words of the heading over the table, empty where it has none."""
    heading = document.blocks[block.lead_in] if block.lead_in is not None else None
    if heading is None or heading.kind is not BlockKind.HEADING:
        return tokenise("")
    return read_name(tokenise(document.text, heading.start, heading.end)).words


def _figure(cell: Tokens) -> Figure | None:
    """The figure that is all a cell says, a note after it aside; None for words, dates, shares and differences."""
    if not len(cell) or cell.low[0] in _CHANGES:
        return None
    dates = scan_dates(cell)
    figure = next(iter(scan_figures(cell, [(date.first, date.last) for date in dates])), None)
    if figure is None or figure.first or not (figure.kind in FACTUAL or _fraction(cell)):
        return None
    return figure if figure.last == len(cell) or cell.low[figure.last] in _AFTER else None


def _fraction(cell: Tokens) -> bool:
    """Whether a cell is a number with a fraction, to which only its column can give the unit."""
    return cell.kind[0] == "n" and "." in cell.low[0]
