"""The text of a release, cut where mentions begin and end: nothing lost, nothing marked that is not stated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cl_extract import extract
from cl_extract.output.marks import Piece, Span, Stretch, items, spans, stretches, warnings_by_line

LENGTH = 40


@st.composite
def some_spans(draw: st.DrawFn) -> list[Span]:
    made = draw(st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 15), st.integers(0, 5)), max_size=12))
    return [Span(start, min(start + size, LENGTH), owner) for start, size, owner in made]


def pieces(cut: list[Stretch]) -> list[Piece]:
    return [piece for stretch in cut for piece in stretch.pieces]


@given(some_spans())
def test_pieces_join_to_the_text(made: list[Span]) -> None:
    ends = [0]
    for piece in pieces([*stretches(LENGTH, made)]):
        assert piece.start == ends[-1] < piece.end
        ends.append(piece.end)
    assert ends[-1] == LENGTH


@given(some_spans())
def test_each_character_has_the_owners_whose_spans_hold_it(made: list[Span]) -> None:
    for piece in pieces([*stretches(LENGTH, made)]):
        for at in range(piece.start, piece.end):
            assert set(piece.owners) == {span.owner for span in made if span.start <= at < span.end}
        assert len(piece.owners) == len(set(piece.owners))


@given(some_spans())
def test_a_span_lies_in_one_stretch_and_stretches_are_as_short_as_that_lets_them_be(made: list[Span]) -> None:
    cut = [*stretches(LENGTH, made)]
    for span in made:
        assert [stretch.start <= span.start and span.end <= stretch.end for stretch in cut].count(True) == 1
    for stretch in cut:
        assert len(stretch.pieces) == 1 or stretch.marked
        for piece in stretch.pieces[1:]:
            assert any(span.start < piece.start < span.end for span in made)


def test_no_text_has_no_stretches() -> None:
    assert [*stretches(0, [])] == []


def test_the_shorter_of_two_spans_comes_first() -> None:
    whole, part = Span(0, 30, 0), Span(20, 25, 1)
    (stretch,) = stretches(30, [whole, part])
    assert stretch == Stretch((Piece(0, 20, (0,)), Piece(20, 25, (1, 0)), Piece(25, 30, (0,))))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Police arrested 53 people and seized £400.", ["arrested 53 people", "£400"]),
        ("Two men were arrested and charged on 3 May 2024.", ["Two men were arrested and charged", "3 May 2024"]),
        ("There were 14 arrests. The 14 arrests took a week.", ["14 arrests", "14 arrests"]),
        ("Nothing was found.", []),
    ],
)
def test_what_a_release_states_is_marked(text: str, marked: list[str]) -> None:
    record = extract(text)
    found = [text[stretch.start : stretch.end] for stretch in stretches(len(text), spans(items(record))) if stretch.marked]
    assert len(found) == len(marked)
    for words, expected in zip(found, marked, strict=True):
        assert words in expected or expected in words
    for item in items(record):
        for mention in item.mentions:
            assert any(mention.text in words for words in found)


def test_warnings_stand_at_the_line_they_name() -> None:
    placed = warnings_by_line(["line 12: one", "the date “5 May” is left out", "line 12: two, as in line 3"])
    assert placed == {12: ["one", "two, as in line 3"], 0: ["the date “5 May” is left out"]}
