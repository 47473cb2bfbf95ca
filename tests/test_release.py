"""What a release says about itself."""

import datetime as dt

import pytest

from cl_extract import extract


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Officers from the Met and Essex Police made arrests.", "Metropolitan Police"),
        ("Gardaí searched a house.", "An Garda Síochána"),
        ("Codiac Regional RCMP seize fentanyl\n\nPolice said so.", "Codiac Regional RCMP"),
        ("Lancashire Constabulary has put out its figures.", "Lancashire Constabulary"),
        ("Ridgeway Constabulary, which no list names, made arrests.", "Ridgeway Constabulary"),
        ("The National Police Chiefs' Council said Kent Police and others took part.", None),
        ("A man was arrested.\n\nAnyone with information can call West Yorkshire Police on 101.", "West Yorkshire Police"),
        ("Officers met at the station.", None),
    ],
)
def test_force(text: str, force: str | None) -> None:
    assert extract(text).release.force == force


@pytest.mark.parametrize(
    ("text", "operations"),
    [
        ("Operation Orochi and Op Makesafe ran.", ("Operation Orochi", "Operation Makesafe")),
        ("Operation Uniform Larch began. Operation Uniform Larch ended.", ("Operation Uniform Larch",)),
        ("OPERATION BROOKDALE: the results", ("Operation Brookdale",)),
        ("Strike Force Tallawong made arrests.", ("Strike Force Tallawong",)),
        ("The operation in Leeds went well.", ()),
    ],
)
def test_operations(text: str, operations: tuple[str, ...]) -> None:
    assert extract(text).release.operations == operations


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Nine held in raids\n\nFeb 24, 2021 07:00 GMT\n\nNine people were arrested on 3 March 2020.", dt.date(2021, 2, 24)),
        ("---\ntitle: Nine held\ndate: 2021-12-01T09:30:00+00:00\n---\n\nNine people were arrested.", dt.date(2021, 12, 1)),
        (
            '<html><head><meta property="article:published_time" content="2026-04-16T09:30:00+01:00"></head><body><p>Nine held.</p></body></html>',
            dt.date(2026, 4, 16),
        ),
        ("Nine people were arrested on 3 March 2020.", None),
    ],
)
def test_published(text: str, published: dt.date | None) -> None:
    assert extract(text).release.published == published


def test_the_caller_s_date_serves_where_the_release_does_not_say() -> None:
    record = extract("Nine people were arrested on 3 March.", published=dt.date(2022, 3, 20))
    assert record.release.published == dt.date(2022, 3, 20)
    assert [(d.start, d.end) for d in record.dates] == [(dt.date(2022, 3, 3),) * 2]


def test_a_yearless_date_without_a_publication_date_is_left_out_with_a_warning() -> None:
    record = extract("Nine people were arrested on 3 March.")
    assert record.dates == ()
    assert record.warnings == ("the date “3 March” is left out: its year is not told and no publication date is known; give --published",)


@pytest.mark.parametrize("pointing", ["In March of that year", "In March of the same year", "In March that year"])
def test_a_month_of_that_year_is_in_the_year_told_before(pointing: str) -> None:
    text = f"Dealer must pay\n\n5 February 2025\n\nHe was jailed in November 2022.\n\n{pointing} a car was stopped."
    assert [(date.start, date.end) for date in extract(text).dates][-1] == (dt.date(2022, 3, 1), dt.date(2022, 3, 31))
