"""Packs -> text for people: the list of patterns, one pattern in full, and patterns/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cl_extract.packs.form import (
    EXAMPLE_KEYS,
    FIGURES,
    FRAME_KEYS,
    MAX_PATTERN,
    MAX_WORDS,
    MEASURE_KEYS,
    NEGATIVE_KEYS,
    OTHERS,
    PATTERN,
    RULE_KEYS,
    SECTIONS,
    VOICES,
    Key,
)
from cl_extract.packs.packset import BUILT_IN_HEADS, MAX_BYTES, VOID, Example, PackSet, Rule

_EXAMPLES = 2

INTRODUCTION = f"""# Patterns

<!-- Made by `cl-extract patterns docs > patterns/README.md`; a test holds it to the packs. -->

What cl-extract knows is data: one YAML pack a theme. This page tells how to write one of your own, and lists what each measure is read by.

## Write a pack

```yaml
# yaml-language-server: $schema=cl-extract-patterns.schema.json
nouns:
  drone: [drone, quadcopter]

measures:
  drones_seized: {{label: Drones seized, kinds: [count]}}

frames:
  - id: mine.drones
    measure: drones_seized
    doc: Drones taken, at prisons above all.
    head: drone
    trigger: [seize, find]
    wins: true  # "drone" is in a built-in class too, whose patterns would read it as well
    examples:
      - {{text: Officers seized three drones., value: 3}}
      - {{text: Two quadcopters were recovered near the wing., value: 2}}
    negatives:
      - {{text: Police flew two drones over the estate., because: they were not seized}}
```

`cl-extract --patterns mine.yaml FILE` uses it beside the built-in packs, `cl-extract patterns test --patterns mine.yaml` runs its examples, and
`cl-extract patterns lint --patterns mine.yaml` says what could be better. `cl-extract patterns schema > cl-extract-patterns.schema.json` writes the
JSON Schema that the first line names, for editors to complete and check the pack.

A figure (number, sum, weight, span of time) and what it is of make a group; its noun has a class, the *head*. A *trigger* is an event that governs
groups: "officers **seized** three drones", "three drones were **seized**". A *frame* says which head under which trigger gives which measure, so
that a new word in a class extends every frame of that class. What is no clause is a *rule*: a set phrase, written as a pattern.

An unknown key, class, measure or placeholder, an id that stands twice and the like are faults: all are told at once, each with file and line, and
nothing is put out. A pack has at most {MAX_BYTES // 1024} KiB, a pattern {MAX_PATTERN} characters, a phrase {MAX_WORDS} words; YAML aliases are not
taken. A pattern that takes too long over a release is given up there, with a warning in the record.
"""


_HOLE = re.compile(r"\{([a-z_.]+)(?::([a-z_|]+))?\}(!)?")
_FEW = 8  # words of a class that stand in an expanded pattern
_NAMES = {"n": "number", "a": "a or an", "money": "sum", "mass": "weight", "volume": "volume", "duration": "span of time"}


def rules_text(rules: Sequence[Rule]) -> str:
    """A table with a line a rule: id, measure, what it is for."""
    rows = [("ID", "MEASURE", "READS"), *((rule.id, rule.measure, rule.doc) for rule in rules)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "".join(f"{name:<{widths[0]}}  {measure:<{widths[1]}}  {doc}\n" for name, measure, doc in rows)


def rule_text(rule: Rule, packs: PackSet) -> str:
    """All that a rule says of itself, the words of the classes that it names, and what it must and must not read."""
    flags = {"alone": rule.alone and bool(rule.heads), "verbless": rule.verbless, "complement": rule.complement, "passive": rule.passive}
    flags |= {"complement or not": rule.either, "adjacent": rule.adjacent, "wins": rule.wins, f"reach {rule.reach}": rule.reach > 0}
    fields = {
        "measure": rule.measure,
        "kind": rule.kind,
        "source": rule.source,
        "since": rule.since,
        "pattern": rule.pattern,
        "expanded": expand(rule.pattern, packs),
        "head": ", ".join(rule.heads),
        "trigger": ", ".join(rule.triggers),
        "near": ", ".join(rule.near),
        "unless": ", ".join(rule.unless),
        "flags": ", ".join(name for name, given in flags.items() if given),
        "a or an": rule.article if rule.heads else "",
    }
    holes = [name for hole in _HOLE.finditer(rule.pattern) for name in (hole[2] or "" if hole[1] in FIGURES else hole[1]).split("|")]
    named = dict.fromkeys([*rule.heads, *rule.triggers, *rule.near, *rule.unless, *holes])
    words = {name: class_words(name, packs) for name in named if name not in BUILT_IN_HEADS}
    parts = [
        [f"{rule.id}  ({rule.file}:{rule.line})", f"  {rule.doc}"],
        [f"  {name:<8} {value}" for name, value in fields.items() if value],
        [f"  {name}: {', '.join(listed)}" for name, listed in words.items() if listed],
        ["  reads", *(f"    {example.text}{expected_text(example)}" for example in rule.examples)] if rule.examples else [],
        ["  does not read", *(f"    {one.text} ({one.because})" for one in rule.negatives)] if rule.negatives else [],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def expand(pattern: str, packs: PackSet) -> str:
    """A pattern with the words of its placeholders in their place, the first few of each class."""

    def words(classes: str) -> str:
        listed = list(dict.fromkeys(word for name in classes.split("|") for word in class_words(name, packs)))
        return "|".join(listed[:_FEW]) + ("|…" if len(listed) > _FEW else "")

    def figure(hole: re.Match[str]) -> str:
        if hole[1] in FIGURES:
            return f"<{_NAMES[hole[1]]}{f' of {words(hole[2])}' if hole[2] else ''}>{hole[3] or ''}"
        return f"(?:{words(hole[1])})" if class_words(hole[1], packs) and hole[1] not in OTHERS else f"<{hole[1]}>"

    return _HOLE.sub(figure, pattern)


def class_words(name: str, packs: PackSet) -> list[str]:
    """The words of a class, each once, as the packs write them."""
    listed = [word.text for word in packs.words if word.cls == name]
    listed += [noun.singular for noun in packs.nouns if noun.cls == name]
    return list(dict.fromkeys([*listed, *(verb.base for verb in packs.verbs if verb.cls == name)]))


def expected_text(example: Example) -> str:
    """What an example must give, after an arrow; empty where it does not say."""
    told = dict(example.expected)
    attributes = told.pop("attributes", None)
    for name, values in attributes.items() if isinstance(attributes, Mapping) else ():
        told[name] = " and ".join(map(str, values)) if isinstance(values, Iterable) and not isinstance(values, str) else values
    return " -> " * bool(told) + ", ".join(f"{name} {value}" for name, value in told.items())


def pack_docs(packs: PackSet) -> str:
    """The page as Markdown."""
    return "\n".join([INTRODUCTION, *_format(), *_measures(packs)]).rstrip() + "\n"


def _format() -> Iterator[str]:
    yield from ("### Sections", "", *_table(SECTIONS), "", "### A measure", "", *_keys(MEASURE_KEYS), "")
    yield from ("### Voices of verbs", "", *_table(VOICES), "")
    yield "A verb is written in its base form; -s, -ed and -ing are made from it. The first word is inflected: `hand in` gives `handed in`.\n"
    yield from ("### A frame", "", *_keys(FRAME_KEYS), "", "### A rule", "")
    yield from (*_keys({name: key for name, key in RULE_KEYS.items() if key != FRAME_KEYS.get(name)}), "")
    yield "The other keys are those of a frame: " + ", ".join(f"`{name}`" for name, key in RULE_KEYS.items() if key == FRAME_KEYS.get(name)) + ".\n"
    yield from (
        "### A pattern",
        "",
        *_table(PATTERN),
        "",
        "### An example",
        "",
        *_keys(EXAMPLE_KEYS),
        "",
        "### A negative",
        "",
        *_keys(NEGATIVE_KEYS),
        "",
    )


def _measures(packs: PackSet) -> Iterator[str]:
    yield "## What each measure is read by\n"
    for measure in packs.measures.values():
        kinds = " or ".join(measure.kinds) + ("; keeps what is counted as unit" if measure.open_unit else "")
        narrowed = f"; narrowed by {', '.join(measure.narrowed_by)}" if measure.narrowed_by else ""
        yield f"### {measure.label}\n\n`{measure.id}`: {kinds}{narrowed}.\n"
        yield from _rules(rule for rule in packs.rules if rule.measure == measure.id)
    yield "### Not facts\n\nWhat these read is left out.\n"
    yield from _rules(rule for rule in packs.rules if rule.measure == VOID)


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        yield f"- **{rule.id}** ({rule.file}): {_escaped(rule.doc)}"
        yield f"  {_reads(rule)}" + (f"  \n  Source: {_escaped(rule.source)}." if rule.source else "")
        for example in [example for example in rule.examples if not example.todo][:_EXAMPLES]:
            yield f"  - {_example(example)}"
    yield ""


def _reads(rule: Rule) -> str:
    if rule.pattern:
        return f"`{rule.pattern}`"
    heads = " | ".join(rule.heads)
    needs = [f"{name} {' | '.join(names)}" for name, names in (("near", rule.near), ("unless", rule.unless)) if names]
    ways = ([" | ".join(rule.triggers)] if rule.triggers else []) + ["alone"] * rule.alone + ["verbless"] * rule.verbless
    return f"`{heads}` × `{'` or `'.join(ways)}`" + "".join(f", {need}" for need in needs)


def _example(example: Example) -> str:
    return f"“{_escaped(example.text)}”{expected_text(example).replace('->', '→')}"


def _keys(keys: Mapping[str, Key]) -> list[str]:
    rows = {}
    for name, key in keys.items():
        notes = (["required"] if key.required else []) + ([f"one of {', '.join(key.choices)}"] if key.choices else [])
        rows[name] = f"{key.doc} ({'; '.join(notes)})" if notes else key.doc
    return _table(rows)


def _table(rows: Mapping[str, str]) -> list[str]:
    return ["| key | meaning |", "| --- | --- |", *(f"| `{_cell(name)}` | {_cell(_escaped(doc))} |" for name, doc in rows.items())]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _escaped(text: str) -> str:
    """Text of a pack as Markdown shows it letter for letter."""
    return "".join(f"\\{char}" if char in "*_<[]`" else char for char in " ".join(text.split()))
