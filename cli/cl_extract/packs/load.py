"""YAML packs -> typed vocabulary, frames and rules; the only reader of patterns/.

A pack is one file a theme; form.py says what may stand in it. The built-in packs come first; a user's packs, which may come from anywhere,
add to them or switch patterns of theirs off. Every fault of every pack is collected and raised at once as a PackError, each with its file and line.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import cast, get_args

import regex
import yaml

from cl_extract.errors import PackError
from cl_extract.model import Kind
from cl_extract.packs.form import (
    ATTRIBUTES,
    EXAMPLE_KEYS,
    FIGURES,
    FRAME_KEYS,
    ID,
    MAX_DEPTH,
    MAX_NAMES,
    MAX_PATTERN,
    MAX_PATTERNS,
    MAX_REPEATS,
    MAX_WORDS,
    MEASURE,
    MEASURE_KEYS,
    NAME,
    NEGATIVE_KEYS,
    OTHERS,
    RULE_KEYS,
    SECTIONS,
    Key,
)
from cl_extract.packs.inflect import inflect, pluralise
from cl_extract.packs.packset import BUILT_IN_HEADS, MAX_BYTES, VOID, Example, Measure, Noun, PackSet, Rule, Stamp, Verb, Voice, Word, built_in, stamp
from cl_extract.value import replace
from cl_extract.values.tokens import tokenise


def load(patterns: Iterable[str | Path] = ()) -> PackSet:
    """The built-in packs, and after them the user's packs at ``patterns``. Raises PackError with every fault found.

    What was read is kept, and read again only when a file has changed.
    """
    return _load(stamp(patterns))


@lru_cache(maxsize=8)
def _load(stamped: Stamp) -> PackSet:
    if not stamped:
        return _built_in().finish()
    reader = _Reader(_built_in())
    for name, _, _ in stamped:
        reader.read(Path(name), name)
    return reader.finish()


@cache
def _built_in() -> _Reader:
    reader = _Reader()
    for path in built_in():
        reader.read(Path(path), Path(path).name)
    return reader


def measures() -> Mapping[str, Measure]:
    """The measures of the built-in packs, by id, in the order of record.md."""
    return load().measures


def read_packs(paths: Iterable[Path]) -> PackSet:
    """The packs at ``paths`` and no others, read in that order. Raises PackError with every fault found."""
    reader = _Reader()
    for path in paths:
        reader.read(path, path.name)
    return reader.finish()


class _Line(dict[str, object]):
    """A YAML mapping that knows the line it starts on."""

    line = 0


class _Text(str):
    """A YAML text that knows its line."""

    __slots__ = ("line",)
    line: int


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C loader is the same language, ten times faster
    """Safe YAML with line numbers."""


def _load_yaml(text: str, *, careful: bool) -> object:
    """The one document of a YAML text, without aliases: a pack has no use for them, and they can expand without bound.

    ``careful``: of unknown origin, so not nested deeply either; YAML's own loader follows any depth until the stack is full.
    """
    if careful or ("&" in text and "*" in text):
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise _refusal("aliases are not allowed in a pack", event)
            if depth > MAX_DEPTH:
                raise _refusal(f"nested more than {MAX_DEPTH} deep", event)
    return cast("object", yaml.load(text, Loader=_Loader))


def _refusal(what: str, where: yaml.Event | yaml.Node) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, what, cast("yaml.Mark", where.start_mark))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> _Line:
    made = _Line()
    made.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _refusal("a key is a word", key_node)
        key = str(key_node.value)  # as written: to YAML 1.1, off is False
        if key in made:
            raise _refusal(f"{key!r} stands twice", key_node)
        made[key] = _value(loader, value_node)
    return made


def _value(loader: _Loader, node: yaml.Node) -> object:
    """What a node says. YAML's own constructors raise whatever comes: 2024-13-45 is a ValueError, !!int '' an IndexError."""
    try:
        return cast("object", loader.construct_object(node, deep=True))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        raise _refusal("a value that YAML cannot read; quote it", node) from None


def _text(loader: _Loader, node: yaml.ScalarNode) -> _Text:
    made = _Text(loader.construct_scalar(node))
    made.line = node.start_mark.line + 1
    return made


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:str", _text)


class _Reader:
    """Narrows YAML's objects to typed values once, and gathers the faults on the way. ``base`` is what a user's packs add to."""

    def __init__(self, base: _Reader | None = None) -> None:
        self.base = base
        self.faults: list[str] = list(base.faults) if base else []
        self.measures: dict[str, Measure] = dict(base.measures) if base else {}
        self.words: list[Word] = list(base.words) if base else []
        self.nouns: list[Noun] = list(base.nouns) if base else []
        self.verbs: list[Verb] = list(base.verbs) if base else []
        self.rules: list[Rule] = list(base.rules) if base else []
        self.off: list[tuple[str, int, str]] = []
        self.own: list[str] = []
        self.file = ""

    def fault(self, line: int, message: str) -> None:
        self.faults.append(f"{self.file}:{line}: {message}")

    def read(self, path: Path, name: str) -> None:
        """Reads one pack, which messages call ``name``."""
        self.file = name
        if self.base:
            self.own.append(name)
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
                self.fault(1, f"larger than {MAX_BYTES // 1024} KiB; split the pack")
                return
            made = _load_yaml(data.decode("utf-8-sig"), careful=self.base is not None)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.fault(mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', None) or getattr(error, 'reason', None) or error}")
            return
        except OSError as error:
            self.fault(1, f"cannot be read: {error.strerror}")
            return
        except (ValueError, RecursionError) as error:  # no UTF-8; a path with a NUL in it; a depth that YAML's own limits let through
            self.fault(1, f"cannot be read: {error}")
            return
        if made is None:
            return
        if not isinstance(made, _Line):
            self.fault(1, "a pack is a mapping of sections: " + ", ".join(SECTIONS))
            return
        self.check_keys(made, SECTIONS, "section")
        for line, measure, entry in self.entries(made, "measures"):
            self.read_measure(line, measure, entry)
        for line, cls, entry in self.entries(made, "words"):
            self.words += [Word(cls, text, canonical, self.file, at) for at, text, canonical in self.spellings(line, cls, entry)]
        for line, cls, entry in self.entries(made, "nouns"):
            for at, text, _ in self.spellings(line, cls, entry):
                singular, _, plural = text.partition("/")
                if self.has_forms(at, cls, text):
                    self.nouns.append(Noun(cls, singular, plural or pluralise(singular), self.file, at))
        for line, cls, entry in self.entries(made, "verbs"):
            self.read_verbs(line, cls, entry)
        for section in ("frames", "rules"):
            items = made.get(section)
            if not isinstance(items, list | None):
                self.fault(made.line, f"{section} is a list")
                continue
            for item in items or ():
                self.read_rule(section, item, made.line)
        self.read_off(made)
        if sum(len(rule.pattern) for rule in self.rules if rule.file == self.file) > MAX_PATTERNS:
            self.fault(1, f"more than {MAX_PATTERNS:,} characters of patterns; split the pack")

    def entries(self, made: _Line, section: str) -> Iterator[tuple[int, str, object]]:
        part = made.get(section)
        if part is None:
            return
        if not isinstance(part, _Line):
            self.fault(made.line, f"{section} is a mapping")
            return
        for key, value in part.items():
            line = value.line if isinstance(value, _Line) else part.line
            if not regex.fullmatch(MEASURE if section == "measures" else NAME, key):
                self.fault(line, f"{section}: {key!r} is no name; use small letters and _")
            elif section != "measures" and self.base and key in {*FIGURES, *OTHERS} - self.classes():
                self.fault(line, f"{section}: {key} is a placeholder of patterns; choose another name")
            else:
                yield line, key, value

    def classes(self) -> set[str]:
        return {word.cls for word in self.words} | {noun.cls for noun in self.nouns} | {verb.cls for verb in self.verbs}

    def read_measure(self, line: int, name: str, entry: object) -> None:
        if not isinstance(entry, _Line):
            self.fault(line, f"measure {name} is a mapping with label and kinds")
            return
        if name in self.measures or name == VOID:
            before = self.measures.get(name)
            self.fault(entry.line, f"measure {name} stands twice; first in {before.file}:{before.line}" if before else f"{name} is no measure's name")
            return
        self.check(entry, MEASURE_KEYS, f"measure {name}")
        kinds = tuple(cast("Kind", kind) for kind in self.strings(entry, "kinds") if kind in get_args(Kind))
        narrowed_by = tuple(self.strings(entry, "narrowed_by"))
        self.measures[name] = Measure(name, self.string(entry, "label"), kinds, entry.get("open_unit") is True, narrowed_by, self.file, entry.line)

    def spellings(self, line: int, cls: str, entry: object) -> Iterator[tuple[int, str, str]]:
        """Line, text and canonical name of each word or phrase of a class."""
        groups = entry.items() if isinstance(entry, _Line) else [("", entry)]
        for canonical, texts in groups:
            for text in texts if isinstance(texts, list) else [texts]:
                at = text.line if isinstance(text, _Text) else line
                if not (isinstance(text, str) and text.strip()):
                    self.fault(at, f"{cls}: {repr(text)[:40]} is no word; quote it")
                elif len(text) > MAX_WORDS and len(tokenise(text)) > MAX_WORDS:
                    self.fault(at, f"{cls}: {text[:40]!r} … is longer than {MAX_WORDS} words")
                else:
                    yield at, str(text), canonical or str(text)

    def read_verbs(self, line: int, cls: str, entry: object) -> None:
        if not isinstance(entry, _Line):
            self.fault(line, f"verbs {cls} is a mapping of voices: " + ", ".join(get_args(Voice)))
            return
        self.check_keys(entry, get_args(Voice), "voice")
        for voice, texts in entry.items():
            for at, text, _ in self.spellings(entry.line, cls, texts):
                word, _, rest = text.strip().partition(" ")
                if not self.has_forms(at, cls, word):
                    continue
                base, *forms = (f"{form} {rest}".strip() for form in word.split("/"))
                past = forms[0] if forms else inflect(base, "ed")
                participle = forms[1] if len(forms) > 1 else past
                self.verbs.append(Verb(cls, cast("Voice", voice), base, past, participle, self.file, at))

    def has_forms(self, line: int, cls: str, text: str) -> bool:
        """Whether every form of ``form/form`` is there."""
        if all(form.strip() for form in text.split("/")):
            return True
        self.fault(line, f"{cls}: {text!r} has an empty form; write knife/knives or take/took/taken")
        return False

    def read_rule(self, section: str, item: object, line: int) -> None:
        if not isinstance(item, _Line):
            self.fault(line, f"{section}: {str(item)[:40]!r} is no mapping")
            return
        rule_id = self.string(item, "id") or "entry"
        self.check(item, FRAME_KEYS if section == "frames" else RULE_KEYS, rule_id)
        attributes = item.get("attributes")
        kind = self.string(item, "kind")
        self.rules.append(
            Rule(
                id=rule_id,
                measure=self.string(item, "measure"),
                doc=self.string(item, "doc"),
                source=self.string(item, "source"),
                since=self.string(item, "since"),
                file=self.file,
                line=item.line,
                kind=cast("Kind", kind) if kind in get_args(Kind) else "count",
                heads=tuple(self.strings(item, "head")),
                triggers=tuple(self.strings(item, "trigger")),
                near=tuple(self.strings(item, "near")),
                unless=tuple(self.strings(item, "unless")),
                adjacent=item.get("adjacent") is True,
                verbless=item.get("verbless") is True,
                wins=item.get("wins") is True,
                reach=reach if isinstance(reach := item.get("reach"), int) else 0,
                passive=item.get("passive") is True,
                complement=item.get("complement") is True,
                either=item.get("complement") == "either",
                alone=item.get("alone") is True or not (item.get("trigger") or item.get("verbless")),
                article=self.string(item, "article") or "trigger",
                pattern=self.string(item, "pattern"),
                unit=self.string(item, "unit") or None,
                attributes={key: tuple(map(str, _listed(value))) for key, value in attributes.items()} if isinstance(attributes, _Line) else {},
                examples=tuple(self.examples(item, "examples", EXAMPLE_KEYS)),
                negatives=tuple(self.examples(item, "negatives", NEGATIVE_KEYS)),
            )
        )
        for name in attributes if isinstance(attributes, _Line) else ():
            if name in ATTRIBUTES and name != "drug":
                self.fault(item.line, f"{rule_id}: a pattern can give its facts the attribute drug alone, not {name}")

    def examples(self, item: _Line, key: str, keys: Mapping[str, Key]) -> Iterator[Example]:
        entries = item.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if not isinstance(entry, _Line) or not isinstance(entry.get("text"), str):
                self.fault(item.line, f"{key}: each is a mapping with a text")
                continue
            self.check(entry, keys, "a negative" if key == "negatives" else "an example")
            expected = {str(k): _plain(v) for k, v in entry.items() if k not in {"text", "because", "todo"}}
            yield Example(str(entry["text"]), expected, str(entry.get("because", "")), entry.get("todo") is True)

    def read_off(self, made: _Line) -> None:
        listed = made.get("off")
        if listed is None:
            return
        if not isinstance(listed, list) or not all(isinstance(name, _Text) for name in listed):
            self.fault(made.line, "off is a list of ids")
        elif self.base is None:
            self.fault(made.line, "off is for packs of users; take the pattern away")
        else:
            self.off += [(self.file, name.line, str(name)) for name in listed]

    # --- Checks of one mapping ---

    def check(self, item: _Line, keys: Mapping[str, Key], name: str) -> None:
        """Faults for unknown keys, keys that are missing and values of the wrong shape; ``name`` says whose they are."""
        self.check_keys(item, keys, "key")
        for key, told in keys.items():
            value = item.get(key)
            if value is None or (value == "" and told.required):
                if told.required:
                    self.fault(item.line, f"{name}: no {key}")
                continue
            problem = _misfit(key, told, value)
            if problem:
                self.fault(item.line, f"{name}: {problem}")

    def check_keys(self, item: _Line, known: Collection[str], what: str) -> None:
        for key in item:
            if key not in known:
                suggestion = _suggest(key, known)
                self.fault(item.line, f"unknown {what} {key[:40]}{suggestion or '; known: ' + ', '.join(known)}")

    def string(self, item: _Line, key: str) -> str:
        value = item.get(key)
        return str(value) if isinstance(value, str) else ""

    def strings(self, item: _Line, key: str) -> list[str]:
        return [str(one) for one in _listed(item.get(key)) if isinstance(one, str)]

    # --- Checks of all packs together ---

    def finish(self) -> PackSet:
        """The packs read. Raises PackError where any of them has a fault."""
        seen: dict[str, Rule] = {}
        for rule in self.rules:
            self.file = rule.file
            if rule.id in seen:
                self.fault(rule.line, f"{rule.id} stands twice; first in {seen[rule.id].file}:{seen[rule.id].line}")
            seen.setdefault(rule.id, rule)
            measure = self.measures.get(rule.measure)
            if rule.measure in {VOID, ""}:
                continue
            if measure is None:
                self.fault(rule.line, f"{rule.id}: unknown measure {rule.measure}{_suggest(rule.measure, self.measures)}")
            elif measure.kinds and rule.kind not in measure.kinds:
                self.fault(rule.line, f"{rule.id}: {rule.measure} is never a {rule.kind}")
        triggers = {verb.cls for verb in self.verbs}
        heads = {noun.cls for noun in self.nouns} | {word.cls for word in self.words} | BUILT_IN_HEADS
        classes = self.classes()
        for rule in self.rules:
            self.file = rule.file
            for names, known, what in (
                (rule.heads, heads, "head"),
                (rule.triggers, triggers, "trigger"),
                (rule.near, classes, "near"),
                (rule.unless, classes, "unless"),
            ):
                for name in names:
                    if name not in known:
                        self.fault(rule.line, f"{rule.id}: unknown {what} {name}{_suggest(name, known)}")
            for problem in _misspelt(rule, classes) if rule.pattern else ():
                self.fault(rule.line, f"{rule.id}: {problem}")
        for file, line, name in self.off:
            if name not in seen:
                self.file = file
                self.fault(line, f"off: unknown pattern {name[:80]}{_suggest(name, seen)}")
        if self.faults:
            raise PackError(tuple(dict.fromkeys(self.faults)))
        off = {name for _, _, name in self.off}
        rules = tuple(
            replace(rule, open_unit=measure.open_unit, narrowed_by=measure.narrowed_by) if (measure := self.measures.get(rule.measure)) else rule
            for rule in self.rules
            if rule.id not in off
        )
        return PackSet(self.measures, tuple(self.words), tuple(self.nouns), tuple(self.verbs), rules, tuple(self.own), tuple(sorted(off)))


def _suggest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name[:80], known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: object) -> object:
    """A value as YAML means it, without the line."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _misfit(key: str, told: Key, value: object) -> str:
    """What is wrong with the value of a key, empty where nothing is."""
    match told.shape:
        case "flag":
            return "" if isinstance(value, bool) else f"{key} is true or false"
        case "flag or either":
            return "" if isinstance(value, bool) or value == "either" else f"{key} is true, false or either"
        case "number":
            right = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value < 1e15
            return "" if right else f"{key} is a number"
        case "names" | "attributes" if told.shape == "names" or isinstance(value, _Line):
            for name in value if isinstance(value, _Line) else ():
                if name not in ATTRIBUTES:
                    return f"unknown attribute {name[:40]}{_suggest(name, ATTRIBUTES)}"
            lists = [*map(_listed, value.values())] if isinstance(value, _Line) else [_listed(value)]
            for names in lists:
                if not all(isinstance(name, str) for name in names):
                    return f"{key} is a name or a list of names; quote them"
                if len(set(names)) < len(names):
                    return f"{key} says one name twice"
                if len(names) > MAX_NAMES:
                    return f"{key} has more than {MAX_NAMES} names"
                unknown = [str(name) for name in names if told.choices and name not in told.choices]
                if unknown:
                    return f"{key}: unknown {unknown[0][:40]}; one of {', '.join(told.choices)}"
            return ""
        case "attributes":
            return f"{key} is a mapping"
        case "examples" | "negatives":
            return "" if isinstance(value, list) else f"{key} is a list"
        case _:
            pass
    if not isinstance(value, str):
        return f"{key} is text; quote it"
    if told.shape == "choice" and value not in told.choices:
        return f"unknown {key} {value[:40]}; one of {', '.join(told.choices)}"
    if told.shape == "id" and not regex.fullmatch(ID, value):
        return f"{value[:40]!r} is no id; use small letters, digits, . - and _"
    return ""


# --- Patterns, as far as they can be checked before there is a lexicon; skeleton.py compiles them ---

_PIECE = regex.compile(
    r"\{(?P<hole>[^{}]*[^{}\d,][^{}]*)\}(?P<mark>!)?|\{(?P<least>[0-9]{1,4})(?:(?P<to>,)(?P<most>[0-9]{1,4})?)?\}"
    r"|(?P<open>\((?:\?[:=!])?)|(?P<close>\))|(?P<operator>[|?*+])|(?P<atom>\.|[\w&£'’%-]+|[,;:])|(?P<space>\s+)|(?P<bad>.)"
)


def _misspelt(rule: Rule, classes: Collection[str]) -> Iterator[str]:
    """What is wrong with a pattern."""
    if len(rule.pattern) > MAX_PATTERN:
        yield f"the pattern is longer than {MAX_PATTERN} characters; split it"
        return
    figures: list[str] = []
    marked: list[str] = []
    known = {*FIGURES, *OTHERS, *classes}
    plain = ""  # the pattern as a regular expression in which every placeholder and word is an x
    sizes = [[0, 0]]  # of each open group: its pieces with counted repeats written out, and those of its last piece
    for piece in _PIECE.finditer(rule.pattern):
        if piece["bad"]:
            yield f"{piece['bad']!r} has no meaning in a pattern"
        elif piece["hole"] is not None:
            name, colon, head = str(piece["hole"]).partition(":")
            if name not in known:
                close = ["n"] if name == "count" else difflib.get_close_matches(name[:80], known, 1)
                yield f"unknown placeholder {{{name[:40]}}}" + (f"; did you mean {{{close[0]}}}?" if close else "")
            if colon and name not in FIGURES:
                yield f"{{{name[:40]}:…}}: only {', '.join(FIGURES)} can have a class"
            for one in head.split("|") if colon else ():
                if one not in classes and one not in BUILT_IN_HEADS:
                    yield f"unknown class {one[:40]} in {{{name[:40]}:…}}{_suggest(one, classes)}"
            figures += [name] if name in FIGURES else []
            marked += [name] if name in FIGURES and piece["mark"] else []
        if piece["least"]:
            most = int(piece["most"] or piece["least"])
            sizes[-1][0] += sizes[-1][1] * (most - 1)
            sizes[-1][1] *= most
        elif piece["open"]:
            sizes.append([0, 0])
        elif piece["close"] and len(sizes) > 1:
            size = sizes.pop()[0]
            sizes[-1] = [sizes[-1][0] + size, size]
        elif piece["hole"] is not None or piece["atom"]:
            sizes[-1] = [sizes[-1][0] + 1, 1]
        if len(sizes) > MAX_DEPTH or max(map(max, sizes)) > MAX_REPEATS:
            yield "the pattern repeats or nests too much"
            return
        plain += "" if piece["space"] else "(?:x)" if piece["hole"] is not None or piece["atom"] else piece[0]
    try:
        regex.compile(plain)
    except regex.error as error:
        yield f"no pattern: {str(error).partition(' at position')[0]}"
    if not figures:
        yield "the pattern reads no figure; add {n}, {a}, {money}, {mass}, {volume} or {duration}"
    elif FIGURES[(marked or figures)[0]] != rule.kind:
        kind = FIGURES[(marked or figures)[0]]
        yield f"the pattern reads {{{(marked or figures)[0]}}}, of kind {kind}, and its kind is {rule.kind}; add kind: {kind}"
