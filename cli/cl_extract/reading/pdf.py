"""PDF: pages of words into a text of paragraphs, with the head and foot of the page as noise.

``pdfium`` gives the words in a process of its own, ``columns`` the lines in reading order; here lines become paragraphs again.
"""

from __future__ import annotations

import itertools
import json
import re
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from cl_extract.errors import InputError
from cl_extract.model import Document
from cl_extract.reading import pdfium
from cl_extract.reading.columns import Line, Word, reading_order, rows_of
from cl_extract.reading.document import Composer, compose
from cl_extract.reading.layout import Shape
from cl_extract.reading.noise import is_dateline
from cl_extract.reading.wording import ends_sentence, worded, words

_TIME_LIMIT = 60  # seconds by the clock; the process has a shorter limit of its own on the time that it computes
_EDGE = 0.12  # of the height of the text: where heads and feet stand
_SAME_SIZE = 1.08
_WIDEST_LEADING = 1.35
_SPACE = 0.35  # the width of a space and a little, as programs that set text do not fill a line to the last point
_INDENT = 0.4  # in sizes
_HEADLINE = 1.2  # in sizes of the body
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\s]*", re.IGNORECASE)
_BULLET = re.compile(r"[•●▪▫◦‣⁃∙·■□○►➤✓]|[-–*o](?=\s)|\(?\d{1,2}[.)]\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_FIRST_WORD, _LAST_WORD = re.compile(r"^\w*"), re.compile(r"\w*$")
_OPENS_WORD = re.compile(r"[£€$]?\w")
_DIGITS = re.compile(r"\d+")
_LETTERS = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        # The bullets of the Symbol and Wingdings fonts.
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf071", "•"),
    }
)
_SOFT_HYPHEN = "\xad"
# Where a word is divided at the end of a line, what stands before and after the hyphen tells whether it is written with one.
_FIRST_OF_TWO = words(
    """anti cross half high long low mid multi non self semi short well county drug class gang knife plain first second third one two three four five
    six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety"""
)
_BETWEEN = words("a and at by for in of on the to")
_LAST_OF_TWO = words(
    """based bike bikes cigarettes day days fuelled half hour hours led line lines long mail month months mortem old operate operated operating
    operation operative ordinate ordinated ordinating ordinator out partner related scooter scooters strong term up week weeks year years"""
)
_ENDINGS = words("al ed en er es est ful ing ish less ly ness s ster teen teenth tieth ty")

_FAULTS = {
    "missing": "is a PDF, and the reader of PDFs is not installed; pip install 'cl-extract[pdf]'",
    "encrypted": "is a PDF that is locked with a password; save it without one",
    "broken": "is a PDF, and broken; get it again or save it anew",
    "pages": f"is a PDF of more than {pdfium.MOST_PAGES} pages; split it into releases",
    "characters": f"is a PDF of more than {pdfium.MOST_CHARACTERS:,} characters; split it into releases",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: its words without those of its head and foot, which are ``noise``; ``is_picture`` where it shows pictures and no text."""

    columns: list[list[Line]]
    noise: list[str]
    is_picture: bool
    is_broken: bool


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; ``full`` tells that the last one had no room for the word that might follow."""

    page: int
    lines: list[Line] = field(default_factory=list)


def read_pdf(data: bytes) -> Document:
    """The document in the bytes of a PDF. Raises InputError where it is broken, locked, without text or beyond the limits of size and time."""
    pages = _without_edges(_pages(data))
    if not any(page.columns for page in pages):
        if any(page.is_picture for page in pages):
            raise InputError("is a PDF of pictures without text, such as a scan; put it through text recognition first, for example ocrmypdf")
        raise InputError("is a PDF without text; give the text of the release")
    composer = Composer()
    paragraphs = _paragraphs(pages)
    known = frozenset(word for page in pages for column in page.columns for line in column for word in _WORD.findall(line.text.lower()))
    body = _body_size(paragraphs)
    title = _title(paragraphs, body)
    for i, paragraph in enumerate(paragraphs):
        _add(composer, paragraph, body, known, is_title=paragraph is title)
        following = paragraphs[i + 1].page if i + 1 < len(paragraphs) else len(pages)
        for page in pages[paragraph.page : following]:
            for text in page.noise:
                composer.add(text, Shape.NOISE, reason="metadata")
    unread = [number for number, page in enumerate(pages, 1) if page.is_picture]
    broken = [number for number, page in enumerate(pages, 1) if page.is_broken]
    warnings = [f"page {number} is a picture and not read; put it through text recognition first" for number in unread]
    warnings += [f"page {number} is broken and not read" for number in broken]
    return compose(composer.text, composer.pieces, "pdf", "utf-8", warnings=tuple(warnings))


def _pages(data: bytes) -> list[tuple[float, float, bool, list[Word]] | None]:
    """Width, height, whether there are pictures, and the words of each page; None for one that is broken."""
    program = [sys.executable, "-P", pdfium.__file__]
    try:
        done = subprocess.run(program, input=data, capture_output=True, timeout=_TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(f"is a PDF that takes more than {_TIME_LIMIT} s to read; save it anew or give its text") from None
    except OSError as error:
        raise InputError(f"is a PDF, and the process that reads it could not be started ({error.strerror}); give its text") from None
    pages: list[tuple[float, float, bool, list[Word]] | None] = []
    for line in done.stdout.splitlines():
        if done.returncode:
            break
        told = json.loads(line)
        if isinstance(told, list):
            width, height, pictures, words = told
            pages.append((width, height, pictures, [Word(_clean(word[0]), *word[1:]) for word in words]))
        elif told["fault"] == "page":
            pages.append(None)
        else:
            raise InputError(_FAULTS[told["fault"]])
    if done.returncode:
        raise InputError("is a PDF that cannot be read within the limits of memory and time; save it anew or give its text")
    text = "".join(word.text for page in pages if page for word in page[3])
    if sum(not c.isprintable() or c == "\ufffd" for c in text) * 5 > len(text):
        raise InputError("is a PDF whose letters cannot be told (its fonts do not say what they show); give the text of the release")
    return pages


def _clean(text: str) -> str:
    text = text.translate(_LETTERS)
    return text[:-1].replace(_SOFT_HYPHEN, "") + text[-1:] if _SOFT_HYPHEN in text else text


def _edges(words: Sequence[Word]) -> list[tuple[str, bool, list[Word]]]:
    """The lines near the top and the foot of a page, each with whether it is near the top."""
    bottom, top = min(word.bottom for word in words), max(word.top for word in words)
    depth = _EDGE * (top - bottom)
    rows = [row for row in rows_of(words) if row[0].bottom > top - depth or row[0].top < bottom + depth]
    return [(" ".join(word.text for word in row), row[0].bottom > top - depth, row) for row in rows]


def _without_edges(pages: Sequence[tuple[float, float, bool, list[Word]] | None]) -> list[_Page]:
    """The pages without page numbers and without lines that stand at the top or the foot of several; a head is kept where it stands first."""
    edges = [_edges(page[3]) if page and page[3] else [] for page in pages]
    counts = Counter(key for found in edges for key in {(_DIGITS.sub("#", text), high) for text, high, _ in found})
    made = []
    seen: set[str] = set()
    for page, found in zip(pages, edges, strict=True):
        if page is None:
            made.append(_Page([], [], is_picture=False, is_broken=True))
            continue
        noise: list[str] = []
        dropped: set[int] = set()
        for text, high, row in found:
            key = _DIGITS.sub("#", text)
            numbered = _PAGE_NUMBER.fullmatch(text) is not None
            if not numbered and (counts[key, high] < 2 or (high and key not in seen)):
                seen.add(key)
                continue
            noise.append(text)
            dropped.update(map(id, row))
        words = [word for word in page[3] if id(word) not in dropped]
        made.append(_Page(reading_order(words), noise, is_picture=page[2] and not page[3], is_broken=False))
    return made


def _paragraphs(pages: Sequence[_Page]) -> list[_Paragraph]:
    made: list[_Paragraph] = []
    right_before = 0.0
    for number, page in enumerate(pages):
        for column in page.columns:
            rights = _rights(column)
            leading = _leading(column)
            for i, line in enumerate(column):
                if i:
                    header = number == 0 and len(made[-1].lines) == 1
                    goes_on = not (header and _ends_header(column[i - 1], line)) and _goes_on(
                        column[i - 1], line, rights[_rounded(line.size)], leading
                    )
                else:
                    goes_on = bool(made) and _runs_over(made[-1].lines[-1], line, right_before)
                if goes_on:
                    made[-1].lines.append(line)
                else:
                    made.append(_Paragraph(number, [line]))
            right_before = rights[_rounded(column[-1].size)]
    return made


def _rounded(size: float) -> int:
    return round(size * 2)


def _rights(column: Sequence[Line]) -> dict[int, float]:
    """The right edge of the text of each size."""
    rights: dict[int, list[float]] = {}
    for line in column:
        rights.setdefault(_rounded(line.size), []).append(line.left if line.cells else line.right)
    return {size: max(every) for size, every in rights.items()}


def _leading(column: Sequence[Line]) -> float:
    """How far apart lines of one paragraph stand, in sizes: the usual distance, or less where most lines are paragraphs."""
    pairs = [(a, b) for a, b in itertools.pairwise(column) if _alike(a, b) and a.bottom > b.bottom]
    steps = [(a.bottom - b.bottom) / b.size for a, b in pairs]
    going_on = [step for step, (_, b) in zip(steps, pairs, strict=True) if b.text[0].islower()]
    return statistics.median(going_on or steps or [1.2])


def _alike(first: Line, second: Line) -> bool:
    return max(first.size, second.size) <= _SAME_SIZE * min(first.size, second.size)


def _goes_on(before: Line, line: Line, right: float, leading: float) -> bool:
    """Whether a line goes on the one above it in the column: it stands close, and the one above was full or broke off."""
    if not _alike(before, line) or before.cells or line.cells or _BULLET.match(line.text):
        return False
    if before.bottom - line.bottom > _WIDEST_LEADING * leading * line.size:
        return False
    if _is_indented(before, line):
        return False
    return _is_full(before, line, right) or (line.text[0].islower() and not _closes(before.text))


def _ends_header(before: Line, line: Line) -> bool:
    """Whether the line above is the date of the release, and the text begins here."""
    if not is_dateline(worded(before.text), header=True):
        return False
    prose = sum(word.isalpha() and word.islower() for word in line.text.split()) >= 3
    return prose or not is_dateline(worded(f"{before.text} {line.text}"), header=True)


def _is_indented(before: Line, line: Line) -> bool:
    """Whether the line opens a paragraph by standing in from the one above, and neither goes on a list item nor is centred below it."""
    inwards, shorter = line.left - before.left, before.right - line.right
    return inwards > _INDENT * line.size and abs(inwards - shorter) > _INDENT * line.size and not _BULLET.match(before.text)


def _runs_over(before: Line, line: Line, right: float) -> bool:
    """Whether the first line of a column goes on the last one of the column or page before it."""
    if not _alike(before, line) or before.cells or line.cells or _BULLET.match(line.text) or _closes(before.text):
        return False
    return line.text[0].islower() or _is_full(before, line, right)


def _is_full(before: Line, line: Line, right: float) -> bool:
    """Whether the first word of the line had no room at the end of the one before."""
    return before.right + line.lead + _SPACE * line.size > right


def _closes(text: str) -> bool:
    return ends_sentence(text[-12:]) or text[-1] in ":;"


def _body_size(paragraphs: Sequence[_Paragraph]) -> float:
    """The size of most of the text."""
    sizes: Counter[int] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            sizes[_rounded(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] / 2


def _title(paragraphs: Sequence[_Paragraph], body: float) -> _Paragraph | None:
    """The largest paragraph of the first page, where it is larger than the body and more than a label; None where there is none."""
    large = [
        paragraph
        for paragraph in paragraphs
        if paragraph.page == 0 and paragraph.lines[0].size >= _HEADLINE * body and 4 <= sum(len(line.text.split()) for line in paragraph.lines) <= 40
    ]
    return max(large, key=lambda paragraph: paragraph.lines[0].size, default=None)


def _add(composer: Composer, paragraph: _Paragraph, body: float, known: frozenset[str], *, is_title: bool) -> None:
    first = paragraph.lines[0]
    if first.cells:
        composer.add_row([[cell] for cell in first.cells])
        return
    text = ""
    for line in paragraph.lines:
        text = _joined(text, line.text, known)
    large = first.size >= _HEADLINE * body and len(text.split()) <= 25
    composer.add(text, Shape.TITLE if is_title else Shape.HEADING if large else Shape.PARAGRAPH)


def _joined(text: str, line: str, known: frozenset[str]) -> str:
    """The text with the line after it: a word that was divided is made whole, and one that is written with a hyphen keeps it."""
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + line
    if not text.endswith(("-", "\u2010")) or not _OPENS_WORD.match(line) or not text[-2:-1].strip():
        return f"{text} {line}" if text else line
    return (text[:-1] if _is_divided(text[:-1].rsplit(maxsplit=1)[-1], line.split(maxsplit=1)[0], known) else text) + line


def _is_divided(head: str, tail: str, known: frozenset[str]) -> bool:
    """Whether head and tail are one word: as the rest of the document writes it, else as such words are written."""
    first, last = _LAST_WORD.findall(head)[0].lower(), _FIRST_WORD.findall(tail)[0]
    if not first.isalpha() or not last.islower():
        return False
    if first + last in known or last in _ENDINGS:
        return True
    compound = first in _FIRST_OF_TWO or last in _LAST_OF_TWO or ("-" in head and first in _BETWEEN)
    return f"{first}-{last}" not in known and not compound
