"""PDF: words into lines, lines into paragraphs, and what cannot be read. Every release here is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cl_extract.app import run
from cl_extract.extraction import extract_document
from cl_extract.reading import pdf
from cl_extract.reading.columns import Word, reading_order
from cl_extract.reading.read import read_bytes
from formats import BODY, MORE, RELEASE, as_pdf, pages, parts, refusal, scan


def test_a_locked_pdf_is_told() -> None:
    locked = pages(RELEASE)
    locked.set_encryption(owner_password="owner", user_password="user")
    assert "locked with a password" in refusal(bytes(locked.output()))


def test_without_the_extra_one_line_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['pypdfium2'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path, other = tmp_path / "release.pdf", tmp_path / "release.txt"
    path.write_bytes(as_pdf(RELEASE))
    other.write_text(RELEASE)
    assert run(["--format", "jsonl", str(path), str(other)]) == 1
    out, errors = capfd.readouterr()
    assert errors == f"cl-extract: {path}: is a PDF, and the reader of PDFs is not installed; pip install 'cl-extract[pdf]'\n"
    assert json.loads(out)["source"]["path"] == str(other)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_TIME_LIMIT", 0.001)
    assert "more than 0.001 s" in refusal(as_pdf(RELEASE))


def drawn(*lines: str, size: int = 11) -> bytes:
    """A PDF of one page with these lines, each drawn by itself."""
    page = pages("")
    page.set_font("Helvetica", size=size)
    for line in lines:
        page.cell(0, 5, line)
        page.ln()
    return bytes(page.output())


HYPHENS = [
    (("Officers took part in the national intensi-", "fication week and more"), "intensification week"),
    (("Officers arrested after a long week of it a 19-year-", "old man with a gun here"), "19-year-old man"),
    (("The court made him the subject of a three-", "month order after the hearing"), "three-month order"),
    (("The court made the order that day for all seven-", "teen men after the hearing"), "seventeen men"),
    (("Officers on their rounds in town took an e-", "scooter from a boy of that age"), "e-scooter"),
    (("Officers on their rounds in town took the co-", "caine from a boy of that age"), "cocaine"),
    (("Officers went on from there to find a vacuum-pack-", "ing machine and a phone"), "vacuum-packing"),
    (("Officers went on with the work after a stop-and-", "search of the cars in town"), "stop-and-search"),
    (("Officers went after the gang’s drug-", "related earnings in that county"), "drug-related"),
    (("A re-enactment was held, and after this re-", "enactment a witness came forward"), "this re-enactment"),
    (("The ringleader was held, and after him the ring-", "leader of the other gang"), "the ringleader of"),
    (("Officers of the force went on with the Stoke-", "Newington work of that winter"), "Stoke-Newington"),
    (("The line took from the people £1,000-", "£2,000 on each day of the month"), "£1,000-£2,000"),
    (("Officers found 12 people at the address \N{EN DASH}", "and a dog that had no name"), "address – and"),
]


@pytest.mark.parametrize(("lines", "text"), HYPHENS)
def test_words_divided_at_the_end_of_a_line(lines: tuple[str, ...], text: str) -> None:
    assert text in read_bytes(drawn(*lines)).text


def test_ligatures_are_letters() -> None:
    assert pdf._clean("ﬁve oﬃcers con\xadﬂict\xad") == "five officers conflict\xad"


def test_the_head_of_the_page_is_read_once_and_its_foot_is_noise() -> None:
    document = read_bytes(as_pdf(f"{RELEASE}\n{BODY} " + f"{MORE} " * 60))
    said_ = parts(document)
    assert sum(text == "News release" for _, text in said_) == 2
    assert [kind for kind, text in said_ if text == "News release"][1] == "metadata"
    assert [(kind, text) for kind, text in said_ if "Page" in text] == [("metadata", "Page 1 of 2"), ("metadata", "Page 2 of 2")]
    joined = next(text for kind, text in said_ if kind == "body" and len(text) > 1000)
    assert joined == (f"{BODY} " + f"{MORE} " * 60).strip()  # over the break of the page


def test_table_rows_are_read_across() -> None:
    page = pages("")
    page.set_font("Helvetica", size=11)
    with page.table(width=120) as table:
        for cells in (("Measure", "2023", "2024"), ("Arrests", "41", "53"), ("Warrants executed", "17", "22")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    texts = [text for _, text in parts(read_bytes(bytes(page.output())))]
    assert texts[:3] == ["Measure | 2023 | 2024", "Arrests | 41 | 53", "Warrants executed | 17 | 22"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_text_is_read_and_slanted_marks_are_not(turn: int) -> None:
    page = pages("")
    page.set_auto_page_break(False)
    page.set_font("Helvetica", size=11)
    with page.rotation(turn, 105, 148):
        page.text(50, 148, "Police in Anytown arrested 12 men and seized")
        page.text(50, 153, "14 knives in a raid on a flat.")
    with page.rotation(45, 105, 148):
        page.set_font("Helvetica", size=60)
        page.text(60, 150, "DRAFT")
    assert "Police in Anytown arrested 12 men and seized 14 knives in a raid on a flat." in read_bytes(bytes(page.output())).text
    assert "DRAFT" not in read_bytes(bytes(page.output())).text


def test_a_page_that_is_a_picture_is_told() -> None:
    document = read_bytes(scan(pages(RELEASE)))
    assert extract_document(document).warnings == ("page 2 is a picture and not read; put it through text recognition first",)


def boxes(*rows: tuple[float, str], height: float = 10.0) -> list[Word]:
    """Words of 6 points a letter, each row at its left edge; a bar in a row is a gap that a tab makes, an underscore one of justified text."""
    words = []
    for number, (left, row) in enumerate(rows):
        at = left
        for text in row.split():
            if text in ("|", "_"):
                at += 60 if text == "|" else 20
                continue
            words.append(Word(text, at, -12.0 * number, at + 6 * len(text), height - 12.0 * number, height))
            at += 6 * len(text) + 3
    return words


LEFT = ["the men were arrested in", "the week of action and in", "the days that followed it"]
RIGHT = ["and the women were let go", "after they had spoken to", "the officers of the force"]
ORDER = {
    "two columns": ([(0.0, f"{left} | {right}") for left, right in zip(LEFT, RIGHT, strict=True)], [LEFT, RIGHT]),
    "a column of which little is left": ([(0.0, f"{LEFT[0]} | {RIGHT[0]}"), (0.0, LEFT[1]), (0.0, LEFT[2])], [LEFT, RIGHT[:1]]),
    "a table": ([(0.0, "Arrests | 53"), (0.0, "Warrants | 22"), (0.0, "Charges | 31")], [["Arrests 53", "Warrants 22", "Charges 31"]]),
    "justified text": ([(0.0, "the men were _ arrested _ in"), (0.0, "the week _ of _ action _ and in"), (0.0, LEFT[2])], [LEFT]),
}


@pytest.mark.parametrize(("words", "columns"), [(boxes(*rows), columns) for rows, columns in ORDER.values()], ids=ORDER)
def test_the_order_in_which_words_are_read(words: list[Word], columns: list[list[str]]) -> None:
    for order in (words, words[::-1]):  # however the program drew them
        assert [[line.text for line in column] for column in reading_order(order)] == columns


def test_figures_side_by_side_are_cells_and_no_number() -> None:
    ((line,),) = reading_order(boxes((0, "1 | 135 | 200")))
    assert line.cells == ("1", "135", "200")


PLACES = st.tuples(
    st.sampled_from(["the", "12", "£5,000", "•", "–", "raid-", "Page", "\xad"]), st.integers(-50, 700), st.integers(-50, 900), st.integers(1, 30)
)


@settings(max_examples=100)
@given(st.lists(PLACES, max_size=60))
def test_words_anywhere_are_each_read_once(places: list[tuple[str, int, int, int]]) -> None:
    words = [Word(text, x, y, x + 8 * len(text), y + size, size) for text, x, y, size in places]
    read = [text for column in reading_order(words) for line in column for text in line.text.split()]
    assert sorted(read) == sorted(word.text for word in words)
