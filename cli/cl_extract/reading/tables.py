"""Tables: where the cells of a row stand, and which row names the columns of which others."""

from __future__ import annotations

import re
from collections.abc import Sequence

Cells = tuple[tuple[int, int], ...]

_BAR = re.compile(r"(?<!\\)\|")
_ROUND = " \t\xa0*_"  # Space, emphasis and the mark of a footnote stand round what a cell says.
_YEAR = re.compile(r"(?:\W*(?:19|20)\d\d(?:\W(?:19|20)?\d\d)?\W*)+")
_NAME = re.compile(r"[^\W\d_]|%|(?:19|20)\d\d")
_WORDS = re.compile(r"[^\W\d]\D*")
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

    ``marked`` tells which rows the source itself marks as heads, unless they hold figures; a first row of words over figures is one too.
    A row of another width than the head has no names: its cells may stand anywhere. A second row of heads has the first for its own.
    """
    named: list[int | None] = []
    head: int | None = None
    heading = True  # nothing but heads so far
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else ()
        fits = head is not None and len(rows[head]) == len(row)
        is_head = _is_names(text, row) and (marked[i] or _is_over_figures(text, row, below, all_of_them=not heading))
        if head is None and not is_head and len(below) == len(row) and _is_all(text, row, _FIGURE) and _is_all(text, below, _WORDS):
            named.append(i + 1)  # large figures with what they count under them
        else:
            named.append(head if fits and (heading or not is_head) else None)
        head = i if is_head else head
        heading = is_head
    return named


def _is_names(text: str, row: Cells) -> bool:
    """Whether the cells of a row are words or years, none a figure."""
    return not any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in _texts(text, row))


def _is_over_figures(text: str, row: Cells, below: Cells, *, all_of_them: bool) -> bool:
    """Whether a row that nothing marks has a name over each figure of the next, the first column aside unless ``all_of_them`` is asked for."""
    if len(row) != len(below) or (all_of_them and not _is_all(text, below, _FIGURE)):
        return False
    over = [name for name, cell in zip(_texts(text, row), _texts(text, below), strict=True) if _FIGURE.fullmatch(cell)]
    return len(over) > (len(row) if all_of_them else 1) - 1 and all(_NAME.search(name) for name in over)


def _is_all(text: str, row: Cells, kind: re.Pattern[str]) -> bool:
    return len(row) >= 2 and all(kind.fullmatch(cell) for cell in _texts(text, row))


def _texts(text: str, row: Cells) -> list[str]:
    return [text[start:end] for start, end in row]
