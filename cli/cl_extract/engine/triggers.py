"""Triggers: the events that a sentence tells, by a verb, a noun of action or a set phrase ("were arrested", "the seizure of")."""

from __future__ import annotations

from cl_extract.engine.lex import Atom
from cl_extract.engine.lexicon import Entry, Form
from cl_extract.engine.nouns import MATTER, PARTICIPIAL, PAST
from cl_extract.packs.packset import Voice
from cl_extract.value import value


@value(frozen=True, slots=True)
class Trigger:
    """An event at atoms ``first`` to ``last``: its readings as (class, voice), its form, and whether a form of "be" makes it passive.

    ``verb``: it is a verb, and not the noun of an act ("the seizure of").
    """

    first: int
    last: int
    senses: tuple[tuple[str, Voice], ...]
    forms: frozenset[Form]
    passive: bool = False
    perfect: bool = False
    infinitive: bool = False
    negated: bool = False
    modal: bool = False
    future: bool = False
    verb: bool = False


# Classes of what may stand between an auxiliary and its verb, and of auxiliaries themselves.
_LEADING = frozenset({"be", "have", "negation", "modal", "future", "adverb", "partwise"})
_LEADING_WORDS = frozenset({"to", "all", "both", "either", "each", "'", '"'})
_WERE = frozenset({"was", "were"})


def find_triggers(atoms: tuple[Atom, ...], entries: list[Entry], inside: set[int]) -> list[Trigger]:
    """The triggers of a sentence, in order; ``entries`` are those of its atoms, ``inside`` the places of atoms that belong to figure groups."""
    triggers: list[Trigger] = []
    previous: Trigger | None = None
    for k, entry in enumerate(entries):
        if not entry.classes:
            continue
        if k + 1 in inside and atoms[k].low in _WERE and _inverted(atoms, inside, k):
            triggers.append(Trigger(k, k + 1, ((PRESENCE, "act"),), _PAST_ALONE))
        if not entry.verbs or k in inside or _attributive(atoms, k) or _nominal(atoms, k) or _learns(atoms, k):
            continue
        senses, forms = entry.senses, entry.forms
        passive = perfect = infinitive = negated = modal = future = False
        for at in range(k - 1, max(-1, k - 7), -1):
            before = atoms[at]
            classes = before.entry.classes
            if _LEADING.isdisjoint(classes):
                if before.low not in _LEADING_WORDS:
                    break
                infinitive = infinitive or before.low == "to"
            elif "be" in classes:
                passive = True
            elif "have" in classes:
                perfect = True
            elif "negation" in classes:
                negated = True
            elif "modal" in classes:
                modal = True
            elif "future" in classes:
                future = True
            elif before.low == "to":
                infinitive = True
        participle = not PAST.isdisjoint(forms)
        if participle and not perfect:
            transitive = not passive and previous is not None and any(voice == "object" for _, voice in senses)
            if transitive and previous is not None and _coordinated(atoms, previous.first, k):
                passive, negated, modal, future = True, previous.negated, previous.modal, previous.future
            passive = passive or _elliptical(atoms, inside, k)
        passive = passive and participle
        trigger = Trigger(k, k + 1, senses, forms, passive, perfect, infinitive, negated, modal, future, entry.verb)
        triggers.append(trigger)
        if passive:
            previous = trigger
        elif participle or "s" in forms:
            previous = None
    return triggers


_PAST_ALONE: frozenset[Form] = frozenset({"past"})
# The trigger class of "in the boot were two rifles": what is told to be there was found there.
PRESENCE = "find"


def _inverted(atoms: tuple[Atom, ...], inside: set[int], k: int) -> bool:
    """Whether the "was" or "were" at ``k`` stands before the group after it as its subject: "Inside a lock-up were 312g of heroin and a press"."""
    opening = next((atom for atom in atoms if atom.word), None)
    if k == 0 or atoms[k - 1].isa("pronoun", "relative", "determiner") or atoms[k - 1].low == "there":
        return False
    if k - 1 in inside and not (atoms[0].low in {"inside", "in", "under", "behind", "beneath"} and inside.issuperset(range(1, k))):
        return False
    return opening is not None and (opening.isa("preposition") or bool(opening.entry.verbs) or opening.low in {"inside", "also"})


def _elliptical(atoms: tuple[Atom, ...], inside: set[int], k: int) -> bool:
    """Whether the participle at ``k`` leans on a "was" further back ("was tracked to the station and arrested")."""
    joint = k - 1
    while joint > 0 and atoms[joint].isa("adverb"):
        joint -= 1
    if joint < 1 or atoms[joint].low != "and" or k + 1 in inside or (k + 1 < len(atoms) and atoms[k + 1].isa("determiner", "article")):
        return False
    for atom in reversed(atoms[:joint]):
        if atom.low in {"was", "were", "been"}:
            return True
        if atom.low in {";", ":"} or atom.isa("pronoun", "relative"):
            return False
    return False


def _nominal(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether what looks like a verb in the present is a noun ("these latest arrests", "drug charges")."""
    entry = atoms[k].entry
    if not entry.nouns or k == 0 or any(sense.form not in {"base", "s"} or sense.voice in {"post", "act"} for sense in entry.verbs):
        return False
    before = atoms[k - 1]
    return before.word and not (
        before.low == "to" or before.isa("pronoun", "relative", "modal", "future", "do", "people", "officer", "and", "adverb")
    )


def _learns(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether something is only found out: "people have discovered that a phone bought for £10 …"."""
    return PRESENCE in atoms[k].entry.classes and k + 1 < len(atoms) and atoms[k + 1].low == "that"


def _attributive(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether a participle only describes the noun after it ("the seized cash")."""
    return (
        0 < k < len(atoms) - 1
        and not _DETERMINING.isdisjoint(atoms[k - 1].entry.classes)
        and atoms[k].entry.forms <= PARTICIPIAL
        and atoms[k + 1].word
        and (bool(atoms[k + 1].entry.nouns) or atoms[k + 1].isin(MATTER))
    )


_DETERMINING = frozenset({"determiner", "article"})


def _coordinated(atoms: tuple[Atom, ...], first: int, second: int) -> bool:
    """Whether the verb at ``second`` is joined to the passive at ``first`` and shares its subject ("were found … and taken to safety")."""
    joined = second - 1
    while joined > first and (atoms[joined].isa("adverb")):
        joined -= 1
    if atoms[joined].low not in {"and", "or", ",", "then", "but"}:
        return False
    return all(atom.low not in ";:." and not atom.isa("relative") for atom in atoms[first + 1 : joined])
