"""Document -> sentences of atoms: every word or phrase classified, every number and date read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter

from cl_extract.engine.lexicon import Entry, Lexicon
from cl_extract.engine.rows import Reading, readings
from cl_extract.model import BlockKind, Document, Figure
from cl_extract.value import value
from cl_extract.values.dates import DateSpan, scan_dates
from cl_extract.values.figures import scan_figures
from cl_extract.values.tokens import Tokens

_EMPTY = Entry()
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "sgt",
        "supt",
        "insp",
        "det",
        "ch",
        "co",
        "no",
        "nos",
        "approx",
        "st",
        "rd",
        "ave",
        "etc",
        "inc",
        "ltd",
        "pc",
        "dc",
        "ds",
        "di",
        "dci",
        "dcs",
        "vs",
        "jr",
        "sr",
        "gen",
        "lt",
        "col",
        "capt",
        "hon",
        "rev",
        "prof",
        "fig",
        "e",
        "g",
        "i",
        "a",
        "p",
        "m",
        "u",
        "s",
        "n",
    ]
)


@value(frozen=True, slots=True)
class Atom:
    """A word, phrase, number, date or mark: tokens ``first`` to ``last`` (exclusive) of its sentence's block.

    ``capital``: a word of no class that starts with a capital letter.
    """

    first: int
    last: int
    low: str
    entry: Entry = _EMPTY
    figure: Figure | None = None
    date: DateSpan | None = None
    word: bool = True
    capital: bool = False

    def isin(self, classes: frozenset[str]) -> bool:
        """Whether the packs put this atom into any of a set of classes, whatever its size."""
        return not classes.isdisjoint(self.entry.classes)

    def isa(self, *classes: str) -> bool:
        """Whether the packs put this atom into any of ``classes``."""
        return not self.entry.classes.isdisjoint(classes)


@value(frozen=True, slots=True)
class Sentence:
    """The atoms of one sentence (or heading, list item, line) of block ``block``.

    Those of a table row take the names of its columns from other blocks. ``stated`` is false where its figures are told of nothing (a difference).
    """

    block: int
    kind: BlockKind
    tokens: Tokens
    atoms: tuple[Atom, ...]
    stated: bool = True

    def start(self, atom: int) -> int:
        """The offset into the document where an atom starts."""
        return self.tokens.start[self.atoms[atom].first]

    def end(self, atom: int) -> int:
        """The offset into the document where an atom ends."""
        return self.tokens.end[self.atoms[atom].last - 1]


def lex(document: Document, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of every block that is part of the release, in order; noise has none."""
    return [
        sentence
        for index, block in enumerate(document.blocks)
        if block.kind is not _NOISE
        for reading in readings(document, block, lexicon)
        for sentence in _sentences(reading, index, block.kind, lexicon)
    ]


def _sentences(reading: Reading, index: int, kind: BlockKind, lexicon: Lexicon) -> list[Sentence]:
    tokens = reading.tokens
    atoms, ends = _atoms(tokens, _items(reading), lexicon)
    return [
        Sentence(index, kind, tokens, tuple(atoms[at : min(at + _LONGEST_SENTENCE, last)]), reading.stated)
        for first, last in pairwise([0, *ends, len(atoms)])
        for at in range(first, last, _LONGEST_SENTENCE)
    ]


def _items(reading: Reading) -> list[DateSpan | Figure]:
    """The dates and figures of a reading, in order."""
    tokens, first, last = reading.tokens, reading.first, reading.last
    dates = scan_dates(tokens)
    taken = [(date.first, date.last) for date in dates]
    if last - first < len(tokens):
        dates = [date for date in dates if date.last <= first or date.first >= last]  # no date goes over from a name into its figure
        inside = [(date.first, date.last) for date in dates if first <= date.first and date.last <= last]
        taken = [(start, end) for start, end in ((0, first), *inside, (last, len(tokens))) if start < end]
    return sorted([*dates, *scan_figures(tokens, taken)], key=_FIRST)


def _atoms(tokens: Tokens, items: Iterable[DateSpan | Figure], lexicon: Lexicon) -> tuple[list[Atom], list[int]]:
    """The items with the words and marks between them, and how many atoms there are after each mark that ends a sentence."""
    text, start, end, low, kind, openings = tokens.text, tokens.start, tokens.end, tokens.low, tokens.kind, lexicon.openings
    atoms: list[Atom] = []
    ends: list[int] = []
    put = atoms.append
    i = 0
    for item in (*items, None):
        stop = len(tokens) if item is None else item.first
        while i < stop:
            word, last, entry = low[i], i + 1, _EMPTY
            if kind[i] == "m" and word != "&":
                if word not in _EMPHASIS:
                    put(Atom(i, last, word, entry, None, None, False))
                    if word in _STOPS and _ends_sentence(tokens, i):
                        ends.append(len(atoms))
            else:
                if (opening := openings.get(word)) is not None:
                    after = low[last] if last < stop else ""
                    if isinstance(opening, str) or after in opening.longer or after == "-" or opening.plain is not opening.alone:
                        entry, last = lexicon.find(tokens, i, min(stop, i + _LONGEST)) or (entry, last)
                        word = " ".join(low[i:last])
                    elif opening.plain is not None:
                        entry = opening.plain
                put(Atom(i, last, word, entry, None, None, True, entry is _EMPTY and text[start[i] : end[i]][:1].isupper()))
            i = last
        if item is not None:
            put(Atom(item.first, item.last, "", _EMPTY, *((item, None) if isinstance(item, Figure) else (None, item))))
            i = item.last
    return atoms, ends


_NOISE = BlockKind.NOISE
_FIRST = attrgetter("first")
# Marks of emphasis ("a grant of **£18,000**"), which say nothing.
_EMPHASIS = frozenset({"*", "_"})
# A sentence is cut here: nobody writes one so long, and the work on a clause grows with the square of its length.
_LONGEST_SENTENCE = 240
# No phrase of the packs is longer, hyphens counted.
_LONGEST = 14


_STOPS = frozenset("!?.")


def _ends_sentence(tokens: Tokens, i: int) -> bool:
    """Whether the mark at ``i`` closes a sentence. A full stop does not after an abbreviation or an initial."""
    low = tokens.low[i]
    if low in "!?":
        return True
    if low != "." or i + 1 >= len(tokens) or i == 0:
        return False
    following = i + 1
    while following < len(tokens) - 1 and tokens.low[following] in "\"')":
        following += 1
    opening = tokens.source(following)[0]
    if (
        tokens.glued[following]
        and following == i + 1
        and not (opening.isupper() and tokens.source(i - 1)[-1:].islower() and len(tokens.low[i - 1]) > 2)
    ):
        return False
    return tokens.low[i - 1] not in _ABBREVIATIONS and not opening.islower()
