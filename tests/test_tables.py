"""Tables inside a release: what each cell states, by what its row, its column and the heading over it are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cl_extract import extract
from cl_extract.model import Record
from cl_extract.reading.read import read_text
from cl_extract.workbench.explain import SentenceTrace, explain

OPENING = "# A week on the streets of Anytown\n\nAnytown Police officers spent the week among the people of the town and its villages.\n\n"
PUBLISHED = dt.date(2025, 6, 1)


def told(record: Record) -> set[str]:
    """Each fact in a few words: measure, value, unit, drugs or groups, and where it has one the year of its period."""
    return {
        " ".join(
            [
                fact.measure,
                f"{fact.value.normalize():f}" + (f"-{fact.high.normalize():f}" if fact.high is not None else ""),
                *([fact.unit] if fact.unit else []),
                *fact.attributes.drug,
                *fact.attributes.group,
                *([str(fact.period.start.year)] if fact.period else []),
            ]
        )
        for fact in record.facts
    }


def markdown(*rows: str) -> str:
    """A Markdown table of rows whose cells are parted by bars; a line that opens with "#" or ends in ":" stands over it."""
    over = [f"## {row[1:].strip()}" if row[0] == "#" else row for row in rows if row[0] == "#" or row[-1] == ":"]
    lines = [f"| {row} |" for row in rows if not (row[0] == "#" or row[-1] == ":")]
    rule = "|" + "---|" * (lines[0].count("|") - 1)
    return OPENING + "\n\n".join(over) + "\n\n" + "\n".join([lines[0], rule, *lines[1:]]) + "\n"


def page(*rows: str) -> str:
    """The same table in HTML, nothing marked as a head, and no cell closed."""
    over = [f"<h2>{row[1:].strip()}</h2>" if row[0] == "#" else f"<p>{row}</p>" for row in rows if row[0] == "#" or row[-1] == ":"]
    lines = ["<tr>" + "".join(f"<td>{cell.strip()}" for cell in row.split("|")) for row in rows if not (row[0] == "#" or row[-1] == ":")]
    title, lead = (line.lstrip("# ") for line in OPENING.split("\n") if line)
    return f"<html><body><article><h1>{title}</h1><p>{lead}</p>{''.join(over)}<table>{''.join(lines)}</table></article></body></html>"


CASES = {
    "label and figure": (["Arrests | 249", "Warrants | 31"], {"arrests 249", "warrants_executed 31"}),
    "figure and label": (["249 | Arrests", "31 | warrants", "£4,500 | cash seized"], {"arrests 249", "warrants_executed 31", "cash_seized 4500 GBP"}),
    "columns of measures": (
        ["Offence | Arrests | Charged", "Drugs | 12 | 4", "Weapons | 9 | 3", "Total | 21 | 7"],
        {"arrests 12", "people_charged 4", "arrests 9", "people_charged 3", "arrests 21", "people_charged 7"},
    ),
    "forces, a change beside": (
        ["Force | Arrests | Lines closed | Change", "Kent Police | 43 | 12 | +4", "Essex Police | 22 | 5 | -3", "Total | 65 | 17 | 6%"],
        {"arrests 43", "lines_closed 12", "arrests 22", "lines_closed 5", "arrests 65", "lines_closed 17"},
    ),
    "labels with more words": (
        ["Measure | Number", "Number of arrests | 41", "People safeguarded | 9", "Value of cash seized | £12,400"],
        {"arrests 41", "people_safeguarded 9", "cash_seized 12400 GBP"},
    ),
    "verbs in the rows": (
        ["Outcome | People", "Arrested | 41", "Charged | 12", "Safeguarded | 8"],
        {"arrests 41", "people_charged 12", "people_safeguarded 8"},
    ),
    "groups in the columns": (["Outcome | Men | Women", "Arrested | 41 | 6"], {"arrests 41 men", "arrests 6 women"}),
    "a verb over the column": (["Item | Seized | Change", "Knives | 31 | 4"], {"bladed_weapons_seized 31"}),
    "a heading that tells what happened": (
        ["# Seizures", "Item | North | South", "Knives | 31 | 2", "Phones | 64 | "],
        {"bladed_weapons_seized 31", "bladed_weapons_seized 2", "phones_seized 64"},
    ),
    "a paragraph that tells what happened": (["What was seized:", "Knives | 31", "Cash | £900"], {"bladed_weapons_seized 31", "cash_seized 900 GBP"}),
    "a heading broken down": (["# Table 2: Arrests by force", "Force | Number", "Kent | 40", "Essex | 33"], {"arrests 40", "arrests 33"}),
    "units in the cells": (
        ["# Drugs seized", "Drug | Weight | Street value", "Cocaine | 4.2kg | £336,000", "Heroin | 900g | £90,000"],
        {
            "drugs_seized 4200 g cocaine",
            "drugs_value 336000 GBP cocaine",
            "drugs_seized 900 g heroin",
            "drugs_value 90000 GBP heroin",
        },
    ),
    "units in the names": (
        ["# Drugs seized", "Drug | Weight (kg) | Value (£m)", "Cocaine | 4.2 | 1.3"],
        {"drugs_seized 4200 g cocaine", "drugs_value 1300000 GBP cocaine"},
    ),
    "a unit in the label": (["Item | Seized", "Cocaine (kg) | 12.5", "Cash (£) | 14,500"], {"drugs_seized 12500 g cocaine", "cash_seized 14500 GBP"}),
    "things with units of their own": (
        ["# Seized", "Drug | Wraps | Tablets", "Heroin | 40 | -", "MDMA | - | 200"],
        {"drugs_seized 40 wrap heroin", "drugs_seized 200 tablet MDMA"},
    ),
    "years in the columns": (
        ["Result | 2023/24 | 2024/25 | Change", "Arrests | 40 | 52 | 12", "Knives seized | 300 | 411 | 37%"],
        {"arrests 40 2023", "arrests 52 2024", "bladed_weapons_seized 300 2023", "bladed_weapons_seized 411 2024"},
    ),
    "months in the rows": (["Month | Arrests | Charged", "January 2024 | 12 | 4"], {"arrests 12 2024", "people_charged 4 2024"}),
    "days in the rows": (
        ["Date | Arrests | Charged", "12 May 2024 | 14 | 3", "13/05/2024 | 4 | 2"],
        {
            "arrests 14 2024",
            "people_charged 3 2024",
            "arrests 4 2024",
            "people_charged 2 2024",
        },
    ),
    "a row with a long note": (
        ["Force | Arrests | What they did", "Kent | 14 | " + "Officers went about the town and talked. " * 12],
        {"arrests 14"},
    ),
    "pairs side by side": (
        ["Arrests | 12 | Warrants | 7", "Phones seized | 64 | Lines closed | 3"],
        {
            "arrests 12",
            "warrants_executed 7",
            "phones_seized 64",
            "lines_closed 3",
        },
    ),
    "figures under their names": (
        ["Arrests | Warrants | Knives seized", "12 | 7 | 31"],
        {"arrests 12", "warrants_executed 7", "bladed_weapons_seized 31"},
    ),
    "numbers in the labels": (["Age | Arrests", "Under 18 | 12", "18-24 | 30", "A1 | 7"], {"arrests 12", "arrests 30", "arrests 7"}),
    "numbers alone in the labels": (["# People arrested by age", "Group | Number", "18-24 | 30", "25+ | 12"], {"arrests 30", "arrests 12"}),
    "notes and qualifiers": (
        ["Arrests | 40*", "Warrants | 12 (2 refused)", "Lines closed | over 20"],
        {"arrests 40", "warrants_executed 12", "lines_closed 20"},
    ),
    "a range": (["People arrested | 40-50", "Warrants | 7"], {"arrests 40-50", "warrants_executed 7"}),
    "sentences": (
        ["Name | Age | From | Sentence", "Ann Other | 32 | Leeds | seven years", "Bo Peep | 27 | York | 30 months"],
        {"sentence_length 84 mo", "sentence_length 30 mo"},
    ),
    "cells that are phrases": (
        ["Day | Results", "Monday | 12 people arrested", "Tuesday | three warrants executed"],
        {"arrests 12", "warrants_executed 3"},
    ),
    # What states nothing.
    "shares and rates": (["Outcome | % | Arrests per 1,000 | Average", "Arrests | 20 | 3 | 4"], set()),
    "sizes that are not clear": (["Item | Value (£000)", "Cash seized | 336"], set()),
    "nothing counted": (["Item | Number", "Arrests | 0", "Warrants | -", "Knives seized | n/a"], set()),
    "ranks, speeds and people living there": (["Rank | Force | Population | Fastest (mph)", "1 | Kent | 1,500,000 | 104"], set()),
    "telephone numbers": (["Station | Phone", "Leeds | 101", "York | 0113 496 0000"], set()),
    "prices": (["Drug | Street price", "Cocaine | £80"], set()),
    "an example": (["Example | Value", "A gram of cocaine | £80"], set()),
    "a budget": (["Team | Budget 2024", "Drugs team | £2m"], set()),
    "what is planned": (["Activity | Number", "Warrants to be executed | 40", "Planned arrests | 12"], set()),
    "what was not done": (["Item | Seized | Not seized", "Knives | 4 | 9"], {"bladed_weapons_seized 4"}),
    "what the law allows": (["Offence | Maximum sentence", "Supply of cannabis | 14 years"], set()),
    "answers to a survey": (["Survey question | Yes | No", "Have you been arrested? | 40 | 60"], set()),
    "pounds of a drug": (
        ["# What deputies seized", "Item | Amount", "Methamphetamine | 27 pounds", "Cash | 900 pounds"],
        {
            "drugs_seized 12246.99399 g methamphetamine",
            "cash_seized 900 GBP",
        },
    ),
    "officers with their force": (["Force | Arrests | Target", "Kent | 2 | 40"], {"arrests 2"}),
}


@pytest.mark.parametrize(("rows", "facts"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("written", [markdown, page], ids=["markdown", "html"])
def test_each_cell_states_what_it_is_called(written: Callable[..., str], rows: list[str], facts: set[str]) -> None:
    assert told(extract(written(*rows), published=PUBLISHED)) == facts


TABLE = "<html><h1>A week on the streets of Anytown</h1><p>Anytown Police officers spent the week among the people of the town.</p><table>{}</table>"
PAGES = {
    "a caption": ("<caption>Seizures</caption><tr><th>Item<th>Number<tr><td>Phones<td>64", {"phones_seized 64"}),
    "heads of rows": ("<tr><td><th scope=col>Arrests<th scope=col>Charged<tr><th scope=row>Kent<td>4<td>2", {"arrests 4", "people_charged 2"}),
    "two rows of heads": (
        "<thead><tr><th><th colspan=2>2023<th colspan=2>2024</thead><tr><th>Area<th>Arrests<th>Charged<th>Arrests<th>Charged"
        "<tr><td>North<td>4<td>2<td>6<td>3",
        {"arrests 4 2023", "people_charged 2 2023", "arrests 6 2024", "people_charged 3 2024"},
    ),
    "a row that heads others": (
        "<tr><th>Area<th>Arrests<th>Charged<tr><th colspan=3>North of the river<tr><td>Hill<td>4<td>2",
        {"arrests 4", "people_charged 2"},
    ),
    "a cell over two rows": ("<tr><td rowspan=2>Kent<td>Arrests<td>12<tr><td>Warrants<td>7", {"arrests 12", "warrants_executed 7"}),
    "a cell over two rows under names": (
        "<tr><th>Force<th>Year<th>Arrests<tr><td rowspan=2>Kent<td>2023<td>12<tr><td>2024<td>7",
        {"arrests 12 2023"},
    ),
    "large figures over their words": ("<tr><td>12<td>64<tr><td>arrests<td>phones seized", {"arrests 12", "phones_seized 64"}),
    "names twice": (
        "<tr><td>Arrests<td>Warrants<tr><td>12<td>7<tr><td>Lines closed<td>Phones seized<tr><td>3<td>64",
        {
            "arrests 12",
            "warrants_executed 7",
            "lines_closed 3",
            "phones_seized 64",
        },
    ),
    "a table in a table": ("<tr><td><p>Menu</p><td><table><tr><td>Arrests<td>12</table>", {"arrests 12"}),
    "two tables": ("<tr><th>Force<th>Arrests<tr><td>Kent<td>4</table><table><tr><td>Phones seized<td>64", {"arrests 4", "phones_seized 64"}),
}


@pytest.mark.parametrize(("rows", "facts"), PAGES.values(), ids=PAGES)
def test_a_table_as_a_page_marks_it(rows: str, facts: set[str]) -> None:
    assert told(extract(TABLE.format(rows), published=PUBLISHED)) == facts


def test_a_figure_points_to_its_own_cell() -> None:
    text = markdown("# Drugs seized", "Drug | Weight (kg)", "Cocaine | 4.2", "Heroin | 0.5")
    record = extract(text)
    mentions = [mention for fact in record.facts for mention in fact.mentions]
    assert [mention.text for mention in mentions] == ["4.2", "0.5"]
    assert all(text[mention.start : mention.end] == mention.text and mention.section == "list" for mention in mentions)


def test_a_year_over_a_column_is_one_date_however_many_cells_it_dates() -> None:
    record = extract(markdown("Result | 2023 | 2024", "Arrests | 40 | 52", "Warrants | 7 | 9"))
    assert [(date.start.year, len(date.mentions)) for date in record.dates] == [(2023, 1), (2024, 1)]
    assert not record.warnings


def test_a_number_that_names_a_row_is_told_of_once() -> None:
    record = extract(markdown("Age | Arrests | Charged", "18-24 | 30 | 4"))
    assert [number.text for number in record.unclassified] == ["18", "24"]


def test_the_total_of_each_column_is_its_own() -> None:
    record = extract(markdown("# Arrests by force", "Force | 2023 | 2024", "Kent | 10 | 12", "Total | 30 | 34"))
    assert not record.warnings


def test_a_row_with_a_bar_in_a_cell_keeps_its_columns() -> None:
    assert told(extract(markdown("Force | Arrests", r"Kent \| Medway | 43"))) == {"arrests 43"}


def test_a_table_alone_makes_a_text_markdown() -> None:
    text = markdown("Force | Arrests", "Kent | 43").replace("# ", "", 1)
    record = extract(text)
    assert record.source.format == "markdown"
    assert told(record) == {"arrests 43"}


def test_explain_tells_what_a_cell_is_read_as() -> None:
    text = markdown("Force | Arrests | Change", "Kent | 43 | +4")
    line = text[: text.index("Kent")].count("\n") + 1
    shown = [part for part in explain(read_text(text), line=line).parts if isinstance(part, SentenceTrace)]
    assert [[atom.span.text for atom in sentence.atoms] for sentence in shown] == [["Arrests", "Kent", "43"], ["+4"]]
    assert {sentence.span.text for sentence in shown} == {"43", "+4"}
    assert [number.why for sentence in shown for number in sentence.numbers] == ["a share, a difference or a note in a table"]


_CELL = st.sampled_from(
    ["Arrests", "Kent", "12", "4.5", "£300", "(kg)", "2023", "May 2024", "in", "", "-", "Seized", "Cocaine", "a", "&pound;", "1 | 2", "(", "%", "³"]
)


@settings(max_examples=60)
@given(st.lists(st.lists(_CELL, min_size=1, max_size=5), min_size=1, max_size=6), st.booleans())
def test_any_table_is_read_and_every_mention_stands_in_it(rows: list[list[str]], in_html: bool) -> None:
    if in_html:
        text = TABLE.format("".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows))
    else:
        text = OPENING + "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])
    document = read_text(text)
    record = extract(text)
    mentions = [*(m for fact in record.facts for m in fact.mentions), *(m for date in record.dates for m in date.mentions)]
    for mention in mentions:
        assert 0 <= mention.start < mention.end
        assert document.text[mention.start : mention.end] == mention.text
