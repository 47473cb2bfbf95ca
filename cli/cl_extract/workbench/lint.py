"""What can be wrong with packs that load: rules about rules, each a small function that gives its remarks.

Duplicate ids, unknown keys, placeholders, measures and classes (triggers without a verb among them) are no matter for lint: a pack with one of
those does not load, and every command says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from cl_extract.engine.chunk import chunk
from cl_extract.engine.engine import Workbench
from cl_extract.engine.lex import lex
from cl_extract.engine.lexicon import fold
from cl_extract.engine.skeleton import TIME_LIMIT
from cl_extract.model import Block, BlockKind, Document
from cl_extract.packs.form import FIGURES, OTHERS
from cl_extract.packs.packset import VOID, Noun, PackSet, Rule, Verb, Word
from cl_extract.workbench.examples import check_example, findings_of, told

# Classes that hold a sentence together: a longer phrase made of their words alone hides them from the chunker.
GRAMMAR = frozenset(
    ["article", "determiner", "of", "and", "be", "have", "do", "modal", "future", "negation", "relative", "pronoun", "preposition", "adverb"]
)
# Classes of phrases that are grammar themselves ("of which", "such as").
PHRASES = frozenset(
    [
        "additive",
        "advice",
        "comparison",
        "condition",
        "estimate",
        "generic",
        "hedge",
        "idiom",
        "maximum",
        "part_lead",
        "partwise",
        "said",
    ]
)
# Other classes that the engine knows by name, and so have a use without any pattern.
ENGINE = frozenset(
    [
        *(
            "admitted",
            "alleged",
            "derived",
            "tally",
            "group",
            "total",
            "value",
            "national",
            "national_body",
            "officer",
            "order_pay",
            "suspected",
            "drug",
            "drug_class",
            "drug_word",
            "drug_unit",
        ),
        *("force_gb", "force_ie", "force_au", "force_nz", "force_ca", "force_us"),
        *("account", "ammo", "cash", "container", "goods", "property", "staff", "tobacco"),
    ]
)
# Hostile text comes in sentences of this many atoms, whatever its length; this many of them are 100 kB and more.
_ATOMS, _SENTENCES = 240, 250
HOSTILE = {"digits": "1 ", "numbers and commas": "12, ", "people": "12 men and ", "sums": "£5 and 3kg of cocaine, ", "words": "word a of the and , "}


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing to mend: where, of which pattern or class, what, and how. ``also`` is another file that it concerns."""

    file: str
    line: int
    name: str
    text: str
    also: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.name}: {self.text}"


def lint(engine: Workbench) -> list[Remark]:
    """The remarks on an engine's packs in order of place: on the user's own where there are any, else on the built-in ones."""
    remarks = {remark for check in LINTS for remark in check(engine)}
    own = engine.packs.own
    return sorted(remark for remark in remarks if not own or remark.file in own or remark.also in own)


def unexercised(engine: Workbench) -> Iterator[Remark]:
    """Patterns that no example shows to work."""
    for rule in engine.packs.rules:
        if not any(not example.todo for example in rule.examples):
            yield _of(rule, "no example exercises it; add one")


def stolen(engine: Workbench) -> Iterator[Remark]:
    """Examples that another pattern reads instead."""
    for rule in engine.packs.rules:
        for example in rule.examples if rule.measure != VOID else ():
            if example.todo or not check_example(rule, example, engine):
                continue
            for finding in findings_of(example.text, engine):
                if finding.rule.id != rule.id and told(finding)["value"] == example.expected.get("value", told(finding)["value"]):
                    other = finding.rule
                    remedy = f"narrow {other.id} ({other.file}:{other.line}) or change the example"
                    yield Remark(rule.file, rule.line, rule.id, f"{example.text!r} is read by {other.id} instead; {remedy}", other.file)


def shared(engine: Workbench) -> Iterator[Remark]:
    """Examples of the user's patterns of which a built-in pattern makes another fact."""
    for rule in engine.packs.rules:
        for example in rule.examples if rule.file in engine.packs.own and rule.measure != VOID else ():
            found = findings_of(example.text, engine)
            mine = {finding.start: finding.figure for finding in found if finding.rule is rule}
            for finding in found:
                other = finding.rule
                if mine.get(finding.start) == finding.figure and other.file not in engine.packs.own:
                    yield _of(rule, f"{example.text!r} is read by {other.id} as {other.measure} too; say wins: true, or switch {other.id} off")


def two_names(engine: Workbench) -> Iterator[Remark]:
    """Spellings that stand for two canonical names of one class."""
    first: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}
    for word in engine.packs.words:
        name, place = first.setdefault((word.cls, fold(word.text)), (word.canonical, f"{word.file}:{word.line}"))
        if word.canonical not in {name, word.text}:
            yield Remark(word.file, word.line, word.cls, f"{word.text!r} stands for {word.canonical} here and for {name} in {place}; keep one")


def repeated(engine: Workbench) -> Iterator[Remark]:
    """Words that stand twice in one class."""
    packs = engine.packs
    listed = [
        *((word.file, word.line, word.cls, word.text, (word.canonical if word.canonical != word.text else "",)) for word in packs.words),
        *((noun.file, noun.line, noun.cls, noun.singular, ("noun", *fold(noun.plural))) for noun in packs.nouns),
        *((verb.file, verb.line, verb.cls, verb.base, (verb.voice, verb.past, verb.participle)) for verb in packs.verbs),
    ]
    first: dict[object, str] = {}
    for file, line, cls, text, kept in listed:
        place = f"{file}:{line}"
        before = first.setdefault((cls, fold(text), kept), place)
        if first[cls, fold(text), kept] is not place:
            yield Remark(file, line, cls, f"{text!r} stands twice; first in {before}; keep one")


def swallowing(engine: Workbench) -> Iterator[Remark]:
    """Phrases made of grammar words alone, of a class that is no grammar: the longest phrase wins, and the chunker sees no grammar there.

    A verb is meant to take its particles and auxiliaries, and what is grammar in one class may stand in others.
    """
    packs = engine.packs
    grammar = {fold(word.text) for word in packs.words if word.cls in GRAMMAR | PHRASES}
    single = {words[0] for word in packs.words if word.cls in GRAMMAR and len(words := fold(word.text)) == 1}
    listed = [
        *((word.file, word.line, word.cls, word.text) for word in packs.words),
        *((noun.file, noun.line, noun.cls, noun.singular) for noun in packs.nouns),
    ]
    for file, line, cls, text in listed:
        words = fold(text)
        if len(words) > 1 and cls not in GRAMMAR | PHRASES and words not in grammar and single.issuperset(words):
            yield Remark(file, line, cls, f"{text!r} hides grammar words from the chunker; add a word of its own")


def slow(engine: Workbench) -> Iterator[Remark]:
    """Set phrases that hostile text slows down: 100 kB of numbers, of lists, or of the pattern's own examples without an end."""
    common = {name: skeletons(text, engine) for name, text in HOSTILE.items()}
    for pattern in engine.phrases.patterns:
        own = {"its examples": skeletons(" ".join(example.text.rstrip(".!? ") + " and " for example in pattern.rule.examples), engine)}
        for name, written in {**common, **own}.items():
            spent = sum(_seconds(pattern.compiled, skeleton) for skeleton in written)
            if spent * _SENTENCES / max(1, len(written)) > _PATIENCE:
                yield _of(pattern.rule, f"100 kB of {name} take it {spent * _SENTENCES / len(written):.0f} s; repeat less, or give .{{0,9}} a bound")
                break


# Seconds that one pattern may spend on 100 kB.
_PATIENCE = 2.0


def skeletons(text: str, engine: Workbench) -> frozenset[str]:
    """The skeletons of sentences that repeat ``text``, as long as sentences can be."""
    text *= 1 + _ATOMS // max(1, len(text.split())) if text else 1
    document = Document(text, None, "", "text", "utf-8", (Block(0, len(text), BlockKind.BODY),))
    return frozenset(engine.phrases.write(chunk(sentence))[0] for sentence in lex(document, engine.lexicon))


def _seconds(compiled: regex.Pattern[str], skeleton: str) -> float:
    start = time.perf_counter()
    try:
        for _ in compiled.finditer(skeleton, timeout=TIME_LIMIT):
            pass
    except TimeoutError:
        pass
    return time.perf_counter() - start


def unmeasured(engine: Workbench) -> Iterator[Remark]:
    """Measures that no pattern gives."""
    given = {rule.measure for rule in engine.packs.rules}
    for measure in engine.packs.measures.values():
        if measure.id not in given:
            yield Remark(measure.file, measure.line, measure.id, "no pattern gives this measure; add one or take it away")


def unused(engine: Workbench) -> Iterator[Remark]:
    """Classes that no pattern names and the engine does not know."""
    packs = engine.packs
    named = used_classes(packs) | GRAMMAR | PHRASES | ENGINE
    seen: set[str] = set()
    for word in _vocabulary(packs):
        if word.cls not in named | seen:
            seen.add(word.cls)
            yield Remark(
                word.file, word.line, word.cls, "no pattern names this class; name it in head, trigger, near, unless or a pattern, or take it away"
            )


def used_classes(packs: PackSet) -> set[str]:
    """The classes that patterns name."""
    named = {name for rule in packs.rules for name in (*rule.heads, *rule.triggers, *rule.near, *rule.unless)}
    for rule in packs.rules:
        for hole in regex.findall(r"\{([a-z_.:|]+)\}", rule.pattern):
            named |= set(regex.split(r"[:|]", hole))
    return named


def ambiguous(engine: Workbench) -> Iterator[Remark]:
    """Classes named like a placeholder for figures, which is what it means in a pattern."""
    seen: set[str] = set()
    for word in _vocabulary(engine.packs):
        if word.cls in {*FIGURES, *OTHERS} - seen:
            seen.add(word.cls)
            yield Remark(word.file, word.line, word.cls, f"{{{word.cls}}} in a pattern is a figure, not a word of this class; choose another name")


def _vocabulary(packs: PackSet) -> list[Word | Noun | Verb]:
    return [*packs.words, *packs.nouns, *packs.verbs]


def _of(rule: Rule, text: str) -> Remark:
    return Remark(rule.file, rule.line, rule.id, text)


LINTS: tuple[Callable[[Workbench], Iterator[Remark]], ...] = (
    unexercised,
    stolen,
    shared,
    two_names,
    repeated,
    swallowing,
    slow,
    unmeasured,
    unused,
    ambiguous,
)
