"""A file, bytes or a string into Documents: what it is, and the reader that knows it.

``sniff`` tells what the bytes are and ``decode`` makes text of them. ``pdf``, ``docx``, ``mail`` and ``feed`` read what is more than text, each
loaded only where it is needed; ``document`` makes the Document. Of the text itself ``noise`` knows the words, ``layout`` the lines, ``markup`` the
tags, ``frontmatter`` the header and ``speech`` the quotation marks.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, BinaryIO

from cl_extract.errors import InputError
from cl_extract.expressions import compiled
from cl_extract.model import Document
from cl_extract.reading.decode import decode
from cl_extract.reading.document import from_string
from cl_extract.reading.sniff import is_feed, media_of
from cl_extract.value import replace

if TYPE_CHECKING:
    from pathlib import Path

# More than a thousand times the longest release, and what a machine can hold many times over.
MAX_BYTES = 16 << 20
_ENTRY = compiled(r"(?P<file>.+)#(?P<number>[1-9]\d{0,5})")


def file_of(path: str) -> str:
    """The file that a path names, of which it may be an entry (``feed.xml#2``)."""
    entry = _ENTRY.fullmatch(path)
    return path if entry is None or os.path.isfile(path) else entry["file"]


class _NoSuchFileError(InputError):
    pass


def read_releases(path: str | Path) -> tuple[Document, ...]:
    """Every release in a file: one, or the entries of a feed in order, each with a path of its own (``feed.xml#2``), which is read here too.

    Raises InputError, which names the file, the fault and the remedy, where it cannot be read.
    """
    name = os.fspath(path)
    entry = _ENTRY.fullmatch(name)
    try:
        return releases_in(load_bytes(name), name)
    except _NoSuchFileError:
        if entry is None:
            raise
    for document in read_releases(entry["file"]):
        if document.path == printable_path(name):
            return (document,)
    raise InputError(
        f"{printable_path(name)}: {printable_path(entry['file'])} has no entry {entry['number']}; give the file alone to read all it has"
    )


def read_file(path: str | Path) -> Document:
    """The one release in a file. Raises InputError as ``read_releases`` does, and where the file holds several."""
    return only(read_releases(path), os.fspath(path))


def read_stream(stream: BinaryIO) -> tuple[Document, ...]:
    """Every release in a stream such as standard input. Raises InputError where it is too large or cannot be read."""
    return releases_in(_read_whole(stream, "-"))


def read_bytes(data: bytes, path: str | None = None) -> Document:
    """The one release in the bytes of a file. ``path`` only names it. Raises InputError as ``read_file`` does."""
    return only(releases_in(data, path), path or "input")


def releases_in(data: bytes, path: str | None = None) -> tuple[Document, ...]:
    """Every release in the bytes of a file. ``path`` only names it. Raises InputError where they cannot be read."""
    shown = None if path is None else printable_path(path)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        documents, several = _read(data)
    except InputError as error:
        raise type(error)(f"{'input' if shown is None else shown}: {error}") from None
    anchors = [f"#{number}" if several else "" for number in range(1, len(documents) + 1)]
    paths = [(shown or "") + anchor or None for anchor in anchors]
    return tuple(replace(document, path=path, sha256=sha256) for document, path in zip(documents, paths, strict=True))


def read_text(text: str, path: str | None = None) -> Document:
    """The document in a string, as a library user gives it; its ``sha256`` is of the string in UTF-8."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(from_string(text.removeprefix("\ufeff"), "utf-8"), path=None if path is None else printable_path(path), sha256=sha256)


def printable_path(path: str) -> str:
    """The path as it can be shown on any terminal and in any JSON: odd bytes and control characters as escapes."""
    return "".join(character if character.isprintable() else _escape(character) for character in path)


def _escape(character: str) -> str:
    code = ord(character)
    # Python stands a byte of a path that it cannot decode in this range (PEP 383).
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else character.encode("unicode_escape").decode("ascii")


def _read(data: bytes) -> tuple[tuple[Document, ...], bool]:
    """The documents in the bytes, without path and hash, and whether they are of a kind that can hold several."""
    media = media_of(data)
    if media == "pdf":
        from cl_extract.reading.pdf import read_pdf

        return (read_pdf(data),), False
    if media == "docx":
        from cl_extract.reading.docx import read_docx

        return (read_docx(data),), False
    if media == "mail":
        from cl_extract.reading.mail import read_mail

        return (read_mail(data),), False
    text, encoding = decode(data)
    if is_feed(text):
        from cl_extract.reading.feed import read_feed

        return read_feed(text, encoding), True
    return (from_string(text, encoding),), False


def only(documents: tuple[Document, ...], name: str) -> Document:
    """The one document that a file of that name holds. Raises InputError where there are several."""
    shown = printable_path(name)
    if len(documents) == 1:
        return documents[0]
    raise InputError(f"{shown}: holds {len(documents)} releases; name one, such as {shown}#1 (in Python, extract_releases reads them all)")


def load_bytes(path: str | Path) -> bytes:
    """The bytes of a file. Raises InputError where there is none, it may not be read or is too large."""
    name = os.fspath(path)
    shown = printable_path(name)
    try:
        with open(name, "rb") as stream:
            return _read_whole(stream, shown)
    except FileNotFoundError:
        raise _NoSuchFileError(f"{shown}: no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{shown}: is a folder, not a release; read all that is in it with cl-extract batch") from None
    except PermissionError:
        raise InputError(f"{shown}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{shown}: cannot be read ({reason}); check the path") from None


def _read_whole(stream: BinaryIO, shown: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown}: is larger than {MAX_BYTES >> 20} MiB; split it into releases")
    return data
