"""Mails (.eml) and pages saved as MHTML: the part that holds the release, with what the header says of title and date."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser

from cl_extract.errors import InputError
from cl_extract.model import Document
from cl_extract.reading.decode import decode
from cl_extract.reading.document import compose, from_page, headed
from cl_extract.reading.frontmatter import header_date
from cl_extract.reading.layout import split_lines
from cl_extract.reading.wording import word_count
from cl_extract.value import replace

_FORWARDED = re.compile(r"(?:\s*(?:re|fwd?|tr|aw|wg)\s*:|\s*\[[^\[\]]{1,40}\])+\s*", re.IGNORECASE)
_MAILBOX = re.compile(rb"(?:\A|\n\r?\n)From \S+ +[A-Z][a-z]{2} [^\r\n]{0,60}\d{4}[^\r\n]{0,10}\r?\n[A-Z][!-9;-~]*:")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS, _MOST_NESTED = 500, 50


@dataclass(slots=True)
class _Found:
    """The readable parts of a mail, in order, and the names of its attachments."""

    bodies: list[_Body] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    encoding: str
    is_page: bool


def read_mail(data: bytes) -> Document:
    """The document in a mail or an MHTML file.

    Of two forms of the text the HTML one is read, unless it shows less. Subject and day of a mail hold where the text gives no title and no date.
    Raises InputError where it holds no text.
    """
    if len(_MAILBOX.findall(data)) > 1:
        raise InputError("is a mailbox of several mails; save each as a mail of its own (.eml)")
    try:
        if len(_MULTIPART.findall(data)) > _MOST_NESTED:  # The parser looks for the end of each in every line.
            raise MessageError
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        found = _Found()
        _gather(message, found, iter(range(_MOST_PARTS)))
    except (MessageError, RecursionError):
        raise InputError("is a mail whose parts are broken or nested beyond reason; save its text instead") from None
    if not found.bodies:
        told = f"; save what is attached to it ({', '.join(found.attached)}) and read that" if found.attached else "; give the text of the release"
        raise InputError(f"is a mail without text{told}")
    subject = _FORWARDED.sub("", _header(message, "Subject"), count=1) or None
    if _is_saved_page(message):
        page = found.bodies[0]
        document = from_page(page.text, page.encoding, format_="mhtml", given=subject)
        return replace(document, url=document.url or _header(message, "Snapshot-Content-Location") or None)
    document = _document(found.bodies, subject)
    warnings = tuple(f"“{name}” is attached and not read; save it and give it by name" for name in found.attached)
    return replace(document, sent=header_date(_header(message, "Date")), warnings=warnings)


def _document(bodies: list[_Body], subject: str | None) -> Document:
    encoding = bodies[0].encoding
    if any(body.is_page for body in bodies):
        source = "\n".join(body.text if body.is_page else "<p>" + html.escape(body.text).replace("\n", "<br>") + "</p>" for body in bodies)
        return from_page(source, encoding, format_="eml", given=subject)
    text = "\n\n".join(body.text for body in bodies)
    text, pieces = headed(subject, text, split_lines(text, 0, len(text), markdown=False))
    return compose(text, pieces, "eml", encoding)


def _gather(part: Message, found: _Found, left: Iterator[int]) -> None:
    """Adds the bodies and attachments of a part and of those in it."""
    if next(left, None) is None:
        raise MessageError
    kind = part.get_content_type()
    name = _name(part)
    payload = part.get_payload() if part.is_multipart() else ()
    inside = [child for child in payload if isinstance(child, Message)]
    if kind == "message/rfc822" or part.get_content_disposition() == "attachment":
        found.attached.append(name or kind)
    elif inside:
        if kind == "multipart/alternative":
            _gather_fullest(inside, found, left)
        elif kind == "multipart/related":
            _gather_root(part, inside, found, left)
        else:
            for child in inside:
                _gather(child, found, left)
    elif kind in ("text/plain", "text/html", "application/xhtml+xml"):
        body = _body(part, is_page=kind != "text/plain")
        if body.text.strip():
            found.bodies.append(body)
    elif name and not kind.startswith("image/"):
        found.attached.append(name)


def _gather_fullest(forms: list[Message], found: _Found, left: Iterator[int]) -> None:
    """Adds the form of the text that a reader would be shown: the page, unless the plain text says twice as much."""
    every = []
    for form in forms:
        one = _Found()
        _gather(form, one, left)
        found.attached.extend(one.attached)
        if one.bodies:
            every.append(one.bodies)
    pages = [bodies for bodies in every if any(body.is_page for body in bodies)]
    plain = [bodies for bodies in every if bodies not in pages]
    if pages and (not plain or 2 * _words(pages[-1]) >= _words(plain[0])):
        found.bodies.extend(pages[-1])
    elif plain:
        found.bodies.extend(plain[0])


def _gather_root(part: Message, inside: list[Message], found: _Found, left: Iterator[int]) -> None:
    """Adds the root of what belongs together: the part that ``start`` names, else the first; its pictures and styles are no attachments."""
    start = str(part.get_param("start", ""))
    root = next((child for child in inside if start and str(child.get("Content-ID", "")).strip() == start), inside[0] if inside else None)
    if root is not None:
        _gather(root, found, left)
    for child in inside:
        if child is not root and child.get_content_disposition() == "attachment" and not child.get("Content-ID"):
            found.attached.append(_name(child) or child.get_content_type())


def _words(bodies: list[_Body]) -> int:
    return sum(word_count(from_page(body.text, "").text if body.is_page else body.text) for body in bodies)


def _body(part: Message, *, is_page: bool) -> _Body:
    data = part.get_payload(decode=True)
    text, encoding = decode(data if isinstance(data, bytes) else b"", part.get_content_charset())
    text = text.replace("\r\n", "\n")
    if not is_page and str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return _Body(text, encoding, is_page)


def _unflowed(text: str, *, delsp: bool) -> str:
    """The paragraphs of text that was wrapped for sending (RFC 3676): a line that ends with a space goes on in the next."""
    lines = [line.removeprefix(" ") for line in text.split("\n")]
    made: list[str] = []
    open_ = False
    for line in lines:
        flows = line.endswith(" ") and line != "-- "
        kept = line[:-1] if flows and delsp else line
        if open_:
            made[-1] += kept
        else:
            made.append(kept)
        open_ = flows
    return "\n".join(made)


def _is_saved_page(message: Message) -> bool:
    """Whether a browser wrote this: then the date of its header is the day that it was saved, and says nothing of the release."""
    saved = message.get("Snapshot-Content-Location") is not None or _header(message, "From").lower().startswith("<saved by")
    sent = any(message.get(name) for name in ("To", "Received", "Message-ID"))
    return saved or (message.get_content_type() == "multipart/related" and not sent)


def _header(message: Message, name: str) -> str:
    """A header, decoded, on one line."""
    return _decoded(str(message.get(name, ""))[:2000])


def _name(part: Message) -> str:
    """The file name of a part, or an empty string."""
    try:
        return _decoded(part.get_filename("") or "")[:100]
    except (LookupError, ValueError):
        return "a file"  # whose name is broken


def _decoded(value: str) -> str:
    """The words of a header on one line, without what cannot be shown; as they stand where their encoding is broken."""
    with contextlib.suppress(MessageError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return "".join(character for character in " ".join(value.split()) if character.isprintable())
