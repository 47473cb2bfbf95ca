"""Which figures of a release are parts of larger ones of it, so that a sum adds nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cl_extract.model import Attributes, Fact, Period

_ALWAYS = Period(dt.date.min, dt.date.max)


def wholes(facts: Sequence[Fact]) -> list[int | None]:
    """For each fact the index of the fact that covers it, or None where it stands for itself.

    One covers another of the same measure and unit that is no larger where it covers its time and all that narrows it: "53 arrests between 2 and 8
    December" those of "11 women" and of 4 December, but not those of May; "8kg of drugs" the "5kg of cannabis", but not cannabis the "3kg of heroin".
    A time that is not known covers all and is covered by all. What is itself covered covers nothing. Rates are apart from other figures.
    """
    covered: list[int | None] = [None] * len(facts)
    standing: dict[tuple[object, ...], list[int]] = {}
    order = sorted(range(len(facts)), key=lambda at: (-facts[at].value, facts[at].period is not None, at))
    for at in order:
        fact = facts[at]
        others = standing.setdefault((fact.kind, fact.measure, fact.unit, fact.attributes.per), [])
        covered[at] = next((other for other in others if _covers(facts[other], fact)), None)
        if covered[at] is None:
            others.append(at)
    return covered


def _covers(whole: Fact, part: Fact) -> bool:
    mine, its = whole.period or _ALWAYS, part.period
    return (its is None or (mine.start <= its.start and its.end <= mine.end)) and _covers_what(whole.attributes, part.attributes)


def _covers_what(whole: Attributes, part: Attributes) -> bool:
    """Whether what narrows the whole holds what narrows the part; a class of drugs and a drug are not known to differ."""
    drugs = not whole.drug or (bool(part.drug) and set(part.drug) <= set(whole.drug))
    classes = not whole.drug_class or not part.drug_class or set(part.drug_class) <= set(whole.drug_class)
    return drugs and classes and (not whole.group or whole.group == part.group)
