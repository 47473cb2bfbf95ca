"""The JSON Schema (2020-12) of packs, by which editors complete and check them as they are written."""

from __future__ import annotations

from collections.abc import Mapping

from cl_extract.packs.form import (
    ATTRIBUTES,
    EXAMPLE_KEYS,
    FRAME_KEYS,
    ID,
    MAX_NAMES,
    MAX_PATTERN,
    MEASURE,
    MEASURE_KEYS,
    NAME,
    NEGATIVE_KEYS,
    RULE_KEYS,
    SECTIONS,
    VOICES,
    Key,
)
from cl_extract.packs.packset import BUILT_IN_HEADS, VOID, PackSet

Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_WORDS: Schema = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}]}
_NAMES: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "uniqueItems": True, "maxItems": MAX_NAMES}]}


def pack_schema(packs: PackSet) -> Schema:
    """The schema of a pack. It offers the measures, classes and ids of ``packs``, and takes others that a pack may add."""
    words = {word.cls for word in packs.words}
    nouns = {noun.cls for noun in packs.nouns}
    verbs = {verb.cls for verb in packs.verbs}
    offered = {"measure": {VOID, *packs.measures}, "head": words | nouns | BUILT_IN_HEADS, "trigger": verbs}
    offered["near"] = offered["unless"] = words | nouns | verbs
    sections: dict[str, Schema] = {
        "measures": _open(MEASURE, _object(MEASURE_KEYS)),
        "words": _open(NAME, {"anyOf": [*_either(_WORDS), {"type": "object", "additionalProperties": _WORDS}]}),
        "nouns": _open(NAME, _WORDS),
        "verbs": _open(NAME, {"type": "object", "properties": _described(VOICES, _WORDS), "additionalProperties": False}),
        "frames": {"type": "array", "items": _object(FRAME_KEYS, offered)},
        "rules": {"type": "array", "items": _object(RULE_KEYS, offered)},
        "off": {"type": "array", "items": _offering({rule.id for rule in packs.rules}, _TEXT)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:cl-extract:pack:1",
        "title": "cl-extract pattern pack",
        "description": "Measures, vocabulary and patterns; patterns/README.md tells how to write one.",
        "type": ["object", "null"],
        "properties": {name: {"description": doc, **_nullable(sections[name])} for name, doc in SECTIONS.items()},
        "additionalProperties": False,
    }


def _object(keys: Mapping[str, Key], offered: Mapping[str, set[str]] | None = None) -> Schema:
    properties = {name: {"description": key.doc, **_value(name, key, (offered or {}).get(name, set()))} for name, key in keys.items()}
    required = [name for name, key in keys.items() if key.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _value(name: str, key: Key, offered: set[str]) -> Schema:
    match key.shape:
        case "flag":
            return {"type": "boolean"}
        case "flag or either":
            return {"enum": [True, False, "either"]}
        case "number":
            return {"type": "number", "minimum": 0}
        case "choice":
            return {"enum": list(key.choices)}
        case "names":
            one: Schema = {"enum": list(key.choices)} if key.choices else _offering(offered, {"type": "string", "pattern": f"^{NAME}$"})
            return {"anyOf": [one, {"type": "array", "items": one, "uniqueItems": True, "maxItems": MAX_NAMES}]}
        case "id":
            return {"type": "string", "pattern": f"^{ID}$"}
        case "name":
            return _offering(offered, {"type": "string", "pattern": f"^{MEASURE}$"})
        case "attributes":
            return {"type": "object", "properties": dict.fromkeys(ATTRIBUTES, _NAMES), "additionalProperties": False}
        case "examples" | "negatives":
            return {"type": "array", "items": _object(EXAMPLE_KEYS if key.shape == "examples" else NEGATIVE_KEYS)}
        case "text":
            limit = {"maxLength": MAX_PATTERN} if name == "pattern" else {}
            return {"type": "string", **({"minLength": 1} if key.required else {}), **limit}


def _open(names: str, value: Schema) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": f"^{names}$"}, "additionalProperties": value}


def _described(docs: Mapping[str, str], value: Schema) -> Schema:
    return {name: {"description": doc, **value} for name, doc in docs.items()}


def _offering(names: set[str], value: Schema) -> Schema:
    """Any ``value``, of which editors offer ``names``."""
    return {"anyOf": [{"enum": sorted(names)}, value]} if names else value


def _either(schema: Schema) -> list[object]:
    options = schema["anyOf"]
    return options if isinstance(options, list) else [schema]


def _nullable(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}
