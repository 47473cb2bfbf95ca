"""YAML packs -> typed vocabulary, frames and rules; the only reader of patterns/.

A pack is one file a theme. All its sections are optional:

- ``measures``: id -> label and kinds (record.md, "Measures");
- ``words``: class -> words and phrases, as a list or as canonical name -> spellings;
- ``nouns``: class -> countable nouns in the singular (``knife/knives`` where the plural is irregular); plurals are made here;
- ``verbs``: class -> verbs by voice. ``object`` verbs are done to the thing counted, ``subject`` verbs are done by it; ``post`` are phrases that
  stand after it ("off the streets"), ``act`` are nouns of action ("the seizure of"). Irregular forms: ``take/took/taken``;
- ``frames``: head class x trigger class -> measure, the common case;
- ``rules``: patterns over the skeleton of a sentence, for set phrases.

Every fault of every pack is collected and raised at once as a PackError, each with its file and line.
"""

from __future__ import annotations

import difflib
import importlib.resources
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import yaml

from cl_extract.errors import PackError
from cl_extract.model import Kind

Voice = Literal["object", "subject", "post", "act"]

_SECTIONS = ("measures", "words", "nouns", "verbs", "frames", "rules")
_FRAME_KEYS = (
    "id",
    "measure",
    "doc",
    "source",
    "since",
    "head",
    "trigger",
    "near",
    "alone",
    "verbless",
    "complement",
    "wins",
    "reach",
    "passive",
    "unless",
    "adjacent",
    "kind",
    "article",
    "unit",
    "attributes",
    "examples",
    "negatives",
)
_RULE_KEYS = ("id", "measure", "doc", "source", "since", "pattern", "kind", "unit", "attributes", "examples", "negatives")
# Heads that the chunker gives itself: no noun, a noun of no class, a span of time, a sum told to be a value of something out of sight, a sum a day.
BUILT_IN_HEADS = frozenset({"none", "thing", "duration", "valued", "rate"})
# The measure of rules that say what is not a fact, such as drugs supplied in the past.
VOID = "none"
_EXAMPLE_KEYS = ("text", "value", "high", "unit", "qualifier", "attributes", "todo")
_NEGATIVE_KEYS = ("text", "because", "todo")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure can measure: an id of record.md, its label in plain words, and the kinds its figures may be of.

    ``open_unit``: the measure leaves open what is counted, so that a count of it keeps its noun as ``unit``.
    ``narrowed_by``: the attributes that its figures can have.
    """

    id: str
    label: str
    kinds: tuple[Kind, ...]
    open_unit: bool = False
    narrowed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must read (``expected`` holds the fields its fact must have), or, with ``because``, must not."""

    text: str
    expected: Mapping[str, object] = field(default_factory=dict)
    because: str = ""
    todo: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A frame (``heads`` and ``triggers``) or a set phrase (``pattern``) that gives a measure.

    ``near`` names a class one of whose words must stand in the group or shortly after it; ``unless`` one that must not stand between trigger and
    group or beside the group; ``adjacent``: no other group may stand between them. ``alone``: a number and its head are enough, without a
    trigger; ``verbless``: they are in a line without a verb. ``wins``: it keeps every other rule from the group; ``reach``: the most atoms
    between trigger and group (0: no limit); ``passive``: only a passive verb will do; ``complement``: the figure is what the verb takes, not
    what it is done to ("charged with nine counts"), ``either``: one or the other. ``article`` says what a bare "a" or "an" needs to count as
    one: ``trigger`` (a governing trigger); with ``never`` it does not.
    """

    id: str
    measure: str
    doc: str
    source: str
    since: str
    file: str
    line: int
    kind: Kind = "count"
    heads: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    adjacent: bool = False
    alone: bool = False
    verbless: bool = False
    wins: bool = False
    reach: int = 0
    passive: bool = False
    complement: bool = False
    either: bool = False
    article: str = "trigger"
    pattern: str = ""
    unit: str | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    negatives: tuple[Example, ...] = ()
    open_unit: bool = False
    narrowed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noun:
    """A countable noun of a class, with its plural."""

    cls: str
    singular: str
    plural: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb (or post phrase, or noun of action) of a trigger class, with its forms."""

    cls: str
    voice: Voice
    base: str
    past: str
    participle: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of a class; ``canonical`` is the name it stands for."""

    cls: str
    text: str
    canonical: str


@dataclass(frozen=True, slots=True)
class PackSet:
    """All packs together, in the order they were read."""

    measures: Mapping[str, Measure]
    words: tuple[Word, ...]
    nouns: tuple[Noun, ...]
    verbs: tuple[Verb, ...]
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id, None where there is none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def folder() -> Path:
    """Where the built-in packs are: beside the package in a wheel, at the top of the repository in a checkout."""
    inside = Path(str(importlib.resources.files("cl_extract"))) / "patterns"
    beside = Path(__file__).resolve().parents[2] / "patterns"
    for place in (inside, beside):
        if place.is_dir():
            return place
    raise PackError((f"{inside}: no pattern packs; reinstall cl-extract",))


@cache
def load() -> PackSet:
    """The built-in packs. Raises PackError with every fault found."""
    return read_packs(sorted(folder().glob("*.yaml")))


def measures() -> Mapping[str, Measure]:
    """The measures of the built-in packs, by id, in the order of record.md."""
    return load().measures


def read_packs(paths: Iterable[Path]) -> PackSet:
    """The packs at ``paths``, read in that order. Raises PackError with every fault found."""
    reader = _Reader()
    for path in paths:
        reader.read(path)
    return reader.finish()


class _Line(dict[str, object]):
    """A YAML mapping that knows the line it starts on."""

    line = 0


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader is the same language, ten times faster
    """Safe YAML with line numbers."""


def _load(text: str) -> object:
    """The one document of a YAML text, without aliases: a pack has no use for them, and they can expand without bound."""
    if "&" in text and "*" in text:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise yaml.constructor.ConstructorError(None, None, "aliases are not allowed in a pack", event.start_mark)
    return cast("object", yaml.load(text, Loader=_Loader))  # noqa: S506  # _Loader is a safe loader


def _mapping(loader: _Loader, node: yaml.MappingNode) -> _Line:
    made = _Line()
    made.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in made:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
        made[str(key)] = loader.construct_object(value_node, deep=True)
    return made


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class _Reader:
    """Narrows YAML's objects to typed values once, and gathers the faults on the way."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.measures: dict[str, Measure] = {}
        self.words: list[Word] = []
        self.nouns: list[Noun] = []
        self.verbs: list[Verb] = []
        self.rules: list[Rule] = []
        self.file = ""

    def fault(self, line: int, message: str) -> None:
        self.faults.append(f"{self.file}:{line}: {message}")

    def read(self, path: Path) -> None:
        self.file = path.name
        try:
            made = _load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            self.fault(1, f"cannot be read: {error}")
            return
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.fault(mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', None) or error}")
            return
        if made is None:
            return
        if not isinstance(made, _Line):
            self.fault(1, "a pack is a mapping of sections: " + ", ".join(_SECTIONS))
            return
        self.check_keys(made, _SECTIONS, "section")
        for name, cls, entry in self.entries(made, "measures"):
            self.read_measure(name, cls, entry)
        for line, cls, entry in self.entries(made, "words"):
            self.words += [Word(cls, text, canonical) for text, canonical in self.spellings(line, cls, entry)]
        for line, cls, entry in self.entries(made, "nouns"):
            for text, _ in self.spellings(line, cls, entry):
                singular, _, plural = text.partition("/")
                self.nouns.append(Noun(cls, singular, plural or pluralise(singular)))
        for line, cls, entry in self.entries(made, "verbs"):
            self.read_verbs(line, cls, entry)
        for section in ("frames", "rules"):
            items = made.get(section, [])
            if not isinstance(items, list):
                self.fault(made.line, f"{section} is a list")
                continue
            for item in items:
                self.read_rule(section, item)

    def entries(self, made: _Line, section: str) -> Iterator[tuple[int, str, object]]:
        part = made.get(section)
        if part is None:
            return
        if not isinstance(part, _Line):
            self.fault(made.line, f"{section} is a mapping")
            return
        for key, value in part.items():
            yield (value.line if isinstance(value, _Line) else part.line), key, value

    def read_measure(self, line: int, name: str, entry: object) -> None:
        if not isinstance(entry, _Line):
            self.fault(line, f"measure {name} is a mapping with label and kinds")
            return
        self.check_keys(entry, ("label", "kinds", "open_unit", "narrowed_by"), "key")
        kinds = tuple(cast("Kind", kind) for kind in self.strings(entry, "kinds") if kind in get_args(Kind))
        if not kinds:
            self.fault(entry.line, f"measure {name} has no kinds; write kinds: [count]")
        self.measures[name] = Measure(
            name, self.string(entry, "label", required=True), kinds, entry.get("open_unit") is True, tuple(self.strings(entry, "narrowed_by"))
        )

    def spellings(self, line: int, cls: str, entry: object) -> Iterator[tuple[str, str]]:
        groups = entry.items() if isinstance(entry, _Line) else [("", entry)]
        for canonical, texts in groups:
            for text in texts if isinstance(texts, list) else [texts]:
                if isinstance(text, str) and text.strip():
                    yield text, canonical or text
                else:
                    self.fault(line, f"{cls}: {text!r} is no word; quote it")

    def read_verbs(self, line: int, cls: str, entry: object) -> None:
        if not isinstance(entry, _Line):
            self.fault(line, f"verbs {cls} is a mapping of voices: " + ", ".join(get_args(Voice)))
            return
        self.check_keys(entry, get_args(Voice), "voice")
        for voice, texts in entry.items():
            for text, _ in self.spellings(entry.line, cls, texts):
                word, _, rest = text.partition(" ")
                base, *forms = (f"{form} {rest}".strip() for form in word.split("/"))
                past = forms[0] if forms else inflect(base, "ed")
                self.verbs.append(Verb(cls, cast("Voice", voice), base, past, forms[1] if len(forms) > 1 else past))

    def read_rule(self, section: str, item: object) -> None:
        if not isinstance(item, _Line):
            self.fault(1, f"{section}: {item!r} is no mapping")
            return
        self.check_keys(item, _FRAME_KEYS if section == "frames" else _RULE_KEYS, "key")
        rule_id = self.string(item, "id", required=True)
        kind = self.string(item, "kind") or "count"
        if kind not in get_args(Kind):
            self.fault(item.line, f"{rule_id}: unknown kind {kind}; one of " + ", ".join(get_args(Kind)))
        if section == "rules" and not self.string(item, "pattern"):
            self.fault(item.line, f"{rule_id}: no pattern")
        attributes = item.get("attributes", {})
        if not isinstance(attributes, Mapping):
            self.fault(item.line, f"{rule_id}: attributes is a mapping")
            attributes = {}
        self.rules.append(
            Rule(
                id=rule_id,
                measure=self.string(item, "measure", required=True),
                doc=self.string(item, "doc", required=True),
                source=self.string(item, "source"),
                since=self.string(item, "since"),
                file=self.file,
                line=item.line,
                kind=cast("Kind", kind),
                heads=tuple(self.strings(item, "head")),
                triggers=tuple(self.strings(item, "trigger")),
                near=tuple(self.strings(item, "near")),
                unless=tuple(self.strings(item, "unless")),
                adjacent=item.get("adjacent") is True,
                verbless=item.get("verbless") is True,
                wins=item.get("wins") is True,
                reach=cast("int", item.get("reach", 0)) if isinstance(item.get("reach", 0), int) else 0,
                passive=item.get("passive") is True,
                complement=item.get("complement") is True,
                either=item.get("complement") == "either",
                alone=item.get("alone") is True or not (item.get("trigger") or item.get("verbless")),
                article=self.string(item, "article") or "trigger",
                pattern=self.string(item, "pattern"),
                unit=self.string(item, "unit") or None,
                attributes={key: tuple(value) if isinstance(value, list) else (str(value),) for key, value in attributes.items()},
                examples=tuple(self.examples(item, "examples", _EXAMPLE_KEYS)),
                negatives=tuple(self.examples(item, "negatives", _NEGATIVE_KEYS)),
            )
        )

    def examples(self, item: _Line, key: str, keys: tuple[str, ...]) -> Iterator[Example]:
        entries = item.get(key, [])
        if not isinstance(entries, list):
            self.fault(item.line, f"{key} is a list")
            return
        for entry in entries:
            if not isinstance(entry, _Line) or not isinstance(entry.get("text"), str):
                self.fault(item.line, f"{key}: each is a mapping with a text")
                continue
            self.check_keys(entry, keys, "key")
            if key == "negatives" and not entry.get("because"):
                self.fault(entry.line, "a negative says why: add because")
            expected = {k: v for k, v in entry.items() if k not in {"text", "because", "todo"}}
            yield Example(str(entry["text"]), expected, str(entry.get("because", "")), bool(entry.get("todo", False)))

    def string(self, item: _Line, key: str, *, required: bool = False) -> str:
        value = item.get(key)
        if value is None and required:
            self.fault(item.line, f"{item.get('id', 'entry')}: no {key}")
        if value is not None and not isinstance(value, str):
            self.fault(item.line, f"{item.get('id', 'entry')}: {key} is text; quote it")
        return value if isinstance(value, str) else ""

    def strings(self, item: _Line, key: str) -> list[str]:
        value = item.get(key, [])
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]

    def check_keys(self, item: _Line, known: tuple[str, ...], what: str) -> None:
        for key in item:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                self.fault(item.line, f"unknown {what} {key}" + (f"; did you mean {near[0]}?" if near else "; known: " + ", ".join(known)))

    def finish(self) -> PackSet:
        seen: dict[str, Rule] = {}
        for rule in self.rules:
            self.file = rule.file
            if rule.id in seen:
                self.fault(rule.line, f"{rule.id} stands twice; first in {seen[rule.id].file}:{seen[rule.id].line}")
            seen[rule.id] = rule
            measure = self.measures.get(rule.measure)
            if rule.measure == VOID:
                continue
            if measure is None:
                near = difflib.get_close_matches(rule.measure, self.measures, 1)
                self.fault(rule.line, f"{rule.id}: unknown measure {rule.measure}" + (f"; did you mean {near[0]}?" if near else ""))
            elif rule.kind not in measure.kinds:
                self.fault(rule.line, f"{rule.id}: {rule.measure} is never a {rule.kind}")
        classes = {noun.cls for noun in self.nouns} | {word.cls for word in self.words}
        triggers = {verb.cls for verb in self.verbs}
        for rule in self.rules:
            self.file = rule.file
            for names, known, what in (
                (rule.heads, classes | BUILT_IN_HEADS, "head"),
                (rule.triggers, triggers, "trigger"),
                (rule.near, classes | triggers, "near"),
                (rule.unless, classes | triggers, "unless"),
            ):
                for name in names:
                    if name not in known:
                        near = difflib.get_close_matches(name, known, 1)
                        self.fault(rule.line, f"{rule.id}: unknown {what} {name}" + (f"; did you mean {near[0]}?" if near else ""))
        if self.faults:
            raise PackError(tuple(self.faults))
        rules = tuple(
            replace(rule, open_unit=measure.open_unit, narrowed_by=measure.narrowed_by) if (measure := self.measures.get(rule.measure)) else rule
            for rule in self.rules
        )
        return PackSet(self.measures, tuple(self.words), tuple(self.nouns), tuple(self.verbs), rules)


_VOWELS = "aeiou"


def pluralise(noun: str) -> str:
    """The regular English plural of a noun phrase, made on its last word."""
    head, _, last = noun.rpartition(" ")
    if last.endswith(("s", "x", "z", "ch", "sh")):
        last += "es"
    elif last.endswith("y") and last[-2:-1] not in _VOWELS:
        last = last[:-1] + "ies"
    elif last.endswith("man"):
        last = last[:-3] + "men"
    elif last.endswith("person"):
        last = last[:-6] + "people"
    elif last.endswith("child"):
        last += "ren"
    else:
        last += "s"
    return f"{head} {last}".strip()


def inflect(base: str, ending: Literal["s", "ed", "ing"]) -> str:
    """A regular form of a verb phrase, made on its first word: ``inflect("hand in", "ed") == "handed in"``."""
    word, _, rest = base.partition(" ")
    doubled = len(word) > 2 and word[-1] not in "aeiouwxyh" and word[-2] in _VOWELS and word[-3] not in _VOWELS and word in _DOUBLING
    if ending == "s":
        word = pluralise(word) if not word.endswith("man") else word + "s"
    elif word.endswith("e") and not word.endswith("ee"):
        word = word[:-1] + ending
    elif ending == "ed" and word.endswith("y") and word[-2:-1] not in _VOWELS:
        word = word[:-1] + "ied"
    else:
        word += (word[-1] if doubled else "") + ending
    return f"{word} {rest}".strip()


# Verbs of the packs that double their last letter; English gives no rule that needs no stress marks.
_DOUBLING = frozenset(
    {
        "stop",
        "strip",
        "drop",
        "nab",
        "net",
        "bag",
        "get",
        "put",
        "shut",
        "let",
        "admit",
        "commit",
        "refer",
        "ban",
        "run",
        "plan",
        "transfer",
        "trap",
        "set",
        "sit",
        "cut",
        "win",
        "scrap",
    }
)
