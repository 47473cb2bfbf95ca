"""Which event governs which figure, and whether its clause tells of something that happened at all.

One trigger governs the coordinated groups of its list, before it where it is passive ("two men and a woman were arrested"), after it where it is
active ("seized 1.3 kilos of crack, nine phones and a knife"); a lead-in governs the list items under it. Hypothetical clauses govern nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cl_extract.engine.chunk import Chunks, Group, Trigger
from cl_extract.engine.frames import Frames
from cl_extract.engine.lex import Atom
from cl_extract.model import FigureKind
from cl_extract.value import replace, value

Side = Literal["undergoer", "complement", "either"]
# Drugs may be told what they "could fetch" and are still valued at it.
_PRICED = frozenset({"drug", "drug_class", "drug_word", "plant", "drug_unit", "grow"})
# Classes that can make a clause hypothetical, general or a comparison; a sentence without any is not looked at for them.
_HYPOTHETICAL = frozenset({"condition", "maximum", "generic"})
_MODAL = frozenset({"modal", "future"})
# Relative pronouns: a "might" after one says nothing of the figure before it.
_PRONOUNS = frozenset({"who", "whom", "whose", "which", "where"})
# How many words may stand between an infinitive of purpose and the first thing it governs ("to check on people … on two of the flats").
_PURPOSE = 8


@value(frozen=True, slots=True)
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
        said_to_be = (
            group.figure.value == 1 and group.first > 0 and atoms[group.first - 1].low in {"is", "'s", "being"}
        )  # "who is one of the force's officers"
        if said_to_be or (not group.heads and (compared_with(chunks, group) or _cell(chunks, group))):
            claims[at] = []
    if lead_in:
        for at, group in enumerate(groups):
            if not group.heads and (_cell(chunks, group) or group.first > 2):
                continue
            if not claims[at]:
                claims[at] = [replace(claim, gap=group.first, outside=True) for claim in lead_in if frames.triggered(group, claim.cls)]
    return claims


def _directions(chunks: Chunks, trigger: Trigger, cls: str, voice: str, frames: Frames) -> tuple[bool, bool]:
    """Whether a trigger governs what stands before it, and what stands after it."""
    if any(group.label for group in chunks.groups[:1]):
        return True, True  # "Parents attending workshops: 540"
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
    if after is not None and any(not rule.complement for rule in frames.triggered(after, cls)) and _near(chunks, trigger.last, after.first):
        return False, True
    return (True, False) if _reduced(chunks, trigger) else (False, True)


def _claim_left(chunks: Chunks, frames: Frames, trigger: Trigger, cls: str, voice: str, claims: list[list[Claim]]) -> None:
    atoms, groups = chunks.sentence.atoms, chunks.groups
    if _pronoun_subject(chunks, trigger) and not _object_relative(chunks, trigger):
        return
    nearest: int | None = None
    parted = next((k for k in range(trigger.first - 1, -1, -1) if atoms[k].low == ";"), -1)
    for at in range(len(groups) - 1, -1, -1):
        group = groups[at]
        if group.last > trigger.first or group.valued:
            continue
        if group.last <= parted or _those_between(atoms[group.last : trigger.first]):
            return
        if not any(not rule.complement or rule.either or voice == "post" for rule in frames.triggered(group, cls)):
            if nearest is not None and not listed(chunks, group, groups[at + 1]):
                return
            if voice == "subject" and group.heads and group.last == trigger.first:
                return  # "Two officers were hurt and three people arrested"
            continue
        if nearest is None:
            if _between_commas(chunks, at, trigger):
                continue
            if _inside_relative(chunks, at) and any(frames.triggered(other, cls) for other in groups[:at]):
                continue  # "A man who recruited a 15-year-old boy has been jailed"
            oblique = trigger.passive and voice == "object" and group.first > 0 and atoms[group.first - 1].isa("preposition")
            oblique = oblique and not (atoms[group.first - 1].low == "with" and atoms[trigger.first - 1].low == "being")
            if oblique and any(frames.triggered(other, cls) for other in groups[:at] if other.kind is group.kind):
                continue  # "a man whose home was taken over by two dealers was safeguarded"
            if (
                not group.heads
                and group.kind is FigureKind.COUNT
                and not (group.anaphor or group.more)
                and (group.first and atoms[group.first - 1].low == "among")
            ):
                continue  # "were among 13 searched": of what the sentence tells of
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
            or (group.heads <= {"thing", "vague"} and not groups[nearest].heads <= {"thing", "vague"})  # "failing a test, 13 drivers were arrested"
            or not listed(chunks, group, groups[at + 1])
            or any(claim.cls != cls and claim.trigger.first < group.first for claim in claims[at])
        ):
            return
        claims[at].append(Claim(cls, trigger, trigger.first - group.last, "either" if voice == "post" else "undergoer"))


def _between_commas(chunks: Chunks, at: int, trigger: Trigger) -> bool:
    """Whether a part stands between its whole and the verb of that: "Five people, two of whom were children, were arrested"."""
    atoms, group = chunks.sentence.atoms, chunks.groups[at]
    if not (at and group.anaphor and any(atom.low == "," for atom in atoms[group.first - 2 : group.first])):
        return False
    if verb_between(chunks, chunks.groups[at - 1], group):
        return False  # "31 people were arrested, nine of whom, all men, were charged"
    closing = trigger.first - 1
    while closing > group.last and atoms[closing].isa("be", "have", "adverb"):
        closing -= 1
    return atoms[closing].low == "," and closing < trigger.first - 1


def _those_between(between: Sequence[Atom]) -> bool:
    """Whether a clause with "those" as its subject has begun ("14 people were charged, and those dealt with have been jailed")."""
    return any(
        joint.isa("and") and subject.low == "those" and (bool(after.entry.verbs) or after.low == "who")
        for joint, subject, after in zip(between, between[1:], between[2:], strict=False)
    )


def _inside_relative(chunks: Chunks, at: int) -> bool:
    """Whether a group is what somebody did something to in a relative clause, or a second name of the group before it (", a 34-year-old …,")."""
    atoms, groups = chunks.sentence.atoms, chunks.groups
    group = groups[at]
    for other in groups[:at]:
        if (other.heads & group.heads or group.heads <= {"thing", "vague"}) and other.last < len(atoms) and atoms[other.last].low == "who":
            clause = atoms[other.last : group.first]
            if not any(atom.low in {",", ";"} or atom.isa("and", "be", "have") for atom in clause):
                return True
    before = groups[at - 1] if at else None
    if before is None or not group.article:
        return False
    return before.last == group.first - 1 and atoms[before.last].low == "," and bool(before.heads & group.heads)


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
        if not started and len(between) > (7 if voice == "act" else _PURPOSE if trigger.infinitive else len(atoms)):
            return
        if any(atom.low == ";" for atom in between) and not started:
            return
        added = complement and (any(atom.isa("additive") for atom in between) or (bool(between) and between[0].low == ":"))
        if not any(rule.complement or rule.either or not complement or added for rule in frames.triggered(group, cls)):
            continue
        if (
            not group.heads
            and group.kind is FigureKind.COUNT
            and not _near(chunks, trigger.last, group.first)
            and (not started or _has_verb(chunks, group))
        ):
            continue
        if (
            at
            and groups[at - 1].first >= trigger.last
            and any(atom.low in {"was", "were", "have", "has"} for atom in atoms[group.last : group.last + 1])
            and atoms[group.first - 1].isa("and")
        ):
            return  # "helped 519 adults, and 30 people were referred"
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
    return is_verb(trigger) and bool(trigger.forms & {"past", "s", "base", "ing"})


def _coordinated_with(chunks: Chunks, first: Trigger, second: Trigger) -> bool:
    """ "arrested and charged two men": both verbs share what follows."""
    between = chunks.sentence.atoms[first.last : second.first]
    return all(atom.isa("and", "adverb") or atom.low == "," for atom in between)


def _cell(chunks: Chunks, group: Group) -> bool:
    """Whether a figure is the cell of a table, with others before and after it."""
    atoms = chunks.sentence.atoms
    return group.first > 0 and group.last < len(atoms) and atoms[group.first - 1].low == "|" == atoms[group.last].low


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
            atom.isa("determiner", "article", "adverb", "of", "estimate") or atom.low in {"total", "a total of", "to", "with", "record", "|"}
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
    return len(between) <= 8 and not any(atom.isa("relative", "pronoun", "officer", "force_gb") or atom.low in {",", ";"} for atom in between)


def listed(chunks: Chunks, first: Group, last: Group) -> bool:
    """Whether two groups are members of one list: nothing between them but joints and what modifies the first."""
    between = chunks.sentence.atoms[first.last : last.first]
    if len(between) == 1 and (between[0].isa("of") or between[0].low in {"containing", "with", "holding"}):
        return True
    return (
        bool(between)
        and len(between) <= 14
        and any(atom.isa("and") or atom.low in {",", ";", "-"} for atom in between)
        and not verb_between(chunks, first, last)
    )


def verb_between(chunks: Chunks, first: Group, last: Group) -> bool:
    """Whether a verb, a semicolon or a colon parts two groups."""
    atoms = chunks.sentence.atoms[first.last : last.first]
    return any(first.last <= trigger.first < last.first and not trigger.forms <= {"ing"} and is_verb(trigger) for trigger in chunks.triggers) or any(
        atom.isa("be", "have", "modal", "future") or atom.low in {";", ":"} for atom in atoms
    )


def is_verb(trigger: Trigger) -> bool:
    """Whether a trigger is a verb, and not the noun of an act ("the seizure of")."""
    return any(voice in {"object", "subject"} for _, voice in trigger.senses)


def compared_with(chunks: Chunks, group: Group) -> bool:
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


def blocked(chunks: Chunks, group: Group, *, claimed: bool) -> bool:
    """Whether the clause of a group is hypothetical, general or a comparison of differences.

    A group that a trigger governs (``claimed``) has its modal looked at there: "we gave our talk at 63 schools and must have been asked often".
    """
    atoms = chunks.sentence.atoms
    if group.first and atoms[group.first - 1].isa("negation"):
        return True
    after = [atom.low for atom in atoms[group.last : group.last + 3]]
    before = [atom.low for atom in atoms[max(0, group.first - 2) : group.first]]
    if before == ["of", "the"] and group.first > 2 and _share(atoms[group.first - 3]):
        return True  # "almost 20% of the 391 motorists tested"
    if after[:1] == ["can"]:
        return True  # "A kilo of cocaine can be cut into thousands of deals"
    if group.more and ("than" in after or "comparison" in chunks.classes):
        return True
    if group.article and not {"is", "are", "isn't", "can"}.isdisjoint(after[:2]):
        return True  # "A phone isn't just …"
    if group.kind is not FigureKind.MONEY and "alleged" in chunks.classes and any(atom.isa("alleged") for atom in atoms[: group.first]):
        return True  # "It will be alleged that the network was bringing in up to 6kg a month"
    opening = next((k + 1 for k in range(group.first - 1, -1, -1) if atoms[k].low in {'"', ":"}), 0)
    if _general(atoms[opening:]):
        return True
    if "condition" in chunks.classes and any(atom.isa("condition") for atom in atoms[: group.first]):
        return True
    moods = _HYPOTHETICAL if claimed or (group.valued and group.heads & _PRICED) else _HYPOTHETICAL | _MODAL
    return not moods.isdisjoint(chunks.classes) and any(not moods.isdisjoint(atom.entry.classes) for atom in _clause(atoms, group))


def _share(atom: Atom) -> bool:
    return atom.figure is not None and atom.figure.kind in {FigureKind.PERCENT, FigureKind.RATIO}


def _clause(atoms: Sequence[Atom], group: Group) -> Sequence[Atom]:
    """The atoms between the marks around a group; where they hold no verb, those of the clause before too ("…, and 5kg for 14")."""
    first = group.first
    while first > 0 and not (not atoms[first - 1].word and atoms[first - 1].low in ",;:-("):
        first -= 1
    last = group.last
    while last < len(atoms) and not (not atoms[last].word and atoms[last].low in ",;:-)") and atoms[last].low not in _PRONOUNS:
        last += 1
    if not any(atom.isa("be", "have", "modal") or atom.entry.verbs for atom in atoms[first:last]):
        while first > 0 and (first == 1 or atoms[first - 2].word or atoms[first - 2].low not in ",;:-("):
            first -= 1
    return atoms[first:last]


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
