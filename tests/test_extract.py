"""What holds of every record, whatever the text."""

import datetime as dt
import string

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cl_extract import extract
from cl_extract.model import Record
from cl_extract.schema import json_schema

SCHEMA = jsonschema.Draft202012Validator(json_schema())
PIECES = st.sampled_from(
    [
        "More than 250 people were arrested",
        "Three men, aged 21, 22 and 30, have been charged with 14 offences",
        "4kg of Class A drugs plus 740 wraps seized",
        "• 45 vehicles seized;",
        "£284,000 in cash",
        "between 7 and 13 March",
        "on Friday 3 March 2022",
        "Feb 24, 2021",
        "jailed for seven years and six months",
        "33 of them guns",
        "one in five",
        "call 101",
        "“A boy of 16 had 47 wraps on him,” he said.",
        "# Results",
        "---",
        "Advertisement",
        "two and a half tonnes of cocaine",
        "if a man is arrested",
        "½ a kilo",
        "£95-£110 million",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.text(alphabet=string.printable, max_size=12)), max_size=12).map("\n".join),
    st.lists(PIECES, max_size=8).map(" ".join),
)


def told(record: Record) -> list[object]:
    """What a record states, places aside."""
    facts = [(f.kind, f.measure, f.value, f.high, f.unit, f.qualifier, f.attributes, f.period) for f in record.facts]
    return [facts, [(d.start, d.end, d.role) for d in record.dates]]


@given(TEXTS)
@settings(max_examples=150)
def test_any_text_gives_a_record_that_validates_and_whose_mentions_slice_back(text: str) -> None:
    record = extract(text)
    SCHEMA.validate(record.to_dict(unclassified=True))
    if record.source.format != "html":
        places = [*(fact.mentions for fact in record.facts), *(date.mentions for date in record.dates)]
        assert all(places)
        for mentions in places:
            for mention in mentions:
                assert text[mention.start : mention.end] == mention.text
                assert mention.line == text.count("\n", 0, mention.start) + 1


@given(TEXTS)
@settings(max_examples=50)
def test_two_runs_give_the_same_bytes(text: str) -> None:
    assert extract(text).to_json() == extract(text).to_json()


RELEASE = """Twelve held as officers shut two drug lines

14 March 2024

Twelve people were arrested between Monday 4 and Sunday 10 March and £1,135 in cash was seized.

The week saw:

- 4kg of Class A drugs and 740 wraps seized
- 9 safeguarding referrals made
- two county lines closed
"""


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("\n", "\r\n"),
        (" in cash", "\u00a0in\u00a0cash"),
        ("\n", " \n"),
        ("4kg of", "4 kg of"),
        ("4 and Sunday 10 March", "4\u00a0and Sunday 10\u00a0March"),
    ],
)
def test_line_ends_and_kinds_of_space_change_no_value(change: str, to: str) -> None:
    assert told(extract(RELEASE.replace(change, to))) == told(extract(RELEASE))


def test_hostile_text_ends() -> None:
    for text in (
        "1," * 50_000,
        "one hundred and " * 10_000,
        "£" * 50_000,
        "arrested " * 20_000,
        "(" * 50_000,
        "12 men and " * 5_000,
        "“" * 20_000,
        "- " * 30_000,
    ):
        extract(text)


@pytest.mark.parametrize(
    "text",
    [
        "Officers seized 33 of them guns, half of the 12 knives and one of those held, worth £5 of the £90.",
        "Of the 14 people safeguarded, nine agreed to help, including two of the children, a pair of whom were aged between 12 and 14.",
        "Between 7 and 13 March 2022, 10kg and 15kg of cannabis (a street value of up to £95-£110 million) were found in 3 1/2 days.",
    ],
)
def test_a_text_may_break_off_anywhere(text: str) -> None:
    for end in range(len(text)):
        record = extract(text[:end], published=dt.date(2022, 3, 20))
        assert all(mention.end <= end for fact in record.facts for mention in fact.mentions)


def test_a_month_named_in_passing_is_not_the_period() -> None:
    text = "Two men were arrested on Sunday. Officers seized three knives. The gang had been dealing in Leeds since it formed in January 2020."
    record = extract(text, published=dt.date(2022, 3, 20))
    assert record.release.period is None
    assert {fact.measure: fact.period for fact in record.facts}["bladed_weapons_seized"] is None
