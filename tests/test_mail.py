"""Mails and saved pages: which part is read, and what the header adds. Every release here is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from cl_extract.extraction import extract_document
from cl_extract.reading.read import read_bytes
from formats import BODY, FORMATS, MORE, RELEASE, TITLE, mail, parts, refusal


def test_subject_and_day_of_a_mail_stand_in_for_title_and_date() -> None:
    document = read_bytes(mail(f"{BODY}\n\n{MORE}", subject="FW: [EXTERNAL] Twelve arrested in Anytown’s dawn raids").as_bytes())
    assert document.title == "Twelve arrested in Anytown’s dawn raids"
    assert parts(document)[0] == ("title", document.title)
    assert extract_document(document).release.published == dt.date(2027, 1, 5)
    assert extract_document(document, published=dt.date(2020, 1, 1)).release.published == dt.date(2027, 1, 5)


def test_what_the_text_of_a_mail_says_of_itself_is_better() -> None:
    document = read_bytes(mail(f"{TITLE}\n\n10 March 2025\n\n{BODY}\n\n{MORE}", subject=TITLE.upper()).as_bytes())
    assert (document.title, document.text.count("dawn")) == (TITLE, 1)
    assert extract_document(document).release.published == dt.date(2025, 3, 10)


def test_figures_that_only_the_subject_states_are_read() -> None:
    document = read_bytes(mail("", page=f"<h1>{TITLE}</h1><p>{BODY}</p>", subject="14 knives seized by police").as_bytes())
    assert {"bladed_weapons_seized", "arrests"} <= {fact.measure for fact in extract_document(document).facts}


def test_attachments_are_named() -> None:
    message = mail(RELEASE)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="figures\u202e 2024.pdf")
    message.add_attachment(mail(RELEASE))
    record = extract_document(read_bytes(message.as_bytes()))
    assert record.warnings == tuple(
        f"“{name}” is attached and not read; save it and give it by name" for name in ("figures 2024.pdf", "message/rfc822")
    )


def test_a_mail_that_is_only_attachments_says_so() -> None:
    message = mail("")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="release.pdf")
    assert "save what is attached to it (release.pdf)" in refusal(message.as_bytes())


HEAD = b"From: a@b.example\r\nMIME-Version: 1.0\r\nSubject: News\r\n"
TWO_FORMS = b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\n%s\r\n--x\r\nContent-Type: text/html\r\n\r\n%s\r\n--x--"
BODIES = {
    "a declared character set": (b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nPolice seized \xa3500.", "Police seized £500."),
    "an unknown character set": (b"Content-Type: text/plain; charset=x-none\r\n\r\nPolice seized \xa3500.", "Police seized £500."),
    "UTF-16": (b"Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\nMQAyACAAbQBlAG4A", "12 men"),
    "lines wrapped for sending": (
        b"Content-Type: text/plain; format=flowed\r\n\r\nPolice arrested \r\n12 men.\r\nAll were \r\ncharged.",
        "Police arrested 12 men.\nAll were charged.",
    ),
    "lines wrapped with their spaces": (
        b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nPolice arrested  \r\n12 men.",
        "Police arrested 12 men.",
    ),
    "quoted-printable": (
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nPolice seized =C2=A3500=\r\n,000.",
        "Police seized £500,000.",
    ),
    "a stub beside the page": (
        TWO_FORMS % (b"View in browser", b"<p>Police arrested 12 men.</p>"),
        "Police arrested 12 men.",
    ),
    "a stub of a page beside the text": (
        TWO_FORMS % (b"Police arrested 12 men in Anytown.", b"<p>View text</p>"),
        "Police arrested 12 men in Anytown.",
    ),
    "a boundary that never comes": (
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nPolice arrested 12 men.",
        "Police arrested 12 men.",
    ),
}


@pytest.mark.parametrize(("data", "text"), BODIES.values(), ids=BODIES)
def test_the_text_of_a_mail(data: bytes, text: str) -> None:
    document = read_bytes(HEAD + data)
    assert (document.format, document.text.strip()) == ("eml", f"News\n\n{text}")


@pytest.mark.parametrize(
    "head", ["Date: 5 March 2024\nSubject: Raids\n\n", "From: Press Office\nTo: all\nSubject: Raids\n\n", "Contact: press@force.example\n\n"]
)
def test_a_text_that_opens_like_a_mail_is_a_text(head: str) -> None:
    document = read_bytes((head + RELEASE).encode())
    assert (document.format, document.text) == ("text", head + RELEASE)


def test_a_saved_page_gives_its_address_and_not_the_day_it_was_saved() -> None:
    record = extract_document(read_bytes(FORMATS["mhtml"](RELEASE)))
    assert (record.release.url, record.release.published) == ("https://news.example/release", None)
