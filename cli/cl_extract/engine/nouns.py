"""Noun phrases: the head that a figure counts, what modifies it, and what it is of."""

from __future__ import annotations

from cl_extract.engine.lex import Atom
from cl_extract.engine.lexicon import Entry
from cl_extract.model import AGE, CALIBRE, FACTUAL, LENGTH, MONEY, ORDINAL, PERCENT, REFERENCE

# Figures that only modify a noun: "two 12-bore shotguns", "a 24-year-old man".
_MODIFYING = frozenset({AGE, CALIBRE, LENGTH, ORDINAL, REFERENCE, PERCENT})
# Classes that end a noun phrase.
STOP = frozenset(
    {
        "preposition",
        "relative",
        "be",
        "have",
        "do",
        "modal",
        "future",
        "pronoun",
        "negation",
        "condition",
        "said",
        "part_lead",
        "article",
        "partwise",
        "of",
    }
)
_CLOSING = STOP | {"and"}
_BEFORE_NOUN = frozenset({"determiner", "adverb", "comparison"})
SUBSTANCES = frozenset({"drug", "drug_class", "drug_word"})
# What a sum of money or a package can be of.
MATTER = SUBSTANCES | {"ammo", "tobacco", "cash", "account", "property", "goods"}
PACKAGED = SUBSTANCES | {"ammo", "tobacco"}
_CONTENTS = MATTER | {"drug_unit", "plant", "vehicle", "good", "tobacco_unit", "blade", "gun", "grow", "handset"}
_VAGUE = frozenset(
    [
        "number",
        "quantity",
        "amount",
        "variety",
        "range",
        "series",
        "lot",
        "host",
        "sum",
        "total",
        "selection",
        "substantial",
        "large",
        "small",
        "result",
        "week",
        "month",
        "year",
        "day",
        "time",
        "way",
        "part",
        "team",
        "group",
        "spokesman",
        "spokeswoman",
        "statement",
        "court",
        "jury",
        "judge",
        "force",
        "area",
        "town",
        "city",
        "village",
        "gang",
        "network",
        "ring",
        "syndicate",
        "cartel",
        "mob",
        "step",
        "stage",
        "moment",
        "occasion",
    ]
)
_NOUN_REACH = 9
NO_CLASS = frozenset[str]()
_NO_ENTRY = Entry()
PEOPLE, THING, VAGUE = (frozenset({head}) for head in ("people", "thing", "vague"))
# Heads that name nothing in particular.
UNNAMED = frozenset({"thing", "vague"})


def contents(heads: frozenset[str], matter: frozenset[str]) -> frozenset[str]:
    """The heads with what is in a container in its place, where that is told or goes without saying ("wraps")."""
    known = "container" in heads and (matter & PACKAGED or "drug_unit" in heads)
    return (heads - {"container"}) | (matter & PACKAGED) if known else heads


_PRINTED = frozenset({5, 10, 20, 50, 100, 200, 500})  # what notes are printed for, in pounds, euros and dollars
_BUNDLES = frozenset({"note", "notes", "bill", "bills", "bundle", "bundles", "stack", "stacks", "roll", "rolls"})


def is_denomination(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether the sum at ``k`` is what is printed on notes ("in mostly £20 notes", "in £10 and £20 notes")."""
    figure = atoms[k].figure
    if figure is None or figure.kind is not MONEY or k + 1 >= len(atoms):
        return False
    listed = figure.value in _PRINTED and atoms[k + 1].low in {"and", "or", ","} and k + 2 < len(atoms)
    return atoms[k + 1].low in _BUNDLES or (listed and is_denomination(atoms, k + 2))


FURTHER = frozenset({"another", "further", "additional", "other", "extra"})
_MORE = FURTHER | {"more", "others"}


def head_noun(atoms: tuple[Atom, ...], j: int, plural: bool | None, *, article: bool) -> tuple[int, frozenset[str], str | None, bool] | None:
    """The end, the heads and the singular of the noun phrase that starts at ``j``, and whether it tells of more ("two other men").

    ``plural`` is None where the noun may be either. It ends at ``j``, without heads, where there is no noun; it is None where what stands there is no
    noun phrase at all.
    """
    size = len(atoms)
    head = unknown = None
    named, heads = _NO_ENTRY, NO_CLASS
    more = joined = False
    at = j
    while at < size and at - j < _NOUN_REACH:
        atom = atoms[at]
        entry = atom.entry
        classes = entry.classes
        if classes:
            counted = entry.plural if plural is not False else entry.singular if article else entry.singular | entry.plural
            if counted:
                head, named, heads, unknown = at, entry, counted, None
                at += 1
                continue
            if "and" in classes:
                if head is not None or at == j or joined or not _joins(atoms, at, plural):
                    break
                joined = True
                at += 1
                continue
            if not _BEFORE_NOUN.isdisjoint(classes):
                if head is not None or unknown is not None:
                    break
                more = more or atom.low in _MORE
                at += 1
                continue
            if "preposition" in classes and at + 1 < size and atoms[at + 1].low == "-" and noun_ahead(atoms, at + 1, plural):
                at += 2  # "nine over-capacity magazines"
                continue
            if head is not None or not STOP.isdisjoint(classes) or (_tells(entry) and not noun_ahead(atoms, at, plural)):
                break
        elif atom.figure is not None:
            if atom.figure.kind in _MODIFYING or atom.figure.attributive:
                at += 1
                continue
            if article and head is None and atom.figure.kind in FACTUAL:
                return None
            break
        elif atom.date is not None:
            break
        elif not atom.word:
            if atom.low == "-" and at + 2 < size and atoms[at + 2].low == "-" and atoms[at + 1].isa("preposition"):
                at += 3  # "23 direction-to-leave notices"
            elif atom.low in "\"'-" or (atom.low == "x" and at == j) or (atom.low == "/" and head is not None and at + 1 < size):
                at += 1
            elif atom.low == "," and head is None and unknown is not None and (joint := _adjectives(atoms, at, plural)):
                unknown = None
                at = joint + 1
            else:
                break
            continue
        elif head is not None:
            if atom.capital and "vehicle" in heads:
                head = at  # "a Ford Transit Custom"
                at += 1
                continue
            if not _noun_like(atom, plural):
                break
        if unknown is not None and _noun_like(atoms[unknown], plural) and not _noun_like(atom, plural) and not noun_ahead(atoms, at, plural):
            break
        unknown = at
        at += 1
    if unknown is not None and _noun_like(atoms[unknown], plural):
        word = atoms[unknown].low
        if head is None or not article or word.isalpha():
            noun = _singular(word.rpartition(" ")[2]) if plural is not False else word
            vague = noun.rpartition(" ")[2] in _VAGUE
            return unknown + 1, VAGUE if vague else THING, None if vague else noun, more
    if head is None:
        return j, heads, None, more
    senses = named.nouns
    if len(senses) > 1:
        senses = tuple([sense for sense in senses if (sense.plural if plural is not False else sense.singular or not article)])
    last, heads = coordinate(atoms, head + 1, heads)
    return last, heads, senses[0].singular_form, more


def _joins(atoms: tuple[Atom, ...], at: int, plural: bool | None) -> bool:
    """Whether an "and" before the head stands between two plain words: "hotel and taxi staff"."""
    before = atoms[at - 1].entry
    return at + 1 < len(atoms) and (bool(before.inner) or not SUBSTANCES.isdisjoint(before.classes) or noun_ahead(atoms, at, plural))


def _tells(entry: Entry) -> bool:
    """Whether an entry may tell, as a verb, what happened to the noun before it."""
    return not PAST.isdisjoint(entry.forms) or any(voice == "post" for _, voice in entry.senses)


PAST = frozenset({"past", "participle"})


def groups_named(names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The people group named by head and modifiers; several at once ("men and women") narrow nothing."""
    named = names.get("group", ())
    if "teenagers" in named and ("boys" in named or "girls" in named):
        named = tuple(name for name in named if name != "teenagers")
    return named if len(named) == 1 else ()


def _adjectives(atoms: tuple[Atom, ...], at: int, plural: bool | None) -> int:
    """Where the "and" or "or" stands of adjectives that the comma at ``at`` joins ("200 federal, state and local officers"); 0 for none."""
    joint = at + 2
    return joint if joint < len(atoms) and atoms[joint].low in {"and", "or"} and noun_ahead(atoms, joint, plural) else 0


def noun_ahead(atoms: tuple[Atom, ...], at: int, plural: bool | None) -> bool:
    """Whether a noun that can be the head follows soon after ``at``, nothing that ends a noun phrase between."""
    for atom in [atom for atom in atoms[at + 1 : at + 6] if atom.low not in {"'", '"'}][:3]:
        if not atom.word or atom.figure is not None or atom.date is not None:
            return False
        if atom.entry.singular if plural is False else atom.entry.plural:
            return True
        if atom.isin(_CLOSING):
            return False
    return False


# Irregular participles that tell what happened to the thing before them ("a van sold", "a gun left").
_PARTICIPLES = frozenset(
    [
        "known",
        "grown",
        "made",
        "sent",
        "held",
        "kept",
        "left",
        "worn",
        "thrown",
        "bought",
        "sold",
        "brought",
        "built",
        "hurt",
        "lost",
        "put",
        "set",
        "seen",
        "done",
        "sewn",
        "torn",
        "flown",
        "blown",
        "drawn",
        "hung",
        "slung",
        "strung",
        "stuck",
        "dug",
        "laid",
        "sawn",
    ]
)
_PRESENT = frozenset({"s"})
_NOUNS_IN_ED = frozenset({"bed", "shed", "sled"})


def _noun_like(atom: Atom, plural: bool | None) -> bool:
    """Whether a word of no class may be a head noun: a plural where more than one is counted, and no adverb or participle."""
    word = atom.low
    if word in _NOUNS_IN_ED:
        return plural is False
    if not word[:1].isalpha() or len(word) < 3 or not atom.entry.forms <= _PRESENT or atom.isa("hedge", "estimate"):
        return False
    if plural is False:
        return not word.endswith(("ed", "ing", "ly", "en")) and word not in _PARTICIPLES
    return word.endswith("s") and not word.endswith(("ss", "us", "'s"))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word.removesuffix("s")


PARTICIPIAL = frozenset({"past", "participle", "ing"})
_WEAPONS = frozenset({"blade", "gun", "imitation", "weapon", "round"})


def coordinate(atoms: tuple[Atom, ...], last: int, heads: frozenset[str]) -> tuple[int, frozenset[str]]:
    """A second head under the same number: "56 knives and weapons" is of mixed kind, "officers and staff" stays what it is."""
    if last + 1 >= len(atoms) or atoms[last].low not in {"and", "or", "&", "/"}:
        return last, heads
    at = last + 1
    while at < len(atoms) and at < last + 4:
        atom = atoms[at]
        classes = atom.entry.plural
        if classes:
            if heads & _WEAPONS and classes & _WEAPONS:
                return at + 1, heads if heads & classes else frozenset({"weapon"})
            if heads & classes or (heads & {"people", "officer", "pupil", "staff"} and classes & {"people", "officer", "pupil", "staff"}):
                return at + 1, heads
            return last, heads
        if not atom.word or atom.figure is not None or atom.isin(STOP) or not PARTICIPIAL.isdisjoint(atom.entry.forms):
            return last, heads
        at += 1
    return last, heads


Names = dict[str, tuple[str, ...]]


def _add(names: Names, entry: Entry) -> None:
    for cls in ("drug", "drug_class", "group"):
        if cls in entry.canonical:
            names[cls] = tuple(dict.fromkeys((*names.get(cls, ()), *entry.canonical[cls])))


def modifiers(atoms: tuple[Atom, ...], first: int, last: int) -> tuple[Names, frozenset[str]]:
    """The drugs, classes and groups named from ``first`` to ``last``, and all classes of the words there."""
    names: Names = {}
    matter = NO_CLASS
    for atom in atoms[first:last]:
        entry = atom.entry
        if entry.every:
            matter = matter | entry.every if matter else entry.every
            _add(names, entry)
    return names, matter


_HOLDING = frozenset({"containing", "believed to be", "thought to be", "suspected to be"})


def of_phrase(atoms: tuple[Atom, ...], last: int, matter: frozenset[str], names: Names) -> tuple[int, frozenset[str]]:
    """The end of what an of-phrase after the head adds ("rounds of ammunition", "wraps of crack and heroin"), and ``matter`` with its classes."""
    if last >= len(atoms) or not ("of" in atoms[last].entry.classes or atoms[last].low in _HOLDING):
        return last, matter
    end, classes = substance(atoms, last + 1, names)
    return (end, matter | classes) if end > last + 1 else (last, matter)


def substance(atoms: tuple[Atom, ...], first: int, names: Names) -> tuple[int, frozenset[str]]:
    """The end of the matter named from ``first`` on, and its classes; ``names`` takes the drugs. ``first`` itself where none is named."""
    end, classes = first, set[str]()
    at = first
    while at < len(atoms) and at - first < _NOUN_REACH + 3:
        atom = atoms[at]
        if atom.figure is not None and not (atom.figure.kind in _MODIFYING or atom.figure.attributive or is_denomination(atoms, at)):
            break
        found = (atom.entry.classes if atom.isa("idiom") else atom.entry.every) & _CONTENTS
        if found:
            if classes and not classes & SUBSTANCES and not found & classes:
                break
            classes |= found
            _add(names, atom.entry)
            end = at + 1
        elif not atom.word:
            if atom.low == "," and at + 1 < len(atoms) and atoms[at + 1].isa("drug") and not _starts_clause(atoms, at + 1):
                at += 1
                continue
            if atom.low not in "\"'-()" or (atom.low == "(" and not (at + 1 < len(atoms) and atoms[at + 1].isa("drug"))):
                break
        elif atom.isa("and"):
            if (
                not classes
                or atom.low not in {"and", "&", "or"}
                or "drug_word" in classes
                or at + 1 >= len(atoms)
                or not atoms[at + 1].entry.every & SUBSTANCES
            ):
                break
        elif atom.isa("hedge", "determiner", "article", "adverb", "estimate", "suspected", "of") or (atom.isa("be", "relative") and not classes):
            pass
        elif (
            (classes and not atom.isa("drug_word"))
            or atom.isin(STOP)
            or (atom.entry.verbs and not noun_ahead(atoms, at, None) and not matter_ahead(atoms, at))
        ):
            break
        at += 1
    return end, frozenset(classes)


def _starts_clause(atoms: tuple[Atom, ...], at: int) -> bool:
    """Whether the drug named at ``at`` is the subject of its own clause ("…, cocaine was found")."""
    return at + 1 < len(atoms) and atoms[at + 1].isa("be", "have")


def matter_ahead(atoms: tuple[Atom, ...], at: int) -> bool:
    """Whether something that a sum or a package can be of stands among the next words."""
    for atom in atoms[at + 1 : at + 4]:
        if not atom.word or atom.figure is not None:
            return False
        if atom.entry.every & MATTER:
            return True
        if atom.isin(STOP):
            return False
    return False
