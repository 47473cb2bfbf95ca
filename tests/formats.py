"""One release put into every format that is read, so that tests can ask for the same facts from each.

The release is plain text: paragraphs apart by blank lines, list items with a bullet, the first paragraph of more than four words the headline.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from PIL import Image

from cl_extract.errors import InputError
from cl_extract.model import Document
from cl_extract.reading.read import read_bytes

TITLE = "Twelve arrested in dawn raids across Anytown"
BODY = "Officers from Anyshire Police arrested 12 people on suspicion of supplying class A drugs."
MORE = "Two of them were later charged with 4 offences and will appear at Anytown Magistrates’ Court."
RELEASE = f"{TITLE}\n\n{BODY}\n\n{MORE}\n"
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:document>'
SENT = "Tue, 05 Jan 2027 09:30:00 +0000"


def _parts(text: str) -> list[tuple[str, str]]:
    """The lines of a release, each with what it is: ``head``, ``title``, ``text`` or ``item``."""
    made: list[tuple[str, str]] = []
    titled = False
    for line in filter(None, text.split("\n")):
        if not titled and len(line.split()) <= 4:
            made.append(("head", line))
        elif not titled:
            titled = True
            made.append(("title", line))
        elif line.startswith("• "):
            made.append(("item", line.removeprefix("• ")))
        else:
            made.append(("text", line))
    return made


def as_text(text: str) -> bytes:
    return text.encode()


def as_markdown(text: str) -> bytes:
    marks = {"head": "", "title": "# ", "text": "", "item": "* "}
    lines = "".join(f"{marks[kind]}{line}\n" + ("" if kind == "item" else "\n") for kind, line in _parts(text))
    return (re.sub(r"(\* .*\n)(?!\*)", r"\1\n", lines) + "## Ends\n").encode()


def body_html(text: str) -> str:
    tags = {"head": "p", "title": "h1", "text": "p", "item": "li"}
    lines = "".join(f"<{tags[kind]}>{html.escape(line)}</{tags[kind]}>\n" for kind, line in _parts(text))
    return re.sub(r"((?:<li>.*\n)+)", r"<ul>\n\1</ul>\n", lines)


def as_html(text: str) -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body><article>\n{body_html(text)}</article></body></html>".encode()


def as_mhtml(text: str) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://news.example/release"
    message["Date"] = SENT
    message.set_content(as_html(text).decode(), subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG....", "image", "png", cid="<picture@example>")
    return message.as_bytes()


def as_mail(text: str) -> bytes:
    return mail(text, page=body_html(text)).as_bytes()


def as_text_mail(text: str) -> bytes:
    return mail(text).as_bytes()


def mail(text: str, *, page: str = "", subject: str = "", date: str = SENT) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Press Office <press@force.example>"
    message["To"] = "newsdesk@paper.example"
    message["Subject"] = subject or next((line for kind, line in _parts(text) if kind == "title"), "News")
    message["Date"] = date
    message["Message-ID"] = "<1@force.example>"
    message.set_content(text)
    if page:
        message.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    return message


def as_docx(text: str) -> bytes:
    document = docx.Document()
    styles = {"head": None, "title": "Title", "text": None, "item": "List Bullet"}
    for kind, line in _parts(text):
        document.add_paragraph(line, style=styles[kind])
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


class _Pages(FPDF):
    """Pages with a running head and a number at the foot."""

    def __init__(self, running: str) -> None:
        super().__init__()
        self.running = running
        self.core_fonts_encoding = "cp1252"  # what the PDF says of them; it has the dashes and quotation marks
        self.alias_nb_pages()

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, self.running, align="R")
        self.ln(14)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")


def as_pdf(text: str) -> bytes:
    pages = _Pages("News release")
    pages.add_page()
    sizes = {"head": 11, "title": 17, "text": 11, "item": 11}
    for kind, line in _parts(text):
        pages.set_font("Helvetica", size=sizes[kind], style="B" if kind == "title" else "")
        pages.multi_cell(0, sizes[kind] * 0.5, ("• " if kind == "item" else "") + line, align="L", new_x="LMARGIN", new_y="NEXT")
        pages.ln(1 if kind == "item" else 3)
    return bytes(pages.output())


def as_two_columns(text: str) -> bytes:
    """Two columns of justified text below the headline, drawn line by line across both, so that only the places of the words tell the order."""
    pages = _Pages("News release")
    pages.add_page()
    lines: list[str] = []
    for kind, line in _parts(text):
        pages.set_font("Helvetica", size=17 if kind == "title" else 10)
        if kind in ("head", "title"):
            pages.multi_cell(0, 8, line, align="L", new_x="LMARGIN", new_y="NEXT")
            continue
        wrapped = pages.multi_cell(90, 5, ("• " if kind == "item" else "") + line, align="L", dry_run=True, output="LINES")
        assert isinstance(wrapped, list)
        lines += [*(piece.encode("latin-1").decode("cp1252") for piece in wrapped), ""]
    top, half = pages.get_y() + 4, 44
    pages.set_auto_page_break(False)
    for start in range(0, len(lines), 2 * half):
        if start:
            pages.add_page()
            top = pages.get_y()
        pages.set_font("Helvetica", size=10)
        column = lines[start : start + 2 * half]
        cut = min(half, (len(column) + 1) // 2)
        for row in range(cut):
            for x, at in ((10, row), (108, row + cut)):
                if at < len(column) and column[at]:
                    pages.text(x, top + 5 * row, column[at])
    return bytes(pages.output())


def _item(text: str) -> tuple[str, str]:
    parts = _parts(text)
    title = next((line for kind, line in parts if kind == "title"), "News")
    return title, body_html("\n".join(line if kind != "item" else f"• {line}" for kind, line in parts)).replace(
        f"<h1>{html.escape(title)}</h1>\n", ""
    )


def as_rss(text: str) -> bytes:
    return rss(text).encode()


def rss(*texts: str, date: str = "") -> str:
    items = ""
    for number, text in enumerate(texts, 1):
        title, body = _item(text)
        dated = f"<pubDate>{date}</pubDate>" if date else ""
        link = f"<link>https://news.example/{number}</link>"
        items += f"<item><title>{html.escape(title)}</title>{link}{dated}<description>{html.escape(body)}</description></item>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>News room</title>{items}</channel></rss>'


def as_atom(text: str) -> bytes:
    title, body = _item(text)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>News room</title>'
        f'<entry><title>{html.escape(title)}</title><link href="https://news.example/1"/>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry></feed>'
    ).encode()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "mhtml": as_mhtml,
    "eml": as_mail,
    "docx": as_docx,
    "pdf": as_pdf,
    "rss": as_rss,
    "atom": as_atom,
}


def pages(text: str) -> _Pages:
    """A PDF in the making, with the lines of ``text``."""
    made = _Pages("")
    made.add_page()
    made.set_font("Helvetica", size=11)
    for line in filter(None, text.split("\n")):
        made.multi_cell(0, 6, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return made


def scan(before: FPDF | None = None) -> bytes:
    """A PDF with a page that is only a picture, after what ``before`` holds."""
    made = before or FPDF()
    made.header = made.footer = lambda: None  # type: ignore[method-assign]  # a scan has neither
    made.add_page()
    made.image(Image.new("RGB", (20, 20), "grey"), x=10, y=10, w=100)
    return bytes(made.output())


def small_pdf(stream: bytes, *, pages: int = 1, coding: bytes = b"") -> bytes:
    """A PDF written by hand, whose pages all draw the one stream."""
    kids = b" ".join([b"3 0 R"] * pages)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), coding, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(made))


def archive(**names: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in names.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


def parts(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block; for noise its reason stands for the kind."""
    return [(block.reason or block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError, match=r"^f: [^\n]+; [^\n]+$") as caught:
        read_bytes(data, "f")
    return str(caught.value)


SAMPLE_FILES = {"garda-search.pdf": as_two_columns, "gang-sentenced.docx": as_docx, "strike-force.eml": as_mail, "week-of-action.mhtml": as_mhtml}


def main() -> None:
    """Writes samples/formats anew: ``python tests/formats.py``."""
    samples = Path(__file__).resolve().parents[1] / "samples"
    for name, made in SAMPLE_FILES.items():
        text = (samples / name).with_suffix(".txt").read_text(encoding="utf-8")
        (samples / "formats" / name).write_bytes(made(text))
    texts = [(samples / f"{name}.txt").read_text(encoding="utf-8") for name in ("confiscation", "witness-appeal")]
    (samples / "formats" / "news.rss").write_text(rss(*texts), encoding="utf-8")
    (samples / "formats" / "news.atom").write_bytes(as_atom(texts[0]))


if __name__ == "__main__":
    main()
