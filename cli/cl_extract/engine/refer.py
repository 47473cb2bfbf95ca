"""What a figure points back to: the noun, the drug or the event that it leaves unsaid because something before it said so."""

from __future__ import annotations

from collections.abc import Sequence

from cl_extract.engine.chunk import Chunks, Group
from cl_extract.engine.clause import compared_with, listed
from cl_extract.engine.lex import Atom
from cl_extract.model import AGE, MASS, MONEY, BlockKind
from cl_extract.value import replace

VALUABLE = frozenset(
    [
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
        "handset",
    ]
)


def carried(chunks: Chunks, group: Group, before: list[Group]) -> Group:
    """ "4kg of Class A drugs plus 740 wraps": the wraps are of that class; "Street Valium keeps turning up: 150,000 tablets": of that drug."""
    atoms = chunks.sentence.atoms
    last = before[-1] if before else None
    if last is not None and group.first - last.last == 1 and atoms[last.last].low == "plus" and last.kind is MASS:
        return replace(group, drugs=last.drugs, drug_classes=last.drug_classes)
    colon = next((k for k in range(group.first - 1, -1, -1) if atoms[k].low == ":"), None)
    if colon is not None:
        for atom in reversed(atoms[:colon]):
            drugs, classes = atom.entry.canonical.get("drug", ()), atom.entry.canonical.get("drug_class", ())
            if drugs or classes:
                return replace(group, drugs=drugs, drug_classes=classes)
    return group


def definite(chunks: Chunks, group: Group, named: tuple[str, ...]) -> Group:
    """ "13.5kg of the drug": of the one drug named before it, in its sentence or (``named``) the one before."""
    atoms = chunks.sentence.atoms
    if group.drugs or [atom.low for atom in atoms[group.last - 2 : group.last]] != ["the", "drug"]:
        return group
    here = (atom.entry.canonical["drug"] for atom in reversed(atoms[: group.first]) if "drug" in atom.entry.canonical)
    drugs = next(here, named)
    return replace(group, drugs=drugs) if len(drugs) == 1 else group


def shared(chunks: Chunks, group: Group, before: list[Group]) -> Group:
    """ "£4,115 and €2,300 in notes": the first sum is of what the second is."""
    if before and before[-1].valued and group.first - before[-1].last <= 2 and listed(chunks, before[-1], group):
        return replace(group, heads=before[-1].heads, drugs=before[-1].drugs, drug_classes=before[-1].drug_classes, valued=True)
    after = chunks.sentence.atoms[group.last : group.last + 1]
    if before and before[-1].heads == {"cash"} and group.first - before[-1].last == 1 and not any(atom.word for atom in after):
        return replace(group, heads=before[-1].heads)  # "£18,000 in notes and €2,300"
    following = next((g for g in chunks.groups if g.first >= group.last), None)
    if following is not None and following.kind is MONEY and following.first - group.last == 1 and chunks.sentence.atoms[group.last].isa("and"):
        return replace(group, heads=following.heads)
    return group


def points_back(chunks: Chunks, group: Group) -> bool:
    """Whether a bare number may stand for things of the kind counted before: "of them", "another 22", or a further member of a list."""
    atoms = chunks.sentence.atoms
    if group.first and atoms[group.first - 1].low in {"when", "after", "because", "before"}:
        return False  # "two boys were arrested when one of them was seen with a knife"
    if group.anaphor or group.more or compared_with(chunks, group) or place_row(chunks, group):
        return True
    if atoms[0].isa("partwise") and (group.first < 4 or atoms[group.first - 1].low == ":"):
        return True  # "of which for theft: 5"
    before = atoms[group.first - 1] if group.first else None
    after = atoms[group.last] if group.last < len(atoms) else None
    if [atom.low for atom in atoms[max(0, group.first - 2) : group.first]] == ["total", "to"]:
        return True  # "two more people were arrested, bringing the total to 14"
    if group.figure.value == 1 and after is not None and after.low == "aged":
        return False  # "two men, one aged in his 30s"
    if before is None and chunks.sentence.kind is BlockKind.LIST and after is not None:
        return after.isa("be", "have", "preposition")  # "Of those arrests: • 172 were for drink-driving"
    if before is not None and before.low == "with" and after is not None and after.low.endswith("ing"):
        return True  # "263 stop and searches, with 81 leading to a positive outcome"
    if before is not None and before.low == "with" and group.first > 1 and atoms[group.first - 2].capital:
        return after is None or not after.word or after.isa("and")  # "followed by Lowestoft with 88"
    if before is None or not (before.isa("and", "determiner") or before.low in {",", ":", "-", "(", ";", "remaining"}):
        return False
    return (
        after is None
        or not after.word
        or after.isa("preposition", "relative", "be", "have", "of")
        or (after.isa("and") and bool(group.drugs))
        or any(other.anaphor and other.first < group.first and listed(chunks, other, group) for other in chunks.groups)
        or bool(after.entry.verbs)
        or after.low.endswith("ing")
    )


def place_row(chunks: Chunks, group: Group) -> bool:
    """Whether a list item gives one place's share of what was just counted: "Mansfield - 118"."""
    atoms = chunks.sentence.atoms
    return (
        chunks.sentence.kind is BlockKind.LIST
        and 1 < group.first <= 5
        and atoms[group.first - 1].low in {"-", ":", "|"}
        and all(atom.capital for atom in atoms[: group.first - 1])
        and group.last == len(atoms)
    )


def predicate_of(chunks: Chunks, group: Group) -> Group | None:
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
        if senses and (at == len(atoms) - 1 or not atoms[at + 1].entry.nouns):
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


def mixed(chunks: Chunks, groups: Sequence[Group]) -> bool:
    """Whether the last two groups are one list of different people ("three men and three women")."""
    one, other = groups[-2:]
    return one.groups != other.groups and one.heads == other.heads and listed(chunks, one, other)


def names_other(atoms: Sequence[Atom], at: int) -> bool:
    """Whether what a value is told of is a noun of no class ("electricity worth £40,000")."""
    for atom in reversed(atoms[:at]):
        if not (
            atom.isa("value", "preposition", "of", "be", "have", "adverb", "estimate", "article", "determiner", "hedge")
            or atom.low in {"-", ",", "combined", "total", "street"}
        ):
            return atom.word and not atom.entry.classes and atom.figure is None and atom.date is None
    return False


def matter_between(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """Whether a thing of value is named between two atoms."""
    return not all(atom.entry.every.isdisjoint(VALUABLE) for atom in atoms[first:last])


def only_comma(chunks: Chunks, first: Group, last: Group) -> bool:
    """Whether a comma closes the words of the first group, and the second follows it."""
    between = chunks.sentence.atoms[first.last : last.first]
    return bool(between) and between[-1].low == "," and sum(atom.low == "," for atom in between) == 1


def is_age(atom: Atom) -> bool:
    """Whether an atom is an age."""
    return atom.figure is not None and atom.figure.kind is AGE
