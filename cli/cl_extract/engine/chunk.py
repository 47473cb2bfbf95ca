"""Sentence -> figure groups and triggers.

A figure group is a figure with what it counts: qualifier, number, modifiers, head noun, of-phrase ("more than 4kg of suspected Class A drugs",
"two other men", "33 of them"). A trigger is an event told by a verb, a noun of action or a set phrase ("were arrested", "the seizure of").
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cl_extract.engine.lex import Atom, Sentence
from cl_extract.engine.lexicon import Entry, Form
from cl_extract.model import Figure, FigureKind
from cl_extract.packs.packset import Voice
from cl_extract.value import replace, value

# Kinds of figure that head a group. By name, since Python takes seven times as long to find a member of an enumeration.
COUNT, MONEY, MASS, VOLUME, DURATION = FigureKind.COUNT, FigureKind.MONEY, FigureKind.MASS, FigureKind.VOLUME, FigureKind.DURATION
HEADING = frozenset({COUNT, MONEY, MASS, VOLUME, DURATION})
# Figures that only modify a noun: "two 12-bore shotguns", "a 24-year-old man".
_MODIFYING = frozenset({FigureKind.AGE, FigureKind.CALIBRE, FigureKind.LENGTH, FigureKind.ORDINAL, FigureKind.REFERENCE, FigureKind.PERCENT})
# Classes that end a noun phrase.
_STOP = frozenset(
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
_CLOSING = _STOP | {"and"}
_BEFORE_NOUN = frozenset({"determiner", "adverb", "comparison"})
_SUBSTANCES = frozenset({"drug", "drug_class", "drug_word"})
# What a sum of money or a package can be of.
_MATTER = _SUBSTANCES | {"ammo", "tobacco", "cash", "account", "property", "goods"}
_PACKAGED = _SUBSTANCES | {"ammo", "tobacco"}
_CONTENTS = _MATTER | {"drug_unit", "plant", "vehicle", "good", "tobacco_unit", "blade", "gun", "grow", "handset"}
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
_ONE = Decimal(1)
_NO_CLASS = frozenset[str]()
PEOPLE, THING = frozenset({"people"}), frozenset({"thing"})
# Heads that name nothing in particular.
UNNAMED = frozenset({"thing", "vague"})


@value(frozen=True, slots=True)
class Group:
    """A figure and what it counts, over atoms ``first`` to ``last`` (exclusive) of its sentence.

    ``heads`` are the classes of the head noun, empty where the figure stands alone ("another 22", "33 of them"); ``noun`` is the head in the
    singular. ``matter`` holds the classes named in its of-phrase and modifiers. ``article``: told by "a" or "an" only. ``anaphor``: it points back
    ("of them", "of whom"). ``definite``: "the", "both", "these" before it.
    ``more``: "another", "further", "others". ``valued``: a sum that is the value of the thing before it ("cocaine worth £5,000").
    ``label``: a row gives its noun ("Warrants: 7"). ``whole``: the value of the figure that it is told to be part of.
    """

    first: int
    last: int
    figure: Figure
    heads: frozenset[str] = frozenset()
    noun: str | None = None
    matter: frozenset[str] = frozenset()
    drugs: tuple[str, ...] = ()
    drug_classes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    article: bool = False
    anaphor: bool = False
    definite: bool = False
    more: bool = False
    valued: bool = False
    label: bool = False
    whole: Decimal | None = None

    @property
    def kind(self) -> FigureKind:
        """The kind of its figure."""
        return self.figure.kind


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


@value(frozen=True, slots=True)
class Chunks:
    """What one sentence holds, in order.

    ``verbal``: it has a finite verb outside its groups; ``classes`` are all classes of its words, ``words`` the words and marks themselves.
    """

    sentence: Sentence
    groups: tuple[Group, ...]
    triggers: tuple[Trigger, ...]
    verbal: bool
    classes: frozenset[str]
    words: frozenset[str]

    def with_groups(self, groups: Iterable[Group]) -> Chunks:
        """The same sentence with its groups understood otherwise."""
        return Chunks(self.sentence, tuple(groups), self.triggers, self.verbal, self.classes, self.words)


def chunk(sentence: Sentence) -> Chunks:
    """The figure groups and triggers of a sentence."""
    atoms = sentence.atoms
    entries = [atom.entry for atom in atoms]
    groups = _groups(atoms)
    inside: set[int] = set()
    if groups:
        groups[0] = _labelled(atoms, groups[0], alone=len(groups) == 1)
        inside.update(*[range(group.first, group.last) for group in groups])
    triggers = _triggers(atoms, entries, inside)
    verbal = any(entry.finite and k not in inside for k, entry in enumerate(entries))
    classes, words = _NO_CLASS.union(*[entry.every for entry in entries]), frozenset([atom.low for atom in atoms])
    return Chunks(sentence, tuple(groups), tuple(triggers), verbal, classes, words)


# Nouns that share one article: "A man and woman were arrested", "a knife and hammer".
_SHARING = (PEOPLE, frozenset({"blade", "gun", "imitation", "weapon"}), frozenset({"vehicle"}))


def _joined(atoms: tuple[Atom, ...], group: Group) -> Group | None:
    """The thing that a further noun counts under the article that ``group`` begins with."""
    at = group.last + 1
    if at >= len(atoms) or atoms[group.last].low not in {"and", ","}:
        return None
    senses = [sense for sense in atoms[at].entry.nouns if sense.singular and not sense.plural]
    kind = next((kind for kind in _SHARING if group.heads & kind), frozenset[str]())
    after = atoms[at + 1 : at + 2]
    if not senses or kind.isdisjoint(sense.cls for sense in senses) or any(atom.entry.nouns or atom.low == "-" for atom in after):
        return None
    if atoms[group.last].low == "," and not any(atom.low in {",", "and"} for atom in after):
        return None
    names, matter = _modifiers(atoms, at, at + 1)
    figure = Figure(COUNT, atoms[at].first, atoms[at].last, _ONE, worded=True)
    heads = frozenset(sense.cls for sense in senses)
    return Group(at, at + 1, figure, heads, senses[0].singular_form, matter, groups=_groups_named(names), article=True)


def _after_noun(atoms: tuple[Atom, ...], group: Group, floor: int) -> Group:
    """The group of a number without a noun, or with the one that it stands after: "knives (14) and phones (12)", "takes the number of arrests to 31".

    ``floor`` is where the group before ends.
    """
    if group.kind is not COUNT or group.first - 2 < floor:
        return group
    before, after = atoms[group.first - 1].low, [atom.low for atom in atoms[group.last : group.last + 1]]
    at: int | None = None
    if before == "to":
        reach = range(group.first - 4, max(floor, group.first - 9), -1)
        at = next((k + 2 for k in reach if atoms[k].low in {"number", "total"} and atoms[k + 1].isa("of")), None)
    elif before == "(" and after == [")"]:
        at = group.first - 2
    heads = atoms[at].entry.plural if at is not None else _NO_CLASS
    if at is None or not heads or (before == "(" and heads & {"people", "pupil"}):  # a person's is an age
        return group
    names, matter = _modifiers(atoms, at, at + 1)
    return replace(group, heads=heads, noun=_plural_of(atoms[at].entry), matter=matter, drugs=names.get("drug", ()), groups=_groups_named(names))


def _plural_of(entry: Entry) -> str:
    """The singular of what an entry is the plural of."""
    return next(sense.singular_form for sense in entry.nouns if sense.plural)


# Words that make a noun one thing, as an article does.
_SINGLING = frozenset({"another", "single", "lone"})


def _groups(atoms: tuple[Atom, ...]) -> list[Group]:
    groups: list[Group] = []
    floor = 0
    for at, atom in enumerate(atoms):
        if (atom.figure is None and atom.low not in _SINGLING and "article" not in atom.entry.classes) or at < floor:
            continue
        group = _group_at(atoms, at)
        if group is None:
            continue
        groups.append(group if group.heads else _after_noun(atoms, group, floor))
        floor = max(group.last, at + 1)
        while group.article and (joined := _joined(atoms, group)) is not None:
            groups.append(joined)
            group, floor = joined, joined.last
    return groups


# A label is no longer than this, and a row that it heads has nothing after the number but a note in brackets.
_LABEL = 12


def _labelled(atoms: tuple[Atom, ...], group: Group, *, alone: bool) -> Group:
    """The group of a row such as "Warrants: 7", "Arrests | 249" or "Knives and other weapons - 14", which its label gives the noun."""
    if group.heads or group.article or not 0 < group.first <= _LABEL or any(atom.isa("be", "have", "modal", "pronoun") for atom in atoms):
        return group
    if any(atom.word or atom.figure or atom.date for atom in atoms[group.last : group.last + 1]):
        return group
    label = atoms[: group.first]
    apart = label[-1].low in {":", "|", "-"}
    if not (apart or alone):
        return group
    if not apart and (len(label) > 4 or any(atom.entry.verbs and not atom.entry.nouns for atom in label[:-1])):
        return group
    if not apart and group.kind is not COUNT and any(atom.entry.verbs for atom in label):
        return group
    if any(atom.figure is not None or atom.date is not None or atom.isa("article") for atom in label):
        return group
    names, matter = _modifiers(atoms, 0, group.first)
    drugs, classes = names.get("drug", ()), names.get("drug_class", ())
    if group.kind is not COUNT:
        heads = matter & _MATTER if group.kind is not DURATION else _NO_CLASS
        return replace(group, heads=heads, matter=matter, drugs=drugs, drug_classes=classes)
    at = next((k for k, atom in enumerate(label) if atom.entry.plural), None)
    if at is None:
        return group
    named = label[at].entry
    _, heads = _coordinate(atoms, at + 1, named.plural)
    heads = _contents(heads, matter)
    return replace(
        group, heads=heads, noun=_plural_of(named), matter=matter, drugs=drugs, drug_classes=classes, groups=_groups_named(names), label=True
    )


def _contents(heads: frozenset[str], matter: frozenset[str]) -> frozenset[str]:
    """The heads with what is in a container in its place, where that is told or goes without saying ("wraps")."""
    known = "container" in heads and (matter & _PACKAGED or "drug_unit" in heads)
    return (heads - {"container"}) | (matter & _PACKAGED) if known else heads


_PRINTED = frozenset({5, 10, 20, 50, 100, 200, 500})  # what notes are printed for, in pounds, euros and dollars
_BUNDLES = frozenset({"note", "notes", "bill", "bills", "bundle", "bundles", "stack", "stacks", "roll", "rolls"})


def _denomination(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether the sum at ``k`` is what is printed on notes ("in mostly £20 notes", "in £10 and £20 notes")."""
    figure = atoms[k].figure
    if figure is None or figure.kind is not MONEY or k + 1 >= len(atoms):
        return False
    listed = figure.value in _PRINTED and atoms[k + 1].low in {"and", "or", ","} and k + 2 < len(atoms)
    return atoms[k + 1].low in _BUNDLES or (listed and _denomination(atoms, k + 2))


def _group_at(atoms: tuple[Atom, ...], k: int) -> Group | None:
    """The group of the figure, or of the word for one thing, at ``k``."""
    figure = atoms[k].figure
    if figure is None:
        return _one_at(atoms, k)
    kind = figure.kind
    if kind not in HEADING or (figure.attributive and kind is not DURATION):
        return None
    if kind is COUNT:
        return _count_group(atoms, k, figure, article=False)
    if kind is DURATION:
        # "up to four years" is what the law allows, not what somebody got.
        return Group(k, k + 1, figure, _LIMIT if figure.qualifier == "at_most" else _TERM)
    return None if _denomination(atoms, k) else _measured_group(atoms, k, figure)


_LIMIT, _TERM, _PAIR, _VAGUE_ALONE = (frozenset({head}) for head in ("limit", "duration", "pair", "vague"))


def _one_at(atoms: tuple[Atom, ...], k: int) -> Group | None:
    """The group of the article, or the like, at ``k``."""
    atom = atoms[k]
    following = atoms[k + 1].figure if k + 1 < len(atoms) else None
    if following is not None and following.kind in HEADING and not following.attributive:
        return None
    made = _count_group(atoms, k, Figure(COUNT, atom.first, atom.last, _ONE, worded=True), article=atom.low in {"a", "an"})
    if made is None:
        return None
    if following is not None and following.kind is COUNT:
        return _collective(atoms, made, following)
    if made.heads <= _VAGUE_ALONE and made.last < len(atoms) and atoms[made.last].isa("of"):
        return None  # "a gang of ten dealers": the ten are counted
    return replace(made, figure=replace(made.figure, value=Decimal(2))) if made.heads == _PAIR else made


# What a number of people, or of counts, is told to be: "a 26-member gang", "a 37-count indictment".
_COLLECTIVES = {"indictment": ("charge", "count")} | dict.fromkeys(
    ["gang", "group", "network", "ring", "crew", "syndicate", "cartel", "family", "cell"], ("people", "person")
)


def _collective(atoms: tuple[Atom, ...], group: Group, members: Figure) -> Group:
    """The group of those that a collective is made of."""
    head = _COLLECTIVES.get(atoms[group.last - 1].low.rpartition(" ")[2])
    return group if head is None else replace(group, figure=members, heads=frozenset({head[0]}), noun=head[1], article=False)


_DEFINITE = frozenset({"the", "both", "these", "those", "his", "her", "their", "its", "other"})
_POSSESSIVE = frozenset({"the", "these", "those", "his", "her", "their", "its", "our"})
_FURTHER = frozenset({"another", "further", "additional", "other", "extra"})
_MORE = _FURTHER | {"more", "others"}
_PARTITIVE = frozenset({"of", "partwise"})


def _count_group(atoms: tuple[Atom, ...], k: int, figure: Figure, *, article: bool) -> Group | None:
    size, j = len(atoms), k + 1
    before = atoms[k - 1].low if k else ""
    definite = before in _DEFINITE
    if before == "the" and k > 1 and atoms[k - 2].low in {"called", "named", "dubbed", "known as"}:
        return None  # "a gang called the 67"
    if figure.worded and not article and figure.value == 1 and j < size and atoms[j].low in {"which", "that"}:
        return None  # "matched it to one which he carried"
    anaphor = k > 0 and (
        ("partwise" in atoms[k - 1].entry.classes and not (k > 1 and (atoms[k - 2].figure or atoms[k - 2].low == "one")))
        or (before in {"-", "(", ","} and k > 2 and _most_of_them(*atoms[k - 3 : k - 1]))
    )
    plural: bool | None = figure.value != 1 or figure.high is not None
    if j < size and not _PARTITIVE.isdisjoint(atoms[j].entry.classes):
        if atoms[j].low in {"of these", "of those"} and _noun_ahead(atoms, j, plural=True):
            j += 1  # "904 of these 'cuckooed' homes"
        elif atoms[j].isa("partwise"):
            j += 1
            if atoms[j - 1].low.endswith("those") and j < size and (atoms[j].entry.verbs or atoms[j].low == "who"):
                return Group(k, j if atoms[j].low == "who" else j + 1, figure, PEOPLE, "person", definite=definite)
            return Group(k, j, figure, anaphor=True, article=article, definite=definite)
        if j + 1 < size and atoms[j].isa("of") and atoms[j + 1].low in _POSSESSIVE:
            if atoms[j + 1].low == "those":
                told = j + 2 < size and atoms[j + 2].entry.verbs
                return Group(k, j + 3 if told else j + 2, figure, PEOPLE, "person", definite=definite)
            if article:
                return None
            article = figure.value == 1  # "one of the quads" counts where something happened to it
            j += 2
            inner = atoms[j].figure if j < size else None
            if inner is not None and inner.kind is COUNT:
                among = _charged_among(atoms[j + 1 : j + 3])  # "ten of the 14 charged pleaded guilty"
                if among or j + 1 >= size or not atoms[j + 1].word or atoms[j + 1].isin(_STOP):
                    return Group(k, j + 1 + among, figure, anaphor=True, whole=inner.value)  # "One of the five, a man who …"
                if figure.value == 1:
                    return Group(k, j, figure)  # "one of the 43 forces": the 43 forces are a group of their own
                j += 1
            if j < size and atoms[j].low in {"gang", "group", "network", "family"}:
                return Group(k, j + 1, figure, PEOPLE, "person", definite=definite)
            plural = None  # "one of the men"
    if j + 2 < size and atoms[j].low == "the" and atoms[j + 1].low in {"number", "total"} and atoms[j + 2].low == "of":
        j += 3  # "brings to 41 the number of guns"
    found = _noun(atoms, j, plural, article=article)
    if found is None:
        return None
    last, heads, noun, more = found
    if not heads:
        if last == j < size and atoms[j].low == "who":
            return Group(k, j, figure, PEOPLE, "person", definite=definite)  # "Eight who are believed to have been trafficked"
        if article:
            age = atoms[k + 1].figure if k + 1 < size else None
            if age is None or age.kind is not FigureKind.AGE:
                return None
            last, heads, noun = k + 2, PEOPLE, "person"  # "a 23-year-old from Croydon"
    names, matter = _modifiers(atoms, j, last)
    if heads:
        before_of = matter
        last, matter = _of_phrase(atoms, last, matter, names)
        if "container" in heads:
            heads = _contents(heads, matter)
        elif "thing" in heads:
            heads |= (matter - before_of) & _PACKAGED
    elif not anaphor and last < size and atoms[last].isa("of"):
        end, _ = _substance(atoms, last + 1, names)  # "480 wraps of crack and 38 of heroin"
        last = end if names.get("drug") else last
    return Group(
        k,
        last,
        figure,
        heads,
        noun,
        matter,
        names.get("drug", ()),
        names.get("drug_class", ()),
        _groups_named(names),
        article,
        anaphor,
        definite,
        more or before in _FURTHER,
    )


def _charged_among(told: tuple[Atom, ...]) -> bool:
    """Whether a verb, and after it the verb of the sentence, follow a number."""
    return len(told) == 2 and bool(told[0].entry.verbs) and (bool(told[1].entry.verbs) or told[1].isa("be", "have"))


def _noun(atoms: tuple[Atom, ...], j: int, plural: bool | None, *, article: bool) -> tuple[int, frozenset[str], str | None, bool] | None:
    """The end, the heads and the singular of the noun phrase that starts at ``j``, and whether it tells of more ("two other men").

    ``plural`` is None where the noun may be either. It ends at ``j``, without heads, where there is no noun; it is None where what stands there is no
    noun phrase at all.
    """
    size = len(atoms)
    head = unknown = None
    named, heads = atoms[0].entry, _NO_CLASS
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
            if "preposition" in classes and at + 1 < size and atoms[at + 1].low == "-" and _noun_ahead(atoms, at + 1, plural):
                at += 2  # "nine over-capacity magazines"
                continue
            if head is not None or not _STOP.isdisjoint(classes) or (_tells(entry) and not _noun_ahead(atoms, at, plural)):
                break
        elif atom.figure is not None:
            if atom.figure.kind in _MODIFYING or atom.figure.attributive:
                at += 1
                continue
            if article and head is None and atom.figure.kind in HEADING:
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
        if unknown is not None and _noun_like(atoms[unknown], plural) and not _noun_like(atom, plural) and not _noun_ahead(atoms, at, plural):
            break
        unknown = at
        at += 1
    if unknown is not None and _noun_like(atoms[unknown], plural):
        word = atoms[unknown].low
        if head is None or not article or word.isalpha():
            noun = _singular(word.rpartition(" ")[2]) if plural is not False else word
            vague = noun.rpartition(" ")[2] in _VAGUE
            return unknown + 1, _VAGUE_ALONE if vague else THING, None if vague else noun, more
    if head is None:
        return j, heads, None, more
    senses = named.nouns
    if len(senses) > 1:
        senses = tuple([sense for sense in senses if (sense.plural if plural is not False else sense.singular or not article)])
    last, heads = _coordinate(atoms, head + 1, heads)
    return last, heads, senses[0].singular_form, more


def _joins(atoms: tuple[Atom, ...], at: int, plural: bool | None) -> bool:
    """Whether an "and" before the head stands between two plain words: "hotel and taxi staff"."""
    before = atoms[at - 1].entry
    return at + 1 < len(atoms) and (bool(before.inner) or not _SUBSTANCES.isdisjoint(before.classes) or _noun_ahead(atoms, at, plural))


def _tells(entry: Entry) -> bool:
    """Whether an entry may tell, as a verb, what happened to the noun before it."""
    return not _PAST.isdisjoint(entry.forms) or any(voice == "post" for _, voice in entry.senses)


_PAST = frozenset({"past", "participle"})


def _most_of_them(share: Atom, whole: Atom) -> bool:
    """Whether the words before a mark and a number point back to what it counts: "Most of them – 388 – were handed in"."""
    return share.low in {"most", "many", "some"} and whole.isa("partwise")


def _groups_named(names: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The people group named by head and modifiers; several at once ("men and women") narrow nothing."""
    named = names.get("group", ())
    if "teenagers" in named and ("boys" in named or "girls" in named):
        named = tuple(name for name in named if name != "teenagers")
    return named if len(named) == 1 else ()


def _adjectives(atoms: tuple[Atom, ...], at: int, plural: bool | None) -> int:
    """Where the "and" or "or" stands of adjectives that the comma at ``at`` joins ("200 federal, state and local officers"); 0 for none."""
    joint = at + 2
    return joint if joint < len(atoms) and atoms[joint].low in {"and", "or"} and _noun_ahead(atoms, joint, plural) else 0


def _noun_ahead(atoms: tuple[Atom, ...], at: int, plural: bool | None) -> bool:
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


_PARTICIPIAL = frozenset({"past", "participle", "ing"})
_WEAPONS = frozenset({"blade", "gun", "imitation", "weapon", "round"})


def _coordinate(atoms: tuple[Atom, ...], last: int, heads: frozenset[str]) -> tuple[int, frozenset[str]]:
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
        if not atom.word or atom.figure is not None or atom.isin(_STOP) or not _PARTICIPIAL.isdisjoint(atom.entry.forms):
            return last, heads
        at += 1
    return last, heads


Names = dict[str, tuple[str, ...]]


def _add(names: Names, entry: Entry) -> None:
    for cls in ("drug", "drug_class", "group"):
        if cls in entry.canonical:
            names[cls] = tuple(dict.fromkeys((*names.get(cls, ()), *entry.canonical[cls])))


def _modifiers(atoms: tuple[Atom, ...], first: int, last: int) -> tuple[Names, frozenset[str]]:
    """The drugs, classes and groups named from ``first`` to ``last``, and all classes of the words there."""
    names: Names = {}
    matter = _NO_CLASS
    for atom in atoms[first:last]:
        entry = atom.entry
        if entry.every:
            matter = matter | entry.every if matter else entry.every
            _add(names, entry)
    return names, matter


_HOLDING = frozenset({"containing", "believed to be", "thought to be", "suspected to be"})


def _of_phrase(atoms: tuple[Atom, ...], last: int, matter: frozenset[str], names: Names) -> tuple[int, frozenset[str]]:
    """The end of what an of-phrase after the head adds ("rounds of ammunition", "wraps of crack and heroin"), and ``matter`` with its classes."""
    if last >= len(atoms) or not ("of" in atoms[last].entry.classes or atoms[last].low in _HOLDING):
        return last, matter
    end, classes = _substance(atoms, last + 1, names)
    return (end, matter | classes) if end > last + 1 else (last, matter)


def _substance(atoms: tuple[Atom, ...], first: int, names: Names) -> tuple[int, frozenset[str]]:
    """The end of the matter named from ``first`` on, and its classes; ``names`` takes the drugs. ``first`` itself where none is named."""
    end, classes = first, set[str]()
    at = first
    while at < len(atoms) and at - first < _NOUN_REACH + 3:
        atom = atoms[at]
        if atom.figure is not None and not (atom.figure.kind in _MODIFYING or atom.figure.attributive or _denomination(atoms, at)):
            break
        found = (atom.entry.classes if atom.isa("idiom") else atom.entry.every) & _CONTENTS
        if found:
            if classes and not classes & _SUBSTANCES and not found & classes:
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
                or not atoms[at + 1].entry.every & _SUBSTANCES
            ):
                break
        elif atom.isa("hedge", "determiner", "article", "adverb", "estimate", "suspected", "of") or (atom.isa("be", "relative") and not classes):
            pass
        elif (
            (classes and not atom.isa("drug_word"))
            or atom.isin(_STOP)
            or (atom.entry.verbs and not _noun_ahead(atoms, at, None) and not _matter_ahead(atoms, at))
        ):
            break
        at += 1
    return end, frozenset(classes)


def _starts_clause(atoms: tuple[Atom, ...], at: int) -> bool:
    """Whether the drug named at ``at`` is the subject of its own clause ("…, cocaine was found")."""
    return at + 1 < len(atoms) and atoms[at + 1].isa("be", "have")


def _matter_ahead(atoms: tuple[Atom, ...], at: int) -> bool:
    for atom in atoms[at + 1 : at + 4]:
        if not atom.word or atom.figure is not None:
            return False
        if atom.entry.every & _MATTER:
            return True
        if atom.isin(_STOP):
            return False
    return False


def _measured_group(atoms: tuple[Atom, ...], k: int, figure: Figure) -> Group:
    """A weight, a volume or a sum of money with what it is of."""
    names: Names = {}
    j = k + 1
    while j < len(atoms) and (atoms[j].low in {"'", "-", "s", "worth", "worth of", "of", "in", "more"}):
        j += 1
    if atoms[j - 1].low == "in" and j < len(atoms) and atoms[j].isa("determiner"):
        names_only: tuple[str, ...] = ("account",)  # "£1.2 million in the force's drugs strategy" is no drugs
    else:
        names_only = ()
    strict = figure.kind is MONEY and j < len(atoms) and any(voice in {"object", "subject"} for _, voice in atoms[j].entry.senses)
    strict = strict and not (atoms[j].isa("steal") and _matter_ahead(atoms, j))  # "£9,300 in stolen goods"
    if figure.kind is MONEY and j < len(atoms) and atoms[j].low == ",":
        strict = True  # "cocaine worth £17,000, heroin worth £12,000"
    end, classes = (j, frozenset[str]()) if strict else _substance(atoms, j, names)
    if end == j or (names_only and classes.isdisjoint(names_only)):
        end, classes, names = k + 1, frozenset(), {}
    if not classes and figure.kind is MONEY and "worth" in atoms[j - 2].low + atoms[j - 1].low and j < len(atoms) and j > k + 1:
        classes = frozenset({"thing"})  # "£1,100 worth of stolen cosmetics"
    elif not classes and figure.kind is MONEY:
        if figure.per is not None:
            classes = frozenset({"yearly" if figure.per == "year" else "rate"})
        elif _valued(atoms, k):
            classes = frozenset({"valued"})
    if "valued" in classes and figure.qualifier == "exact" and any("estimated" in atom.low for atom in _since_figure(atoms, k)):
        figure = replace(figure, qualifier="about")  # "The estimated value of the drugs is £90,000"
    noun = next((sense.singular_form for atom in atoms[j:end] for sense in atom.entry.nouns), None)
    return Group(k, end, figure, classes, noun, classes, names.get("drug", ()), names.get("drug_class", ()))


def _since_figure(atoms: tuple[Atom, ...], k: int) -> tuple[Atom, ...]:
    """The few atoms before ``k``, back to the figure before: "an estimated value of £9,000 and crack worth £4,000" estimates the first alone."""
    first = next((j + 1 for j in range(k - 1, max(0, k - 8) - 1, -1) if atoms[j].figure is not None), max(0, k - 8))
    return atoms[first:k]


_VALUED = frozenset({*_MATTER, "gun", "blade", "weapon", "grow", "plant", "drug_unit", "vehicle", "good", "tobacco_unit"})


def _valued(atoms: tuple[Atom, ...], k: int) -> bool:
    """Whether the sum at ``k`` is told to be a value: "worth", "valued at", "with an estimated street value of" before it, or "worth" after."""
    if k + 1 < len(atoms) and (atoms[k + 1].low == "worth" or (k > 1 and atoms[k - 1].low == "(" and atoms[k + 1].low == ")")):
        return True
    said_to_be = False  # "the estimated street value of the drugs is", "the value of which was put at"
    for atom in reversed(atoms[max(0, k - 11) : k]):
        if atom.isa("value"):
            return True
        said_to_be = said_to_be or atom.isa("be") or "be" in atom.low.split()
        if said_to_be and (atom.isa("relative", "and", "seize") or atom.entry.every & _VALUED):
            continue
        told = atom.isa("preposition", "of", "be", "have", "adverb", "estimate", "article", "determiner", "hedge", "total")
        if not (told or atom.low in {"-", "confirmed", "calculated", "reported"}):
            break
    if k and atoms[k - 1].low == "at":  # "puts the crop at", "valued the drugs at"
        for j in range(max(0, k - 8), k - 1):
            if atoms[j].isa("value") or atoms[j].low in {"put", "puts", "putting"}:
                return any(atom.entry.every & _VALUED for atom in atoms[j:k])
    return False


# Classes of what may stand between an auxiliary and its verb, and of auxiliaries themselves.
_LEADING = frozenset({"be", "have", "negation", "modal", "future", "adverb", "partwise"})
_LEADING_WORDS = frozenset({"to", "all", "both", "either", "each", "'", '"'})
_WERE = frozenset({"was", "were"})


def _triggers(atoms: tuple[Atom, ...], entries: list[Entry], inside: set[int]) -> list[Trigger]:
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
        participle = not _PAST.isdisjoint(forms)
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
        and atoms[k].entry.forms <= _PARTICIPIAL
        and atoms[k + 1].word
        and (bool(atoms[k + 1].entry.nouns) or atoms[k + 1].isin(_MATTER))
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
