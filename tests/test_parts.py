"""Which figures of a release are parts of larger ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cl_extract.batch.parts import wholes
from cl_extract.model import Attributes, Fact, Mention, Period

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 6))
PERIODS = st.none() | st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days)))
NARROWED = st.builds(
    Attributes,
    drug=st.sampled_from([(), ("heroin",), ("heroin", "cocaine"), ("cannabis",)]),
    drug_class=st.sampled_from([(), ("A",), ("B",)]),
    group=st.sampled_from([(), ("women",), ("men",)]),
    per=st.sampled_from([None, "day"]),
)
FACTS = st.builds(
    lambda value, measure, attributes, period: Fact(
        "count", measure, Decimal(value), None, "exact", None, attributes, period, (Mention(0, 1, 1, "body", "1", "x"),)
    ),
    st.integers(0, 5),
    st.sampled_from(["arrests", "charges"]),
    NARROWED,
    PERIODS,
)


@given(st.lists(FACTS, max_size=12))
def test_every_part_has_a_whole_that_stands_for_itself_and_is_as_large(facts: list[Fact]) -> None:
    covered = wholes(facts)
    assert len(covered) == len(facts)
    for fact, whole in zip(facts, covered, strict=True):
        if whole is not None:
            assert covered[whole] is None
            assert facts[whole].value >= fact.value
            assert facts[whole].measure == fact.measure
            assert facts[whole].attributes.per == fact.attributes.per
    for measure in {fact.measure for fact in facts}:
        largest = max(fact.value for fact in facts if fact.measure == measure)
        assert any(fact.value == largest for fact, whole in zip(facts, covered, strict=True) if whole is None and fact.measure == measure)


@given(st.lists(FACTS, max_size=8))
def test_a_figure_told_twice_stands_once(facts: list[Fact]) -> None:
    covered = wholes([*facts, *facts])
    assert covered.count(None) == wholes(facts).count(None)
