"""The grammar of numbers as tables, and the properties it keeps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cl_extract.values.numbers import MAX_DIGITS, Number, parse_number, to_words
from cl_extract.values.tokens import tokenise

# The value, then every way to write it; all of the phrase is the number.
WHOLE: list[tuple[str, list[str]]] = [
    ("0.25", ["¼", "1/4", "a quarter", "quarter", "one quarter", "one-quarter"]),
    ("0.5", ["½", "1/2", "0.5", "half", "half a", "half an", "a half", "half-a"]),
    ("0.75", ["¾", "3/4", "three quarters", "three-quarters"]),
    ("0", ["0", "zero"]),
    ("1", ["1", "one", "One", "ONE"]),
    ("2", ["2", "two", "a pair of"]),
    ("2.5", ["2.5", "2½", "2 ½", "2 1/2", "two and a half", "two-and-a-half", "2 and a half", "two and one half"]),
    ("3.75", ["3¾", "3 3/4", "three and three quarters", "three and three-quarters"]),
    ("6", ["half a dozen", "half-dozen", "half dozen", "a half dozen"]),
    ("12", ["12", "twelve", "a dozen", "one dozen"]),
    ("23", ["23", "twenty-three", "twenty three", "Twenty‑three"]),
    ("24", ["two dozen", "2 dozen"]),
    ("40", ["40", "forty", "fourty"]),
    ("50", ["50", "50-plus", "50+", "fifty-plus"]),
    ("100", ["100", "a hundred", "one hundred", "1 hundred"]),
    ("105", ["105", "one hundred and five", "one hundred five", "a hundred and five"]),
    ("250", ["250", "two hundred and fifty", "two-hundred and fifty"]),
    ("1135", ["1,135", "1 135", "1\u00a0135", "1\u202f135", "1135", "one thousand one hundred and thirty-five"]),
    ("1900", ["nineteen hundred"]),
    ("2006", ["two thousand and six", "2,006", "2006"]),
    ("5000", ["5 thousand", "5k", "5K", "five thousand", "5,000"]),
    ("100000", ["a hundred thousand", "100k", "one hundred thousand"]),
    ("250000", ["a quarter of a million", "quarter of a million", "a quarter-million", "two hundred and fifty thousand", "250k"]),
    ("300000", ["3 hundred thousand", "three hundred thousand"]),
    ("500000", ["half a million", "half-a-million", "half million", "half of a million", "500k"]),
    ("1000000", ["a million", "one million", "1m", "1 million", "1-million", "1,000,000", "1mn", "1 mn", "1 mln"]),
    ("1200000", ["1.2m", "1.2 million", "1.2M", "1.2mn"]),
    ("2500000", ["two and a half million", "2½ million", "2 1/2 million", "2.5million"]),
    ("1200005", ["one million two hundred thousand and five"]),
    ("2000000000", ["2bn", "two billion", "2 billion", "2 bn"]),
]
# The phrase, its value, and the words that are the number.
PART: list[tuple[str, str, str]] = [
    ("one hundred and two hundred", "100", "one hundred"),
    ("two thousand and five thousand", "2000", "two thousand"),
    ("twenty thirty", "20", "twenty"),
    ("one million million", "1000000", "one million"),
    ("two and a kilo", "2", "two"),
    ("12 plus costs", "12", "12"),
    ("12 plus two", "12", "12"),
    ("20+44", "20", "20"),
    ("3 m", "3", "3"),
    ("3 k", "3", "3"),
    ("1/7", "1", "1"),
    ("3/2", "3", "3"),
    ("1/2/3", "1", "1"),
    ("two hundred five-pound notes", "200", "two hundred"),
    ("a quarter of a kilo", "0.25", "a quarter"),
    ("half of them", "0.5", "half"),
    ("a pair of swords", "2", "a pair of"),
    ("forty one-off", "41", "forty one"),
    ("six-figure", "6", "six"),
]
NONE = [
    "", "a", "an", "a man", "the", "dozens", "hundreds of thousands", "several hundred", "few hundred", "a few hundred", "hundred", "million",
    "dozen", "scores", "tens of thousands", "couple of hundred", "a pair", "a pair of gloves", "a third man", "third", "both", "no", "once", "-",
    "£", "many", "1" * (MAX_DIGITS + 1),
]  # fmt: skip


def read(text: str, at: int = 0) -> Number | None:
    return parse_number(tokenise(text), at)


@pytest.mark.parametrize(("value", "phrase"), [(value, phrase) for value, phrases in WHOLE for phrase in phrases])
def test_whole_phrase_is_the_number(value: str, phrase: str) -> None:
    number = read(phrase)
    assert number is not None
    assert (number.value, number.last) == (Decimal(value), len(tokenise(phrase)))


@pytest.mark.parametrize(("phrase", "value", "words"), PART)
def test_number_ends_where_it_should(phrase: str, value: str, words: str) -> None:
    number = read(phrase)
    assert number is not None
    assert (number.value, number.last) == (Decimal(value), len(tokenise(words)))


@pytest.mark.parametrize("phrase", NONE)
def test_no_number(phrase: str) -> None:
    assert read(phrase) is None


@pytest.mark.parametrize(("phrase", "at"), [("£3 m", 1), ("£3 k", 1), ("£3mil", 1), ("£3b", 1), ("another dozen", 1), ("a further million", 2)])
def test_what_stands_before_may_make_it_a_number(phrase: str, at: int) -> None:
    number = read(phrase, at)
    assert number is not None
    assert number.scale > 1


def test_marks_of_a_number() -> None:
    assert read("50-plus") == Number(Decimal(50), 3, plus=True)
    assert read("50 plus officers") == Number(Decimal(50), 2, plus=True)
    assert read("fifty") == Number(Decimal(50), 1, worded=True)
    assert read("1.2m") == Number(Decimal(1200000), 2, Decimal(10**6), "m")
    assert read("half a") == Number(Decimal("0.5"), 2, worded=True, part=True)
    assert read("two dozen") == Number(Decimal(24), 2, Decimal(12), worded=True)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"), (13, "thirteen"), (21, "twenty-one"), (40, "forty"), (105, "one hundred and five"), (1000, "one thousand"),
        (2006, "two thousand and six"), (12_345, "twelve thousand three hundred and forty-five"), (10**12, "one trillion"),
    ],
)  # fmt: skip
def test_to_words(value: int, words: str) -> None:
    assert to_words(value) == words


@pytest.mark.parametrize("value", [-1, 10**15])
def test_to_words_has_bounds(value: int) -> None:
    with pytest.raises(ValueError, match="to_words"):
        to_words(value)


@given(st.integers(0, 10**12) | st.integers(0, 2000))
def test_words_are_read_back(value: int) -> None:
    tokens = tokenise(to_words(value))
    number = parse_number(tokens, 0)
    assert number is not None
    assert (number.value, number.last, number.worded) == (Decimal(value), len(tokens), True)


@given(st.integers(0, 10**12), st.booleans())
def test_hyphens_and_capitals_change_nothing(value: int, capitals: bool) -> None:
    words = to_words(value).replace("-", " ")
    number = read(words.upper() if capitals else words)
    assert number is not None
    assert number.value == value


@given(st.integers(0, 10**MAX_DIGITS - 1))
def test_digits_are_read_back(value: int) -> None:
    for written in (str(value), f"{value:,}"):
        number = read(written)
        assert number is not None
        assert number.value == value


@given(st.decimals(0, 10**6, places=2))
def test_decimals_are_exact(value: Decimal) -> None:
    number = read(f"{value:f}")
    assert number is not None
    assert number.value == value
    scaled = read(f"{value:f} million")
    assert scaled is not None
    assert scaled.value == value * 10**6


@given(st.text(max_size=60))
def test_any_text_is_read_within_bounds(text: str) -> None:
    tokens = tokenise(text)
    for i in range(len(tokens)):
        number = parse_number(tokens, i)
        assert number is None or (i < number.last <= len(tokens) and number.value >= 0)
