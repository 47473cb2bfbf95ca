"""The words of a PDF and where they stand. Run as a program of its own: the PDF on standard input, JSON lines on standard output.

PDFium is fast and reads nearly everything, but a hostile file can make it take all memory or never end. So it works in a process apart, which the
system stops at a limit of memory and time. That process imports nothing of cl-extract, and needs none of it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import sys
from typing import Any, TextIO

MOST_PAGES = 200
MOST_CHARACTERS = 400_000
_MEMORY = 1 << 30  # bytes
_SECONDS = 20
_TILTED = 0.1  # radians
_SMALLEST, _FARTHEST = 1.0, 20_000.0  # points: letters that can be seen, on pages as large as PDF has them

# What a line of the output tells: a page as [width, height, has pictures, words], a word as [text, left, bottom, right, top, size].
Word = tuple[str, float, float, float, float, float]


def main() -> None:
    """Writes a JSON line for each page of the PDF on standard input, or one line that says what is wrong with it."""
    data = sys.stdin.buffer.read()
    try:
        import pypdfium2  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        sys.stdout.write(json.dumps({"fault": "missing"}) + "\n")
        return
    _limit()
    _write(pypdfium2, data, sys.stdout)


def _limit() -> None:
    """Limits memory and time, where the system can; the caller's clock ends it in any case."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, wanted in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows the first and does not take it
            resource.setrlimit(kind, (soft, hard))


def _write(pdfium: Any, data: bytes, out: TextIO) -> None:
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        fault = "encrypted" if "password" in str(error).lower() else "broken"
        out.write(json.dumps({"fault": fault}) + "\n")
        return
    if pages > MOST_PAGES:
        out.write(json.dumps({"fault": "pages"}) + "\n")
        return
    left = MOST_CHARACTERS
    for index in range(pages):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            out.write(json.dumps({"fault": "page"}) + "\n")
            continue
        width, height = page.get_size()
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            out.write(json.dumps({"fault": "characters"}) + "\n")
            return
        words = _words(pdfium.raw, text.raw, text.count_chars(), _bounds(pdfium.raw, page))
        pictures = any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        out.write(json.dumps([width, height, pictures, words]) + "\n")
        text.close()
        page.close()


def _bounds(raw: Any, page: Any) -> tuple[float, float, float, float]:
    """What of the page is shown."""
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(rect))
    return (rect.left, rect.bottom, rect.right, rect.top)


def _words(raw: Any, text: Any, count: int, box: tuple[float, float, float, float]) -> list[Word]:
    """The words of a page in the order in which it draws them, turned upright; what stands outside the page or aslant on it is left out."""
    quarters = [_quarter(raw.FPDFText_GetCharAngle(text, i)) for i in range(0, count, max(1, count // 200))]
    known = [quarter for quarter in quarters if quarter is not None]
    upright = max(set(known), key=known.count) if known else 0
    found: list[Word] = []
    letters: list[str] = []
    around: list[tuple[float, float, float, float]] = []
    size = 0.0

    def end() -> None:
        if letters:
            found.append(
                ("".join(letters), min(b[0] for b in around), min(b[1] for b in around), max(b[2] for b in around), max(b[3] for b in around), size)
            )
            letters.clear()
            around.clear()

    rect = raw.FS_RECTF()
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        character = "-" if code in (2, 0xFFFE) else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if character.isspace() or not raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(rect)):
            end()
            continue
        if _quarter(raw.FPDFText_GetCharAngle(text, i)) != upright or not (box[0] <= rect.left <= box[2] and box[1] <= rect.bottom <= box[3]):
            end()
            continue
        place = _turned((rect.left, rect.bottom, rect.right, rect.top), upright)
        height = place[3] - place[1]
        if not height >= _SMALLEST or not all(abs(edge) <= _FARTHEST for edge in place):  # NaN is neither
            end()
            continue
        if around and (abs(place[1] - around[-1][1]) > 0.5 * height or not -height < place[0] - around[-1][2] < 0.15 * height):
            end()
        if not letters:
            size = height
        letters.append(character)
        around.append(place)
    end()
    return found


def _quarter(angle: float) -> int | None:
    """How many quarter turns clockwise an angle is, in radians; None where it is aslant."""
    turns = angle / (math.pi / 2)
    near = round(turns)
    return near % 4 if angle >= 0 and abs(turns - near) * (math.pi / 2) < _TILTED else None


def _turned(box: tuple[float, float, float, float], quarters: int) -> tuple[float, float, float, float]:
    """The box after the page was turned so that its text runs from left to right."""
    x0, y0, x1, y1 = box
    if quarters == 1:
        return (-y1, x0, -y0, x1)
    if quarters == 2:
        return (-x1, -y1, -x0, -y0)
    if quarters == 3:
        return (y0, -x1, y1, -x0)
    return box


if __name__ == "__main__":
    main()
