"""Bytes into text: byte order marks, declared character sets, UTF-8, and cp1252 for what declares nothing.

No further guess is made: cp1252 takes nearly every byte, so a detector could only ever overrule it, and letters that it takes for others look right.
"""

from __future__ import annotations

import codecs

from cl_extract.errors import BinaryError, InputError
from cl_extract.expressions import IGNORECASE, compiled

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
_DECLARED = compiled(
    rb"<meta\s[^<>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})|<\?xml\s[^<>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})",
    IGNORECASE,
)
_SNIFFED = 4096


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of the bytes without its byte order mark, and the name of its encoding. ``declared`` is what stands outside them (a MIME header).

    Raises InputError, with byte offset and line, where they are no text.
    """
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data, codec, name, len(bom)), name
    outside = _codec(declared) if declared else None
    if outside is not None and outside.startswith(("utf-16", "utf-32")):
        return _strictly(data, outside, outside), outside
    if b"\x00" in data:
        unmarked = _utf16_by_pattern(data)
        if unmarked is None:
            raise BinaryError(f"holds binary data (a zero byte at offset {data.index(0)}); give the release as a text, not a program's own file")
        return _strictly(data, unmarked, unmarked), unmarked
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        fault = error
    if _is_mostly_utf8(data):
        where = _place(data, "utf-8", fault.start)
        raise InputError(f"byte 0x{data[fault.start]:02x} at {where} is not UTF-8, though the rest is; repair it or save the file as UTF-8")
    legacy = next((codec for codec in (outside, _declared_codec(data), "cp1252") if codec and not codec.startswith("utf")), "cp1252")
    return _strictly(data, legacy, legacy), legacy


def _strictly(data: bytes, codec: str, name: str, skip: int = 0) -> str:
    try:
        return data[skip:].decode(codec)
    except UnicodeDecodeError as error:
        at = skip + error.start
        where = _place(data, codec, at, skip)
        raise InputError(f"byte 0x{data[at]:02x} at {where} is not valid {name}; save the file as UTF-8") from None


def _place(data: bytes, codec: str, at: int, skip: int = 0) -> str:
    line = data[skip:at].decode(codec, "replace").count("\n") + 1
    return f"offset {at} (line {line})"


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
    """The character set that a page or an XML document declares."""
    match = _DECLARED.search(data[:_SNIFFED])
    return _codec((match[1] or match[2]).decode("ascii", "replace")) if match else None


def _codec(name: str) -> str | None:
    """Python's name of a character set, where it is known and is a text encoding."""
    try:
        codec = codecs.lookup(name.strip().lower()).name
        "a".encode(codec)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    if codec.startswith(("utf-7", "idna", "punycode", "raw", "unicode")):
        return None
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec  # as browsers read them
