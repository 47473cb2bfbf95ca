"""The report page in a real browser: it finds what it shows, adds up as totals does, keeps strangers' text text, and asks nobody for anything."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import chromium
from cl_extract.app import run
from cl_extract.batch.stored import Contents, read_collection
from cl_extract.batch.totals import total_to_dict, totals
from cl_extract.extraction import extract_file
from cl_extract.output import render
from cl_extract.output.marks import items
from cl_extract.report.data import release_data
from cl_extract.report.page import MOST_RELEASES, MOST_TEXT, report_page
from cl_extract.report.source import Origin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = [str(path) for path in sorted((ROOT / "samples").iterdir()) if path.suffix in {".txt", ".md", ".html"}]
ATTACKS = (
    "<script>window.stranger = 1</script>",
    "</script><script>window.stranger = 1</script>",
    '<img src="x" onerror="window.stranger = 1">',
    "<!--<script>",
    "]]><svg/onload=window.stranger=1>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "\u202e12 deredrum\u202c \x1b[2J \u2028 '\"&amp;",
)
HOSTILE = f"""Dorset Police: 12 men arrested {"".join(ATTACKS[:4])}

9 December 2024

{chr(10).join(f"Officers arrested {number} people and seized £{number}00 in cash {attack}." for number, attack in enumerate(ATTACKS, 20))}

On 31 February {ATTACKS[2]} and Monday 7 March 2023 nothing happened. There were 12 arrests, 15 of them men {ATTACKS[1]}.
"""
PAGE = """<!doctype html><html><head><title>Police seize 4 knives &lt;script&gt;window.stranger = 1&lt;/script&gt;</title>
<link rel="canonical" href="javascript:window.stranger=1"><meta property="og:site_name" content="&lt;img src=x onerror=window.stranger=1&gt;">
</head><body><article><h1>Police seize 4 knives &lt;script&gt;window.stranger = 1&lt;/script&gt;</h1>
<p>9 December 2024</p><p>Officers seized 4 knives and arrested 3 men.</p><p>=HYPERLINK("http://example.org")</p></article></body></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of the samples, the report on it, and the report on hostile releases."""
    made = tmp_path_factory.mktemp("report")
    assert run(["batch", *SAMPLES, "-o", str(made / "releases.db"), "--jobs", "1"]) == 0
    assert run(["report", str(made / "releases.db"), "-o", str(made / "samples.html")]) == 0
    hostile = made / "hostile"
    hostile.mkdir()
    (hostile / "<img src=x onerror=window.stranger=1>.txt").write_text(HOSTILE)
    (hostile / "page.html").write_text(PAGE)
    (hostile / "<script>window.stranger=1<.txt").write_bytes("Größe und Maß für alle: sieben Männer in Köln".encode() + b"\xff 3")
    assert run(["report", str(hostile), "-o", str(made / "hostile.html")]) == 1
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture
def heard(context: BrowserContext) -> Iterator[list[str]]:
    """What pages say that they should not, and what they ask for; empty at the end."""
    said: list[str] = []
    context.on("console", lambda message: said.append(f"console: {message.text}"))
    context.on("weberror", lambda error: said.append(f"error: {error.error}"))
    context.on("request", lambda request: said.append(f"request: {request.url}") if request.frame.url not in {request.url, "about:blank"} else None)
    context.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
    yield said
    assert said == []


@pytest.fixture
def page(context: BrowserContext, heard: list[str], folder: Path) -> Page:  # noqa: ARG001  # which must be there first
    return open_page(context, folder / "samples.html")


def open_page(context: Browser | BrowserContext, path: Path) -> Page:
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def opened(page: Page, title: str) -> Locator:
    """The release of that title, opened."""
    release = page.locator("details.release", has_text=title)
    release.locator("summary").click()
    release.locator(".text").wait_for()
    return release


def lit(release: Locator) -> list[str]:
    return [text.strip() for text in release.locator(".text .lit").all_inner_texts()]


def table(page: Page) -> list[list[str]]:
    """The rows of the totals."""
    rows: list[list[str]] = page.locator("#totals tbody tr").evaluate_all("rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText))")
    return rows


def saved(page: Page, what: str, how: str) -> str:
    with page.expect_download() as download:
        page.locator(f'[data-export="{what} {how}"]').click()
    assert download.value.suggested_filename == f"{what}.{how}"
    return Path(download.value.path()).read_bytes().decode()


# --- Where a figure stands ---


def test_pointing_at_a_mark_lights_its_row_and_all_its_mentions(page: Page) -> None:
    release = opened(page, "53 arrested and six drug lines")
    release.locator(".text .mark", has_text="Closed six county lines").hover()
    (row,) = release.locator("tr.lit").all_inner_texts()
    assert re.match(r"6\s+County lines closed\s+25 Nov to 1 Dec 2024\s+\S+\s+23, 4, 29", row)
    assert lit(release) == ["six drug lines closed", "Closed six county lines", "Six lines closed"]
    release.locator("tr", has_text="Cash seized").hover()
    assert lit(release) == ["Recovered £27,350 in cash"]
    page.locator("h1").hover()
    assert lit(release) == []


def test_keyboard_goes_from_a_mark_to_its_row_and_back(page: Page) -> None:
    page.locator("details.release", has_text="53 arrested").locator("summary").focus()
    page.keyboard.press("Enter")
    release = page.locator("details.release[open]")
    release.locator(".text").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "53 arrested"
    assert "53" in release.locator("tr.lit .value").all_inner_texts()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TR"
    assert page.evaluate("document.activeElement.cells[0].innerText") == "53"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "line 14"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText") == "53 arrests"
    assert lit(release) == ["53 arrested", "More than 50 people have been arrested", "53 arrests"]
    page.keyboard.press("Escape")
    assert lit(release) == []


def test_a_click_keeps_the_light_on(page: Page) -> None:
    release = opened(page, "53 arrested")
    release.locator(".text .mark", has_text="seven vehicles").click()
    page.mouse.move(0, 0)
    assert lit(release) == ["seven vehicles"]
    release.locator("tr", has_text="Cash seized").click()
    page.mouse.move(0, 0)
    assert lit(release) == ["Recovered £27,350 in cash"]
    release.locator("tr", has_text="NRM referrals").get_by_role("link").click()
    assert lit(release) == ["Made five referrals"]


def test_words_that_state_two_figures_light_both(page: Page) -> None:
    release = opened(page, "53 arrested")
    release.locator(".text .mark", has_text="Two other men").hover()
    assert release.locator("tr.lit").count() == 2


def test_each_release_shows_its_text_and_its_record_whole(page: Page) -> None:
    data = json.loads(page.locator("#data").text_content() or "")
    for number, release in enumerate(data["releases"]):
        path = release["record"]["source"]["path"]
        record = extract_file(path)
        assert release["record"] == json.loads(record.to_json())
        place = page.locator(f"#r{number}")
        place.evaluate("place => place.open = true")
        place.locator(".figures").wait_for()
        assert place.locator("tr[data-items]").count() == len(record.facts) + len(record.dates)
        mentions = [mention for item in items(record) for mention in item.mentions]
        assert place.locator("td:last-child a").count() == len(mentions)
        marked = "\n".join(place.locator(".stretch").all_text_contents())
        assert all(render.printable_lines(mention.text) in marked for mention in mentions)


def test_the_text_of_each_release_is_whole(folder: Path) -> None:
    for stored in read_collection(str(folder / "releases.db"), MOST_RELEASES, MOST_TEXT).releases:
        parts: Any = release_data(stored)["text"]
        text = "".join(part if isinstance(part, str) else "".join(words for words, _ in part) for part in parts)
        assert text == render.printable_lines(stored.text)


@pytest.mark.usefixtures("heard")
def test_warnings_stand_over_the_text(context: BrowserContext, folder: Path) -> None:
    page = open_page(context, folder / "hostile.html")
    release = opened(page, "12 men arrested")
    assert any("“15 of them” is more than the 12" in warning for warning in release.locator(".warnings li").all_inner_texts())


# --- What it adds up to ---


@pytest.mark.parametrize("by", [(), ("force",), ("month",), ("force", "month")], ids="+".join)
def test_totals_are_those_of_the_command(page: Page, folder: Path, by: tuple[str, ...]) -> None:
    for name in by:
        page.locator(f"#by-{name}").check()
    expected = [total_to_dict(total, by) for total in totals(str(folder / "releases.db"), by)]
    rows = json.loads(saved(page, "totals", "json"))
    key = lambda row: json.dumps({name: cell for name, cell in row.items() if name != "value"}, sort_keys=True)  # noqa: E731
    for made, told in zip(sorted(rows, key=key), sorted(expected, key=key), strict=True):
        assert made == {**told, "value": pytest.approx(told["value"])}
    assert len(table(page)) == min(len(rows), 200)


def test_values_are_written_as_everywhere_else(page: Page) -> None:
    values = [
        "0",
        "1",
        "2",
        "11",
        "12",
        "17",
        "24.5",
        "999",
        "1000",
        "1234567",
        "0.5",
        "0.003",
        "1.8",
        "1135.25",
        "27350",
        "1e6",
        "2500000.5",
        "1e15",
    ]
    units = [
        ("count", None),
        ("count", "wrap"),
        ("count", "pouch"),
        ("money", "GBP"),
        ("money", "SEK"),
        *(("quantity", unit) for unit in render.SCALES),
    ]
    for kind, unit in units:
        for value in values:
            made = page.evaluate("([value, unit, kind]) => amountText(value, unit, kind)", [float(value), unit, kind])
            told = render.amount_text(Decimal(value), unit, kind)  # type: ignore[arg-type]
            if unit != "pouch":  # a noun that none of the samples has keeps its singular
                assert made == told


def test_totals_sort_by_each_column(page: Page) -> None:
    page.locator("#by-force").check()
    given = table(page)
    header = page.locator("#totals th", has_text="Total")
    for expected in ("ascending", "descending", None):
        header.get_by_role("button").click()
        assert header.get_attribute("aria-sort") == expected
        assert page.evaluate("document.activeElement.innerText") == "Total"
        values = page.evaluate("view.totals.map((row) => row.value)")
        if expected:
            assert values == sorted(values, reverse=expected == "descending")
    assert table(page) == given


def test_filters_narrow_totals_and_releases_alike(page: Page) -> None:
    page.locator("#force").select_option(label="Dorset Police")
    assert page.locator("details.release:visible").count() == 1
    assert page.locator("#shown").inner_text() == "1 of 11"
    page.locator("#measure").select_option(label="Arrests")
    page.locator("#by-month").check()
    assert table(page) == [["Arrests", "May 2024", "41", "1"], ["Arrests", "Dec 2024", "53", "1"]]
    page.locator("#from").select_option(label="Dec 2024")
    assert [row[2] for row in table(page)] == ["53"]
    page.locator("#clear").click()
    page.locator("#words").fill("  HALYARD ")
    assert page.locator("details.release:visible").count() == 1
    page.locator("#words").fill("no such words")
    assert table(page) == [["No figures."]]
    assert page.locator("#charts *").count() == 0


def test_a_total_leads_to_the_releases_that_make_it_up(page: Page) -> None:
    page.locator("#by-force").check()
    row = page.locator("#totals tr", has_text="NSW Police Force").filter(has_text="Cash seized")
    row.get_by_role("button", name="show where").click()
    release = page.locator("details.release:visible")
    assert release.count() == 1
    assert release.locator(".text .mark", has_text="$887,340 cash").count() == 1
    assert page.evaluate("document.activeElement.id") == "releases"
    page.locator("#clear").click()
    page.locator("#by-force").uncheck()
    for row, (*_, number) in zip(page.locator("#totals tbody tr").all(), table(page), strict=True):
        row.get_by_role("button", name="show where").click()
        assert page.locator("details.release:visible").count() == int(number)
        page.locator("#clear").click()
    assert page.locator("details.release:visible").count() == len(SAMPLES)


def test_parts_are_told_from_what_is_added(page: Page) -> None:
    release = opened(page, "53 arrested")
    arrests = release.locator("tr", has_text="Arrests").all_inner_texts()
    assert [("53" in row.split("\t")[0] or "41" in row.split("\t")[0], "not in the totals" in row) for row in arrests] == [
        (True, False), (False, True), (False, True), (False, True), (True, False),
    ]  # fmt: skip


def test_charts_show_the_measure_chosen(page: Page) -> None:
    assert page.locator("figcaption").all_inner_texts() == ["Arrests by month", "Arrests by force"]
    page.locator("#totals").get_by_role("button", name="Cash seized").last.click()
    assert page.locator("figcaption").all_inner_texts() == ["Cash seized by month", "Cash seized by force"]
    told = page.locator("svg").last.get_attribute("aria-label") or ""
    assert "South West Regional Organised Crime Unit £4,700,000, " in told
    assert "A$" not in told  # another currency is another chart


def test_exports_hold_what_is_shown(page: Page) -> None:
    rows = [row for path in SAMPLES for row in csv.DictReader(io.StringIO(render.csv_rows(extract_file(path)), newline=""))]
    shown = [*csv.DictReader(io.StringIO(saved(page, "figures", "csv"), newline=""))]
    key = lambda row: (row["file"], row["start"], row["kind"], row["measure"], row["value"], row["end"])  # noqa: E731
    assert sorted(shown, key=key) == sorted(rows, key=key)
    page.locator("#measure").select_option("cash_seized")
    some = [*csv.DictReader(io.StringIO(saved(page, "figures", "csv"), newline=""))]
    assert sorted(some, key=key) == sorted((row for row in rows if row["measure"] == "cash_seized"), key=key)
    records = json.loads(saved(page, "figures", "json"))
    assert len(records) == page.locator("details.release:visible").count()
    assert {fact["measure"] for record in records for name in ("counts", "quantities", "money") for fact in record[name]} == {"cash_seized"}
    page.locator('[data-export="totals copy"]').click()
    page.locator("#status", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == "kind,measure,unit,value,releases"
    assert "money,cash_seized,EUR,89200,2" in copied.splitlines()


# --- Text of strangers ---


@pytest.mark.usefixtures("heard")
def test_nothing_of_a_release_runs_or_becomes_markup(context: BrowserContext, folder: Path) -> None:
    page = open_page(context, folder / "hostile.html")
    for release in page.locator("details.release").all():
        release.evaluate("place => place.open = true")
        release.locator(".text").wait_for()
    for name in ("force", "month"):
        page.locator(f"#by-{name}").check()
    assert page.evaluate("window.stranger") is None
    assert page.locator("img, iframe, object, embed, base, form, .text script, .text svg").count() == 0
    assert page.locator("script").count() == 6
    assert page.locator('a[href^="javascript"]').count() == 0
    texts = "\n".join(page.locator(".text").all_text_contents())
    for attack in ATTACKS:
        assert render.printable(attack) in texts
    assert "49" not in texts
    assert page.locator("header details li", has_text="<script>window.stranger=1<.txt").count() == 1
    cells = [cell for row in csv.reader(io.StringIO(saved(page, "figures", "csv"), newline="")) for cell in row]
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in cells)


def test_a_script_put_into_the_page_does_not_run(browser: Browser, folder: Path) -> None:
    """The policy holds by itself, were the escaping to fail."""
    harmed = folder / "harmed.html"
    text = (folder / "samples.html").read_text()
    put = (
        '<script>window.stranger = 1</script><img src="https://example.org/x.png" onerror="window.stranger = 1"><style>body { display: none }</style>'
    )
    harmed.write_text(text.replace("<main>", f"<main>{put}<p id=put onclick='window.stranger = 1'>x</p>"))
    page = browser.new_page()
    reached: list[str] = []
    page.on("requestfinished", lambda request: reached.append(request.url))
    page.goto(harmed.as_uri())
    page.locator("#put").click()
    assert page.evaluate("window.stranger") is None
    with pytest.raises(Exception, match="Trusted"):
        page.evaluate("document.body.innerHTML = '<b>x</b>'")
    assert reached == [harmed.as_uri()]
    page.close()


# --- For everybody ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_no_serious_fault(browser: Browser, folder: Path, scheme: Any, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = open_page(context, folder / "samples.html")
    release = opened(page, "53 arrested")
    release.locator(".text .mark").first.click()
    page.locator("#by-force").check()
    found = axe.run(page).response["violations"]
    assert [(fault["id"], fault["impact"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_print_has_no_controls(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("#filter, .export, fieldset").evaluate_all("all => all.every((one) => one.offsetParent === null)")
    assert page.locator("#totals").is_visible()


# --- How much it holds ---


def test_a_thousand_releases_open_soon(browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = read_collection(str(folder / "releases.db"), MOST_RELEASES, MOST_TEXT)
    many = (few.releases * 100)[:MOST_RELEASES]
    monkeypatch.setattr("cl_extract.report.page.read_collection", lambda *_: Contents(many, len(many), ()))
    (folder / "thousand.html").write_text(report_page(Origin("releases.db", lasting=True)), encoding="utf-8")
    page = open_page(browser, folder / "thousand.html")
    taken = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert page.locator("details.release").count() == MOST_RELEASES
    assert taken < 6000  # milliseconds, of a machine that does other things too; by itself it needs a sixth
    page.close()


def test_what_is_left_out_is_said(folder: Path) -> None:
    database = str(folder / "releases.db")
    page = report_page(Origin(database, lasting=True), most_releases=4)
    assert "<strong>7 older releases are left out</strong>" in page
    assert "datasette releases.db" in page
    assert page.count('<details class="release"') == 4
    assert "left out</strong>" not in report_page(Origin(database, lasting=True))
    assert "cl-extract batch</code> reads all" in report_page(Origin(database, lasting=False), most_releases=4)


# --- The command ---


def test_a_report_on_a_folder_is_that_on_its_database(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run(["report", *SAMPLES, "-o", str(page)]) == 0
    assert page.read_text() == (folder / "samples.html").read_text()


def test_a_report_in_its_own_folder_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Dorset Police\n\nOfficers arrested 12 people.\n")
    for _ in range(2):
        assert run(["report", str(tmp_path), "-o", str(tmp_path / "page.html")]) == 0
        assert (tmp_path / "page.html").read_text().count('<details class="release"') == 1


def test_a_file_that_cannot_be_read_is_told_and_on_the_page(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.txt").write_text("Dorset Police\n\nOfficers arrested 12 people.\n")
    (tmp_path / "two.pdf").write_bytes(b"%PDF-1.4 twelve")
    page = tmp_path / "page.html"
    assert run(["report", str(tmp_path / "one.txt"), str(tmp_path / "two.pdf"), "-o", str(page)]) == 1
    assert re.search(r"two\.pdf: .*PDF", capfd.readouterr().err)
    assert "1 file could not be read" in page.read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["no-such"], 1, "no-such: no release was read"),
        (["empty"], 1, "empty: no release was read"),
        (["releases.db", "one.txt"], 2, "releases.db: is a database; name it alone"),
        (["strange.db"], 1, "strange.db: is a database that cl-extract batch did not write"),
        (["one.txt", "-o", "one.txt"], 2, "one.txt: is to be read; name another file with -o"),
        (["one.txt", "-o", "no/such/page.html"], 2, "no/such/page.html: cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_call_that_makes_no_sense_is_told(
    arguments: list[str], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("one.txt").write_text("Officers arrested 12 people.\n")
    run(["batch", "one.txt", "-o", "releases.db"])
    sqlite3.connect("strange.db").execute("CREATE TABLE one (two)").connection.close()
    capfd.readouterr()
    assert run(["report", *arguments, *([] if "-o" in arguments else ["-o", "page.html"])]) == code
    assert message in capfd.readouterr().err
    assert not Path("page.html").exists()


def test_without_jinja_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    (tmp_path / "one.txt").write_text("Officers arrested 12 people.\n")
    assert run(["report", str(tmp_path), "-o", str(tmp_path / "page.html")]) == 2
    assert capfd.readouterr().err == "cl-extract: a report needs Jinja2; pip install 'cl-extract[report]'\n"
