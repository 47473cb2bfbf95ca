"""Document -> sentences of atoms: every word or phrase classified, every number and date read."""

from __future__ import annotations

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
    sentences: list[Sentence] = []
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.NOISE:
            for reading in readings(document, block, lexicon):
                sentences += _lex_reading(reading, index, block.kind, lexicon)
    return sentences


def _lex_reading(reading: Reading, index: int, kind: BlockKind, lexicon: Lexicon) -> list[Sentence]:
    tokens, first, last = reading.tokens, reading.first, reading.last
    dates = scan_dates(tokens)
    if (first, last) != (0, len(tokens)):
        dates = [date for date in dates if date.last <= first or date.first >= last]  # no date goes over from a name into its figure
    inside = [(date.first, date.last) for date in dates if first <= date.first and date.last <= last]
    figures = scan_figures(tokens, [(at, end) for at, end in ((0, first), *inside, (last, len(tokens))) if at < end])
    atoms: list[Atom] = []
    ends: list[int] = []
    at = 0
    items: list[DateSpan | Figure] = sorted([*dates, *figures], key=_FIRST)
    for item in items:
        _read_words(tokens, at, item.first, lexicon, atoms, ends)
        figure, date = (item, None) if isinstance(item, Figure) else (None, item)
        atoms.append(Atom(item.first, item.last, "", _EMPTY, figure, date))
        at = item.last
    _read_words(tokens, at, len(tokens), lexicon, atoms, ends)
    cuts = [cut for first, last in pairwise([0, *ends, len(atoms)]) for cut in range(first, last, _LONGEST_SENTENCE)]
    return [Sentence(index, kind, tokens, tuple(atoms[first:last]), reading.stated) for first, last in pairwise([*cuts, len(atoms)])]


def _read_words(tokens: Tokens, i: int, stop: int, lexicon: Lexicon, atoms: list[Atom], ends: list[int]) -> None:
    """Adds the words and marks from token ``i`` to ``stop`` to ``atoms``, and to ``ends`` how many there are after one that ends a sentence."""
    text, start, end, low, kind = tokens.text, tokens.start, tokens.end, tokens.low, tokens.kind
    openings, put = lexicon.openings, atoms.append
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
                if isinstance(opening, str) or opening.plain is None or after == "-" or after in opening.longer:
                    entry, last = lexicon.find(tokens, i, min(stop, i + _LONGEST)) or (entry, last)
                    word = " ".join(low[i:last])
                else:
                    entry = opening.plain
            put(Atom(i, last, word, entry, None, None, True, entry is _EMPTY and text[start[i] : end[i]][:1].isupper()))
        i = last


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
