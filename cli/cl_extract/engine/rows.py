"""A table row as the sentences it stands for: each figure with what its column and its row are called.

"Arrests" over 12 in the row "Kent" is read as "Arrests Kent | 12", whose label the chunker knows how to read. Words of other cells keep their own
offsets; what only follows from them, such as the "kg" of a column, stands at the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cl_extract.engine.lexicon import Lexicon
from cl_extract.model import Block, BlockKind, Document, Figure, FigureKind
from cl_extract.values.dates import scan_dates
from cl_extract.values.figures import scan_figures
from cl_extract.values.tokens import Tokens, tokenise
from cl_extract.values.units import POUNDS

_STATED = frozenset({FigureKind.COUNT, FigureKind.MONEY, FigureKind.MASS, FigureKind.VOLUME, FigureKind.DURATION})
_MEASURED = _STATED - {FigureKind.COUNT}
_CHANGES = frozenset({"+", "-", "±", "up", "down"})
_AFTER = frozenset({"(", "[", "*", "†", "‡"})  # What may follow the figure of a cell: a note, or the mark of one.
_SCALES = frozenset({"000", "000s", "thousand", "thousands", "million", "millions", "m", "k"})
_WEIGHED = ("drug", "drug_word", "drug_class", "tobacco")
_MOST_HEADS = 3
_LONGEST_NAME = 30  # Longer cells are paragraphs, and their beginning is name enough.
_BREAKING_DOWN = frozenset({"by", "per", "each"})
_LONGEST_CAPTION = 8
_ARTICLES = frozenset({"a", "an"})  # "A1" is a road
_BROAD = frozenset({"thing", "vague", "people"})  # Heads that a row says more about: "Items seized" over 12 in the row "Knives".


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Name:
    """What a row or a column is called: its words, the days it tells of, and what stands in brackets after it."""

    words: Tokens
    when: Tokens
    bracketed: Tokens


class _Row:
    """One row of a table, with the rows that name its columns."""

    def __init__(self, document: Document, block: Block, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.cells = [tokenise(document.text, start, end) for start, end in block.cells]
        self.figures = [_figure(cell) for cell in self.cells]
        self.caption = _caption(document, block)
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
        times = [k for k, cell in enumerate(self.cells) if named and _time(cell)]
        labels = [k for k in range(len(self.cells)) if self.words_in(k) and k not in times][:1] + times if named else []
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

    def statement(self, at: int, figure: Figure, beside: Sequence[Tokens], *, after: bool) -> Iterator[Reading]:
        """The figure of a cell with its names, and what the cell says besides."""
        cell = self.cells[at]
        own, rest = _part(cell, 0, figure.last), _part(cell, figure.last, len(cell))
        if after and not len(rest):
            yield _whole(_joined(own, *beside))  # "249 | Arrests"
            return
        rows, columns = [_name(tokens) for tokens in beside], [_name(tokens) for tokens in self.heads[at]]
        if own.low[-1] in POUNDS and self.weighs([name.words for name in (*rows, *columns)]):
            own = replace(own, low=[*own.low[:-1], "lb"])
        measured = figure.kind in _MEASURED
        unit, clear = (None, True) if measured else _unit([name.bracketed for name in (*columns, *rows)], own)
        derived = any("per" in name.words.low or self.has(name.words, "derived") for name in columns)
        tallied = bool(columns) and all(self.has(name.words, "tally", only=True) for name in columns)
        words = [name.words for name in rows] if tallied else [name.words for name in (*rows, *columns)]
        if any(self.is_narrow(name.words) for name in columns):
            words = [name.words for name in (*columns, *rows)]
        elif tallied and self.caption is not None and not any(self.senses(name) for name in words):
            words = [self.caption, *words]
        bar = _marks(own, "|")
        when = [name.when for name in (*rows, *columns) if len(name.when)][:1]
        label = _joined(*words, bar)
        told = unit or own
        tail = _joined(_marks(own, "-", after=True), *when) if when else _part(own, 0, 0)
        yield Reading(_joined(label, told, tail), len(label), len(label) + len(told), clear and not derived)
        if len(rest):
            yield _whole(rest, stated=False)

    def weighs(self, names: Sequence[Tokens]) -> bool:
        """Whether pounds under these names are a weight: those of a drug or tobacco whose value is not asked for."""
        return any(self.has(name, cls) for name in names for cls in _WEIGHED) and not any(self.has(name, "value") for name in names)

    def is_narrow(self, name: Tokens) -> bool:
        """Whether a name has a noun of its own kind, so that it goes before the other ("Arrests" of "Drugs", but "Knives", "Items seized")."""
        senses = self.senses(name)
        return any(nouns - _BROAD for _, nouns in senses) or (any(nouns for _, nouns in senses) and any("verb" in classes for classes, _ in senses))

    def has(self, name: Tokens, cls: str, *, only: bool = False) -> bool:
        """Whether a name has a phrase of class ``cls``, or with ``only`` no word besides."""
        at, found = 0, False
        while at < len(name):
            entry, last = self.lexicon.find(name, at, len(name)) or (None, at + 1)
            here = entry is not None and cls in entry.classes
            if only and not here and name.kind[at] != "m":
                return False
            found, at = found or here, last
        return found or only

    def senses(self, name: Tokens) -> list[tuple[frozenset[str], frozenset[str]]]:
        """The classes of each phrase of a name, "verb" among them, and those of its nouns in the plural."""
        found: list[tuple[frozenset[str], frozenset[str]]] = []
        at = 0
        while at < len(name):
            entry, last = self.lexicon.find(name, at, len(name)) or (None, at + 1)
            if entry is not None:
                classes = entry.classes | {"verb"} if entry.verbs else entry.classes
                found.append((classes, frozenset(sense.cls for sense in entry.nouns if sense.plural)))
            at = last
        return found


def _heads(document: Document, block: Block) -> list[Block]:
    """The rows that name the columns of ``block``, the nearest first."""
    heads: list[Block] = []
    while block.columns is not None and len(heads) < _MOST_HEADS:
        block = document.blocks[block.columns]
        heads.append(block)
    return heads


def _caption(document: Document, block: Block) -> Tokens | None:
    """The heading over a table that its rows break down ("Arrests by force"), or None."""
    heading = document.blocks[block.lead_in] if block.lead_in is not None else None
    if heading is None or heading.kind is not BlockKind.HEADING:
        return None
    name = _name(tokenise(document.text, heading.start, heading.end)).words
    if len(name) > 2 and name.low[0] == "table" and name.kind[1] == "n":
        name = _part(name, 2 + (name.kind[2] == "m"), len(name))
    return name if len(name) <= _LONGEST_CAPTION and not _BREAKING_DOWN.isdisjoint(name.low) and "n" not in name.kind else None


def _figure(cell: Tokens) -> Figure | None:
    """The figure that is all a cell says, a note after it aside; None for words, dates, shares and differences."""
    if not len(cell) or cell.low[0] in _CHANGES:
        return None
    dates = scan_dates(cell)
    figure = next(iter(scan_figures(cell, [(date.first, date.last) for date in dates])), None)
    if figure is None or figure.first or not (figure.kind in _STATED or _fraction(cell)):
        return None
    return figure if figure.last == len(cell) or cell.low[figure.last] in _AFTER else None


def _fraction(cell: Tokens) -> bool:
    """Whether a cell is a number with a fraction, to which only its column can give the unit."""
    return cell.kind[0] == "n" and "." in cell.low[0]


def _time(cell: Tokens) -> Tokens | None:
    """The cell as a time, "in" before a bare year or month; None where it is none."""
    if not len(cell):
        return None
    for tokens, first in ((cell, 0), (_joined(_marks(cell, "in"), cell), 1)):
        if any(date.first <= first and date.last == len(tokens) for date in scan_dates(tokens)):
            return tokens
    return None


def _name(cell: Tokens) -> _Name:
    """The parts of a cell that names a row or a column."""
    cell = _part(cell, 0, min(len(cell), _LONGEST_NAME))
    time = _time(cell)
    none = _part(cell, 0, 0)
    if time is not None:
        return _Name(none, time, none)
    opening = cell.low.index("(") if "(" in cell.low else len(cell)
    closing = cell.low.index(")", opening) if ")" in cell.low[opening:] else len(cell)
    signs = [k for k in range(opening) if cell.low[k] in "£€$"]
    dates = scan_dates(_part(cell, 0, opening))
    kept = [k for k in range(opening) if k not in signs and cell.low[k] not in _ARTICLES and not any(date.first <= k < date.last for date in dates)]
    kept += range(closing + 1, len(cell))
    bracketed = _picked(cell, [*signs, *range(opening + 1, closing)])
    return _Name(_picked(cell, kept), _part(cell, dates[0].first, dates[0].last) if dates else none, bracketed)


def _unit(brackets: Sequence[Tokens], own: Tokens) -> tuple[Tokens | None, bool]:
    """The figure with the unit that a bracket of its names gives, None where none does; and whether its size is clear.

    "(£000)" is not read, and a fraction of no unit counts nothing.
    """
    for bracket in brackets:
        if not len(bracket):
            continue
        before = [low for low in bracket.low if low in "£€$"]
        rest = [low for low in bracket.low if low not in before]
        made = _joined(_marks(own, *before), own, _marks(own, *rest, after=True))
        figure = next(iter(scan_figures(made)), None)
        if figure is not None and figure.kind in _MEASURED and (figure.first, figure.last) == (0, len(made)):
            return made, True
        if not _SCALES.isdisjoint(rest):
            return None, False
    return None, "." not in own.text[own.start[0] : own.end[-1]]


def _marks(own: Tokens, *lows: str, after: bool = False) -> Tokens:
    """Words that the table implies and no cell says here: they take no room before the first (or after the last) token of ``own``."""
    place = [own.end[-1] if after else own.start[0]] * len(lows)
    return Tokens(own.text, place, place, list(lows), ["w" if low.isalpha() else "m" for low in lows], [True] * len(lows))


def _part(tokens: Tokens, first: int, last: int) -> Tokens:
    return _picked(tokens, range(first, last))


def _picked(tokens: Tokens, which: Sequence[int]) -> Tokens:
    return Tokens(
        tokens.text,
        [tokens.start[k] for k in which],
        [tokens.end[k] for k in which],
        [tokens.low[k] for k in which],
        [tokens.kind[k] for k in which],
        [tokens.glued[k] for k in which],
    )


def _joined(*parts: Tokens) -> Tokens:
    """The tokens of several stretches as one."""
    made = Tokens(parts[0].text, [], [], [], [], [])
    for part in parts:
        made.start.extend(part.start)
        made.end.extend(part.end)
        made.low.extend(part.low)
        made.kind.extend(part.kind)
        made.glued.extend(part.glued)
    return made
