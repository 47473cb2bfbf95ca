"""The words of a page, each with its place, into lines in the order in which they are read: columns one after another, table rows across."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence

from cl_extract.value import value

_NARROWEST_GUTTER = 0.7  # in heights of the text, as the next two
_CELL_GAP = 1.5
_FARTHEST = 4.0  # how far apart the rows of one column stand
_WIDER = 1.8  # than the spaces between the words
_FULL = 0.8  # of the width of the widest line
_FEWEST_ROWS = 3
_MOST_ROWS = 150  # A page of more is none that people read.
_MOST_GAPS = 8
_DEEPEST = 6


@value(frozen=True, slots=True)
class Word:
    """A word and the box round it, in points; y grows upwards. ``size`` is the height of its letters' box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@value(frozen=True, slots=True)
class Line:
    """A line of a column, or a row of a table, then with ``cells``. ``lead`` is the width of its first word."""

    text: str
    left: float
    bottom: float
    right: float
    size: float
    lead: float
    cells: tuple[str, ...] = ()


Row = list[Word]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """The words that stand on one height, from the top of the page down, each row from left to right."""
    rows: list[Row] = []
    bottom = top = 0.0
    for word in sorted(words, key=lambda word: -(word.bottom + word.top)):
        middle = (word.bottom + word.top) / 2
        if rows and bottom <= middle <= top:
            rows[-1].append(word)
        else:
            rows.append([word])
            bottom, top = word.bottom, word.top
    return [sorted(row, key=lambda word: word.left) for row in rows]


def reading_order(words: Sequence[Word]) -> list[list[Line]]:
    """The lines of a page by columns, in reading order. What spans the columns above or below them is a column of its own."""
    columns = [[]] if not words else list(_columns(rows_of(words), 0))
    return [column for column in columns if column]


def _columns(rows: list[Row], depth: int) -> Iterator[list[Line]]:
    plain: list[Line] = []
    edges = min(row[0].left for row in rows), max(word.right for row in rows for word in row)
    at = 0
    while at < len(rows):
        band = _band(rows, at, edges) if len(rows) <= _MOST_ROWS and depth < _DEEPEST else None
        if band is None:
            plain.append(_line(rows[at], edges))
            at += 1
            continue
        yield plain
        plain = []
        end, gutter = band
        words = [word for row in rows[at:end] for word in row]
        yield from _columns(rows_of([word for word in words if word.left < gutter]), depth + 1)
        yield from _columns(rows_of([word for word in words if word.left >= gutter]), depth + 1)
        at = end
    yield plain


def _band(rows: list[Row], at: int, edges: tuple[float, float]) -> tuple[int, float] | None:
    """Where columns that begin at row ``at`` end, and where they part: at the gutter that goes farthest down. None where no columns begin."""
    best: tuple[int, float] | None = None
    words = rows[at]
    starts, ends = [edges[0], *(word.right for word in words)], [*(word.left for word in words), edges[1]]
    gaps = [(start, end) for start, end in zip(starts, ends, strict=True) if end - start >= _NARROWEST_GUTTER * words[0].size]
    for start, end in gaps[:_MOST_GAPS]:
        found = _extended(rows, at, start, end)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def _extended(rows: list[Row], at: int, start: float, end: float) -> tuple[int, float] | None:
    """How far down the gutter goes, and its middle; None where what stands on its two sides is not two columns of text."""
    last = at + 1
    for row in rows[at + 1 :]:
        if rows[last - 1][0].bottom - row[0].top > _FARTHEST * row[0].size:
            break
        free = _free(row, start, end)
        if free[1] - free[0] < _NARROWEST_GUTTER * row[0].size:
            break
        start, end = free
        last += 1
    if last - at < _FEWEST_ROWS or end - start < _WIDER * _usual_gap(rows[at:last]):
        return None
    middle = (start + end) / 2
    sides = [[[word for word in row if (word.left < middle) is side] for row in rows[at:last]] for side in (True, False)]
    left, right = ([row for row in side if row] for side in sides)
    if not left or not right or max(len(left), len(right)) < _FEWEST_ROWS or not _is_prose(left) or not _is_prose(right):
        return None
    overlap = min(left[0][0].top, right[0][0].top) - max(left[-1][0].bottom, right[-1][0].bottom)
    shorter = min(left[0][0].top - left[-1][0].bottom, right[0][0].top - right[-1][0].bottom)
    alone = next((i for i, row in enumerate(sides[0]) if row), 0)  # Rows above the left column, such as a date at the right edge.
    if overlap * 2 < shorter or (alone and left[0][0].top < rows[at][0].bottom - rows[at][0].size):
        return None
    return last, middle


def _usual_gap(rows: list[Row]) -> float:
    """How wide the spaces between the words of the rows are: a gutter is wider than the rivers of justified text."""
    gaps = [word.left - before.right for row in rows for before, word in itertools.pairwise(row)]
    return statistics.median(gaps) if gaps else 0.0


def _free(row: Row, start: float, end: float) -> tuple[float, float]:
    """The widest part of the gutter that no word of the row reaches into."""
    best, at = (start, start), start
    for word in row:
        if word.right <= start:
            continue
        if word.left >= end:
            break
        if word.left - at > best[1] - best[0]:
            best = (at, word.left)
        at = max(at, word.right)
    return max(best, (at, end), key=lambda span: span[1] - span[0])


def _is_prose(rows: list[Row]) -> bool:
    """Whether the rows are lines of text, which fill their column and go on from one to the next, and not the cells of a table."""
    words = sum(len(row) for row in rows)
    widths = [row[-1].right - row[0].left for row in rows]
    full = sum(width >= _FULL * max(widths) for width in widths)
    going_on = sum(row[0].text[0].islower() for row in rows)
    return words >= 3 * len(rows) and (going_on * 5 >= len(rows) or full * 2 >= len(rows))


def _line(row: Row, edges: tuple[float, float]) -> Line:
    cells: list[list[str]] = [[row[0].text]]
    stretched = _is_stretched(row, edges)
    for before, word in itertools.pairwise(row):
        bullet = len(cells) == 1 and len(cells[0]) == 1 and _is_mark(before.text)
        if word.left - before.right >= _CELL_GAP * max(before.size, word.size) and not bullet and not stretched:
            cells.append([])
        cells[-1].append(word.text)
    texts = tuple(" ".join(cell) for cell in cells)
    size = max(row, key=lambda word: word.right - word.left).size
    lead = row[0].right - row[0].left
    return Line(" ".join(texts), row[0].left, min(w.bottom for w in row), max(w.right for w in row), size, lead, texts if len(texts) > 1 else ())


def _is_stretched(row: Row, edges: tuple[float, float]) -> bool:
    """Whether the row is a line of justified text with little in it: it goes to the right edge, and its gaps are alike and not between figures."""
    slack = 0.1 * row[0].size
    if len(row) < 2 or row[-1].right < edges[1] - slack or (len(row) == 2 and row[0].left > edges[0] + slack):
        return False
    gaps = [word.left - before.right for before, word in itertools.pairwise(row)]
    figures = [any(character.isdigit() for character in word.text) for word in row]
    apart = any(a and b for a, b in itertools.pairwise(figures)) or (len(row) == 2 and figures[1])
    return max(gaps) <= 1.5 * max(min(gaps), slack) and not apart


def _is_mark(text: str) -> bool:
    """Whether a word is the bullet or number of a list item."""
    return (len(text) == 1 and not text.isalnum()) or text == "o" or (len(text) <= 4 and text.endswith((".", ")")))
