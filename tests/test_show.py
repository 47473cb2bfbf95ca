"""``cl-extract show``: the release as it reads, and beside it what is read in it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cl_extract.app import run
from cl_extract.extraction import extract_document
from cl_extract.output.render import printable_lines
from cl_extract.output.show import NARROW, release_text
from cl_extract.reading.read import read_file, read_text

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".txt", ".md", ".html"})
RELEASE = """Dorset Police week of action

9 December 2024

Officers arrested 14 people, including 12 men, and seized £400 in cash.

Two men were arrested and charged in May 2023. The 14 arrests took a week.
"""
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def show(text: str, width: int = 100, *, color: bool = False) -> str:
    document = read_text(text)
    return release_text(document, extract_document(document), width=width, color=color)


def test_each_mention_has_its_note_beside_the_row_it_begins_in() -> None:
    shown = show(RELEASE)
    assert re.search(r"^5 .*\[arrested 14 people\], .*  Arrests 14$", shown, re.MULTILINE)
    assert re.search(r"^ .*  Arrests 12, men$", shown, re.MULTILINE)
    assert re.search(r"^ .*  Cash seized £400$", shown, re.MULTILINE)
    assert "Arrests 2, men, May 2023" in shown  # another period than the release's
    assert len(re.findall(r"Arrests 14$", shown, re.MULTILINE)) == 2  # each mention of it
    assert re.search(r"^3 .*9 Dec 2024, published$", shown, re.MULTILINE)


def test_a_narrow_terminal_has_the_notes_under_the_lines() -> None:
    shown = show(RELEASE, 40)
    assert all(len(row) <= 40 for row in shown.splitlines())
    assert re.search(r"^ +> Cash seized £400$", shown, re.MULTILINE)


def test_colour_marks_without_brackets() -> None:
    shown = show(RELEASE, color=True)
    assert "[14" not in ESCAPE.sub("", shown)
    assert re.search(r"\x1b\[1;36m[^\x1b]*14", shown)
    assert re.search(r"\x1b\[1;32m[^\x1b]*£400", shown)


def test_only_numbers_of_lines_and_noise_are_dimmed() -> None:
    dimmed = re.findall(r"\x1b\[2m([^\x1b]*)", show(RELEASE, color=True).partition("\n\n")[2])
    assert [part for part in dimmed if part.strip() and not part.strip().isdecimal()] == []


def test_noise_is_dimmed_and_says_why() -> None:
    text = f"{RELEASE}\nCall 101 or Crimestoppers on 0800 555 111.\n"
    assert re.search(r"Call 101 .*\(contact\)$", show(text), re.MULTILINE)
    assert re.search(r"\x1b\[2m[^\x1b]*Call 101", show(text, color=True))


def test_a_warning_stands_under_the_line_it_names() -> None:
    shown = show("Police week of action\n\nThere were 12 people arrested, 15 of them men.\n\nMore will follow.\n").splitlines()
    at = next(place for place, row in enumerate(shown) if "Warning: “15 of them" in row)
    assert shown[at - 1].startswith(("3", " "))
    assert any(row.startswith("5") for row in shown[at:])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("width", [30, 80, 200])
def test_the_whole_release_is_there_in_the_width_given(path: Path, width: int) -> None:
    document = read_file(path)
    record = replace(extract_document(document), warnings=())
    rows = release_text(document, record, width=width).split("\n\n", 1)[1].splitlines()
    assert max(map(len, rows)) <= width
    if width < NARROW:
        gutter = len(str(document.text.count("\n") + 1)) + 2
        shown = "".join(row[gutter:] for row in rows if not row.startswith(" " * gutter + "> "))
        assert re.sub(r"[\s\[\]]", "", shown) == re.sub(r"[\s\[\]]", "", printable_lines(document.text))


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab 12\n\t\r\x1b[]\u202e\u200b£🚔é‑"), max_size=200), st.sampled_from([24, 63, 64, 120]))
@example("[bold]12 men were arrested[/bold] \x1b[2J\x1b]0;title\x07\u202e", 80)
def test_text_of_strangers_reaches_no_terminal_as_markup_or_escape(text: str, width: int) -> None:
    shown = show(text, width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]", shown)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]", ESCAPE.sub("", show(text, width, color=True)))


def on_a_terminal(arguments: list[str], rows: int, env: dict[str, str], tmp_path: Path) -> str:
    """What the command writes to a terminal of so many rows."""
    main, side = pty.openpty()
    subprocess.run(["stty", "-F", os.ttyname(side), "rows", str(rows), "cols", "90"], check=True)
    path = os.pathsep.join([str(ROOT / "cli"), os.environ.get("PYTHONPATH", "")])
    without = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR", "PAGER", "MANPAGER", "LESS"}}
    command = [sys.executable, "-m", "cl_extract", *arguments]
    process = subprocess.Popen(command, stdin=side, stdout=side, env={**without, "PYTHONPATH": path, "TERM": "xterm", **env}, cwd=tmp_path)
    os.close(side)
    made = b""
    try:
        while chunk := os.read(main, 65536):
            made += chunk
    except OSError:  # the other side has gone, which Linux tells so
        pass
    os.close(main)
    assert process.wait() == 0
    return made.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_what_is_longer_than_the_screen_goes_through_the_pager(tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(RELEASE)
    pager = {"PAGER": "tr a-z A-Z"}
    assert "CASH SEIZED" in on_a_terminal(["show", "release.txt"], 10, pager, tmp_path)
    whole = on_a_terminal(["show", "release.txt"], 60, pager, tmp_path)
    assert "Cash seized" in whole
    assert "\x1b[1;36m" in whole
    assert "[arrested" not in whole
    plain = on_a_terminal(["show", "release.txt"], 60, {**pager, "NO_COLOR": "1"}, tmp_path)
    assert "\x1b" not in plain
    assert "[" in plain


def test_a_file_that_is_none_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "no-such.txt"]) == 1
    assert capfd.readouterr().err == "cl-extract: no-such.txt: no such file; check the path\n"
