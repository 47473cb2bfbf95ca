"""The paragraphs of a page of HTML, as its tags go by, and the elements that may be the article or may be noise.

Broken markup is read as well as it can be: what a browser closes without a tag is closed here too.
"""

from __future__ import annotations

import re

from cl_extract.reading.elements import BLOCK_TAGS, HEADINGS, kind_of, purpose_of, visibility_of
from cl_extract.reading.head import Head
from cl_extract.reading.layout import SPACE
from cl_extract.reading.tables import Cells
from cl_extract.reading.tags import DROPPED, read_attributes, scan_tags, unescape
from cl_extract.reading.wording import words
from cl_extract.value import field, value

_VOID_TAGS = words("area base br col embed frame hr img input link meta param source track wbr")
_HEAD_TAGS = words("script title meta link base")
# An element that closes those of its kind before it, up to the list or table that holds both.
_RIVALS = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"), "tr": ("tr",), "option": ("option",),
}  # fmt: skip
_INLINE_TAGS = words("abbr b big cite code em font i label mark q small span strong sub sup u")
_BOX_TAGS = words("div li article section aside td a dd figure")
_CLOSED_BY_BLOCKS = frozenset({"p", *HEADINGS})
_BLANK = re.compile(r"[ \t\r\n\f]+")
_BLANKS = ("\n", "  ", "\t", "\r", "\f")  # what is no single space
_FIRST_WORD = re.compile(r"[^\W\d_]{4,}")
_GAP = re.compile(r"\n[ \t\xa0]*\n\s*")
_ROW_LENGTH = 1000  # A row of more is no row of a table but a page laid out in one.
_MOST_COLUMNS = 50
_SEARCHED_UP = 40  # How far up an unclosed <li> or <p> is looked for.


@value(slots=True)
class Element:
    """An open element, with what it passes on to those inside it."""

    tag: str
    kind: str
    noise: int
    container: int
    box: int = 0


_OUTSIDE = Element("", "", 0, 0)


@value(slots=True)
class Container:
    """An element that may be noise or may be the article: which paragraphs it holds."""

    reason: str
    parent: int
    first: int
    last: int = 0
    scope: str = ""  # "main", "article" or "body" where it may be the article, else empty


@value(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page; ``noise`` indexes the innermost such element, 0 for none, and ``box`` the innermost that holds several paragraphs.

    ``cells`` of a table row are spans of its text.
    """

    text: str
    kind: str
    noise: int
    linked: bool
    box: int = 0
    cells: Cells = ()
    table: int = 0


@value(slots=True)
class Cell:
    """A cell of the row that is being gathered, over so many columns."""

    columns: int
    paragraphs: list[Paragraph] = field(default_factory=list)


def gather(source: str) -> Builder:
    """The paragraphs, containers and head of the page that the HTML source makes."""
    builder = Builder()
    for name, attributes, content in scan_tags(source):
        if name == "":
            builder.data(content)
        elif name == "/":
            builder.end(content)
        else:
            builder.start(name, attributes, content)
    builder.finish()
    return builder


class Builder:
    """Gathers the paragraphs of a page as its tags go by. ``containers[0]`` is the whole page."""

    def __init__(self) -> None:
        self.head = Head()
        self.paragraphs: list[Paragraph] = []
        self.containers: list[Container] = [Container("", 0, 0)]
        self.boxes = [0]  # for each element that holds paragraphs the one round it
        self.stack: list[Element] = []
        self.open: dict[str, int] = {}
        self.buffer: list[str] = []
        self.linked = 0
        self.plain = 0
        self.row: list[Cell] | None = None
        self.tables = 0
        self.seam = ""  # "/" after an element of a line has closed, "/>" where another opens right after it
        self.times: list[tuple[int, int, str]] = []  # the paragraph that a <time> stands in, its noise, and the time

    def start(self, name: str, raw: str, content: str) -> None:
        """An element opens."""
        if name in _HEAD_TAGS:
            self.head.take(name, read_attributes(raw), unescape(content) if name == "title" else content)
        elif name == "br":
            self.buffer.append("\n")
        elif name == "hr":
            self._flush()
        elif name not in DROPPED and name not in _VOID_TAGS:
            self._open(name, read_attributes(raw) if raw.strip(" /") else {})

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        block = name in BLOCK_TAGS
        self.seam = "/>" if self.seam == "/" and not block else ""
        if block:
            self._flush()
            self._close_implied(name)
        parent = self.stack[-1] if self.stack else _OUTSIDE
        if not attributes and name in _INLINE_TAGS and parent.kind != "unseen":
            return
        self._date(name, attributes, parent)
        shown = visibility_of(name, attributes)
        dropped = parent.kind == "unseen" or (shown == "unseen" and (not block or name in _RIVALS))
        reason, scope = ("navigation", "") if shown == "unseen" and not dropped else purpose_of(name, attributes)
        if not (block or reason or dropped or shown or name == "a"):
            return
        if reason and not dropped:
            self._flush()
        noise = container = 0
        if reason or scope:
            self.containers.append(Container(reason, parent.noise, len(self.paragraphs), scope=scope))
            noise = container = len(self.containers) - 1
        kind = "unseen" if dropped else "ornament" if shown == "ornament" else kind_of(name, attributes, parent.kind)
        box = parent.box
        if name in _BOX_TAGS:
            self.boxes.append(parent.box)
            box = len(self.boxes) - 1
        self.stack.append(Element(name, kind, noise if reason else parent.noise, container if scope else parent.container, box))
        self.open[name] = self.open.get(name, 0) + 1
        if name == "tr":
            self._end_row(joined=True)
            self.row = []
        elif name in ("td", "th") and self.row is not None:
            self.row.append(Cell(_span(attributes.get("colspan", ""))))
        elif name == "table":
            self.tables += 1
            self._end_row(joined=False)

    def _date(self, name: str, attributes: dict[str, str], parent: Element) -> None:
        """Keep the dates that the tags of the body give."""
        if name == "time":
            if "datetime" in attributes:
                self.times.append((len(self.paragraphs), parent.noise, attributes["datetime"]))
            if self.buffer and not self.buffer[-1][-1:].isspace():
                self.buffer.append(" ")  # "7 February 2025" and "8 February 2025" side by side are two
        if attributes.get("itemprop", "").lower() == "datepublished":
            self.head.item_date = self.head.item_date or attributes.get("content") or attributes.get("datetime", "")

    def end(self, name: str) -> None:
        """An element closes; a closing tag that nothing opened is passed over."""
        self.seam = "" if name in BLOCK_TAGS or name == "br" else "/"
        if name == "br":
            self.buffer.append("\n")
            return
        if name not in self.open:
            if name in BLOCK_TAGS:
                self._flush()
            return
        if name in BLOCK_TAGS or self.stack[-1].noise != (self.stack[-2].noise if len(self.stack) > 1 else 0):
            self._flush()
        if name not in BLOCK_TAGS and not any(element.tag == name for element in self.stack[-_SEARCHED_UP:]):
            return
        if name in ("tr", "table") and self.row is not None:
            self._flush()
            self._end_row(joined=True)
        while self.stack:
            element = self.stack[-1]
            if name not in BLOCK_TAGS and element.tag != name and element.tag in BLOCK_TAGS:
                return
            self._pop()
            if element.tag == name:
                return

    def data(self, text: str) -> None:
        """Text between tags."""
        text = unescape(text)
        kind = self.stack[-1].kind if self.stack else ""
        if kind == "unseen" or (kind == "ornament" and not any(map(str.isalnum, text))):
            return
        if self.seam == "/>" and self.buffer and _are_apart(self.buffer[-1], text):
            self.buffer.append(" ")
        self.seam = ""
        self.buffer.append(text if "pre" in self.open else _single_spaced(text))
        length = len(text) - text.count(" ") - text.count("\n")
        if "a" in self.open:
            self.linked += length
        else:
            self.plain += length

    def finish(self) -> None:
        """The end of the page: all that is open closes."""
        self._flush()
        self._end_row(joined=True)
        while self.stack:
            self._pop()
        self.containers[0].last = len(self.paragraphs)

    def _pop(self) -> None:
        element = self.stack.pop()
        if self.open[element.tag] == 1:
            del self.open[element.tag]
        else:
            self.open[element.tag] -= 1
        below = self.stack[-1] if self.stack else _OUTSIDE
        for index in {element.noise, element.container} - {below.noise, below.container}:
            self.containers[index].last = len(self.paragraphs)

    def _close_implied(self, name: str) -> None:
        """Close what the start of a block closes without a tag: an open paragraph, the list item or cell before."""
        for closed, barriers in (
            (_CLOSED_BY_BLOCKS, ("div", "td", "li", "section", "article")),
            (_RIVALS.get(name, ()), ("ul", "ol", "dl", "table")),
        ):
            if self.open.keys().isdisjoint(closed):
                continue
            for depth in range(len(self.stack) - 1, max(-1, len(self.stack) - 1 - _SEARCHED_UP), -1):
                tag = self.stack[depth].tag
                if tag in closed and not (tag[0] == "h" and name not in BLOCK_TAGS):
                    while len(self.stack) > depth:
                        self._pop()
                    break
                if tag in barriers:
                    break

    def _flush(self) -> None:
        """End the paragraph that is being gathered."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        self.buffer.clear()
        linked = self.linked > 0 and self.plain <= self.linked // 20
        self.linked = self.plain = 0
        if not text.strip(SPACE):
            return
        element = self.stack[-1] if self.stack else _OUTSIDE
        for part in _GAP.split(text) if "\n" in text else (text,):
            whole = "\n".join(_single_spaced(line) for line in map(_stripped, part.split("\n")) if line)
            if whole:
                paragraph = Paragraph(whole, element.kind, element.noise, linked, element.box)
                if self.row:
                    self.row[-1].paragraphs.append(paragraph)
                else:
                    self.paragraphs.append(paragraph)

    def _end_row(self, *, joined: bool) -> None:
        if self.row is None:
            return
        row, self.row = self.row, None
        every = [paragraph for cell in row for paragraph in cell.paragraphs]
        if (
            joined
            and sum(bool(cell.paragraphs) for cell in row) >= 2
            and sum(len(paragraph.text) for paragraph in every) <= _ROW_LENGTH
            and all(len(cell.paragraphs) <= 3 for cell in row)
            and all(p.kind in ("td", "th", "p") for p in every)
        ):
            self.paragraphs.append(_row(row, every, self.tables))
        else:
            self.paragraphs.extend(every)


def _stripped(line: str) -> str:
    return line.strip(SPACE)


def _single_spaced(text: str) -> str:
    """The text with each run of spaces, tabs and line breaks as one space."""
    return _BLANK.sub(" ", text) if any(map(text.__contains__, _BLANKS)) else text


def _are_apart(before: str, after: str) -> bool:
    """Whether a figure and a word that only the page's style sheet sets apart meet: "249" and "arrests", not "4" and "kg" nor "12" and "th"."""
    word = _FIRST_WORD.match(after)
    if before[-1:].isdigit():
        return word is not None
    return before[-1:].isalpha() and after[:1].isdigit()


def _span(colspan: str) -> int:
    """How many columns a cell takes; what no browser would heed is one."""
    return min(int(colspan), _MOST_COLUMNS) if colspan.isdecimal() and 1 <= len(colspan) <= 3 and int(colspan) else 1


def _row(row: list[Cell], every: list[Paragraph], table: int) -> Paragraph:
    """The row as one paragraph, its cells apart by bars."""
    text = ""
    cells: list[tuple[int, int]] = []
    for cell in row:
        words = " ".join(paragraph.text.replace("\n", " ") for paragraph in cell.paragraphs)
        if text and words:
            text += " | "
        cells += [(len(text), len(text) + len(words))] * cell.columns
        text += words
    kind = "rowhead" if all(paragraph.kind == "th" for paragraph in every) else "row"
    return Paragraph(text, kind, every[0].noise, all(paragraph.linked for paragraph in every), every[0].box, tuple(cells[:_MOST_COLUMNS]), table)
