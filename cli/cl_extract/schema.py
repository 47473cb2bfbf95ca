"""Record -> plain data, JSON text, and the JSON Schema that describes both. The shape is that of record.md."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import get_args

from cl_extract.model import Attributes, DateFact, DateRole, Fact, FigureKind, Format, Mention, Per, Period, Qualifier, Record, Section, Unclassified

SCHEMA_ID = "cl-extract/record/1"
LISTS = {"counts": "count", "quantities": "quantity", "money": "money"}

# Written as \uXXXX: the same value to every parser, and nothing that a terminal obeys, a line splitter splits at or UTF-8 cannot hold.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def record_to_dict(record: Record, *, unclassified: bool = False) -> dict[str, object]:
    """The record as plain data in the shape and key order of record.md; with ``unclassified`` also the numbers that fit no measure."""
    source, release = record.source, record.release
    data: dict[str, object] = {
        "schema": SCHEMA_ID,
        "source": {"path": source.path, "sha256": source.sha256, "format": source.format, "encoding": source.encoding},
        "release": {
            "title": release.title,
            "published": _date(release.published),
            "url": release.url,
            "force": release.force,
            "operations": list(release.operations),
            "period": _period(release.period),
        },
    }
    for name, kind in LISTS.items():
        data[name] = [_fact(fact) for fact in record.facts if fact.kind == kind]
    data["dates"] = [_date_fact(date) for date in record.dates]
    data["warnings"] = list(record.warnings)
    if unclassified:
        data["unclassified"] = [_unclassified(number) for number in record.unclassified]
    return data


def to_json(data: object, indent: int | None = None) -> str:
    """``data`` as JSON text without a final newline, readable as it stands; invisible and unencodable characters are escaped."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def number(value: Decimal) -> int | float:
    """A JSON number: an integer where the value is whole (or too long for a float to hold its fraction), else the shortest equal float."""
    return int(value) if value == value.to_integral_value() or abs(value) >= 2**53 else float(value)


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "measure": fact.measure,
        "value": number(fact.value),
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "high": None if fact.high is None else number(fact.high),
        "attributes": _attributes(fact.attributes),
        "period": _period(fact.period),
        "mentions": [_mention(mention) for mention in fact.mentions],
    }


def _attributes(attributes: Attributes) -> dict[str, object]:
    data: dict[str, object] = {
        "drug": list(attributes.drug),
        "drug_class": list(attributes.drug_class),
        "group": list(attributes.group),
        "per": attributes.per,
    }
    return {name: value for name, value in data.items() if value}


def _date_fact(date: DateFact) -> dict[str, object]:
    return {
        "role": date.role,
        "start": date.start.isoformat(),
        "end": date.end.isoformat(),
        "relative": date.relative,
        "mentions": [_mention(mention) for mention in date.mentions],
    }


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "start": mention.start,
        "end": mention.end,
        "line": mention.line,
        "section": mention.section,
        "text": mention.text,
        "rule": mention.rule,
    }


def _unclassified(number_: Unclassified) -> dict[str, object]:
    return {
        "start": number_.start,
        "end": number_.end,
        "line": number_.line,
        "text": number_.text,
        "class": number_.reason,
        "following": number_.following,
    }


def _date(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _period(period: Period | None) -> dict[str, object] | None:
    return None if period is None else {"start": period.start.isoformat(), "end": period.end.isoformat()}


# --- JSON Schema ---

_TEXT: dict[str, object] = {"type": "string"}
_OFFSET: dict[str, object] = {"type": "integer", "minimum": 0}
_PERIOD: dict[str, object] = {"anyOf": [{"$ref": "#/$defs/period"}, {"type": "null"}]}


def json_schema() -> dict[str, object]:
    """The JSON Schema (2020-12) that every record put out validates against."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:cl-extract:record:1",
        "title": "cl-extract record",
        "description": "Counts, quantities, money and dates that one police press release states, each with the characters it came from.",
        **_object(
            {
                "schema": {"const": SCHEMA_ID},
                "source": _object(
                    {
                        "path": _nullable(_TEXT, "The file as it was named on the command line; null for text and standard input."),
                        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the bytes read."},
                        "format": {"enum": list(get_args(Format))},
                        "encoding": _TEXT,
                    },
                    "Where the record came from.",
                ),
                "release": _object(
                    {
                        "title": _nullable(_TEXT),
                        "published": _nullable(_day(), "The date of publication."),
                        "url": _nullable(_TEXT),
                        "force": _nullable(_TEXT, "The publishing or first-named force by its usual name; null for a national round-up."),
                        "operations": _list(_TEXT, "Names of the operations."),
                        "period": _PERIOD,
                    },
                    "What the release says about itself.",
                ),
                "counts": _list({"$ref": "#/$defs/count"}, "Numbers of people and things."),
                "quantities": _list({"$ref": "#/$defs/quantity"}, "Masses, volumes and durations."),
                "money": _list({"$ref": "#/$defs/money"}, "Sums of money."),
                "dates": _list({"$ref": "#/$defs/date"}, "Dates and spans of dates."),
                "warnings": _list(_TEXT, "Contradictions, and what could not be resolved."),
                "unclassified": _list({"$ref": "#/$defs/unclassified"}, "Numbers that fit no measure; there with --all."),
            },
            optional=("unclassified",),
        ),
        "$defs": {
            "count": _fact_schema(_nullable(_TEXT, "The thing counted where the measure leaves it open, in the singular: wrap, plant, round.")),
            "quantity": _fact_schema({"enum": ["g", "mL", "mo", "d", "h"], "description": "UCUM: mass g; volume mL; duration mo, d or h."}),
            "money": _fact_schema({"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217.", "examples": ["GBP", "EUR"]}),
            "date": _object(
                {
                    "role": {"enum": list(get_args(DateRole))},
                    "start": _day(),
                    "end": _day(),
                    "relative": {"type": "boolean", "description": "Told only relative to publication: last week, on Tuesday."},
                    "mentions": _list({"$ref": "#/$defs/mention"}, at_least=1),
                },
                "A date or a span, both ends inclusive; a month or a year is the span of its days.",
            ),
            "period": _object({"start": _day(), "end": _day()}, "Both ends inclusive."),
            "mention": _object(
                {
                    "start": _OFFSET,
                    "end": _OFFSET,
                    "line": {"type": "integer", "minimum": 1},
                    "section": {"enum": list(get_args(Section))},
                    "text": _TEXT,
                    "rule": {"type": "string", "description": "The id of the pattern that matched."},
                },
                "One place that states the figure: characters start to end (exclusive) of the decoded source are text.",
            ),
            "unclassified": _object(
                {
                    "start": _OFFSET,
                    "end": _OFFSET,
                    "line": {"type": "integer", "minimum": 1},
                    "text": _TEXT,
                    "class": {
                        "type": "string",
                        "description": "What the number is.",
                        "examples": ["unclassified", *(kind.value for kind in FigureKind)],
                    },
                    "following": {"type": "string", "description": "The words after it."},
                }
            ),
        },
    }


def _fact_schema(unit: dict[str, object]) -> dict[str, object]:
    return _object(
        {
            "measure": _measure(),
            "value": {"type": "number", "minimum": 0, "description": "The number; of a range, its lower end."},
            "unit": unit,
            "qualifier": {"enum": list(get_args(Qualifier))},
            "high": _nullable({"type": "number", "minimum": 0}, "The upper end of a range."),
            "attributes": _object(
                {
                    "drug": _list(_TEXT, at_least=1),
                    "drug_class": _list({"enum": ["A", "B", "C"]}, at_least=1),
                    "group": _list(_TEXT, at_least=1),
                    "per": {"enum": list(get_args(Per))},
                },
                "What narrows the figure; only what the release says.",
                optional=("drug", "drug_class", "group", "per"),
            ),
            "period": _PERIOD,
            "mentions": _list({"$ref": "#/$defs/mention"}, at_least=1),
        },
        "One stated figure, however often the release repeats it.",
    )


def _measure() -> dict[str, object]:
    from cl_extract.packs.load import measures

    described = "; ".join(f"{measure.id} ({measure.label})" for measure in measures().values())
    return {
        "type": "string",
        "pattern": "^[a-z][a-z0-9_]*$",
        "description": f"What the figure measures. Of the built-in patterns: {described}.",
        "examples": list(measures()),
    }


def _object(properties: dict[str, object], description: str = "", optional: tuple[str, ...] = ()) -> dict[str, object]:
    schema: dict[str, object] = {"description": description} if description else {}
    required = [name for name in properties if name not in optional]
    return {**schema, "type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: dict[str, object], description: str = "", at_least: int = 0) -> dict[str, object]:
    schema: dict[str, object] = {"description": description} if description else {}
    return {**schema, "type": "array", "items": items, **({"minItems": at_least} if at_least else {})}


def _nullable(schema: dict[str, object], description: str = "") -> dict[str, object]:
    kept: dict[str, object] = {**schema, "type": [schema["type"], "null"]}
    return {"description": description, **kept} if description else kept


def _day() -> dict[str, object]:
    return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
