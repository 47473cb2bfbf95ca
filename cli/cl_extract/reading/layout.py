"""The parts of a release out of its lines: title, dateline, lead, headings, paragraphs, list items and what is noise.

It works in two steps. ``split_lines`` cuts plain text or Markdown into pieces (a paragraph whose lines were wrapped is one piece, each list
item is one); ``markup`` makes the same pieces out of a page. ``to_blocks`` then tells what each piece is from what it says and where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from cl_extract.expressions import IGNORECASE, compiled
from cl_extract.model import Block, BlockKind
from cl_extract.reading.noise import (
    is_appeal,
    is_code,
    is_comment_sign,
    is_dateline,
    is_link_line,
    is_promotion,
    is_sale,
    noise_reason,
    opens_comments,
    opens_header,
    opens_related,
)
from cl_extract.reading.tables import Cells, name_columns, split_cells
from cl_extract.reading.wording import ends_sentence, plain, word_count, worded
from cl_extract.value import replace, value

# All that str.isspace knows, and the marks of no width that pages are strewn with.
SPACE = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
_HEADER_PIECES = 25  # How far down a title is looked for.
_LONGEST_TITLE = 220
_LONGEST_PROSE = 4000  # How far a paragraph is looked at to tell that it is one.
_LONGEST_BOX = 14  # Links to other stories inside an article are no more than this.
_NARROWEST_WRAP = 40
_WRAP_WIDTH = 120  # Wrapped text is no wider than this.

# What a line is by the marks that it opens with, or is made of: a rule, a fence, a bullet that stands by itself, or one before words.
_MARKS = compiled(
    r"(?P<rule>(?:[-_*=~#.\u2014\u2013][ \t]*+){3,}+$)"
    r"|(?P<fence>(?:`{3,}|~{3,})\s*\w*$)"
    r"|(?P<bare>(?:[•●▪▫◦‣⁃∙·■○►➤✓✔*+–-]|\(?\d{1,2}[.)])$)"
    r"|(?P<bullet>(?:[•●▪▫◦‣⁃∙·■□○►▶➤➢✓✔✅◆◇*+–-]|o(?=\t| {2}))[ \t\xa0]+(?=\S)|[•●▪◦‣⁃∙■►➤➢✓✔◆](?=\S)"
    r"|(?:\(?\d{1,2}[.)]|\([a-z]{1,4}\)|[a-z]\))[ \t\xa0]+(?=\S))"
)
_GLUED_BULLET = compiled(r"[-–—*+·](?=[^\s\-–—*+·])|—[ \t\xa0]+(?=\S)")
_ARCHIVE_DATE = compiled(r"date[ \t]+\d{4}(?:-\d{2}(?:-\d{2})?)?(?=\s|$)")
_TITLE_FIELD = compiled(r"(?:title|headline|subject)[ \t]*:[ \t]*(?=\S)", IGNORECASE)
_FUNCTION_WORD = compiled(
    r"(?:and|or|of|the|in|to|for|with|that|which|who|by|at|on|from|as|a|an|is|was|were|are|had|has|have|been|than|its|their|his|her)\b"
)
_COUNT = compiled(r"[£€$]?\d[\d,.]*(?:[km]|kg|g)?\+?")

_ROW = compiled(r":[ \t]*+[£€$]?\d[\d,.]*+$")

_HEADING_MARK = compiled(r"#{1,6}[ \t]+|#{2,6}(?=[A-Z])")
_QUOTE_MARK = compiled(r"(?:>[ \t]?)+")
_TABLE_RULE = frozenset("|:- \t")
_IMAGE = compiled(r"!\[[^\[\]]*\]\([^()]*\)\\?")
_LINK = compiled(r"\[[^\[\]]*\]\([^()]*\)")
_EMPHASIS = compiled(r"(\*{1,3}|_{1,3})(?=\S)")
_ROUND = frozenset((*SPACE, *"*_"))  # what may stand round the words of a piece and be no part of them

_SPEECH_LEAD = compiled(
    r"\b(?:said|says|added|adds|told [\w ]{1,40}|tweeted|posted|wrote|explained|continued|commented|stated|warned|statement|asked|concluded|urged|"
    r"praised|reads?)\s*:$",
    IGNORECASE,
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|millions?"
)
_FIGURE_START = compiled(
    r"(?:(?:more than|over|nearly|almost|around|about|approximately|at least|up to|some|just over|just under|an estimated|in excess of|close to|"
    rf"a total of|an? further|upwards of|roughly)\s+)?(?:[£€$]?\d|(?:{_NUMBERS}|a hundred|a dozen|half)\b)",
    IGNORECASE,
)
_KEY_VALUE = compiled(r"[^\W\d_][^:]{1,60}:\s*[£€$]?\d[\d,.]*\S{0,6}(?:\s+\S+){0,4}")
_SENTENCE_WORD = compiled(r"\b(?:was|were|has|have|had|been|is|are|will|be|the|an|a(?!\.))\b", IGNORECASE)  # which headlines leave out
_INNER_STOP = compiled(r"[.!?] (?=[A-Z“])")
_LABEL = compiled(
    r"(?:latest|breaking) news|news release|press release|media release|news story|\bphotos?:|\bpic(?:ture)?s?:|\bimage\b|@|https?:|www\.",
    IGNORECASE,
)
_NUMBER_WORD = compiled(rf"(?<!\w)\d|\b(?:{_NUMBERS})\b", IGNORECASE)
_NOTES = compiled(r"\W*(?:notes? (?:to|for) (?:the )?editors?|editors?'?s? notes?)\b", IGNORECASE)
_THOUGHTS = compiled(r"(?:one|\d+) thoughts? on\b", IGNORECASE)
_PLACE = compiled(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}(?:, [A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})?")


class Shape(StrEnum):
    """What the marks round a piece say it is, before its words are looked at."""

    PARAGRAPH = "paragraph"
    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CAPTION = "caption"
    DATELINE = "dateline"
    NOISE = "noise"


@value(frozen=True, slots=True)
class Piece:
    """A stretch of text that is one paragraph, line or list item: its span, its shape, and the run of lines (``chunk``) it stands in.

    ``indent`` and ``mark`` are those of a list item. ``strong`` marks a piece wholly in bold. ``reason`` is that of a NOISE piece. ``cells`` are
    those of a table row, and ``table`` is the number of its table.
    """

    start: int
    end: int
    shape: Shape = Shape.PARAGRAPH
    chunk: int = 0
    indent: int = 0
    mark: str = ""
    strong: bool = False
    reason: str = ""
    cells: Cells = ()
    table: int = 0

    def moved(self, by: int, chunk: int) -> Piece:
        """The same ``by`` characters further on, in another run of lines."""
        cells = tuple((start + by, end + by) for start, end in self.cells)
        return Piece(self.start + by, self.end + by, self.shape, chunk, self.indent, self.mark, self.strong, self.reason, cells, self.table)


@value(frozen=True, slots=True)
class _Line:
    """A line without the white space round it; ``blank`` tells that a blank line stands before it."""

    start: int
    end: int
    indent: int
    blank: bool
    quoted: bool


def split_lines(text: str, start: int, end: int, *, markdown: bool, wrapped: bool = True) -> list[Piece]:
    """The pieces of ``text[start:end]``, in order. ``wrapped`` false says that every line break is meant (as in a page)."""
    lines = _lines(text, start, end)
    width = _wrap_width(text, lines) if wrapped else None
    glued = _glued_bullets(text, lines)
    pieces: list[Piece] = []
    chunk = 0
    pending = ""  # a bullet that stands on a line of its own
    for i, line in enumerate(lines):
        fresh = line.blank or (i > 0 and line.quoted != lines[i - 1].quoted)
        chunk += fresh
        marks = _MARKS.match(text, line.start, line.end)
        made_of = marks.lastgroup if marks else None
        if made_of == "rule":
            _add_rule(pieces, line, text[line.start], chunk, markdown=markdown and not line.blank)
            continue
        if markdown and made_of == "fence":
            continue
        if markdown and (mark := _marked(text, lines, i, chunk, pieces[-1] if pieces and not fresh else None)) is not None:
            pieces.extend(mark)
            continue
        if made_of == "bare" and i + 1 < len(lines) and (not lines[i + 1].blank or text[line.start] in "•●▪"):
            pending = text[line.start : line.end]
            continue
        bullet = marks if made_of == "bullet" else _GLUED_BULLET.match(text, line.start, line.end) if glued[i] else None
        mark_text = bullet.group() if bullet else pending
        pending = ""
        if not mark_text and not fresh and pieces and pieces[-1].chunk == chunk and _joins(text, pieces[-1], lines[i - 1], line, width):
            pieces[-1] = replace(pieces[-1], end=line.end)
            continue
        shape = Shape.ITEM if mark_text else Shape.QUOTE if line.quoted and markdown else Shape.PARAGRAPH
        kind = _kind_of_mark(mark_text) if mark_text else ""
        pieces.append(Piece(bullet.end() if bullet else line.start, line.end, shape, chunk, line.indent, kind))
    return [_finished(text, piece) for piece in pieces if piece.start < piece.end]


def _add_rule(pieces: list[Piece], line: _Line, mark: str, chunk: int, *, markdown: bool) -> None:
    """A line of nothing but rule marks: noise, or in Markdown the underline that makes the line above it a heading."""
    if markdown and mark in "=-" and pieces and pieces[-1].chunk == chunk and pieces[-1].shape is Shape.PARAGRAPH:
        pieces[-1] = replace(pieces[-1], shape=Shape.TITLE if mark == "=" else Shape.HEADING)
    else:
        pieces.append(Piece(line.start, line.end, Shape.NOISE, chunk, reason="metadata"))


def _marked(text: str, lines: Sequence[_Line], i: int, chunk: int, before: Piece | None) -> list[Piece] | None:
    """The piece of a Markdown heading or table row (none for the rule of a table), or None where the line is neither."""
    line = lines[i]
    here = text[line.start : line.end]
    ruled = i + 1 < len(lines) and not lines[i + 1].blank and "|" in here and _is_table_rule(text[lines[i + 1].start : lines[i + 1].end])
    if here[0] == "|" or ruled or ("|" in here and before is not None and before.cells):
        if _is_table_rule(here):
            return []
        first, last = line.start + (here[0] == "|"), line.end - (len(here) > 1 and here[-1] == "|" and here[-2] != "\\")
        cells = split_cells(text, first, last)
        first, last = _trim(text, first, last)
        return [Piece(first, last, Shape.HEADING if ruled else Shape.ROW, chunk, cells=cells, table=chunk)] if first < last else []
    heading = _HEADING_MARK.match(here)
    if heading is None:
        return None
    first, last = _unemphasised(text, line.start + heading.end(), line.start + len(here.rstrip("#" + SPACE)))
    shape = Shape.TITLE if heading.group().count("#") == 1 else Shape.HEADING
    return [Piece(first, last, shape, chunk)] if first < last else []


def _joins(text: str, before: Piece, previous: _Line, line: _Line, width: int | None) -> bool:
    """Whether the line belongs to the piece that the line before it ended."""
    if before.shape not in (Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE):
        return False
    if before.shape is Shape.ITEM and line.indent > before.indent and not _closes(text, previous):
        return True
    labelled = previous.blank and _COUNT.fullmatch(text, before.start, before.end) is not None and _labels(text, line)
    return labelled or _goes_on(text, previous, line, width)


def _kind_of_mark(mark: str) -> str:
    """The bullet, with all numbers alike and all letters alike."""
    mark = mark.strip(SPACE)
    return "1" if any(c.isdigit() for c in mark) else "a" if mark.endswith(")") else mark


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines: list[_Line] = []
    blank = True
    # Python alone ends a line at the separators of files, groups and records.
    for line in text[start:end].replace("\x1c", " ").replace("\x1d", " ").replace("\x1e", " ").splitlines(keepends=True):
        bare = line.strip(SPACE)
        opened, start = start, start + len(line)
        if not bare:
            blank = True
            continue
        first = opened if line[0] == bare[0] else opened + len(line) - len(line.lstrip(SPACE))
        last = first + len(bare)
        mark = _QUOTE_MARK.match(text, first, last) if bare[0] == ">" else None
        if mark:
            first, last = _trim(text, mark.end(), last)
        if first < last:
            lines.append(_Line(first, last, first - opened, blank, mark is not None))
        blank = first >= last
    return lines


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return start, end


def _is_table_rule(here: str) -> bool:
    return "-" in here and "|" in here and set(here) <= _TABLE_RULE


def _glued_bullets(text: str, lines: Sequence[_Line]) -> list[bool]:
    """For each line whether it opens with a bullet that no space follows ("-1.9 kg"); one alone is a minus, a footnote or emphasis."""
    marks = [text[line.start] if text[line.start] in "-–—*+·" and _GLUED_BULLET.match(text, line.start, line.end) else "" for line in lines]
    if not any(marks):
        return [False] * len(lines)
    # A line that closes the emphasis it opens ("*5 myths*") bears no bullet.
    marks = ["" if mark == "*" and text.count("*", line.start, line.end) % 2 == 0 else mark for mark, line in zip(marks, lines, strict=True)]
    return [
        bool(mark) and (mark == (marks[i - 1] if i else "") or mark == (marks[i + 1] if i + 1 < len(marks) else "")) for i, mark in enumerate(marks)
    ]


def _wrap_width(text: str, lines: Sequence[_Line]) -> int:
    """The width that the lines were wrapped to, or 0 where each line is a paragraph."""
    if len(lines) < 4:
        return 0
    width = max(line.end - line.start for line in lines)
    if width > _WRAP_WIDTH:
        return 0
    pairs = going_on = 0
    for previous, line in pairwise(lines):
        if not line.blank:
            pairs += 1
            going_on += text[line.start].islower() and not _closes(text, previous)
    return width if going_on >= 3 and going_on * 4 >= pairs else 0


def _closes(text: str, line: _Line) -> bool:
    return ends_sentence(text[max(line.start, line.end - 12) : line.end]) or text[line.end - 1] in ":;"


def _goes_on(text: str, previous: _Line, line: _Line, width: int | None) -> bool:
    """Whether the line goes on the one before it. ``width`` is that of ``_wrap_width``, or None where every line break is meant."""
    if width is None:
        return False
    if width >= _NARROWEST_WRAP:
        word = text[line.start : line.end].split(None, 1)[0]
        if previous.end - previous.start + 1 + len(word) > width:
            return True  # The word had no room on the line before.
    if _closes(text, previous) or not text[line.start].islower() or (_is_row(text, previous) and _is_row(text, line)):
        return False
    return width > 0 or previous.end - previous.start >= _NARROWEST_WRAP or _FUNCTION_WORD.match(text, line.start) is not None


def _is_row(text: str, line: _Line) -> bool:
    """Whether a line is a label and its figure: "Arrests: 126", "of which for fraud: 33"."""
    return text[line.end - 1].isdigit() and _ROW.search(text, line.start, line.end) is not None


def _labels(text: str, line: _Line) -> bool:
    """Whether the line may say what the number above it counts ("249", "arrests"): a few words, and no sentence."""
    here = text[line.start : line.end]
    return here[0].isalpha() and len(here) <= 60 and not _closes(text, line)


def _finished(text: str, piece: Piece) -> Piece:
    """The piece without the emphasis round it; one that is only an image or links is noise."""
    bare = text[piece.start] not in _ROUND and text[piece.end - 1] not in _ROUND and text.find("](", piece.start, piece.end) < 0
    if bare or piece.shape is Shape.NOISE:
        return piece
    start, end = _unemphasised(text, piece.start, piece.end)
    strong = start - piece.start >= 2 and piece.end - end >= 2
    here = text[piece.start : piece.end]
    if "](" in here and len(here) <= 4000:
        rest = _LINK.sub("", _IMAGE.sub("", here)).strip(SPACE + "|·•*_-–—>,/\\")
        if not rest:
            return replace(piece, shape=Shape.NOISE, reason="navigation")
    return replace(piece, start=start, end=end, strong=strong) if start < end else replace(piece, shape=Shape.NOISE, reason="metadata")


def _unemphasised(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks of emphasis that open at its start or close at its end."""
    start, end = _trim(text, start, end)
    if (match := _EMPHASIS.match(text, start, end)) and text.find(match.group(), match.end(), end) >= 0:
        mark = match.group()
        start = match.end()
        if end - start > len(mark) and text.endswith(mark, start, end):
            end -= len(mark)
    elif (
        end - start > 4 and text.endswith("**", start, end) and not text[end - 3].isspace() and text.rfind("**", max(start, end - 2000), end - 2) >= 0
    ):
        end -= 2
    return _trim(text, start, end)


def to_blocks(text: str, pieces: Sequence[Piece], *, titled: str | None = None) -> tuple[Block, ...]:
    """What each piece is. ``titled`` is the title where the header gives one: only a line that repeats it is then a title."""
    return _Reader(text, pieces, titled).blocks()


class _Reader:
    """One pass over the pieces of one document; ``kind`` and ``reason`` fill up as it goes."""

    def __init__(self, text: str, pieces: Sequence[Piece], titled: str | None) -> None:
        self.text = text
        self.pieces = _split_title_field(text, _split_archive_date(text, pieces))
        self.lines = [text[piece.start : piece.end] for piece in self.pieces]
        self.worded = [worded(line) for line in self.lines]
        self.counts = [word_count(line) for line in self.lines]
        self.stops = [ends_sentence(line) for line in self.lines]
        self.archived = bool(self.pieces) and _ARCHIVE_DATE.fullmatch(self.lines[0]) is not None
        self.titled = titled
        self.kind: list[BlockKind | None] = [None] * len(self.pieces)
        self.reason: list[str] = [""] * len(self.pieces)

    def blocks(self) -> tuple[Block, ...]:
        """The blocks, one a piece, in order."""
        self.prose = [self._is_prose(i) for i in range(len(self.pieces))]
        self._mark_given()
        self._mark_noise()
        self._mark_regions()
        self._mark_title()
        self._mark_datelines()
        self._mark_lists()
        self._mark_rest()
        return self._built()

    def _free(self, i: int) -> bool:
        return self.kind[i] is None

    def _set(self, i: int, kind: BlockKind, reason: str = "") -> None:
        self.kind[i] = kind
        self.reason[i] = reason

    def _noise(self, i: int, reason: str) -> None:
        self._set(i, BlockKind.NOISE, reason)

    def _is_prose(self, i: int) -> bool:
        """Whether the piece is a paragraph of sentences, not a headline, label or list line."""
        piece = self.pieces[i]
        if piece.shape not in (Shape.PARAGRAPH, Shape.QUOTE):
            return False
        line = self.lines[i]
        count = self.counts[i]
        if count >= 8 and (self.stops[i] or (line[-1] == ":" and _INNER_STOP.search(line[:_LONGEST_PROSE]))):
            return True
        return count >= 36 or (count >= 8 and line[0] == "“" and "”" not in line)

    def _mark_given(self) -> None:
        for i, piece in enumerate(self.pieces):
            if piece.shape is Shape.NOISE:
                self._noise(i, piece.reason or "metadata")
            elif piece.shape is Shape.QUOTE:
                self._set(i, BlockKind.BODY)
        if self.pieces and _ARCHIVE_DATE.fullmatch(self.lines[0]):
            self._set(0, BlockKind.DATELINE)

    def _mark_noise(self) -> None:
        """Lines that are noise by their own words."""
        notes = False
        header = self._header_end()
        for i, piece in enumerate(self.pieces):
            if not self._free(i):
                continue
            line = self.worded[i]
            notes = notes or (self.counts[i] <= 5 and _NOTES.match(line.plain) is not None)
            if piece.shape is Shape.TITLE:
                continue
            if self._is_dated_line(i, header):
                self._set(i, BlockKind.DATELINE)
            elif piece.cells:
                continue  # "Area | Arrests | Lines closed" is no menu
            elif reason := noise_reason(line.text):
                if not (reason == "metadata" and piece.shape is Shape.ITEM) and not (reason == "contact" and notes):
                    self._noise(i, reason)
            elif is_code(line.text):
                self._noise(i, "metadata")
            elif is_sale(line):
                self._noise(i, "advert")
            elif not notes and piece.shape is not Shape.HEADING and is_appeal(line):
                self._noise(i, "contact")

    def _header_end(self) -> int:
        """The index of the first paragraph of sentences; all before it is the head of the release."""
        for i, prose in enumerate(self.prose):
            if prose and not noise_reason(self.lines[i]) and not is_appeal(self.worded[i]) and not is_code(self.lines[i]):
                return i
        return len(self.pieces)

    def _is_dated_line(self, i: int, header: int) -> bool:
        piece = self.pieces[i]
        if piece.shape is Shape.HEADING or (self.prose[i] and not opens_header(self.worded[i])):
            return False
        if piece.cells and not (len(piece.cells) == 2 and any(_is_label(self.text[start:end]) for start, end in piece.cells)):
            return False  # "12 May 2024 | 14 | 3" tells of that day
        early = i <= header + 1 and (i < _HEADER_PIECES or self.archived)
        if piece.shape is Shape.DATELINE:
            return True
        return is_dateline(self.worded[i], header=early) and (early or piece.shape is not Shape.ITEM)

    def _mark_regions(self) -> None:
        """Boxes of several lines: adverts, links to other stories, cookie banners, and the comments at the end."""
        total = len(self.pieces)
        read = 0  # characters of article so far
        lefts = [0]  # characters of sentences from here on, from the end
        for i in range(total - 1, -1, -1):
            lefts.append(lefts[-1] + (len(self.lines[i]) if self.prose[i] else 0))
        closed = False
        i = 0
        while i < total:
            line = self.lines[i]
            left = lefts[total - 1 - i]
            if self.prose[i] and self.kind[i] is not BlockKind.NOISE:
                read += len(line)
            closed = closed or (read > left and (self.reason[i] == "contact" or (self.reason[i] == "metadata" and "end" in line.lower())))
            if self.kind[i] is BlockKind.NOISE and self.reason[i] in ("advert", "cookies"):
                i = self._box_after(i, self.reason[i])
            elif len(line) <= 250 and opens_comments(self.worded[i]) and (not self.prose[i] or _THOUGHTS.match(line)):
                self._noise(i, "comments")
                if read and (self._has_comment_signs(i) or left == 0 or (left <= read and self.counts[i] > 1)):
                    for j in range(i + 1, total):
                        if self.kind[j] is not BlockKind.NOISE:
                            self._noise(j, "comments")
                    return
                i += 1
            elif len(line) <= 250 and not self.prose[i] and self.kind[i] in (None, BlockKind.NOISE) and opens_related(self.worded[i]):
                self._noise(i, "related")
                if self._is_awaited(i):
                    i += 1
                    continue
                i = self._links_after(i, closed=closed, ending=read > 3 * left, started=read > 0)
            else:
                i += 1

    def _has_comment_signs(self, i: int) -> bool:
        return any(is_comment_sign(self.worded[j]) for j in range(i + 1, min(i + 9, len(self.pieces))))

    def _box_after(self, i: int, reason: str) -> int:
        """Mark the lines that belong to the advert or banner at ``i``; the index after them."""
        chunk = self.pieces[i].chunk
        j = i + 1
        while j < len(self.pieces) and self.pieces[j].chunk == chunk and self.kind[j] in (None, BlockKind.NOISE):
            line = self.lines[j]
            if opens_related(self.worded[j]) or opens_comments(self.worded[j]):
                break
            if self.kind[j] is None:
                label = self.counts[j] <= (3 if reason == "advert" else 6) and not self.prose[j] and not any(c.isdigit() for c in line)
                if not (label or (reason == "advert" and is_promotion(self.worded[j]))):
                    break
                self._noise(j, reason)
            j += 1
        if reason == "advert" and j == i + 1 and j < len(self.pieces) and self._free(j) and self.counts[i] <= 2 and is_promotion(self.worded[j]):
            self._noise(j, "advert")
            j += 1
        return j

    def _links_after(self, i: int, *, closed: bool, ending: bool, started: bool) -> int:
        """Mark the short lines after the head of a box of links; the index of the first that is the article again.

        ``closed`` tells that the release has come to its end, ``ending`` that most of it has been read, ``started`` that some of it has: before
        that a box ends with its chunk.
        """
        chunk = self.pieces[i].chunk
        single = is_link_line(self.worded[i])
        j = i + 1
        while j < len(self.pieces) and (closed or ending or j - i <= _LONGEST_BOX):
            line = self.lines[j]
            same = self.pieces[j].chunk == chunk
            if opens_related(self.worded[j]) or opens_comments(self.worded[j]):
                break
            if self.kind[j] is not BlockKind.NOISE:
                if not same and (single or not started):
                    break
                if self.pieces[j].shape in (Shape.TITLE, Shape.HEADING, Shape.QUOTE) or line.endswith(":"):
                    break
                if self.prose[j] and (same or single or not ((closed and not self._resumes(j)) or (ending and self._is_teaser(j)))):
                    break
            j += 1
        if not started and j < len(self.pieces) and self.pieces[j].chunk == chunk:
            return i + 1  # The head of the page in one run of lines: the next may be the title.
        for k in range(i + 1, j):
            if self.kind[k] is not BlockKind.NOISE:
                self._noise(k, "related")
        return j

    def _is_teaser(self, j: int) -> bool:
        """Whether the paragraph at ``j`` is followed by another headline, as the first sentence of a story under its link is."""
        after = next((k for k in range(j + 1, min(len(self.pieces), j + 4)) if self.kind[k] is not BlockKind.NOISE), None)
        return after is not None and self.pieces[after].shape is Shape.PARAGRAPH and not self.prose[after] and self.counts[after] <= 25

    def _is_awaited(self, i: int) -> bool:
        """Whether a list of the article goes on after the head of the box at ``i``: its lead-in or its last item stands right before."""
        before = next((j for j in range(i - 1, max(-1, i - 6), -1) if self.kind[j] is not BlockKind.NOISE), None)
        after = next((j for j in range(i + 1, min(len(self.pieces), i + 6)) if self.kind[j] is not BlockKind.NOISE), None)
        if before is None or after is None or self.pieces[after].shape is not Shape.ITEM:
            return False
        return self.lines[before].endswith(":") or (self.pieces[before].shape is Shape.ITEM and self.pieces[before].mark == self.pieces[after].mark)

    def _resumes(self, j: int) -> bool:
        """Whether at least two paragraphs of sentences stand in a row from ``j`` on."""
        return self.prose[j] and j + 1 < len(self.pieces) and self.prose[j + 1]

    def _mark_title(self) -> None:
        given = [i for i, piece in enumerate(self.pieces) if piece.shape is Shape.TITLE and self._free(i)]
        wanted = fold(self.titled) if self.titled else None
        if given:
            chosen = next((i for i in given if fold(self.lines[i]) == wanted), given[0])
            self._set(chosen, BlockKind.TITLE)
        elif wanted:
            for i in range(min(len(self.pieces), _HEADER_PIECES)):
                if self._free(i) and fold(self.lines[i]) == wanted:
                    self._set(i, BlockKind.TITLE)
                    break
        elif (found := self._headline()) is not None:
            self._set(found, BlockKind.TITLE)

    def _headline(self) -> int | None:
        """The first line that reads like a headline, before the first paragraph of sentences."""
        spare: int | None = None
        for i in range(min(len(self.pieces), _HEADER_PIECES)):
            if not self._free(i) or self.pieces[i].cells or self.pieces[i].shape in (Shape.ITEM, Shape.ROW, Shape.CAPTION):
                continue
            if self._stopped_headline(i):
                return i if spare is None else spare
            asking = self.lines[i][-1] in "?!" and self.counts[i] <= 20 and not _INNER_STOP.search(self.lines[i])
            if self.prose[i] and not asking:
                if self.archived and i == 1:
                    continue  # The archive puts the page's description before its title.
                break
            if self.lines[i][-1] == ":" and self.counts[i] >= 6:
                break
            score = self._headline_score(i)
            if self.archived and i == 2 and self.prose[1]:
                another = i + 1 < len(self.pieces) and not self.prose[i + 1] and self._headline_score(i + 1) >= 1
                return i if score >= 2 and another else None
            if score >= 2:
                return i
            if score >= 1 and spare is None:
                spare = i
        return spare

    def _stopped_headline(self, i: int) -> bool:
        """Whether the sentence at ``i`` is a headline that ends with a full stop: short, terse, and a paragraph of its own before a longer one."""
        line = self.lines[i]
        if (
            not self.stops[i]
            or not 4 <= self.counts[i] <= 12
            or len(line) > 80
            or _SENTENCE_WORD.search(line)
            or _INNER_STOP.search(line)
            or line[0] in '“"‘'
        ):
            return False
        after = next((j for j in range(i + 1, min(i + 6, len(self.pieces))) if self._free(j)), None)
        alone = after is not None and (self.pieces[after].chunk != self.pieces[i].chunk or (self.archived and i == 1))
        return after is not None and alone and len(self.lines[after]) > len(line)

    def _headline_score(self, i: int) -> int:
        line = self.lines[i]
        count = self.counts[i]
        stopped = line[-1] in ":;,." or (self.stops[i] and line[-1] not in "?!")
        if count < 3 or len(line) > _LONGEST_TITLE or stopped or not any(c.isalpha() for c in line):
            return -1
        words = line.split()
        score = 1 if count >= 4 else 0
        score += count >= 6
        score += _NUMBER_WORD.search(line) is not None
        score += any(word[0].islower() and len(word) >= 4 for word in words)
        letters = [c for c in line if c.isalpha()]
        if all(c.isupper() for c in letters):
            score -= 2
        if _LABEL.search(plain(line)):
            score -= 3
        return score

    def _mark_datelines(self) -> None:
        """A place under a date ("Moncton, New Brunswick") belongs to the dateline."""
        for i in range(1, len(self.pieces)):
            same = self.pieces[i].chunk == self.pieces[i - 1].chunk and not (i == 1 and self.archived)
            line = self.lines[i]
            if not self._free(i) or not same or self.kind[i - 1] is not BlockKind.DATELINE or i >= _HEADER_PIECES:
                continue
            if _PLACE.fullmatch(line) and ("," in line or not line.isupper()):
                self._set(i, BlockKind.DATELINE)

    def _mark_lists(self) -> None:
        for i, piece in enumerate(self.pieces):
            if self._free(i) and piece.shape in (Shape.ITEM, Shape.ROW):
                self._set(i, BlockKind.LIST)
        i = 0
        while i < len(self.pieces):
            if self.kind[i] not in (None, BlockKind.BODY, BlockKind.TITLE) or self.pieces[i].shape is Shape.ITEM:
                i += 1
                continue
            line = self.lines[i]
            if line.endswith((":", ":-", ": -")) and not _SPEECH_LEAD.search(line[-60:]):
                run = self._listed_after(i)
                for j in run:
                    self._set(j, BlockKind.LIST)
                i = run[-1] + 1 if run else i + 1
                continue
            run = self._figures_from(i)
            for j in run:
                self._set(j, BlockKind.LIST)
            i = run[-1] + 1 if run else i + 1

    def _listed_after(self, i: int) -> list[int]:
        """The lines that the paragraph ending in a colon leads in, where no bullet marks them: short, and no sentences."""
        run: list[int] = []
        j = i + 1
        while j < len(self.pieces):
            if self.kind[j] is BlockKind.NOISE:
                j += 1
                continue
            line = self.lines[j]
            if not self._free(j) or self.pieces[j].shape is not Shape.PARAGRAPH or len(line) > 220 or line.endswith(":"):
                break
            if line[0] in '“"' or self.pieces[j].strong:
                break
            closing = bool(run) and self.lines[run[-1]].endswith((";", ",", " and", " or"))
            last = bool(run) and not self.stops[run[-1]] and 2 * len(line) <= 3 * max(len(self.lines[k]) for k in run[-3:])
            if self.stops[j] and not closing and (not last or _INNER_STOP.search(line)):
                # Items that end with a full stop each are told from sentences by their figures.
                same = self.pieces[j].chunk == self.pieces[i].chunk and (not run or self.stops[run[-1]])
                if not same or len(line) > 110 or _FIGURE_START.match(line) is None or _INNER_STOP.search(line):
                    break
            run.append(j)
            if self.stops[j] and (closing or last):
                break
            j += 1
        return run if len(run) >= 2 else []

    def _figures_from(self, i: int) -> list[int]:
        """Three lines or more in a row that each open with a figure and are no sentences, or name a thing and its number."""
        run: list[int] = []
        j = i
        while j < len(self.pieces) and self._free(j) and self.pieces[j].shape is Shape.PARAGRAPH:
            line = self.lines[j]
            if len(line) > 160 or line[-1] == ":":
                break
            if not (":" in line and _KEY_VALUE.fullmatch(line)) and (self.stops[j] or not _FIGURE_START.match(line)):
                break
            run.append(j)
            j += 1
        return run if len(run) >= 3 or (len(run) == 2 and all(_KEY_VALUE.fullmatch(self.lines[j]) for j in run)) else []

    def _mark_rest(self) -> None:
        title = next((i for i, kind in enumerate(self.kind) if kind is BlockKind.TITLE), -1)
        led = False
        for i, piece in enumerate(self.pieces):
            if not self._free(i):
                continue
            line = self.lines[i]
            count = self.counts[i]
            if piece.shape in (Shape.HEADING, Shape.TITLE):
                self._set(i, BlockKind.HEADING)
            elif (
                not led
                and (i > title or self.archived)
                and (self.prose[i] or (piece.strong and count >= 10) or count >= 26 or (self.stops[i] and count >= 5))
            ):
                self._set(i, BlockKind.LEAD)
                led = True
            elif (
                piece.shape is not Shape.CAPTION
                and count <= 12
                and len(line) <= 110
                and not self.stops[i]
                and line[-1] not in ":;,"
                and not line[0].islower()
            ):
                self._set(i, BlockKind.HEADING)
            else:
                self._set(i, BlockKind.BODY)

    def _columns(self) -> dict[int, int | None]:
        """For each row of each table that is no noise, the row that names its columns."""
        tables: dict[int, list[int]] = {}
        for i, piece in enumerate(self.pieces):
            if piece.cells and self.kind[i] is not BlockKind.NOISE:
                tables.setdefault(piece.table, []).append(i)
        columns: dict[int, int | None] = {}
        for rows in tables.values():
            marked = [self.pieces[i].shape is Shape.HEADING for i in rows]
            named = name_columns(self.text, [self.pieces[i].cells for i in rows], marked)
            columns.update((i, None if at is None else rows[at]) for i, at in zip(rows, named, strict=True))
        return columns

    def _built(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        columns = self._columns()
        intro: int | None = None
        open_items: list[tuple[int, int, str]] = []  # block index, indent and mark of the items that lead in others
        for i, piece in enumerate(self.pieces):
            kind = self.kind[i] or BlockKind.BODY
            if kind is BlockKind.LIST:
                while open_items and (open_items[-1][1] > piece.indent or (open_items[-1][1] == piece.indent and open_items[-1][2] == piece.mark)):
                    open_items.pop()
                lead_in = open_items[-1][0] if open_items else intro
                blocks.append(Block(piece.start, piece.end, kind, lead_in, cells=piece.cells, columns=columns.get(i)))
                if self.text[piece.end - 1] == ":":
                    open_items.append((len(blocks) - 1, piece.indent, piece.mark))
                continue
            if piece.cells and kind is not BlockKind.NOISE:
                blocks.append(Block(piece.start, piece.end, kind, cells=piece.cells, columns=columns.get(i)))
                continue
            if kind in (BlockKind.LEAD, BlockKind.BODY, BlockKind.HEADING) or (kind is BlockKind.TITLE and self.text[piece.end - 1] == ":"):
                intro = len(blocks)
                open_items.clear()
            blocks.append(Block(piece.start, piece.end, kind, None, self.reason[i]))
        return tuple(blocks)


def _is_label(cell: str) -> bool:
    """Whether a cell is words without a number."""
    return any(c.isalpha() for c in cell) and not any(c.isdigit() for c in cell)


def _split_archive_date(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with "date 2021-10-25" at the very start, as web archives put it before the text, a piece of its own."""
    found = list(pieces)
    if found and (match := _ARCHIVE_DATE.match(text, found[0].start, found[0].end)):
        start, end = _trim(text, match.end(), found[0].end)
        head = replace(found[0], end=match.end())
        found[:1] = [head, replace(found[0], start=start)] if start < end else [head]
    return found


def _split_title_field(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces, with the name of a field before the title ("Title: …") a piece of its own, as archives and mail put it."""
    for i, piece in enumerate(pieces[:_HEADER_PIECES]):
        if piece.shape is not Shape.PARAGRAPH or text[piece.start] not in "tThHsS":
            continue
        if (match := _TITLE_FIELD.match(text, piece.start, piece.end)) and match.end() < piece.end:
            end = _trim(text, piece.start, match.end())[1]
            field = replace(piece, end=end, shape=Shape.NOISE, reason="metadata")
            return [*pieces[:i], field, replace(piece, start=match.end(), shape=Shape.TITLE), *pieces[i + 1 :]]
    return pieces


def fold(line: str) -> str:
    """The line for comparing titles: no case, plain quotes and dashes, single spaces, no mark at its ends."""
    return " ".join(plain(line).casefold().replace('"', "'").split()).strip(" .*_#'")
