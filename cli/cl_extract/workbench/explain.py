"""Why a release gives the facts it gives: sentence by sentence its atoms, groups, triggers and rules, and why a number became no fact.

What is told is what ``match`` itself did: the matcher runs over the release, and what it saw and decided on the way is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cl_extract.engine.chunk import Chunks, Group, chunk
from cl_extract.engine.clause import Claim, blocked, govern
from cl_extract.engine.engine import Workbench, load_workbench
from cl_extract.engine.frames import Frames
from cl_extract.engine.lex import Sentence, lex
from cl_extract.engine.match import Finding, Matcher, Read
from cl_extract.engine.resolve import Places, resolve
from cl_extract.engine.skeleton import Phrases
from cl_extract.errors import UsageError
from cl_extract.model import FACTUAL, Attributes, Block, BlockKind, Document, Fact, Figure, FigureKind, Record, Source
from cl_extract.packs.packset import VOID, Rule
from cl_extract.schema import number
from cl_extract.value import replace
from cl_extract.values.dates import scan_dates
from cl_extract.values.figures import scan_figures
from cl_extract.values.tokens import tokenise

EXPLANATION_ID = "cl-extract/explanation/1"
# Classes of words that make a clause hypothetical, general or negated.
_UNREAL = ("condition", "maximum", "generic", "modal", "future", "negation", "comparison")
_MOST_RULES = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the release: ``text`` is characters ``start`` to ``end`` (exclusive) of it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class AtomTrace:
    """A word, phrase, number or date: the classes that the packs put it into, or what it was read as (``age 24``, ``date 2024-05-01``)."""

    span: Span
    classes: tuple[str, ...]
    reading: str


@dataclass(frozen=True, slots=True)
class GroupTrace:
    """A figure with what it counts: the classes of its head, and the triggers that govern it, each as (words, class)."""

    span: Span
    heads: tuple[str, ...]
    triggers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule gave, as read here, and the fact of the record that it is a mention of: an exact one, where this one is rounded."""

    span: Span
    rule: str
    read: Fact
    fact: Fact


@dataclass(frozen=True, slots=True)
class NumberTrace:
    """A number that became no fact: its class (``age``, ``phone`` … or ``unclassified``), and why."""

    span: Span
    line: int
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """A sentence, heading, list item or line, and what was made of it. ``line`` is where it starts, counted from 1."""

    line: int
    section: str
    span: Span
    atoms: tuple[AtomTrace, ...]
    groups: tuple[GroupTrace, ...]
    given: tuple[Given, ...]
    numbers: tuple[NumberTrace, ...]


@dataclass(frozen=True, slots=True)
class NoiseTrace:
    """A paragraph or line that is no part of the release, why (``advert``, ``related`` …), and the numbers and dates in it."""

    line: int
    span: Span
    reason: str
    numbers: tuple[NumberTrace, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentences of a release, and its noise, in order."""

    source: Source
    parts: tuple[SentenceTrace | NoiseTrace, ...]


def explain(document: Document, *, line: int | None = None, published: dt.date | None = None, engine: Workbench | None = None) -> Explanation:
    """Every sentence of a release with what was made of it, and the numbers in its noise; with ``line`` only what stands on that line.

    ``published`` and ``engine`` are as in ``extract_document``. Raises UsageError where there is no such line.
    """
    engine = engine or load_workbench()
    lines = document.text.count("\n") + (not document.text.endswith("\n"))
    if line is not None and not 1 <= line <= lines:
        raise UsageError(f"--line {line}: {document.path or 'the release'} has the lines 1 to {lines}")
    sentences = [chunk(sentence) for sentence in lex(document, engine.lexicon)]
    watcher = _Watcher(document, sentences, engine.frames, engine.phrases)
    watcher.run()
    record = resolve(document, sentences, watcher.matches(), engine.lexicon, published)
    explainer = _Explainer(document, watcher, record)
    parts: list[SentenceTrace | NoiseTrace] = [*explainer.sentences(line), *explainer.noise(line)]
    return Explanation(record.source, tuple(sorted(parts, key=lambda part: part.span.start)))


@dataclass(slots=True)
class _Seen:
    """What the matcher made of one sentence: its groups, the claims on each, the rule whose set phrase reads a group, by its first atom, and by
    figure the group and the rules that it ended with.
    """

    chunks: Chunks
    claims: list[list[Claim]]
    phrases: dict[int, Rule]
    ended: dict[int, tuple[Group, tuple[Rule, ...]]] = field(default_factory=dict)


class _Watcher(Matcher):
    """Reads as the matcher does, and keeps what it saw on the way."""

    def __init__(self, document: Document, sentences: Sequence[Chunks], frames: Frames, phrases: Phrases) -> None:
        super().__init__(document, sentences, frames, phrases)
        self.seen: dict[int, _Seen] = {}
        self.at = 0

    def read(self, index: int, chunks: Chunks) -> None:
        self.at = index
        super().read(index, chunks)

    def lead_in(self, chunks: Chunks) -> tuple[Claim, ...]:
        claims = super().lead_in(chunks)
        phrases = {found.first: rule for rule, found in reversed(list(self.phrases.find(chunks, self.spent)))}  # the first of the packs wins
        self.seen[self.at] = _Seen(chunks, govern(chunks, self.frames, claims), phrases)
        return claims

    def settle(self, chunks: Chunks, at: int, claims: Sequence[Claim], reads: list[Read]) -> tuple[Group, tuple[Rule, ...]]:
        ended = super().settle(chunks, at, claims, reads)
        self.seen[self.at].ended[ended[0].figure.first] = ended
        return ended


def _own_place(sentence: Sentence) -> tuple[int, int]:
    """Where a sentence stands; the figure of a table's cell stands there without the names that it is read with."""
    atoms = range(len(sentence.atoms))
    implied = any(sentence.start(k) == sentence.end(k) for k in atoms)
    own = [k for k in atoms if sentence.atoms[k].figure is not None] if implied else atoms
    return sentence.start(own[0]), sentence.end(own[-1])


class _Explainer:
    """Puts what the watcher kept into words."""

    def __init__(self, document: Document, watcher: _Watcher, record: Record) -> None:
        self.document = document
        self.watcher = watcher
        self.line = Places(document).line
        self.findings: dict[int, list[Finding]] = {}
        for finding in watcher.findings:
            self.findings.setdefault(finding.sentence, []).append(finding)
        self.blocks: dict[int, list[Chunks]] = {}
        for chunks in watcher.sentences:
            self.blocks.setdefault(chunks.sentence.block, []).append(chunks)
        self.facts = {(mention.start, mention.end, fact.kind, fact.measure): fact for fact in record.facts for mention in fact.mentions}
        self.dates = {mention.start: date for date in record.dates for mention in date.mentions}
        self.reasons = {number.start: number.reason for number in record.unclassified}

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.document.text[start:end])

    def stands_on(self, line: int | None, start: int, end: int) -> bool:
        return line is None or self.line(start) <= line <= self.line(max(start, end - 1))

    def sentences(self, line: int | None) -> Iterator[SentenceTrace]:
        for index, chunks in enumerate(self.watcher.sentences):
            sentence = chunks.sentence
            start, end = _own_place(sentence)
            if not self.stands_on(line, start, end):
                continue
            yield SentenceTrace(
                line=self.line(start),
                section=sentence.kind.value,
                span=self.span(start, end),
                atoms=tuple(self.atom(sentence, k) for k in range(len(sentence.atoms)) if sentence.start(k) < sentence.end(k)),
                groups=tuple(self.groups(index)),
                given=tuple(self.given(index)),
                numbers=tuple(self.numbers(index, sentence)),
            )

    def atom(self, sentence: Sentence, at: int) -> AtomTrace:
        atom, start = sentence.atoms[at], sentence.start(at)
        reading = ""
        if atom.figure is not None:
            reading = _figure_text(atom.figure)
        elif atom.date is not None:
            date = self.dates.get(start)
            reading = "date" if date is None else f"date {date.start}" + (f" to {date.end}" if date.end != date.start else "")
        return AtomTrace(self.span(start, sentence.end(at)), tuple(sorted(atom.entry.classes)), reading)

    def groups(self, index: int) -> Iterator[GroupTrace]:
        """The groups of a sentence; "a", "an" and "another" only where something governs or reads them."""
        seen = self.watcher.seen.get(index)
        atoms = self.watcher.sentences[index].sentence.atoms
        read = {finding.figure.first for finding in self.findings.get(index, ())}
        for group, claims in zip(seen.chunks.groups, seen.claims, strict=True) if seen else ():
            ended, _ = seen.ended.get(group.figure.first, (group, ())) if seen else (group, ())
            written = atoms[group.first].figure is not None
            if written or claims or group.figure.first in read:
                triggers = dict.fromkeys((self.words(claim, index), claim.cls) for claim in claims)
                yield GroupTrace(self.group_span(index, group), tuple(sorted(ended.heads)), tuple(triggers))

    def group_span(self, index: int, group: Group) -> Span:
        sentence = self.watcher.sentences[index].sentence
        return self.span(sentence.start(group.first), sentence.end(min(group.last, len(sentence.atoms)) - 1))

    def words(self, claim: Claim, index: int) -> str:
        """The words of a trigger, which may stand in the paragraph that leads in a list."""
        own = self.watcher.sentences[index].sentence
        lead = self.document.blocks[own.block].lead_in
        for chunks in self.blocks.get(-1 if lead is None else lead, ()) if claim.outside else [self.watcher.sentences[index]]:
            sentence = chunks.sentence
            if claim.trigger in chunks.triggers:
                return self.document.text[sentence.start(claim.trigger.first) : sentence.end(claim.trigger.last - 1)]
        return ""

    def given(self, index: int) -> Iterator[Given]:
        for finding in self.findings.get(index, ()):
            fact = self.fact(finding)
            if fact is not None:
                figure = finding.figure
                attributes = Attributes(finding.drugs, finding.drug_classes, finding.groups, figure.per)
                read = replace(fact, value=figure.value, high=figure.high, qualifier=figure.qualifier, attributes=attributes)
                yield Given(self.span(finding.start, finding.end), finding.rule.id, read, fact)

    def fact(self, finding: Finding) -> Fact | None:
        """The fact of the record that a finding went into."""
        return self.facts.get((finding.start, finding.end, finding.kind, finding.rule.measure))

    def numbers(self, index: int, sentence: Sentence) -> Iterator[NumberTrace]:
        """The numbers of a sentence that are in no fact, those inside names among them."""
        read = {finding.figure.first for finding in self.findings.get(index, ()) if self.fact(finding)}
        for at, atom in enumerate(sentence.atoms):
            start = sentence.start(at)
            if atom.figure is not None and atom.figure.first not in read:
                reason = self.reasons.get(start, atom.figure.kind.value)
                yield NumberTrace(self.span(start, sentence.end(at)), self.line(start), reason, self.why(index, at, atom.figure))
            elif atom.figure is None and atom.date is None and "n" in sentence.tokens.kind[atom.first : atom.last]:
                yield NumberTrace(self.span(start, sentence.end(at)), self.line(start), "name", "part of a name or code")

    def why(self, index: int, at: int, figure: Figure) -> str:
        """Why a number became no fact."""
        seen = self.watcher.seen.get(index)
        if seen is None:
            sentence = self.watcher.sentences[index].sentence
            if not sentence.stated:
                return "a share, a difference or a note in a table"
            dateline = sentence.kind is BlockKind.DATELINE
            return "a dateline gives dates only" if dateline else "a list of advice states nothing"
        if figure.kind not in FACTUAL:
            return _KINDS[figure.kind]
        for group, claims in zip(seen.chunks.groups, seen.claims, strict=True):
            if group.first == at:
                return self.why_group(seen, group, claims)
            if group.first < at < group.last:
                return f"inside “{self.group_span(index, group).text}”"
        return "only describes the noun after it" if figure.attributive else "counts nothing that is named here"

    def why_group(self, seen: _Seen, group: Group, claims: Sequence[Claim]) -> str:
        chunks, frames = seen.chunks, self.watcher.frames
        group, rules = seen.ended.get(group.figure.first, (group, ()))
        phrase = seen.phrases.get(group.first)
        rules = (phrase,) if phrase else rules
        for rule in rules:
            if rule.measure == VOID:
                return f"{rule.id}: {rule.doc}"
        if blocked(chunks, group, claimed=bool(phrase) or any(claim.trigger.verb for claim in claims)):
            words = dict.fromkeys(atom.low for atom in chunks.sentence.atoms if atom.isa(*_UNREAL))
            return "hypothetical, general or negated clause" + (f" ({_quoted(words)})" if words else "")
        if rules:
            return f"{rules[0].id} reads it, and it is left out of the record"
        met = frames.of(group)
        candidates = [*(rule for claim in claims for rule in met.triggered.get(claim.cls, ())), *met.alone]
        refused = list(dict.fromkeys(rule.id for rule in candidates))
        if refused:
            return f"no rule: what {', '.join(refused[:_MOST_RULES])}{' …' * (len(refused) > _MOST_RULES)} asks for does not stand here"
        if not group.heads:
            return "no rule: what it counts is not named, or is no word of the packs"
        unreal = [trigger for trigger in chunks.triggers if trigger.negated or trigger.modal or trigger.future]
        heads, events = " or ".join(sorted(group.heads)), sorted({claim.cls for claim in claims})
        if events:
            return f"no rule for {heads} under {' or '.join(events)}"
        words = dict.fromkeys(chunks.sentence.atoms[trigger.first].low for trigger in unreal)
        return f"no rule for {heads} alone" + (f"; {_quoted(words)} is negated, possible or still to come" if words else "")

    def noise(self, line: int | None) -> Iterator[NoiseTrace]:
        for block in self.document.blocks:
            if block.kind is BlockKind.NOISE and self.stands_on(line, block.start, block.end):
                numbers = tuple(self.noise_numbers(block))
                if numbers or line is not None:
                    yield NoiseTrace(self.line(block.start), self.span(block.start, block.end), block.reason, numbers)

    def noise_numbers(self, block: Block) -> Iterator[NumberTrace]:
        tokens = tokenise(self.document.text, block.start, block.end)
        dates = scan_dates(tokens)
        figures = scan_figures(tokens, [(date.first, date.last) for date in dates])
        read = [*((date.first, date.last, "date") for date in dates), *((figure.first, figure.last, figure.kind.value) for figure in figures)]
        for first, last, reason in sorted(read):
            start = tokens.start[first]
            yield NumberTrace(self.span(start, tokens.end[last - 1]), self.line(start), reason, f"noise ({block.reason})")


_KINDS = {
    FigureKind.AGE: "an age",
    FigureKind.TIME: "a time of day",
    FigureKind.PHONE: "a telephone number or short code",
    FigureKind.PERCENT: "a percentage",
    FigureKind.RATIO: "a ratio",
    FigureKind.ORDINAL: "an ordinal",
    FigureKind.LENGTH: "a length or distance",
    FigureKind.SPEED: "a speed",
    FigureKind.CALIBRE: "a calibre or bore",
    FigureKind.REFERENCE: "a reference: a road, house, model, section or case number",
}


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _figure_text(figure: Figure) -> str:
    """``count 22``, ``mass over 4000 g``, ``age 15 to 20``; of a time, a telephone number and the like the kind alone."""
    if figure.kind not in {*FACTUAL, FigureKind.AGE}:
        return figure.kind.value
    qualifier = "" if figure.qualifier in {"exact", "range"} else f"{figure.qualifier} "
    high = "" if figure.high is None else f" to {number(figure.high)}"
    per = f" a {figure.per}" if figure.per else ""
    return f"{figure.kind.value} {qualifier}{number(figure.value)}{high}{f' {figure.unit}' if figure.unit else ''}{per}"


# --- As plain data ---


def explanation_to_dict(explanation: Explanation) -> dict[str, object]:
    """An explanation as plain data, offsets and lines as in the record."""
    return {
        "schema": EXPLANATION_ID,
        "path": explanation.source.path,
        "sha256": explanation.source.sha256,
        "sentences": [_sentence(part) for part in explanation.parts if isinstance(part, SentenceTrace)],
        "noise": [_noise(part) for part in explanation.parts if isinstance(part, NoiseTrace)],
    }


def _sentence(part: SentenceTrace) -> dict[str, object]:
    groups = [
        {**_span(group.span), "heads": list(group.heads), "triggers": [{"text": text, "class": cls} for text, cls in group.triggers]}
        for group in part.groups
    ]
    return {
        "line": part.line,
        "section": part.section,
        **_span(part.span),
        "atoms": [{**_span(atom.span), "classes": list(atom.classes), "reading": atom.reading or None} for atom in part.atoms],
        "groups": groups,
        "facts": [_given(given) for given in part.given],
        "numbers": [_number(made) for made in part.numbers],
    }


def _given(given: Given) -> dict[str, object]:
    read = given.read
    attributes = {name: getattr(read.attributes, name) for name in ("drug", "drug_class", "group", "per") if getattr(read.attributes, name)}
    return {
        **_span(given.span),
        "rule": given.rule,
        "kind": read.kind,
        "measure": read.measure,
        "value": number(read.value),
        "high": None if read.high is None else number(read.high),
        "unit": read.unit,
        "qualifier": read.qualifier,
        "attributes": {name: value if isinstance(value, str) else list(value) for name, value in attributes.items()},
        "counted_as": number(given.fact.value),
    }


def _noise(part: NoiseTrace) -> dict[str, object]:
    return {"line": part.line, **_span(part.span), "reason": part.reason, "numbers": [_number(made) for made in part.numbers]}


def _number(made: NumberTrace) -> dict[str, object]:
    return {"line": made.line, **_span(made.span), "class": made.reason, "why": made.why}


def _span(span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.text}
