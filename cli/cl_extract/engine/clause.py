"""Which event governs which figure, and whether its clause tells of something that happened at all.

One trigger governs the coordinated groups of its list, before it where it is passive ("two men and a woman were arrested"), after it where it is
active ("seized 1.3 kilos of crack, nine phones and a knife"); a lead-in governs the list items under it. Hypothetical clauses govern nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from cl_extract.engine.chunk import Chunks, Group
from cl_extract.engine.frames import Frames, Met
from cl_extract.engine.lex import Atom
from cl_extract.engine.nouns import PAST, UNNAMED
from cl_extract.engine.triggers import Trigger
from cl_extract.model import AGE, COUNT, MONEY, PERCENT, RATIO
from cl_extract.value import value

Side = Literal["undergoer", "complement", "either"]
# Drugs may be told what they "could fetch" and are still valued at it.
_PRICED = frozenset({"drug", "drug_class", "drug_word", "plant", "drug_unit", "grow"})
# Classes that can make a clause hypothetical, general or a comparison; a sentence without any is not looked at for them.
_HYPOTHETICAL = frozenset({"condition", "maximum", "generic"})
_UNREAL = _HYPOTHETICAL | {"modal", "future"}
# Relative pronouns: a "might" after one says nothing of the figure before it.
_ADDING = frozenset({"additive", "part_lead"})
_WHILE = frozenset({"while", "whilst", "but"})
_GOODS = frozenset({"thing", "container", "good"})
_PRONOUNS = frozenset({"who", "whom", "whose", "which", "where"})
# How many words may stand between an infinitive of purpose and the first thing it governs ("to check on people … on two of the flats").
_PURPOSE = 8
# Pronouns that begin a clause of their own.
_SUBJECTS = frozenset({"we", "they", "he", "she"})
_PASSIVE_SUBJECTS = _SUBJECTS | {"it", "i", "you"}
_FINITE = frozenset({"past", "s", "base", "ing"})
_PROGRESSIVE = frozenset({"ing"})


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
    met = [frames.of(group) for group in groups]
    for trigger in chunks.triggers:
        if trigger.negated or trigger.modal or trigger.future:
            continue
        for cls, voice in trigger.senses:
            asked = [at for at, one in enumerate(met) if cls in one.triggered]
            if not asked:
                continue
            left, right = _directions(chunks, met, trigger, cls, voice)
            if left:
                _claim_left(chunks, met, asked, trigger, cls, voice, claims)
            if voice != "post":
                _claim_right(chunks, met, asked, frames, trigger, cls, voice, claims, complement=not right)
    for at, group in enumerate(groups):
        if not claims[at]:
            continue
        said_to_be = group.first > 0 and atoms[group.first - 1].low in {"is", "'s", "being"} and group.figure.value == 1
        if said_to_be or (not group.heads and (compared_with(chunks, group) or _cell(chunks, group))):
            claims[at] = []  # "who is one of the force's officers"
    if lead_in:
        for at, group in enumerate(groups):
            if claims[at] or (not group.heads and (_cell(chunks, group) or group.first > 2)):
                continue
            claims[at] = [Claim(claim.cls, claim.trigger, group.first, claim.side, True) for claim in lead_in if claim.cls in met[at].triggered]
    return claims


def _directions(chunks: Chunks, met: Sequence[Met], trigger: Trigger, cls: str, voice: str) -> tuple[bool, bool]:
    """Whether a trigger governs what stands before it, and what stands after it."""
    if chunks.groups[0].label:
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
    if trigger.perfect or trigger.infinitive or trigger.forms.isdisjoint(PAST):
        return False, True
    after = next((at for at, group in enumerate(chunks.groups) if group.first >= trigger.last), None)
    if after is not None and cls in met[after].direct and _near(chunks, trigger.last, chunks.groups[after].first):
        return False, True
    return (True, False) if _reduced(chunks, trigger) else (False, True)


def _claim_left(chunks: Chunks, met: Sequence[Met], asked: Sequence[int], trigger: Trigger, cls: str, voice: str, claims: list[list[Claim]]) -> None:
    """Claims for what stands before a trigger; ``asked`` are the places of the groups that meet a frame of its class."""
    atoms, groups = chunks.sentence.atoms, chunks.groups
    fit = [at for at in asked if groups[at].last <= trigger.first and not groups[at].valued and (voice == "post" or cls in met[at].undergoers)]
    if not fit or (_pronoun_subject(chunks, trigger) and not _object_relative(chunks, trigger)):
        return
    nearest: int | None = None
    parted = next((k for k in range(trigger.first - 1, -1, -1) if atoms[k].low == ";"), -1) if ";" in chunks.words else -1
    for at in range(len(groups) - 1, fit[0] - 1, -1):
        group = groups[at]
        if group.last > trigger.first or group.valued:
            continue
        if group.last <= parted or ("those" in chunks.words and _those_between(atoms[group.last : trigger.first])):
            return
        if at not in fit:
            if nearest is not None and not listed(chunks, group, groups[at + 1]):
                return
            if voice == "subject" and group.heads and group.last == trigger.first and not (group.first and atoms[group.first - 1].isa("preposition")):
                return  # "Two officers were hurt and three people arrested", but "40 officers from two forces took part"
            continue
        if nearest is None:
            if _between_commas(chunks, at, trigger):
                continue
            if asked[0] < at and _inside_relative(chunks, at):
                continue  # "A man who recruited a 15-year-old boy has been jailed"
            before = atoms[group.first - 1] if group.first else None
            oblique = trigger.passive and voice == "object" and before is not None and before.isa("preposition")
            oblique = oblique and not (before is not None and before.low == "with" and atoms[trigger.first - 1].low == "being")
            if oblique and any(groups[other].kind is group.kind for other in asked if other < at):
                continue  # "a man whose home was taken over by two dealers was safeguarded"
            if not group.heads and group.kind is COUNT and not (group.anaphor or group.more):
                if before is not None and before.low == "among":
                    continue  # "were among 13 searched": of what the sentence tells of
                if not _only_grammar(chunks, group.last, trigger.first):
                    continue
            nearest = at
        elif (
            groups[nearest].anaphor
            or (group.heads <= UNNAMED and not groups[nearest].heads <= UNNAMED)  # "failing a test, 13 drivers were arrested"
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


def _claim_right(
    chunks: Chunks,
    met: Sequence[Met],
    asked: Sequence[int],
    frames: Frames,
    trigger: Trigger,
    cls: str,
    voice: str,
    claims: list[list[Claim]],
    *,
    complement: bool,
) -> None:
    """Claims for what follows a trigger; with ``complement`` (a passive) only what the verb takes, and what "along with" adds to its subject."""
    atoms, groups, words = chunks.sentence.atoms, chunks.groups, chunks.words
    adding = complement and (not _ADDING.isdisjoint(chunks.classes) or ":" in words)
    reach = 7 if voice == "act" else _PURPOSE if trigger.infinitive else len(atoms)
    started = False
    for at in asked:
        group = groups[at]
        gap = group.first - trigger.last
        if gap < 0 or (complement and not adding and cls not in met[at].complements):
            continue
        if _stopped(chunks, frames, trigger, group.first):
            return
        between = atoms[trigger.last : group.first]
        if not _SUBJECTS.isdisjoint(words) and any(atom.low in _SUBJECTS for atom in between[1:]):
            return  # another subject has begun
        if not started and (gap > reach or (";" in words and any(atom.low == ";" for atom in between))):
            return
        added = adding and (any(atom.isa("additive") for atom in between) or (gap > 0 and between[0].low == ":") or _goods_among(between, group))
        if complement and not added and cls not in met[at].complements:
            continue
        if not group.heads and trigger.infinitive and trigger.first <= 1:
            continue  # "To reach 126 is down to …"
        if not group.heads and group.kind is COUNT and not _near(chunks, trigger.last, group.first) and (not started or _has_verb(chunks, group)):
            continue
        if (
            at
            and groups[at - 1].first >= trigger.last
            and group.last < len(atoms)
            and atoms[group.last].low in {"was", "were", "have", "has"}
            and (atoms[group.first - 1].isa("and") or atoms[group.first - 1].low in _WHILE)
        ):
            return  # "helped 519 adults, and 30 people were referred"
        if claims[at] and started and all(claim.trigger.first >= group.last for claim in claims[at]):
            continue
        started = True
        claims[at].append(Claim(cls, trigger, gap, "either" if not complement else "undergoer" if added else "complement"))


def _goods_among(between: Sequence[Atom], group: Group) -> bool:
    """Whether things that no class names are told to be among what was taken: "goods were recovered, including 84 bottles"."""
    return bool(group.heads) and group.heads <= _GOODS and any(atom.isa("part_lead") for atom in between)


def _stopped(chunks: Chunks, frames: Frames, trigger: Trigger, first: int) -> bool:
    """Whether another verb, which does not share what follows, takes over between a trigger and the atom ``first``."""
    for other in chunks.triggers:
        if trigger.last < other.first < first and _is_finite(other) and frames.knows(other) and not _aside(chunks, other):
            return not _coordinated_with(chunks, trigger, other)
    return False


def _has_verb(chunks: Chunks, group: Group) -> bool:
    """Whether a verb follows a bare number, whose subject it then is."""
    after = chunks.sentence.atoms[group.last : group.last + 1]
    return any(atom.isa("be", "have", "do") or any(sense.form in {"past", "s"} for sense in atom.entry.verbs) for atom in after)


def _aside(chunks: Chunks, trigger: Trigger) -> bool:
    """Whether a verb only describes the group right before it, in brackets or not ("£16,400 (most of it stuffed in a dryer)")."""
    atoms = chunks.sentence.atoms
    if "(" in chunks.words:
        opening = next((k for k in range(trigger.first, -1, -1) if atoms[k].low in {"(", ")"}), None)
        if opening is not None and atoms[opening].low == "(":
            return True
    participle = not (trigger.passive or trigger.perfect or trigger.forms.isdisjoint(PAST))
    return participle and any(group.last == trigger.first for group in chunks.groups)


def _is_finite(trigger: Trigger) -> bool:
    return trigger.verb and not trigger.forms.isdisjoint(_FINITE)


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
    if _SUBJECTS.isdisjoint(chunks.words):
        return False
    atoms = chunks.sentence.atoms
    at = trigger.first - 1
    while at > 0 and atoms[at].isa("have", "adverb"):
        at -= 1
    return at > 0 and atoms[at].low in _SUBJECTS and any(group.last == at and group.heads and group.kind is COUNT for group in chunks.groups)


def _pronoun_subject(chunks: Chunks, trigger: Trigger) -> bool:
    """Whether a pronoun is what a passive is said of ("where he was charged")."""
    if _PASSIVE_SUBJECTS.isdisjoint(chunks.words):
        return False
    atoms = chunks.sentence.atoms
    at = trigger.first - 1
    while at >= 0 and atoms[at].isa("be", "have", "adverb", "modal", "future"):
        at -= 1
    return at >= 0 and at < trigger.first - 1 and atoms[at].low in _PASSIVE_SUBJECTS


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
    for trigger in chunks.triggers:
        if first.last <= trigger.first < last.first and trigger.verb and not trigger.forms <= _PROGRESSIVE:
            return True
    return any(atom.isin(_PARTING) or atom.low in {";", ":"} for atom in chunks.sentence.atoms[first.last : last.first])


# Classes of the words that make a clause.
_PARTING = frozenset({"be", "have", "modal", "future"})


def compared_with(chunks: Chunks, group: Group) -> bool:
    """Whether a bare number is the earlier figure of a comparison: "up from 274", "compared with 153", "377 the year before"."""
    atoms = chunks.sentence.atoms
    before = [atom.low for atom in atoms[max(0, group.first - 2) : group.first]]
    if before and before[-1] in _COMPARING:
        told = _COMPARING[before[-1]]
        if told is None or before[0] in told:
            return True
    after = [atom.low for atom in atoms[group.last : group.last + 3]]
    return after[:1] == ["last"] or after[:2] in (["the", "previous year"], ["the", "year before"]) or after == ["the", "year", "before"]


_MOVED = frozenset({"risen", "fallen", "rose", "fell"})
# Words before an earlier figure, with those of which one must stand before them.
_COMPARING: Mapping[str, frozenset[str] | None] = {
    "against": None,
    "compared with": None,
    "compared to": None,
    "to": _MOVED | {"dropped"},
    "from": _MOVED | {"up", "down", "rise", "fall"},
}


def blocked(chunks: Chunks, group: Group, *, claimed: bool) -> bool:
    """Whether the clause of a group is hypothetical, general or a comparison of differences.

    A group that a trigger governs (``claimed``) has its modal looked at there: "we gave our talk at 63 schools and must have been asked often".
    """
    atoms, first, last = chunks.sentence.atoms, group.first, group.last
    classes, words = chunks.classes, chunks.words
    if first and "negation" in atoms[first - 1].entry.classes:
        return True
    if first > 2 and atoms[first - 1].low == "the" and atoms[first - 2].low == "of" and _share(atoms[first - 3]):
        return True  # "almost 20% of the 391 motorists tested"
    if last < len(atoms) and atoms[last].low == "can":
        return True  # "A kilo of cocaine can be cut into thousands of deals"
    if group.more and ("comparison" in classes or any(atom.low == "than" for atom in atoms[last : last + 3])):
        return True
    if group.article and any(atom.low in {"is", "are", "isn't", "can"} for atom in atoms[last : last + 2]):
        return True  # "A phone isn't just …"
    if "alleged" in classes and group.kind is not MONEY and any(atom.isa("alleged") for atom in atoms[:first]):
        return True  # "It will be alleged that the network was bringing in up to 6kg a month"
    if "modal" in classes or ("who" in words and not _PRESENT.isdisjoint(words)):
        opening = next((k + 1 for k in range(first - 1, -1, -1) if atoms[k].low in {'"', ":"}), 0)
        if _general(atoms[opening:]):
            return True
    if "condition" in classes and any(atom.isa("condition") for atom in atoms[:first]):
        return True
    moods = _HYPOTHETICAL if claimed or (group.valued and group.heads & _PRICED) else _UNREAL
    return not moods.isdisjoint(classes) and any(not moods.isdisjoint(atom.entry.classes) for atom in _clause(atoms, group))


_PRESENT = frozenset({"is", "are"})


def _share(atom: Atom) -> bool:
    return atom.figure is not None and atom.figure.kind in {PERCENT, RATIO}


_WHETHER = frozenset({"whether", "if"})


def _clause(atoms: Sequence[Atom], group: Group) -> Sequence[Atom]:
    """The atoms between the marks around a group; where they hold no verb, those of the clause before too ("…, and 5kg for 14")."""
    first = group.first
    while first > 0 and not (not atoms[first - 1].word and atoms[first - 1].low in ",;:-("):
        first -= 1
    last = group.last
    while last < len(atoms) and not (not atoms[last].word and atoms[last].low in ",;:-)") and atoms[last].low not in _PRONOUNS:
        if atoms[last].low == "to" and any(atom.low in _WHETHER for atom in atoms[last + 2 : last + 4]):
            break  # "visited 12 shops to see whether they would sell a knife"
        if atoms[last].low in {"and", "but"} and any(atom.isa("pronoun") for atom in atoms[last + 1 : last + 2]):
            break  # "made 107 arrests and I didn't think we could"
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
        any(sense.cls in {"people", "pupil"} for sense in atom.entry.nouns) or (atom.figure is not None and atom.figure.kind is AGE)
        for atom in opening[1:3]
    ):
        return False
    if any(atom.low in {"was", "were", "had", "admitted", "pleaded"} for atom in atoms):
        return False
    if any(atom.isa("modal") for atom in atoms):
        return True
    return any(atom.low == "who" for atom in atoms[:6]) and any(atom.low in _PRESENT for atom in atoms)
