"""Every record put out validates against the schema, and its JSON is exact, readable and safe to show."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import cache
from typing import get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cl_extract import extract
from cl_extract.model import (
    Attributes,
    DateFact,
    DateRole,
    Fact,
    Format,
    Kind,
    Mention,
    Per,
    Period,
    Qualifier,
    Record,
    Release,
    Section,
    Source,
    Unclassified,
)
from cl_extract.schema import SCHEMA_ID, json_schema, number, record_to_dict, to_json

UNITS: dict[Kind, st.SearchStrategy[str | None]] = {
    "count": st.none() | st.sampled_from(["wrap", "plant"]),
    "quantity": st.sampled_from(["g", "mL", "mo", "d", "h"]),
    "money": st.sampled_from(["GBP", "EUR", "AUD"]),
}
values = st.decimals(0, 10**20, allow_nan=False, allow_infinity=False) | st.integers(0, 10**20).map(Decimal)
offsets = st.integers(0, 10**9)
words = st.lists(st.text(st.characters(), min_size=1), max_size=2).map(tuple)
periods = st.tuples(st.dates(), st.dates()).map(sorted).map(lambda days: Period(*days))
mentions = st.lists(
    st.builds(Mention, offsets, offsets, st.integers(1), st.sampled_from(get_args(Section)), st.text(st.characters()), st.text()),
    min_size=1,
    max_size=3,
).map(tuple)
attributes = st.builds(Attributes, words, st.lists(st.sampled_from("ABC"), max_size=2).map(tuple), words, st.none() | st.sampled_from(get_args(Per)))
measure_ids = st.from_regex(r"[a-z][a-z0-9_]*", fullmatch=True)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(get_args(Kind)))
    qualifier: Qualifier = draw(st.sampled_from(get_args(Qualifier)))
    return Fact(
        kind,
        draw(measure_ids),
        draw(values),
        draw(UNITS[kind]),
        qualifier,
        draw(st.none() | values),
        draw(attributes),
        draw(st.none() | periods),
        draw(mentions),
    )


dates = st.builds(
    lambda role, period, relative, places: DateFact(role, period.start, period.end, relative, places),
    st.sampled_from(get_args(DateRole)),
    periods,
    st.booleans(),
    mentions,
)
texts = st.none() | st.text(st.characters())
records = st.builds(
    Record,
    st.builds(Source, texts, st.from_regex("[0-9a-f]{64}", fullmatch=True), st.sampled_from(get_args(Format)), st.text()),
    st.builds(Release, texts, st.none() | st.dates(), texts, texts, words, st.none() | periods),
    st.lists(facts(), max_size=3).map(tuple),
    st.lists(dates, max_size=2).map(tuple),
    words,
    st.lists(st.builds(Unclassified, offsets, offsets, st.integers(1), st.text(), st.text(), st.text()), max_size=2).map(tuple),
)


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@given(records, st.booleans())
def test_any_record_validates(record: Record, unclassified: bool) -> None:
    text = record.to_json(unclassified=unclassified)
    assert "unclassified" in json.loads(text) or not unclassified
    assert json.loads(text.encode()) == record_to_dict(record, unclassified=unclassified)
    validator().validate(json.loads(text))


@given(st.text(max_size=500))
def test_any_text_validates(text: str) -> None:
    validator().validate(extract(text).to_dict(unclassified=True))


def test_a_stranger_key_does_not_validate() -> None:
    with pytest.raises(jsonschema.ValidationError, match="Additional properties"):
        validator().validate({**extract("Two men were arrested.").to_dict(), "more": 1})


def test_order_of_keys() -> None:
    data = extract("Two men were arrested.").to_dict(unclassified=True)
    assert list(data) == ["schema", "source", "release", "counts", "quantities", "money", "dates", "warnings", "unclassified"]
    assert data["schema"] == SCHEMA_ID
    properties = json_schema()["properties"]
    assert isinstance(properties, dict)
    assert list(data) == list(properties)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("249", "249"),
        ("1E+6", "1000000"),
        ("4000.0", "4000"),
        ("0.1", "0.1"),
        ("907.18474", "907.18474"),
        ("28.349523125", "28.349523125"),
        ("2.50", "2.5"),
    ],
)
def test_numbers_print_exactly(value: str, text: str) -> None:
    assert json.dumps(number(Decimal(value))) == text


@given(st.text(st.characters()))
def test_json_keeps_any_text_and_is_safe_to_show(text: str) -> None:
    made = to_json({"text": text})
    assert json.loads(made) == {"text": text}
    assert made.encode()
    assert len(made.splitlines()) == 1
    assert not set(made) & set("\x1b\x7f\x85\x9b\u202e\u2066\u200b\ufeff\u2028")


def test_json_is_readable() -> None:
    assert to_json({"text": "£7K – “é” 🚓"}) == '{"text":"£7K – “é” 🚓"}'
    assert to_json({"day": dt.date(2022, 3, 7).isoformat()}, indent=2) == '{\n  "day": "2022-03-07"\n}'


def test_attributes_hold_only_what_is_set() -> None:
    mention = Mention(0, 1, 1, "body", "1", "x.y")
    made = Fact("count", "arrests", Decimal(1), None, "exact", None, Attributes(group=("men",), per="day"), None, (mention,))
    record = Record(Source(None, "0" * 64, "text", "utf-8"), Release(None, None, None, None, (), None), (made,), (), ())
    counts = record.to_dict()["counts"]
    assert isinstance(counts, list)
    assert counts[0]["attributes"] == {"group": ["men"], "per": "day"}
