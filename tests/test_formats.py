"""Every format a release comes in: the same facts from each, and a clear line for what cannot be read. Every release here is invented."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cl_extract import InputError, Record, extract_file, extract_releases
from cl_extract.app import run
from cl_extract.extraction import extract_document
from cl_extract.model import BlockKind
from cl_extract.reading.read import read_releases, releases_in
from formats import FORMATS, RELEASE, WORD, archive, as_docx, as_text, as_text_mail, as_two_columns, mail, refusal, scan, small_pdf

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
RELEASES = ("week-of-action", "gang-sentenced", "strike-force", "warrant-raid", "confiscation", "garda-search", "witness-appeal")


def said(record: Record) -> dict[str, object]:
    """What a record says, places aside."""
    facts = sorted(str((f.kind, f.measure, f.value, f.unit, f.qualifier, f.high, f.attributes, f.period)) for f in record.facts)
    dates = sorted({(d.role, d.start, d.end, d.relative) for d in record.dates})
    return {"published": record.release.published, "force": record.release.force, "title": record.release.title, "facts": facts, "dates": dates}


@pytest.mark.parametrize("name", RELEASES)
@pytest.mark.parametrize(("format_", "made"), [*FORMATS.items(), ("pdf", as_two_columns), ("eml", as_text_mail)])
def test_a_release_says_the_same_in_every_format(format_: str, made: Callable[[str], bytes], name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    (plain,) = releases_in(as_text(text))
    (document,) = releases_in(made(text), "release")
    assert document.format == format_
    assert said(extract_document(document)) == said(extract_document(plain))


@pytest.mark.parametrize("path", sorted((SAMPLES / "formats").iterdir()), ids=lambda path: path.name)
def test_a_sample_says_what_its_text_says(path: Path) -> None:
    for record in extract_releases(path):
        texts = [extract_file(SAMPLES / f"{name}.txt") for name in RELEASES]
        (plain,) = [text for text in texts if text.release.title == record.release.title]
        assert said(record) == said(plain)


def test_the_samples_are_of_every_format() -> None:
    formats = {read_releases(path)[0].format for path in (*SAMPLES.glob("*.*[tdl]"), *(SAMPLES / "formats").iterdir()) if path.is_file()}
    assert formats >= FORMATS.keys()


@pytest.mark.parametrize("made", FORMATS.values(), ids=FORMATS)
def test_every_mention_is_in_the_text_that_is_printed(made: Callable[[str], bytes], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "release.txt"  # the name says nothing of the format
    path.write_bytes(made((SAMPLES / "week-of-action.txt").read_text(encoding="utf-8")))
    assert run(["text", str(path)]) == 0
    source = capfd.readouterr().out
    (record,) = extract_releases(path)
    assert len(record.facts) > 20
    mentions = [mention for fact in record.facts for mention in fact.mentions] + [mention for date in record.dates for mention in date.mentions]
    for mention in mentions:
        assert source[mention.start : mention.end] == mention.text
        assert source.count("\n", 0, mention.start) + 1 == mention.line


REFUSED = {
    "an OpenDocument text": (archive(content_xml=b"", mimetype=b"application/vnd.oasis.opendocument.text"), "soffice --headless --convert-to docx"),
    "a workbook": (archive(xl__workbook_xml=b""), "Excel workbook"),
    "slides": (archive(ppt__presentation_xml=b""), "PowerPoint"),
    "an e-book": (archive(**{"META-INF/container.xml": b""}), "e-book"),
    "another archive": (archive(release=b"text"), "ZIP archive, not text; unpack it first"),
    "a Word document cut short": (as_docx(RELEASE)[:-100], "broken"),
    "a Word document without text": (archive(word__document_xml=WORD % b"<w:body/>"), "without text"),
    "a Word document without a body": (archive(word__document_xml=WORD % b""), "without a body"),
    "a Word document of broken XML": (archive(word__document_xml=b"<a><b></a>"), "broken XML (mismatched tag at line 1"),
    "a Word document that is a bomb": (archive(word__document_xml=b"<a>" + bytes(40 << 20)), "unpacks to more than 16 MiB"),
    "entities that grow": (archive(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'), "declares XML entities"),
    "entities from outside": (b'<!DOCTYPE rss [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>', "declares XML entities"),
    "elements in elements": (b"<rss>" + b"<a>" * 10_000, "nested or repeated beyond reason"),
    "a thousand thousand elements": (b"<rss>" + b"<a/>" * 500_000 + b"</rss>", "nested or repeated beyond reason"),
    "a feed without entries": (b"<rss><channel><title>News</title></channel></rss>", "without an entry"),
    "a feed of too many entries": (b"<rss>" + b"<item/>" * 5001 + b"</rss>", "more than 5000 entries"),
    "a mailbox": (b"From a@b Mon Jan  1 09:00:00 2024\nMIME-Version: 1.0\nTo: c\n\n12 men\n\n" * 2, "mailbox of several mails"),
    "parts in parts": (b"MIME-Version: 1.0\nTo: c\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 60, "nested beyond reason"),
    "a mail without text": (mail("").as_bytes(), "mail without text; give the text"),
    "a PDF of nothing": (small_pdf(b""), "PDF without text"),
    "a PDF of a scan": (scan(), "text recognition"),
    "a PDF that is broken": (b"%PDF-1.7\n" + bytes(100), "broken"),
    "a PDF of many pages": (small_pdf(b"BT /F 12 Tf 72 700 Td (Police seized 3 knives.) Tj ET", pages=300), "more than 200 pages"),
    "a PDF that is a bomb": (
        small_pdf(zlib.compress(b"BT /F 12 Tf 9 9 Td (aa) Tj ET " * (3 << 20)), coding=b"/Filter/FlateDecode"),
        "within the limits",
    ),
    "a PDF of too many characters": (
        small_pdf(b"BT /F 1 Tf 1 700 Td %s ET" % (b"(%s) Tj 0 -9 Td " % (b"ab " * 10_000) * 40)),
        "more than 400,000 characters",
    ),
}


@pytest.mark.parametrize(("data", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, says: str) -> None:
    assert says in refusal(data)


def test_plain_text_is_read_without_the_readers_of_other_formats() -> None:
    names = ["xml.etree.ElementTree", "email.parser", "subprocess"]
    read = f"import sys; from cl_extract import extract_file; extract_file({str(SAMPLES / 'week-of-action.txt')!r})"
    code = f"{read}; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


SEEDS = {name: made(RELEASE) for name, made in FORMATS.items()}
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=8)


def changed(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """The data with some bytes put in and some taken away."""
    for where, put, taken in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + taken :]
    return data


def check_read(data: bytes) -> None:
    told = "refused; "
    try:
        documents = releases_in(data, "f")
    except InputError as error:
        told, documents = str(error), ()
    assert "; " in told
    assert "\n" not in told
    for document in documents:
        at = 0
        for block in document.blocks:
            assert at <= block.start < block.end <= len(document.text)
            assert (block.kind is BlockKind.NOISE) == bool(block.reason)
            at = block.end


@pytest.mark.parametrize("name", [name for name in SEEDS if name != "pdf"])
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_a_broken_file_is_read_or_refused(name: str, changes: list[tuple[float, bytes, int]]) -> None:
    check_read(changed(SEEDS[name], changes))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_a_broken_pdf_is_read_or_refused(changes: list[tuple[float, bytes, int]]) -> None:
    check_read(changed(SEEDS["pdf"], changes))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_the_xml_of_a_word_document_may_be_anything(changes: list[tuple[float, bytes, int]]) -> None:
    with zipfile.ZipFile(io.BytesIO(SEEDS["docx"])) as whole:
        xml = changed(whole.read("word/document.xml"), changes)
        check_read(archive(word__document_xml=xml, word__styles_xml=whole.read("word/styles.xml")))
