"""A release as the page's scripts take it: its record as it is, and beside it what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from cl_extract.batch.stored import StoredRelease
from cl_extract.model import DateFact, Fact, Period
from cl_extract.output.marks import Item, spans, stretches
from cl_extract.output.render import (
    CSV_COLUMNS,
    CURRENCIES,
    SCALES,
    SYMBOLS,
    amount_text,
    narrowing,
    printable,
    printable_lines,
    span_text,
    value_text,
)
from cl_extract.packs.packset import Measure
from cl_extract.schema import LISTS, record_to_dict


def page_data(releases: Sequence[StoredRelease], known: Mapping[str, Measure]) -> dict[str, object]:
    """All that the scripts need, as plain data. ``known`` are the measures, in their order, for their labels."""
    facts = [fact for stored in releases for fact in stored.record.facts]
    met = {fact.measure for fact in facts}
    labels = {name: measure.label for name, measure in known.items() if name in met}
    return {
        "releases": [release_data(stored) for stored in releases],
        "labels": {**labels, **{name: printable(name.replace("_", " ")) for name in sorted(met - labels.keys())}},
        "units": _units({fact.unit for fact in facts if fact.unit and fact.kind == "count"}),
        "scales": SCALES,
        "currencies": CURRENCIES,
        "columns": CSV_COLUMNS,
    }


def _units(counted: Iterable[str]) -> dict[str, str]:
    """The name of each unit that amounts are told in, as it stands after more than one."""
    names = {*counted, "year", *(name for scales in SCALES.values() for _, name in scales)}
    return {name: name if name in SYMBOLS else amount_text(Decimal(2), name, "count").partition(" ")[2] for name in sorted(names)}


def release_data(stored: StoredRelease) -> dict[str, object]:
    """The record as it is; ``text`` as plain strings and marks; and ``items``, what is marked, in the order of the record's lists.

    A mark is a list of ``[words, [items]]``: words that an item states, or several, its closest first. ``places`` of an item are its mentions, as the
    line and the number of the mark. ``total``: its value is part of the totals, in ``month``.
    """
    record = stored.record
    numbers = [number for kind in LISTS.values() for number, fact in enumerate(record.facts) if fact.kind == kind]
    marked: list[Item] = [*(record.facts[number] for number in numbers), *record.dates]
    shown = printable_lines(stored.text)
    text: list[object] = []
    mark_of: dict[int, int] = {}  # by the start of a mention
    marks = 0
    for stretch in stretches(len(shown), spans(marked)):
        if stretch.marked:
            text.append([[shown[piece.start : piece.end], piece.owners] for piece in stretch.pieces])
            mark_of |= dict.fromkeys((piece.start for piece in stretch.pieces), marks)
            marks += 1
        else:
            text.append(shown[stretch.start : stretch.end])
    published = str(record.release.published)[:7] if record.release.published else None
    totals = [*(stored.headlines[number] for number in numbers), *(False for _ in record.dates)]
    places = [[[mention.line, mark_of[mention.start]] for mention in item.mentions] for item in marked]
    return {
        "record": record_to_dict(record),
        "text": text,
        "items": [
            {**_shown(item), "month": _month(item, published), "total": total, "places": place, "rules": _rules(item)}
            for item, total, place in zip(marked, totals, places, strict=True)
        ],
        "force": None if record.release.force is None else printable(record.release.force),
        "warnings": [printable(warning) for warning in record.warnings],
    }


def _shown(item: Item) -> dict[str, object]:
    if isinstance(item, DateFact):
        return {"told": span_text(item.start, item.end), "label": item.role, "of": "relative" if item.relative else "", "period": ""}
    return {"told": printable(value_text(item)), "of": printable(narrowing(item)), "period": _period(item.period)}


def _period(period: Period | None) -> str:
    return span_text(period.start, period.end) if period else ""


def _month(item: Item, published: str | None) -> str | None:
    """The month that totals count a fact in: that in which its period ends, else that of publication."""
    return str(item.period.end)[:7] if isinstance(item, Fact) and item.period else published


def _rules(item: Item) -> list[str]:
    return [*dict.fromkeys(printable(mention.rule) for mention in item.mentions)]
