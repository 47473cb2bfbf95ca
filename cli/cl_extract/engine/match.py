"""Chunks -> findings: what each figure of a release measures.

A frame (head class x trigger class -> measure) says what an event and the thing it governs mean together; a set phrase is read by its pattern; a part
without a noun takes the noun and the event of its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import is_

from cl_extract.engine.chunk import Chunks, Group
from cl_extract.engine.clause import Claim, blocked, compared_with, govern, listed, verb_between
from cl_extract.engine.frames import KINDS, Frames
from cl_extract.engine.lex import Atom
from cl_extract.engine.nouns import PEOPLE, SUBSTANCES, THING, UNNAMED
from cl_extract.engine.refer import (
    VALUABLE,
    carried,
    definite,
    is_age,
    matter_between,
    mixed,
    names_other,
    only_comma,
    place_row,
    points_back,
    predicate_of,
    shared,
)
from cl_extract.engine.skeleton import Phrases, given_up
from cl_extract.engine.triggers import Trigger
from cl_extract.model import COUNT, DURATION, MASS, MONEY, VOLUME, BlockKind, Document, Figure, Kind
from cl_extract.packs.packset import VOID, Rule
from cl_extract.value import replace, value


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
class Matches:
    """The findings of a whole document, in order, and the ids of patterns that took too long over it."""

    findings: tuple[Finding, ...]
    slow: tuple[str, ...] = ()


def match(document: Document, sentences: Sequence[Chunks], frames: Frames, phrases: Phrases) -> Matches:
    """What the rules read in a whole document."""
    matcher = Matcher(document, sentences, frames, phrases)
    matcher.run()
    return matcher.matches()


@value(frozen=True, slots=True)
class Read:
    """A group with the rules that read it."""

    group: Group
    rules: tuple[Rule, ...]


_WEIGHED = frozenset({MASS, VOLUME})
_COUNTED = frozenset({COUNT, DURATION})
_LIST = BlockKind.LIST
# Blocks that end what a sentence may point back to, and those that may open a list of advice.
_OPENING = frozenset({BlockKind.TITLE, BlockKind.DATELINE})
_RUNNING = frozenset({BlockKind.HEADING, BlockKind.BODY, BlockKind.LEAD})
# Heads that leave something unsaid.
_OBLIQUE = frozenset({"preposition", "of"})
_OPEN = frozenset({"valued", "drug_unit"})
# Things that something else may be found in.
_PLACES = frozenset({"vehicle", "handset", "good"})
_DRUG, _DRUG_WORD = frozenset({"drug"}), frozenset({"drug_word"})
# How many sentences further on a figure may point back to the last one that was read, in running text and in a list.
_MEMORY = (2, 8)
# How many figures back in its sentence the whole of a part may stand.
_REACH = 12


class Matcher:
    """Goes through the sentences once, keeping what later sentences may point back to."""

    def __init__(self, document: Document, sentences: Sequence[Chunks], frames: Frames, phrases: Phrases) -> None:
        self.phrases = phrases
        self.document = document
        self.sentences = sentences
        self.frames = frames
        self.findings: list[Finding] = []
        self.spent: dict[str, float] = {}
        self.leading = frozenset(block.lead_in for block in document.blocks)
        self.open_triggers: dict[int, tuple[Claim, ...]] = {}
        self.topics: set[int] = set()
        self.drugs_before: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.drugs_in: dict[str | None, tuple[str, ...]] = {}
        self.exact: dict[Decimal, Read] = {}
        self.last_sum: tuple[int, tuple[Rule, ...]] = (-1, ())
        self.shared_out: dict[int, tuple[Rule, ...]] = {}
        self.last_read: Read | None = None
        self.last_index = -1

    def matches(self) -> Matches:
        """What was read, and the rules that were given up on the way."""
        return Matches(tuple(self.findings), given_up(self.spent))

    def run(self) -> None:
        """Read every sentence in its order; rows of a dateline, and lists of advice, tell no results."""
        block, advice = -1, False
        for index, chunks in enumerate(self.sentences):
            sentence = chunks.sentence
            if sentence.block != block:
                block = sentence.block
                if self.document.blocks[block].kind in _OPENING:
                    self.last_read = None
            kind = sentence.kind
            if kind in _RUNNING:
                advice = "advice" in chunks.classes and any(atom.isa("advice") for atom in sentence.atoms)
            if kind is not BlockKind.DATELINE and sentence.stated and not (advice and kind is _LIST):
                self.read(index, chunks)

    def read(self, index: int, chunks: Chunks) -> None:
        """Add what a sentence tells to the findings, and remember what the next may lean on."""
        if index - self.last_index > _MEMORY[chunks.sentence.kind is _LIST]:
            self.last_read = None
        lead = self.lead_in(chunks) or self.going_on(index, chunks)
        if not chunks.groups or not (lead or self.last_read or any(atom.word and atom.figure is None for atom in chunks.sentence.atoms)):
            self.remember(chunks)
            return  # without figures there is nothing to read, and bare numbers alone state nothing
        topic = self.topic(chunks)
        chunks = self.with_values(chunks, topic)
        claims = govern(chunks, self.frames, lead)
        reads: list[Read] = []
        set_phrases: dict[int, Rule] = {}
        for rule, found in self.phrases.find(chunks, self.spent):
            set_phrases.setdefault(found.first, rule)
        for at, group in enumerate(chunks.groups):
            if group.first in set_phrases:
                reads.append(Read(group, () if blocked(chunks, group, claimed=True) else (set_phrases[group.first],)))
                continue
            group, rules = (group, topic.rules) if topic is not None and at == 0 else self.settle(chunks, at, claims[at], reads)
            if not (rules or at or self.last_index != index - 1):
                group, rules = self.elided(chunks, group)
            if rules and blocked(chunks, group, claimed=any(claim.trigger.verb for claim in claims[at])):
                rules = ()
            reads.append(Read(group, rules))
        reads = self.accept_listed(chunks, reads)
        for at, read in enumerate(reads):
            if not read.rules or read.group.figure.value == 0 or any(rule.measure == VOID for rule in read.rules):
                continue
            if read.group.drugs:
                self.drugs_in[read.group.noun] = read.group.drugs
            for rule in read.rules:
                self.findings.append(self.finding(index, chunks, read.group, rule, claims[at]))
        self.keep(index, chunks, [read for read in reads if read.rules])
        self.remember(chunks)

    def keep(self, index: int, chunks: Chunks, reads: Sequence[Read]) -> None:
        """Keep the figures of a sentence that were read, for those that point back to them."""
        known: list[Read] = []
        for read in reads:
            kind = read.group.figure.kind
            if kind is COUNT:
                known.append(read)
            elif kind is MONEY:
                self.last_sum = (chunks.sentence.block, read.rules)
            if read.group.heads and not read.group.article:
                self.exact[read.group.figure.value] = read
        if known:
            self.last_read, self.last_index = next((read for read in reversed(known) if read.group.heads), known[-1]), index
            if len(known) > 1 and mixed(chunks, [read.group for read in known]):
                self.last_read = Read(replace(known[-1].group, groups=()), known[-1].rules)

    def settle(self, chunks: Chunks, at: int, claims: Sequence[Claim], reads: list[Read]) -> tuple[Group, tuple[Rule, ...]]:
        """The rules that read the group ``at``, and the group with what it leaves unsaid."""
        group = chunks.groups[at]
        rules = self.rules_for(chunks, group, claims) or gapped_figure(chunks, group, reads) or self.item_of_sum(chunks, group)
        return self.as_part(chunks, at, group, rules, reads, claims)

    def item_of_sum(self, chunks: Chunks, group: Group) -> tuple[Rule, ...]:
        """The rules of a sum for the sums that a list under it shares it out to: "£12m, made up of: • £9m for patrols"."""
        if group.kind is not MONEY or group.heads or group.first > 1:
            return ()
        lead = self.document.blocks[chunks.sentence.block].lead_in
        return self.shared_out.get(lead, ()) if lead is not None else ()

    def with_values(self, chunks: Chunks, topic: Read | None) -> Chunks:
        """Sums told to be a value take the heads and drugs of the thing they value; weights without a substance those of the one before."""
        groups: list[Group] = []
        for group in chunks.groups:
            if group.label:
                group = self.under_verb(chunks, group)
            if topic is not None and not groups:
                group = replace(group, heads=topic.group.heads, noun=topic.group.noun, groups=topic.group.groups, matter=topic.group.matter)
            whole = group.heads and group.figure.kind is COUNT and group.heads.isdisjoint(_OPEN)
            groups.append(group if whole else self.with_value(chunks, group, groups))
        return chunks if all(map(is_, groups, chunks.groups)) else chunks.with_groups(groups)

    def with_value(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        """A group with what it leaves unsaid, which the groups ``before`` it, or the text, may tell."""
        if not group.heads and before and chunks.sentence.atoms[0].isa("of") and before[0].first <= 2 and only_comma(chunks, before[-1], group):
            group = replace(group, anaphor=True)  # "Of the 14 people safeguarded, nine agreed …"
        kind = group.kind
        if kind is COUNT and not group.heads and (group.anaphor or group.more):
            group = self.pointing_back(chunks, group, before)
        if "valued" in group.heads:
            return replace(self.valued(chunks, group, before), valued=True)
        if kind in _WEIGHED and not group.heads:
            return self.substance(chunks, group, before)
        if kind is not COUNT and group.heads == _DRUG_WORD:
            return definite(chunks, group, self.drugs_before[0])
        if "drug_unit" in group.heads and not group.drugs and not group.drug_classes:
            group = carried(chunks, group, before)
            if not group.drugs and chunks.sentence.atoms[group.first + 1].isa("of"):
                group = replace(group, drugs=self.drugs_in.get(group.noun, ()))  # "4,000 of the pills"
            return group
        return shared(chunks, group, before) if kind is MONEY and not group.heads else group

    def under_verb(self, chunks: Chunks, group: Group) -> Group:
        """The figure of a column such as "Charged" without the noun of its row ("Weapons"), where that is nothing the event is done to."""
        bare = replace(group, heads=frozenset(), noun=None)
        own, alone = self.frames.of(group).triggered, self.frames.of(bare).triggered
        for trigger in chunks.triggers:
            named = not group.heads.isdisjoint(chunks.sentence.atoms[trigger.first].entry.plural)  # "Arrests: 12"
            if trigger.last == group.first - 1 and trigger.verb and not named:
                classes = [cls for cls, _ in trigger.senses]
                if own.keys().isdisjoint(classes) and not alone.keys().isdisjoint(classes):
                    return bare
        return group

    def topic(self, chunks: Chunks) -> Read | None:
        """What the figure that opens a sentence with "Of the 774, …" was read as before."""
        atoms = chunks.sentence.atoms
        group = chunks.groups[0] if chunks.groups else None
        if group is None or group.first != 2 or group.heads or group.kind is not COUNT or not atoms[0].isa("of") or atoms[1].low != "the":
            return None
        return self.exact.get(group.figure.value) if atoms[group.last : group.last + 1] and atoms[group.last].low == "," else None

    def elided(self, chunks: Chunks, group: Group) -> tuple[Group, tuple[Rule, ...]]:
        """A sentence that opens with a bare number goes on about the things just counted: "They stopped 120 cars. Fourteen were seized." """
        before = self.last_read
        after = chunks.sentence.atoms[group.last : group.last + 1]
        if (
            before is None
            or group.first
            or group.heads
            or group.kind is not COUNT
            or before.group.heads <= {"people", "thing", "vague"}
            or self.sentences[self.last_index].sentence.block != chunks.sentence.block
            or not any(atom.isa("be", "have") for atom in after)
        ):
            return group, ()
        group = replace(group, heads=before.group.heads, noun=before.group.noun, drugs=before.group.drugs, drug_classes=before.group.drug_classes)
        chunks = chunks.with_groups((group, *chunks.groups[1:]))
        rules = self.rules_for(chunks, group, govern(chunks, self.frames, ())[0])
        return (group, rules) if rules else (chunks.groups[0], ())

    def pointing_back(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        """ "33 of them guns", "a further 95": with the noun that is said of it, else that of the figure before it."""
        predicate = predicate_of(chunks, group)
        if predicate is not None and predicate.heads and not predicate.heads & {"people"}:
            return replace(group, heads=predicate.heads, noun=predicate.noun, last=predicate.last, matter=predicate.matter)
        if group.whole is not None and group.whole in self.exact:
            told = self.exact[group.whole].group  # "six of the eleven"
            return replace(group, heads=told.heads, noun=told.noun, matter=told.matter, groups=told.groups)
        whole = next(
            (g for g in reversed(before) if g.kind in _COUNTED and not (g.article and g.heads <= UNNAMED)),
            None,
        )
        if whole is None and group.anaphor and not before and self.last_read is not None:
            whole = self.last_read.group
        if whole is None or whole.kind is DURATION or not whole.heads:
            return group
        groups = predicate.groups if predicate is not None else whole.groups if len(before) < 2 or not mixed(chunks, before) else ()
        group = replace(group, whole=whole.figure.value if group.anaphor and whole.figure.qualifier == "exact" else None)
        return replace(group, heads=whole.heads, noun=whole.noun, matter=whole.matter, groups=groups, drugs=group.drugs or whole.drugs)

    def valued(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        """A sum told to be what something is worth, with the heads and drugs of that thing: the nearest before it."""
        atoms = chunks.sentence.atoms
        together = any(
            atom.low in {"combined", "combined value", "total", "together", "total value"} or "combined" in atom.low
            for atom in atoms[max(0, group.first - 6) : group.first]
        )
        if together:
            earlier = [g for g in before if g.drugs]
            if len(earlier) > 1:
                drugs = tuple(dict.fromkeys(d for g in earlier for d in g.drugs))
                return replace(group, heads=_DRUG, drugs=drugs)
        for other in reversed(before):
            if other.heads & VALUABLE and other.kind is not MONEY and not matter_between(atoms, other.last, group.first):
                return replace(group, heads=other.heads & VALUABLE, drugs=other.drugs, drug_classes=other.drug_classes)
        for k, atom in reversed(list(enumerate(atoms[: group.first]))):
            if atom.isa("order_pay"):
                return replace(group, heads=frozenset({"order"}))
            found = atom.entry.every & VALUABLE
            if found:
                drugs, classes = atom.entry.canonical.get("drug", ()), atom.entry.canonical.get("drug_class", ())
                open_word = found == {"drug_word"} and not atoms[k - 1].isa("determiner")  # "illegal drugs worth €27,000"
                if not drugs and not classes and not together and found & {"drug_word", "plant", "drug_unit"}:
                    told = (atom.entry.canonical["drug_class"] for atom in reversed(atoms[: group.first]) if "drug_class" in atom.entry.canonical)
                    drugs, classes = ((), next(told, ())) if {"drug", "drug_class"} & chunks.classes else ((), ()) if open_word else self.drugs_before
                return replace(group, heads=found, drugs=drugs, drug_classes=classes)
        if self.drugs_before != ((), ()) and not names_other(atoms, group.first):
            return replace(group, heads=_DRUG, drugs=self.drugs_before[0], drug_classes=self.drugs_before[1])
        return group

    def substance(self, chunks: Chunks, group: Group, before: list[Group]) -> Group:
        """ "10kg and 15kg of cannabis" shares what follows; "cannabis weighing 46kg" and "another 112 grams" what came before."""
        atoms = chunks.sentence.atoms
        following = next((g for g in chunks.groups if g.first >= group.last), None)
        if following is not None and following.kind is group.kind and following.heads & SUBSTANCES and following.first - group.last <= 1:
            return replace(group, heads=following.heads, drugs=following.drugs, drug_classes=following.drug_classes)
        for at in range(group.first - 1, max(-1, group.first - 12), -1):
            atom = atoms[at]
            found = atom.entry.every & SUBSTANCES
            if found:
                return replace(
                    group, heads=frozenset(found), drugs=atom.entry.canonical.get("drug", ()), drug_classes=atom.entry.canonical.get("drug_class", ())
                )
        for other in reversed(before):
            if other.heads & SUBSTANCES or other.drugs:
                return replace(group, heads=_DRUG, drugs=other.drugs, drug_classes=other.drug_classes)
        if len(self.drugs_before[0]) == 1 and group.first and atoms[group.first - 1].low in {"further", "additional", "extra", "another"}:
            return replace(group, heads=_DRUG, drugs=self.drugs_before[0])
        return group

    def lead_in(self, chunks: Chunks) -> tuple[Claim, ...]:
        """The triggers left open by the paragraph that introduces this list item."""
        own = self.document.blocks[chunks.sentence.block]
        if own.lead_in is None or (not own.cells and self.document.blocks[own.lead_in].kind is BlockKind.HEADING and not self.is_open(own.lead_in)):
            return ()  # a heading tells what the figures of a table are, and only what the next paragraphs are about
        return self.open_triggers.get(own.lead_in, ())

    def going_on(self, index: int, chunks: Chunks) -> tuple[Claim, ...]:
        """The triggers of the sentence before one that goes on about what it told of: "They included a lock knife"."""
        atoms = chunks.sentence.atoms
        if len(atoms) < 3 or "part_lead" not in atoms[1].entry.classes or atoms[0].low not in _GOING_ON or not index:
            return ()
        before = self.sentences[index - 1]
        return _left_open(before) if before.sentence.block == chunks.sentence.block else ()

    def is_open(self, block: int) -> bool:
        """Whether a paragraph or heading ends in a colon."""
        return self.document.text[self.document.blocks[block].end - 1] == ":"

    def rules_for(self, chunks: Chunks, group: Group, claims: Sequence[Claim]) -> tuple[Rule, ...]:
        """The rules that read a group: for a count one of each measure that a trigger asks for, for other kinds the nearest alone."""
        met = self.frames.of(group)
        if not (claims or met.alone or (met.verbless and not chunks.verbal)) or _done_with(chunks, group) or _inside(chunks, group):
            return ()
        candidates: list[tuple[Rule, Claim | None]] = [
            (rule, claim)
            for claim in claims
            for rule in met.triggered.get(claim.cls, ())
            if (claim.side == "either" or rule.either or rule.complement == (claim.side == "complement")) and self.allows(chunks, group, rule, claim)
        ]
        candidates += [(rule, None) for rule in met.alone if self.allows(chunks, group, rule, None)]
        if not (candidates or chunks.verbal):
            oblique = bool(group.first) and chunks.sentence.atoms[group.first - 1].isin(_OBLIQUE)  # "trips in three cars"
            candidates = [(rule, None) for rule in met.verbless if not oblique and self.allows(chunks, group, rule, None)]
        if len(candidates) < 2:
            return tuple([rule for rule, _ in candidates])
        if group.figure.kind is not COUNT:
            candidates.sort(key=lambda candidate: (candidate[1].gap if candidate[1] else 99, candidate[0].measure != VOID))
            return (candidates[0][0],)
        candidates.sort(key=lambda candidate: (not candidate[0].wins, not candidate[0].near))
        if candidates[0][0].wins:
            return (candidates[0][0],)
        triggered = {rule.measure: rule for rule, claim in reversed(candidates) if claim is not None}
        return tuple(triggered.values()) if triggered else (candidates[0][0],)

    def allows(self, chunks: Chunks, group: Group, rule: Rule, claim: Claim | None) -> bool:
        """Whether the conditions of a rule hold here: the words near it, its voice and reach, and what "a" and "an" may count."""
        atoms = chunks.sentence.atoms
        if group.article and (rule.article == "never" or (claim is None and not self.article_by_list(chunks, group))):
            return False
        if rule.near and chunks.classes.isdisjoint(rule.near):
            return False
        if rule.near and group.matter.isdisjoint(rule.near):
            others = {k for g in chunks.groups if g is not group and not g.article for k in range(g.first, g.last)}  # their words tell of them
            reach = [atoms[k] for k in self.reach(chunks, group) if k not in others]
            if all(atom.entry.every.isdisjoint(rule.near) for atom in reach):
                return False
        if rule.unless and not chunks.classes.isdisjoint(rule.unless):
            first, last = (claim.trigger.last, group.first) if claim and claim.trigger.last <= group.first else (group.first, group.first)
            window = [*atoms[first:last], *atoms[max(0, group.first - 3) : group.first], *atoms[group.last : group.last + 2]]
            if not all(atom.entry.every.isdisjoint(rule.unless) for atom in window):
                return False
        if group.article and claim is not None and (claim.trigger.infinitive or (claim.trigger.first == 0 and claim.trigger.forms == {"base"})):
            return False  # "it takes 90 seconds to crush a bike", "Hand in a knife at any station"
        if group.article and claim is not None and claim.trigger.last < group.first and atoms[group.first - 1].isin(_OBLIQUE):
            return False  # "751kg of cocaine from a yacht", "£450 in the boot of a taxi"
        if rule.passive and (claim is None or not claim.trigger.passive or claim.side == "complement"):
            return False
        if rule.passive and group.first and atoms[group.first - 1].isin(_OBLIQUE):
            return False  # "hurled them over a prison wall have been jailed"
        if (
            rule.passive
            and group.first
            and atoms[group.first - 1].low == "after"
            and any(a.low in {",", "and"} for a in atoms[group.last : group.last + 1])
        ):
            return False  # "After a chase, two men were arrested", "was convicted after a long trial and was jailed"
        if rule.reach and claim is not None and claim.gap > rule.reach:
            return False
        if rule.adjacent and claim is not None and claim.trigger.last <= group.first:
            between = [other for other in chunks.groups if claim.trigger.last <= other.first < group.first and not _holder(chunks, other)]
            near = 4 if chunks.sentence.atoms[group.first - 1].low == "for" and group.kind is DURATION else 2
            return not between or (between[-1].kind is group.kind and group.first - between[-1].last <= near and listed(chunks, between[-1], group))
        if rule.adjacent and claim is not None and claim.trigger.first >= group.last:
            between = [other for other in chunks.groups if group.last <= other.first < claim.trigger.first]
            return not between or listed(chunks, group, between[0])
        return True

    def reach(self, chunks: Chunks, group: Group) -> Iterable[int]:
        """The atoms that may tell what a group is about: in a line without a verb all, else the one before it and some after it."""
        if not chunks.verbal:
            return range(len(chunks.sentence.atoms))
        return [*range(max(0, group.first - 1), group.first), *range(group.last, min(group.last + 11, len(chunks.sentence.atoms)))]

    def article_by_list(self, chunks: Chunks, group: Group) -> bool:
        """Whether "a" or "an" stands in a list that has no verb of its own: a bullet, or a row of results."""
        before = chunks.sentence.atoms[group.first - 1] if group.first else None
        if before is not None and not before.isa("and", "part_lead") and before.low not in {",", ";", ":", "-", "("}:
            return False
        return not chunks.verbal and (chunks.sentence.kind is _LIST or any(other is not group and not other.article for other in chunks.groups))

    def accept_listed(self, chunks: Chunks, reads: list[Read]) -> list[Read]:
        """A thing that no rule reads for itself, in one list with a thing that was seized, was seized too: "…, an axe and nine vehicles"."""
        if len(reads) < 2:
            return reads
        made = list(reads)
        for at, read in enumerate(reads):
            group = read.group
            if read.rules or group.kind is not COUNT or group.heads <= UNNAMED or _done_with(chunks, group):
                continue
            if group.first and not group.heads.isdisjoint(_PLACES) and chunks.sentence.atoms[group.first - 1].isa("preposition"):
                continue  # "£5,000 from a car and £3,000 from a house"
            met = self.frames.of(group)
            rules = [rule for rule in (*met.alone, *met.verbless) if rule.triggers and not rule.near]
            for neighbour in [made[k] for k in (at - 1, at + 1) if 0 <= k < len(made) and made[k].rules]:
                first, last = sorted((group, neighbour.group), key=lambda g: g.first)
                shared = [rule for rule in rules if any(set(rule.triggers) & set(other.triggers) for other in neighbour.rules)]
                alike = neighbour.group.heads == group.heads and not (neighbour.group.anaphor or group.article)
                if alike and listed(chunks, first, last):
                    made[at] = Read(group, neighbour.rules)  # "events at 10 schools, two colleges"
                    break
                if shared and (shared[0].article != "never" or not group.article) and listed(chunks, first, last):
                    made[at] = Read(group, (shared[0],))
                    break
        return made

    def as_part(
        self, chunks: Chunks, at: int, group: Group, rules: tuple[Rule, ...], reads: list[Read], claims: Sequence[Claim]
    ) -> tuple[Group, tuple[Rule, ...]]:
        """A figure without a noun of its own takes the noun and the measure of its whole."""
        if group.kind is not COUNT:
            return group, rules
        if group.heads and rules:
            if group.anaphor or group.more:
                whole = self.whole(chunks, at, group, reads)
                if whole is not None and whole.rules and whole.group.heads == group.heads:
                    return group, whole.rules if _yields(claims, rules, whole.rules) else rules
            return group, rules
        if group.heads == {"people"} and group.last - group.first == 3 and chunks.sentence.atoms[group.first + 1].isa("partwise"):
            return group, self.undergone(group, chunks.sentence.atoms[group.last - 1])  # "eleven of those held were under 18"
        if group.heads and not (group.anaphor or group.more):
            gapped = _gapped(chunks, group, reads)
            if gapped:
                return group, gapped
            return self.people_part(chunks, group, reads) if "people" in group.heads and reads else (group, rules)
        whole = self.whole(chunks, at, group, reads)
        if whole is None and reads and not (rules or group.more or reads[-1].group.heads):
            return group, _gapped(chunks, group, reads[-1:])
        if whole is None or whole.group.kind is not COUNT or (group.figure.value == 1 and _holder(chunks, group)):
            return group, rules
        if group.more and not group.anaphor and group.heads == {"thing"} and whole.group.heads != {"thing"}:
            return group, rules  # "three arrests were made and four additional inquiries begun"
        predicate = predicate_of(chunks, group)
        if rules and not (_kept_out(rules, whole.rules) and points_back(chunks, group)):
            back = group.anaphor or group.more or points_back(chunks, group)
            return replace(group, groups=predicate.groups if predicate else whole.group.groups if back else ()), rules
        if not whole.rules:
            return group, ()
        if not points_back(chunks, group):
            return group, ()
        if predicate is not None and predicate.heads:
            heads = predicate.heads
            part = replace(group, heads=heads, noun=predicate.noun, last=predicate.last, groups=predicate.groups, matter=predicate.matter)
            if heads == whole.group.heads or heads <= {"people"}:
                return part, whole.rules
            found = self.frames.of(part).alone[:1]
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

    def undergone(self, group: Group, atom: Atom) -> tuple[Rule, ...]:
        """The rule that a participle alone asks for: "those arrested"."""
        classes = [sense.cls for sense in atom.entry.verbs if sense.form in {"past", "participle"} and sense.voice == "object"]
        met = self.frames.of(group)
        return tuple([rule for cls in classes for rule in met.triggered.get(cls, ()) if not rule.complement and not rule.near])[:1]

    def whole(self, chunks: Chunks, at: int, group: Group, reads: list[Read]) -> Read | None:
        """What a figure without a noun is part of: the topic the sentence opens with, else the figure before it."""
        atoms = chunks.sentence.atoms
        if not reads and len(atoms) > 2 and atoms[0].isa("partwise"):
            people = Group(0, 1, group.figure, PEOPLE, "person")
            told = next((found for atom in atoms[1:4] if (found := self.undergone(people, atom))), ())
            if told:
                return Read(people, told)
        if not reads and len(atoms) > 2 and atoms[0].isa("of") and atoms[1].isa("determiner"):
            nouns = [sense for sense in atoms[2].entry.nouns if sense.plural]
            topic = Group(2, 3, group.figure, frozenset(sense.cls for sense in nouns), nouns[0].singular_form) if nouns else None
            if topic is not None and group.first > 3:
                alone = self.frames.of(topic).alone[:1]
                if not alone and self.last_read is not None and self.last_read.group.heads & topic.heads:
                    return self.last_read
                return Read(topic, alone)
        compared = compared_with(chunks, group)
        for read in reversed(reads[-_REACH:]):
            if (read.group.article or compared or _inside(chunks, read.group)) and not read.rules:
                continue
            if read.group.kind is DURATION or (read.group.kind is COUNT and read.group.heads):
                if group.anaphor and len(reads) > 1 and mixed(chunks, [read.group for read in reads]):
                    return Read(replace(read.group, groups=()), read.rules)
                return read
        lead = self.document.blocks[chunks.sentence.block].lead_in
        opens = bool(atoms) and (atoms[0].isa("partwise") or place_row(chunks, group) or lead in self.topics)
        return self.last_read if at == 0 and (group.anaphor or group.more or opens or compared_with(chunks, group)) else None

    def people_part(self, chunks: Chunks, group: Group, reads: list[Read]) -> tuple[Group, tuple[Rule, ...]]:
        """ "including 12 children", "namely six men and three women", "(five adults, three children)": parts of the people just counted."""
        before = chunks.sentence.atoms[group.first - 1] if group.first else None
        if group.article and before is not None and (before.low == "being" or (before.low == "," and reads[-1].group.last == group.first - 1)):
            return group, ()  # "one of the men, a 34-year-old from Leeds, was jailed"
        for read in reversed(reads):
            if read.rules and read.group.kind is COUNT and (read.group.heads & {"people", "arrest", "none"} or not read.group.heads):
                between = chunks.sentence.atoms[read.group.last : group.first]
                part = replace(group, whole=read.group.figure.value if read.group.figure.qualifier == "exact" else None)
                if any(atom.isa("part_lead", "partwise") or atom.low in {"(", ":", "-"} for atom in between) and not any(
                    atom.low in {";", ")"} for atom in between
                ):
                    return part, read.rules
                if read.group.heads == PEOPLE and not verb_between(chunks, read.group, group) and len(between) <= 8:
                    return replace(group, whole=read.group.whole), read.rules
        return group, ()

    def finding(self, index: int, chunks: Chunks, group: Group, rule: Rule, claims: Sequence[Claim]) -> Finding:
        """What a rule reads in a group, with the attributes that its measure is narrowed by and the words that state it."""
        sentence, narrowed = chunks.sentence, rule.narrowed_by
        kind = KINDS[group.figure.kind]
        unit = rule.unit or group.noun if kind == "count" else group.figure.unit
        drugs = (group.drugs or rule.attributes.get("drug", ())) if "drug" in narrowed else ()
        classes = group.drug_classes if "drug_class" in narrowed else ()
        groups = group.groups if "group" in narrowed else ()
        first, last = _stated(chunks, group, [claim.trigger for claim in claims if claim.cls in rule.triggers and not claim.outside])
        start, end = sentence.start(first), sentence.end(last - 1)
        number = sentence.tokens.start[group.figure.first]
        return Finding(rule, kind, group.figure, unit, drugs, classes, groups, start, end, number, index, group.whole)

    def remember(self, chunks: Chunks) -> None:
        """Keep what later sentences may lean on: the drugs named, and the triggers that a list under this paragraph is led in by."""
        sentence = chunks.sentence
        if "drug" in chunks.classes or "drug_class" in chunks.classes:
            drugs: dict[str, None] = {}
            classes: dict[str, None] = {}
            for atom in sentence.atoms:
                named = atom.entry.canonical
                if named:
                    drugs.update(dict.fromkeys(named.get("drug", ())))
                    classes.update(dict.fromkeys(named.get("drug_class", ())))
            if drugs or classes:  # a list names many drugs, and "the drugs" after it are all of them
                self.drugs_before = ((), ()) if sentence.kind is _LIST else (tuple(drugs), tuple(classes))
        if sentence.block not in self.leading:
            return
        if self.last_sum[0] == sentence.block and sentence.atoms[-1].low == ":" and any(atom.isa("part_lead") for atom in sentence.atoms[-3:]):
            self.shared_out[sentence.block] = self.last_sum[1]
        if sentence.atoms and sentence.atoms[0].isa("of", "partwise"):
            self.topics.add(sentence.block)
        self.open_triggers[sentence.block] = _left_open(chunks)


_GOING_ON = frozenset({"they", "these", "those", "items"})


def _left_open(chunks: Chunks) -> tuple[Claim, ...]:
    """The triggers of a sentence that may govern what the next ones list."""
    return tuple(
        Claim(cls, trigger, 0)
        for trigger in chunks.triggers[-3:]
        for cls, voice in trigger.senses
        if voice in {"object", "act", "subject"} and not (trigger.modal or trigger.negated)
    )


def _kept_out(rules: Sequence[Rule], whole: Sequence[Rule]) -> bool:
    """Whether the rules that read a part may not stand beside what tells of its whole: "31 were arrested; nine of those had failed a test"."""
    return any(not {*rule.unless}.isdisjoint((*other.heads, *other.triggers)) for rule in rules for other in whole)


def _yields(claims: Sequence[Claim], rules: Sequence[Rule], whole: Sequence[Rule]) -> bool:
    """Whether a part is read as its whole is: no verb governs it, or one that stands apart, or whose rule the whole's keeps out."""
    return not claims or _kept_out(rules, whole) or (whole[0].wins and not any(claim.trigger.passive and claim.gap <= 3 for claim in claims))


def gapped_figure(chunks: Chunks, group: Group, reads: Sequence[Read]) -> tuple[Rule, ...]:
    """The rules of the sum or term before, for one that is told in the same breath: "£9,000 from the council and £4,000 from a trust", "a further
    £800", "Dunn was jailed for two years; Ali for three".
    """
    atoms = chunks.sentence.atoms
    if group.kind is DURATION and group.first > 1 and atoms[group.first - 1].low == "for" and atoms[group.first - 2].capital:
        return next((read.rules for read in reversed(reads) if read.group.kind is DURATION and read.rules), ())
    if group.kind is not MONEY:
        return ()
    before = next((read for read in reversed(reads) if read.group.kind is MONEY and read.rules), None)
    if before is None or group.heads or group.last >= len(atoms) or not atoms[group.last].isa("preposition"):
        return ()
    more = {"further", "additional", "another", "extra", "remaining"}
    told = atoms[before.group.last : before.group.last + 1]
    alike = any(atom.low == atoms[group.last].low for atom in told)
    return before.rules if alike or atoms[group.first - 1].low in more else ()


def _gapped(chunks: Chunks, group: Group, reads: Sequence[Read]) -> tuple[Rule, ...]:
    """The rules of the verb that is left out: "a boy was held for one thing and a woman for another", "three women with fraud"."""
    atoms = chunks.sentence.atoms
    before = atoms[group.first - 1] if group.first else None
    if before is None or not (before.low in {",", ";"} or before.isa("and", "determiner")):
        return ()
    at = group.last
    while at < len(atoms) and (not atoms[at].word or atoms[at].low in {"and", "aged"} or is_age(atoms[at])):
        at += 1
    if at >= len(atoms) or atoms[at].low not in {"for", "with", "of", "on"}:
        return ()
    counted = [read for read in reads if read.rules and read.group.kind is COUNT]
    whole = next((read for read in reversed(counted) if read.group.heads & group.heads or not group.heads), None)
    return whole.rules if whole is not None else ()


def _stated(chunks: Chunks, group: Group, triggers: Sequence[Trigger]) -> tuple[int, int]:
    """The atoms that state a figure: its group, and the verb where only grammar stands between ("186 people have been arrested")."""
    atoms = chunks.sentence.atoms
    first, last = group.first, group.last
    for trigger in triggers:
        between = atoms[group.last : trigger.first] if trigger.first >= group.last else atoms[trigger.last : group.first]
        if not between or (len(between) <= 4 and all(atom.isin(_JOINING) or atom.low in {"with", "to", "for"} for atom in between)):
            first, last = min(first, trigger.first), max(last, trigger.last)
    return first, last


_JOINING = frozenset({"be", "have", "adverb"})


def _holder(chunks: Chunks, group: Group) -> bool:
    """Whether a bare number only tells whose term follows it ("jailed, one for nine years and two for six")."""
    if group.heads or group.kind is not COUNT:
        return False
    told = chunks.sentence.atoms[group.last : group.last + 2]
    return len(told) == 2 and told[0].low == "for" and told[1].figure is not None and told[1].figure.kind is DURATION


_TIMES = frozenset({"morning", "evening"})


def _done_with(chunks: Chunks, group: Group) -> bool:
    """Whether a thing is only what somebody did something with ("found 18 using a mobile phone")."""
    doing = chunks.sentence.atoms[group.first - 1] if group.first else None
    return group.article and doing is not None and doing.low.endswith("ing") and not doing.entry.verbs and doing.low not in _TIMES


def _inside(chunks: Chunks, group: Group) -> bool:
    """Whether a thing of no class is only what another holds, or where it was: "a notebook with some 300 initials", "at five stations"."""
    before = chunks.sentence.atoms[group.first - 1].low if group.first else ""
    return group.heads == THING and (before == "at" or (before == "with" and any(g.last == group.first - 1 for g in chunks.groups)))
