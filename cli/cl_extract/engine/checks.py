"""Cross-checks of one release's figures against each other, as warnings that a reporter would want before printing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from cl_extract.engine.match import Finding
from cl_extract.model import Fact

Words = Callable[[Finding], str]
Line = Callable[[Finding], int]


def check_parts(findings: Sequence[Finding], words: Words, line: Line) -> Iterator[str]:
    """Parts that exceed their stated whole, one by one or together ("12 people …, 15 of them men")."""
    groups: dict[tuple[int, str, Decimal], dict[int, Finding]] = {}
    for finding in findings:
        if finding.whole is None or finding.figure.high is not None or finding.figure.qualifier != "exact":
            continue
        if finding.figure.value > finding.whole:
            yield f"line {line(finding)}: “{words(finding)}” is more than the {finding.whole:,} it is told to be part of"
        groups.setdefault((finding.sentence, finding.rule.measure, finding.whole), {})[finding.number] = finding
    for (_, _, whole), parts in groups.items():
        total = sum((part.figure.value for part in parts.values()), Decimal(0))
        if len(parts) > 1 and total > whole and all(part.figure.value <= whole for part in parts.values()):
            first = min(parts.values(), key=lambda part: part.number)
            yield f"line {line(first)}: the parts from “{words(first)}” on sum to {total:,}, more than the {whole:,} they are told to be part of"


def check_title(facts: Sequence[Fact]) -> Iterator[str]:
    """A figure in the title that the text under it does not bear out, though it gives others of the same measure."""
    for fact in facts:
        if fact.mentions[0].section != "title" or any(mention.section != "title" for mention in fact.mentions) or fact.value < 2:
            continue
        others = [
            other for other in facts if other is not fact and other.measure == fact.measure and other.kind == fact.kind and other.unit == fact.unit
        ]
        if others:
            yield f"line {fact.mentions[0].line}: “{fact.mentions[0].text}” in the title stands nowhere in the text"


def check_totals(findings: Sequence[Finding], totals: frozenset[int], words: Words, line: Line) -> Iterator[str]:
    """Two different exact totals of one thing. ``totals`` holds the numbers that the release calls a total ("211 arrests in total")."""
    if not totals:
        return
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        if finding.number not in totals or finding.figure.qualifier != "exact" or finding.figure.high is not None:
            continue
        thing = (finding.kind, finding.rule.measure, finding.unit, finding.drugs, finding.drug_classes, finding.groups)
        other = seen.setdefault(thing, finding)
        if other.figure.value != finding.figure.value:
            yield f"line {line(finding)}: “{words(finding)}” is called a total, and so is “{words(other)}” in line {line(other)}"
