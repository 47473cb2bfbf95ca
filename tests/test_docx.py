"""Word documents: what a reader of them sees is what is read. Every release here is invented."""

from __future__ import annotations

import docx
import pytest

from cl_extract.reading.read import read_bytes
from formats import BODY, TITLE, WORD, archive, parts, saved


def test_the_parts_of_a_word_document() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Anyshire Police"
    document.sections[0].footer.paragraphs[0].text = "Press office, 01632 960 001"
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(BODY)
    document.add_heading("The raids", 2)
    document.add_paragraph("Officers seized:")
    document.add_paragraph("14 knives", style="List Bullet")
    document.add_paragraph("3 phones", style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Warrants", "22"
    document.add_paragraph("Arrests: 5\nCharges: 6")
    assert parts(read_bytes(saved(document))) == [
        ("heading", "Anyshire Police"),
        ("title", TITLE),
        ("lead", BODY),
        ("heading", "The raids"),
        ("body", "Officers seized:"),
        ("list", "14 knives"),
        ("list", "3 phones"),
        ("list", "Warrants | 22"),
        ("list", "Arrests: 5"),
        ("list", "Charges: 6"),
        ("metadata", "Press office, 01632 960 001"),
    ]


BOX = "<w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent>"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SHOWN = {
    "what is inserted": ("<w:ins><w:r><w:t>12 men</w:t></w:r></w:ins>", "12 men"),
    "not what is deleted": ("<w:r><w:t>12 men</w:t></w:r><w:del><w:r><w:delText>13</w:delText></w:r></w:del>", "12 men"),
    "not what was moved away": ("<w:moveFrom><w:r><w:t>13</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>12 men</w:t></w:r></w:moveTo>", "12 men"),
    "content controls": ("<w:sdt><w:sdtContent><w:r><w:t>12 men</w:t></w:r></w:sdtContent></w:sdt>", "12 men"),
    "links": ("<w:hyperlink><w:r><w:t>12 men</w:t></w:r></w:hyperlink>", "12 men"),
    "fields by what they show": ("<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>12 men</w:t></w:r>", "12 men"),
    "not what is hidden": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>13</w:t></w:r><w:r><w:t>12 men</w:t></w:r>", "12 men"),
    "what is hidden no more": ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>12 men</w:t></w:r>", "12 men"),
    "hyphens": ("<w:r><w:t>19</w:t><w:noBreakHyphen/><w:t>year</w:t><w:softHyphen/><w:t>s</w:t></w:r>", "19-years"),
    "tabs and line breaks": ("<w:r><w:t>Men</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>Women</w:t></w:r>", "Men\t12\nWomen"),
    "text boxes once": (
        f"<w:r><w:t>A</w:t><mc:AlternateContent {MC}><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>",
        "A\n\nBox",
    ),
    "text boxes of old": (f"<w:r><w:t>A</w:t><w:pict>{BOX}</w:pict></w:r>", "A\n\nBox"),
}


@pytest.mark.parametrize(("inside", "text"), SHOWN.values(), ids=SHOWN)
def test_a_paragraph_is_what_it_shows(inside: str, text: str) -> None:
    data = archive(word__document_xml=WORD % f"<w:body><w:p>{inside}</w:p></w:body>".encode())
    assert read_bytes(data).text == text


def test_footnotes_and_the_strict_form_are_read() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    note = b'<w:footnote w:type="separator"/><w:footnote><w:p><w:r><w:t>Of whom 3 were women.</w:t></w:r></w:p></w:footnote>'
    notes = b'<w:footnotes xmlns:w="%s">' + note + b"</w:footnotes>"
    body = b'<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>Police arrested 12 people.</w:t></w:r></w:p></w:body></w:document>'
    data = archive(word__document_xml=body % strict, word__footnotes_xml=notes % strict)
    assert read_bytes(data).text == "Police arrested 12 people.\n\nOf whom 3 were women."
