"""The pictures in the README, taken anew: ``python tests/screenshots.py`` writes them to ``samples/screenshots``, with pngquant and pdftoppm.

Look at each before it is kept.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from browser import chromium
from cl_extract.app import run
from cl_extract.extraction import extract_document
from cl_extract.output.show import release_text
from cl_extract.reading.read import read_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "samples" / "screenshots"
SAMPLES = sorted(f"samples/{path.name}" for path in (ROOT / "samples").iterdir() if path.suffix in {".txt", ".md", ".html"})
TITLE = "53 arrested and six drug lines"
WIDE = {"width": 1200, "height": 860}


@contextlib.contextmanager
def opened(browser: Browser, page: Path, title: str = "", **how: Any) -> Iterator[Page]:
    """The page, and on top of it the release of that ``title``, opened, a mark of it clicked."""
    made = browser.new_page(**{"viewport": WIDE, "reduced_motion": "reduce", **how})
    made.goto(page.as_uri())
    if title:
        release = made.locator("details.release", has_text=title)
        release.locator("summary").click()
        release.locator(".text").wait_for()
        release.locator(".text .mark", has_text="six drug lines closed").click()
        release.evaluate("place => place.scrollIntoView()")
        made.mouse.move(0, 0)
    yield made
    made.close()


def terminal(columns: int) -> str:
    """``cl-extract show`` in colour, as SVG."""
    document = read_file("samples/week-of-action.txt")
    os.environ["COLORTERM"] = "truecolor"
    shown = release_text(document, extract_document(document), width=columns, color=True)
    console = Console(width=columns, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("".join(shown.splitlines(keepends=True)[:38])))
    return console.export_svg(title="cl-extract show samples/week-of-action.txt")


def main() -> None:
    """Takes them all."""
    os.chdir(ROOT)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        page = Path(folder, "report.html")
        assert run(["report", *SAMPLES, "-o", str(page)]) == 0
        with opened(browser, page) as shown:
            shown.screenshot(path=FOLDER / "light.png")
        with opened(browser, page, TITLE, color_scheme="dark") as shown:
            shown.screenshot(path=FOLDER / "dark.png")
        with opened(browser, page, TITLE, viewport={"width": 390, "height": 760}) as shown:
            shown.screenshot(path=FOLDER / "narrow.png")
        with opened(browser, page, TITLE) as shown:
            shown.pdf(path=Path(folder, "printed.pdf"), format="A4", margin={"top": "15mm", "right": "15mm", "bottom": "15mm", "left": "15mm"})
        subprocess.run(["pdftoppm", "-png", "-r", "70", "-f", "4", "-l", "4", "-singlefile", f"{folder}/printed.pdf", FOLDER / "printed"], check=True)
        Path(folder, "show.svg").write_text(terminal(90), encoding="utf-8")
        with opened(browser, Path(folder, "show.svg"), viewport={"width": 1150, "height": 1100}, offline=True) as shown:
            shown.locator("svg").first.screenshot(path=FOLDER / "show.png")
    subprocess.run(["pngquant", "--force", "--ext", ".png", "--strip", "64", *FOLDER.glob("*.png")], check=True)


if __name__ == "__main__":
    main()
