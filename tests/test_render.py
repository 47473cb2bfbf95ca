"""Values as people write them, tables that fit and never cut, and text that cannot reach the terminal as anything but text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cl_extract.model import Attributes, DateFact, Fact, Kind, Mention, Period, Qualifier, Record, Release, Source, Unclassified
from cl_extract.output.render import CSV_COLUMNS, csv_rows, defused, narrowing, printable, select, span_text, value_text
from cl_extract.output.tables import record_tables

HOSTILE = "[red]x[/red] \x1b[31mred \x1b]8;;http://evil\x07link \x9b31m \u202eabc \u2066d\u200b\u200e\ufeff \u2028 \x00 \x7f :smile:"


def mentions(text: str = "249 people were arrested", *lines: int) -> tuple[Mention, ...]:
    return tuple(Mention(0, len(text), line, "body", text, "people.arrested") for line in lines or (3,))


def fact(
    value: str,
    unit: str | None = None,
    kind: Kind = "count",
    *,
    qualifier: Qualifier = "exact",
    high: str | None = None,
    attributes: Attributes = Attributes(),  # noqa: B008  # frozen
    measure: str = "arrests",
    text: str = "249 people were arrested",
) -> Fact:
    return Fact(kind, measure, Decimal(value), unit, qualifier, Decimal(high) if high else None, attributes, None, mentions(text))


def record(*facts: Fact, dates: tuple[DateFact, ...] = (), warnings: tuple[str, ...] = (), title: str = "A week of action") -> Record:
    source = Source("met.txt", "0" * 64, "text", "utf-8")
    period = Period(dt.date(2022, 3, 7), dt.date(2022, 3, 13))
    release = Release(title, dt.date(2022, 3, 14), None, "Metropolitan Police", ("Operation Orochi",), period)
    return Record(source, release, facts, dates, warnings, (Unclassified(5, 8, 2, "101", "phone", "or online"),))


VALUES = [
    ("249", fact("249")),
    ("1,135", fact("1135")),
    ("1,000,000", fact("1E+6")),
    ("2.5", fact("2.5")),
    ("740 wraps", fact("740", "wrap")),
    ("1 wrap", fact("1", "wrap")),
    ("12 snap boxes", fact("12", "snap box")),
    ("nearly 100", fact("100", qualifier="nearly")),
    ("at least 1,000", fact("1000", qualifier="at_least")),
    ("up to 30", fact("30", qualifier="at_most")),
    ("about 30", fact("30", qualifier="about")),
    ("15 to 20", fact("15", high="20", qualifier="range")),
    ("1 to 2 wraps", fact("1", "wrap", high="2", qualifier="range")),
    ("over 4 kg", fact("4000", "g", "quantity", qualifier="over")),
    ("1.5 kg", fact("1500", "g", "quantity")),
    ("250 g", fact("250", "g", "quantity")),
    ("0.5 g", fact("0.5", "g", "quantity")),
    ("0 g", fact("0", "g", "quantity")),
    ("907.185 g", fact("907.18474", "g", "quantity")),
    ("2 tonnes", fact("2000000", "g", "quantity")),
    ("1 tonne", fact("1000000", "g", "quantity")),
    ("500 g to 2 kg", fact("500", "g", "quantity", high="2000", qualifier="range")),
    ("1 to 2 tonnes", fact("1000000", "g", "quantity", high="2000000", qualifier="range")),
    ("40 litres", fact("40000", "mL", "quantity")),
    ("750 ml", fact("750", "mL", "quantity")),
    ("33 years 5 months", fact("401", "mo", "quantity")),
    ("1 year", fact("12", "mo", "quantity")),
    ("1 month", fact("1", "mo", "quantity")),
    ("4.5 months", fact("4.5", "mo", "quantity")),
    ("3 years to 5 years", fact("36", "mo", "quantity", high="60", qualifier="range")),
    ("12 weeks", fact("84", "d", "quantity")),
    ("10 days", fact("10", "d", "quantity")),
    ("240 hours", fact("240", "h", "quantity")),
    ("£284,000", fact("284000", "GBP", "money")),
    ("£12.50", fact("12.5", "GBP", "money")),
    ("about A$2,100,000", fact("2100000", "AUD", "money", qualifier="about")),
    ("CHF 1,000", fact("1000", "CHF", "money")),
    ("£95 to £110", fact("95", "GBP", "money", high="110", qualifier="range")),
    ("over £2,000 a day", fact("2000", "GBP", "money", qualifier="over", attributes=Attributes(per="day"))),
]


@pytest.mark.parametrize(("text", "given_fact"), VALUES, ids=[text for text, _ in VALUES])
def test_value_as_people_write_it(text: str, given_fact: Fact) -> None:
    assert value_text(given_fact) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2022-03-07", "2022-03-07", "7 Mar 2022"),
        ("2022-03-07", "2022-03-13", "7 to 13 Mar 2022"),
        ("2022-02-27", "2022-03-05", "27 Feb to 5 Mar 2022"),
        ("2021-12-27", "2022-01-02", "27 Dec 2021 to 2 Jan 2022"),
        ("2022-02-01", "2022-02-28", "Feb 2022"),
        ("2024-02-01", "2024-02-28", "1 to 28 Feb 2024"),
        ("2019-11-01", "2021-01-31", "Nov 2019 to Jan 2021"),
        ("2022-01-01", "2022-03-31", "Jan to Mar 2022"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("2019-01-01", "2021-12-31", "2019 to 2021"),
        ("2021-03-07", "2022-03-07", "7 Mar 2021 to 7 Mar 2022"),
    ],
)
def test_span_as_people_write_it(start: str, end: str, text: str) -> None:
    assert span_text(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == text


@given(st.dates(), st.dates())
def test_any_span_has_a_text(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other))
    assert span_text(start, end).endswith(str(end.year))


def test_narrowing() -> None:
    assert (
        narrowing(fact("1", attributes=Attributes(("heroin", "crack cocaine"), ("A",), ("children",)))) == "Class A, heroin, crack cocaine, children"
    )


def test_select() -> None:
    date = DateFact("event", dt.date(2022, 3, 1), dt.date(2022, 3, 1), False, mentions())
    whole = record(fact("1"), fact("2", measure="charges"), fact("3", "GBP", "money", measure="cash_seized"), dates=(date,))
    assert select(whole) == whole
    assert [one.measure for one in select(whole, ["counts"]).facts] == ["arrests", "charges"]
    assert not select(whole, ["counts"]).dates
    assert select(whole, ["dates"]).dates
    assert not select(whole, ["dates"]).facts
    assert [one.measure for one in select(whole, measures=["charges"]).facts] == ["charges"]
    assert not select(whole, measures=["charges"]).dates
    assert select(whole, ["counts", "dates"], ["charges"]).dates


@given(st.text())
def test_printable_is_printable(text: str) -> None:
    assert printable(text).isprintable()
    assert len(printable(text)) == len(text)


def test_printable_shows_what_it_replaces() -> None:
    assert printable("a\x1b[31m\x9b\u202e\x7f\u00a0b\n") == "a␛[31m\ufffd\ufffd␡ b␊"
    assert printable("£ – “é” 🚓") == "£ – “é” 🚓"


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [24, 40, 60, 100, 200])
def test_hostile_text_stays_text(width: int, color: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    made = record_tables(record(fact("249", text=HOSTILE), title=HOSTILE, warnings=(HOSTILE,)), width=width, color=color, unclassified=True)
    plain = record_tables(record(fact("249", text="x"), title="x", warnings=("x",)), width=width, color=color, unclassified=True)
    escapes = {part.partition("m")[0] for part in made.split("\x1b")[1:]}
    assert escapes <= {part.partition("m")[0] for part in plain.split("\x1b")[1:]}
    assert made.replace("\x1b", "").replace("\n", "").isprintable()
    if width == 200:
        assert "[red]x[/red]" in made
        assert ":smile:" in made
    assert ("\x1b" in made) == color


def test_tables_never_cut_and_always_fit() -> None:
    words = "Over £95,000,000 to £110,000,000 " + "x" * 300
    values = record(fact("95000000", "GBP", "money", high="110000000", qualifier="range", text=words), *(one for _, one in VALUES))
    for width in range(24, 161):
        lines = record_tables(values, width=width).splitlines()
        assert max(map(len, lines)) <= width
        shown = "".join("".join(lines).split())
        for text, one in VALUES:
            if len(text) < width / 3 or one.kind == "count":
                assert "".join(text.split()) in shown or width < 40, (width, text)
        assert sum(line.count("x") for line in lines) >= 300, width
        assert "…" not in shown


def test_every_value_is_whole_in_a_wide_table() -> None:
    made = record_tables(record(*(one for _, one in VALUES)), width=100)
    for text, _ in VALUES:
        assert text in made


def test_several_mentions_list_their_lines() -> None:
    several = Fact("count", "arrests", Decimal(249), None, "exact", None, Attributes(), None, mentions("249 arrests", 3, 14, 14, 30))
    assert "3, 14, 30" in record_tables(record(several))


def test_no_facts_is_said_in_a_line() -> None:
    assert "No figures or dates found.\n" in record_tables(record())


def test_warnings_stand_under_the_tables() -> None:
    assert record_tables(record(fact("1"), warnings=("3 March 2022 was a Thursday",))).endswith("\nWarning: 3 March 2022 was a Thursday\n")


def test_csv_has_a_row_a_fact() -> None:
    date = DateFact("event", dt.date(2022, 3, 1), dt.date(2022, 3, 31), False, mentions("in March", 4, 5))
    narrowed = Attributes(("heroin", "cocaine"), ("A",), ("children",), "day")
    made = csv_rows(
        record(fact("1500", "g", "quantity", high="2000.5", attributes=narrowed, text='=1+1, "x"\r\ny'), dates=(date,)),
        unclassified=True,
        defuse=False,
    )
    rows = list(csv.DictReader(io.StringIO(made, newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert rows[0] | {"file": "met.txt", "kind": "quantity", "value": "1500", "high": "2000.5", "unit": "g", "drug": "heroin; cocaine"} == rows[0]
    assert rows[0] | {"drug_class": "A", "group": "children", "per": "day", "text": '=1+1, "x"\r\ny', "mentions": "1", "section": "body"} == rows[0]
    assert rows[1] | {"kind": "date", "measure": "event", "value": "", "period_start": "2022-03-01", "period_end": "2022-03-31"} == rows[1]
    assert rows[1] | {"line": "4", "mentions": "2"} == rows[1]
    assert rows[2] | {"kind": "unclassified", "measure": "phone", "text": "101", "line": "2"} == rows[2]
    assert len(rows) == 3
    assert csv_rows(record(fact("1")), header=False).count("\n") == 1


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-5", "@cmd", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠1"])
def test_csv_cells_that_begin_like_formulas_are_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    (row,) = csv.DictReader(io.StringIO(csv_rows(record(fact("1", text=cell))), newline=""))
    assert row["text"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "two men", "5-6", "a=b", "£1"])
def test_other_csv_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell
