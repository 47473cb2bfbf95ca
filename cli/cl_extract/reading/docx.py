"""Word documents (.docx): paragraphs, headings, lists, tables, text boxes, notes, and the head and foot of the page.

A library of its own is not needed, and would read less: what is typed with changes tracked, in content controls and in text boxes is text too.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from cl_extract.errors import InputError
from cl_extract.model import Document
from cl_extract.reading.document import Composer, compose
from cl_extract.reading.layout import Shape
from cl_extract.reading.xmltree import parse_xml

_LARGEST_PART = 16 << 20
_MARK_UP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# The strict form of the standard has names of its own for the same things.
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = frozenset((_W + "del", _W + "moveFrom"))
_CHARACTERS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_PAGE_PART = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")


def read_docx(data: bytes) -> Document:
    """The document in the bytes of a .docx file. Raises InputError where it is broken, encrypted, or grows beyond reason when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Word(archive).document()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError, OSError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"is a Word document, and broken ({reason}); open it in a word processor and save it anew") from None


class _Word:
    """One pass over the parts of a document."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = _LARGEST_PART
        self.main = self._main_part()
        self.styles = self._styles()
        self.composer = Composer()
        self.titled = False

    def document(self) -> Document:
        """The head of the page, the body, its notes, then the foot of the page as noise."""
        parts: dict[str, list[Element]] = {"header": [], "footer": [], "footnotes": [], "endnotes": []}
        for name in sorted(self.archive.namelist()):
            if match := _PAGE_PART.fullmatch(name):
                parts[match[1]].append(self._part(name))
        for text in dict.fromkeys(text for part in parts["header"] for text in self._lines(part)):
            self.composer.add(text)
        body = self._part(self.main).find(_W + "body")
        if body is None:
            raise InputError("is a Word document without a body; open it in a word processor and save it anew")
        self._add_blocks(body)
        for note in (note for kind in ("footnotes", "endnotes") for part in parts[kind] for note in part):
            if note.get(_W + "type") in (None, "normal"):
                self._add_blocks(note)
        for text in dict.fromkeys(text for part in parts["footer"] for text in self._lines(part)):
            self.composer.add(text.replace("\n", " "), Shape.NOISE, reason="metadata")
        if not self.composer.pieces:
            raise InputError("is a Word document without text; if it holds pictures of a release, give its text instead")
        return compose(self.composer.text, self.composer.pieces, "docx", "utf-8")

    def _part(self, name: str) -> Element:
        """A part as a tree; all that are read count towards one limit, as sizes in the archive's own directory may lie."""
        with self.archive.open(name) as stream:
            data = stream.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise InputError(f"unpacks to more than {_LARGEST_PART >> 20} MiB; give the text of the release alone")
        root = parse_xml(data)
        for element in root.iter():
            if element.tag.startswith(_STRICT):
                element.tag = _W + element.tag.removeprefix(_STRICT)
                for key in [key for key in element.attrib if key.startswith(_STRICT)]:
                    element.attrib[_W + key.removeprefix(_STRICT)] = element.attrib.pop(key)
        return root

    def _main_part(self) -> str:
        if "_rels/.rels" in self.archive.namelist():
            for relation in self._part("_rels/.rels"):
                if relation.get("Type", "").endswith("/officeDocument"):
                    return posixpath.normpath(relation.get("Target", "").lstrip("/"))
        return "word/document.xml"

    def _styles(self) -> dict[str, str]:
        """What the paragraph styles mean: ``title``, ``heading`` or ``list`` by their ids, those that they build on included."""
        name = posixpath.join(posixpath.dirname(self.main), "styles.xml")
        if name not in self.archive.namelist():
            return {}
        meant: dict[str, str] = {}
        base: dict[str, str] = {}
        for style in self._part(name).iter(_W + "style"):
            key = style.get(_W + "styleId", "")
            called = _value(style, "name").lower()
            listed = style.find(f"{_W}pPr/{_W}numPr") is not None or called.startswith("list")
            meant[key] = "title" if called == "title" else "heading" if called.startswith(("heading", "subtitle")) else "list" if listed else ""
            base[key] = _value(style, "basedOn")
        for key in meant:
            at, steps = key, 0
            while not meant.get(at) and at in base and steps < 10:
                at, steps = base[at], steps + 1
            meant[key] = meant.get(at, "")
        return meant

    def _lines(self, part: Element) -> Iterator[str]:
        for paragraph in _paragraphs(part):
            if text := _text(paragraph).strip():
                yield text

    def _add_blocks(self, parent: Element) -> None:
        """Adds what the parent holds: paragraphs, tables, and what wraps them (content controls, tracked changes)."""
        for child in parent:
            if child.tag == _W + "p":
                self._add_paragraph(child)
            elif child.tag == _W + "tbl":
                self._add_table(child)
            elif child.tag not in _DELETED:
                self._add_blocks(child)

    def _add_paragraph(self, paragraph: Element) -> None:
        style = self.styles.get(_value(paragraph, "pPr", "pStyle"), "")
        number = _value(paragraph, "pPr", "numPr", "numId")
        text = _text(paragraph)
        if style == "title" and not self.titled and text.strip():
            self.titled = True
            self.composer.add(text.replace("\n", " "), Shape.TITLE)
        elif style in ("title", "heading"):
            self.composer.add(text.replace("\n", " "), Shape.HEADING)
        elif (number or style == "list") and number != "0":
            self.composer.add(text, Shape.ITEM)
        else:
            self.composer.add(text)
        for box in _boxes(paragraph):
            self._add_blocks(box)

    def _add_table(self, table: Element) -> None:
        for row in _inside(table, "tr"):
            cells = list(_inside(row, "tc"))
            if any(cell.find(f".//{_W}tbl") is not None for cell in cells):
                for cell in cells:
                    self._add_blocks(cell)
            else:
                head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
                self.composer.add_row([[_text(paragraph) for paragraph in _paragraphs(cell)] for cell in cells], head=head)


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also where a content control or a tracked change stands round them; not those inside them."""
    for child in parent:
        if child.tag == _W + name:
            yield child
        elif child.tag not in _DELETED:
            yield from _inside(child, name)


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs in an element, those of text boxes after the one that they hang on."""
    for child in parent:
        if child.tag == _W + "p":
            yield child
            for box in _boxes(child):
                yield from _paragraphs(box)
        elif child.tag not in _DELETED:
            yield from _paragraphs(child)


def _text(paragraph: Element) -> str:
    """What the paragraph shows: what tracked changes delete and what is hidden is left out, what they insert is not."""
    return "".join(_runs(paragraph))


def _runs(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == _W + "r" and _is_hidden(child):
            continue
        elif child.tag not in _DELETED and child.tag not in (_W + "pPr", _W + "rPr", _W + "txbxContent", _MARK_UP + "AlternateContent", _W + "pict"):
            yield from _runs(child)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(_W + "val") not in ("0", "false", "off")


def _boxes(parent: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph; of the two forms that Word writes each in, the first."""
    for child in parent:
        if child.tag == _W + "txbxContent":
            yield child
        elif child.tag == _MARK_UP + "AlternateContent":
            yield from next((boxes for form in child if (boxes := list(_boxes(form)))), [])
        elif child.tag not in _DELETED:
            yield from _boxes(child)


def _value(element: Element, *path: str) -> str:
    """The ``w:val`` of the element at the path below, or an empty string."""
    found = element.find("/".join(_W + name for name in path))
    return "" if found is None else found.get(_W + "val", "")
