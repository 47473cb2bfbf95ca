"""What the figure of a table's cell is called: by its row, by its column, and by the heading over the table."""

from __future__ import annotations

from collections.abc import Iterable

from cl_extract.engine.lexicon import Lexicon
from cl_extract.model import DURATION, MASS, MONEY, VOLUME, FigureKind
from cl_extract.value import value
from cl_extract.values.dates import scan_dates
from cl_extract.values.figures import scan_figures
from cl_extract.values.tokens import Tokens, imply, join, part, pick
from cl_extract.values.units import POUNDS

MEASURED = frozenset({MONEY, MASS, VOLUME, DURATION})
_SCALES = frozenset({"000", "000s", "thousand", "thousands", "million", "millions", "m", "k"})
_SIGNS = "£€$"
_WEIGHED = ("drug", "drug_word", "drug_class", "tobacco")
_LONGEST_NAME = 30  # Longer cells are paragraphs, and their beginning is name enough.
_BREAKING_DOWN = frozenset({"by", "per", "each"})
_LONGEST_CAPTION = 8
_BROAD = frozenset({"thing", "vague", "people"})  # Heads that a row says more about: "Items seized" over 12 in the row "Knives".


@value(frozen=True, slots=True)
class Name:
    """What a row or a column is called: its words, the days it tells of, and what stands in brackets after it."""

    words: Tokens
    when: Tokens
    bracketed: Tokens


class Names:
    """The names of one figure, those of its columns the nearest first."""

    def __init__(self, rows: Iterable[Tokens], columns: Iterable[Tokens], heading: Tokens, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.rows = [read_name(cell) for cell in rows]
        self.columns = [read_name(cell) for cell in columns]
        self.heading = heading
        self.every = [name.words for name in (*self.rows, *self.columns)]

    def label(self) -> list[Tokens]:
        """The names as the label of the figure, the one that says what is counted first."""
        rows, columns = [name.words for name in self.rows], [name.words for name in self.columns]
        if any(self._is_narrow(name) for name in columns):
            return columns + rows
        if not columns or not all(self._has(name, "tally", only=True) for name in columns):
            return rows + columns
        caption = _caption(self.heading)
        return rows if caption is None or any(self._senses(name) for name in rows) else [caption, *rows]

    def count(self) -> bool:
        """Whether a name is of something that is counted."""
        return any(nouns or "verb" in classes for name in self.every for classes, nouns in self._senses(name))

    def when(self) -> Tokens | None:
        """The time that a name gives, or None."""
        return next((name.when for name in (*self.rows, *self.columns) if len(name.when)), None)

    def state(self, kind: FigureKind) -> bool:
        """Whether a figure so named tells of something that happened: no share, rate, price, plan or example.

        Of sums under the name of a drug only its value counts, and what was done.
        """
        if any("per" in name.words.low for name in self.columns) or any(self._has(name, "derived", "negation") for name in self.every):
            return False
        if any(_is_example(name) for name in self.every):
            return False
        return kind is not MONEY or not self._name_drugs() or self._has_value() or any(map(self._has_verb, (*self.every, self.heading)))

    def measure(self, own: Tokens, kind: FigureKind) -> tuple[Tokens, FigureKind, bool]:
        """The figure with the unit that its names give, its kind, and whether its size is clear.

        "(£000)" is not read, and a fraction of no unit counts nothing. Pounds of a drug are a weight where its value is not asked for.
        """
        if own.low[len(own) - 1] in POUNDS and self._name_drugs() and not self._has_value():
            return join(part(own, 0, len(own) - 1), imply(own, "lb", after=True)), MASS, True
        for name in (*self.columns, *self.rows) if kind not in MEASURED else ():
            bracketed = name.bracketed.low[: len(name.bracketed)]
            signs = [low for low in bracketed if low in _SIGNS]
            units = [low for low in bracketed if low not in signs]
            made = join(imply(own, *signs), own, imply(own, *units, after=True))
            figure = next(iter(scan_figures(made)), None)
            if figure is not None and figure.kind in MEASURED and (figure.first, figure.last) == (0, len(made)):
                return made, figure.kind, True
            if not _SCALES.isdisjoint(units):
                return own, kind, False
        return own, kind, kind in MEASURED or "." not in own.text[own.start[0] : own.end[-1]]

    def _name_drugs(self) -> bool:
        return any(self._has(name, *_WEIGHED) for name in self.every)

    def _has_value(self) -> bool:
        return any(self._has(name, "value") for name in (*self.every, self.heading))

    def _has_verb(self, name: Tokens) -> bool:
        return any("verb" in classes for classes, _ in self._senses(name))

    def _is_narrow(self, name: Tokens) -> bool:
        """Whether a name has a noun of its own kind, so that it goes before the other ("Arrests" of "Drugs", but "Knives", "Items seized")."""
        nouns = [found for _, found in self._senses(name) if found]
        return any(found - _BROAD for found in nouns) or (bool(nouns) and self._has_verb(name))

    def _has(self, name: Tokens, *classes: str, only: bool = False) -> bool:
        """Whether a name has a phrase of one of ``classes``, or with ``only`` no word besides but "of"."""
        at, found = 0, False
        while at < len(name):
            entry, last = self.lexicon.find(name, at, len(name)) or (None, at + 1)
            here = entry is not None and not entry.classes.isdisjoint(classes)
            if only and not here and name.kind[at] != "m" and name.low[at] != "of":
                return False
            found, at = found or here, last
        return found or only

    def _senses(self, name: Tokens) -> list[tuple[frozenset[str], frozenset[str]]]:
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


def read_time(cell: Tokens) -> Tokens | None:
    """The cell as a time, "in" before a bare year or month; None where it is none."""
    if not len(cell):
        return None
    for tokens, first in ((cell, 0), (join(imply(cell, "in"), cell), 1)):
        if any(date.first <= first and date.last == len(tokens) for date in scan_dates(tokens)):
            return tokens
    return None


def read_name(cell: Tokens) -> Name:
    """The parts of a cell that names a row or a column."""
    cell = part(cell, 0, min(len(cell), _LONGEST_NAME))
    time = read_time(cell)
    none = part(cell, 0, 0)
    if time is not None:
        return Name(none, time, none)
    opening = cell.low.index("(") if "(" in cell.low else len(cell)
    closing = cell.low.index(")", opening) if ")" in cell.low[opening:] else len(cell)
    signs = [k for k in range(opening) if cell.low[k] in _SIGNS]
    dates = scan_dates(part(cell, 0, opening))
    kept = [k for k in range(opening) if k not in signs and not _is_letter(cell, k) and not any(date.first <= k < date.last for date in dates)]
    kept += range(closing + 1, len(cell))
    bracketed = pick(cell, [*signs, *range(opening + 1, closing)])
    return Name(pick(cell, kept), part(cell, dates[0].first, dates[0].last) if dates else none, bracketed)


def _is_example(name: Tokens) -> bool:
    """Whether a name speaks of any of its kind: "A gram of cocaine", not "A Smith"."""
    return len(name) > 1 and name.low[0] in {"a", "an"} and name.source(1)[:1].islower()


def _is_letter(cell: Tokens, k: int) -> bool:
    """Whether a token is the "A" of a road such as the A1, and no article."""
    return cell.low[k] == "a" and k + 1 < len(cell) and cell.kind[k + 1] == "n" and cell.glued[k + 1]


def _caption(heading: Tokens) -> Tokens | None:
    """The heading where the rows break down what it counts ("Arrests by force"), or None."""
    name = heading
    if len(name) > 2 and name.low[0] == "table" and name.kind[1] == "n":
        name = part(name, 2 + (name.kind[2] == "m"), len(name))
    return name if len(name) <= _LONGEST_CAPTION and not _BREAKING_DOWN.isdisjoint(name.low) and "n" not in name.kind else None
