"""Chunks -> findings: which event governs which figure, and the measure that gives.

One trigger governs the coordinated groups of its list, before it where it is passive ("two men and a woman were arrested"), after it where it is
active ("seized 1.3 kilos of crack, nine phones and a knife"); a lead-in governs the list items under it; a part without a noun takes the noun and the
event of its whole. Frames (head class x trigger class -> measure) then say what each pair means. Hypothetical clauses govern nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeVar

from cl_extract.chunk import Chunks, Group, Trigger
from cl_extract.lex import Atom
from cl_extract.model import BlockKind, Document, Figure, FigureKind, Kind
from cl_extract.packs import VOID, PackSet, Rule
from cl_extract.skeleton import Phrases

_KINDS: Mapping[FigureKind, Kind] = {
    FigureKind.COUNT: "count",
    FigureKind.MONEY: "money",
    FigureKind.MASS: "quantity",
    FigureKind.VOLUME: "quantity",
    FigureKind.DURATION: "quantity",
}
_VALUABLE = (
    "drug",
    "drug_class",
    "drug_word",
    "drug_unit",
    "plant",
    "grow",
    "goods",
    "good",
    "vehicle",
    "tobacco",
    "tobacco_unit",
    "property",
    "account",
    "order",
    "container",
    "phone",
)
Side = Literal["undergoer", "complement", "either"]
_SUBSTANCES = frozenset({"drug", "drug_class", "drug_word"})
# Drugs may be told what they "could fetch" and are still valued at it.
_PRICED = _SUBSTANCES | {"plant", "drug_unit", "grow"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure read as a measure by a rule.

    ``start`` and ``end`` are the offsets of the words that state it, ``number`` where the number itself starts; ``whole`` is the value of the
    figure that it is told to be part of ("33 of them guns").
    """

    rule: Rule
    kind: Kind
    figure: Figure
    unit: str | None
    drugs: tuple[str, ...]
    drug_classes: tuple[str, ...]
    groups: tuple[str, ...]
    start: int
    end: int
    number: int
    sentence: int
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A trigger's reading that governs a group; ``gap`` is how many atoms stand between.

    ``side`` tells whether the group can only be what the event is done to, only what the verb takes besides ("charged with nine counts"), or either.
    ``outside``: the trigger stands in the paragraph that leads in the list.
    """

    cls: str
    trigger: Trigger
    gap: int
    side: Side = "either"
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Frames:
    """The rules by head and trigger class."""

    by_trigger: Mapping[tuple[Kind, str, str], tuple[Rule, ...]]
    by_head: Mapping[tuple[Kind, str], tuple[Rule, ...]]
    by_list: Mapping[tuple[Kind, str], tuple[Rule, ...]]
    triggers: frozenset[str]

    def triggered(self, group: Group, cls: str) -> list[Rule]:
        """The frames that a trigger of class ``cls`` and the group's heads meet in."""
        kind = _KINDS[group.kind]
        return [rule for head in _heads(group) for rule in self.by_trigger.get((kind, head, cls), ())]

    def alone(self, group: Group) -> list[Rule]:
        """The frames that the group's heads alone meet."""
        kind = _KINDS[group.kind]
        return [rule for head in _heads(group) for rule in self.by_head.get((kind, head), ())]

    def knows(self, trigger: Trigger) -> bool:
        """Whether any frame has one of the trigger's classes."""
        return any(cls in self.triggers for cls, _ in trigger.senses)

    def verbless(self, group: Group) -> list[Rule]:
        """The frames that the group's heads meet in a line without a verb."""
        kind = _KINDS[group.kind]
        return [rule for head in _heads(group) for rule in self.by_list.get((kind, head), ())]


def _heads(group: Group) -> Iterable[str]:
    return sorted(group.heads) or ("none",)


def compile_frames(packs: PackSet) -> Frames:
    """The frames of ``packs``, indexed."""
    by_trigger: dict[tuple[Kind, str, str], list[Rule]] = {}
    by_head: dict[tuple[Kind, str], list[Rule]] = {}
    by_list: dict[tuple[Kind, str], list[Rule]] = {}
    for rule in packs.rules:
        for head in rule.heads:
            if rule.verbless:
                by_list.setdefault((rule.kind, head), []).append(rule)
            for trigger in rule.triggers:
                by_trigger.setdefault((rule.kind, head, trigger), []).append(rule)
            if rule.alone:
                by_head.setdefault((rule.kind, head), []).append(rule)
    return Frames(_frozen(by_trigger), _frozen(by_head), _frozen(by_list), frozenset(trigger for _, _, trigger in by_trigger))


_Key = TypeVar("_Key")


def _frozen(rules: Mapping[_Key, list[Rule]]) -> dict[_Key, tuple[Rule, ...]]:
    return {key: tuple(listed) for key, listed in rules.items()}


@dataclass(frozen=True, slots=True)
class Matches:
    """The findings of a whole document, in order, and the ids of patterns that took too long over it."""

    findings: tuple[Finding, ...]
    slow: tuple[str, ...] = ()


def match(document: Document, sentences: Sequence[Chunks], frames: Frames, phrases: Phrases) -> Matches:
    """What the rules read in a whole document."""
    matcher = _Matcher(document, sentences, frames, phrases)
    matcher.run()
    return Matches(tuple(matcher.findings), tuple(sorted(matcher.slow)))


@dataclass(frozen=True, slots=True)
class _Read:
    """A group with the rules that read it."""

    group: Group
    rules: tuple[Rule, ...]


class _Matcher:
    """Goes through the sentences once, keeping what later sentences may point back to."""

    def __init__(self, document: Document, sentences: Sequence[Chunks], frames: Frames, phrases: Phrases) -> None:
        self.phrases = phrases
        self.document = document
        self.sentences = sentences
        self.frames = frames
        self.findings: list[Finding] = []
        self.slow: set[str] = set()
        self.open_triggers: dict[int, tuple[Claim, ...]] = {}
        self.topics: set[int] = set()
        self.drugs_before: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.last_read: _Read | None = None

    def run(self) -> None:
        block, advice = -1, False
        for index, chunks in enumerate(self.sentences):
            if chunks.sentence.block != block:
                block = chunks.sentence.block
                if self.document.blocks[block].kind in {BlockKind.TITLE, BlockKind.DATELINE}:
                    self.last_read = None
            kind = chunks.sentence.kind
            if kind in {BlockKind.HEADING, BlockKind.BODY, BlockKind.LEAD}:
                advice = any(atom.isa("advice") for atom in chunks.sentence.atoms)
            if kind is not BlockKind.DATELINE and not (kind is BlockKind.LIST and advice):
                self.read(index, chunks)

    def read(self, index: int, chunks: Chunks) -> None:
        chunks = self.with_values(chunks)
        claims = govern(chunks, self.frames, self.lead_in(chunks))
        reads: list[_Read] = []
        set_phrases: dict[int, Rule] = {}
        for rule, found in self.phrases.find(chunks, self.slow):
            set_phrases.setdefault(found.first, rule)
        for at, group in enumerate(chunks.groups):
            if group.first in set_phrases:
                reads.append(_Read(group, () if blocked(chunks, group, claimed=True) else (set_phrases[group.first],)))
                continue
            rules = self.rules_for(chunks, group, claims[at])
            group, rules = self.as_part(chunks, at, group, rules, reads, claimed=bool(claims[at]))
            if blocked(chunks, group, claimed=any(_is_verb(claim.trigger) for claim in claims[at])):
                rules = ()
            reads.append(_Read(group, rules))
        reads = self.accept_listed(chunks, reads)
        for at, read in enumerate(reads):
            for rule in read.rules if VOID not in {rule.measure for rule in read.rules} else ():
                self.findings.append(self.finding(index, chunks, read.group, rule, claims[at]))
        known = [read for read in reads if read.rules and read.group.kind is FigureKind.COUNT]
        if known:
            self.last_read = known[-1]
            if len(known) > 1 and _mixed(chunks, [read.group for read in known]):
                self.last_read = _Read(replace(known[-1].group, groups=()), known[-1].rules)
        self.remember(chunks, claims)

    def with_values(self, chunks: Chunks) -> Chunks:
        """Sums told to be a value take the heads and drugs of the thing they value; weights without a substance those of the one before."""
        groups: list[Group] = []
        for group in chunks.groups:
            if not group.heads and groups and chunks.sentence.atoms[0].isa("of") and groups[0].first <= 2 and _only_comma(chunks, groups[-1], group):
                group = replace(group, anaphor=True)  # "Of the 14 people safeguarded, nine agreed …"
            if group.kind is FigureKind.COUNT and not group.heads and (group.anaphor or group.more):
                group = self.pointing_back(chunks, group, groups)
            if "valued" in group.heads:
                group = replace(self.valued(chunks, group, groups), valued=True)
            elif group.kind in {FigureKind.MASS, FigureKind.VOLUME} and not group.heads:
                group = self.substance(chunks, group, groups)
            elif "drug_unit" in group.heads and not group.drugs and not group.drug_classes:
                group = _carried(chunks, group, groups)
            elif group.kind is FigureKind.MONEY and not group.heads:
                group = _shared(chunks, group, groups)
            groups.append(group)
        return replace(chunks, groups=tuple(groups))

    def pointing_back(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        """ "33 of them guns", "a further 95": with the noun that is said of it, else that of the figure before it."""
        predicate = _predicate(chunks, group)
        if predicate is not None and predicate.heads and not predicate.heads & {"people"}:
            return replace(group, heads=predicate.heads, noun=predicate.noun, last=predicate.last, matter=predicate.matter)
        whole = next(
            (g for g in reversed(before) if g.kind in {FigureKind.COUNT, FigureKind.DURATION} and not (g.article and g.heads <= {"thing", "vague"})),
            None,
        )
        if whole is None and group.anaphor and not before and self.last_read is not None:
            whole = self.last_read.group
        if whole is None or whole.kind is FigureKind.DURATION or not whole.heads:
            return group
        groups = predicate.groups if predicate is not None else whole.groups if len(before) < 2 or not _mixed(chunks, before) else ()
        group = replace(group, whole=whole.figure.value if group.anaphor and whole.figure.qualifier == "exact" else None)
        return replace(group, heads=whole.heads, noun=whole.noun, matter=whole.matter, groups=groups, drugs=group.drugs or whole.drugs)

    def valued(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        atoms = chunks.sentence.atoms
        together = any(
            atom.low in {"combined", "combined value", "total", "together", "total value"} or "combined" in atom.low
            for atom in atoms[max(0, group.first - 6) : group.first]
        )
        if together:
            earlier = [g for g in before if g.drugs]
            if len(earlier) > 1:
                drugs = tuple(dict.fromkeys(d for g in earlier for d in g.drugs))
                return replace(group, heads=frozenset({"drug"}), drugs=drugs)
        for other in reversed(before):
            if other.heads & set(_VALUABLE) and other.kind is not FigureKind.MONEY and not _matter_between(atoms, other.last, group.first):
                return replace(group, heads=other.heads & set(_VALUABLE), drugs=other.drugs, drug_classes=other.drug_classes)
        for atom in reversed(atoms[: group.first]):
            if atom.isa("order_pay"):
                return replace(group, heads=frozenset({"order"}))
            found = (atom.entry.classes | atom.entry.inner) & set(_VALUABLE)
            if found:
                drugs, classes = atom.entry.canonical.get("drug", ()), atom.entry.canonical.get("drug_class", ())
                if not drugs and not classes and found & {"drug_word", "plant", "drug_unit"}:
                    drugs, classes = self.drugs_before
                return replace(group, heads=found, drugs=drugs, drug_classes=classes)
        if self.drugs_before != ((), ()) and not _names_other(atoms, group.first):
            return replace(group, heads=frozenset({"drug"}), drugs=self.drugs_before[0], drug_classes=self.drugs_before[1])
        return group

    def substance(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        """ "10kg and 15kg of cannabis" shares what follows; "cannabis weighing 46kg" and "another 112 grams" what came before."""
        atoms = chunks.sentence.atoms
        following = next((g for g in chunks.groups if g.first >= group.last), None)
        if following is not None and following.kind is group.kind and following.heads & _SUBSTANCES and following.first - group.last <= 1:
            return replace(group, heads=following.heads, drugs=following.drugs, drug_classes=following.drug_classes)
        for at in range(group.first - 1, max(-1, group.first - 12), -1):
            atom = atoms[at]
            found = (atom.entry.classes | atom.entry.inner) & _SUBSTANCES
            if found:
                return replace(
                    group, heads=frozenset(found), drugs=atom.entry.canonical.get("drug", ()), drug_classes=atom.entry.canonical.get("drug_class", ())
                )
        for other in reversed(before):
            if other.heads & _SUBSTANCES or other.drugs:
                return replace(group, heads=frozenset({"drug"}), drugs=other.drugs, drug_classes=other.drug_classes)
        return group

    def lead_in(self, chunks: Chunks) -> tuple[Claim, ...]:
        """The triggers left open by the paragraph that introduces this list item."""
        lead = self.document.blocks[chunks.sentence.block].lead_in
        return self.open_triggers.get(lead, ()) if lead is not None else ()

    def rules_for(self, chunks: Chunks, group: Group, claims: Sequence[Claim]) -> tuple[Rule, ...]:
        candidates: list[tuple[Rule, Claim | None]] = [
            (rule, claim)
            for claim in claims
            for rule in self.frames.triggered(group, claim.cls)
            if claim.side == "either" or rule.either or rule.complement == (claim.side == "complement")
        ]
        candidates += [(rule, None) for rule in self.frames.alone(group)]
        if not chunks.verbal:
            candidates += [(rule, None) for rule in self.frames.verbless(group)]
        candidates = [(rule, claim) for rule, claim in candidates if self.allows(chunks, group, rule, claim)]
        if _KINDS[group.kind] != "count":
            candidates.sort(key=lambda candidate: candidate[1].gap if candidate[1] else 99)
            return tuple(rule for rule, _ in candidates[:1])
        candidates.sort(key=lambda candidate: (not candidate[0].wins, not candidate[0].near))
        if candidates and candidates[0][0].wins:
            return (candidates[0][0],)
        triggered = {rule.measure: rule for rule, claim in reversed(candidates) if claim is not None}
        if triggered:
            return tuple(triggered.values())
        return tuple(rule for rule, _ in candidates[:1])

    def allows(self, chunks: Chunks, group: Group, rule: Rule, claim: Claim | None) -> bool:
        atoms = chunks.sentence.atoms
        if group.article and (rule.article == "never" or (claim is None and not self.article_by_list(chunks, group))):
            return False
        if rule.near and not (group.matter & set(rule.near)):
            reach = [*atoms[max(0, group.first - 1) : group.first], *atoms[group.last : group.last + 11]] if chunks.verbal else atoms
            if not any((atom.entry.classes | atom.entry.inner) & set(rule.near) for atom in reach):
                return False
        if rule.unless:
            first, last = (claim.trigger.last, group.first) if claim and claim.trigger.last <= group.first else (group.first, group.first)
            window = [*atoms[first:last], *atoms[max(0, group.first - 3) : group.first], *atoms[group.last : group.last + 2]]
            if any((atom.entry.classes | atom.entry.inner) & set(rule.unless) for atom in window):
                return False
        if group.article and claim is not None and claim.trigger.infinitive:
            return False  # "it takes 90 seconds to crush a bike"
        if group.article and claim is not None and claim.trigger.last < group.first and atoms[group.first - 1].isa("preposition"):
            return False  # "751kg of cocaine from a yacht"
        if _done_with(chunks, group):
            return False
        if rule.passive and (claim is None or not claim.trigger.passive or claim.side == "complement"):
            return False
        if rule.passive and group.first and atoms[group.first - 1].isa("preposition", "of"):
            return False  # "hurled them over a prison wall have been jailed"
        if rule.reach and claim is not None and claim.gap > rule.reach:
            return False
        if rule.adjacent and claim is not None and claim.trigger.last <= group.first:
            between = [other for other in chunks.groups if claim.trigger.last <= other.first < group.first]
            return not between or (between[-1].kind is group.kind and group.first - between[-1].last <= 2 and _listed(chunks, between[-1], group))
        return True

    def article_by_list(self, chunks: Chunks, group: Group) -> bool:
        """Whether "a" or "an" stands in a list that has no verb of its own: a bullet, or a row of results."""
        before = chunks.sentence.atoms[group.first - 1] if group.first else None
        if before is not None and not before.isa("and", "part_lead") and before.low not in {",", ";", ":", "-", "("}:
            return False
        return not chunks.verbal and (
            chunks.sentence.kind.value == "list" or any(other is not group and not other.article for other in chunks.groups)
        )

    def accept_listed(self, chunks: Chunks, reads: list[_Read]) -> list[_Read]:
        """A thing that no rule reads for itself, in one list with a thing that was seized, was seized too: "…, an axe and nine vehicles"."""
        made = list(reads)
        for at, read in enumerate(reads):
            if read.rules or read.group.kind is not FigureKind.COUNT or not read.group.heads - {"thing", "vague"} or _done_with(chunks, read.group):
                continue
            rules = [rule for rule in (*self.frames.alone(read.group), *self.frames.verbless(read.group)) if rule.triggers and not rule.near]
            for neighbour in (made[k] for k in (at - 1, at + 1) if 0 <= k < len(made)):
                first, last = sorted((read.group, neighbour.group), key=lambda g: g.first)
                shared = [rule for rule in rules if any(set(rule.triggers) & set(other.triggers) for other in neighbour.rules)]
                if shared and (shared[0].article != "never" or not read.group.article) and _listed(chunks, first, last):
                    made[at] = _Read(read.group, (shared[0],))
                    break
        return made

    def as_part(
        self, chunks: Chunks, at: int, group: Group, rules: tuple[Rule, ...], reads: list[_Read], *, claimed: bool
    ) -> tuple[Group, tuple[Rule, ...]]:
        """A figure without a noun of its own takes the noun and the measure of its whole."""
        if group.kind is not FigureKind.COUNT:
            return group, rules
        if group.heads and rules:
            if group.anaphor or group.more:
                whole = self.whole(chunks, at, group, reads)
                if whole is not None and whole.rules and whole.group.heads == group.heads and (not claimed or whole.rules[0].wins):
                    return group, whole.rules
            return group, rules
        if group.heads and not (group.anaphor or group.more):
            gapped = _gapped(chunks, group, reads)
            if gapped:
                return group, gapped
            return self.people_part(chunks, group, reads) if "people" in group.heads and reads else (group, rules)
        whole = self.whole(chunks, at, group, reads)
        if whole is None:
            return group, rules
        predicate = _predicate(chunks, group)
        if rules:
            back = group.anaphor or group.more or _points_back(chunks, group)
            return replace(group, groups=predicate.groups if predicate else whole.group.groups if back else ()), rules
        if not whole.rules:
            return group, ()
        if not _points_back(chunks, group):
            return group, ()
        if predicate is not None and predicate.heads:
            heads = predicate.heads
            part = replace(group, heads=heads, noun=predicate.noun, last=predicate.last, groups=predicate.groups, matter=predicate.matter)
            if heads == whole.group.heads or heads <= {"people"}:
                return part, whole.rules
            found = tuple(self.frames.alone(part)[:1])
            return (part, found) if found else (part, whole.rules)
        part = replace(
            group,
            heads=whole.group.heads,
            noun=whole.group.noun,
            drugs=group.drugs or whole.group.drugs,
            drug_classes=group.drug_classes or whole.group.drug_classes,
            groups=whole.group.groups,
        )
        return part, whole.rules

    def whole(self, chunks: Chunks, at: int, group: Group, reads: list[_Read]) -> _Read | None:
        """What a figure without a noun is part of: the topic the sentence opens with, else the figure before it."""
        atoms = chunks.sentence.atoms
        if not reads and len(atoms) > 2 and atoms[0].isa("of") and atoms[1].isa("determiner"):
            nouns = [sense for sense in atoms[2].entry.nouns if sense.plural]
            topic = Group(2, 3, group.figure, frozenset(sense.cls for sense in nouns), nouns[0].singular_form) if nouns else None
            if topic is not None and group.first > 3:
                alone = tuple(self.frames.alone(topic)[:1])
                if not alone and self.last_read is not None and self.last_read.group.heads & topic.heads:
                    return self.last_read
                return _Read(topic, alone)
        compared = _compared(chunks, group)
        for read in reversed(reads):
            if (read.group.article or compared) and not read.rules:
                continue
            if read.group.kind is FigureKind.DURATION or (read.group.kind is FigureKind.COUNT and read.group.heads):
                if group.anaphor and len(reads) > 1 and _mixed(chunks, [read.group for read in reads]):
                    return _Read(replace(read.group, groups=()), read.rules)
                return read
        lead = self.document.blocks[chunks.sentence.block].lead_in
        opens = bool(atoms) and (atoms[0].isa("partwise") or _place_row(chunks, group) or lead in self.topics)
        return self.last_read if at == 0 and (group.anaphor or group.more or opens or _compared(chunks, group)) else None

    def people_part(self, chunks: Chunks, group: Group, reads: list[_Read]) -> tuple[Group, tuple[Rule, ...]]:
        """ "including 12 children", "namely six men and three women", "(five adults, three children)": parts of the people just counted."""
        before = chunks.sentence.atoms[group.first - 1] if group.first else None
        if group.article and before is not None and (before.low == "being" or (before.low == "," and reads[-1].group.last == group.first - 1)):
            return group, ()  # "one of the men, a 34-year-old from Leeds, was jailed"
        for read in reversed(reads):
            if read.rules and read.group.kind is FigureKind.COUNT and (read.group.heads & {"people", "arrest", "none"} or not read.group.heads):
                between = chunks.sentence.atoms[read.group.last : group.first]
                part = replace(group, whole=read.group.figure.value if read.group.figure.qualifier == "exact" else None)
                if any(atom.isa("part_lead", "partwise") or atom.low in {"(", ":", "-"} for atom in between) and not any(
                    atom.low in {";", ")"} for atom in between
                ):
                    return part, read.rules
                if read.group.heads == frozenset({"people"}) and not _verb_between(chunks, read.group, group) and len(between) <= 8:
                    return replace(group, whole=read.group.whole), read.rules
        return group, ()

    def finding(self, index: int, chunks: Chunks, group: Group, rule: Rule, claims: Sequence[Claim]) -> Finding:
        sentence = chunks.sentence
        kind = _KINDS[group.kind]
        unit = group.figure.unit
        if kind == "count":
            unit = rule.unit or group.noun
        told = {"drug": group.drugs or rule.attributes.get("drug", ()), "drug_class": group.drug_classes, "group": group.groups}
        drugs, classes, groups = (told[name] if name in rule.narrowed_by else () for name in ("drug", "drug_class", "group"))
        first, last = _stated(chunks, group, [claim.trigger for claim in claims if claim.cls in rule.triggers and not claim.outside])
        start, end = sentence.start(first), sentence.end(last - 1)
        number = sentence.tokens.start[group.figure.first]
        return Finding(rule, kind, group.figure, unit, drugs, classes, groups, start, end, number, index, group.whole)

    def remember(self, chunks: Chunks, claims: Sequence[Sequence[Claim]]) -> None:
        del claims
        sentence = chunks.sentence
        drugs: dict[str, None] = {}
        classes: dict[str, None] = {}
        for atom in sentence.atoms:
            drugs.update(dict.fromkeys(atom.entry.canonical.get("drug", ())))
            classes.update(dict.fromkeys(atom.entry.canonical.get("drug_class", ())))
        if drugs or classes:  # a list names many drugs, and "the drugs" after it are all of them
            self.drugs_before = ((), ()) if sentence.kind is BlockKind.LIST else (tuple(drugs), tuple(classes))
        if sentence.atoms and sentence.atoms[0].isa("of", "partwise"):
            self.topics.add(sentence.block)
        self.open_triggers[sentence.block] = (
            ()
            if sentence.kind is BlockKind.HEADING and sentence.atoms[-1].low != ":"
            else tuple(
                Claim(cls, trigger, 0)
                for trigger in chunks.triggers[-3:]
                for cls, voice in trigger.senses
                if voice in {"object", "act", "subject"} and not (trigger.modal or trigger.negated)
            )
        )


def _carried(chunks: Chunks, group: Group, before: list[Group]) -> Group:
    """ "4kg of Class A drugs plus 740 wraps": the wraps are of that class; "Street Valium keeps turning up: 150,000 tablets": of that drug."""
    atoms = chunks.sentence.atoms
    last = before[-1] if before else None
    if last is not None and group.first - last.last == 1 and atoms[last.last].low == "plus" and last.kind is FigureKind.MASS:
        return replace(group, drugs=last.drugs, drug_classes=last.drug_classes)
    colon = next((k for k in range(group.first - 1, -1, -1) if atoms[k].low == ":"), None)
    if colon is not None:
        for atom in reversed(atoms[:colon]):
            drugs, classes = atom.entry.canonical.get("drug", ()), atom.entry.canonical.get("drug_class", ())
            if drugs or classes:
                return replace(group, drugs=drugs, drug_classes=classes)
    return group


def _shared(chunks: Chunks, group: Group, before: list[Group]) -> Group:
    """ "£4,115 and €2,300 in notes": the first sum is of what the second is."""
    if before and before[-1].valued and group.first - before[-1].last <= 2 and _listed(chunks, before[-1], group):
        return replace(group, heads=before[-1].heads, drugs=before[-1].drugs, drug_classes=before[-1].drug_classes, valued=True)
    following = next((g for g in chunks.groups if g.first >= group.last), None)
    if (
        following is not None
        and following.kind is FigureKind.MONEY
        and following.first - group.last == 1
        and chunks.sentence.atoms[group.last].isa("and")
    ):
        return replace(group, heads=following.heads)
    return group


def _stated(chunks: Chunks, group: Group, triggers: Sequence[Trigger]) -> tuple[int, int]:
    """The atoms that state a figure: its group, and the verb where only grammar stands between ("186 people have been arrested")."""
    atoms = chunks.sentence.atoms
    first, last = group.first, group.last
    for trigger in triggers:
        between = atoms[group.last : trigger.first] if trigger.first >= group.last else atoms[trigger.last : group.first]
        if len(between) <= 4 and all(atom.isa("be", "have", "adverb") or atom.low in {"with", "to", "for"} for atom in between):
            first, last = min(first, trigger.first), max(last, trigger.last)
    return first, last


def _done_with(chunks: Chunks, group: Group) -> bool:
    """Whether a thing is only what somebody did something with ("found 18 using a mobile phone")."""
    doing = chunks.sentence.atoms[group.first - 1] if group.first else None
    return group.article and doing is not None and doing.low.endswith("ing") and not doing.entry.verbs


def _is_age(atom: Atom) -> bool:
    return atom.figure is not None and atom.figure.kind is FigureKind.AGE


def _gapped(chunks: Chunks, group: Group, reads: Sequence[_Read]) -> tuple[Rule, ...]:
    """The rules of the verb that is left out: "a boy was held for one thing and a woman for another", "three women with fraud"."""
    atoms = chunks.sentence.atoms
    before = atoms[group.first - 1] if group.first else None
    at = group.last
    while at < len(atoms) and (not atoms[at].word or atoms[at].low in {"and", "aged"} or _is_age(atoms[at])):
        at += 1
    if (
        before is None
        or not (before.isa("and", "determiner") or before.low in {",", ";"})
        or at >= len(atoms)
        or atoms[at].low not in {"for", "with", "of", "on"}
    ):
        return ()
    whole = next((read for read in reversed(reads) if read.rules and (read.group.heads & group.heads or not group.heads)), None)
    return whole.rules if whole is not None else ()


def _only_comma(chunks: Chunks, first: Group, last: Group) -> bool:
    """Whether a comma closes the words of the first group, and the second follows it."""
    between = chunks.sentence.atoms[first.last : last.first]
    return bool(between) and between[-1].low == "," and sum(atom.low == "," for atom in between) == 1


def _names_other(atoms: Sequence[Atom], at: int) -> bool:
    """Whether what a value is told of is a noun of no class ("electricity worth £40,000")."""
    for atom in reversed(atoms[:at]):
        if not (
            atom.isa("value", "preposition", "of", "be", "have", "adverb", "estimate", "article", "determiner", "hedge")
            or atom.low in {"-", ",", "combined", "total", "street"}
        ):
            return atom.word and not atom.entry.classes and atom.figure is None and atom.date is None
    return False


def _mixed(chunks: Chunks, groups: Sequence[Group]) -> bool:
    """Whether the last two groups are one list of different people ("three men and three women")."""
    one, other = groups[-2:]
    return one.groups != other.groups and one.heads == other.heads and _listed(chunks, one, other)


def _matter_between(atoms: Sequence[Atom], first: int, last: int) -> bool:
    return any(bool((atom.entry.classes | atom.entry.inner) & set(_VALUABLE)) for atom in atoms[first:last])


def _points_back(chunks: Chunks, group: Group) -> bool:
    """Whether a bare number may stand for things of the kind counted before: "of them", "another 22", or a further member of a list."""
    atoms = chunks.sentence.atoms
    if group.anaphor or group.more or _compared(chunks, group) or _place_row(chunks, group) or (atoms[0].isa("partwise") and group.first < 4):
        return True
    before = atoms[group.first - 1] if group.first else None
    after = atoms[group.last] if group.last < len(atoms) else None
    if before is None and chunks.sentence.kind is BlockKind.LIST and after is not None:
        return after.isa("be", "have", "preposition")  # "Of those arrests: • 172 were for drink-driving"
    if before is not None and before.low == "with" and after is not None and after.low.endswith("ing"):
        return True  # "263 stop and searches, with 81 leading to a positive outcome"
    if before is None or not (before.isa("and", "determiner") or before.low in {",", ":", "-", "(", ";"}):
        return False
    return (
        after is None
        or not after.word
        or after.isa("preposition", "relative", "be", "have", "of")
        or bool(after.entry.verbs)
        or after.low.endswith("ing")
    )


def _place_row(chunks: Chunks, group: Group) -> bool:
    """Whether a list item gives one place's share of what was just counted: "Mansfield - 118"."""
    atoms = chunks.sentence.atoms
    return (
        chunks.sentence.kind is BlockKind.LIST
        and 1 < group.first <= 5
        and atoms[group.first - 1].low in {"-", ":", "|"}
        and all(atom.capital for atom in atoms[: group.first - 1])
        and group.last == len(atoms)
    )


def _compared(chunks: Chunks, group: Group) -> bool:
    """Whether a bare number is the earlier figure of a comparison: "up from 274", "compared with 153", "377 the year before"."""
    atoms = chunks.sentence.atoms
    before = [atom.low for atom in atoms[max(0, group.first - 2) : group.first]]
    after = [atom.low for atom in atoms[group.last : group.last + 3]]
    return (
        before[-1:] in (["against"], ["compared with"], ["compared to"])
        or (before[-1:] == ["to"] and before[0] in {"risen", "fallen", "rose", "fell", "dropped"})
        or (before[-1:] == ["from"] and before[0] in {"up", "down", "risen", "fallen", "rise", "fall", "rose", "fell"})
        or after in (["the", "year", "before"], ["the", "previous year"], ["the", "year before"])
        or after[:2] in (["the", "previous year"], ["the", "year before"])
        or after[:1] == ["last"]
    )


def _predicate(chunks: Chunks, group: Group) -> Group | None:
    """The noun said of a bare number: "377 were children", "33 of them guns", "one of them an imitation"."""
    atoms = chunks.sentence.atoms
    at = group.last
    if at + 1 < len(atoms) and atoms[at].low == "," and atoms[at + 1].isa("article"):
        at += 1  # "one of them, a boy of 14"
    while at < len(atoms) and at - group.last < 4 and (atoms[at].isa("be", "article", "adverb") or atoms[at].low in {"for", "of"}):
        at += 1
    if at < len(atoms) and at - group.last < 4:
        senses = atoms[at].entry.nouns
        if any(atom.low in {"for", "of"} for atom in atoms[group.last : at]) and not atoms[at].isa("group"):
            return None  # "22 of them for knife crime"
        if senses and not atoms[at].isa("vague") and (at == len(atoms) - 1 or not atoms[at + 1].entry.nouns):
            names = atoms[at].entry.canonical.get("group", ())
            return Group(
                at,
                at + 1,
                group.figure,
                frozenset(sense.cls for sense in senses),
                senses[0].singular_form,
                atoms[at].entry.classes,
                groups=names if len(names) == 1 else (),
            )
    return None


def _listed(chunks: Chunks, first: Group, last: Group) -> bool:
    """Whether two groups are members of one list: nothing between them but joints and what modifies the first."""
    between = chunks.sentence.atoms[first.last : last.first]
    if len(between) == 1 and (between[0].isa("of") or between[0].low in {"containing", "with", "holding"}):
        return True
    return (
        bool(between)
        and len(between) <= 14
        and any(atom.isa("and") or atom.low in {",", ";", "-"} for atom in between)
        and not _verb_between(chunks, first, last)
    )


def _verb_between(chunks: Chunks, first: Group, last: Group) -> bool:
    atoms = chunks.sentence.atoms[first.last : last.first]
    return any(first.last <= trigger.first < last.first and not trigger.forms <= {"ing"} and _is_verb(trigger) for trigger in chunks.triggers) or any(
        atom.isa("be", "have", "modal", "future") or atom.low in {";", ":"} for atom in atoms
    )


def _is_verb(trigger: Trigger) -> bool:
    return any(voice in {"object", "subject"} for _, voice in trigger.senses)


def blocked(chunks: Chunks, group: Group, *, claimed: bool) -> bool:
    """Whether the clause of a group is hypothetical, general or a comparison of differences.

    A group that a trigger governs (``claimed``) has its modal looked at there: "we gave our talk at 63 schools and must have been asked often".
    """
    atoms = chunks.sentence.atoms
    opening = max((k + 1 for k in range(group.first) if atoms[k].low in {'"', ":"}), default=0)
    if group.kind is not FigureKind.MONEY and any(atom.isa("alleged") for atom in atoms[: group.first]):
        return True  # "It will be alleged that the network was bringing in up to 6kg a month"
    if _general(atoms[opening:]) or (group.more and any(atom.isa("comparison") for atom in atoms)):
        return True
    first = group.first
    while first > 0 and not (not atoms[first - 1].word and atoms[first - 1].low in ",;:-("):
        first -= 1
    last = group.last
    while last < len(atoms) and not (not atoms[last].word and atoms[last].low in ",;:-)"):
        last += 1
    if not any(atom.isa("be", "have", "modal") or atom.entry.verbs for atom in atoms[first:last]):
        # "150 grams can be enough for three years, and 5kg for 14": a clause without a verb leans on the one before it.
        while first > 0 and (first == 1 or atoms[first - 2].word or atoms[first - 2].low not in ",;:-("):
            first -= 1
    clause = atoms[first:last]
    if any(
        atom.isa("condition", "maximum", "generic") or (atom.isa("modal", "future") and not (claimed or (group.valued and group.heads & _PRICED)))
        for atom in clause
    ):
        return True
    if any(atom.isa("condition") for atom in atoms[: group.first]):
        return True
    if group.more and any(atom.low == "than" for atom in atoms[group.last : group.last + 3]):
        return True
    if group.article and any(atom.low in {"is", "are", "isn't", "can"} for atom in atoms[group.last : group.last + 2]):
        return True  # "A phone isn't just …"
    return bool(group.first and atoms[group.first - 1].isa("negation"))


def _general(atoms: Sequence[Atom]) -> bool:
    """Whether a sentence speaks of anyone of a kind: "A courier with 1kg … should …", "A 13-year-old who … is a child first"."""
    opening = [atom for atom in atoms[:4] if atom.word]
    if not opening or not (opening[0].isa("article") or opening[0].low in {"anyone", "anybody", "someone", "somebody", "people"}):
        return False
    if opening[0].isa("article") and not any(
        any(sense.cls in {"people", "pupil"} for sense in atom.entry.nouns) or (atom.figure is not None and atom.figure.kind is FigureKind.AGE)
        for atom in opening[1:3]
    ):
        return False
    if any(atom.low in {"was", "were", "had", "admitted", "pleaded"} for atom in atoms):
        return False
    if any(atom.isa("modal") for atom in atoms):
        return True
    return any(atom.low == "who" for atom in atoms[:6]) and any(atom.low in {"is", "are"} for atom in atoms)


def govern(chunks: Chunks, frames: Frames, lead_in: tuple[Claim, ...]) -> list[list[Claim]]:
    """For each group of a sentence, the trigger readings that govern it."""
    claims: list[list[Claim]] = [[] for _ in chunks.groups]
    groups, atoms = chunks.groups, chunks.sentence.atoms
    for trigger in chunks.triggers:
        if trigger.negated or trigger.modal or trigger.future:
            continue
        for cls, voice in trigger.senses:
            left, right = _directions(chunks, trigger, cls, voice, frames)
            if left:
                _claim_left(chunks, frames, trigger, cls, voice, claims)
            _claim_right(chunks, frames, trigger, cls, voice, claims, complement=not right)
    for at, group in enumerate(groups):
        said_to_be = group.first > 0 and atoms[group.first - 1].low in {"is", "'s", "being"}  # "who is one of the force's officers"
        if said_to_be or (not group.heads and (_compared(chunks, group) or _cell(chunks, group))):
            claims[at] = []
    if lead_in:
        for at, group in enumerate(groups):
            if not group.heads and (_cell(chunks, group) or group.first > 2):
                continue
            if not claims[at]:
                claims[at] = [replace(claim, gap=group.first, outside=True) for claim in lead_in if frames.triggered(group, claim.cls)]
    del atoms
    return claims


def _cell(chunks: Chunks, group: Group) -> bool:
    """Whether a figure is the cell of a table, with others before and after it."""
    atoms = chunks.sentence.atoms
    return group.first > 0 and group.last < len(atoms) and atoms[group.first - 1].low == "|" == atoms[group.last].low


def _directions(chunks: Chunks, trigger: Trigger, cls: str, voice: str, frames: Frames) -> tuple[bool, bool]:
    """Whether a trigger governs what stands before it, and what stands after it."""
    if voice == "post":
        return True, False
    if voice == "act":
        return False, True
    if voice == "subject" and trigger.forms == {"ing"} and trigger.first and chunks.sentence.atoms[trigger.first - 1].isa("preposition"):
        return False, False  # "charged with participating in a criminal group"
    if voice == "subject" or trigger.passive:
        return True, False
    if _object_relative(chunks, trigger):
        return True, False
    if trigger.perfect or trigger.infinitive or trigger.forms.isdisjoint({"past", "participle"}):
        return False, True
    after = next((g for g in chunks.groups if g.first >= trigger.last), None)
    if after is not None and frames.triggered(after, cls) and _near(chunks, trigger.last, after.first):
        return False, True
    return (True, False) if _reduced(chunks, trigger) else (False, True)


def _object_relative(chunks: Chunks, trigger: Trigger) -> bool:
    """Whether a pronoun and its verb follow the group they are said of ("nine bikes we had seized")."""
    atoms = chunks.sentence.atoms
    at = trigger.first - 1
    while at > 0 and atoms[at].isa("have", "adverb"):
        at -= 1
    return (
        at > 0
        and atoms[at].low in {"we", "they", "he", "she"}
        and any(group.last == at and group.heads and group.kind is FigureKind.COUNT for group in chunks.groups)
    )


def _pronoun_subject(chunks: Chunks, trigger: Trigger) -> bool:
    """Whether a pronoun is what a passive is said of ("where he was charged")."""
    atoms = chunks.sentence.atoms
    at = trigger.first - 1
    while at >= 0 and atoms[at].isa("be", "have", "adverb", "modal", "future"):
        at -= 1
    return at >= 0 and at < trigger.first - 1 and atoms[at].low in {"he", "she", "they", "it", "we", "i", "you"}


def _near(chunks: Chunks, first: int, last: int) -> bool:
    """Whether only determiners and the like stand between two atoms."""
    return (
        all(
            atom.isa("determiner", "article", "adverb", "of", "estimate") or atom.low in {"total", "a total of", "to", "with", "record"}
            for atom in chunks.sentence.atoms[first:last]
        )
        and last - first <= 4
    )


def _reduced(chunks: Chunks, trigger: Trigger) -> bool:
    """Whether a participle follows its noun directly ("45 vehicles seized")."""
    before = next((g for g in reversed(chunks.groups) if g.last <= trigger.first), None)
    if before is None:
        return False
    between = chunks.sentence.atoms[before.last : trigger.first]
    if between and between[-1].low == "and" and not (len(between) > 1 and between[-2].entry.verbs):
        return False  # "showed him a knife and told him …": a second verb of the same subject
    return len(between) <= 8 and not any(atom.isa("relative", "pronoun", "officer", "force_gb") or atom.low in ",;" for atom in between)


def _claim_left(chunks: Chunks, frames: Frames, trigger: Trigger, cls: str, voice: str, claims: list[list[Claim]]) -> None:
    atoms, groups = chunks.sentence.atoms, chunks.groups
    if _pronoun_subject(chunks, trigger) and not _object_relative(chunks, trigger):
        return
    nearest: int | None = None
    for at in range(len(groups) - 1, -1, -1):
        group = groups[at]
        if group.last > trigger.first or group.valued:
            continue
        if any(atom.low == ";" for atom in atoms[group.last : trigger.first]):
            return
        if not any(not rule.complement or rule.either or voice == "post" for rule in frames.triggered(group, cls)):
            if nearest is not None and not _listed(chunks, group, groups[at + 1]):
                return
            continue
        if nearest is None:
            if _inside_relative(chunks, at) and any(frames.triggered(other, cls) for other in groups[:at]):
                continue  # "A man who recruited a 15-year-old boy has been jailed"
            oblique = trigger.passive and voice == "object" and group.first > 0 and atoms[group.first - 1].low in _OBLIQUE
            if oblique and any(frames.triggered(other, cls) for other in groups[:at] if other.kind is group.kind):
                continue  # "a man whose home was taken over by two dealers was safeguarded"
            if (
                not group.heads
                and group.kind is FigureKind.COUNT
                and not (group.anaphor or group.more)
                and not _only_grammar(chunks, group.last, trigger.first)
            ):
                continue
            nearest = at
        elif (
            groups[nearest].anaphor
            or not _listed(chunks, group, groups[at + 1])
            or any(claim.cls != cls and claim.trigger.first < group.first for claim in claims[at])
        ):
            return
        claims[at].append(Claim(cls, trigger, trigger.first - group.last, "either" if voice == "post" else "undergoer"))


def _inside_relative(chunks: Chunks, at: int) -> bool:
    """Whether a group is what somebody did something to in a relative clause, or a second name of the group before it (", a 34-year-old …,")."""
    atoms, groups = chunks.sentence.atoms, chunks.groups
    group = groups[at]
    for other in groups[:at]:
        if other.heads & group.heads and other.last < len(atoms) and atoms[other.last].low == "who":
            clause = atoms[other.last : group.first]
            if not any(atom.low in {",", ";"} or atom.isa("and", "be", "have") for atom in clause):
                return True
    before = groups[at - 1] if at else None
    return group.article and before is not None and before.last == group.first - 1 and atoms[before.last].low == "," and bool(before.heads & group.heads)


# Prepositions before what cannot be the subject of the verb that follows.
_OBLIQUE = frozenset({"by", "from", "with", "to", "at", "for"})


def _only_grammar(chunks: Chunks, first: int, last: int) -> bool:
    return all(atom.isa("be", "have", "adverb", "determiner") or atom.low in {"all", "had"} for atom in chunks.sentence.atoms[first:last])


def _claim_right(chunks: Chunks, frames: Frames, trigger: Trigger, cls: str, voice: str, claims: list[list[Claim]], *, complement: bool) -> None:
    """Claims for what follows a trigger; with ``complement`` (a passive) only what the verb takes, and what "along with" adds to its subject."""
    if voice == "post":
        return
    atoms, groups = chunks.sentence.atoms, chunks.groups
    started = False
    for at, group in enumerate(groups):
        if group.first < trigger.last:
            continue
        between = atoms[trigger.last : group.first]
        stop = next(
            (t for t in chunks.triggers if trigger.last < t.first < group.first and _finite(t) and frames.knows(t) and not _aside(chunks, t)), None
        )
        if stop is not None and not _coordinated_with(chunks, trigger, stop):
            return
        if any(atom.low in {"we", "they", "he", "she"} for atom in between[1:]):
            return  # another subject has begun
        if voice == "act" and not started and len(between) > 7:
            return
        if any(atom.low == ";" for atom in between) and not started:
            return
        added = complement and any(atom.isa("additive") for atom in between)
        if not any(rule.complement or rule.either or not complement or added for rule in frames.triggered(group, cls)):
            continue
        if (
            not group.heads
            and group.kind is FigureKind.COUNT
            and not _near(chunks, trigger.last, group.first)
            and (not started or _has_verb(chunks, group))
        ):
            continue
        if claims[at] and started and all(claim.trigger.first >= group.last for claim in claims[at]):
            continue
        started = True
        claims[at].append(Claim(cls, trigger, len(between), "either" if not complement else "undergoer" if added else "complement"))


def _has_verb(chunks: Chunks, group: Group) -> bool:
    """Whether a verb follows a bare number, whose subject it then is."""
    after = chunks.sentence.atoms[group.last : group.last + 1]
    return any(atom.isa("be", "have", "do") or any(sense.form in {"past", "s"} for sense in atom.entry.verbs) for atom in after)


def _aside(chunks: Chunks, trigger: Trigger) -> bool:
    """Whether a verb only describes the group right before it, in brackets or not ("£16,400 (most of it stuffed in a dryer)")."""
    atoms = chunks.sentence.atoms
    opening = next((k for k in range(trigger.first, -1, -1) if atoms[k].low in {"(", ")"}), None)
    if opening is not None and atoms[opening].low == "(":
        return True
    participle = bool(trigger.forms & {"past", "participle"}) and not (trigger.passive or trigger.perfect)
    return participle and any(group.last == trigger.first for group in chunks.groups)


def _finite(trigger: Trigger) -> bool:
    return _is_verb(trigger) and bool(trigger.forms & {"past", "s", "base", "ing"})


def _coordinated_with(chunks: Chunks, first: Trigger, second: Trigger) -> bool:
    """ "arrested and charged two men": both verbs share what follows."""
    between = chunks.sentence.atoms[first.last : second.first]
    return all(atom.isa("and", "adverb") or atom.low == "," for atom in between)
