"""Tables: where the cells of a row stand, and which row names the columns of which others."""

from __future__ import annotations

import re
from collections.abc import Sequence

Cells = tuple[tuple[int, int], ...]

_BAR = re.compile(r"(?<!\\)\|")
_ROUND = " \t\xa0*_"  # Space, emphasis and the mark of a footnote stand round what a cell says.
_YEAR = re.compile(r"(?:\W*(?:19|20)\d\d(?:\W(?:19|20)?\d\d)?\W*)+")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\W{0,3}\d[\d,. ]*\W{0,3}\w{0,9}\W{0,3}(?:\(.*)?", re.DOTALL)


def split_cells(text: str, start: int, end: int) -> Cells:
    """The spans of the cells of ``text[start:end]``, which bars part; one that says nothing is empty."""
    bounds = [start, *(bar for match in _BAR.finditer(text, start, end) for bar in match.span()), end]
    return tuple(_bare(text, first, last) for first, last in zip(bounds[::2], bounds[1::2], strict=True))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _ROUND:
        start += 1
    while end > start and text[end - 1] in _ROUND:
        end -= 1
    return start, end


def name_columns(text: str, rows: Sequence[Cells], marked: Sequence[bool]) -> list[int | None]:
    """For each row of one table the index of the row that names its columns, or None.

    ``marked`` tells which rows the source itself marks as heads; a first row of words over a row with figures is one too. A row of another width
    than the head has no names: its cells may stand anywhere. A second row of heads has the first for its own.
    """
    named: list[int | None] = []
    head: int | None = None
    heading = True  # nothing but heads so far
    for i, row in enumerate(rows):
        fits = head if head is not None and len(rows[head]) == len(row) else None
        is_head = marked[i] or (heading and i + 1 < len(rows) and _is_head(text, row, rows[i + 1]))
        named.append(fits if not is_head or heading else None)
        if is_head:
            head = i
        heading = is_head
    return named


def _is_head(text: str, row: Cells, below: Cells) -> bool:
    """Whether a row without a mark is one of names: words or years, with a figure under one of them."""
    if len(row) != len(below) or any(_DIGIT.search(cell) and not _YEAR.fullmatch(cell) for cell in _texts(text, row)):
        return False
    return any(_FIGURE.fullmatch(cell) for cell in _texts(text, below)[1:])


def _texts(text: str, row: Cells) -> list[str]:
    return [text[start:end] for start, end in row]
