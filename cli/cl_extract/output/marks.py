"""Which words of a release state which of its facts: the text, cut where mentions begin and end. Pure; the terminal and the page both draw it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cl_extract.model import DateFact, Fact, Record

Item = Fact | DateFact


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end``, not empty, that state the item number ``owner``."""

    start: int
    end: int
    owner: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` that the same items own throughout: that of the shortest span first, none for plain text."""

    start: int
    end: int
    owners: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces in a row that belong together: those of one span, or of spans that overlap; or the plain text between such."""

    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.pieces[-1].end

    @property
    def marked(self) -> bool:
        """Whether it states anything."""
        return bool(self.pieces[0].owners)


def items(record: Record) -> tuple[Item, ...]:
    """The facts, then the dates: what is marked, by its number."""
    return (*record.facts, *record.dates)


def spans(marked: Iterable[Item]) -> list[Span]:
    """A span a mention."""
    return [Span(mention.start, mention.end, number) for number, item in enumerate(marked) for mention in item.mentions]


def stretches(length: int, marked: Iterable[Span]) -> Iterator[Stretch]:
    """A text of ``length`` characters cut into stretches, which in their order leave nothing out."""
    starting: dict[int, list[Span]] = {}
    cuts = {0, length}
    for span in marked:
        starting.setdefault(span.start, []).append(span)
        cuts |= {span.start, span.end}
    current: list[Span] = []
    together: list[Piece] = []
    for start, end in pairwise(sorted(cuts)):
        current = [span for span in current if span.end > start]
        if together and not current:  # no span runs on from the piece before
            yield Stretch(tuple(together))
            together = []
        current = sorted([*current, *starting.get(start, ())], key=lambda span: (span.end - span.start, span.owner))
        together.append(Piece(start, end, tuple(dict.fromkeys(span.owner for span in current))))
    if together:
        yield Stretch(tuple(together))


def warnings_by_line(warnings: Iterable[str]) -> dict[int, list[str]]:
    """The warnings under the number of the line that each names first; under 0 those that name none."""
    placed: dict[int, list[str]] = {}
    for warning in warnings:
        named = re.match(r"line (\d+): ", warning)
        placed.setdefault(int(named[1]) if named else 0, []).append(warning[named.end() :] if named else warning)
    return placed
