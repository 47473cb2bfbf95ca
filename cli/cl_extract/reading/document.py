"""Text and its pieces into a Document. Every reader ends here; ``read`` adds the path and the hash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cl_extract.expressions import IGNORECASE, MULTILINE, compiled
from cl_extract.model import Block, BlockKind, Document, Format
from cl_extract.reading.frontmatter import FrontMatter, header_date, read_front_matter
from cl_extract.reading.layout import SPACE, Piece, Shape, fold, split_lines, to_blocks
from cl_extract.reading.speech import find_quotes
from cl_extract.value import replace

_SNIFFED = 16_384
_LONGEST_ROW = 400
_BULLETS = "•●▪"
_PAGE_START = compiled(
    r"\s*(?:<!--|<!doctype\s+html|<\?xml|</?(?:html|head|body|article|main|section|div|p|h[1-6]|ul|ol|table|header|title|meta|link|script|style|span|font|center|br)\b)",
    IGNORECASE,
)
_PAGE_MARK = compiled(r"<!doctype\s+html|<html\b|<body\b|<article\b|</(?:p|div|li|h[1-6]|article|section|td)>", IGNORECASE)
_MARKDOWN_HEADING = compiled(r"^#{1,6}[ \t]+\S", MULTILINE)
_MARKDOWN_TABLE = compiled(r"^\|.{1,400}\|[ \t]*\r?\n\|(?:[ \t]*:?-{3,}:?[ \t]*\|){2,}[ \t]*\r?$", MULTILINE)
_MARKDOWN_MARK = compiled(r"\*\*\S|\]\((?:https?:|/|#)|^>[ \t]|^[*-][ \t]+\S|^\|.{1,200}\|[ \t]*$", MULTILINE)


class Composer:
    """Puts paragraphs one under another, apart by blank lines, and keeps where each stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.pieces: list[Piece] = []

    @property
    def text(self) -> str:
        """All that was added."""
        return "\n\n".join(self._parts)

    def add(self, text: str, shape: Shape = Shape.PARAGRAPH, *, reason: str = "") -> None:
        """Adds a paragraph, whose line breaks are meant, or a list item, row or heading. Empty text adds nothing; ``reason`` is that of NOISE."""
        text = text.strip(SPACE)
        if not text:
            return
        if shape is Shape.ITEM and text[0] in _BULLETS:
            shape = Shape.PARAGRAPH  # which knows its bullet
        mark = "• " if shape is Shape.ITEM else ""
        if shape is Shape.PARAGRAPH:
            made = split_lines(text, 0, len(text), markdown=False, wrapped=False)
        else:
            made = [Piece(len(mark), len(mark) + len(text), shape, mark=mark.strip(), reason=reason)]
        self._put(mark + text, made)

    def add_row(self, cells: Sequence[Sequence[str]], *, head: bool = False) -> None:
        """Adds a table row, each cell given as its paragraphs; one whose cells are no cells but the columns of a page adds them one by one.

        Rows that follow each other are one table.
        """
        texts = [[kept for text in cell if (kept := " ".join(text.split()).strip(SPACE))] for cell in cells]
        filled = [cell for cell in texts if cell]
        if len(filled) < 2 or sum(len(text) for cell in filled for text in cell) > _LONGEST_ROW or any(len(cell) > 3 for cell in filled):
            for text in (text for cell in cells for text in cell):
                self.add(text)
            return
        row = ""
        spans: list[tuple[int, int]] = []
        for cell in texts:
            words = " ".join(cell)
            row += " | " if row and words else ""
            spans.append((len(row), len(row) + len(words)))
            row += words
        table = self.pieces[-1].table if self.pieces and self.pieces[-1].cells else len(self._parts)
        self._put(row, [Piece(0, len(row), Shape.HEADING if head else Shape.ROW, cells=tuple(spans), table=table)])

    def _put(self, text: str, pieces: Sequence[Piece]) -> None:
        start = self._length + 2 if self._parts else 0
        self.pieces.extend(piece.moved(start, len(self._parts)) for piece in pieces)
        self._parts.append(text)
        self._length = start + len(text)


def from_string(text: str, encoding: str) -> Document:
    """The document of a plain text, Markdown or HTML file, told by its content."""
    matter = read_front_matter(text)
    if matter is not None:
        return _with_matter(text, matter, encoding)
    kind = _format(text)
    return from_page(text, encoding) if kind == "html" else from_text(text, encoding, format_=kind)


def from_text(text: str, encoding: str, *, format_: Format = "text") -> Document:
    """The document of a text that stands as it is."""
    return compose(text, split_lines(text, 0, len(text), markdown=format_ == "markdown"), format_, encoding)


def from_page(source: str, encoding: str, *, format_: Format = "html", given: str | None = None) -> Document:
    """The document that a page of HTML shows. ``given`` is the headline that stands outside the page (a mail's subject, a feed's title)."""
    from cl_extract.reading.markup import read_page  # which most releases have no need of

    page = read_page(source)
    published = header_date(page.published) if page.published else None
    text, pieces = headed(given, page.text, page.pieces, Shape.HEADING if page.title else Shape.TITLE)
    return compose(text, pieces, format_, encoding, titled=page.title, published=published, url=page.url, publisher=page.publisher)


def compose(
    text: str,
    pieces: Sequence[Piece],
    format_: Format,
    encoding: str,
    *,
    titled: str | None = None,
    published: dt.date | None = None,
    url: str | None = None,
    publisher: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Document:
    """The document of a text cut into ``pieces``. ``titled`` is the title where the file's own data give it."""
    blocks = to_blocks(text, pieces, titled=titled)
    title = titled or _title_of(text, blocks)
    return Document(text, None, "", format_, encoding, blocks, _quotes(text, pieces, blocks), title, published, url, publisher, warnings=warnings)


def headed(title: str | None, text: str, pieces: Sequence[Piece], shape: Shape = Shape.TITLE) -> tuple[str, list[Piece]]:
    """The text with ``title`` put above it as its own line, and the pieces moved down; as it was where its first lines say the title already."""
    title = " ".join(title.split()) if title else ""
    if not title or any(fold(text[piece.start : piece.end]) == fold(title) for piece in pieces[:5]):
        return text, list(pieces)
    shift = len(title) + 2
    moved = [piece.moved(shift, piece.chunk + 1) for piece in pieces]
    return f"{title}\n\n{text}", [Piece(0, len(title), shape), *moved]


def _format(text: str) -> Format:
    """What the content shows the text to be, front matter aside."""
    head = text[:_SNIFFED]
    if "<" in head and (_PAGE_START.match(head) or len(_PAGE_MARK.findall(head)) >= 2):
        return "html"
    sample = text[:200_000]
    if "|" in sample and _MARKDOWN_TABLE.search(sample):
        return "markdown"
    headings = _MARKDOWN_HEADING.findall(sample) if "#" in sample else []
    if not headings and sample.count("](") < 2:
        return "text"
    marks = _MARKDOWN_MARK.findall(sample)
    if (headings and marks) or len(headings) >= 2 or (marks.count("**") == 0 and sum(mark.startswith("](") for mark in marks) >= 2):
        return "markdown"
    return "text"


def _with_matter(text: str, matter: FrontMatter, encoding: str) -> Document:
    pieces = split_lines(text, matter.end, len(text), markdown=True)
    body = to_blocks(text, pieces, titled=matter.title)
    repeated = any(block.kind is BlockKind.TITLE for block in body)
    head = tuple(
        replace(block, kind=BlockKind.NOISE, reason="metadata") if repeated and block.kind is BlockKind.TITLE else block for block in matter.blocks
    )
    shifted = tuple(replace(block, lead_in=_shifted(block.lead_in, head), columns=_shifted(block.columns, head)) for block in body)
    blocks = head + shifted
    title = matter.title or _title_of(text, blocks)
    quotes = _quotes(text, pieces, blocks)
    return Document(text, None, "", "markdown", encoding, blocks, quotes, title, matter.published, matter.url, matter.publisher)


def _shifted(index: int | None, head: tuple[Block, ...]) -> int | None:
    """The index of a block once those of ``head`` stand before it."""
    return None if index is None else index + len(head)


def _title_of(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((" ".join(text[block.start : block.end].split()) for block in blocks if block.kind is BlockKind.TITLE), None)


def _quotes(text: str, pieces: Sequence[Piece], blocks: tuple[Block, ...]) -> tuple[tuple[int, int], ...]:
    """Speech between quotation marks, and the paragraphs that are quotations as they stand."""
    whole = {(piece.start, piece.end) for piece in pieces if piece.shape is Shape.QUOTE}
    if not whole:
        return find_quotes(text, blocks)
    marked = find_quotes(text, tuple(block for block in blocks if (block.start, block.end) not in whole))
    standing = [(block.start, block.end) for block in blocks if (block.start, block.end) in whole and block.kind is not BlockKind.NOISE]
    return tuple(sorted([*marked, *standing]))
