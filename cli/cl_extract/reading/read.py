"""Bytes, a file or a string into a Document: decoding, the kind of text it is, and its parts.

``noise`` knows the words, ``layout`` the lines, ``markup`` the tags, ``frontmatter`` the header and ``speech`` the quotation marks.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cl_extract.errors import InputError
from cl_extract.expressions import IGNORECASE, MULTILINE, compiled
from cl_extract.model import Block, BlockKind, Document, Format
from cl_extract.reading.frontmatter import FrontMatter, header_date, read_front_matter
from cl_extract.reading.layout import Piece, Shape, split_lines, to_blocks
from cl_extract.reading.speech import find_quotes

# What a file that is no text begins with, what it is, and what to do about it.
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "convert it first, for example with pdftotext -layout"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc)", "save it as plain text first"),
    (b"{\\rtf", "an RTF document", "save it as plain text first"),
    (b"\x89PNG", "a PNG image", "give the text of the release, not a picture of it"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text of the release, not a picture of it"),
    (b"GIF8", "a GIF image", "give the text of the release, not a picture of it"),
    (b"II*\x00", "a TIFF image", "give the text of the release, not a picture of it"),
    (b"MM\x00*", "a TIFF image", "give the text of the release, not a picture of it"),
    (b"RIFF", "a RIFF file (image, sound or video)", "give the text of the release"),
    (b"\x1f\x8b", "compressed with gzip", "decompress it first"),
    (b"BZh", "compressed with bzip2", "decompress it first"),
    (b"\xfd7zXZ\x00", "compressed with xz", "decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", "give the text of the release"),
    (b"SQLite format 3\x00", "an SQLite database", "give the text of the release"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)", "save it as plain text first, for example with pandoc -t plain"),
    (b"opendocument.text", "an OpenDocument text (.odt)", "save it as plain text first, for example with pandoc -t plain"),
    (b"xl/", "an Excel workbook (.xlsx)", "export the text of the release first"),
    (b"ppt/", "a PowerPoint file (.pptx)", "export the text of the release first"),
    (b"", "a ZIP archive", "unpack it first"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8", "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"))
_DECLARED = re.compile(
    rb"<meta\s[^<>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})|<\?xml\s[^<>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_SNIFFED = 4096
# More than a thousand times the longest release, and what a machine can hold many times over.
MAX_BYTES = 16 << 20

_PAGE_START = compiled(
    r"\s*(?:<!--|<!doctype\s+html|<\?xml|</?(?:html|head|body|article|main|section|div|p|h[1-6]|ul|ol|table|header|title|meta|link|script|style|span|font|center|br)\b)",
    IGNORECASE,
)
_PAGE_MARK = compiled(r"<!doctype\s+html|<html\b|<body\b|<article\b|</(?:p|div|li|h[1-6]|article|section|td)>", IGNORECASE)
_MARKDOWN_HEADING = compiled(r"^#{1,6}[ \t]+\S", MULTILINE)
_MARKDOWN_MARK = compiled(r"\*\*\S|\]\((?:https?:|/|#)|^>[ \t]|^[*-][ \t]+\S|^\|.{1,200}\|[ \t]*$", MULTILINE)


def read_file(path: str | Path) -> Document:
    """The document in a file. Raises InputError, which names the file, the fault and the remedy, where it cannot be read as text."""
    name = os.fspath(path)
    shown = _printable(name)
    try:
        with Path(name).open("rb") as stream:
            data = _read_whole(stream, shown)
    except FileNotFoundError:
        raise InputError(f"{shown}: no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{shown}: is a folder, not a release; name the files in it") from None
    except PermissionError:
        raise InputError(f"{shown}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{shown}: cannot be read ({reason}); check the path") from None
    return read_bytes(data, name)


def read_stream(stream: BinaryIO) -> Document:
    """The document in a stream such as standard input. Raises InputError where it is too large or no text."""
    return read_bytes(_read_whole(stream, "-"))


def _read_whole(stream: BinaryIO, shown: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown}: is larger than {MAX_BYTES >> 20} MiB; split it into releases")
    return data


def read_bytes(data: bytes, path: str | None = None) -> Document:
    """The document in the bytes of a file. ``path`` only names it. Raises InputError where the bytes are no text or cannot be decoded."""
    shown = _printable(path) if path is not None else None
    text, encoding = _decode(data, shown if shown is not None else "input")
    return _document(text, shown, hashlib.sha256(data).hexdigest(), encoding)


def read_text(text: str, path: str | None = None) -> Document:
    """The document in a string, as a library user gives it; its ``sha256`` is of the string in UTF-8."""
    data = text.encode("utf-8", "surrogatepass")
    return _document(text.removeprefix("\ufeff"), _printable(path) if path is not None else None, hashlib.sha256(data).hexdigest(), "utf-8")


def _printable(path: str) -> str:
    """The path as it can be shown on any terminal and in any JSON: odd bytes and control characters as escapes."""
    return "".join(character if character.isprintable() else _escape(character) for character in path)


def _escape(character: str) -> str:
    code = ord(character)
    # Python stands a byte of a path that it cannot decode in this range (PEP 383).
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else character.encode("unicode_escape").decode("ascii")


def _decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text of the bytes without its byte order mark, and the name of its encoding."""
    _refuse_binary(data, shown)
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], codec, name, shown, len(bom)), name
    if b"\x00" in data:
        unmarked = _utf16_by_pattern(data)
        if unmarked is None:
            raise InputError(f"{shown}: holds binary data (a zero byte at offset {data.index(0)}); give a text, Markdown or HTML file")
        return _strictly(data, unmarked, unmarked, shown, 0), unmarked
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        fault = error
    if _is_mostly_utf8(data):
        raise InputError(
            f"{shown}: byte 0x{data[fault.start]:02x} at offset {fault.start} is not UTF-8, though the rest is; repair it or save the file as UTF-8"
        )
    declared = _declared_codec(data)
    if declared is not None:
        return _strictly(data, declared, declared, shown, 0), declared
    return _strictly(data, "cp1252", "cp1252", shown, 0), "cp1252"


def _refuse_binary(data: bytes, shown: str) -> None:
    head = data[:_SNIFFED]
    if data.startswith(b"PK\x03\x04"):
        what, remedy = next((what, remedy) for mark, what, remedy in _ZIPPED if mark in head or mark in data[-_SNIFFED:])
        raise InputError(f"{shown}: is {what}, not text; {remedy}")
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise InputError(f"{shown}: is in UTF-32, which is not read; save it as UTF-8")
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{shown}: is {what}, not text; {remedy}")


def _strictly(data: bytes, codec: str, name: str, shown: str, before: int) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        where = before + error.start
        raise InputError(f"{shown}: byte 0x{data[error.start]:02x} at offset {where} is not valid {name}; save the file as UTF-8") from None


def _utf16_by_pattern(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows in Western text as a zero in nearly every other byte."""
    head = data[: _SNIFFED - _SNIFFED % 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    units = max(1, len(head) // 2)
    if len(data) % 2 == 0 and odd * 10 >= units * 6 and even * 50 <= units:
        return "utf-16-le"
    if len(data) % 2 == 0 and even * 10 >= units * 6 and odd * 50 <= units:
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 with a fault, and not another encoding: bytes above 0x7f seldom make valid sequences by chance."""
    lenient = data.decode("utf-8", "replace")
    faults = lenient.count("\ufffd")
    valid = sum(character > "\x7f" for character in lenient) - faults
    return valid >= 3 and valid > 2 * faults


def _declared_codec(data: bytes) -> str | None:
    """The character set that a page declares, where it is known to Python and is a text encoding other than UTF-8."""
    match = _DECLARED.search(data[:_SNIFFED])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii", "replace").lower()
    try:
        codec = codecs.lookup(name).name
        "a".encode(codec)
        b"a".decode(codec)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    if codec.startswith(("utf", "idna", "punycode", "raw", "unicode")):
        return None
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec  # as browsers read them


def _format(text: str) -> Format:
    """What the content shows the text to be, front matter aside."""
    head = text[: 4 * _SNIFFED]
    if _PAGE_START.match(head) or len(_PAGE_MARK.findall(head)) >= 2:
        return "html"
    sample = text[:200_000]
    headings = _MARKDOWN_HEADING.findall(sample)
    marks = _MARKDOWN_MARK.findall(sample)
    if (headings and marks) or len(headings) >= 2 or (marks.count("**") == 0 and sum(mark.startswith("](") for mark in marks) >= 2):
        return "markdown"
    return "text"


def _document(text: str, path: str | None, sha256: str, encoding: str) -> Document:
    matter = read_front_matter(text)
    if matter is not None:
        return _with_matter(text, matter, path, sha256, encoding)
    kind = _format(text)
    if kind == "html":
        from cl_extract.reading.markup import read_page  # which most releases have no need of

        page = read_page(text)
        blocks = to_blocks(page.text, page.pieces, titled=page.title)
        published = header_date(page.published) if page.published else None
        title = page.title or _title_of(page.text, blocks)
        return Document(
            page.text, path, sha256, "html", encoding, blocks, _quotes(page.text, page.pieces, blocks), title, published, page.url, page.publisher
        )
    pieces = split_lines(text, 0, len(text), markdown=kind == "markdown")
    blocks = to_blocks(text, pieces)
    return Document(text, path, sha256, kind, encoding, blocks, _quotes(text, pieces, blocks), _title_of(text, blocks))


def _with_matter(text: str, matter: FrontMatter, path: str | None, sha256: str, encoding: str) -> Document:
    pieces = split_lines(text, matter.end, len(text), markdown=True)
    body = to_blocks(text, pieces, titled=matter.title)
    repeated = any(block.kind is BlockKind.TITLE for block in body)
    head = tuple(
        replace(block, kind=BlockKind.NOISE, reason="metadata") if repeated and block.kind is BlockKind.TITLE else block for block in matter.blocks
    )
    shifted = tuple(block if block.lead_in is None else replace(block, lead_in=block.lead_in + len(head)) for block in body)
    blocks = head + shifted
    title = matter.title or _title_of(text, blocks)
    return Document(
        text, path, sha256, "markdown", encoding, blocks, _quotes(text, pieces, blocks), title, matter.published, matter.url, matter.publisher
    )


def _title_of(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((" ".join(text[block.start : block.end].split()) for block in blocks if block.kind is BlockKind.TITLE), None)


def _quotes(text: str, pieces: list[Piece] | tuple[Piece, ...], blocks: tuple[Block, ...]) -> tuple[tuple[int, int], ...]:
    """Speech between quotation marks, and the paragraphs that are quotations as they stand."""
    whole = {(piece.start, piece.end) for piece in pieces if piece.shape is Shape.QUOTE}
    marked = find_quotes(text, tuple(block for block in blocks if (block.start, block.end) not in whole))
    standing = [(block.start, block.end) for block in blocks if (block.start, block.end) in whole and block.kind is not BlockKind.NOISE]
    return tuple(sorted([*marked, *standing]))
