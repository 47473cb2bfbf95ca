"""What the bytes of a file are, told by the bytes: their magic numbers, what a ZIP holds, the header of a mail. Names do not count."""

from __future__ import annotations

import io
from typing import Literal

from cl_extract.errors import BinaryError, InputError
from cl_extract.expressions import DOTALL, IGNORECASE, MULTILINE, compiled

Media = Literal["text", "pdf", "docx", "mail"]

_TO_DOCX = "open it in a word processor and save it as .docx, or run: soffice --headless --convert-to docx FILE"
_PICTURE = "give the text of the release, not a picture of it"
# What a file that cannot be read begins with, what it is, and what to do about it: first those that may hold a release, then those that are none.
_DOCUMENTS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document (.doc), one locked with a password, or an Outlook message (.msg)",
        "save it as .docx without a password, the message as .eml",
    ),
    (b"{\\rtf", "an RTF document", _TO_DOCX),
    (b"bplist00", "a web archive of Safari", "save the page as HTML"),
)
_BINARIES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG image", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG image", _PICTURE),
    (b"GIF8", "a GIF image", _PICTURE),
    (b"II*\x00", "a TIFF image", _PICTURE),
    (b"MM\x00*", "a TIFF image", _PICTURE),
    (b"RIFF", "a RIFF file (image, sound or video)", "give the text of the release"),
    (b"\x1f\x8b", "compressed with gzip", "decompress it first"),
    (b"BZh", "compressed with bzip2", "decompress it first"),
    (b"\xfd7zXZ\x00", "compressed with xz", "decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", "give the text of the release"),
    (b"SQLite format 3\x00", "an SQLite database", "give the text of the release"),
)
# A part that a ZIP of that kind holds, what it is, and what to do about it.
_ZIPPED = (
    ("content.xml", "an OpenDocument file (.odt)", _TO_DOCX),
    ("xl/workbook.xml", "an Excel workbook (.xlsx)", "export the text of the release first"),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)", "export the text of the release first"),
    ("META-INF/container.xml", "an e-book (.epub)", "export the text of the release first"),
)
_HEADER = compiled(rb"(?:From [^\r\n]*\r?\n)?((?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)")
_HEADER_NAME = compiled(rb"^([!-9;-~]+):", MULTILINE)
# What the programs that send and save mail add; a release that only opens with lines such as "Date:" and "Subject:" has none of it.
_OF_TRANSPORT = frozenset((b"mime-version", b"message-id", b"received", b"return-path", b"dkim-signature"))
_LONGEST_HEADER = 64_000
_FEED = compiled(
    r"(?:\s|<\?[^<>]{0,300}\?>|<!--(?:(?!-->).){0,2000}-->|<!DOCTYPE\s[^<>\[]{0,300}(?:\[[^\]]{0,4000}\]\s{0,9})?>)*+<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]",
    DOTALL | IGNORECASE,
)


def media_of(data: bytes) -> Media:
    """What the bytes are, text of any kind being one. Raises InputError, which says what to do, for what cannot be read."""
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:]):  # with what a server put before it
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    for kinds, error in ((_DOCUMENTS, InputError), (_BINARIES, BinaryError)):
        for magic, what, remedy in kinds:
            if data.startswith(magic):
                raise error(f"is {what}, not text; {remedy}")
    return "mail" if _is_mail(data) else "text"


def _zipped(data: bytes) -> Media:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise InputError("is a ZIP archive or an Office document, and broken; get it again or save it anew") from None
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(name.startswith("word/") for name in names)):
        return "docx"
    for part, what, remedy in _ZIPPED:
        if part in names:
            raise InputError(f"is {what}, not text; {remedy}")
    raise BinaryError("is a ZIP archive, not text; unpack it first")


def _is_mail(data: bytes) -> bool:
    """Whether the bytes open with the header of a mail or of a page saved as MHTML."""
    header = _HEADER.match(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), 0, _LONGEST_HEADER)
    if header is None:
        return False
    names = {name.lower() for name in _HEADER_NAME.findall(header[1])}
    return len(names) >= 2 and not names.isdisjoint(_OF_TRANSPORT)


def is_feed(text: str) -> bool:
    """Whether the text is a feed: RSS in any version, or Atom."""
    return text[:40].lstrip().startswith("<") and _FEED.match(text[:16_384]) is not None
