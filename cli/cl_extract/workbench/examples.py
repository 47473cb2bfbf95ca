"""The packs' own examples: every one must be read by its rule, every negative must not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cl_extract.engine.chunk import chunk
from cl_extract.engine.engine import Workbench
from cl_extract.engine.frames import compile_frames
from cl_extract.engine.lex import lex
from cl_extract.engine.match import Finding, match
from cl_extract.model import Block, BlockKind, Document
from cl_extract.packs.packset import VOID, Example, Rule
from cl_extract.value import replace


def run_examples(engine: Workbench) -> list[str]:
    """One line for each example that its rule does not read as told, and each negative that it reads; empty where all is well."""
    return [fault for rule in engine.packs.rules for fault in check_rule(rule, engine)]


def check_rule(rule: Rule, engine: Workbench) -> Iterator[str]:
    """The faults of one rule's examples and negatives. An example marked ``todo`` must fail, so that a fix announces itself."""
    for example in rule.examples:
        fault = check_example(rule, example, engine)
        if bool(fault) != example.todo:
            yield fault or f"{rule.file}:{rule.line}: {rule.id}: {example.text!r} is read now; take away todo"
    for negative in rule.negatives:
        read = any(finding.rule.id == rule.id for finding in findings_of(negative.text, engine))
        if read != negative.todo:
            yield f"{rule.file}:{rule.line}: {rule.id}: {negative.text!r} is {'' if read else 'not '}read; {negative.because}"


def check_example(rule: Rule, example: Example, engine: Workbench) -> str:
    """What is wrong with one example, empty where its rule reads it once and as told.

    An example of a rule that measures nothing must give no fact, and one as told where the rule is not there.
    """
    if rule.measure == VOID:
        return _check_void(rule, example, engine)
    found = [finding for finding in findings_of(example.text, engine) if finding.rule.id == rule.id]
    wanted = dict(example.expected)
    matching = [finding for finding in found if all(told(finding)[key] == _plain(value) for key, value in wanted.items())]
    if len(matching) == 1:
        return ""
    got = ", ".join(str({key: told(finding)[key] for key in wanted}) for finding in found) or "nothing"
    return f"{rule.file}:{rule.line}: {rule.id}: {example.text!r} should give {wanted} once, gives {got}"


def _check_void(rule: Rule, example: Example, engine: Workbench) -> str:
    rest = [other for other in engine.packs.rules if other.id != rule.id]
    without = replace(engine, frames=compile_frames(rest), phrases=engine.phrases.without(rule.id))
    wanted = {key: _plain(value) for key, value in example.expected.items()}
    told_of = [
        [finding for finding in findings_of(example.text, one) if all(told(finding)[key] == value for key, value in wanted.items())]
        for one in (engine, without)
    ]
    if not told_of[0] and told_of[1]:
        return ""
    return f"{rule.file}:{rule.line}: {rule.id}: {example.text!r} " + (
        "is read all the same" if told_of[0] else "would not be read without it either"
    )


def findings_of(text: str, engine: Workbench) -> tuple[Finding, ...]:
    """The findings of a text that is one paragraph of a release."""
    document = Document(text, None, "", "text", "utf-8", (Block(0, len(text), BlockKind.BODY),))
    return match(document, [chunk(sentence) for sentence in lex(document, engine.lexicon)], engine.frames, engine.phrases).findings


def told(finding: Finding) -> dict[str, object]:
    """A finding in the words of an example."""
    attributes = {"drug": finding.drugs, "drug_class": finding.drug_classes, "group": finding.groups}
    return {
        "value": finding.figure.value,
        "high": finding.figure.high,
        "unit": finding.unit,
        "qualifier": finding.figure.qualifier,
        "attributes": {key: list(value) for key, value in attributes.items() if value},
    }


def _plain(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) else value
